"""Moving all rows of a sheet at once gives, byte for byte, what taking it apart gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.ooxml import xml
from pik_excel.ooxml.structure.at_once import MovedFormulas, moved_at_once
from pik_excel.ooxml.structure.fill import filled
from pik_excel.ooxml.structure.formula import moved_formula
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.sheetdata import moved_cells

REMARK = b"<!-- -->"
FORMS = (
    "SUM(D{row}:G{row})", "G{row}-D{row}", "$G{row}*C$4", "ROUND(Plan!H{row}/1000,0)", "Plan2!H{row}&Plan3!H{row}",
    "HH5:HH9!A{row}", "LOG10(H{row})", "TAX{row}+ABCD{row}", "H9999999+H{row}", "'Plan 7'!H{row}&\"H{row}\"",
    "Tab[H{row}]", "$5:$5+H:J+H{row}", "H{row}:D4", "1E5+H0+H{row}", "h{row}", "Plan!$H$4:Plan!I{row}",
    "SUM(E1:E{row})",
)  # fmt: skip

moves = st.builds(
    Move, st.sampled_from(["Plan", "Anderes"]), st.just(Axis.COLUMN), st.integers(1, 12), st.integers(1, 5)
)
formulas = st.builds(lambda form, row: form.format(row=row), st.sampled_from(FORMS), st.integers(1, 12_000))
cells = st.dictionaries(
    st.sampled_from("ABCDEFGHIJ"),
    st.tuples(st.sampled_from(["", ' s="0"', ' s="3"']), st.one_of(st.none(), st.just("7"), formulas)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(formulas, max_size=20), moves)
def test_formulas_that_differ_in_their_rows_move_as_each_by_itself(told: list[str], move: Move) -> None:
    moved = MovedFormulas("Plan", move)
    assert [moved.of(one) for one in told] == [moved_formula(one, "Plan", move) for one in told]


@settings(max_examples=80, deadline=None)
@given(st.lists(cells, max_size=6), moves)
def test_a_sheet_moves_as_one_that_is_taken_apart(rows: list[dict[str, tuple[str, str | None]]], move: Move) -> None:
    data = b"<sheetData>" + "".join(_row(at, row) for at, row in enumerate(rows, 4)).encode() + b"</sheetData>"
    apart = data.replace(b"<sheetData>", b"<sheetData>" + REMARK)
    whole = moved_cells(data, data, "Plan", move)
    assert moved_at_once(data, "Plan", move) == whole
    assert moved_cells(apart, xml.structure(apart), "Plan", move).replace(REMARK, b"") == whole
    if move.is_on("Plan"):
        part = b"<worksheet>%s</worksheet>"
        assert filled(part % apart, move, {}).replace(REMARK, b"") == filled(part % data, move, {})


def _row(number: int, cells: dict[str, tuple[str, str | None]]) -> str:
    written = "".join(_cell(f"{column}{number}", *cells[column]) for column in sorted(cells))
    return f'<row r="{number}" spans="1:10">{written}</row>'


def _cell(at: str, style: str, content: str | None) -> str:
    if content is None:
        return f'<c r="{at}"{style}/>'
    inside = "<v>7</v>" if content == "7" else f"<f>{xml.escaped(content).replace('&quot;', chr(34))}</f><v>7</v>"
    return f'<c r="{at}"{style}>{inside}</c>'
