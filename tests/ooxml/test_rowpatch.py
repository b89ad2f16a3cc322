"""A row that is edited in one go reads as the one whose cells are taken apart, byte for byte."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Stored, Text, Truth
from pik_excel.ooxml.rowpatch import patched_row
from pik_excel.ooxml.sheetpatch import sheet_patch
from pik_excel.ooxml.sheetxml import SheetXml
from pik_excel.ooxml.splice import spliced

REMARK = b"<!-- what has remarks is taken apart -->"
CELLS = st.sampled_from(
    ["", ' s="2"/>', "/>", ' s="1"><v>66</v></c>', ' t="s"><v>7</v></c>', "><f>B1&lt;2</f><v>1</v></c> ",
     ' s="3" t="str"><f>A1&amp;"x"</f><v>x</v></c>', "><f>SUM(A1:B1)</f></c>", '><f t="shared" si="0"/><v>2</v></c>']
)  # fmt: skip
ROWS = st.lists(st.tuples(st.lists(CELLS, max_size=5), st.booleans()), min_size=1, max_size=4)
NEW = st.one_of(
    st.builds(Number, st.decimals(allow_nan=False, allow_infinity=False, places=2)),
    st.builds(
        Formula, st.sampled_from(["A1<B1", '"&"&C2', "$B3"]), st.sampled_from([Decimal("66.5"), "a", True, None])
    ),
    st.builds(Text, st.sampled_from([" a", "ä<b", "1"])),
    st.sampled_from([Truth(True), Blank()]),
)
EDITS = st.dictionaries(
    st.tuples(st.integers(1, 5), st.integers(1, 6)), st.tuples(NEW, st.sampled_from([None, 0, 5])), min_size=1
)


def sheet(rows: list[tuple[list[str], bool]], remark: bytes = b"") -> SheetXml:
    written = []
    for number, (cells, hinted) in enumerate(rows, 1):
        inside = "".join(f'<c r="{"ABCDE"[at]}{number}"{cell}' for at, cell in enumerate(cells) if cell)
        hint = ' spans="1:3"' if hinted else ""
        written.append(f'<row r="{number}"{hint}>{inside}</row>')
    head = '<worksheet><dimension ref="A1:C2"/><cols><col min="4" max="6" style="4"/></cols>'
    text = f"{head}<sheetData>{''.join(written)}".encode() + remark + b"</sheetData></worksheet>"
    return SheetXml(text, text.replace(remark, b" " * len(remark)) if remark else text)


@settings(max_examples=200, deadline=None)
@given(ROWS, EDITS)
def test_in_one_go_and_taken_apart_give_the_same_bytes(
    rows: list[tuple[list[str], bool]], edits: dict[tuple[int, int], tuple[Content, int | None]]
) -> None:
    wanted = [CellEdit("Blatt", *place, content, style) for place, (content, style) in edits.items()]
    usual, apart = sheet(rows), sheet(rows, REMARK)
    first, second = sheet_patch(usual, wanted), sheet_patch(apart, wanted)
    assert spliced(usual.text, first.splices) == spliced(apart.text, second.splices).replace(REMARK, b"")
    assert first.formulas_gone == second.formulas_gone


def test_only_a_row_that_is_written_as_nearly_all_are_is_edited_in_one_go() -> None:
    edit = CellEdit("Blatt", 1, 2, Stored(Decimal(3)))
    for cells, in_one_go in (([' s="1"/>', "><f>A1</f></c>"], True), (["/>", '><f t="shared" si="0"/></c>'], False)):
        found = sheet([(cells, True)])
        assert (patched_row(found, found.rows[0], {2: edit}) is not None) == in_one_go
