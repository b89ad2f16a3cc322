"""What ends at the last column goes on to the new ones; all else stays."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise

import pytest

from pik_excel.errors import NotWritten
from pik_excel.ooxml.cellref import Range
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.edits import CellEdit, Number
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.widen import Appended, widened
from tests.ooxml.building import SHEET, relationships, sheet, text_of, workbook

ROWS = (2, 9)


def wide(package: Package, by: int = 2, filled: frozenset[tuple[int, int]] = frozenset()) -> Package:
    """The table in C2:F9, whose last column is F, made wider by two columns."""
    return patched(package, [], widened(package, "Blatt", [Appended(6, by, *ROWS, filled)]))


def with_inside(before: str = "", after: str = "", workbook_end: str = "") -> Package:
    return workbook(sheet(f"{before}<sheetData/>{after}"), workbook_end)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<col min="6" max="6" style="3"/>', '<col min="6" max="6" style="3"/><col min="7" max="8" style="3"/>'),
        ('<col min="3" max="16384" width="9"/>', '<col min="3" max="16384" width="9"/>'),
        ('<col min="1" max="5" width="9"/>', '<col min="1" max="5" width="9"/>'),
        (
            '<col min="3" max="6" width="9" hidden="1"/><col min="7" max="20" width="4"/>',
            '<col min="3" max="6" width="9" hidden="1"/>'
            '<col min="7" max="8" width="9"/><col min="9" max="20" width="4"/>',
        ),
        (
            '<col min="3" max="7" width="9"/><col min="8" max="8" width="5"/><col min="9" max="9" width="4"/>',
            '<col min="3" max="6" width="9"/><col min="7" max="8" width="9"/><col min="9" max="9" width="4"/>',
        ),
    ],
)
def test_the_columns_look_like_the_last_one(before: str, after: str) -> None:
    assert f"<cols>{after}</cols>" in text_of(wide(with_inside(f"<cols>{before}</cols>")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('count="1"><mergeCell ref="C2:F2"/>', 'count="1"><mergeCell ref="C2:H2"/>'),
        ('count="1"><mergeCell ref="C1:F1"/>', 'count="1"><mergeCell ref="C1:F1"/>'),
        ('count="1"><mergeCell ref="C2:E2"/>', 'count="1"><mergeCell ref="C2:E2"/>'),
        (
            'count="1"><mergeCell ref="F2:F3"/>',
            'count="3"><mergeCell ref="F2:F3"/><mergeCell ref="G2:G3"/><mergeCell ref="H2:H3"/>',
        ),
        ('count="1"><mergeCell ref="E3:F3"/>', 'count="1"><mergeCell ref="E3:F3"/>'),
    ],
)
def test_merged_titles_reach_over_the_new_columns_unless_they_hide_something(before: str, after: str) -> None:
    output = wide(
        with_inside(after=f"<mergeCells {before}</mergeCells>"),
        filled=frozenset({(3, 7)}) if "E3" in before else frozenset(),
    )
    assert f"<mergeCells {after}</mergeCells>" in text_of(output)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C3:F9", "C3:H9"),
        ("F3:F9", "F3:H9"),
        ("C3:F5 C7:F9", "C3:H5 C7:H9"),
        ("A1 C3:F9", "A1 C3:H9"),
        ("C3:E9", "C3:E9"),
        ("C3:G9", "C3:G9"),
        ("F20:F30", "F20:F30"),
        ("F1:F100", "F1:F100 G2:H9"),
    ],
)
def test_conditional_formats_and_validations_follow(before: str, after: str) -> None:
    old = (
        f'<conditionalFormatting sqref="{before}"><cfRule type="cellIs"/></conditionalFormatting>'
        f"<dataValidations count='1'><dataValidation type='whole' sqref='{before}'/></dataValidations>"
        '<extLst><ext xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:conditionalFormattings><x14:conditionalFormatting>'
        f"<xm:sqref>{before}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        f"<x14:sparklineGroups><x14:sparkline><xm:sqref>{before}</xm:sqref></x14:sparkline></x14:sparklineGroups>"
        "</ext></extLst>"
    )
    output = text_of(wide(with_inside(after=old)))
    assert f'<conditionalFormatting sqref="{after}">' in output
    assert after in output.partition("<dataValidation ")[2].partition("/>")[0]
    assert f"<xm:sqref>{after}</xm:sqref></x14:conditionalFormatting>" in output
    assert f"<x14:sparkline><xm:sqref>{before}</xm:sqref>" in output


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Blatt!$A$1:$F$12", "Blatt!$A$1:$H$12"),
        ("'A &amp; B'!$A$1:$F$12,'A &amp; B'!$A$20:$F$30", "'A &amp; B'!$A$1:$H$12,'A &amp; B'!$A$20:$F$30"),
        ("Blatt!$A$1:$K$12", "Blatt!$A$1:$K$12"),
    ],
)
def test_the_print_area_follows(before: str, after: str) -> None:
    named = (
        f'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">{before}</definedName>'
        '<definedName name="Jahr">Blatt!$A$1:$F$12</definedName></definedNames>'
    )
    book = wide(with_inside(workbook_end=named)).part("xl/workbook.xml").decode()
    assert f'localSheetId="0">{after}</definedName>' in book
    assert '<definedName name="Jahr">Blatt!$A$1:$F$12</definedName>' in book


def test_it_goes_together_with_edits_in_one_save() -> None:
    package = with_inside(
        '<cols><col min="6" max="6" width="9"/></cols>', '<mergeCells><mergeCell ref="A2:F2"/></mergeCells>'
    )
    edits = [CellEdit("Blatt", 3, 7, Number(Decimal(66)))]
    output = patched(package, edits, widened(package, "Blatt", [Appended(6, 1, *ROWS, frozenset({(3, 7)}))]))
    difference = compare(package, output)
    assert [str(change) for change in difference.cells] == ["Blatt!G3"]
    assert (SHEET, "mergeCells") in difference.features
    assert (SHEET, "cols") in difference.features


def test_an_excel_table_is_not_widened_silently() -> None:
    package = workbook(
        sheet("<sheetData/>"),
        more={
            "xl/tables/table1.xml": b'<table ref="C2:F9" displayName="Stellen"/>',
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "table", "../tables/table1.xml")),
        },
    )
    with pytest.raises(NotWritten) as refused:
        widened(package, "Blatt", [Appended(6, 1, *ROWS)])
    assert "Stellen" in refused.value.message
    assert widened(package, "Blatt", [Appended(12, 1, *ROWS)])[SHEET] == []


def test_the_last_column_of_the_grid_is_the_last() -> None:
    with pytest.raises(NotWritten) as refused:
        widened(with_inside(), "Blatt", [Appended(16_383, 2, *ROWS)])
    assert refused.value.code == "no-more-columns"


@pytest.mark.parametrize(
    ("sqref", "formula", "after"),
    [("F3:F9", "$F3&lt;&gt;$E3", "F3:F9"), ("F3:F9", "F3&lt;0", "F3:H9"), ("E3:F9", "$F3&lt;0", "E3:H9")],
)
def test_a_format_that_speaks_of_the_last_column_alone_stays_there(sqref: str, formula: str, after: str) -> None:
    rule = f'<cfRule type="expression" priority="1"><formula>{formula}</formula></cfRule>'
    package = with_inside(after=f'<conditionalFormatting sqref="{sqref}">{rule}</conditionalFormatting>')
    assert f'<conditionalFormatting sqref="{after}">' in text_of(wide(package))


def at_random(seed: int) -> tuple[Package, list[Appended]]:
    """A sheet with widths, merged titles, formats and a print area, and three tables that grow."""
    chance = random.Random(seed)

    def area() -> Range:
        left, top = chance.randint(1, 7), chance.randint(1, 12)
        return Range(top, left, top + chance.randint(0, 4), chance.choice((left, 4, 6, 8)) if left < 5 else left)

    ends = sorted(chance.sample(range(1, 20), chance.randint(0, 12)))
    widths = [
        f'<col min="{low + 1}" max="{high}" width="{high}"{chance.choice(("", """ hidden="1" """))}/>'
        for low, high in pairwise(ends)
        if chance.random() < 0.8
    ]
    merges = [f'<mergeCell ref="{area()}"/>' for _one in range(6)]
    rule = '<cfRule type="expression"><formula>${}5&gt;1</formula></cfRule>'
    formats = [
        f'<conditionalFormatting sqref="{area()} {area()}">{rule.format(chance.choice("DFH"))}</conditionalFormatting>'
        for _one in range(3)
    ]
    newer = f"<x14:conditionalFormatting><xm:sqref>{area()}  {area()}</xm:sqref></x14:conditionalFormatting>"
    printed = f"Blatt!$A$1:$F$12,Blatt!$B${chance.randint(1, 9)}:$H$12"
    named = f'<definedName name="_xlnm.Print_Area" localSheetId="0">{printed}</definedName>'
    package = with_inside(
        f"<cols>{''.join(widths)}</cols>" if widths else "",
        f'<mergeCells count="6">{"".join(merges)}</mergeCells>{"".join(formats)}<extLst><ext xmlns:x14="urn:x14" '
        f'xmlns:xm="urn:xm"><x14:conditionalFormattings>{newer}</x14:conditionalFormattings></ext></extLst>',
        f"<definedNames>{named}</definedNames>",
    )
    changes = []
    for _table in range(3):
        column, by, top = chance.choice((4, 6, 8)), chance.randint(1, 3), chance.randint(1, 9)
        filled = {(chance.randint(1, 14), chance.randint(5, 11)) for _cell in range(5)}
        changes.append(Appended(column, by, top, top + chance.randint(1, 6), filled))
    return package, changes


@pytest.mark.parametrize("seed", range(60))
def test_several_tables_at_once_are_as_one_after_the_other(seed: int) -> None:
    package, changes = at_random(seed)
    together = patched(package, [], widened(package, "Blatt", changes))
    for change in changes:
        package = patched(package, [], widened(package, "Blatt", [change]))
    assert [together.part(name) for name in together.names] == [package.part(name) for name in package.names]
