"""XML that says the same in other letters, and XML that only seems to say it."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

from collections.abc import Callable

from tests.hostile.case import SAFE, WHOLE, Case, Cases
from tests.hostile.package_cases import BOOK, BOOK_RELS, ROOT_RELS, TYPES_PART, relation
from tests.hostile.sheet_cases import STRINGS, TABLE, with_parts, with_rows
from tests.hostile.xml_cases import ALL
from tests.hostile.zip_cases import PARTS
from tests.ooxml.building import HEAD, MAIN, RELATIONS, SHEET, parts, relationships, sheet, zipped

PADDING = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(100, 5100))
DTD = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
LETTERS = PARTS[SHEET].decode()


def cases() -> Cases:
    """All of this group."""
    for name, (code, rows) in ROWS.items():
        yield Case(f"spelled-{name}", code, lambda rows=rows: with_rows(rows))  # type: ignore[misc]
        yield Case(
            f"spelled-{name}-large",
            SAFE if name == "cdata-end-alone" else code,
            lambda rows=rows: with_rows(rows + PADDING),  # type: ignore[misc]
            heavy=name not in ("attribute-twice", "type-escaped", "cell-in-a-comment"),
        )
    for name, (code, change) in LETTERINGS.items():
        yield Case(f"letters-{name}", code, lambda change=change: zipped(PARTS | {SHEET: change(LETTERS)}))  # type: ignore[misc]
    for name, (part, content) in OTHER_PARTS.items():
        for kind, (before, inside) in HARM.items():
            text = content.replace("?>\n", f"?>\n{before}", 1).replace("@", inside, 1)
            code = "doctype" if before else WHOLE
            yield Case(f"part-{kind}-{name}", code, lambda part=part, text=text: _related(part, text.encode()))  # type: ignore[misc]
    for name, (code, make) in FILES.items():
        yield Case(f"xml-{name}", code, make)


def _row(inside: str) -> str:
    return f'<row r="9">{inside}</row>'


ROWS = {
    "reference-escaped": (WHOLE, _row('<c r="&#65;9"><v>5</v></c>')),
    "value-escaped": (WHOLE, _row('<c r="A9"><v>&#49;&#x32;</v></c>')),
    "type-escaped": (WHOLE, _row('<c r="A9" t="s&#116;r"><v>x</v></c>')),
    "row-escaped": (WHOLE, '<row r="&#57;"><c r="A9"><v>5</v></c></row>'),
    "value-in-cdata": (WHOLE, _row('<c r="A9"><v><![CDATA[5]]></v></c>')),
    "value-around-a-comment": (WHOLE, _row('<c r="A9"><v>1<!-- x -->2</v></c>')),
    "value-around-an-instruction": (WHOLE, _row('<c r="A9"><v>1<?x y?>2</v></c>')),
    "formula-in-cdata": (WHOLE, _row('<c r="A9"><f><![CDATA[IF(B2<1,1,2)]]></f><v>2</v></c>')),
    "formula-around-a-comment": (WHOLE, _row('<c r="A9"><f>B2<!-- +9 -->+1</f><v>66001</v></c>')),
    "text-around-a-comment": (WHOLE, _row('<c r="A9" t="inlineStr"><is><t>a<!-- weg -->b</t></is></c>')),
    "text-around-cdata": (WHOLE, _row('<c r="A9" t="inlineStr"><is><t>a<![CDATA[<b>]]>c</t></is></c>')),
    "cell-in-a-comment": (WHOLE, _row('<!-- <c r="A9"><v>5</v></c> --><c r="A9"><v>6</v></c>')),
    "cell-in-cdata": (SAFE, _row('<![CDATA[<c r="A9"><v>5</v></c>]]><c r="A9"><v>6</v></c>')),
    "cell-in-an-instruction": (WHOLE, _row('<?x <c r="A9"><v>5</v></c> ?><c r="A9"><v>6</v></c>')),
    "row-in-a-comment": (WHOLE, '<!--<row r="9"><c r="A9"><v>5</v></c></row>--><row r="9"><c r="A9"><v>6</v></c></row>'),
    "comment-holds-cdata": (WHOLE, _row('<!-- <![CDATA[ --><c r="A9"><v>6</v></c><!-- ]]> -->')),
    "cdata-holds-a-comment": (WHOLE, _row('<c r="A9" t="str"><v><![CDATA[<!--]]></v></c><c r="B9"><v>6</v></c><!-- -->')),
    "end-in-a-comment": (WHOLE, _row('<c r="A9"><v>6</v><!-- </c></row></sheetData> --></c>')),
    "attribute-with-end-of-tag": (WHOLE, _row('<c r="A9" x="a>b"><v>5</v></c>')),
    "attribute-like-empty-tag": (WHOLE, _row('<c r="A9" x="/>"><v>5</v></c>')),
    "attribute-like-a-cell": (WHOLE, _row("<c r='A9' x='r=\"B9\" t=\"s\"'><v>5</v></c>")),
    "attribute-in-tabs": (WHOLE, '<row\n\tr\n=\n"9"\t><c\r\n r\t=\n"A9"\n><v\n>5</v\t></c\n></row >'),
    "attribute-twice": ("damaged-xml", _row('<c r="A9" r="B9"><v>5</v></c>')),
    "attribute-without-quotes": ("damaged-xml", _row("<c r=A9><v>5</v></c>")),
    "attribute-without-value": ("damaged-xml", _row('<c r="A9" x><v>5</v></c>')),
    "attribute-with-less-than": ("damaged-xml", _row('<c r="A9" x="<"><v>5</v></c>')),
    "attribute-other-case": (SAFE, _row('<c R="A9" T="s"><V>0</V></c>')),
    "element-other-case": (SAFE, '<ROW r="9"><C r="A9"><V>5</V></C></ROW>'),
    "attribute-of-another-namespace": (WHOLE, _row('<c r="A9" xmlns:o="urn:o" o:r="B9" o:t="s" o:s="77"><v>5</v></c>')),
    "cell-of-another-namespace": (SAFE, _row('<c r="A9"><v>5</v></c><o:c xmlns:o="urn:o" r="B9"><o:v>6</o:v></o:c>')),
    "value-of-another-namespace": (SAFE, _row('<c r="A9"><o:v xmlns:o="urn:o">7</o:v><v>5</v></c>')),
    "row-of-another-namespace": (SAFE, '<row xmlns="urn:o" r="9"><c r="A9"><v>5</v></c></row>'),
    "prefix-for-one-cell": (WHOLE, _row(f'<m:c xmlns:m="{MAIN}" r="A9"><m:v>5</m:v></m:c>')),
    "prefix-not-declared": ("damaged-xml", _row('<q:c r="A9"><q:v>5</q:v></q:c>')),
    "cell-extension": (WHOLE, _row('<c r="A9"><v>5</v><extLst><ext uri="{x}"><v>7</v></ext></extLst></c>')),
    "space-in-value": (WHOLE, _row('<c r="A9"><v xml:space="preserve">\n 5 \t</v></c>')),
    "text-in-lines": (WHOLE, _row('<c r="A9" t="inlineStr"><is><t>a\r\nb\rc\td</t></is></c>')),
    "inline-and-value": (SAFE, _row('<c r="A9" t="inlineStr"><v>5</v><is><t>x</t></is></c>')),
    "inline-without-text": (WHOLE, _row('<c r="A9" t="inlineStr"><is/></c>')),
    "inline-with-phonetics": (WHOLE, _row('<c r="A9" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>WEG</t></rPh></is></c>')),
    "included": (WHOLE, _row('<c r="A9" t="inlineStr"><is><t>x</t><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></is></c>')),
    "stylesheet-of-the-net": (WHOLE, '<?xml-stylesheet href="http://example.invalid/x.xsl"?>' + _row('<c r="A9"><v>5</v></c>')),
    "end-tags-crossed": ("damaged-xml", _row('<c r="A9"><v>5</c></v>')),
    "end-tag-missing": ("damaged-xml", _row('<c r="A9"><v>5</v>')),
    "end-tag-too-many": ("damaged-xml", _row('<c r="A9"><v>5</v></c></c>')),
    "comment-with-dashes": ("damaged-xml", _row('<c r="A9"><v>5</v></c><!-- a -- b -->')),
    "comment-not-closed": ("damaged-xml", _row('<c r="A9"><v>5</v></c><!-- ')),
    "cdata-not-closed": ("damaged-xml", _row('<c r="A9"><v><![CDATA[5</v></c>')),
    "cdata-end-alone": (SAFE, _row('<c r="A9" t="str"><v>a]]>b</v></c>')),
    "declaration-inside": ("damaged-xml", _row('<?xml version="1.0"?><c r="A9"><v>5</v></c>')),
    "reference-in-reference": (WHOLE, _row('<c r="A9" t="str"><v>&amp;lt;&amp;#65;</v></c>')),
}  # fmt: skip


def _said(text: str, encoding: str) -> str:
    return text.replace("UTF-8", encoding)


LETTERINGS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "utf7": ("damaged", lambda text: _said(text, "UTF-7").replace("Posten", "+AFA-osten").encode()),
    "utf32": ("damaged", lambda text: _said(text, "UTF-32").encode("utf-32")),
    "utf32-be-without-mark": ("damaged", lambda text: text.encode("utf-32-be")),
    "utf32-le-without-mark": ("damaged", lambda text: text.encode("utf-32-le")),
    "ebcdic": ("damaged", lambda text: _said(text, "cp037").encode("cp037")),
    "ebcdic-named-only": ("damaged", lambda text: _said(text, "cp037").encode()),
    "utf16-le-without-mark": (WHOLE, lambda text: _said(text, "UTF-16").encode("utf-16-le")),
    "utf16-be-without-mark": (WHOLE, lambda text: _said(text, "UTF-16").encode("utf-16-be")),
    "utf16-called-utf8": (SAFE, lambda text: text.encode("utf-16")),
    "utf16-odd-length": ("damaged", lambda text: _said(text, "UTF-16").encode("utf-16") + b"\0"),
    "utf16-lone-surrogate": ("damaged", lambda text: _said(text, "UTF-16").replace("Posten", "\ud800").encode("utf-16", "surrogatepass")),
    "utf16-wrong-order": ("damaged-xml", lambda text: b"\xff\xfe" + text.encode("utf-16-be")),
    "utf8-called-utf16": ("damaged", lambda text: _said(text, "UTF-16").encode()),
    "utf8-mark-called-utf16": (SAFE, lambda text: b"\xef\xbb\xbf" + _said(text, "UTF-16").encode()),
    "utf8-mark-twice": (SAFE, lambda text: b"\xef\xbb\xbf" * 2 + text.encode()),
    "utf8-mark-in-the-middle": (WHOLE, lambda text: text.replace("Posten", "\ufeffPosten").encode()),
    "utf8-overlong": ("damaged", lambda text: text.encode().replace(b"Posten 1", b"\xc1\x90osten 1")),
    "utf8-beyond-unicode": ("damaged", lambda text: text.encode().replace(b"Posten 1", b"\xf5\x80\x80\x80")),
    "utf8-cut": ("damaged", lambda text: text.encode().replace(b"Posten 1", b"\xc3")),
    "utf8-spelled-utf8": (WHOLE, lambda text: _said(text, "utf8").encode()),
    "utf8-lower-case": (WHOLE, lambda text: _said(text, "utf-8").encode()),
    "ascii": (WHOLE, lambda text: _said(text, "US-ASCII").encode()),
    "encoding-unknown": ("damaged", lambda text: _said(text, "x-quatsch").encode()),
    "encoding-of-python": ("damaged", lambda text: _said(text, "zip").encode()),
    "encoding-rot13": ("damaged", lambda text: _said(text, "rot13").encode()),
    "encoding-escape": ("damaged", lambda text: _said(text, "unicode_escape").encode()),
    "encoding-very-long": (SAFE, lambda text: _said(text, "x" * 100_000).encode()),
    "shift-jis": ("damaged", lambda text: _said(text, "Shift_JIS").replace("Posten", "\u8868").encode("shift-jis")),
    "gb18030": ("damaged", lambda text: _said(text, "GB18030").replace("Posten", "\u8868").encode("gb18030")),
    "xml-1.1": (SAFE, lambda text: text.replace('version="1.0"', 'version="1.1"').encode()),
    "xml-2.0": (SAFE, lambda text: text.replace('version="1.0"', 'version="2.0"').encode()),
    "not-characters": ("damaged-xml", lambda text: text.replace("Posten", "\uffff").encode()),
    "line-before-declaration": ("damaged-xml", lambda text: ("\n" + text).encode()),
    "text-behind-the-root": ("damaged-xml", lambda text: (text + "Hallo").encode()),
    "two-roots": ("damaged-xml", lambda text: (text + "<a/>").encode()),
    "nuls-behind": ("damaged", lambda text: text.encode() + b"\0" * 100),
    "two-lists-of-cells": ("cell-twice", lambda text: text.replace("</sheetData>", '</sheetData><sheetData><row r="20"><c><v>1</v></c></row></sheetData>').encode()),
    "empty-list-of-cells-before": ("cell-twice", lambda text: text.replace("<sheetData>", "<sheetData/><sheetData>").encode()),
    "root-without-namespace": (SAFE, lambda text: text.replace(f' xmlns="{MAIN}"', "").encode()),
    "root-of-another-namespace": ("wrong-part", lambda text: text.replace(MAIN, "urn:schemas-microsoft-com:office:spreadsheet").encode()),
    "namespace-other-case": (SAFE, lambda text: text.replace(MAIN, MAIN.upper()).encode()),
    "namespace-escaped": (WHOLE, lambda text: text.replace(MAIN, MAIN.replace("main", "&#109;ain")).encode()),
    "namespaces-5000": ("xml-attributes", lambda text: text.replace("<sheetData>", "<sheetData " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(5000)) + ">").encode()),
    "name-of-a-megabyte": (SAFE, lambda text: text.replace("<sheetData>", f"<{'a' * 1_000_000}/><sheetData>").encode()),
    "attribute-name-of-a-megabyte": (SAFE, lambda text: text.replace("<sheetData>", f'<sheetData {"a" * 1_000_000}="1">').encode()),
    "attribute-of-10-mb": ("xml-attributes", lambda text: text.replace("<sheetData>", f'<sheetData a="{"x" * 10_000_000}">').encode()),
    "attributes-100000": ("xml-attributes", lambda text: text.replace("<sheetData>", "<sheetData " + " ".join(f'a{n}="1"' for n in range(100_000)) + ">").encode()),
    "doctype-in-utf16-without-mark": ("doctype", lambda text: _said(text, "UTF-16").replace("<worksheet", DTD + "<worksheet").encode("utf-16-be")),
    "doctype-in-latin1": ("doctype", lambda text: _said(text, "ISO-8859-1").replace("<worksheet", DTD + "<worksheet").encode("latin-1")),
    "doctype-behind-a-comment": ("doctype", lambda text: text.replace("<worksheet", "<!-- <x -->" + DTD + "<worksheet").encode()),
    "doctype-after-a-mark": ("doctype", lambda text: b"\xef\xbb\xbf" + text.replace("<worksheet", DTD + "<worksheet").encode()),
    "doctype-in-a-comment": (WHOLE, lambda text: text.replace("<worksheet", f"<!-- {DTD.replace('--', '')} --><worksheet").encode()),
    "doctype-in-cdata": (WHOLE, lambda text: text.replace("Posten 1", "<![CDATA[<!DOCTYPE a>]]>").encode()),
    "doctype-in-text": (WHOLE, lambda text: text.replace("Posten 1", "&lt;!DOCTYPE a&gt;").encode()),
    "doctype-behind-the-root": (SAFE, lambda text: (text + "<!DOCTYPE a>").encode()),
    "doctype-of-100000-entities": ("doctype", lambda text: text.replace("<worksheet", "<!DOCTYPE a [" + "".join(f'<!ENTITY e{n} "x">' for n in range(100_000)) + "]><worksheet").encode()),
    "entity-of-10-mb-100-times": ("doctype", lambda text: text.replace("<worksheet", f'<!DOCTYPE a [<!ENTITY e "{"x" * 1_000_000}">]><worksheet').replace("Posten 1", "&e;" * 100).encode()),
    "parameter-entity": ("doctype", lambda text: text.replace("<worksheet", '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.invalid/x.dtd"> %p;]><worksheet').encode()),
}  # fmt: skip

HARM = {
    "dtd": ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "&x;"),
    "laughs": ('<!DOCTYPE a [<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)) + "]>", "&e9;"),
    "plain": ("", ""),
}  # fmt: skip
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
OTHER_PARTS = {
    "core": ("docProps/core.xml", f"{HEAD}<coreProperties>@</coreProperties>"),
    "custom-properties": ("docProps/custom.xml", f"{HEAD}<Properties>@</Properties>"),
    "custom-xml": ("customXml/item1.xml", f"{HEAD}<daten>@</daten>"),
    "custom-xml-properties": ("customXml/itemProps1.xml", f"{HEAD}<datastoreItem>@</datastoreItem>"),
    "vml": ("xl/drawings/vmlDrawing1.vml", '<?xml version="1.0"?>\n<xml>@</xml>'),
    "drawing": ("xl/drawings/drawing1.xml", f'{HEAD}<wsDr xmlns="{_DRAWING}/spreadsheetDrawing">@</wsDr>'),
    "drawing-relations": ("xl/drawings/_rels/drawing1.xml.rels", f"{HEAD}<Relationships>@</Relationships>"),
    "chart": ("xl/charts/chart1.xml", f'{HEAD}<chartSpace xmlns="{_DRAWING}/chart">@</chartSpace>'),
    "pivot-table": ("xl/pivotTables/pivotTable1.xml", f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="P">@<location ref="A20:B22"/></pivotTableDefinition>'),
    "pivot-cache": ("xl/pivotCache/pivotCacheDefinition1.xml", f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}">@</pivotCacheDefinition>'),
    "pivot-records": ("xl/pivotCache/pivotCacheRecords1.xml", f'{HEAD}<pivotCacheRecords xmlns="{MAIN}">@</pivotCacheRecords>'),
    "threaded-comments": ("xl/threadedComments/threadedComment1.xml", f"{HEAD}<ThreadedComments>@</ThreadedComments>"),
    "persons": ("xl/persons/person.xml", f"{HEAD}<personList>@</personList>"),
    "calc-chain": ("xl/calcChain.xml", f'{HEAD}<calcChain xmlns="{MAIN}">@<c r="A9" i="1"/></calcChain>'),
    "connections": ("xl/connections.xml", f'{HEAD}<connections xmlns="{MAIN}">@</connections>'),
    "metadata": ("xl/metadata.xml", f'{HEAD}<metadata xmlns="{MAIN}">@</metadata>'),
    "printer": ("xl/printerSettings/x.xml", f"{HEAD}<a>@</a>"),
    "upper-case-ending": ("xl/theme/THEME9.XML", f"{HEAD}<a>@</a>"),
}  # fmt: skip


def _related(part: str, content: bytes) -> bytes:
    """That part in a workbook whose sheet refers to it where it may."""
    kinds = {"pivotTables": "pivotTable", "drawings": "drawing", "threadedComments": "threadedComment"}
    kind = next((kind for folder, kind in kinds.items() if f"/{folder}/" in part and "_rels" not in part), "")
    if part.endswith(".vml"):
        kind = "vmlDrawing"
    if not kind:
        return zipped(ALL | {part: content})
    rels = ALL["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    row = relation("rId9", kind, "/" + part)
    added = rels.replace("</Relationships>", row + "</Relationships>").encode()
    return zipped(ALL | {part: content, "xl/worksheets/_rels/sheet1.xml.rels": added})


def _moved(part: str, to: str) -> bytes:
    """A workbook whose part lies under another name, with a DTD in it."""
    content = ALL[part].decode().replace("?>\n", f"?>\n{DTD}", 1).encode()
    found = {name: text for name, text in ALL.items() if name != part} | {to: content}
    base, new = part.removeprefix("xl/").encode(), to.removeprefix("xl/").encode()
    return zipped({name: text.replace(base, new) for name, text in found.items()})


FILES = {
    "dtd-in-a-sheet-of-another-ending": ("doctype", lambda: _moved(SHEET, "xl/worksheets/sheet1.dat")),
    "dtd-in-a-sheet-without-ending": ("doctype", lambda: _moved(SHEET, "xl/worksheets/sheet1")),
    "dtd-in-strings-of-another-ending": ("doctype", lambda: _moved(STRINGS, "xl/sharedStrings.bin")),
    "dtd-in-styles-of-another-ending": ("doctype", lambda: _moved("xl/styles.xml", "xl/styles.css")),
    "dtd-in-comments-of-another-ending": ("doctype", lambda: _moved("xl/comments1.xml", "xl/comments1.txt")),
    "dtd-in-a-table-of-another-ending": ("doctype", lambda: _moved("xl/tables/table1.xml", "xl/tables/table1.jpg")),
    "sheet-of-another-ending": (WHOLE, lambda: zipped({name.replace("sheet1.xml", "sheet1.dat") if name == SHEET else name: text.replace(b"sheet1.xml", b"sheet1.dat") for name, text in PARTS.items()})),
    "deep-in-a-sheet-of-another-ending": ("xml-too-deep", lambda: zipped({name.replace("sheet1.xml", "sheet1.dat") if name == SHEET else name: text.replace(b"sheet1.xml", b"sheet1.dat").replace(b"</worksheet>", b"<a>" * 3000 + b"</a>" * 3000 + b"</worksheet>") for name, text in PARTS.items()})),
    "strings-deep": ("xml-too-deep", lambda: with_parts("", {STRINGS: ("sharedStrings", f'{HEAD}<sst xmlns="{MAIN}">' + "<si>" * 100_000 + "</si>" * 100_000 + "</sst>")})),
    "strings-in-cdata": (WHOLE, lambda: _strings("<si><t><![CDATA[a<b]]></t></si>")),
    "strings-with-a-comment": (WHOLE, lambda: _strings("<si><t>a<!-- <si><t>weg</t></si> -->b</t></si>")),
    "strings-prefixed": (WHOLE, lambda: with_parts('<row r="9"><c r="A9" t="s"><v>0</v></c></row>', {STRINGS: ("sharedStrings", f'{HEAD}<x:sst xmlns:x="{MAIN}"><x:si><x:t>Hallo</x:t></x:si></x:sst>')})),
    "strings-with-phonetics": (WHOLE, lambda: _strings("<si><t>a</t><rPh sb='0' eb='1'><t>WEG</t></rPh></si>")),
    "strings-empty-ones": (WHOLE, lambda: _strings("<si/>")),
    "strings-of-100000-runs": (WHOLE, lambda: _strings("<si>" + "<r><rPr><b/></rPr><t>x</t></r>" * 100_000 + "</si>")),
    "strings-of-10-mb": (WHOLE, lambda: _strings("<si><t>" + "x" * 10_000_000 + "</t></si>")),
    "strings-damaged-behind-the-first": ("damaged-xml", lambda: _strings("<si><t>a</t></si>" * 30_000 + "<si><t>b</si>")),
    "book-prefixed-otherwise": (WHOLE, lambda: zipped(PARTS | {BOOK: f'{HEAD}<b:workbook xmlns:b="{MAIN}" xmlns:q="{RELATIONS}"><b:sheets><b:sheet name="A" sheetId="1" q:id="rId1"/></b:sheets></b:workbook>'.encode()})),
    "book-with-id-of-another-namespace": (WHOLE, lambda: zipped(PARTS | {BOOK: PARTS[BOOK].replace(b'r:id="rId1"', b'xmlns:o="urn:o" o:id="rId9" r:id="rId1"')})),
    "book-of-another-namespace": ("wrong-part", lambda: zipped(PARTS | {BOOK: PARTS[BOOK].replace(MAIN.encode(), b"urn:x")})),
    "book-alternate-sheets": (SAFE, lambda: zipped(PARTS | {BOOK: PARTS[BOOK].replace(b"<sheets>", b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x"><sheets/></mc:Choice></mc:AlternateContent><sheets>')})),
    "relations-prefixed": (WHOLE, lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"<Relationship", b"<p:Relationship").replace(b"</Relationship", b"</p:Relationship").replace(b"xmlns=", b"xmlns:p=")})),
    "relations-in-a-comment": (WHOLE, lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"<Relationship ", b'<!--<Relationship Id="rId1" Target="x.xml"/>--><Relationship ')})),
    "relations-escaped": (WHOLE, lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"sheet1.xml", b"&#115;heet1.xml")})),
    "types-other-case": (WHOLE, lambda: zipped({name.lower() if name == TYPES_PART else name: text for name, text in PARTS.items()})),
    "types-prefixed": (WHOLE, lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b"xmlns=", b"xmlns:t=").replace(b"<Types", b"<t:Types").replace(b"</Types", b"</t:Types").replace(b"<Default", b"<t:Default").replace(b"<Override", b"<t:Override")})),
    "types-in-a-comment-only": ("no-workbook", lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b"<Override", b"<!--<Override", 1).replace(b"</Types>", b"--></Types>")})),
    "types-macros-escaped": ("macros-as-xlsx", lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macro&#69;nabled.main+xml")})),
    "types-default-only": (WHOLE, lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b'Extension="xml" ContentType="application/xml"', b'Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"').split(b"<Override")[0] + b"</Types>"})),
    "types-twice-for-one-part": (SAFE, lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b"</Types>", b'<Override PartName="/xl/workbook.xml" ContentType="application/xml"/></Types>')})),
    "types-of-a-binary-part-too": (WHOLE, lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>')})),
    "types-in-utf16-macros": ("macros-as-xlsx", lambda: zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].decode().replace("UTF-8", "UTF-16").replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml").encode("utf-16")})),
    "types-with-a-number-beyond": ("damaged-xml", lambda: _typed("&#99999999999;")),
    "types-with-a-number-of-5000-digits": ("damaged-xml", lambda: _typed(f"&#{'9' * 5000};")),
    "types-with-a-surrogate": ("damaged-xml", lambda: _typed("&#xD800;")),
    "types-with-a-foreign-prefix": ("damaged-xml", lambda: _typed("<x:a/>")),
    "types-say-code-of-a-picture": ("macros-as-xlsx", lambda: _typed('<Override PartName="/xl/media/image1.png" ContentType="application/vnd.ms-office.vbaProject"/>')),
    "types-say-macro-sheet": ("macros-as-xlsx", lambda: _typed('<Override PartName="/xl/macrosheets/sheet1.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>')),
    "relations-with-a-foreign-prefix": ("damaged-xml", lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"</Rel", b"<x:a/></Rel")})),
    "relations-one-id-for-two-parts": ("sheets-unreadable", lambda: _also(BOOK_RELS, relation("rId1", "worksheet", "worksheets/sheet2.xml"), "xl/worksheets/sheet2.xml")),
    "relations-one-id-twice": (WHOLE, lambda: _also(BOOK_RELS, relation("rId1", "worksheet", "/xl/worksheets/sheet1.xml"), "xl/media/x.png")),
    "relations-of-two-workbooks": ("wrong-part", lambda: _also(ROOT_RELS, relation("rId9", "officeDocument", "xl/book2.xml"), "xl/book2.xml")),
    "relations-of-two-lists-of-texts": ("wrong-part", lambda: _also(BOOK_RELS, relation("rId8", "sharedStrings", "a.xml") + relation("rId9", "sharedStrings", "b.xml"), "xl/a.xml", "xl/b.xml")),
    "relations-of-two-lists-of-styles": ("wrong-part", lambda: _also(BOOK_RELS, relation("rId8", "styles", "a.xml") + relation("rId9", "styles", "b.xml"), "xl/a.xml", "xl/b.xml")),
    "styles-are-html": ("wrong-part", lambda: _html("styles")),
    "strings-are-html": ("wrong-part", lambda: _html("sharedStrings")),
    "macros-related-under-xlsx": ("macros-as-xlsx", lambda: zipped(PARTS | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 600, BOOK_RELS: relationships(("rId1", "worksheet", "worksheets/sheet1.xml")).replace(b"</Relationships>", b'<Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')})),
    "strings-external": ("string-missing", lambda: _external(BOOK_RELS, "sharedStrings", "http://example.invalid/s.xml", '<row r="9"><c r="A9" t="s"><v>0</v></c></row>')),
    "strings-from-a-share": ("string-missing", lambda: _external(BOOK_RELS, "sharedStrings", "\\\\example.invalid\\x\\s.xml", '<row r="9"><c r="A9" t="s"><v>0</v></c></row>', mode="Internal")),
    "strings-from-a-file": ("string-missing", lambda: _external(BOOK_RELS, "sharedStrings", "file:///etc/passwd", '<row r="9"><c r="A9" t="s"><v>0</v></c></row>', mode="Internal")),
    "styles-external": (WHOLE, lambda: _external(BOOK_RELS, "styles", "http://example.invalid/s.xml", "")),
    "workbook-external": ("part-missing", lambda: zipped(PARTS | {ROOT_RELS: PARTS[ROOT_RELS].replace(b'Target="xl/workbook.xml"', b'Target="http://example.invalid/w.xml" TargetMode="External"')})),
    "sheet-target-with-fragment": (SAFE, lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"sheet1.xml", b"sheet1.xml#A1")})),
    "sheet-target-with-query": (SAFE, lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"sheet1.xml", b"sheet1.xml?x=1")})),
    "sheet-target-of-100000-dots": (SAFE, lambda: zipped(PARTS | {BOOK_RELS: PARTS[BOOK_RELS].replace(b"worksheets/", b"../" * 100_000 + b"xl/worksheets/")})),
    "table-circle": (SAFE, lambda: zipped(ALL | {"xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "table", "../worksheets/sheet1.xml"))})),
    "drawing-circle": (WHOLE, lambda: zipped(ALL | {"xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "drawing", "sheet1.xml")), "xl/worksheets/_rels/sheet1.xml.rels.rels": b"<Relationships/>"})),
}  # fmt: skip


def _strings(inside: str) -> bytes:
    text = f'{HEAD}<sst xmlns="{MAIN}">{inside}</sst>'
    return with_parts('<row r="9"><c r="A9" t="s"><v>0</v></c></row>', {STRINGS: ("sharedStrings", text)})


def _external(part: str, kind: str, target: str, rows: str, mode: str = "External") -> bytes:
    found = parts(sheet(f"<sheetData>{TABLE}{rows}</sheetData>"))
    row = f'<Relationship Id="rId7" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return zipped(found | {part: found[part].replace(b"</Relationships>", row.encode() + b"</Relationships>")})


def _typed(inside: str) -> bytes:
    """With this, too, in the list of types."""
    return zipped(PARTS | {TYPES_PART: PARTS[TYPES_PART].replace(b"</Types>", f"{inside}</Types>".encode())})


def _also(part: str, rows: str, *targets: str) -> bytes:
    """With these relationships, too, and the parts they point at."""
    return zipped(
        PARTS | {part: PARTS[part].replace(b"</Rel", f"{rows}</Rel".encode())} | dict.fromkeys(targets, PARTS[BOOK])
    )


def _html(kind: str) -> bytes:
    """The server's page instead of the part."""
    return with_parts("", {f"xl/{kind}.xml": (kind, "<html><body>404</body></html>")})
