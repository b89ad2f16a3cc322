"""Whatever cell of a shared formula is overwritten, the others keep their formulas, whoever reads them."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pik_excel.ooxml.cellref import a1
from pik_excel.ooxml.edits import CellEdit, Number, Stored
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from tests.office import office
from tests.ooxml.building import rows, text_of

FORMULA = "$A1*2+LOG10(100)+IF(A1&lt;5,1,0)"  # column B, rows 1 to 6: 2a + 2, one more below 5


def column_b() -> Package:
    """Column A holds 1 to 6, column B one shared formula."""
    lines = []
    for row in range(1, 7):
        formula = '<f t="shared" si="0"/>' if row > 1 else f'<f t="shared" ref="B1:B6" si="0" ca="1">{FORMULA}</f>'
        lines.append(
            f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}">{formula}<v>{_right(row)}</v></c></row>'
        )
    return rows("".join(lines))


def _right(row: int) -> int:
    return 2 * row + 2 + (1 if row < 5 else 0)


def with_typed(*lines: int) -> Package:
    return patched(column_b(), [CellEdit("Blatt", row, 2, Number(Decimal(100 + row))) for row in lines])


CASES = [(1,), (3,), (6,), (1, 2), (1, 3, 5), (2, 4), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize("typed", CASES)
def test_openpyxl_reads_the_same_formulas(typed: tuple[int, ...]) -> None:
    before = openpyxl.load_workbook(io.BytesIO(column_b().data))["Blatt"]
    after = openpyxl.load_workbook(io.BytesIO(with_typed(*typed).data))["Blatt"]
    for row in range(1, 7):
        expected = 100 + row if row in typed else before.cell(row, 2).value
        assert after.cell(row, 2).value == expected


@pytest.mark.parametrize("typed", CASES)
def test_calamine_reads_the_same_values(typed: tuple[int, ...]) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(with_typed(*typed).data)).get_sheet_by_name("Blatt")
    values = [line[1] for line in sheet.to_python(skip_empty_area=False)]
    assert values == [100 + row if row in typed else _right(row) for row in range(1, 7)]


def test_libreoffice_calculates_the_same_values(tmp_path: Path) -> None:
    jobs = []
    for typed in CASES:
        file = tmp_path / f"{'-'.join(map(str, typed))}.xlsx"
        file.write_bytes(with_typed(*typed).data)
        jobs.append({"path": str(file), "steps": [["recalculate"]]})
    for typed, answer in zip(CASES, office(jobs), strict=True):
        for row in range(1, 7):
            formula, value = answer["cells"][f"Blatt!{a1(row, 2)}"]
            assert value == (100 + row if row in typed else _right(row)), json.dumps([typed, row, formula])


@pytest.mark.parametrize(
    ("typed", "new_master"),
    [
        ((1,), '<c r="B2"><f t="shared" si="0" ref="B2:B6">$A2*2+LOG10(100)+IF(A2&lt;5,1,0)</f><v>7</v></c>'),
        ((1, 2, 4), '<c r="B3"><f t="shared" si="0" ref="B3:B6">$A3*2+LOG10(100)+IF(A3&lt;5,1,0)</f><v>9</v></c>'),
    ],
)
def test_the_first_cell_left_becomes_the_master(typed: tuple[int, ...], new_master: str) -> None:
    assert new_master in text_of(with_typed(*typed))


def test_an_inner_cell_goes_without_touching_the_others() -> None:
    before, after = text_of(column_b()), text_of(with_typed(4))
    assert after == before.replace('<c r="B4"><f t="shared" si="0"/><v>11</v></c>', '<c r="B4"><v>104</v></c>')


def test_a_stored_value_leaves_the_group_alone() -> None:
    output = patched(column_b(), [CellEdit("Blatt", row, 2, Stored(Decimal(9))) for row in (1, 2)])
    assert text_of(output).count('t="shared"') == 6
    assert f'ref="B1:B6" si="0" ca="1">{FORMULA}</f><v>9</v>' in text_of(output)


def test_the_new_master_may_get_a_stored_value_in_the_same_go() -> None:
    edits = [CellEdit("Blatt", 1, 2, Number(Decimal(1))), CellEdit("Blatt", 2, 2, Stored(Decimal(9)))]
    assert '<c r="B2"><f t="shared" si="0" ref="B2:B6">$A2*2+LOG10(100)+IF(A2&lt;5,1,0)</f><v>9</v></c>' in text_of(
        patched(column_b(), edits)
    )


def test_two_groups_of_one_sheet_do_not_mix() -> None:
    package = rows(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f></c><c r="B1"><f t="shared" si="0"/></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="1">C2*2</f></c><c r="B2"><f t="shared" si="1"/></c></row>'
    )
    output = text_of(patched(package, [CellEdit("Blatt", 2, 1, Number(Decimal(1)))]))
    assert '<f t="shared" ref="A1:B1" si="0">C1</f>' in output
    assert '<c r="B2"><f t="shared" si="1" ref="B2">D2*2</f></c>' in output


def test_cells_without_a_reference_are_counted() -> None:
    package = rows(
        '<row><c><f t="shared" ref="A1:A3" si="0">B1</f></c></row><row><c><f t="shared" si="0"/></c></row>'
        '<row><c><f t="shared" si="0"/></c></row>'
    )
    output = text_of(patched(package, [CellEdit("Blatt", 1, 1, Number(Decimal(1)))]))
    assert '<row><c><f t="shared" si="0" ref="A2:A3">B2</f></c></row>' in output
