"""A list that is an Excel table grows as one: columns, header cells, filter, totals row and formulas agree."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pik_excel.errors import NotWritten
from pik_excel.grid.read import read_workbook
from pik_excel.ooxml.package import Package
from tests.office import office
from tests.oracles import new_errors
from tests.writeback.building import formulas, package_of, projected, stored

ROWS = (("Alpha-Programm", 10, 12, 7), ("Beta-Projekt", 20, 21, 0), ("Gamma-Stelle", 30, 30, 5))
SHEET, OTHER = "Liste", "Andere"


@dataclass(frozen=True)
class Form:
    """What the table has right of its years ("ff", "sum", "plus", "share", "remark"), below and beside them."""

    right: tuple[str, ...] = ()
    totals: bool = True
    head: str = "{}"
    below: str = ""  # a total under a table without a totals row
    beside: bool = False


FORMS = {
    "years only": Form(),
    "no totals row": Form(totals=False),
    "total below in cells": Form(totals=False, below="SUM(C4:C6)"),
    "total below by name": Form(totals=False, below="SUM(Vorhaben[{last}])"),
    "total": Form(("sum",)),
    "total of single years": Form(("plus",), totals=False),
    "total of cells": Form(("cells",)),
    "open end": Form(("ff",)),
    "open end last but totals": Form(("ff", "sum", "remark")),
    "remark, unit in the heading": Form(("remark",), head="{} TEUR"),
    "unit on a line of its own": Form(("sum",), head="{}\nTEUR"),
    "share": Form(("share",)),
    "table beside": Form(("sum",), beside=True),
    "years only, table beside": Form(beside=True),
    "open end, no totals row, table beside": Form(("ff", "remark"), totals=False, beside=True),
}


def made(form: Form) -> Package:
    """A workbook with the table "Vorhaben" in A3, and formulas that read it from another sheet."""
    heads = [form.head.format(year) for year in (2020, 2021)]
    first, last = heads
    row = "Vorhaben[[#This Row],[{}]]"
    kinds = {
        "ff": (form.head.format("2022 ff."), None, lambda line: line[3]),
        "sum": ("Summe", f"SUM(Vorhaben[[#This Row],[{first}]:[{last}]])", lambda line: line[1] + line[2]),
        "plus": ("Summe", f"{row.format(first)}+{row.format(last)}", lambda line: line[1] + line[2]),
        "cells": ("Summe", "SUM(B{row}:C{row})", lambda line: line[1] + line[2]),
        "share": ("Veränderung", f"{row.format(last)}-{row.format(first)}", lambda line: line[2] - line[1]),
        "remark": ("Bemerkung", None, lambda _line: "läuft"),
    }
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet(SHEET), book.add_worksheet(OTHER)
        number = book.add_format({"num_format": "#,##0", "align": "right"})
        sheet.write("A1", "Maßnahmen, Angaben in TEUR")
        columns = [{"header": "Maßnahme", "total_string": "Summe"}, *(_years(heads, number))]
        for kind in form.right:
            head, formula, value = kinds[kind]
            columns.append({"header": head, **({"formula": formula.format(row=4)} if formula else {})})
            if kind != "remark":
                total = sum(value(line) for line in ROWS)
                columns[-1] |= {"total_function": "sum", "total_value": total, "format": number}
        bottom = 3 + len(ROWS) - (0 if form.totals else 1)
        given = {"name": "Vorhaben", "columns": columns, "total_row": form.totals}
        sheet.add_table(2, 0, bottom, len(columns) - 1, given)
        for index, line in enumerate(ROWS, 3):
            sheet.write_row(index, 0, line[:3])
            for at, kind in enumerate(form.right, 3):
                _head, formula, value = kinds[kind]
                if formula:
                    sheet.write_formula(index, at, "=" + formula.format(row=index + 1), number, value(line))
                else:
                    sheet.write(index, at, value(line))
        if form.below:
            sheet.write("A8", "Summe")
            for at, year in enumerate(heads, 1):
                text = form.below.format(last=year).replace("C", "BC"[at - 1])
                sheet.write_formula(7, at, "=" + text, number, sum(line[at] for line in ROWS))
        if form.beside:
            sheet.add_table(2, len(columns) + 1, 5, len(columns) + 2, {"name": "Kontakte"})
        other.write_formula("A1", f"=SUM(Vorhaben[{last}])", None, 63)
        other.write_formula("A2", f"=SUM(Vorhaben[[{first}]:[{last}]])", None, 123)
        other.write_formula("A3", f"='{SHEET}'!C5*2", None, 42)
        if "ff" in form.right:
            other.write_formula("A4", f"=SUM(Vorhaben[{kinds['ff'][0]}])", None, 12)
    package = Package.from_bytes(stream.getvalue(), Path("tabelle.xlsx"))
    name = "xl/worksheets/sheet1.xml"  # Excel names the table, XlsxWriter does not, LibreOffice needs it
    named = package.part(name).replace(b"SUBTOTAL(109,[", b"SUBTOTAL(109,Vorhaben[")
    return Package.from_bytes(package.replaced({name: named}), package.path)


def _years(heads: list[str], number: object) -> list[dict[str, object]]:
    totals = [sum(line[at] for line in ROWS) for at in (1, 2)]
    return [
        {"header": head, "total_function": "sum", "total_value": total, "format": number}
        for head, total in zip(heads, totals, strict=True)
    ]


def saved(package: Package, folder: Path, name: str) -> Path:
    path = folder / f"{name}.xlsx"
    path.write_bytes(package.data)
    return path


@pytest.mark.parametrize("name", FORMS)
def test_the_table_says_what_its_cells_say(name: str, tmp_path: Path) -> None:
    form = FORMS[name]
    before = openpyxl.load_workbook(saved(made(form), tmp_path, "vorher"))[SHEET].tables["Vorhaben"]
    _projection, written = projected(made(form), 2023)
    sheet = openpyxl.load_workbook(saved(written.package, tmp_path, "nachher"))[SHEET]
    table = sheet.tables["Vorhaben"]
    names = [column.name.replace("_x000a_", "\n") for column in table.tableColumns]
    heads = [sheet.cell(3, at + 1).value for at in range(len(names))]
    assert names == heads
    years = [form.head.format(year) for year in (2020, 2021, 2022, 2023)]
    end = [form.head.format("2024 ff.")] if "ff" in form.right else []
    assert names[: 5 + len(end)] == ["Maßnahme", *years, *end]
    assert len({column.id for column in table.tableColumns}) == len(names) == len(before.tableColumns) + 2
    assert sheet[table.ref][0][-1].column == len(names)
    assert table.autoFilter.ref.partition(":")[2][0] == table.ref.partition(":")[2][0]
    if form.totals:
        assert [column.totalsRowFunction for column in table.tableColumns][1:5] == ["sum"] * 4
        assert [sheet.cell(7, at).value for at in (4, 5)] == [f"=SUBTOTAL(109,Vorhaben[{year}])" for year in years[2:]]
    calculated = [one.calculatedColumnFormula.attr_text for one in table.tableColumns if one.calculatedColumnFormula]
    summed = {
        "sum": f"SUM(Vorhaben[[#This Row],[{years[0]}]:[{years[-1]}]])",
        "plus": "+".join(f"Vorhaben[[#This Row],[{year}]]" for year in years),
        "cells": "SUM(B4:E4)",
        "share": f"Vorhaben[[#This Row],[{years[1]}]]-Vorhaben[[#This Row],[{years[0]}]]",
    }
    assert calculated == [summed[kind] for kind in form.right if kind in summed]


@pytest.mark.parametrize("name", FORMS)
def test_figures_and_totals_are_right(name: str) -> None:
    form = FORMS[name]
    _projection, written = projected(made(form), 2023)
    expected = [line[3] if "ff" in form.right else line[2] for line in ROWS]
    for column in "DE":
        assert [stored(written.package, SHEET, f"{column}{row}") for row in (4, 5, 6)] == expected
        if form.totals or form.below:
            row = 7 if form.totals else 8
            assert stored(written.package, SHEET, f"{column}{row}") == sum(expected)
    assert written.not_evaluated == ()
    assert written.skipped == ()
    assert stored(written.package, OTHER, "A2") == 123
    if {"sum", "plus", "cells"} & set(form.right):
        at = "G" if "ff" in form.right else "F"
        assert stored(written.package, SHEET, f"{at}4") == 22 + 2 * expected[0]


@pytest.mark.parametrize("name", FORMS)
def test_a_second_run_changes_nothing_and_a_later_year_extends_again(name: str) -> None:
    form = FORMS[name]
    written = projected(made(form), 2023)[1]
    assert projected(written.package, 2023)[1].package is written.package
    later = projected(written.package, 2025)[1].package
    once = projected(made(form), 2025)[1].package
    assert shown(later) == shown(once)


def shown(package: Package) -> dict[str, object]:
    return {
        str(one.address(cell.row, cell.column)): cell.value
        for one in read_workbook(package).sheets
        for cell in one.cells.values()
        if cell.value is not None
    }


def test_libreoffice_computes_every_stored_value(tmp_path: Path) -> None:
    books = [saved(projected(made(form), 2024)[1].package, tmp_path, name) for name, form in FORMS.items()]
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path in books])
    for path, answer in zip(books, answers, strict=True):
        for one in read_workbook(path).sheets:
            for cell in one.cells.values():
                if cell.has_formula:
                    at = str(one.address(cell.row, cell.column))
                    assert isinstance(cell.value, Decimal), (path.name, at)
                    assert answer["cells"][at][1] == pytest.approx(float(cell.value)), (path.name, at, cell.formula)


@pytest.mark.parametrize("name", FORMS)
def test_microsofts_validator_finds_nothing_new(name: str, tmp_path: Path) -> None:
    package = made(FORMS[name])
    before = saved(package, tmp_path, "vorher")
    assert new_errors(before, saved(projected(package, 2023)[1].package, tmp_path, "nachher")) == []


def test_a_renamed_open_end_is_named_so_in_formulas_elsewhere() -> None:
    _projection, written = projected(made(FORMS["open end last but totals"]), 2023)
    sheet = read_workbook(written.package).sheet(OTHER)
    assert sheet is not None
    assert sheet.cells[4, 1].formula == "SUM(Vorhaben[2024 ff.])"
    assert formulas(written)["D4"] == "$F4"


def test_a_total_right_under_the_table_goes_on_as_cells() -> None:
    package = package_of(
        """
|   | A              | B         | C         |
|---|----------------|-----------|-----------|
| 1 | Maßnahme       | 2020 TEUR | 2021 TEUR |
| 2 | Alpha-Programm | 10        | 12        |
| 3 | Beta-Programm  | 20        | 21        |
| 4 | Summe          | =SUM(B2:B3) → 30 | =SUM(C2:C3) → 33 |
""",
        lambda book: book.get_worksheet_by_name("Tabelle1").add_table(
            "A1:C3", {"columns": [{"header": name} for name in ("Maßnahme", "2020 TEUR", "2021 TEUR")], "name": "Liste"}
        ),
    )
    written = projected(package, 2023)[1]
    assert formulas(written)["E4"] == "SUM(E2:E3)"
    assert b'ref="A1:E3"' in written.package.part("xl/tables/table1.xml")


def test_a_totals_row_that_leaves_the_name_of_the_table_out() -> None:
    package = made(Form())
    name = "xl/worksheets/sheet1.xml"
    bare = {name: package.part(name).replace(b"SUBTOTAL(109,Vorhaben[", b"SUBTOTAL(109,[")}
    _projection, written = projected(Package.from_bytes(package.replaced(bare), Path("t.xlsx")), 2022)
    assert formulas(written)["D7"] == "SUBTOTAL(109,Vorhaben[2022])"
    assert stored(written.package, SHEET, "D7") == 63


def test_a_typed_total_in_the_totals_row_becomes_a_sum() -> None:
    package = made(Form())
    sheet = package.part("xl/worksheets/sheet1.xml").decode()
    typed = re.sub(r"<f>SUBTOTAL[^<]*</f>", "", sheet)
    table = package.part("xl/tables/table1.xml").decode().replace(' totalsRowFunction="sum"', "")
    changed = {"xl/worksheets/sheet1.xml": typed.encode(), "xl/tables/table1.xml": table.encode()}
    _projection, written = projected(Package.from_bytes(package.replaced(changed), Path("t.xlsx")), 2022)
    assert formulas(written)["D7"] == "SUBTOTAL(109,Vorhaben[2022])"


def test_a_table_that_is_filled_from_a_query_is_left_to_its_source() -> None:
    package = made(Form())
    table = package.part("xl/tables/table1.xml").replace(b' id="1" name', b' tableType="queryTable" id="1" name', 1)
    changed = package.replaced({"xl/tables/table1.xml": table})
    with pytest.raises(NotWritten, match="aus einer Abfrage") as refused:
        projected(Package.from_bytes(changed, Path("t.xlsx")), 2022)
    assert refused.value.code == "table-from-query"
