"""Several tables on one sheet, below or beside each other, with a grand total of their totals."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.quality.block import TITLE, block, shape
from benchmarks.quality.book import Book, Style, a1
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table a group, with its own header and total."""
    announced = plan(random, count=random.randint(3, 4))
    sheet = book.sheet(random.choice(("Anmeldungen", announced.department.short, "Blatt1", "Zusammenstellung")))
    sheet.put((1, 1), f"{announced.department.name} – Anmeldungen zum Haushalt", TITLE)
    beside = random.random() < 0.3
    look = replace(shape(random, needs - {"row_total"} if beside else needs), key_rows=False)
    if beside:
        look = replace(look, tail=tuple(role for role in look.tail if role != "remark"), notes=False)
    row, column, tables = 3, 1, []
    for title, items in announced.groups[: 2 if beside else 3]:
        made = block(
            sheet,
            announced.only(items, title),
            look,
            random,
            row,
            column,
            title,
        )
        tables.append(made)
        if beside:
            column = made.right + 2
        else:
            row = made.below + random.choice((0, 1))
    if not beside and random.random() < 0.6:
        label = sheet.put((row + 1, tables[0].label_column), "Gesamtsumme aller Tabellen", Style(bold=True))
        for head in tables[0].years():
            column = tables[0].heads[head].at[1]
            parts = [next(c.at for c in table.level("grand")[0].cells if c.head == head) for table in tables]
            formula = "+".join(a1(part) for part in parts)
            sheet.calc((label[0], column), formula, Style(bold=True, number=announced.unit.format))
    return Facts(tables=tables)
