"""Microsoft's validator finds nothing against what we write."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.ooxml.edits import Blank, CellEdit, Failed, Formula, Number, Stored, Text, Truth
from pik_excel.ooxml.package import open_package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.widen import Appended, widened
from tests.ooxml.building import rows
from tests.oracles import new_errors, validation_errors, validator


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A table in A1:F6 with a merged title, widths, formats, a data bar, a validation and a print area."""
    validator()
    path = tmp_path / "vorher.xlsx"
    with xlsxwriter.Workbook(path) as file:
        sheet, bold = file.add_worksheet("Maßnahmen"), file.add_format({"bold": True})
        sheet.merge_range("A1:F1", "Ergänzende Maßnahmen", bold)
        sheet.merge_range("F2:F3", 2023, bold)
        sheet.write_row("A2", ["Maßnahme", 2019, 2020, 2021, 2022])
        for row in range(3, 6):
            sheet.write_row(row, 0, [f"Maßnahme {row}", 66, 66, 0, 0, 0])
        sheet.write_formula("F7", "=SUM(F4:F6)", bold, 0)
        sheet.set_column("B:E", 9, bold)
        sheet.set_column("F:F", 11, bold)
        sheet.conditional_format("B4:F6", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
        sheet.conditional_format("F4:F6", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
        sheet.data_validation("F4:F6", {"validate": "decimal", "criteria": ">=", "value": 0})
        sheet.print_area("A1:F7")
        sheet.write_comment("F4", "Stand 2021")
    return path


def test_edits_of_every_kind_and_new_columns_are_valid(book: Path) -> None:
    package = open_package(book)
    contents = [
        Number(Decimal("65.5")),
        Text(" a\n\x0b<b>"),
        Truth(False),
        Formula("SUM(B4:C4)", Decimal(132)),
        Blank(),
    ]
    edits = [CellEdit("Maßnahmen", 4, 3 + index, content) for index, content in enumerate(contents)]
    edits += [CellEdit("Maßnahmen", 40 + index, 9, content) for index, content in enumerate(contents)]
    edits += [
        CellEdit("Maßnahmen", 2, 7, Number(Decimal(2024))),
        CellEdit("Maßnahmen", 7, 6, Stored(Failed("#REF!"))),
        CellEdit("Maßnahmen", 7, 7, Formula("SUM(G4:G6)", Decimal(0)), style=1),
    ]
    filled = frozenset((edit.row, edit.column) for edit in edits)
    also = widened(package, "Maßnahmen", [Appended(6, 2, 1, 7, filled)])
    output = book.with_name("nachher.xlsx")
    output.write_bytes(patched(package, edits, also).data)
    assert new_errors(book, output) == []


def test_a_new_master_of_a_shared_formula_is_valid(tmp_path: Path) -> None:
    validator()
    lines = '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>0</v></c></row>'
    lines += "".join(f'<row r="{n}"><c r="B{n}"><f t="shared" si="0"/><v>0</v></c></row>' for n in (2, 3))
    output = tmp_path / "nachher.xlsx"
    output.write_bytes(patched(rows(lines), [CellEdit("Blatt", 1, 2, Number(Decimal(1)))]).data)
    assert validation_errors(output) == []
