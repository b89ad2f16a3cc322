"""The sheet "Projektion": right without Excel, live in it, the same on a second run, replaced when years are added."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from pik_excel.grid.own import own_projection
from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import Sheet
from pik_excel.ooxml.edits import CellEdit, Number, Text
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.sheets import worksheets
from pik_excel.schema import built_in
from pik_excel.writeback.overview.content import FIRST_ROW, FIRST_YEAR, NAME, PLAN_ROW, RULE, SWITCH_ROW
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from tests.conftest import PROJECT
from tests.oracles import new_errors
from tests.writeback.building import reading_of
from tests.writeback.layouts_at_random import LAYOUTS, made

SOURCE = PROJECT / "workbooks" / "haushalt.xlsx"
SHEET = "Projektion"


def run(package: Package, to: int, scenario: str = "basis", **given: bool) -> Written:
    return projected_workbook(package, reading_of(package), built_in(), to, scenario, **given)


def sheet(package: Package) -> Sheet:
    found = read_workbook(package).sheet(SHEET)
    assert found is not None
    return found


def figures(package: Package, label: str, after: int = FIRST_ROW) -> list[object]:
    """The figures beside the first such label from a row on."""
    there = sheet(package)
    row = next(row for (row, column), cell in sorted(there.cells.items())
               if row >= after and column == NAME and cell.value == label)  # fmt: skip
    right = max(column for at, column in there.cells if at == row)
    return [there.value(row, column) for column in range(FIRST_YEAR, right + 1)]


@pytest.fixture(scope="module")
def source() -> Package:
    return open_package(SOURCE)


@pytest.fixture(scope="module")
def written(source: Package) -> Written:
    return run(source, 2027)


def test_the_totals_are_those_of_the_paper(written: Written) -> None:
    assert figures(written.package, "Finanzbedarf") == [1151, 1156, 639, 666, 0, 0, 0, 0]
    assert figures(written.package, "davon beschlossen oder bereitgestellt") == [1151, 1156, 123, 0, 0, 0, 0, 0]
    assert figures(written.package, "zusätzlicher Bedarf") == [0, 0, 516, 666, 0, 0, 0, 0]


def test_all_scenarios_stand_side_by_side(written: Written) -> None:
    after = FIRST_ROW + 12
    found = {name: figures(written.package, name, after)[2:4] for name in ("basis", "Fortschreibung", "Land endet")}
    assert found == {"basis": [639, 666], "Fortschreibung": [887, 914], "Land endet": [639, 2466]}
    assert figures(written.package, "Land fördert weiter", after)[3] == 901


def test_every_figure_is_a_formula(written: Written) -> None:
    cells = [cell for (row, column), cell in sheet(written.package).cells.items()
             if row >= FIRST_ROW and column >= FIRST_YEAR and isinstance(cell.value, Decimal)]  # fmt: skip
    assert cells
    assert all(cell.has_formula for cell in cells)
    assert written.not_evaluated == ()


def test_blank_is_not_0_there_either(written: Written) -> None:
    assert figures(written.package, "Refugio Stuttgart e. V.")[2:] == [None] * 6


def test_years_beyond_the_medium_term_plan_are_marked(written: Written) -> None:
    there = sheet(written.package)
    assert there.value(PLAN_ROW, RULE) == 2026
    marks = [there.value(FIRST_ROW - 2, column) for column in range(FIRST_YEAR, FIRST_YEAR + 8)]
    assert marks == [*[None] * 7, "nach Finanzplanung"]


def test_nothing_else_of_the_workbook_changes(source: Package) -> None:
    plain, full = run(source, 2027, sheet=False).package, run(source, 2027).package
    changed = {name for name in plain.names if plain.part(name) != full.part(name)}
    assert {name.rpartition("/")[2] for name in changed} <= {
        "workbook.xml", "workbook.xml.rels", "[Content_Types].xml", "styles.xml", "app.xml",
    }  # fmt: skip


def test_a_second_run_changes_nothing(written: Written) -> None:
    again = run(written.package, 2027)
    assert again.package is written.package
    assert again.made == ()


def test_later_years_take_the_place_of_the_sheet(written: Written) -> None:
    later = run(written.package, 2029).package
    names = [one.name for one in worksheets(later)]
    assert names == [one.name for one in worksheets(written.package)]
    assert len(figures(later, "Finanzbedarf")) == 11, "2020 to 2029, and 2030 ff."
    assert len([name for name in later.names if "chart" in name]) == len(
        [name for name in written.package.names if "chart" in name]
    )
    assert run(later, 2029).package is later


def test_the_choice_in_the_switch_is_kept(written: Written) -> None:
    chosen = patched(written.package, [CellEdit(SHEET, SWITCH_ROW, RULE, Text("Land endet"))])
    later = run(chosen, 2028).package
    assert sheet(later).value(SWITCH_ROW, RULE) == "Land endet"
    assert figures(later, "Finanzbedarf")[3] == 2466


def test_the_end_of_the_plan_that_somebody_typed_is_kept(written: Written) -> None:
    typed = patched(written.package, [CellEdit(SHEET, PLAN_ROW, RULE, Number(Decimal(2025)))])
    assert sheet(run(typed, 2028).package).value(PLAN_ROW, RULE) == 2025


def test_what_somebody_typed_on_the_sheet_is_not_written_over(written: Written) -> None:
    noted = patched(written.package, [CellEdit(SHEET, 3, 5, Text("mit dem Fachamt abgestimmt"))])
    later = run(noted, 2029)
    assert sheet(later.package).value(3, 5) == "mit dem Fachamt abgestimmt"
    assert any("von Hand eingetragen" in remark for remark in later.remarks)


def test_the_sheet_is_no_part_of_the_budget(source: Package, written: Written) -> None:
    assert own_projection(read_workbook(written.package)) == SHEET
    tables = reading_of(written.package).budget.measure_tables
    assert SHEET not in {table.sheet for table in tables}
    assert len(tables) == len(reading_of(source).budget.measure_tables)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_in_every_layout_the_sheet_shows_what_is_projected_and_stays(name: str) -> None:
    case = made(name, 11)
    found = run(case.package, case.last + 3)
    projection = found.projection
    unit = projection.measures[0].line.rows[0].table.columns[-1].unit.factor
    expected = [total.need / unit for total in projection.totals if total.need is not None]
    assert figures(found.package, "Finanzbedarf")[: len(expected)] == expected
    assert run(found.package, case.last + 3).package is found.package
    later = run(found.package, case.last + 4)
    assert len(figures(later.package, "Finanzbedarf")) == len(expected) + 1


def test_no_validation_error_is_new(written: Written, tmp_path: Path) -> None:
    later = run(written.package, 2029).package
    for name, package in (("erst", written.package), ("später", later)):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(package.data)
        assert new_errors(SOURCE, path) == []


def test_a_scenario_that_is_asked_for_is_the_one_shown(source: Package) -> None:
    there = sheet(run(source, 2027, "Land endet").package)
    assert there.value(SWITCH_ROW, RULE) == "Land endet"


def test_a_chart_along_all_years_shows_the_new_ones(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "diagramm.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Maßnahmen")
        page.write_row(0, 0, ["Maßnahmen in TEUR"])
        page.write_row(1, 0, ["Maßnahme", 2024, 2025, 2026, "Bemerkung"])
        page.write_row(2, 0, ["Sprachkurse", 100, 110, 120])
        page.write_row(3, 0, ["Beratung", 50, 60, 70])
        for first, place in ((1, "A10"), (2, "H10")):
            chart = book.add_chart({"type": "column"})
            chart.add_series({"categories": ["Maßnahmen", 1, first, 1, 3], "values": ["Maßnahmen", 2, first, 2, 3]})
            page.insert_chart(place, chart)
    found = run(open_package(path), 2028).package
    whole, part = (found.part(f"xl/charts/chart{number}.xml").decode() for number in (1, 2))
    assert "Maßnahmen!$B$3:$F$3" in whole
    assert '<c:ptCount val="5"/>' in whole
    assert "Maßnahmen!$C$3:$D$3" in part, "a chart of the last years only stays one"


def test_a_large_amount_is_not_shown_as_a_row_of_crosses(source: Package) -> None:
    large = patched(source, [CellEdit("Ergänzende Maßnahmen", 6, 3, Number(Decimal(-1_234_567_890)))])
    for package, needed in ((source, 10), (large, len("-1,234,567,890") * 0.9)):
        book = openpyxl.load_workbook(io.BytesIO(run(package, 2027).package.data))
        assert book[SHEET].column_dimensions[get_column_letter(FIRST_YEAR)].width >= needed
