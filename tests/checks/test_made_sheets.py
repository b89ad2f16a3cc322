"""Tables in English of all sorts: nothing speaks where all is right; numbers typed over formulas and formulas broken at
random are found, and nothing else is said."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Severity
from pik_excel.grid.reference import area_of
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.checks.made_sheets import At, Made, long_groups, sheet, type_over

CODES = ("SUM", "FRM")
NOT_HERE = {"FRM04", "FRM05", "FRM06", "FRM09"}
SEEDS = range(1000, 1060)
Plant = Callable[[Made, list[At], random.Random], set[At]]


def found(made: Made) -> dict[At, str]:
    """The cells of errors and warnings about sums and formulas."""
    rules = [rule for code, rule in catalogue().items() if code.startswith(CODES) and code not in NOT_HERE]
    cells: dict[At, str] = {}
    for one in examine(Subject(read_budget(made.workbook(), built_in()), built_in()), rules):
        area = area_of(one.range)
        assert area is not None
        if one.severity is not Severity.NOTICE:
            for row in range(area.top, area.bottom + 1):
                cells |= {(row, column): one.message for column in range(area.left, area.right + 1)}
    return cells


@pytest.mark.parametrize("seed", [*SEEDS, *range(2000, 2060)])
def test_nothing_is_said_where_every_formula_is_right(seed: int) -> None:
    assert found(sheet(seed)) == {}


def one_inside(made: Made, group: list[At], chance: random.Random) -> set[At]:
    return type_over(made, [chance.choice(group[1:-1])], exact=True)


def one_inside_rounded(made: Made, group: list[At], chance: random.Random) -> set[At]:
    return type_over(made, [chance.choice(group[1:-1])], exact=False)


def half(made: Made, group: list[At], chance: random.Random) -> set[At]:
    return type_over(made, chance.sample(group, len(group) // 2), exact=True)


def all_but_one(made: Made, group: list[At], chance: random.Random) -> set[At]:
    return type_over(made, chance.sample(group, len(group) - 1), exact=True)


def the_end(made: Made, group: list[At], chance: random.Random) -> set[At]:
    return type_over(made, group[-chance.randint(1, len(group) // 2) :], exact=True)


def one_out_of_date(made: Made, group: list[At], chance: random.Random) -> set[At]:
    at = chance.choice(group)
    value = made.number(at)
    if not value:
        return set()
    del made.formulas[at]
    made.values[at] = (value * Decimal("1.1")).quantize(Decimal(1) if abs(value) > 100 else Decimal("0.01"))
    return {at}


def typed_amount_added(made: Made, group: list[At], chance: random.Random) -> set[At]:
    at = chance.choice(group)
    text, compute = made.formulas[at]
    made.formulas[at] = (f"{text}+17", lambda one: compute(one) + 17)
    return {at}


PLANTS: dict[str, tuple[Plant, float]] = {
    "one inside": (one_inside, 0.99),
    "one inside, rounded": (one_inside_rounded, 0.9),
    "half": (half, 0.97),
    "all but one": (all_but_one, 0.95),
    "the end": (the_end, 0.97),
    "one out of date": (one_out_of_date, 0.8),
    "a typed amount added": (typed_amount_added, 0.75),
}


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_planted_is_found_and_next_to_nothing_else(name: str) -> None:
    plant, least = PLANTS[name]
    planted = right = wrong = 0
    for seed in SEEDS:
        made, chance = sheet(seed), random.Random(seed)
        groups = long_groups(made, 6)
        cells = plant(made, chance.choice(groups), chance) if groups else set()
        if cells:
            spoken = found(made)
            planted, right = planted + len(cells), right + len(cells & spoken.keys())
            wrong += len(spoken.keys() - cells)
    assert right >= least * planted
    assert wrong <= 0.02 * planted
