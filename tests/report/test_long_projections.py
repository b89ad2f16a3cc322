"""A projection of thousands of measures is not told line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pik_excel.budget.money import Unit
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.package import open_package
from pik_excel.projection.project import project
from pik_excel.report.projected import Projected
from pik_excel.report.projection_text import FIRST_MEASURES, MOST_MEASURES, MOST_TOLD, projection_text
from pik_excel.schema import built_in
from pik_excel.writeback.figures import Skipped

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "haushalt.xlsx"
AT = Address("Blatt", 4, 2)


@pytest.fixture(scope="module")
def example() -> Projected:
    projection = project(read_budget(read_workbook(open_package(EXAMPLE)), built_in()), built_in(), 2027)
    return Projected(path=EXAMPLE, output=Path("neu.xlsx"), projection=projection, unit=Unit.TEUR)


def of(example: Projected, count: int) -> list[str]:
    """The lines where there are so many measures."""
    first = example.projection.measures[0]
    measures = tuple(replace(first, line=replace(first.line, name=f"Kurs {number}")) for number in range(count))
    return told(replace(example, projection=replace(example.projection, measures=measures)))


def told(result: Projected) -> list[str]:
    return "".join(projection_text([result])).splitlines()


def test_a_usual_list_is_told_whole(example: Projected) -> None:
    lines = of(example, MOST_MEASURES)
    assert sum(line.startswith("  Kurs ") for line in lines) == MOST_MEASURES
    assert not any("weitere" in line for line in lines)


def test_of_a_longer_list_the_first_measures_are_told_and_the_others_counted(example: Projected) -> None:
    lines = of(example, MOST_MEASURES + 1)
    assert [line.split()[1] for line in lines if line.startswith("  Kurs ")][-1] == f"{FIRST_MEASURES - 1}"
    assert f"  … und {MOST_MEASURES + 1 - FIRST_MEASURES} weitere Maßnahmen, alle mit --format json" in lines
    assert any(line.startswith("  Finanzbedarf") for line in lines)


def test_of_many_figures_that_are_not_written_the_first_are_told(example: Projected) -> None:
    skipped = tuple(Skipped(f"Kurs {number}", AT, (2027,), "kein Platz") for number in range(MOST_TOLD + 3))
    lines = told(replace(example, skipped=skipped))
    assert sum(line.startswith("  nicht geschrieben: Kurs") for line in lines) == MOST_TOLD
    assert "  nicht geschrieben: 3 weitere, siehe --format json" in lines


def test_of_many_cells_that_are_not_computed_the_first_are_told(example: Projected) -> None:
    cells = tuple(AT._replace(row=row) for row in range(10, 10 + MOST_TOLD + 5))
    text = " ".join(line.strip() for line in told(replace(example, not_evaluated=cells)))
    assert "Blatt!B29 und 5 weitere" in text
    assert "Blatt!B30" not in text
