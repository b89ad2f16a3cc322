"""Ten departments' workbooks go on to 2030: the columns come, the totals are right by LibreOffice and by pandas, all
else stays, and a second run changes nothing.

What may change is listed by name below; whatever else differs is a defect. With PIK_EXCEL_FULL=1 each department is
made from five seeds, and all are validated.
"""

from __future__ import annotations

import os
import re
import warnings
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import column_letters
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.package import Package
from pik_excel.schema import built_in
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from tests.office import office
from tests.oracles import new_errors
from tests.writeback.departments import DEPARTMENTS, TO, Department, Made, expected, made, need

SEEDS = range(5) if os.environ.get("PIK_EXCEL_FULL") else range(1)
CASES = [replace(one, seed=seed) for one in DEPARTMENTS for seed in SEEDS]
IDS = [f"{one.name} {one.seed}" for one in CASES]
VALIDATED = [one for one in CASES if len(SEEDS) > 1 or one.macro or one.table or one.assumed]
OWN = ("Annahmen", "Projektion")
"""The sheets that the program adds; a department's own "Annahmen" is none of them."""


@dataclass(frozen=True)
class Case:
    """A department's workbook before and after."""

    made: Made
    written: Written

    @property
    def before(self) -> Package:
        return self.made.package

    @property
    def after(self) -> Package:
        return self.written.package

    @property
    def department(self) -> Department:
        return self.made.department


@cache
def case_of(department: Department) -> Case:
    """Projected once."""
    source = made(department)
    return Case(source, run(source.package))


def run(package: Package) -> Written:
    return projected_workbook(package, read_budget(read_workbook(package), built_in()), built_in(), TO)


def opened(package: Package, *, values: bool = False) -> openpyxl.Workbook:
    import io

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(package.data), data_only=values, keep_vba=True)


def moved(case: Case, column: int) -> int:
    """Where a column of the list stands now."""
    return column + (case.department.added if column > case.made.column("year", case.department.last) else 0)


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_the_columns_come_behind_the_last_year_with_pandas_figures(department: Department) -> None:
    case = case_of(department)
    there, wanted = opened(case.after, values=True)[department.sheet], expected(case.made)
    for year in range(department.years[0], TO + 1):
        column = case.made.column("year", year)
        assert str(year) in str(there.cell(department.top, column).value)
        for index, amount in enumerate(wanted[year]):
            assert_is(there.cell(case.made.place(index), column).value, amount, f"{wanted['name'][index]} {year}")


def assert_is(found: object, amount: float, what: str) -> None:
    if pd.isna(amount):
        assert found in (None, ""), what
    else:
        assert found == pytest.approx(amount, abs=0.0001), what


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_what_stands_behind_the_years_goes_on_meaning_the_same(department: Department) -> None:
    case = case_of(department)
    there, wanted = opened(case.after, values=True)[department.sheet], expected(case.made)
    years = list(range(department.years[0], TO + 1))
    for kind in department.right:
        column = case.made.column(kind, after=True)
        for index, row in case.made.rows.iterrows():
            found = there.cell(case.made.place(int(index)), column).value
            if kind == "sum":
                assert_is(found, wanted[years].loc[index].sum(), kind)
            elif kind == "change":
                assert_is(found, row[department.years[-1]] - row[department.years[-2]], kind)
            else:
                said = row[kind]
                assert found is None if pd.isna(said) else found == said or assert_is(found, said, kind) is None
    if "ff" in department.right:
        assert f"{TO + 1} ff." in str(there.cell(department.top, case.made.column("ff", after=True)).value)


def test_libreoffice_computes_the_same(tmp_path: Path) -> None:
    cases = [case_of(department) for department in CASES]
    paths = [saved(case.after, tmp_path, str(number)) for number, case in enumerate(cases)]
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path in paths])
    for case, answer in zip(cases, answers, strict=True):
        cells, wanted = answer["cells"], expected(case.made)
        for year in range(case.department.years[0], TO + 1):
            letter = column_letters(case.made.column("year", year))
            for index, amount in enumerate(wanted[year]):
                found = cells.get(f"{case.department.sheet}!{letter}{case.made.place(index)}", ["", None])[1]
                assert_is(found, amount, f"{case.department.name} {wanted['name'][index]} {year}")
        assert_totals_of_the_sheet(case, cells)
        for sheet in read_workbook(case.after).sheets:
            for cell in sheet.cells.values():
                if cell.has_formula and isinstance(cell.value, Decimal):
                    at = str(sheet.address(cell.row, cell.column))
                    assert cells[at][1] == pytest.approx(float(cell.value), abs=1e-6), (case.department.name, at)


def assert_totals_of_the_sheet(case: Case, cells: dict[str, Any]) -> None:
    """The sheet "Projektion" says the need that pandas says."""
    wanted = need(case.made)
    (row,) = (at.removeprefix("Projektion!A") for at, found in cells.items()
              if re.fullmatch(r"Projektion!A\d+", at) and found[1] == "zusätzlicher Bedarf")  # fmt: skip
    for place, year in enumerate(wanted.index, 3):
        found = cells[f"Projektion!{column_letters(place)}{int(row) - 2}"][1]
        assert found == pytest.approx(wanted[year], abs=0.0001), (case.department.name, year)


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_a_second_run_changes_not_a_byte(department: Department, tmp_path: Path) -> None:
    case = case_of(department)
    path = saved(case.after, tmp_path, "einmal")
    again = run(Package.from_bytes(path.read_bytes(), path))
    assert again.package.data == case.after.data


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_no_part_changes_but_those_that_must(department: Department) -> None:
    case = case_of(department)
    found = compare(case.before, case.after)
    assert found.removed == ()
    assert set(found.changed) <= may_change(case), set(found.changed) - may_change(case)
    new = r"xl/((worksheets|drawings)/(_rels/)?(sheet|drawing)\d+\.xml(\.rels)?|charts/chart\d+\.xml)"
    assert [name for name in found.added if not re.fullmatch(new, name)] == []
    sheets = [name for name in found.added if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert len(sheets) == (1 if department.assumed else 2)


def may_change(case: Case) -> set[str]:
    """The list, where sheets, styles and names are registered, what hangs on the list, and who refers to it."""
    parts = {
        "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
        "xl/styles.xml", "docProps/app.xml", "xl/worksheets/sheet2.xml",
    }  # fmt: skip
    parts |= {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}  # the comment on the header behind the years
    parts |= {"xl/tables/table1.xml"} if case.department.table else set()
    parts |= {"xl/charts/chart1.xml", "xl/drawings/drawing1.xml"} if case.department.chart else set()
    return parts


FEATURES = {
    "xl/worksheets/sheet1.xml": {"dimension", "cols", "mergeCells", "conditionalFormatting", "dataValidations",
                                 "sheetViews"},
    "xl/worksheets/sheet2.xml": {"dimension", "sheetViews"},
    "xl/workbook.xml": {"sheets", "definedNames", "calcPr", "bookViews"},
}  # fmt: skip


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_nothing_of_a_sheet_changes_but_what_has_columns(department: Department) -> None:
    case = case_of(department)
    for part, feature in compare(case.before, case.after).features:
        assert feature in FEATURES.get(part, set()), (part, feature)


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_every_cell_is_where_it_belongs_and_as_it_was(department: Department) -> None:
    case = case_of(department)
    before, after = opened(case.before), opened(case.after)
    assert after.sheetnames[: len(before.sheetnames)] == before.sheetnames
    for old in before:
        new = after[old.title]
        own = old.title == department.sheet
        for row in old.iter_rows():
            for cell in row:
                there = new.cell(cell.row, moved(case, cell.column) if own else cell.column)
                what = f"{old.title}!{cell.coordinate}"
                if cell.coordinate not in old.merged_cells:  # openpyxl draws the frame of a merge as wide as that is
                    assert look(there) == look(cell), what
                assert (there.comment and there.comment.text) == (cell.comment and cell.comment.text), what
                if not is_formula(cell.value) and not (own and is_open_end(case, cell)):
                    assert there.value == cell.value, what
                assert is_formula(there.value) >= is_formula(cell.value), what
        if own:
            assert_columns_and_frame(case, old, new)


def look(cell: Any) -> tuple[Any, ...]:
    """All that openpyxl knows of a cell's format."""
    return (cell.number_format, *map(repr, (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)))


def is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")


def is_open_end(case: Case, cell: Any) -> bool:
    """The heading "2027 ff.", which is "2031 ff." now."""
    return "ff" in case.department.right and (cell.row, cell.column) == (
        case.department.top, case.made.column("ff"))  # fmt: skip


def assert_columns_and_frame(case: Case, old: Worksheet, new: Worksheet) -> None:
    department = case.department
    widths = [{letter: (one.width, one.hidden) for letter, one in spread(sheet).items()} for sheet in (old, new)]
    for letter, shown in widths[0].items():
        assert widths[1][column_letters(moved(case, openpyxl.utils.column_index_from_string(letter)))] == shown
    last, first = case.made.column("year", department.last), case.made.column("year", department.years[0])
    for column in range(last + 1, last + 1 + department.added):
        assert widths[1][column_letters(column)] == widths[0][column_letters(last)]
    top, bottom = department.top + 1, department.top + len(case.made.rows)
    grown = f"{column_letters(first)}{top}:{column_letters(last + department.added)}{bottom}"
    assert [str(one.sqref) for one in new.conditional_formatting] == [grown]
    assert [str(one.sqref) for one in new.data_validations.dataValidation] == [grown]
    assert new.freeze_panes == old.freeze_panes
    assert new.print_title_rows == old.print_title_rows
    assert new.page_setup.orientation == "landscape"
    if department.merged:
        (merge,) = new.merged_cells.ranges
        above = department.top - 1
        assert str(merge) == f"{column_letters(first)}{above}:{column_letters(last + department.added)}{above}"


def spread(sheet: Worksheet) -> dict[str, Any]:
    """The settings of each column; openpyxl keeps those of a group at its first."""
    found = {}
    for one in sheet.column_dimensions.values():
        for column in range(one.min, one.max + 1):
            found[column_letters(column)] = one
    return found


@pytest.mark.parametrize("department", CASES, ids=IDS)
def test_names_tables_and_charts_reach_2030(department: Department) -> None:
    case = case_of(department)
    first, last = (column_letters(case.made.column("year", year)) for year in (department.years[0], TO))
    after = opened(case.after)
    assert after.defined_names["Gesamtbedarf"].value.partition("!")[2].replace("$", "").startswith(first)
    if department.table:
        (table,) = after[department.sheet].tables.values()
        right = column_letters(case.made.column(department.right[-1], after=True))
        total = department.top + len(case.made.rows) - 1
        assert table.ref == f"{column_letters(department.left)}{department.top}:{right}{total}"
        heads = [str(cell.value) for cell in after[department.sheet][table.ref][0]]
        assert [column.name for column in table.tableColumns] == heads
    if department.chart:
        chart = case.after.part("xl/charts/chart1.xml").decode()
        areas = re.findall(r"<c:f>([^<]+)</c:f>", chart)
        assert len(areas) == 2
        assert all(f"${first}$" in area and f":${last}$" in area for area in areas), areas
    if department.macro:
        assert case.after.part("xl/vbaProject.bin") == case.before.part("xl/vbaProject.bin")


@pytest.mark.parametrize("department", VALIDATED, ids=lambda one: f"{one.name} {one.seed}")
def test_microsofts_validator_finds_nothing_new(department: Department, tmp_path: Path) -> None:
    case = case_of(department)
    before, after = saved(case.before, tmp_path, "vorher"), saved(case.after, tmp_path, "nachher")
    assert new_errors(before, after) == []


def saved(package: Package, folder: Path, name: str) -> Path:
    path = folder / f"{name}{package.path.suffix}"
    path.write_bytes(package.data)
    return path
