"""Whatever XlsxWriter wrote, and whatever is there: the graft says what the donor said, and nothing old differs."""

from __future__ import annotations

import datetime
import io
import re
import warnings

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pik_excel.ooxml.graft import grafted
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.sheets import worksheets
from tests.ooxml.graft.giving import made
from tests.ooxml.graft.test_corpus_takes_grafts import look

NAMES = some.sampled_from(["Plan", "plan", "Plan (2)", "Bau & Planung", "Müller's", "2022", "A1", "Ä"])
TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = some.one_of(
    some.integers(-(10**9), 10**9),
    some.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9),
    some.booleans(),
    TEXTS,
    some.dates(datetime.date(1980, 1, 1), datetime.date(2099, 1, 1)),
)
FORMATS = some.fixed_dictionaries(
    {},
    optional={
        "bold": some.booleans(),
        "italic": some.booleans(),
        "font_name": some.sampled_from(["Arial", "Calibri", "Times New Roman"]),
        "font_size": some.sampled_from([8, 10, 11, 14.5]),
        "font_color": some.sampled_from(["red", "#123456"]),
        "bg_color": some.sampled_from(["yellow", "#ABCDEF"]),
        "pattern": some.integers(0, 18),
        "border": some.integers(0, 13),
        "num_format": some.sampled_from(["0.00", '#,##0 "TEUR"', "dd.mm.yyyy", 3, 10, 44, "[Red]-0;0", '0" > "0']),
        "align": some.sampled_from(["left", "right", "center", "justify"]),
        "text_wrap": some.booleans(),
        "rotation": some.integers(-90, 90),
        "locked": some.booleans(),
        "hidden": some.booleans(),
        "indent": some.integers(0, 5),
    },
)
CELLS = some.lists(some.tuples(some.integers(0, 5), some.integers(0, 5), VALUES, some.none() | FORMATS), max_size=12)
SHEETS = some.lists(some.tuples(NAMES, CELLS), min_size=1, max_size=3, unique_by=lambda one: one[0].casefold())


def book(sheets: list) -> bytes:
    def build(workbook: xlsxwriter.Workbook) -> None:
        for name, cells in sheets:
            sheet = workbook.add_worksheet(name)
            for row, column, value, form in cells:
                shape = workbook.add_format(form) if form is not None else None
                sheet.write(row, column, value, shape)
            first = sheets[0][0].replace("'", "''")
            sheet.write_formula(9, 0, f"=SUM('{first}'!A1:F6)", None, 0)
            workbook.define_name(f"'{name}'!Lokal", f"='{first}'!$A$1") if "'" not in name else None

    return made(build, strings_to_urls=False, strings_to_formulas=False)


def read(data: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data))


def cells(workbook: openpyxl.Workbook, name: str) -> dict[str, tuple[object, str]]:
    found = workbook[name]._cells.values()
    return {cell.coordinate: (cell.value, look(cell)) for cell in found if cell.data_type != "f"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=SHEETS, new=SHEETS)
def test_old_cells_and_new_cells_are_what_they_were(old: list, new: list) -> None:
    before, coming = Package.from_bytes(book(old)), book(new)
    after = grafted(before, coming)
    was, comes, is_now = read(before.data), read(coming), read(after.data)
    titles = [sheet.name for sheet in worksheets(after)]
    assert titles[: len(old)] == was.sheetnames
    for name in was.sheetnames:
        assert cells(was, name) == cells(is_now, name)
    for name, title in zip(comes.sheetnames, titles[len(old) :], strict=True):
        assert cells(comes, name) == cells(is_now, title)
        first = titles[len(old)].replace("'", "''")
        assert is_now[title]["A10"].value.replace("'", "") == f"=SUM({first}!A1:F6)".replace("'", "")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(new=SHEETS, place=some.integers(0, 2))
def test_names_of_a_sheet_stay_with_their_sheet_wherever_the_new_ones_stand(new: list, place: int) -> None:
    old = [("Plan", []), ("Bau & Planung", []), ("Drei", [])]
    before = Package.from_bytes(book(old))
    after = grafted(before, book(new), after=old[place][0])
    titles = [sheet.name for sheet in worksheets(after)]
    assert [name for name in titles if name in {"Plan", "Bau & Planung", "Drei"}] == [name for name, _cells in old]
    assert titles[place] == old[place][0] and len({name.casefold() for name in titles}) == len(titles)
    listed = re.findall(r'name="Lokal" localSheetId="(\d)">(.*?)!', after.text("xl/workbook.xml").decode())
    owners = [titles[int(number)] for number, _means in listed]
    assert {name for name, _cells in old} <= set(owners)
    assert len(set(owners)) == len(owners)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(new=SHEETS)
def test_grafting_again_adds_sheets_but_no_styles(new: list) -> None:
    before, coming = Package.from_bytes(book([("Plan", [])])), book(new)
    once = grafted(before, coming)
    twice = grafted(once, coming)
    assert once.part("xl/styles.xml") == twice.part("xl/styles.xml")
    assert len(worksheets(twice)) == 1 + 2 * len(new)
