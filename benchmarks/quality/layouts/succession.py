"""What was decided, and what is announced for the years after: two tables of the same measures, one after another."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import Plan, Year, in_unit, plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """Two sheets, or one sheet with both."""
    decided = plan(random, count=2, few=True)
    first = decided.years[0].value
    decided = replace(decided, years=tuple(Year(first + index, "Ansatz") for index in range(2)))
    announced = _next(decided, random)
    total, groups = random.choice(("bottom", "bottom", "top")), random.choice((0, 0, 1))
    look = shape(random, needs, notes="notes" in needs, total=total, groups=groups)
    look = replace(look, key_rows=look.key_rows and not groups, memo_rows=look.memo_rows and total == "bottom")
    old, new = f"Beschlossene Maßnahmen {first}/{first + 1}", f"Anmeldungen {first + 2}/{first + 3}"
    if look.unit_by == "title":
        old, new = f"{old} in {decided.unit.text}", f"{new} in {decided.unit.text}"
        look = replace(look, unit_by="above")
    if random.random() < 0.7:
        one = block(book.sheet(f"Beschluss {first}-{first + 1}"), decided, look, random, title=old)
        two = block(book.sheet(f"Anmeldung {first + 2}-{first + 3}"), announced, look, random, title=new)
    else:
        sheet = book.sheet("Doppelhaushalt")
        one = block(sheet, decided, look, random, title=old)
        two = block(sheet, announced, look, random, top=one.below + 1, title=new)
    form = f"{look.head}, total {look.total}, groups {look.groups}, {'together' if one.sheet is two.sheet else 'apart'}"
    return Facts(tables=[one, two], form=form, successors=[(one, two)])


def _next(decided: Plan, random: Random) -> Plan:
    years = tuple(Year(decided.years[-1].value + 1 + index, "Plan") for index in range(2))
    groups = []
    for title, items in decided.groups:
        later = []
        for item in items:
            last = item.amounts[-1] or item.amounts[0]
            assert last is not None
            eur = last * decided.unit.factor
            growth = 1 + random.choice((0, 1, 2, 3)) * item.rate / 2
            amounts = tuple(in_unit(eur * growth ** (index + 1), decided.unit) for index in range(2))
            later.append(replace(item, amounts=amounts, course="free", until=None))
        groups.append((title, tuple(later)))
    return replace(decided, years=years, groups=tuple(groups))
