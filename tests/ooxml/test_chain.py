"""The calculation chain names the same formulas after a move or an edit, each on its sheet, whoever wrote it."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.ooxml.cellref import a1, cell_of
from pik_excel.ooxml.edits import CellEdit, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.structure.insertion import moved
from pik_excel.ooxml.structure.move import Axis, Move
from tests.ooxml.building import MAIN, parts, relationships, sheet, zipped

CHAIN = "xl/calcChain.xml"
FORMS = ('<c r="{at}"{i}/>', "<c r='{at}'{i} l=\"1\"></c>", '<c{i} s="1" r="{at}" />')
places = st.tuples(st.integers(1, 4), st.integers(1, 4))
entries = st.lists(
    st.tuples(st.sampled_from([1, 2, 3]), places, st.booleans(), st.sampled_from(FORMS)), min_size=1, max_size=12
)


def told(chain: bytes) -> list[tuple[int, str]]:
    """The sheets and cells that a reader of XML finds."""
    found, last = [], 0
    for entry in ElementTree.fromstring(chain):
        last = int(entry.get("i", last))
        found.append((last, entry.attrib["r"]))
    return found


def with_chain(listed: list[tuple[int, tuple[int, int], bool, str]]) -> Package:
    written, last = "", 0
    for number, at, named, form in listed:
        i = f' i="{number}"' if named or number != last else ""
        written, last = written + form.format(at=a1(*at), i=i), number
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{a1(row, column)}"><f>1+1</f></c>' for column in range(1, 5)) + "</row>"
        for row in range(1, 5)
    )
    return Package.from_bytes(zipped(parts(sheet(f"<sheetData>{cells}</sheetData>")) | {
        CHAIN: f'<calcChain xmlns="{MAIN}">{written}</calcChain>'.encode(),
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "calcChain", "calcChain.xml")
        ),
    }))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(entries, st.sampled_from(list(Axis)), st.integers(1, 4), st.sampled_from([-2, -1, 1, 3]))
def test_the_formulas_of_the_sheet_move_and_the_others_stay(
    listed: list[tuple[int, tuple[int, int], bool, str]], axis: Axis, at: int, count: int
) -> None:
    package, move = with_chain(listed), Move("Blatt", axis, at, count)
    expected = [(number, move.cell(*place) if number == 1 else place) for number, place, _named, _form in listed]
    after = moved(package, move)
    left = told(after.part(CHAIN)) if after.find(CHAIN) else []
    assert left == [(number, a1(*place)) for number, place in expected if place is not None]


@settings(max_examples=60, deadline=None)
@given(entries, st.sets(places, min_size=1, max_size=4))
def test_a_formula_that_is_overwritten_goes_from_the_chain(
    listed: list[tuple[int, tuple[int, int], bool, str]], gone: set[tuple[int, int]]
) -> None:
    after = patched(with_chain(listed), [CellEdit("Blatt", *at, Text("x")) for at in gone])
    left = told(after.part(CHAIN)) if after.find(CHAIN) else []
    assert left == [(number, a1(*at)) for number, at, _named, _form in listed if number != 1 or at not in gone]
    assert all(cell_of(at) is not None for _number, at in left)
