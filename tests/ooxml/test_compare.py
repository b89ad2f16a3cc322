"""What differs between two packages is named, and what does not is counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.ooxml.compare import SharedTexts, compare
from pik_excel.ooxml.edits import CellEdit, Formula, Number, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from tests.ooxml.building import SHEET, relationships, rows, sheet, workbook

PACKAGE = rows('<row r="1"><c r="A1"><v>66</v></c><c r="B1"><f>A1*2</f><v>132</v></c></row><row r="2"/>')


def test_the_same_package_does_not_differ() -> None:
    found = compare(PACKAGE, PACKAGE)
    assert (found.identical, found.changed, found.added, found.removed, found.cells) == (5, (), (), (), ())


def test_changed_cells_are_told_with_old_and_new() -> None:
    edits = [CellEdit("Blatt", 1, 1, Number(Decimal("65.5"))), CellEdit("Blatt", 2, 2, Text("neu"))]
    found = compare(PACKAGE, patched(PACKAGE, edits))
    first, second = found.cells
    assert (str(first), first.old and first.old.value, first.new and first.new.value) == (
        "Blatt!A1",
        66,
        Decimal("65.5"),
    )
    assert (str(second), second.old, second.new and second.new.value) == ("Blatt!B2", None, "neu")


def test_formulas_count_apart_from_their_values() -> None:
    found = compare(PACKAGE, patched(PACKAGE, [CellEdit("Blatt", 1, 2, Formula("A1*3", Decimal(132)))]))
    assert [(change.old and change.old.formula, change.new and change.new.formula) for change in found.cells] == [
        ("A1*2", "A1*3")
    ]


def test_parts_that_come_and_go_are_named() -> None:
    more = Package.from_bytes(PACKAGE.replaced({}, added={"xl/media/image1.png": b"x"}))
    assert compare(PACKAGE, more).added == ("xl/media/image1.png",)
    assert compare(more, PACKAGE).removed == ("xl/media/image1.png",)


def test_features_of_a_sheet_are_named() -> None:
    merged = rows("<row r='1'/>", after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    assert compare(rows("<row r='1'/>"), merged).features == ((SHEET, "mergeCells"),)


def with_items(items: str) -> Package:
    rels = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"))
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    return workbook(
        sheet(f"<sheetData>{cells}</sheetData>"),
        more={"xl/sharedStrings.xml": f"<sst>{items}</sst>".encode(), "xl/_rels/workbook.xml.rels": rels},
    )


def test_a_shared_text_that_changes_changes_every_cell_that_shows_it() -> None:
    def with_texts(*texts: str) -> Package:
        return with_items("".join(f"<si><t>{text}</t></si>" for text in texts))

    found = compare(with_texts("alt", "gleich"), with_texts("neu", "gleich"))
    assert [(str(change), change.new and change.new.value) for change in found.cells] == [("Blatt!A1", "neu")]


@pytest.mark.parametrize(
    "item",
    [
        "<si><t>B &amp; C</t></si>",
        '<si><t xml:space="preserve"> B &amp;\nC </t></si>',
        "<si><t>_x0041_&#66;</t></si>",
        "<si><t/></si>",
        "<si/>",
        "<si><r><t>B</t></r><r><rPr><b/></rPr><t> &amp; C</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>",
        "<si><t><![CDATA[<B>]]></t></si>",
        "<si ><t >B<!-- no --></t ></si >",
        "<!-- <si><t>no</t></si> -->",
    ],
)
def test_shared_texts_are_the_same_however_their_neighbours_are_written(item: str) -> None:
    plain, rich = "<si><t>A</t></si>\n", "<si><r><t>Z</t></r></si>"
    alone = SharedTexts(with_items(f"{plain}{item}{plain}")).all
    assert alone == SharedTexts(with_items(f"{plain}{item}{plain}{rich}")).all[:-1]
    assert (alone[0], alone[-1], len(alone)) == ("A", "A", 2 if item.startswith("<!") else 3)
