"""Already provided, additionally needed, total need: three tables of the same measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book, a1, reference
from benchmarks.quality.plan import Plan, plan
from benchmarks.quality.table import Facts, Table


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One below another or on three sheets; the total need typed or fetched by formulas."""
    provided = plan(random, count=random.randint(3, 4), few=True)
    step = Decimal(1).scaleb(-provided.unit.digits) * (100 if provided.unit.factor == 1 else 1)
    extra = _amounts(provided, lambda amount: (amount * random.randint(5, 30) / 100 // step) * step)
    whole = _sum(provided, extra)
    look = replace(
        shape(
            random,
            needs - {"growth"},
            total=random.choice(("bottom", "bottom", "top")),
            groups=random.choice((0, 0, 1)),
        ),
        growth=False,
        notes=False,
        memo_rows=False,
        dash=False,
        unit_by="above",
        key_rows=False,
    )
    look = replace(look, lead=tuple(role for role in look.lead if role != "rate"))
    look = replace(look, tail=tuple(role for role in look.tail if role in {"row_total", "delta", "share"} & set(needs)))
    texts = ("Bisher bereitgestellte Mittel", "Zusätzlicher Bedarf", "Gesamtbedarf")
    apart, row = random.random() < 0.5, 1
    tables: list[Table] = []
    sheet = book.sheet("Mittelbedarf")
    for text, one in zip(texts, (provided, extra, whole), strict=True):
        if apart and tables:
            sheet, row = book.sheet(text), 1
        tables.append(block(sheet, one, look, random, top=row, title=text))
        row = tables[-1].below + 1
    if random.random() < 0.5:
        _by_formula(*tables)
    form = f"{look.head}, total {look.total}, groups {look.groups}, {'apart' if apart else 'together'}"
    return Facts(tables=tables, form=form, trios=[(tables[0], tables[1], tables[2])])


def _amounts(one: Plan, change: Callable[[Decimal], Decimal]) -> Plan:
    groups = tuple(
        (
            title,
            tuple(
                replace(
                    item,
                    amounts=tuple(change(amount) if amount else amount for amount in item.amounts),
                    course="free",
                )
                for item in items
            ),
        )
        for title, items in one.groups
    )
    return replace(one, groups=groups)


def _sum(one: Plan, other: Plan) -> Plan:
    added = {item.name: item for item in other.items}
    groups = tuple(
        (
            title,
            tuple(
                replace(
                    item,
                    course="free",
                    amounts=tuple(
                        (left or Decimal(0)) + (right or Decimal(0))
                        for left, right in zip(item.amounts, added[item.name].amounts, strict=True)
                    ),
                )
                for item in items
            ),
        )
        for title, items in one.groups
    )
    return replace(one, groups=groups)


def _by_formula(provided: Table, extra: Table, whole: Table) -> None:
    for one, two, three in zip(provided.lines, extra.lines, whole.lines, strict=True):
        for head in whole.years():
            texts = [
                a1(line.amounts[head]) if table.sheet is whole.sheet else reference(table.sheet, line.amounts[head])
                for table, line in ((provided, one), (extra, two))
            ]
            style = whole.sheet.cell(three.amounts[head]).style
            whole.sheet.calc(three.amounts[head], "+".join(texts), style)
