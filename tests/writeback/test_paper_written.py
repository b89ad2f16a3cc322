"""The council paper's workbook with its projection in it: nothing lost, live, and right by three other readers."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.ooxml.package import Package, open_package
from pik_excel.projection.project import project
from pik_excel.projection.record import Projection
from pik_excel.schema import built_in
from pik_excel.writeback.project import Written
from tests.conftest import PROJECT
from tests.office import office
from tests.oracles import new_errors
from tests.writeback.building import formulas, projected, reading_of, stored, values

SOURCE = PROJECT / "workbooks" / "haushalt.xlsx"
LIST = "Ergänzende Maßnahmen"
YEARS = dict(zip("DEFGHI", range(2022, 2028), strict=True))
SCENARIOS = ("basis", "Fortschreibung", "Land endet", "Land fördert weiter")


@pytest.fixture(scope="module")
def source() -> Package:
    return open_package(SOURCE)


@pytest.fixture(scope="module")
def carried(source: Package) -> tuple[Projection, Written]:
    return projected(source, 2027, "Fortschreibung")


@pytest.fixture(scope="module")
def output(carried: tuple[Projection, Written], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("geschrieben") / "haushalt-projektion-2027.xlsx"
    path.write_bytes(carried[1].package.data)
    return path


def row_of(word: str) -> int:
    sheet = read_workbook(SOURCE).sheet(LIST)
    assert sheet is not None
    return next(cell.row for cell in sheet.cells.values() if word in str(cell.value) and cell.column == 1)


def test_the_years_follow_the_last_one_and_their_totals_are_those_of_the_paper(
    carried: tuple[Projection, Written],
) -> None:
    written, total = values(carried[1]), row_of("Summe")
    assert [written[f"{column}5"] for column in YEARS] == [str(year) for year in YEARS.values()]
    assert [written[f"{column}{total}"] for column in YEARS] == ["887", "914", "0", "0", "0", "0"]


def test_an_amount_that_another_table_states_is_a_reference_to_it(carried: tuple[Projection, Written]) -> None:
    written = formulas(carried[1])
    assert written[f"D{row_of('OMID')}"] == "'Finanzielle Auswirkungen'!B$7"
    assert (
        written[f"E{row_of('Ausbildungscampus')}"]
        == "SUM('Finanzielle Auswirkungen'!C$10,'Bereitgestellte Mittel'!C$6)"
    )


def test_all_else_is_a_readable_formula_on_its_assumption(carried: tuple[Projection, Written]) -> None:
    written = formulas(carried[1])
    assert re.fullmatch(
        r'IF\(AND\(D\$5>=Annahmen!\$E\$(\d+),OR\(Annahmen!\$F\$\1="",D\$5<=Annahmen!\$F\$\1\)\),ROUND\(Annahmen!\$C\$\1/1000,0\),0\)',
        written[f"D{row_of('Arrival Aid')}"],
    )
    assert f"$C{row_of('Refugio')}" in written[f"D{row_of('Refugio')}"]


def test_what_is_not_known_in_the_scenario_stays_empty_and_is_named(source: Package) -> None:
    _projection, written = projected(source, 2027)
    assert f"D{row_of('Refugio')}" not in values(written)
    assert {one.measure for one in written.skipped} == {
        "Angebot Willkommensräume",
        "Refugio Stuttgart e. V.",
        "pbv, psychosoziales Zentrum Evangelische Gesellschaft Stuttgart e. V.",
    }
    assert all("gilt nur in einem Szenario" in one.reason for one in written.skipped)


def test_a_measure_without_a_row_is_named_not_invented(source: Package) -> None:
    _projection, written = projected(source, 2027, "Land endet")
    assert any("Soziale Betreuung" in one.measure and one.years == (2023,) for one in written.skipped)


def test_only_the_list_its_print_area_and_more_styles_differ(
    source: Package, carried: tuple[Projection, Written]
) -> None:
    package = carried[1].package
    assert package.names == source.names
    changed = {name for name in source.names if package.part(name) != source.part(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}
    old, new = (one.part("xl/styles.xml").decode() for one in (source, package))
    for listed in ("fonts", "cellXfs"):  # what was there keeps its number
        before, after = (re.search(rf"<{listed}[^>]*>(.*)</{listed}>", text, re.DOTALL) for text in (old, new))
        assert before and after and after[1].startswith(before[1])


def test_what_stood_in_the_list_stands_there_still(source: Package, carried: tuple[Projection, Written]) -> None:
    before, after = (read_workbook(package).sheet(LIST) for package in (source, carried[1].package))
    assert before is not None
    assert after is not None
    assert {at: after.cells[at] for at in before.cells} == dict(before.cells)
    assert {cell.column for at, cell in after.cells.items() if at not in before.cells} == set(range(4, 10))


def test_the_new_columns_look_like_the_last_one(carried: tuple[Projection, Written]) -> None:
    sheet = read_workbook(carried[1].package).sheet(LIST)
    assert sheet is not None
    styles = [[sheet.cells[row, column].style for row in range(3, 18)] for column in range(3, 10)]
    told = [one.at for one in carried[1].cells if one.formula and "Annahmen!" in one.formula]
    assert told
    for column, found in enumerate(styles[1:], 4):
        assert all(
            (style == first) != (Address(LIST, row, column) in told)
            for row, style, first in zip(range(3, 18), found, styles[0], strict=True)
        )


def test_what_a_rule_gives_is_in_italics_and_looks_the_same_otherwise(output: Path) -> None:
    with warnings.catch_warnings(action="ignore"):  # openpyxl says what it does not know
        sheet = openpyxl.load_workbook(output)[LIST]
    for row in sheet.iter_rows(min_row=6, max_row=16, min_col=4, max_col=9):
        for cell in row:
            model, own = sheet.cell(cell.row, 3), "Annahmen!" in str(cell.value)
            assert bool(cell.font.i) is own, cell.coordinate
            looks = [(one.font.b, one.font.sz, one.font.name, one.number_format) for one in (cell, model)]
            assert looks[0] == looks[1]
            assert [repr(cell.border), repr(cell.fill)] == [repr(model.border), repr(model.fill)]


def test_the_print_title_goes_on(carried: tuple[Projection, Written]) -> None:
    sheet = read_workbook(carried[1].package).sheet(LIST)
    assert sheet is not None
    assert "B4:I4" in {area.a1 for area in sheet.merges}


def test_a_mark_meant_for_2021_stays_there_and_the_page_is_turned(carried: tuple[Projection, Written]) -> None:
    part = carried[1].package.part("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<conditionalFormatting sqref="C6:C16">', part)
    assert 'orientation="landscape"' in part
    assert carried[1].turned == (LIST,)
    assert carried[1].remarks == (
        "Im Querformat gedruckt wird jetzt „Ergänzende Maßnahmen“; im Hochformat wäre die Schrift zu klein.",
    )


def test_a_second_run_changes_nothing(carried: tuple[Projection, Written]) -> None:
    projection, again = projected(carried[1].package, 2027, "Fortschreibung")
    assert again.package is carried[1].package
    assert again.edits == again.skipped == ()
    assert projection.totals == carried[0].totals


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_written_workbook_gives_the_same_figures_in_every_scenario(
    source: Package, carried: tuple[Projection, Written], scenario: str
) -> None:
    before = project(reading_of(source), built_in(), 2027, scenario)
    after = project(reading_of(carried[1].package), built_in(), 2027, scenario)
    assert before.totals == after.totals
    for old, new in zip(before.measures, after.measures, strict=True):
        amounts = ([(one.value, one.exact, one.standing) for one in each.amounts] for each in (old, new))
        assert next(amounts) == next(amounts)


def test_libreoffice_computes_every_value_that_is_stored(output: Path) -> None:
    (answer,) = office([{"path": str(output), "steps": [["recalculate"]]}])
    book = read_workbook(output)
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.has_formula and isinstance(cell.value, Decimal):
                computed = answer["cells"][str(sheet.address(cell.row, cell.column))][1]
                assert computed == pytest.approx(float(cell.value), abs=1e-6), sheet.address(cell.row, cell.column)


def test_an_assumption_changed_in_libreoffice_moves_the_figures(output: Path) -> None:
    steps = [["set", "Annahmen", "C6", 70600], ["set", "Annahmen", "F15", 2022], ["recalculate"]]
    (answer,) = office([{"path": str(output), "steps": steps}])
    cells = answer["cells"]
    assert cells[f"{LIST}!D{row_of('Jobkraftwerk')}"][1] == 71
    assert [cells[f"{LIST}!{column}{row_of('Arrival Aid')}"][1] for column in "DE"] == [18, 0]
    assert cells[f"{LIST}!D{row_of('Summe')}"][1] == 887 + 5 + 18


def test_openpyxl_and_calamine_read_the_same(output: Path, carried: tuple[Projection, Written]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions that openpyxl would not save
        sheet = openpyxl.load_workbook(output, data_only=True)[LIST]
    rows = CalamineWorkbook.from_path(str(output)).get_sheet_by_name(LIST).to_python(skip_empty_area=False)
    for cell in carried[1].cells:
        if cell.formula is not None and cell.value is not None:
            assert sheet[cell.at.a1].value == float(cell.value) == rows[cell.at.row - 1][cell.at.column - 1]


def test_microsofts_validator_finds_nothing_new(output: Path) -> None:
    assert new_errors(SOURCE, output) == []


def test_what_is_stored_is_what_is_reported(carried: tuple[Projection, Written]) -> None:
    for cell in carried[1].cells:
        assert str(stored(carried[1].package, LIST, cell.at.a1)) == cell.value


@pytest.fixture(scope="module")
def later(source: Package) -> tuple[Projection, Written]:
    return projected(source, 2029)


@pytest.mark.parametrize(
    ("name", "rows"), [("Finanzielle Auswirkungen", range(6, 12)), ("Bereitgestellte Mittel", [6])]
)
def test_2027_ff_becomes_three_years_and_2030_ff(
    later: tuple[Projection, Written], name: str, rows: Sequence[int]
) -> None:
    sheet = read_workbook(later[1].package).sheet(name)
    assert sheet is not None
    heads = [sheet.value(4, column) for column in range(2, 11)]
    assert heads == [*(f"{year} TEUR" for year in range(2022, 2030)), "2030 ff. TEUR"]
    for row in rows:
        assert [sheet.value(row, column) for column in range(7, 11)] == [0] * 4
    assert sheet.cells[6, 7].formula == sheet.cells[6, 9].formula == "$J6"
    assert {sheet.cells[row, column].style for row in rows[:1] for column in (7, 8, 9)} == {sheet.cells[6, 6].style}


def test_the_list_goes_on_to_2029_by_the_years_own_columns(later: tuple[Projection, Written]) -> None:
    written, total = formulas(later[1]), row_of("Summe")
    assert written[f"K{row_of('OMID')}"] == "'Finanzielle Auswirkungen'!I$7"
    assert [stored(later[1].package, LIST, f"{column}{total}") for column in "DEFGHIJK"] == [639, 666, *[0] * 6]
    assert later[0].total(2029).need == 0


def test_2029_is_reached_the_same_way_from_2027(source: Package, later: tuple[Projection, Written]) -> None:
    package = projected(projected(source, 2027)[1].package, 2029)[1].package
    books = [read_workbook(one) for one in (package, later[1].package)]
    for one, other in zip(books[0].sheets, books[1].sheets, strict=True):
        values = ({at: (cell.value, cell.style) for at, cell in each.cells.items()} for each in (one, other))
        assert next(values) == next(values), one.name
        assert one.merges == other.merges
    assert projected(package, 2029)[1].edits == ()


def test_2029_by_libreoffice_and_microsofts_validator(later: tuple[Projection, Written], tmp_path: Path) -> None:
    path = tmp_path / "haushalt-2029.xlsx"
    path.write_bytes(later[1].package.data)
    (answer,) = office([{"path": str(path), "steps": [["recalculate"]]}])
    for sheet in read_workbook(path).sheets:
        for cell in sheet.cells.values():
            if cell.has_formula and isinstance(cell.value, Decimal):
                assert answer["cells"][str(sheet.address(cell.row, cell.column))][1] == pytest.approx(float(cell.value))
    assert new_errors(SOURCE, path) == []
