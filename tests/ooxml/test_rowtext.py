"""A row that is written as nearly all are is read in one go, and says what its cells say one by one."""

from __future__ import annotations

import pytest

from pik_excel.ooxml.cellxml import written
from pik_excel.ooxml.rowtext import CellText, cut, said, surely_differ, taken_apart, usual
from pik_excel.ooxml.sheetxml import SheetXml

USUAL = (
    '<c r="A1"/>',
    '<c r="A1" s="3"/>',
    '<c r="A1" s="3"></c>',
    '<c r="A1"><v>66.5</v></c>',
    '<c r="A1" s="3" t="s"><v>7</v></c>',
    '<c r="A1" t="b"><v>1</v></c>',
    '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="A1" t="str"><f>B1&amp;"&lt;"</f><v></v></c>',
    '<c r="A1" t="str"><f>B1</f><v xml:space="preserve"> _x000A_ </v></c>',
    '<c r="A1"><f t="shared" ref="A1:A9" si="0">B1*2</f><v>1</v></c>',
    '<c r="A1"><f t="shared" si="0"/><v>1</v></c>',
    '<c r="A1"><f t="array" ref="A1">SUM(B1:B2)</f></c>',
    '<c r="A1" t="inlineStr"><is><t>M&#252;ll &amp; Abfall</t></is></c>',
    '<c r="XFD1"><v>1</v></c>',
)
SAYING = (
    *USUAL[:-1],
    '<c r="A1" s="0"/>',
    '<c r="A1" t="n"><v>66.50</v></c>',
    '<c r="A1"><v> </v></c>',
    '<c r="A1"><v>1e999</v></c>',
    '<c r="A1"><v>1E+999</v></c>',
    '<c r="A1"><v>9007199254740993</v></c>',
    '<c r="A1"><v>9007199254740992</v></c>',
    '<c r="A1"><v>x</v></c>',
    '<c r="A1" t="str"><f>B1&#38;"&lt;"</f><v></v></c>',
)
UNUSUAL = (
    "<c><v>1</v></c>",
    '<c r="B2"><v>1</v></c>',
    '<c r="XFE1"><v>1</v></c>',
    '<c r="A1" cm="1"><v>1</v></c>',
    "<c r='A1'><v>1</v></c>",
    '<c r="A1"><v/></c>',
    '<c r="A1"><v>1</v><extLst/></c>',
    '<c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c>',
    '<c r="A1"><v><![CDATA[1]]></v></c>',
    '<c r="A1"><v>1</v></c><!-- a remark -->',
    '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    '<c r="A1"><v>1</v></c><extLst/>',
)


@pytest.mark.parametrize("cell", USUAL)
def test_a_usual_cell_says_what_it_says_by_itself(cell: str) -> None:
    sheet = with_row(cell)
    (one,) = sheet.cells(sheet.rows[0])
    found = usual_cells(sheet)
    assert found is not None
    assert [said(told) for told in found.values()] == [written(sheet, one)]


@pytest.mark.parametrize("cell", USUAL)
def test_a_row_taken_apart_in_one_go_says_the_same(cell: str) -> None:
    sheet = with_row(cell)
    found = taken_apart(sheet, sheet.rows[0])
    assert found is not None
    assert {letters: CellText._make(one[2:]) for letters, one in found.items()} == usual_cells(sheet)


@pytest.mark.parametrize(
    "row", [row for row in UNUSUAL if "v/><" not in row and not row.endswith(("-->", "</c><extLst/>"))]
)
def test_a_row_with_any_other_cell_is_not_taken_apart(row: str) -> None:
    sheet = with_row(row)
    assert taken_apart(sheet, sheet.rows[0]) is None


@pytest.mark.parametrize("one", SAYING)
@pytest.mark.parametrize("other", SAYING)
def test_cells_that_surely_differ_say_something_else(one: str, other: str) -> None:
    cells = [next(iter((taken_apart(sheet, sheet.rows[0]) or {}).values())) for sheet in map(with_row, (one, other))]
    states = [(told.style, told.formula, told.stand) for told in (said(CellText._make(cell[2:])) for cell in cells)]
    if surely_differ(*cells):
        assert states[0] != states[1]


def test_moved_formulas_and_numbers_surely_differ() -> None:
    rows = (
        '<c r="A1"><f>B1</f><v>1</v></c>',
        '<c r="A1"><f>C1</f><v>1</v></c>',
        '<c r="A1"><v>2</v></c>',
        '<c r="A1"/>',
    )
    cells = [next(iter((taken_apart(sheet, sheet.rows[0]) or {}).values())) for sheet in map(with_row, rows)]
    assert all(surely_differ(one, other) for one in cells for other in cells if one is not other)


def test_a_shared_text_surely_differs_from_a_number() -> None:
    rows = '<c r="A1" t="s"><v>2</v></c>', '<c r="A1"><v>2</v></c>', '<c r="A1"/>'
    text, number, empty = (
        next(iter((taken_apart(sheet, sheet.rows[0]) or {}).values())) for sheet in map(with_row, rows)
    )
    assert surely_differ(text, number)
    assert surely_differ(number, text)
    assert not surely_differ(text, empty)  # where the text is that of no entry, it says nothing either


@pytest.mark.parametrize("row", UNUSUAL)
def test_of_a_row_with_any_other_cell_nothing_is_said(row: str) -> None:
    sheet = with_row(row)
    assert usual_cells(sheet) is None


def usual_cells(sheet: SheetXml) -> dict[bytes, CellText] | None:
    """The cells of the first row, each taken apart; None where the row cannot be cut or one of them is unusual."""
    found = {letters: usual(cell) for letters, cell in (cut(sheet, sheet.rows[0]) or {b"A": b"?"}).items()}
    told = {letters: cell for letters, cell in found.items() if cell is not None}
    return told if len(told) == len(found) else None


def with_row(row: str) -> SheetXml:
    text = f'<worksheet><sheetData><row r="1"> {row} </row></sheetData></worksheet>'.encode()
    return SheetXml(text, text)
