"""A new year is headed as the last one is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.budget.tables import Kind
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell
from pik_excel.ooxml.edits import Content, Formula, Number, Text
from pik_excel.writeback.headings import heading

AT = Address("Maßnahmen", 4, 3)


def of(
    value: Decimal | str, year: int = 2021, new: int = 2023, formula: str | None = None, kind: Kind = Kind.UNSTATED
) -> Content:
    return heading(Cell(4, 3, value, formula), AT, year, new, kind, date1904=False)


def test_a_number_stays_a_number() -> None:
    assert of(Decimal(2021)) == Number(Decimal(2023))


def test_a_formula_goes_on() -> None:
    assert of(Decimal(2021), formula="B4+1") == Formula("D4+1", Decimal(2023))


def test_a_date_is_moved_by_years() -> None:
    assert of(Decimal(44561)) == Number(Decimal(45291))  # 31.12.2021, 31.12.2023


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2021 TEUR", "2023 TEUR"),
        ("Ansatz 2021 in EUR", "Ansatz 2023 in EUR"),
        ("HJ 2021/22", "HJ 2023/24"),
        ("2020/2021", "2022/2023"),
        ("Plan\n2021", "Plan\n2023"),
        ("FY2021", "FY2023"),
        ("Plan ’21", "Plan ’23"),
    ],
)
def test_a_text_keeps_its_words(text: str, later: str) -> None:
    assert of(text) == Text(later)


def test_ansatz_becomes_plan_where_that_is_the_habit() -> None:
    assert of("Ansatz 2021", kind=Kind.PLAN) == Text("Plan 2023")
    assert of("Ansatz 2021", kind=Kind.ESTIMATE) == Text("Ansatz 2023")


def test_no_later_year_is_a_result() -> None:
    assert of("Ergebnis 2021 in TEUR", kind=Kind.PLAN) == Text("Plan 2023 in TEUR")


@pytest.mark.parametrize("value", ["laufendes Jahr", Decimal(21), Decimal(44196)])
def test_a_heading_without_the_year_is_refused_with_its_cell(value: Decimal | str) -> None:
    with pytest.raises(NotWritten, match=r"Maßnahmen!C4"):
        of(value)
