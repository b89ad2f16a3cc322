"""A scenario is projected as if it were the only one, whatever was worked out for another."""

from __future__ import annotations

import os
from pathlib import Path

from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.package import Package, open_package
from pik_excel.projection.calculated import calculated
from pik_excel.projection.project import continued
from pik_excel.schema import built_in
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.assumptions_at_random import assumed

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "haushalt.xlsx"


SEEDS = range(200 if os.environ.get("PIK_EXCEL_FULL") else 25)


def read(package: Package) -> Reading:
    return calculated(read_budget(read_workbook(package), built_in()), built_in())


def agree(package: Package, to: int) -> list[str]:
    """Holds each scenario beside the first against itself alone; gives the names."""
    reading = read(package)
    first = continued(reading, built_in(), to)
    for name in first.scenarios:
        alone = continued(reading, built_in(), to, name)
        beside = continued(reading, built_in(), to, name, before=first)
        assert (beside.measures, beside.totals) == (alone.measures, alone.totals)
    return [name for name in first.scenarios if continued(reading, built_in(), to, name).totals != first.totals]


def test_each_scenario_of_the_example() -> None:
    assert len(agree(open_package(EXAMPLE), 2030)) > 1


def test_also_where_an_earlier_run_wrote_the_columns_of_another() -> None:
    package = open_package(EXAMPLE)
    written = projected_workbook(package, read(package), built_in(), 2028, "fortschreibung").package
    assert agree(written, 2030)


def test_those_of_random_assumptions() -> None:
    cases = map(assumed, SEEDS)
    assert sum(bool(agree(case.package, case.to)) for case in cases) > 3
