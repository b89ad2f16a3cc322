"""NUM and YRS on tables of any layout: silent where all is right, and each planted defect found at its cell, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pik_excel.budget.money import Statement, Unit
from pik_excel.budget.tables import Kind, Year
from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Finding, Severity
from pik_excel.grid.workbook import Cell, Value, Workbook
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.layout.made import Made, Placed, Stated, placed, tables

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
RULES = [rule for code, rule in catalogue().items() if code.startswith(("NUM", "YRS"))]
At = tuple[int, int]
BLANK = Stated(Statement.BLANK, None, None)
STEPS = {Unit.EUR: Decimal(1), Unit.TEUR: Decimal(1), Unit.MIO: Decimal("0.001")}
LARGEST = {Unit.EUR: 2_000_000, Unit.TEUR: 2_000, Unit.MIO: 20_000}


@st.composite
def plans(draw: st.DrawFn, years: int = 2) -> Made:
    """A made table with amounts that a budget may hold: of one size from year to year, blank or 0 at its ends."""
    made = draw(tables())
    count = draw(st.integers(years, 6))
    first = made.years[0].value
    kinds = [year.kind for year in made.years if year.kind is not Kind.UNSTATED]
    run = [Year(first + step, kinds[min(step, len(kinds) - 1)] if kinds else Kind.UNSTATED) for step in range(count)]
    if kinds and Kind.RESULT in kinds:
        run = [Year(first + step, Kind.RESULT if step == 0 else Kind.ESTIMATE) for step in range(count)]
    elif count > 2 and made.shape in ("texts", "numbers", "with unit") and draw(st.booleans()):
        run[-1] = replace(run[-1], open_ended=True)
    rows = tuple(draw(_row(made.unit, count)) for _ in made.names)
    return replace(made, years=tuple(run), amounts=rows)


@st.composite
def _row(draw: st.DrawFn, unit: Unit, count: int) -> tuple[Stated, ...]:
    base = draw(st.integers(5_000 if unit is Unit.EUR else 30, LARGEST[unit]))
    values = [base + base * draw(st.integers(-4, 4)) // 100 for _ in range(count)]
    row = [_number(value * STEPS[unit]) for value in values]
    start, end = draw(st.sampled_from(((0, 0), (0, 0), (0, 0), (1, 0), (0, 1), (0, 2))))
    nothing = draw(st.sampled_from((BLANK, _number(Decimal(0)), Stated(Statement.DASH, None, "–"))))
    for index in range(count):
        if count > 2 and (index < start or index >= count - min(end, count - 2)):
            row[index] = nothing
    return tuple(row)


def _number(value: Decimal) -> Stated:
    return Stated(Statement.NUMBER, value, value)


def said(workbook: Workbook) -> list[Finding]:
    reading = read_budget(workbook, built_in())
    assert len(reading.budget.measure_tables) == 1 and not reading.unclear
    return list(examine(Subject(reading, built_in()), RULES))


def with_cells(made: Placed, changes: dict[At, Value], rows: tuple[int, ...] = ()) -> Workbook:
    """The workbook with other values in these cells, and totals without what they stated: none of them is typed."""
    sheet = made.workbook.sheets[0]
    totals = {made.total_row, *(row for row, _ in made.subtotal_rows), *rows}
    cells = {
        at: Cell(cell.row, cell.column, changes.get(at, cell.value), None, cell.style)
        for at, cell in sheet.cells.items()
        if at[0] not in totals
    }
    for at, value in changes.items():
        cells.setdefault(at, Cell(*at, value))
    return replace(made.workbook, sheets=(replace(sheet, cells=cells),))


@given(plans())
@MANY
def test_nothing_speaks_where_all_is_right(made: Made) -> None:
    assert [(one.code, one.range, one.message) for one in said(placed(made).workbook)] == []


def steady(made: Made) -> Iterator[int]:
    """The measures with an amount in every year, the open one too."""
    for index, row in enumerate(made.amounts):
        if all(one.value for one in row):
            yield index


def planted(made: Made, pick: int, change: Callable[[Decimal], Value]) -> tuple[Workbook, At, Decimal] | None:
    """The workbook with one amount of a steady measure changed, never the first year's."""
    rows = list(steady(made))
    if not rows:
        return None
    sheet = placed(made)
    index = rows[pick % len(rows)]
    step = 1 + pick % (len(made.years) - 1)
    at = (sheet.measure_rows[index], sheet.first_amount + step)
    value = made.amounts[index][step].value
    assert value is not None
    return with_cells(sheet, {at: change(value)}), at, value


def spoken(workbook: Workbook, at: At) -> set[str]:
    """The codes of errors and warnings at that cell; nothing may speak anywhere else."""
    found = [one for one in said(workbook) if one.severity is not Severity.NOTICE]
    sheet = workbook.sheets[0]
    name = sheet.address(*at).a1
    assert {one.range for one in found} <= {name}, [(one.code, one.message) for one in found]
    return {one.code for one in found}


@pytest.mark.parametrize(
    "written",
    ["{} ", "'{}", "{} EUR", "{}*", "{},00 €"],
)
@given(made=plans(), pick=st.integers(0, 50))
@FEW
def test_a_number_as_text(written: str, made: Made, pick: int) -> None:
    assume(made.unit is not Unit.MIO and not made.stars)
    assume(made.unit is Unit.EUR or ("€" not in written and "EUR" not in written))
    one = planted(made, pick, written.format)
    assume(one is not None)
    assert one and spoken(one[0], one[1]) == {"NUM01"}


@given(made=plans(years=3), pick=st.integers(0, 50))
@FEW
def test_an_amount_a_thousand_times_too_large(made: Made, pick: int) -> None:
    assume(made.unit is Unit.TEUR)
    one = planted(made, pick, lambda value: value * 1000)
    assume(one is not None)
    if len(made.years) > 3:
        assert one and spoken(one[0], one[1]) == {"NUM03"}
    else:
        assert one and spoken(one[0], one[1]) <= {"NUM03"}


@given(made=plans(years=3), pick=st.integers(0, 50))
@FEW
def test_a_separator_read_the_other_way_round(made: Made, pick: int) -> None:
    assume(made.unit is Unit.EUR)
    one = planted(made, pick, lambda value: (value - value % 1000 + 515).scaleb(-3))
    assume(one is not None and one[2] < 1_000_000)
    assert one and spoken(one[0], one[1]) == {"NUM02"}


@given(made=plans(years=3), pick=st.integers(0, 50))
@FEW
def test_a_text_with_an_english_separator(made: Made, pick: int) -> None:
    assume(made.unit is Unit.EUR)
    one = planted(made, pick, lambda value: f"{int(value):,}")
    assume(one is not None and one[2] < 1_000_000)
    assert one and spoken(one[0], one[1]) == {"NUM02"}


@given(made=plans(years=3), pick=st.integers(0, 50))
@FEW
def test_a_wrong_sign(made: Made, pick: int) -> None:
    one = planted(made, pick, lambda value: -value)
    assume(one is not None and sum(bool(each.value) for row in made.amounts for each in row) > 9)
    assert one and spoken(one[0], one[1]) == {"NUM05"}


@given(made=plans(years=3), pick=st.integers(0, 50))
@FEW
def test_a_jump(made: Made, pick: int) -> None:
    assume(made.unit is not Unit.EUR and not made.years[-1].open_ended)
    one = planted(made, pick, lambda value: value * 2)
    assume(one is not None)
    assert one
    found = said(one[0])
    assert [(each.code, each.range) for each in found] == [("YRS03", one[0].sheets[0].address(*one[1]).a1)]


@given(made=plans(years=3), pick=st.integers(0, 50))
@FEW
def test_an_amount_after_the_end(made: Made, pick: int) -> None:
    rows = list(steady(made))
    assume(made.remarks and rows)
    sheet = placed(made)
    index = rows[pick % len(rows)]
    row, last = sheet.measure_rows[index], sheet.first_amount + len(made.years) - 1
    workbook = with_cells(sheet, {(row, last + 1): f"befristet bis 31.12.{made.years[-2].value}"})
    assert spoken(workbook, (row, last)) == {"YRS04"}


@given(made=plans(years=4), pick=st.integers(1, 50))
@FEW
def test_a_year_left_out(made: Made, pick: int) -> None:
    assume(Kind.RESULT not in {year.kind for year in made.years})
    index = 1 + pick % (len(made.years) - 2)
    years = tuple(replace(year, value=year.value + (place >= index)) for place, year in enumerate(made.years))
    sheet = placed(replace(made, years=years))
    found = [one for one in said(sheet.workbook) if one.code == "YRS02"]
    assert len(found) == 1 and found[0].stated == str(years[index].value)


@given(made=plans(years=3), pick=st.integers(1, 50))
@FEW
def test_a_year_twice(made: Made, pick: int) -> None:
    assume(Kind.RESULT not in {year.kind for year in made.years} and not made.years[-1].open_ended)
    index = 1 + pick % (len(made.years) - 1)
    years = tuple(made.years[index - 1] if place == index else year for place, year in enumerate(made.years))
    found = said(placed(replace(made, years=years)).workbook)
    assert [one.code for one in found if one.severity is Severity.ERROR] == ["YRS01"]
