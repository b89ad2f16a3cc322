"""Ergebnis, Ansatz and Planung side by side, in the column order of the official forms, with the change."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import Plan, Year, item, plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """Six columns: result, estimate, draft and three planned years; sometimes Ansatz and Ist of one year."""
    drawn = plan(random, count=6)
    first = random.randint(2021, 2025)
    words = random.choice((("Ergebnis", "Ansatz", "Planung"), ("Ist", "Ansatz", "Plan"), ("RE", "Ansatz", "Plan")))
    if random.random() < 0.3:
        order = ((first, 1), (first, 0), (first + 1, 1), (first + 2, 2), (first + 3, 2), (first + 4, 2))
    else:
        order = ((first, 0), (first + 1, 1), (first + 2, 1), (first + 3, 2), (first + 4, 2), (first + 5, 2))
    years = tuple(Year(year, words[kind]) for year, kind in order)
    announced = again(random, drawn, years)
    head = random.choice(("single", "single", "with_unit"))
    tail = ("delta",) if "delta" in needs or random.random() < 0.5 else ()
    wanted: tuple[str, ...] = tuple(role for role in ("ff", "ve", "davon", "share") if role in needs)
    if "row_total" in needs:
        wanted = (*wanted, "row_total")
    look = shape(random, needs, head=head, tail=tail + wanted, dash=False)
    sheet = book.sheet(random.choice(("Ergebnishaushalt", "THH 5", "Finanzplan")))
    return Facts(tables=[block(sheet, announced, look, random)])


def again(random: Random, drawn: Plan, years: tuple[Year, ...]) -> Plan:
    """The same measures with amounts for these years."""
    groups = tuple(
        (title, tuple(item(random, one.entry, years, drawn.unit, code=one.product) for one in items))
        for title, items in drawn.groups
    )
    if drawn.unit.factor == 1_000_000:  # their amounts are larger than those of `item`
        later = {old.value: new.value for old, new in zip(drawn.years, years, strict=True)}
        groups = tuple(
            (title, tuple(replace(one, until=one.until and later[one.until]) for one in items))
            for title, items in drawn.groups
        )
    return replace(drawn, years=years, groups=groups)
