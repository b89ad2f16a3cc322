"""The example workbooks are what the script writes, their stored values are right, and two readers read them alike."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pik_excel.checks.catalogue import catalogue
from tests.conftest import PROJECT
from tests.oracles import validation_errors
from tests.workbooks.libreoffice import recalculated
from workbooks.build import WORKBOOKS

FOLDER = PROJECT / "workbooks"
NAMES = sorted(WORKBOOKS)
EXAMPLE = FOLDER / "haushalt.xlsx"
PLANTED_ROW = re.compile(r"^\| ([A-Z]{3}\d\d) \| `([^`]+)!([A-Z]+\d+)` \|", re.MULTILINE)
FAMILIES = ("SUM", "FRM", "NUM", "YRS", "MSR", "FIN", "DOC")
RULES = sorted(catalogue(), key=lambda code: (FAMILIES.index(code[:3]), code))
OF_THE_FILE = {"DOC03", "DOC04"}  # they have no cell of their own; the first of the first sheet stands for the file

Values = dict[tuple[str, str], object]


def planted() -> dict[str, tuple[str, str]]:
    """Code -> sheet and cell, from the table of the README."""
    found = PLANTED_ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    return {code: (sheet, cell) for code, sheet, cell in found}


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package; compressed bytes differ between versions of zlib."""
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def cells(path: Path, values: bool = True) -> Values:
    """Every cell that says something, as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions that openpyxl would not save
        book = openpyxl.load_workbook(path, data_only=values)
    found = {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    return {at: value for at, value in found.items() if value is not None}


def day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize("name", NAMES)
def test_the_file_in_the_project_is_what_the_script_writes(name: str) -> None:
    kept, written = parts((FOLDER / name).read_bytes()), parts(WORKBOOKS[name]())
    assert list(kept) == list(written)
    differing = [part for part in kept if kept[part] != written[part]]
    assert not differing, "please run: python -m workbooks.build"


@pytest.mark.parametrize("name", NAMES)
def test_written_twice_it_is_the_same_to_the_byte(name: str) -> None:
    assert WORKBOOKS[name]() == WORKBOOKS[name]()


def test_libreoffice_calculates_every_stored_value(soffice: str, tmp_path: Path) -> None:
    stale, circle = planted()["FRM06"], {planted()["FRM07"], ("Nebenrechnungen", "B8")}  # Excel stores 0 in a circle
    for kept, fresh in zip(NAMES, recalculated(soffice, (FOLDER / name for name in NAMES), tmp_path), strict=True):
        before, after = cells(FOLDER / kept), cells(fresh)
        differing = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
        assert differing == ({stale, *circle} if kept == "haushalt-fehler.xlsx" else set())


@pytest.mark.parametrize("name", NAMES)
def test_openpyxl_and_calamine_read_the_same(name: str) -> None:
    ours = {at: day(value) for at, value in cells(FOLDER / name).items()}
    book = CalamineWorkbook.from_path(str(FOLDER / name))
    theirs: Values = {}
    for sheet in book.sheet_names:
        data = book.get_sheet_by_name(sheet)
        for row, values in enumerate(data.to_python(skip_empty_area=False), 1):
            for column, value in enumerate(values, 1):
                if value != "":
                    theirs[sheet, f"{openpyxl.utils.get_column_letter(column)}{row}"] = day(value)
    ours = {at: value for at, value in ours.items() if not str(value).startswith("#")}  # calamine gives no errors
    assert ours == theirs


@pytest.mark.parametrize("name", NAMES)
def test_microsofts_validator_finds_no_error(name: str) -> None:
    assert validation_errors(FOLDER / name) == []


def test_the_papers_totals_are_the_stored_values() -> None:
    stored = cells(EXAMPLE)
    row = {name: [stored[name[0], f"{column}{name[1]}"] for column in name[2]] for name in (
        ("Ergänzende Maßnahmen", 17, "BC"), ("Finanzielle Auswirkungen", 11, "BCDEFG"),
        ("Finanzierung", 9, "B"), ("Finanzierung", 17, "B"),
    )}  # fmt: skip
    assert list(row.values()) == [[1151, 1156], [516, 666, 0, 0, 0, 0], [649_412], [281_570]]


def test_the_papers_needs_are_the_assumptions() -> None:
    stored = cells(EXAMPLE)
    needs = [stored["Annahmen", f"C{row}"] for row in range(6, 19)]
    assert needs[:5] == [65_500, 290_000, 100_000, 60_000, 149_810]
    assert needs[5:8] == [150_000, 40_000, 58_000]
    assert needs[-2:] == [235_060, 1_800_000]


def test_the_amounts_of_the_paper_are_the_rounded_needs() -> None:
    stored = cells(EXAMPLE)
    of_2022, of_2023 = ([stored.get(("Finanzielle Auswirkungen", f"{c}{r}")) for r in range(6, 11)] for c in "BC")
    assert of_2022 == [66, 290, 100, 60, None]
    assert of_2023 == [66, 290, 100, 60, 150]


def test_the_grant_gives_the_papers_rate_and_day() -> None:
    stored = cells(EXAMPLE)
    assert [day(stored["Stellen", f"B{row}"]) for row in (9, 10, 12)] == [60, 63_683.83, date(2023, 3, 31)]


def test_a_blank_is_no_zero() -> None:
    stored = cells(EXAMPLE)
    assert ("Finanzielle Auswirkungen", "B10") not in stored
    assert stored["Finanzielle Auswirkungen", "D10"] == 0


def test_every_total_is_a_formula() -> None:
    written = cells(EXAMPLE, values=False)
    totals = [("Ergänzende Maßnahmen", "C17"), ("Finanzielle Auswirkungen", "C11"), ("Finanzierung", "B9")]
    assert [written[at] for at in totals] == ["=SUM(C6:C16)", "=SUM(C6:C10)", "=SUM(B6:B8)"]


def test_the_first_sheet_ends_with_its_last_year() -> None:
    columns = {re.sub(r"\d", "", cell) for sheet, cell in cells(EXAMPLE) if sheet == "Ergänzende Maßnahmen"}
    assert columns == {"A", "B", "C"}


def test_the_example_has_what_such_workbooks_have() -> None:
    content = parts(EXAMPLE.read_bytes())
    sheets = b"".join(text for name, text in content.items() if name.startswith("xl/worksheets/sheet"))
    for mark in (
        b"<mergeCell ",
        b"<conditionalFormatting",
        b"<dataValidation ",
        b"<pane ",
        b"<headerFooter",
        b"<extLst",
    ):
        assert mark in sheets, mark
    assert {"xl/charts/chart1.xml", "xl/comments1.xml"} <= content.keys()
    for name in (b"OMID_Foerdersatz", b"_xlnm.Print_Area", b"_xlnm.Print_Titles"):
        assert name in content["xl/workbook.xml"], name


def test_the_readme_names_one_defect_of_each_rule_at_a_cell_of_its_own() -> None:
    found = PLANTED_ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert [code for code, _, _ in found] == RULES
    cells_of = [(sheet, cell) for code, sheet, cell in found if code not in OF_THE_FILE]
    assert len(set(cells_of)) == len(cells_of)


def test_the_readme_speaks_of_what_stands_there() -> None:
    written, stored = (cells(FOLDER / "haushalt-fehler.xlsx", values=values) for values in (False, True))
    at = planted()
    assert written[at["SUM03"]] == "=SUM(D6:D9)"
    assert written[at["SUM04"]] == "=SUM(D6:D13)"
    assert written[at["FRM01"]] == "=ROUND(E7*(1+Annahmen!$G7),0)"
    assert written[at["FRM04"]] == "=52000-3500"
    assert (stored[at["FRM03"]], stored[at["NUM01"]], stored[at["NUM05"]]) == ("#DIV/0!", "31500", -3_200)
    assert (stored[at["SUM01"]], stored[at["SUM02"]], stored[at["SUM07"]]) == (187_100, 92_400, 104)
    assert (written[at["FRM07"]], stored[at["FRM07"]]) == ("=ROUND(B8*8%,0)", 0)
    assert (str(written[at["FRM09"]])[:11], stored[at["FRM09"]]) == ("=VLOOKUP(36", 18_900)
    assert at["MSR01"] not in stored
    assert written[at["SUM02"]] == stored[at["SUM02"]]


def test_the_colleagues_workbook_is_a_real_link() -> None:
    content = parts((FOLDER / "haushalt-fehler.xlsx").read_bytes())
    assert b"<f>[1]Quartiere!$C$7</f><v>325</v>" in b"".join(content.values())
    assert b"Kennzahlen_Jugend_2025.xlsx" in content["xl/externalLinks/_rels/externalLink1.xml.rels"]
