"""Much of one thing: what takes twice the time for twice as much is read, what takes four times is found here."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

from dataclasses import replace

from tests.hostile.case import PARTLY, SAFE, WHOLE, Case, Cases
from tests.hostile.package_cases import BOOK, BOOK_RELS, ROOT_RELS, book_of
from tests.hostile.sheet_cases import STRINGS, TABLE, cell, with_parts, with_rows
from tests.hostile.zip_cases import PARTS
from tests.ooxml.building import HEAD, MAIN, RELATIONS, parts, relationships, sheet, zipped

HEAVY = frozenset(
    ("values-400000", "texts-200000", "chain-of-100000", "circle-of-60000", "empty-cells-3900000", "rows-of-nothing",
     "strings-900000", "groups-400", "years-in-words-16000", "comments-100000", "formula-of-1-mb", "totals-1000",
     "long-list-20000", "styles-64000-as-texts", "shared-groups-10000", "measures-5000-alike", "years-16000",
     "sheets-200-with-measures", "years-1000", "conditional-formats-100000", "chain-across-16000",
     "tables-side-by-side-100", "measures-of-long-names", "texts-40000", "formulas-with-1000-operands",
     "sheets-300-that-add-each-other", "merges-99999", "names-100000", "name-of-1-mb", "text-of-10-mb-as-a-name",
     "comments-on-one-cell", "text-of-10-mb", "measures-2000", "names-chain-50000", "indirect-2000",
     "hyperlinks-100000", "measures-2000-the-same", "drawing-anchors-50000", "merges-overlapping-20000")
)  # fmt: skip
"""These run with PIK_EXCEL_FULL=1."""


def cases() -> Cases:
    """All of this group."""
    for name, (code, make) in FILES.items():
        yield replace(Case(f"many-{name}", code, make), heavy=name in HEAVY)


def text(place: str, content: str) -> str:
    """A cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{content}</t></is></c>'


def column(number: int) -> str:
    """The letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def measures(count: int, name: str = "Maßnahme {n}", years: int = 4, total: bool = True, start: int = 1) -> str:
    """A list of measures with so many years and its total."""
    heads = "".join(f'<c r="{column(y + 2)}{start}"><v>{2022 + y}</v></c>' for y in range(years))
    out = [f'<row r="{start}">{text(f"A{start}", "Maßnahme")}{heads}</row>']
    for n in range(1, count + 1):
        row = start + n
        amounts = "".join(f'<c r="{column(y + 2)}{row}"><v>{n * 1000 + y}</v></c>' for y in range(years))
        out.append(f'<row r="{row}">{text(f"A{row}", name.format(n=n))}{amounts}</row>')
    if total:
        row = start + count + 1
        sums = "".join(
            f'<c r="{column(y + 2)}{row}"><f>SUM({column(y + 2)}{start + 1}:{column(y + 2)}{row - 1})</f><v>{1000 * count * (count + 1) // 2 + y * count}</v></c>'
            for y in range(years)
        )
        out.append(f'<row r="{row}">{text(f"A{row}", "Summe")}{sums}</row>')
    return "".join(out)


def one(rows: str, after: str = "", before: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    return zipped(parts(sheet(f"{before}<sheetData>{rows}</sheetData>{after}")))


def by_excel(rows: str) -> bytes:
    """A workbook that says Excel saved it, so that its stored values are worth a look."""
    properties = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return with_rows(
        rows,
        **{
            ROOT_RELS: relationships(
                ("rId1", "officeDocument", BOOK), ("rId2", "extended-properties", "docProps/app.xml")
            ),
            "docProps/app.xml": f'<Properties xmlns="{properties}"><Application>Microsoft Excel</Application></Properties>'.encode(),
        },
    )


def sheets(*contents: str, after: str = "") -> bytes:
    """A workbook with a sheet for each content."""
    listed = "".join(f'<sheet name="Amt {n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(contents) + 1))
    rows = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(contents) + 1)]
    made = {
        f"xl/worksheets/sheet{n}.xml": sheet(f"<sheetData>{content}</sheetData>").encode()
        for n, content in enumerate(contents, 1)
    }
    return zipped(PARTS | made | {BOOK: book_of(listed, after), BOOK_RELS: relationships(*rows)})


def _named(names: str) -> bytes:
    book = book_of('<sheet name="Blatt" sheetId="1" r:id="rId1"/>', f"<definedNames>{names}</definedNames>")
    return with_rows('<row r="9"><c r="A9"><f>n0+1</f><v>1</v></c></row>', **{BOOK: book})


def _hung(kind: str, path: str, content: str, inside: str = "", rows: str = TABLE) -> bytes:
    """A sheet with one part hung on it."""
    found = parts(sheet(f"<sheetData>{rows}</sheetData>{inside}"))
    rels = relationships(("rId1", kind, f"../{path}"))
    return zipped(found | {f"xl/{path}": content.encode(), "xl/worksheets/_rels/sheet1.xml.rels": rels})


def _comments(count: int, said: str = "Hallo") -> bytes:
    items = "".join(
        f'<comment ref="{column(n % 100 + 1)}{n // 100 + 1}" authorId="0"><text><t>{said}</t></text></comment>'
        for n in range(count)
    )
    return _hung(
        "comments",
        "comments1.xml",
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author/></authors><commentList>{items}</commentList></comments>',
    )


def _tables(count: int, area: str = "A1:C3") -> bytes:
    found = parts(sheet(f"<sheetData>{TABLE}</sheetData>"))
    rels = relationships(*((f"rId{n}", "table", f"../tables/table{n}.xml") for n in range(count)))
    made = {
        f"xl/tables/table{n}.xml": f'{HEAD}<table xmlns="{MAIN}" id="{n + 1}" name="T{n}" displayName="T{n}" ref="{area}"><tableColumns count="3"><tableColumn id="1" name="Maßnahme"/><tableColumn id="2" name="2022"/><tableColumn id="3" name="2023"/></tableColumns></table>'.encode()
        for n in range(count)
    }
    return zipped(found | made | {"xl/worksheets/_rels/sheet1.xml.rels": rels})


def _chain(length: int, closed: bool = False) -> bytes:
    first = f'<row r="9"><c r="F9">{f"<f>F{length + 8}</f>" if closed else ""}<v>1</v></c></row>'
    return with_rows(
        first
        + "".join(f'<row r="{n}"><c r="F{n}"><f>F{n - 1}+1</f><v>{n - 8}</v></c></row>' for n in range(10, length + 9))
    )


def _shared_rows(count: int, ref: str = "F9:F{last}", si: str = "0") -> bytes:
    rows = f'<row r="9"><c r="F9"><f t="shared" si="{si}" ref="{ref.format(last=count + 8)}">B2+1</f><v>1</v></c></row>'
    return with_rows(
        rows
        + "".join(f'<row r="{n}"><c r="F{n}"><f t="shared" si="{si}"/><v>1</v></c></row>' for n in range(10, count + 9))
    )


def _headings(count: int, word: str = "{year}") -> str:
    heads = "".join(text(f"{column(n + 2)}1", word.format(year=1990 + n % 100, n=n)) for n in range(count))
    amounts = "".join(f'<c r="{column(n + 2)}2"><v>{n}</v></c>' for n in range(count))
    return f'<row r="1">{text("A1", "Maßnahme")}{heads}</row><row r="2">{text("A2", "Beratung")}{amounts}</row>'


SIMILAR = "Förderung der Sprachkurse für Zugewanderte im Stadtteil {n} durch den freien Träger der Wohlfahrtspflege und weitere"
FILES = {
    "values-400000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}">' + "".join(f'<c r="{column(c)}{r}"><v>{c}</v></c>' for c in range(1, 21)) + "</row>" for r in range(9, 20_009)))),
    "values-100000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}">' + "".join(f'<c r="{column(c)}{r}"><v>{c}</v></c>' for c in range(1, 21)) + "</row>" for r in range(9, 5009)))),
    "texts-200000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}">' + "".join(text(f"{column(c)}{r}", f"Text {r} {c}") for c in range(1, 11)) + "</row>" for r in range(9, 20_009)))),
    "texts-40000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}">' + "".join(text(f"{column(c)}{r}", f"Text {r} {c}") for c in range(1, 11)) + "</row>" for r in range(9, 4009)))),
    "empty-cells-3900000": ("suspicious-ratio", lambda: with_rows(("<row>" + "<c/>" * 16_000 + "</row>") * 240)),
    "rows-of-nothing": ("suspicious-ratio", lambda: one("<row/>" * 1_000_000)),
    "rows-of-nothing-200000": (WHOLE, lambda: one("<row/>" * 200_000)),
    "wrong-values-in-a-chain": (WHOLE, lambda: by_excel("".join(f'<row r="{n}"><c r="F{n}"><f>F{n + 1}+1</f><v>1</v></c></row>' for n in range(9, 8009)))),
    "wrong-values-in-a-circle": (WHOLE, lambda: by_excel("".join(f'<row r="{n}"><c r="F{n}"><f>F{n + 1 if n < 8008 else 9}+1</f><v>1</v></c></row>' for n in range(9, 8009)))),
    "wrong-values-in-two-chains": (WHOLE, lambda: by_excel("".join(f'<row r="{n}"><c r="F{n}"><f>F{n - 1}+F{n - 2}</f><v>1</v></c></row>' for n in range(11, 3011)))),
    "wrong-values-in-sums-of-all-above": (WHOLE, lambda: by_excel("".join(f'<row r="{n}"><c r="F{n}"><f>SUM(F$8:F{n - 1})+1</f><v>1</v></c></row>' for n in range(9, 1009)))),
    "wrong-values-in-sums-of-each-other": (WHOLE, lambda: by_excel("".join(f'<row r="{n}"><c r="F{n}"><f>SUM(F$9:F$808)</f><v>1</v></c></row>' for n in range(9, 809)))),
    "strings-900000": (WHOLE, lambda: with_parts("", {STRINGS: ("sharedStrings", f'{HEAD}<sst xmlns="{MAIN}">' + "<si><t>x</t></si>" * 900_000 + "</sst>")})),
    "measures-2000": (SAFE, lambda: one(measures(2000))),
    "measures-5000-alike": (SAFE, lambda: one(measures(5000, SIMILAR))),
    "measures-2000-the-same": (SAFE, lambda: one(measures(2000, "Beratung"))),
    "measures-of-long-names": (SAFE, lambda: one(measures(300, "Beratung " * 400 + "{n}"))),
    "measures-with-notes": (SAFE, lambda: one(measures(1000, "Beratung {n}*) 1) ²"))),
    "groups-400": (SAFE, lambda: one("".join(measures(3, "Posten {n}", start=1 + 5 * g) for g in range(400)))),
    "totals-1000": (SAFE, lambda: one(measures(3) + "".join(f'<row r="{r}">{text(f"A{r}", "Summe")}<c r="B{r}"><f>SUM(B2:B{r - 1})</f><v>1</v></c></row>' for r in range(6, 1006)))),
    "tables-side-by-side-100": (SAFE, lambda: one("".join(f'<row r="{r}">' + "".join((text(f"{column(6 * t + 1)}{r}", "Maßnahme" if r == 1 else f"M {r} {t}") + "".join(f'<c r="{column(6 * t + 2 + y)}{r}"><v>{2022 + y if r == 1 else r}</v></c>' for y in range(4))) for t in range(100)) + "</row>" for r in range(1, 20)))),
    "sheets-200-with-measures": (SAFE, lambda: sheets(*(measures(20) for _ in range(200)))),
    "sheets-300-that-add-each-other": (SAFE, lambda: sheets(*(measures(3) + f'<row r="9"><c r="B9"><f>\'Amt {max(1, n - 1)}\'!B9+1</f><v>{n}</v></c></row>' for n in range(1, 301)))),
    "years-1000": (SAFE, lambda: one(_headings(1000))),
    "years-16000": (SAFE, lambda: one(_headings(16_000))),
    "years-in-words-16000": (SAFE, lambda: one(_headings(16_000, "Ansatz {year} in TEUR Nr. {n}"))),
    "years-down-5000": (SAFE, lambda: one(f'<row r="1">{text("A1", "Jahr")}{text("B1", "Beratung")}{text("C1", "Kurse")}</row>' + "".join(f'<row r="{r}"><c r="A{r}"><v>{1990 + r % 100}</v></c><c r="B{r}"><v>{r}</v></c><c r="C{r}"><v>1</v></c></row>' for r in range(2, 5002)))),
    "long-list-20000": (SAFE, lambda: one(f'<row r="1">{text("A1", "Maßnahme")}{text("B1", "Jahr")}{text("C1", "Betrag")}</row>' + "".join(f'<row r="{r}">{text(f"A{r}", f"M {r // 5}")}<c r="B{r}"><v>{2020 + r % 5}</v></c><c r="C{r}"><v>{r}</v></c></row>' for r in range(2, 20_002)))),
    "names-100000": (WHOLE, lambda: _named("".join(f'<definedName name="n{n}">Blatt!$A${n % 9 + 1}</definedName>' for n in range(100_000)))),
    "names-chain-50000": (WHOLE, lambda: _named("".join(f'<definedName name="n{n}">n{n + 1}</definedName>' for n in range(50_000)))),
    "names-doubling": (WHOLE, lambda: _named('<definedName name="n60">1</definedName>' + "".join(f'<definedName name="n{n}">n{n + 1}+n{n + 1}</definedName>' for n in range(60)))),
    "name-of-itself": (WHOLE, lambda: _named('<definedName name="n0">n0+1</definedName>')),
    "name-of-1-mb": (WHOLE, lambda: _named(f'<definedName name="n0">{"Blatt!$B$2+" * 100_000}1</definedName>')),
    "name-100000-letters": (WHOLE, lambda: _named(f'<definedName name="{"n" * 100_000}">1</definedName>')),
    "names-twice": (WHOLE, lambda: _named('<definedName name="n0">1</definedName><definedName name="N0">2</definedName>')),
    "name-print-area-everywhere": (WHOLE, lambda: _named('<definedName name="_xlnm.Print_Area" localSheetId="0">' + ",".join(["Blatt!$A$1:$XFD$1048576"] * 2000) + "</definedName>")),
    "comments-100000": (WHOLE, lambda: _comments(100_000)),
    "comments-of-1-mb": (WHOLE, lambda: _comments(10, "Ausnahme: SUM02 " * 60_000)),
    "comments-off-the-grid": (SAFE, lambda: _hung("comments", "comments1.xml", f'{HEAD}<comments xmlns="{MAIN}"><commentList><comment ref="ZZZ0"><text><t>x</t></text></comment><comment ref=""/><comment/></commentList></comments>')),
    "comments-on-one-cell": (SAFE, lambda: _hung("comments", "comments1.xml", f'{HEAD}<comments xmlns="{MAIN}"><commentList>' + '<comment ref="A1" authorId="-7"><text><t>x</t></text></comment>' * 20_000 + "</commentList></comments>")),
    "tables-1000": (WHOLE, lambda: _tables(1000)),
    "table-whole-sheet": (SAFE, lambda: _tables(1, "A1:XFD1048576")),
    "table-backwards": (SAFE, lambda: _tables(1, "C3:A1")),
    "table-off-the-grid": (SAFE, lambda: _tables(1, "A1:XFE9")),
    "table-nowhere": (SAFE, lambda: _tables(1, "Quatsch")),
    "table-of-16384-columns": (SAFE, lambda: _hung("table", "tables/table1.xml", f'{HEAD}<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:XFD3"><tableColumns>' + "".join(f'<tableColumn id="{n}" name="S{n}"/>' for n in range(1, 16_385)) + "</tableColumns></table>")),
    "pivot-whole-sheet": (SAFE, lambda: _hung("pivotTable", "pivotTables/p.xml", f'{HEAD}<pivotTableDefinition xmlns="{MAIN}"><location ref="A1:XFD1048576"/></pivotTableDefinition>')),
    "drawing-anchors-50000": (WHOLE, lambda: _hung("drawing", "drawings/drawing1.xml", f'{HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">' + "<xdr:oneCellAnchor><xdr:from><xdr:col>-1</xdr:col><xdr:row>99999999</xdr:row></xdr:from></xdr:oneCellAnchor>" * 50_000 + "</xdr:wsDr>")),
    "hyperlinks-100000": (WHOLE, lambda: one(TABLE, f'<hyperlinks>{"".join(f"<hyperlink ref=~A{n}~ location=~Weg!A{n}~/>" for n in range(1, 100_001))}</hyperlinks>'.replace("~", '"'))),
    "conditional-formats-100000": (WHOLE, lambda: one(TABLE, "".join(f'<conditionalFormatting sqref="A{n}"><cfRule type="expression" priority="{n}"><formula>A{n}&gt;1</formula></cfRule></conditionalFormatting>' for n in range(1, 100_001)))),
    "conditional-format-of-everything-5000": (WHOLE, lambda: one(TABLE, '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="dataBar" priority="1"/></conditionalFormatting>' * 5000)),
    "validation-of-50000-areas": (WHOLE, lambda: one(TABLE, f'<dataValidations><dataValidation type="whole" sqref="{" ".join(f"A{n}:C{n}" for n in range(1, 50_001))}"><formula1>1</formula1></dataValidation></dataValidations>')),
    "validation-of-1-mb": ("xml-attributes", lambda: one(TABLE, f'<dataValidations><dataValidation type="whole" sqref="{"A1:XFD1048576 " * 100_000}"/></dataValidations>')),
    "validation-list-of-1-mb": (WHOLE, lambda: one(TABLE, f'<dataValidations><dataValidation type="list" sqref="A1"><formula1>"{"a," * 500_000}"</formula1></dataValidation></dataValidations>')),
    "ignored-errors-50000": (WHOLE, lambda: one(TABLE, f'<ignoredErrors>{"".join(f"<ignoredError sqref=~A{n}~/>" for n in range(1, 50_001))}</ignoredErrors>'.replace("~", '"'))),
    "breaks-100000": (WHOLE, lambda: one(TABLE, "<rowBreaks>" + '<brk id="1"/>' * 100_000 + "</rowBreaks>")),
    "extension-list-1-mb": (WHOLE, lambda: one(TABLE, "<extLst>" + '<ext uri="{x}"><a/></ext>' * 50_000 + "</extLst>")),
    "merges-99999": (WHOLE, lambda: one(TABLE, "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(4, 100_003)) + "</mergeCells>")),
    "merges-of-everything-over-measures": (SAFE, lambda: one(measures(500), "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 2000 + "</mergeCells>")),
    "merges-overlapping-20000": (SAFE, lambda: one(measures(500), "<mergeCells>" + "".join(f'<mergeCell ref="A1:{column(n % 50 + 1)}{n + 1}"/>' for n in range(20_000)) + "</mergeCells>")),
    "styles-64000-as-texts": (WHOLE, lambda: with_parts("", {"xl/styles.xml": ("styles", f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts>{"<font><b/></font>" * 64_000}</fonts><fills>{"<fill/>" * 64_000}</fills><cellXfs count="-1">{"".join(f"<xf fontId=~{n}~ fillId=~{n}~/>" for n in range(64_000))}</cellXfs></styleSheet>'.replace("~", '"'))})),
    "styles-count-lies": ("style-missing", lambda: with_parts('<row r="9"><c r="A9" s="9"><v>1</v></c></row>', {"xl/styles.xml": ("styles", f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="99999999"><xf/></cellXfs></styleSheet>')})),
    "format-of-10-mb": ("xml-attributes", lambda: with_parts('<row r="9"><c r="A9" s="0"><v>1</v></c></row>', {"xl/styles.xml": ("styles", f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="{"0" * 10_000_000}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>')})),
    "format-of-900-kb": (WHOLE, lambda: with_parts('<row r="9"><c r="A9" s="0"><v>1</v></c></row>', {"xl/styles.xml": ("styles", f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="{"0;[Red]#,##0.0_ " * 56_000}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>')})),
    "text-of-10-mb": (WHOLE, lambda: cell(f' t="inlineStr"><is><t>{"x" * 10_000_000}</t></is>')),
    "text-of-10-mb-as-a-name": (SAFE, lambda: one(TABLE.replace("Beratung", "Be ratung " * 1_000_000))),
    "runs-100000-inline": (WHOLE, lambda: cell(' t="inlineStr"><is>' + "<r><t>x</t></r>" * 100_000 + "</is>")),
    "formula-of-1-mb": (WHOLE, lambda: cell(f"><f>{'B2+' * 350_000}1</f><v>1</v>")),
    "formula-of-1-mb-of-names": (WHOLE, lambda: cell(f"><f>{'n' * 1_000_000}</f><v>1</v>")),
    "formula-brackets-10000": (WHOLE, lambda: cell(f"><f>{'(' * 10_000}1{')' * 10_000}</f><v>1</v>")),
    "formula-ifs-10000": (WHOLE, lambda: cell(f"><f>{'IF(1,' * 10_000}1{',0)' * 10_000}</f><v>1</v>")),
    "formulas-with-1000-operands": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f>{"+".join(f"B{(r + k) % 8 + 1}" for k in range(500))}</f><v>1</v></c></row>' for r in range(9, 109)))),
    "formulas-with-300-operands": (WHOLE, lambda: by_excel("".join(f'<row r="{r}"><c r="F{r}"><f>{"+".join(f"B{(r + k) % 8 + 1}" for k in range(300))}</f><v>1</v></c><c r="G{r}"><f>{"SUM(" * 60}{"*".join(["B2", *["2"] * 299])}{")" * 60}</f><v>1</v></c></row>' for r in range(9, 29)))),
    "chain-of-100000": (WHOLE, lambda: _chain(100_000)),
    "circle-of-60000": (WHOLE, lambda: _chain(60_000, closed=True)),
    "chain-across-16000": (WHOLE, lambda: with_rows('<row r="9"><c r="A9"><v>1</v></c>' + "".join(f'<c r="{column(n)}9"><f>{column(n - 1)}9+1</f><v>{n}</v></c>' for n in range(2, 16_001)) + "</row>")),
    "indirect-2000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f>INDIRECT("B"&amp;ROW())+OFFSET(A1,{r},1)</f><v>1</v></c></row>' for r in range(9, 2009)))),
    "products-of-whole-columns": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f>SUMPRODUCT((A:A&lt;&gt;1)*(B:B&gt;1)*C:C)+COUNTBLANK(A:C)+MAX(A:A)</f><v>0</v></c></row>' for r in range(9, 209)))),
    "sumifs-of-columns-2000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f>SUMIFS(B:B,A:A,A{r},C:C,"&gt;0")+COUNTIF(A:XFD,1)</f><v>0</v></c></row>' for r in range(9, 2009)))),
    "lookups-of-columns-2000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f>IFERROR(VLOOKUP(A{r},A:C,2,FALSE),0)</f><v>0</v></c></row>' for r in range(9, 2009)))),
    "sums-of-triangles-1500": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f>SUM(B1:F{r - 1})</f><v>1</v></c></row>' for r in range(9, 1509)))),
    "shared-10000": (WHOLE, lambda: _shared_rows(10_000)),
    "shared-of-the-whole-sheet": (WHOLE, lambda: _shared_rows(1000, "A1:XFD1048576")),
    "shared-outside-its-area": (SAFE, lambda: _shared_rows(100, "F9:F10")),
    "shared-index-huge": (SAFE, lambda: _shared_rows(100, si="4294967295")),
    "shared-groups-10000": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f t="shared" si="{r}" ref="F{r}:F1048576">B2+{r}</f><v>1</v></c></row>' for r in range(9, 10_009)))),
    "shared-group-of-1-mb": (WHOLE, lambda: with_rows(f'<row r="9"><c r="F9"><f t="shared" si="0" ref="F9:F209">{"B2+" * 30_000}1</f><v>1</v></c></row>' + "".join(f'<row r="{n}"><c r="F{n}"><f t="shared" si="0"/><v>1</v></c></row>' for n in range(10, 210)))),
    "follower-before-its-master": (SAFE, lambda: with_rows('<row r="9"><c r="F9"><f t="shared" si="0"/><v>1</v></c></row><row r="10"><c r="F10"><f t="shared" si="0" ref="F9:F10">B2</f><v>1</v></c></row>')),
    "arrays-overlapping-500": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f t="array" ref="A1:XFD1048576">B2:C3*{r}</f><v>1</v></c></row>' for r in range(9, 509)))),
    "data-tables-500": (WHOLE, lambda: with_rows("".join(f'<row r="{r}"><c r="F{r}"><f t="dataTable" ref="F{r}:XFD1048576" dt2D="1" dtr="1" r1="B2" r2="C2"/><v>1</v></c></row>' for r in range(9, 509)))),
    "external-links-2000": (WHOLE, lambda: zipped(PARTS | {BOOK: book_of('<sheet name="A" sheetId="1" r:id="rId1"/>', "<externalReferences>" + '<externalReference r:id="rId2"/>' * 2000 + "</externalReferences>"), BOOK_RELS: relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/l.xml")), "xl/externalLinks/l.xml": f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"/></externalLink>'.encode()})),
    "external-cache-100000": (SAFE, lambda: zipped(PARTS | {BOOK: book_of('<sheet name="A" sheetId="1" r:id="rId1"/>', '<externalReferences><externalReference r:id="rId2"/></externalReferences>'), BOOK_RELS: relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/l.xml")), "xl/externalLinks/l.xml": f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"><sheetNames><sheetName val="A"/></sheetNames><sheetDataSet><sheetData sheetId="0">{"".join(f"<row r=~{n}~><cell r=~A{n}~><v>{n}</v></cell></row>" for n in range(1, 100_001))}</sheetData></sheetDataSet></externalBook></externalLink>'.replace("~", '"').encode()})),
    "amounts-of-300-digits": (PARTLY, lambda: one(measures(200).replace("000</v>", "0" * 320 + "</v>", 300))),
    "spans-of-years": (SAFE, lambda: one(_headings(300, "2022–2{n:03d} ff."))),
    "percent-of-everything": (SAFE, lambda: one(measures(300, "Zuschuss 50 % von 649.412 €, höchstens 290.000 €, bis 31.12.2099, {n} Stellen zu 51,1"))),
}  # fmt: skip
