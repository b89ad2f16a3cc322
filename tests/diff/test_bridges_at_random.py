"""The bridge closes to 0,00 between any two budgets: read from their tables, in other units, with measures renamed,
split, dropped and new, in several tables by standing, with subtotals, blanks and dashes.

What a side needs in a year is added up here from what was drawn, not from what was read. 40 pairs by default, 1,000
with PIK_EXCEL_FULL=1.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from pik_excel.budget.bridge import Bridge, Change
from pik_excel.diff.comparison import compared
from pik_excel.diff.matching import matched
from pik_excel.diff.sides import Side, side_of
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.projection.bridge import bridge as projected_bridge
from pik_excel.projection.project import project
from pik_excel.schema import built_in
from tests.tables import workbook

PAIRS = 1000 if os.environ.get("PIK_EXCEL_FULL") else 40
FACTORS = {"EUR": 1, "TEUR": 1000, "Mio. EUR": 1_000_000}
STANDINGS = {
    "Beschlossen": "Beschlossene Maßnahmen",
    "Anmeldung": "Zusätzlicher Bedarf (angemeldet)",
    "Bereitgestellt": "Bisher bereitgestellte Mittel",
}
WORDS = (
    "Sprachkurse", "Beratungsstelle", "Jugendtreff", "Dolmetscherdienst", "Hausaufgabenhilfe", "Stadtteilfest",
    "Mobile Jugendarbeit", "Frauenhaus", "Tafelladen", "Fahrradwerkstatt", "Elterncafé", "Lesepaten", "Ferienwerkstatt",
    "Bolzplätze", "Seniorentreff", "Schuldnerberatung",
)  # fmt: skip
CELLS = ("", "–", "k. A.")


@dataclass(frozen=True)
class Drawn:
    """A measure: the sheet it stands on, its number there, and by year an amount in EUR or a word that states none."""

    name: str
    sheet: str
    amounts: dict[int, Decimal | str]


@dataclass(frozen=True)
class Plan:
    """One side as it was drawn. `subtotal` is a row over the first two measures, `off` what each stated total is wrong
    by, in EUR."""

    years: tuple[int, ...]
    unit: str
    measures: tuple[Drawn, ...]
    total: str  # "", "formula" or "typed"
    subtotal: bool = False
    off: Decimal = Decimal(0)

    def need(self, year: int) -> Decimal:
        """The sum of all that is stated for the year, in EUR."""
        return sum((one for row in self.measures if isinstance(one := row.amounts[year], Decimal)), Decimal(0))

    @property
    def sheets(self) -> list[str]:
        """The sheets that it needs."""
        return [sheet for sheet in STANDINGS if any(row.sheet == sheet for row in self.measures)]

    def text(self) -> str:
        """The workbook as tests/tables.py reads it."""
        return "\n\n".join(self._table(sheet) for sheet in self.sheets)

    def _table(self, sheet: str) -> str:
        rows = [row for row in self.measures if row.sheet == sheet]
        width = len(self.years) + 2
        lines = [[f"{STANDINGS[sheet]}, Angaben in {self.unit}"], ["Nr.", "Maßnahme", *map(str, self.years)]]
        lines += [[str(number), row.name, *map(self._cell, row.amounts.values())] for number, row in enumerate(rows, 1)]
        if self.subtotal and len(rows) > 3:
            lines.insert(4, ["", "Zwischensumme", *(self._sum(rows[:2], year, "C", 3, 4) for year in self.years)])
        if self.total:
            lines.append(["", "Summe", *(self._total(rows, year) for year in self.years)])
        filled = [[*line, *[""] * (width - len(line))] for line in lines]
        head = f"| | {' | '.join('ABCDEFGHI'[:width])} |\n|{'--|' * (width + 1)}"
        body = "\n".join(f"| {number} | {' | '.join(line)} |" for number, line in enumerate(filled, 1))
        return f'Blatt "{sheet}":\n\n{head}\n{body}'

    def _cell(self, amount: Decimal | str) -> str:
        return amount if isinstance(amount, str) else f"{(amount / FACTORS[self.unit]).normalize():f}"

    def _sum(self, rows: Iterable[Drawn], year: int, first: str, top: int, bottom: int) -> str:
        column = chr(ord(first) + self.years.index(year))
        total = sum((one for row in rows if isinstance(one := row.amounts[year], Decimal)), Decimal(0))
        return f"=SUM({column}{top}:{column}{bottom}) → {self._cell(total)}"

    def _total(self, rows: list[Drawn], year: int) -> str:
        total = sum((one for row in rows if isinstance(one := row.amounts[year], Decimal)), Decimal(0)) + self.off
        if self.total == "typed" or self.off:
            return self._cell(total)
        if self.subtotal and len(rows) > 3:
            column = chr(ord("C") + self.years.index(year))
            return f"={column}5+SUM({column}6:{column}{len(rows) + 3}) → {self._cell(total)}"
        return self._sum(rows, year, "C", 3, len(rows) + 2)


@dataclass
class Pairs:
    """An old plan and what became of it; `same` are the renamings that somebody confirms."""

    old: Plan
    new: Plan
    same: list[tuple[str, str]] = field(default_factory=list)


def pair_of(seed: int) -> Pairs:
    """Two budgets."""
    dice = random.Random(seed)
    first, count = dice.randrange(2019, 2027), dice.randrange(1, 4)
    years = tuple(range(first, first + count))
    old = _plan(dice, years)
    shift = dice.randrange(0, count)
    new = replace(_plan(dice, tuple(year + shift for year in years)), measures=())
    pair = Pairs(old, new)
    measures: list[Drawn] = []
    for row in old.measures:
        measures += _become(dice, row, pair)
    unused = [word for word in WORDS if not any(word in row.name for row in (*old.measures, *measures))]
    for name in dice.sample(unused, min(len(unused), dice.randrange(0, 3))):
        measures.append(_measure(dice, name, new))
    dice.shuffle(measures)
    pair.new = _telling(replace(new, measures=tuple(measures)))
    return pair


def _telling(plan: Plan) -> Plan:
    """With an amount at least, without which nobody would call it a plan."""
    if any(isinstance(one, Decimal) for row in plan.measures for one in row.amounts.values()):
        return plan
    amounts: dict[int, Decimal | str] = dict.fromkeys(plan.years, Decimal(5_000_000))
    return replace(plan, measures=(*plan.measures, Drawn("Neues Angebot", "Beschlossen", amounts)))


def _plan(dice: random.Random, years: tuple[int, ...]) -> Plan:
    plan = Plan(years, dice.choice([*FACTORS]), (), dice.choice(["", "formula", "typed"]), dice.random() < 0.3)
    if plan.total and dice.random() < 0.2:
        plan = replace(plan, off=Decimal(dice.randrange(-9, 10)) * FACTORS[plan.unit], subtotal=False)
    names = dice.sample(WORDS, dice.randrange(1, 9))
    return _telling(replace(plan, measures=tuple(_measure(dice, name, plan) for name in names)))


def _measure(dice: random.Random, name: str, plan: Plan) -> Drawn:
    sheet = dice.choice([*["Beschlossen"] * 3, "Anmeldung", "Bereitgestellt"])
    return Drawn(name, sheet, {year: _amount(dice, plan.unit) for year in plan.years})


def _amount(dice: random.Random, unit: str) -> Decimal | str:
    if dice.random() < 0.15:
        return dice.choice(CELLS)
    if unit == "EUR":
        return Decimal(dice.choice([0, dice.randrange(-900_000, 90_000_000)])) / 100
    return Decimal(dice.choice([0, dice.randrange(-50_000, 900_000)])) * (1 if unit == "TEUR" else 1000)


def _become(dice: random.Random, row: Drawn, pair: Pairs) -> list[Drawn]:
    """What is left of a measure: itself with other amounts, under another name, in two parts, or nothing."""
    plan = pair.new
    sheet = row.sheet if dice.random() < 0.8 else dice.choice([*STANDINGS])
    fresh = Drawn(row.name, sheet, {year: row.amounts.get(year, "") for year in plan.years})
    match dice.choice(["same", "changed", "changed", "renamed", "split", "dropped"]):
        case "same" if all(year in row.amounts for year in plan.years) and plan.unit == pair.old.unit:
            return [fresh]
        case "renamed":
            name = row.name[:-1] + dice.choice(["e", " (neu)", "en im Stadtteil", "s 2.0"])
            if dice.random() < 0.5:
                pair.same.append((row.name, name))
            return [replace(_measure(dice, name, plan), sheet=sheet)]
        case "split":
            return [replace(_measure(dice, f"{row.name} {part}", plan), sheet=sheet) for part in ("Nord", "Süd")]
        case "dropped":
            return []
    return [replace(_measure(dice, row.name, plan), sheet=sheet)]


def read(plan: Plan) -> Reading:
    return read_budget(workbook(plan.text()), built_in())


@pytest.mark.parametrize("first", range(0, PAIRS, 20))
def test_the_bridge_always_closes(first: int) -> None:
    for seed in range(first, first + 20):
        pair = pair_of(seed)
        readings = read(pair.old), read(pair.new)
        old, new = side_of(readings[0]), side_of(readings[1])
        assert_closes(pair, old, new, seed)
        for plan, reading in zip((pair.old, pair.new), readings, strict=True):
            assert_goes_on(plan, reading, seed)


def assert_closes(pair: Pairs, old: Side, new: Side, seed: int) -> None:
    """From the one need to the other in each common year, and from each year of the one to each of the other."""
    matching = matched(old.items, new.items, pair.same, 0.72)
    confirmed = {frozenset(names) for names in pair.same}
    for one in matching.pairs:
        assert not one.renamed or frozenset((one.old.name, one.new.name)) in confirmed, (seed, one.old.name)
    stated = ({year for year, _kind in side.periods} for side in (old, new))
    before, after = (sorted(years) for years in stated)
    for span in [(one, other) for one in before for other in after]:
        found = compared(old, new, matching, [span])
        bridge = found.bridge(found.spans[0])
        wrong = stated_wrongly(pair, old, new)
        assert bridge.start == pair.old.need(span[0]) + wrong[0], (seed, span)
        assert bridge.end == pair.new.need(span[1]) + wrong[1], (seed, span)
        assert bridge.rest == wrong[1] - wrong[0], (seed, span, bridge.rest)
        assert_steps_lead(bridge, seed)


def stated_wrongly(pair: Pairs, old: Side, new: Side) -> tuple[Decimal, Decimal]:
    """What the totals are wrong by that are compared: those of the only table of either side, where both state one."""
    both = all(side.totals for side in (old, new))
    return (pair.old.off, pair.new.off) if both else (Decimal(0), Decimal(0))


def assert_steps_lead(bridge: Bridge, seed: int) -> None:
    """Step by step from the start to the end, but for the rest; the parts of each sort add up."""
    at = bridge.start
    for step in bridge.steps:
        assert step.amount, (seed, "a step of nothing")
        at += step.amount
    assert at + bridge.rest == bridge.end, seed
    assert bridge.after(Change.CHANGED) == at, seed


def assert_goes_on(plan: Plan, reading: Reading, seed: int) -> None:
    """The years of one budget and the three after it, each from the one before."""
    to = plan.years[-1] + 3
    projection = project(reading, built_in(), to)
    for year in projection.years:
        if year in plan.years and projection.total(year).need is not None:
            assert projection.total(year).need == plan.need(year), (seed, year)
    for before, after in zip(projection.years, projection.years[1:], strict=False):
        found = projected_bridge(projection, before, after)
        assert found.rest == 0, (seed, before)
        needs = [projection.total(year).need for year in (before, after)]
        if None not in needs:
            assert [found.start, found.end] == needs, (seed, before)
        assert_steps_lead(found, seed)
