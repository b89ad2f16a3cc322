"""Plans in many layouts: nothing speaks where all is right, and each planted defect is found at its cell, alone."""

from __future__ import annotations

import random

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Finding
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.checks.made_plans import DEFECTS, Plan, plan

FAMILIES = ("SUM", "FRM", "NUM", "YRS")
SEEDS = range(40)


def findings(made: Plan) -> tuple[Finding, ...]:
    subject = Subject(read_budget(made.workbook(), built_in()), built_in())
    assert subject.reading.budget.measure_tables and not subject.reading.unclear, made.seed
    return examine(subject, [rule for code, rule in catalogue().items() if code.startswith(FAMILIES)])


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_speaks_on_a_plan_that_is_right(seed: int) -> None:
    assert [one.message for one in findings(plan(seed))] == []


@pytest.mark.parametrize("name", DEFECTS)
def test_each_planted_defect_is_found_alone(name: str) -> None:
    code, plant = DEFECTS[name]
    planted = 0
    for seed in SEEDS:
        made = plan(seed)
        at = plant(made, random.Random(seed))
        if at is not None:
            planted += 1
            found = [(one.code, one.range.partition(":")[0]) for one in findings(made) if one.code != "YRS03"]
            assert found == [(code, made.name(at))], f"seed {seed}: {[one.message for one in findings(made)]}"
    assert planted >= 5
