"""A sheet that XlsxWriter wrote arrives in a workbook; what clashes gives way, and what is there stays."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
import xlsxwriter

from pik_excel.errors import NotWritten
from pik_excel.ooxml.compare import states
from pik_excel.ooxml.graft import counts_from_1904, grafted
from pik_excel.ooxml.graft.strict import strict_part
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, relations
from pik_excel.ooxml.sheets import sheet_named, worksheets
from tests.ooxml import building
from tests.ooxml.graft.giving import SHEETS, furnished, made, plain

BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
DONOR = furnished()


def target(workbook: str = "", more: Mapping[str, bytes] | None = None) -> Package:
    """A workbook with one sheet "Blatt" that has a number in A1."""
    return building.workbook(
        building.sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'), workbook, more
    )


def workbook_of(*names: str) -> Package:
    """A workbook with these sheets."""
    return Package.from_bytes(plain(*names))


def styled(styles: str | bytes, cell: str = '<c r="A1"><v>1</v></c>') -> Package:
    """A workbook with that styles part."""
    base = building.parts(building.sheet(f'<sheetData><row r="1">{cell}</row></sheetData>'))
    types = base[TYPES].replace(
        b"</Types>", f'<Override PartName="/{STYLES}" ContentType="{building.SHEET_TYPE}.styles+xml"/></Types>'.encode()
    )
    rels = building.relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    content = styles if isinstance(styles, bytes) else styles.encode()
    return Package.from_bytes(
        building.zipped(base | {TYPES: types, "xl/_rels/workbook.xml.rels": rels, STYLES: content})
    )


def names(package: Package) -> list[str]:
    return [sheet.name for sheet in worksheets(package)]


def text(package: Package, part: str) -> str:
    return package.text(part).decode()


def sheet_text(package: Package, name: str) -> str:
    found = sheet_named(package, name)
    assert found is not None
    return text(package, found.part)


def formula_of(package: Package, sheet: str, row: int = 1, column: int = 2) -> str | None:
    return states(package, sheet, {(row, column)})[(row, column)].formula


def bare(text: str) -> str:
    """Without the line that says what XML it is."""
    return text.partition("?>")[2].strip()


# what is there stays


def test_the_workbook_keeps_its_sheets_and_their_bytes() -> None:
    before = target()
    after = grafted(before, DONOR)
    assert names(after) == ["Blatt", *SHEETS]
    assert after.part(building.SHEET) == before.part(building.SHEET)


def test_a_sheet_alone_may_be_taken_and_in_another_order() -> None:
    assert names(grafted(target(), plain("A", "B", "C"), ["C", "A"])) == ["Blatt", "C", "A"]


def test_a_sheet_that_the_donor_does_not_have_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="Fehlt"):
        grafted(target(), plain("A"), ["Fehlt"])


def test_the_same_graft_gives_the_same_bytes() -> None:
    assert grafted(target(), DONOR).data == grafted(target(), DONOR).data


def test_grafting_the_same_sheets_again_needs_no_further_styles() -> None:
    once = grafted(workbook_of("Alt"), DONOR)
    twice = grafted(once, DONOR)
    assert once.part(STYLES) == twice.part(STYLES)
    assert names(twice) == ["Alt", *SHEETS, "Projektion (2)", "Bau & Planung (2)"]


# names of sheets


@pytest.mark.parametrize(
    ("there", "coming", "arrives"),
    [
        (["Haushalt"], "Projektion", "Projektion"),
        (["projektion"], "Projektion", "Projektion (2)"),
        (["Projektion", "Projektion (2)"], "Projektion", "Projektion (3)"),
        (["Plan (2)"], "Plan (2)", "Plan (3)"),
        (["Finanzielle Auswirkungen 2022 ff"], "Finanzielle Auswirkungen 2022 ff", "Finanzielle Auswirkungen 20 (2)"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(there: list[str], coming: str, arrives: str) -> None:
    there = [name[:31] for name in there]
    assert names(grafted(workbook_of(*there), plain(coming[:31])))[-1] == arrives


@pytest.mark.parametrize(
    ("formula", "follows"),
    [
        ("=Plan!B2", "'Plan (2)'!B2"),
        ("='Plan'!B2+plan!$A$1:B4", "'Plan (2)'!B2+'Plan (2)'!$A$1:B4"),
        ("=SUM(Plan:Ziel!B2)", "SUM('Plan (2):Ziel'!B2)"),
        ('="Plan!B2"&Plan!A2', "\"Plan!B2\"&'Plan (2)'!A2"),
        ('=HYPERLINK("#Plan!A1","Plan!A1")', 'HYPERLINK("#\'Plan (2)\'!A1","Plan!A1")'),
        ("=[1]Plan!B2+'[2]Plan'!B2", "[1]Plan!B2+'[2]Plan'!B2"),
        ("=Annahmen!C5+Ziel!B2", "Annahmen!C5+Ziel!B2"),
        ("=Plan!#REF!+Plan!A:A", "'Plan (2)'!#REF!+'Plan (2)'!A:A"),
    ],
)
def test_formulas_follow_to_the_new_name_and_keep_what_is_there(formula: str, follows: str) -> None:
    after = grafted(workbook_of("Plan", "Annahmen"), plain("Plan", "Ziel", formula=formula))
    assert formula_of(after, "Ziel") == follows


def test_a_formula_that_leads_nowhere_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="Nirgends"):
        grafted(target(), plain("Plan", formula="=Nirgends!A1"))


def test_a_sheet_that_is_not_taken_along_means_the_one_that_is_there() -> None:
    after = grafted(workbook_of("Annahmen"), plain("Plan", "Annahmen", formula="=Annahmen!B2"), ["Plan"])
    assert names(after) == ["Annahmen", "Plan"]
    assert formula_of(after, "Plan") == "Annahmen!B2"


def test_charts_links_formats_and_validations_follow_too() -> None:
    after = grafted(workbook_of(*SHEETS), DONOR)
    sheet = sheet_named(after, "Projektion (2)")
    assert sheet is not None
    own, other = "'Projektion (2)'!", "'Bau & Planung (2)'!"
    content = text(after, sheet.part).replace("&amp;", "&")
    assert f'location="{other}A1"' in content
    assert f"<formula>{own}$A$4</formula>" in content
    assert f"<xm:f>{own}B2:B7</xm:f>" in content and f"<xm:f>{other}B1:B2</xm:f>" in content
    assert f"<formula1>{own}$A$2:$A$7</formula1>" in sheet_text(after, "Bau & Planung (2)")
    drawing = related(after, sheet.part, "drawing")[0]
    assert f'textlink="{own}$A$1"' in text(after, drawing)
    assert [one.target for one in relations(after, drawing) if one.kind == "hyperlink"] == [f"#{own}B2"]
    for chart in related(after, drawing, "chart"):
        assert set(re.findall("<c:f>(.*?)!", text(after, chart))) == {own[:-1], other[:-1].replace("&", "&amp;")}


# names of the workbook and tables


def with_name(name: str, means: str, formula: str = "") -> bytes:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Plan")
        sheet.write_row("A2", [1, 2, 3])
        book.define_name(name, means)
        if formula:
            sheet.write_formula("B1", formula)

    return made(build)


def defined(package: Package) -> list[tuple[str, str]]:
    found = re.findall("<definedName ([^>]*)>(.*?)</definedName>", text(package, BOOK))
    return [(re.sub(' hidden="1"', "", given), means) for given, means in found]


def test_names_come_along_those_of_a_sheet_with_its_place() -> None:
    after = grafted(workbook_of("A", "B"), DONOR)
    assert ('name="Faktor"', "'Bau &amp; Planung'!$B$1") in defined(after)
    assert ('name="Grenze" localSheetId="2"', "Projektion!$B$3") in defined(after)
    assert ('name="_xlnm.Print_Area" localSheetId="2"', "Projektion!$A$1:$L$60") in defined(after)


def test_a_name_of_the_workbook_that_is_taken_gets_a_number_and_formulas_follow() -> None:
    before = target('<definedNames><definedName name="faktor">Blatt!$A$1</definedName></definedNames>')
    after = grafted(before, with_name("Faktor", "=Plan!$B$2", '=Faktor*Plan!Faktor+Faktor2+"Faktor"+Blatt!faktor'))
    assert defined(after) == [('name="faktor"', "Blatt!$A$1"), ('name="Faktor_2"', "Plan!$B$2")]
    assert formula_of(after, "Plan") == 'Faktor_2*Plan!Faktor_2+Faktor2+"Faktor"+Blatt!faktor'


def test_a_name_that_means_the_same_is_shared() -> None:
    before = target('<definedNames><definedName name="Faktor">Blatt!$A$1</definedName></definedNames>')
    after = grafted(before, with_name("Faktor", "=Blatt!$A$1", "=Faktor*2"))
    assert defined(after) == [('name="Faktor"', "Blatt!$A$1")]
    assert formula_of(after, "Plan") == "Faktor*2"


def test_a_name_of_the_sheet_itself_is_not_renamed() -> None:
    before = target('<definedNames><definedName name="Faktor">Blatt!$A$1</definedName></definedNames>')
    after = grafted(before, with_name("Plan!Faktor", "=Plan!$B$2", "=Faktor*Plan!Faktor"))
    assert defined(after)[-1] == ('name="Faktor" localSheetId="1"', "Plan!$B$2")
    assert formula_of(after, "Plan") == "Faktor*Plan!Faktor"


def test_a_name_about_a_sheet_left_behind_means_the_one_that_is_there() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Plan").write_formula("B1", "=Faktor*2")
        book.add_worksheet("Annahmen")
        book.define_name("Faktor", "=Annahmen!$B$2")

    before = target('<definedNames><definedName name="Faktor">Blatt!$A$1</definedName></definedNames>')
    after = grafted(before, made(build), ["Plan"])
    assert defined(after) == [('name="Faktor"', "Blatt!$A$1")]
    assert formula_of(after, "Plan") == "Faktor*2"


def with_table(formula: str = "") -> bytes:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Liste")
        sheet.add_table(
            "A3:B5", {"name": "Posten", "columns": [{"header": "Satz"}, {"header": "B"}], "data": [[1], [2]]}
        )
        if formula:
            sheet.write_formula("B1", formula)

    return made(build)


def test_a_table_gets_a_free_number_and_name_and_formulas_follow() -> None:
    before = Package.from_bytes(with_table())
    after = grafted(
        before, with_table('=SUM(Posten[Satz])+ROWS(posten)+COUNTA(Posten[[#Headers],[Satz]])&"Posten[Satz]"')
    )
    part = related(after, worksheets(after)[1].part, "table")[0]
    assert 'id="2" name="Posten_2" displayName="Posten_2"' in text(after, part)
    follows = 'SUM(Posten_2[Satz])+ROWS(Posten_2)+COUNTA(Posten_2[[#Headers],[Satz]])&"Posten[Satz]"'
    assert formula_of(after, "Liste (2)") == follows


def test_a_table_named_like_a_name_gives_way() -> None:
    before = target('<definedNames><definedName name="POSTEN">Blatt!$A$1</definedName></definedNames>')
    after = grafted(before, with_table("=SUM(Posten[Satz])"))
    assert formula_of(after, "Liste") == "SUM(Posten_2[Satz])"


def test_a_formula_may_use_a_table_that_is_there() -> None:
    after = grafted(Package.from_bytes(with_table()), plain("Plan", formula="=SUM(Posten[Satz])"))
    assert formula_of(after, "Plan") == "SUM(Posten[Satz])"


# the place among the tabs


NAMED = (
    '<definedNames><definedName name="Alle">A!$A$1</definedName>'
    '<definedName name="_xlnm.Print_Area" localSheetId="0">A!$A$1</definedName>'
    '<definedName name="_xlnm.Print_Area" localSheetId="2">C!$A$1</definedName></definedNames>'
)


def three_sheets(views: str = "", more: str = "") -> Package:
    base = workbook_of("A", "B", "C")
    book = text(base, BOOK)
    book = re.sub("<bookViews>.*</bookViews>", views, book) if views else book
    book = book.replace("</sheets>", "</sheets>" + NAMED).replace("</workbook>", more + "</workbook>")
    return Package.from_bytes(base.replaced({BOOK: book.encode()}))


def test_what_counts_tabs_counts_on_when_a_sheet_comes_between() -> None:
    views = '<bookViews><workbookView activeTab="2"/><workbookView firstSheet="1" activeTab="0"/></bookViews>'
    after = grafted(three_sheets(views), plain("Neu 1", "Neu 2"), after="a")
    assert names(after) == ["A", "Neu 1", "Neu 2", "B", "C"]
    assert '<workbookView activeTab="4"/><workbookView firstSheet="3" activeTab="0"/>' in text(after, BOOK)
    assert [name for name, _means in defined(after)] == [
        'name="Alle"', 'name="_xlnm.Print_Area" localSheetId="0"', 'name="_xlnm.Print_Area" localSheetId="4"',
    ]  # fmt: skip


def test_custom_views_know_the_open_sheet_by_its_number_which_stays() -> None:
    views = (
        '<customWorkbookViews><customWorkbookView name="N" guid="{0}" windowWidth="9" windowHeight="9" '
        'activeSheetId="3"/></customWorkbookViews>'
    )
    after = grafted(three_sheets(more=views), plain("Neu"), after="A")
    assert 'activeSheetId="3"' in text(after, BOOK)
    assert [(sheet.name, sheet.sheet_id) for sheet in worksheets(after)] == [("A", 1), ("Neu", 4), ("B", 2), ("C", 3)]


def test_a_sheet_that_is_not_there_cannot_be_followed() -> None:
    with pytest.raises(NotWritten, match="Fehlt"):
        grafted(target(), plain("Neu"), after="Fehlt")


def test_a_sheet_never_slips_into_a_sum_through_several_sheets() -> None:
    before = Package.from_bytes(plain("Jan", "Feb", "Dez", "Summe", formula="=SUM(Jan:Dez!B2)"))
    with pytest.raises(NotWritten, match=r"Jan.*Dez"):
        grafted(before, plain("Neu"), after="Feb")
    assert names(grafted(before, plain("Neu"), after="Dez"))[3] == "Neu"


def test_only_one_sheet_is_selected_afterwards() -> None:
    after = grafted(workbook_of("A"), plain("B", "C"))
    assert [sheet_text(after, name).count('tabSelected="1"') for name in "ABC"] == [1, 0, 0]


def test_a_hidden_sheet_stays_hidden() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Offen")
        book.add_worksheet("Versteckt").hide()

    assert [sheet.state for sheet in worksheets(grafted(target(), made(build)))] == ["visible", "visible", "hidden"]


# the parts


def test_parts_get_names_that_nothing_has_or_speaks_of() -> None:
    before = target(
        more={
            "XL/Worksheets/SHEET2.xml": b"<worksheet/>",  # another case
            "xl/worksheets/_rels/sheet3.xml.rels": building.relationships(),  # left over
            "xl/worksheets/_rels/sheet1.xml.rels": building.relationships(
                ("rId1", "drawing", "../drawings/drawing1.xml")
            ),
        }
    )
    after = grafted(before, DONOR)
    assert worksheets(after)[1].part == "xl/worksheets/sheet4.xml"
    assert related(after, worksheets(after)[1].part, "drawing") == ("xl/drawings/drawing2.xml",)


def test_a_picture_type_that_means_something_else_is_said_of_the_part_itself() -> None:
    types = building.parts("")[TYPES].replace(
        b"<Default", b'<Default Extension="PNG" ContentType="image/x-png"/><Default', 1
    )
    after = grafted(target(more={TYPES: types}), DONOR)
    assert '<Override PartName="/xl/media/image1.png" ContentType="image/png"/>' in text(after, TYPES)
    assert text(after, TYPES).casefold().count('extension="png"') == 1


def test_texts_arrive_inside_the_cells_rich_ones_as_they_are() -> None:
    content = sheet_text(grafted(target(), DONOR), SHEETS[0])
    assert 't="s"' not in content
    assert re.search(
        r'<c r="A8"[^>]* t="inlineStr"><is><r><rPr><b/>.*?<t xml:space="preserve">fett </t></r><r>', content
    )


def test_excel_calculates_when_it_opens_the_file_and_the_chain_stays() -> None:
    chain = f'<calcChain xmlns="{building.MAIN}"><c r="A1" i="1"/></calcChain>'.encode()
    rels = building.relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "calcChain", "calcChain.xml")
    )
    after = grafted(target(more={"xl/calcChain.xml": chain, "xl/_rels/workbook.xml.rels": rels}), plain("Neu"))
    assert 'fullCalcOnLoad="1"' in text(after, BOOK)
    assert after.part("xl/calcChain.xml") == chain


# styles


MAIN = building.MAIN
SMALL = (
    f'{building.HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1">'
    '<xf xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Standard" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def formatted(**properties: object) -> bytes:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Neu")
        sheet.write("A1", 1, book.add_format(properties))
        sheet.write("A2", 2)

    return made(build)


def style_of(package: Package, row: int) -> str:
    """The cell style (xf) of a cell in column A of the sheet "Neu"."""
    number = states(package, "Neu", {(row, 1)})[(row, 1)].style
    cells = re.search("<cellXfs.*</cellXfs>", text(package, related(package, BOOK, "styles")[0]))
    assert cells is not None
    return re.findall(r"<xf\b.*?(?:/>|</xf>)", cells[0])[number]


def test_missing_lists_are_made_in_their_place_with_what_excel_takes_for_granted() -> None:
    after = text(grafted(styled(SMALL), formatted(num_format='0.0 "TEUR"')), STYLES)
    order = re.findall("<(numFmts|fonts|fills|borders|cellStyleXfs|cellXfs|cellStyles|dxfs) ", after)
    assert order == ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"]
    assert '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0 &quot;TEUR&quot;"/></numFmts>' in after
    assert '<fonts count="2">' in after and '<cellXfs count="3">' in after


def test_a_cell_without_a_format_keeps_the_look_it_had_in_the_donor() -> None:
    after = grafted(styled(SMALL), formatted(bold=True))
    assert 'fontId="2"' in style_of(after, 2) and 'applyFont="1"' in style_of(after, 2)
    same = grafted(workbook_of("Alt"), plain("Neu"))
    assert states(same, "Neu", {(2, 1)})[(2, 1)].style == 0


def test_a_number_format_keeps_its_number_only_where_it_means_the_same() -> None:
    formats = (
        '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0000"/><numFmt numFmtId="10" formatCode="0 %"/>'
        "</numFmts>"
    )
    before = styled(SMALL.replace("<fonts", formats + "<fonts", 1))
    assert 'numFmtId="164"' in style_of(grafted(before, formatted(num_format="0.0000")), 1)
    assert 'numFmtId="165"' in style_of(grafted(before, formatted(num_format="0.000")), 1)
    assert 'numFmtId="165"' in style_of(grafted(before, formatted(num_format=10)), 1)  # 0.00%, but not there
    assert 'numFmtId="9"' in style_of(grafted(before, formatted(num_format=9)), 1)


def test_styles_with_a_prefix_get_entries_with_that_prefix() -> None:
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1x:", SMALL).replace("xmlns=", "xmlns:x=")
    after = text(grafted(styled(prefixed), formatted(bold=True)), STYLES)
    assert '<x:fonts count="3">' in after and "<x:font><x:b/>" in after


def test_styles_in_utf_16_stay_so() -> None:
    wide = SMALL.replace("UTF-8", "UTF-16").encode("utf-16")
    after = grafted(styled(wide), formatted(bold=True)).part(STYLES)
    assert after.startswith(wide[:2])
    assert "<font><b/>" in after.decode("utf-16")


@pytest.mark.parametrize("styles", [f'<styleSheet xmlns="{MAIN}"/>', f'<styleSheet xmlns="{MAIN}"></styleSheet>'])
def test_styles_without_anything_are_filled(styles: str) -> None:
    after = grafted(styled(styles), formatted(bold=True))
    assert "<fonts" in text(after, STYLES) and "fontId" in style_of(after, 1)


def test_a_workbook_without_styles_gets_some_and_its_cells_look_as_before() -> None:
    after = grafted(target(), formatted(bold=True))
    styles = text(after, related(after, BOOK, "styles")[0])
    assert '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' in styles
    assert "styles+xml" in text(after, TYPES)


def test_more_cell_styles_than_excel_can_read_are_refused() -> None:
    full = SMALL.replace('<xf xfId="0"/>', '<xf xfId="0"/>' * 64_000)
    with pytest.raises(NotWritten, match=r"64\.00"):
        grafted(styled(full), formatted(bold=True))


def test_a_link_takes_the_link_style_that_is_there_whatever_it_is_called() -> None:
    link = '<cellStyle name="Link" xfId="1" builtinId="8"/>'
    before = styled(SMALL.replace("<xf/>", "<xf/><xf/>").replace("</cellStyles>", link + "</cellStyles>"))

    def build(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Neu").write_url("A1", "https://example.org")

    after = grafted(before, made(build))
    assert 'xfId="1"' in style_of(after, 1)
    assert "Hyperlink" not in text(after, STYLES)
    assert 'name="Hyperlink"' in text(grafted(styled(SMALL), made(build)), STYLES)


def test_dates_are_refused_where_the_workbook_counts_days_otherwise() -> None:
    book = building.parts("")[BOOK].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    before = target(more={BOOK: book})
    assert counts_from_1904(before)
    with pytest.raises(NotWritten, match="1904"):
        grafted(before, DONOR)
    assert names(grafted(before, furnished(from_1904=True)))[-1] == SHEETS[1]
    assert names(grafted(before, plain("Ohne Datum")))[-1] == "Ohne Datum"


# other dialects and oddities


def test_a_workbook_with_prefixes_lists_its_sheet_with_them() -> None:
    book = (
        f'<x:workbook xmlns:x="{MAIN}"><x:sheets><x:sheet name="Blatt" sheetId="7" q:id="rId1" '
        f'xmlns:q="{building.RELATIONS}"/></x:sheets></x:workbook>'
    ).encode()
    after = grafted(target(more={BOOK: book}), with_name("Faktor", "=Plan!$B$2"))
    assert f'<x:sheet xmlns:r="{building.RELATIONS}" name="Plan" sheetId="8" r:id="rId2"/></x:sheets>' in text(
        after, BOOK
    )
    assert '<x:definedNames><x:definedName name="Faktor">' in text(after, BOOK)
    assert "<x:bookViews><x:workbookView/></x:bookViews><x:sheets>" in text(after, BOOK)


def test_a_workbook_in_utf_16_stays_so() -> None:
    book = building.parts("")[BOOK].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    after = grafted(target(more={BOOK: book}), plain("Über"))
    assert names(after) == ["Blatt", "Über"]
    assert after.part(BOOK).startswith(book[:2])


def test_a_strict_workbook_gets_strict_parts() -> None:
    strict = {
        name: content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            building.RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in building.parts(building.sheet("<sheetData/>")).items()
    }
    after = grafted(Package.from_bytes(building.zipped(strict)), DONOR)
    new = [name for name in after.names if name not in strict and name.endswith((".xml", ".rels"))]
    assert len(new) > 10
    for name in new:
        assert "schemas.openxmlformats.org/" not in re.sub(
            'http://[^"]*/(?:package|markup-compatibility)/[^"]*', "", text(after, name)
        )
    assert [one.part for one in relations(after, BOOK) if one.kind == "worksheet"][1] == worksheets(after)[1].part


@pytest.mark.parametrize(
    ("usual", "strict"),
    [
        ('<a:lumMod val="67500"/>', '<a:lumMod val="67.5%"/>'),
        ('<a:gs pos="50000"><a:tint val="-100000"/></a:gs>', '<a:gs pos="50%"><a:tint val="-100%"/></a:gs>'),
        ('<a:fillToRect l="100000" b="50000"/>', '<a:fillToRect l="100%" b="50%"/>'),
        ('<c:gapWidth val="150"/><c:overlap val="-20"/>', '<c:gapWidth val="150%"/><c:overlap val="-20%"/>'),
        ('<c:barDir val="col"/><a:off x="100" y="200"/>', '<c:barDir val="col"/><a:off x="100" y="200"/>'),
    ],
)
def test_strict_percentages_have_their_sign_as_excel_writes_them(usual: str, strict: str) -> None:
    assert strict_part(usual.encode()).decode() == strict


def test_a_shared_workbook_is_refused() -> None:
    rels = building.relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "revisionHeaders", "revisions/h.xml")
    )
    with pytest.raises(NotWritten, match="freigegeben"):
        grafted(target(more={"xl/_rels/workbook.xml.rels": rels, "xl/revisions/h.xml": b"<headers/>"}), plain("Neu"))


def spilling(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Neu")
    sheet.write_column("B1", [3, 1, 2])
    sheet.write_dynamic_array_formula("A1", "=_xlfn.UNIQUE(B1:B3)", None, 3)


def test_spilling_formulas_bring_their_metadata_or_use_those_that_are_there() -> None:
    once = grafted(target(), made(spilling))
    assert 'cm="1"' in sheet_text(once, "Neu")
    assert related(once, BOOK, "sheetMetadata") == ("xl/metadata.xml",)
    twice = grafted(once, made(spilling))
    assert 'cm="1"' in sheet_text(twice, "Neu (2)")
    assert related(twice, BOOK, "sheetMetadata") == ("xl/metadata.xml",)


def test_spilling_formulas_are_refused_where_other_metadata_are_in_the_way() -> None:
    rels = building.relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sheetMetadata", "metadata.xml")
    )
    pictures = (
        f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes>'
        '<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
    )
    with pytest.raises(NotWritten, match="überlaufen"):
        grafted(target(more={"xl/_rels/workbook.xml.rels": rels, "xl/metadata.xml": pictures.encode()}), made(spilling))


def test_what_needs_further_parts_is_a_mistake_of_ours() -> None:
    def ticked(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Neu").insert_checkbox("A1", True)

    def charted(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Neu")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Neu!$A$1:$A$2"})
        book.add_chartsheet("Bild").set_chart(chart)

    with pytest.raises(ValueError, match="check boxes"):
        grafted(target(), made(ticked))
    with pytest.raises(ValueError, match="Bild"):
        grafted(target(), made(charted), ["Bild"])


# the file's properties


def test_the_properties_list_the_new_sheets_in_their_place() -> None:
    before = Package.from_bytes(with_name("Plan!Lokal", "=Plan!$B$2"))
    after = text(grafted(before, with_name("Faktor", "=Plan!$B$2"), after="Plan"), "docProps/app.xml")
    assert re.findall("<vt:i4>(.*?)</vt:i4>", after) == ["2", "2"]
    titles = re.search("<TitlesOfParts>.*</TitlesOfParts>", after)
    assert titles is not None
    assert 'size="4"' in titles[0]
    assert re.findall("<vt:lpstr>(.*?)</vt:lpstr>", titles[0]) == ["Plan", "Plan (2)", "Plan!Lokal", "Faktor"]


def test_properties_that_do_not_fit_the_workbook_stay_as_they_are() -> None:
    base = workbook_of("A", "B")
    wrong = base.part("docProps/app.xml").replace(b">A<", b">Z<")
    before = Package.from_bytes(base.replaced({"docProps/app.xml": wrong}))
    assert grafted(before, plain("Neu")).part("docProps/app.xml") == wrong
