"""The overview workbook: totals that follow the table, right without a calculation and after one, names harmless."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.consolidation.record import Consolidation, Source
from pik_excel.consolidation.together import together
from pik_excel.writeback.consolidated.sheet_names import sheet_names
from pik_excel.writeback.consolidated.workbook import consolidated_workbook
from tests.consolidation.asked import source
from tests.consolidation.cities import city
from tests.consolidation.test_gathering import read
from tests.office import office
from tests.oracles import validation_errors

DAY = date(2026, 3, 31)
PLAN = """
| | A | B | C | D |
|---|---|---|---|---|
| 1 | Anmeldungen {office} in {unit} | | | |
| 2 | Maßnahme | Produkt | 2025 | 2026 |
| 3 | {name} | 31.10 | 12 | 14 |
| 4 | Lesepaten {office} | 31.1 | 8 | |
| 5 | Elterncafé {office} | | 30 | 0 |
"""


def plan(office_: str = "Sozialamt", unit: str = "TEUR", name: str = "Sprachkurse") -> Source:
    return source(PLAN.format(office=office_, unit=unit, name=name), f"{office_} {name}.xlsx".replace("/", "-"))


def opened(found: Consolidation, values: bool = True) -> openpyxl.Workbook:
    data = consolidated_workbook(found, Path("/tmp"), DAY)
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def rows(book: openpyxl.Workbook, sheet: str, first: str) -> dict[object, list[object]]:
    """The rows below the head whose first cell is `first`, by that cell, until an empty one."""
    found: dict[object, list[object]] = {}
    below = False
    for row in book[sheet].iter_rows(values_only=True):
        if below and row[0] is None:
            return found
        if below:
            found[row[0]] = list(row[1:])
        below = below or row[0] == first
    return found


def test_the_table_has_a_line_a_measure_and_blank_is_not_nought() -> None:
    book = opened(together([plan()]))
    lines = rows(book, "Maßnahmen", "Lfd")
    head = [cell.value for cell in book["Maßnahmen"][7]]
    assert head[:6] == ["Lfd", "Amt", "Nr.", "Maßnahme", "Produkt", "Status"]
    assert head[6:] == ["2025", "2026", "Summe", "zählt", "Datei", "Zelle", "Anmerkung"]
    assert lines[1][:9] == ["Sozialamt", None, "Sprachkurse", "31.10", "angemeldet", 12, 14, 26, "ja"]
    assert lines[2][5:8] == [8, None, 8] and lines[3][5:8] == [30, 0, 30]
    assert lines[1][10] == "Tabelle1!A3"
    table = book["Maßnahmen"].tables["Massnahmen"]
    assert table.ref == "A7:M10" and table.autoFilter is not None


def test_it_is_made_to_be_printed() -> None:
    for sheet in opened(together([plan()])).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), sheet.title
        assert sheet.page_setup.fitToHeight == 0
    sheet = opened(together([plan()]))["Maßnahmen"]
    assert sheet.print_title_rows == "$7:$7" and sheet.freeze_panes == "E8"


def test_totals_are_formulas_on_the_table() -> None:
    book = opened(together([plan()]), values=False)
    by_department = rows(book, "Gesamt", "Amt")["Sozialamt"]
    assert by_department[1] == '=SUMIFS(Massnahmen[2025],Massnahmen[Amt],$A9,Massnahmen[zählt],"ja")'
    by_product = rows(book, "Summen", "Produkt")["31.10"]
    assert str(by_product[1]).startswith("=SUMPRODUCT("), "31.10 and 31.1 are two products"
    assert len(book["Gesamt"]._charts) == 2


def test_products_that_excel_would_take_for_one_number_stay_two() -> None:
    sums = rows(opened(together([plan()])), "Summen", "Produkt")
    assert {name: row[1] for name, row in sums.items()} == {"31.10": 12, "31.1": 8, "ohne Produkt": 30, "Gesamt": 50}


@pytest.mark.parametrize("seed", range(4))
def test_stored_totals_are_those_of_the_sources(tmp_path: Path, seed: int) -> None:
    made = city(tmp_path, seed, count=5)
    book = opened(together(read(made)))
    head = [cell.value for cell in book["Gesamt"][8]]
    sums = rows(book, "Gesamt", "Amt")
    factor = 1000 if "TEUR" in str(book["Gesamt"]["A2"].value) else 1
    for department, years in {**made.of_departments(), "Gesamt": made.totals()}.items():
        for year, eur in years.items():
            stored = sums[department][head.index(str(year)) - 1]
            assert Decimal(str(stored)) * factor == eur, (department, year)


def test_every_department_has_its_sheet_under_a_legal_name() -> None:
    names = ["Amt 50/51", "Summen", "Amt [7]: Bau?", "X" * 40, "'", "x" * 40]
    found = together([plan(name, name=f"Kurs {number}") for number, name in enumerate(["Amt 50/51", "Sozialamt"])])
    assert "Amt 50-51" in opened(found).sheetnames
    legal = sheet_names(names, ["Summen"], "ohne Amt")
    assert legal["Amt 50/51"] == "Amt 50-51" and legal["Summen"] == "Summen (2)" and legal["'"] == "ohne Amt"
    assert len({name.casefold() for name in legal.values()}) == len(names)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_any_names_make_legal_sheets(names: list[str]) -> None:
    legal = sheet_names(names, ["Gesamt", "Dateien"], "ohne Amt")
    assert set(legal) == set(names)
    assert len({name.casefold() for name in (*legal.values(), "Gesamt", "Dateien")}) == len(set(names)) + 2
    for name in legal.values():
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31 and not set(name) & set("[]:*?/\\")
        assert name[0] != "'" and name[-1] != "'"


HOSTILE = (
    "=cmd|'/c calc'!A1", "@SUM(A1)", "+1+1", "-2", "=HYPERLINK(\"http://x\")", "<b>&amp;", "a\"b'c", "*", "~?", ">5",
    "{=1}", "ﷺ\u202e", "\ud7ff", "1E5", "31.12.2025", "#REF!", "A1", "[x]#'y",
)  # fmt: skip


def hostile() -> Consolidation:
    sources = []
    for number, name in enumerate(HOSTILE):
        one = plan("Sozialamt", name=f"Kurs {number}")
        entries = tuple(
            replace(entry, name=f"{name} {entry.name}", key=str(number), department=name, product=name, stage=name)
            for entry in one.gathered.entries
        )
        gathered = replace(one.gathered, entries=entries)
        sources.append(replace(one, path=Path(f"{number}"), sha256=None, gathered=gathered))
    return together(sources)


def test_hostile_names_stay_texts_and_are_grouped_letter_by_letter() -> None:
    found = hostile()
    texts = [cell for row in opened(found, values=False)["Maßnahmen"].iter_rows(min_row=8, max_col=4) for cell in row]
    assert not [cell.value for cell in texts if cell.data_type == "f"]
    values = opened(found)
    for sheet, first in (("Gesamt", "Amt"), ("Summen", "Produkt")):
        sums = rows(values, sheet, first)
        assert all(sums[name][1] == 50 for name in HOSTILE), sheet
        assert sums["Gesamt"][1] == 50 * len(HOSTILE)


def test_links_lead_to_the_cell_whatever_the_file_is_called(tmp_path: Path) -> None:
    odd = tmp_path / "daten" / "100 % #1 [neu].xlsx"
    one = replace(plan(), path=odd)
    data = consolidated_workbook(together([one]), tmp_path, DAY)
    book = openpyxl.load_workbook(io.BytesIO(data))
    link = book["Maßnahmen"]["K8"].hyperlink
    assert link.location == "Tabelle1!A3"
    assert link.target.replace("\\", "/") == "daten/100%20%25%20%231%20%5Bneu%5D.xlsx"


def test_microsofts_validator_finds_no_error(tmp_path: Path) -> None:
    made = city(tmp_path, 5, count=7)
    path = tmp_path / "gesamt.xlsx"
    path.write_bytes(consolidated_workbook(together(read(made)), tmp_path, DAY))
    assert validation_errors(path) == []


Calculated = dict[str, tuple[openpyxl.Workbook, dict[str, list[object]]]]


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """Overviews as they are stored, and each cell of them as LibreOffice computes it; one LibreOffice for all."""
    folder = tmp_path_factory.mktemp("konsolidiert")
    two = together([plan(), plan("Jugendamt", name="Jugendtreff")])
    made = {"hostile": hostile(), "city": together(read(city(folder, 2, count=7))), "switched": two, "pair": two}
    steps: dict[str, list[object]] = {"switched": [["set", "Maßnahmen", "J8", "nein"]]}
    paths = {name: folder / f"gesamt-{name}.xlsx" for name in made}
    for name, found in made.items():
        paths[name].write_bytes(consolidated_workbook(found, folder, DAY))
    jobs = [{"path": str(path), "steps": [*steps.get(name, []), ["recalculate"]]} for name, path in paths.items()]
    answers = office(jobs)
    return {
        name: (openpyxl.load_workbook(paths[name], data_only=True), answer["cells"])
        for name, answer in zip(made, answers, strict=True)
    }


def stored(book: openpyxl.Workbook, at: str) -> object:
    sheet, _mark, cell = at.rpartition("!")
    return book[sheet][cell].value


@pytest.mark.parametrize("name", ["hostile", "city", "pair"])
def test_libreoffice_computes_what_is_stored(calculated: Calculated, name: str) -> None:
    book, cells = calculated[name]
    differing = []
    for at, (formula, value) in cells.items():
        own = stored(book, at)
        if str(formula).startswith("="):
            numbers = isinstance(own, int | float) and isinstance(value, float)
            same = abs(value - own) < 1e-6 if numbers else value == (own or "")
            differing += [] if same else [f"{at} {formula}: {own} / {value}"]
    assert differing == []


def test_what_is_set_to_no_leaves_all_totals(calculated: Calculated) -> None:
    book, cells = calculated["switched"]
    assert stored(book, "Maßnahmen!B8") == "Jugendamt" and stored(book, "Maßnahmen!G8") == 12
    own = {at: stored(book, at) for at in cells}
    less = {at for at, value in own.items() if isinstance(value, int | float) and cells[at][1] == value - 12}
    assert {"Maßnahmen!G4", "Gesamt!C9", "Gesamt!C11", "Jugendamt!F8"} <= less
    assert "Maßnahmen!G5" not in less, "what is seen is not what counts"
