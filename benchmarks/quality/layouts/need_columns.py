"""Provided, additional and total need of one or two years side by side, one row a measure."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Place, Style, a1, adding
from benchmarks.quality.leading import few_columns, lead_in
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Added, Facts, Head, Table, Total
from benchmarks.quality.vocabulary import TOTALS

WORDS = (
    ("bisher bereitgestellt", "zusätzlich", "Gesamtbedarf"),
    ("bereits bereitgestellt", "zusätzlicher Bedarf", "Gesamtbedarf"),
    ("Bereitgestellte Mittel", "Zusätzlich", "Gesamt"),
)


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """The total need typed throughout, or a formula in every row."""
    announced = plan(random, count=2, few=True)
    unit, words, first = announced.unit, random.choice(WORDS), announced.years[0].value
    sheet = book.sheet(random.choice(("Mittelbedarf", "Bedarf", announced.department.short)))
    title = sheet.put((1, 1), f"{announced.department.name}: Mittelbedarf {first} in {unit.text}", TITLE)
    table = Table(sheet, unit, title, [], [], [], unit_at=[title])
    lead = few_columns(random, needs)
    table.label_column = lead.index("Maßnahme") + 1
    begin = len(lead) + 1
    for column, text in enumerate([*lead, *words], 1):
        sheet.put((3, column), text, HEAD)
        sheet.widths[column] = 40 if text == "Maßnahme" else 16
    table.heads = [Head((3, begin + index), "amount") for index in range(3)]
    style = Style(number=unit.format)
    step = Decimal(1).scaleb(-unit.digits) * (100 if unit.factor == 1 else 1)
    computed = random.random() < 0.4
    needed: list[tuple[Place, Place, Place]] = []
    for row, item in enumerate(announced.items, 4):
        line = lead_in(sheet, lead, row, item, row - 3)
        provided = item.amounts[0] or Decimal(0)
        extra = (max(item.amounts[1] or Decimal(0), provided) * random.randint(5, 40) / 100 // step) * step
        places = ((row, begin), (row, begin + 1), (row, begin + 2))
        sheet.put(places[0], provided, style)
        sheet.put(places[1], extra, style)
        if computed:
            sheet.calc(places[2], f"{a1(places[0])}+{a1(places[1])}", style)
        else:
            sheet.put(places[2], provided + extra, style)
        line.amounts = dict(enumerate(places))
        needed.append(places)
        table.lines.append(line)
    row = 4 + len(table.lines)
    label = sheet.put((row, table.label_column), random.choice(TOTALS), Style(bold=True))
    cells = []
    for head in range(3):
        parts = [line.amounts[head] for line in table.lines]
        bold = Style(number=unit.format, bold=True, top=True)
        cells.append(Added(sheet.calc((row, begin + head), adding(parts), bold), parts, head))
    table.totals.append(Total(label, cells, "grand", 0, len(table.lines) - 1))
    table.below, table.right = row + 2, begin + 2
    return Facts(tables=[table], needs=[(table, one) for one in needed])
