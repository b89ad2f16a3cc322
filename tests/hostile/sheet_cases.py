"""What may stand in a sheet that no sane program writes, and what is odd and right."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace

from tests.hostile.case import PARTLY, SAFE, WHOLE, Case, Cases
from tests.ooxml.building import HEAD, MAIN, parts, relationships, sheet, zipped

TABLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Maßnahme</t></is></c><c r="B1"><v>2022</v></c><c r="C1"><v>2023</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Beratung</t></is></c><c r="B2"><v>66000</v></c><c r="C2"><v>67000</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Sprachkurse</t></is></c><c r="B3"><v>12000</v></c><c r="C3"><v>12500</v></c></row>'
)
STRINGS = "xl/sharedStrings.xml"


HEAVY = frozenset(
    ("rows-300000", "blank-styled-300000", "styles-64000-used", "formula-arguments-20000", "circle-of-20000")
)


def cases() -> Cases:
    """All of this group."""
    for case in _cases():
        yield replace(case, heavy=case.name in HEAVY)


def _cases() -> Cases:
    yield from _references()
    yield from _order()
    yield from _merges()
    yield from _indexes()
    yield from _numbers()
    yield from _styles()
    yield from _formulas()
    yield from _texts()
    yield from _odd_and_right()


def with_rows(rows: str, before: str = "", after: str = "", **more: bytes) -> bytes:
    """A workbook whose sheet has a small table and these rows below."""
    return zipped(parts(sheet(f"{before}<sheetData>{TABLE}{rows}</sheetData>{after}")) | more)


def cell(inside: str, place: str = "A9") -> bytes:
    """With one more cell: its attributes and content."""
    return with_rows(f'<row r="9"><c r="{place}"{inside}</c></row>')


def with_parts(rows: str, extra: Mapping[str, tuple[str, str]]) -> bytes:
    """With further parts of the workbook: path -> (kind, content)."""
    listed = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    listed += [(f"rId{n}", kind, path.removeprefix("xl/")) for n, (path, (kind, _c)) in enumerate(extra.items(), 2)]
    content = {path: text.encode() for path, (_k, text) in extra.items()}
    return with_rows(rows, **content, **{"xl/_rels/workbook.xml.rels": relationships(*listed)})


def _references() -> Cases:
    for name, place, code in (
        ("column-xfe", "XFE9", "off-grid"),
        ("column-zzz", "ZZZ9", "off-grid"),
        ("column-long", "AAAAAAAAAA9", "off-grid"),
        ("row-zero", "A0", "off-grid"),
        ("row-1048577", "A1048577", "off-grid"),
        ("row-of-20-digits", "A99999999999999999999", "off-grid"),
        ("row-of-5000-digits", "A" + "9" * 5000, "damaged-xml"),
        ("negative", "A-1", "bad-reference"),
        ("empty", "", "bad-reference"),
        ("only-a-column", "A", "bad-reference"),
        ("only-a-row", "9", "bad-reference"),
        ("an-area", "A9:B9", "bad-reference"),
        ("r1c1", "R9C1", "bad-reference"),
        ("another-sheet", "Blatt!A9", "bad-reference"),
        ("other-digits", "A\N{ARABIC-INDIC DIGIT NINE}", "bad-reference"),
        ("spaces", " A9 ", WHOLE),
        ("lower-case", "a9", WHOLE),
        ("dollars", "$A$9", WHOLE),
        ("last-cell", "XFD1048576", WHOLE),
    ):
        row = "1048576" if place.startswith("XFD") else "9"
        yield Case(
            f"reference-{name}",
            code,
            lambda place=place, row=row: with_rows(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'),  # type: ignore[misc]
        )
    for name, number, code in (
        ("zero", "0", "off-grid"),
        ("negative", "-5", "off-grid"),
        ("too-large", "1048577", "off-grid"),
        ("huge", "9" * 30, "off-grid"),
        ("no-number", "neun", "off-grid"),
        ("a-fraction", "9.5", "off-grid"),
        ("empty", "", "off-grid"),
    ):
        yield Case(f"row-{name}", code, lambda number=number: with_rows(f'<row r="{number}"><c><v>1</v></c></row>'))  # type: ignore[misc]
    yield Case("row-and-cell-disagree", SAFE, lambda: with_rows('<row r="9"><c r="A10"><v>1</v></c></row>'))
    yield Case("corners", WHOLE, lambda: with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    yield Case(
        "diagonal",
        WHOLE,
        lambda: with_rows("".join(f'<row r="{n * 65}"><c r="A{n * 65}"><v>1</v></c></row>' for n in range(1, 16_000))),
    )
    yield Case(
        "scattered",
        WHOLE,
        lambda: with_rows(
            "".join(f'<row r="{n * 10_000}"><c r="XFD{n * 10_000}"><v>1</v></c></row>' for n in range(1, 100))
        ),
    )
    yield Case("dimension-lies", WHOLE, lambda: with_rows("", before='<dimension ref="A1:XFD1048576"/>'))
    yield Case("dimension-nonsense", WHOLE, lambda: with_rows("", before='<dimension ref="Quatsch"/>'))
    yield Case(
        "columns-beyond", WHOLE, lambda: with_rows("", before='<cols><col min="1" max="99999999" hidden="1"/></cols>')
    )
    yield Case(
        "columns-many",
        SAFE,
        lambda: with_rows("", before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 3000 + "</cols>"),
    )
    yield Case("too-wide-by-position", "off-grid", lambda: with_rows("<row>" + "<c><v>1</v></c>" * 16_385 + "</row>"))
    yield Case("widest-row", WHOLE, lambda: with_rows("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"))


def _order() -> Cases:
    one, two = '<c r="A9"><v>1</v></c>', '<c r="B9"><v>2</v></c>'
    yield Case("cell-twice", "cell-twice", lambda: with_rows(f'<row r="9">{one}{one}</row>'))
    yield Case(
        "cell-twice-with-other-value",
        "cell-twice",
        lambda: with_rows(f'<row r="9">{one}{one.replace("1<", "7<")}</row>'),
    )
    yield Case("row-twice-same-cell", "cell-twice", lambda: with_rows(f'<row r="9">{one}</row><row r="9">{one}</row>'))
    yield Case("row-twice-other-cells", SAFE, lambda: with_rows(f'<row r="9">{one}</row><row r="9">{two}</row>'))
    yield Case(
        "rows-backwards",
        SAFE,
        lambda: with_rows('<row r="12"><c r="A12"><v>1</v></c></row>' + f'<row r="9">{one}</row>'),
    )
    yield Case("cells-backwards", SAFE, lambda: with_rows(f'<row r="9">{two}{one}</row>'))
    yield Case(
        "two-sheet-data",
        SAFE,
        lambda: zipped(parts(sheet(f"<sheetData>{TABLE}</sheetData><sheetData>{TABLE}</sheetData>"))),
    )
    yield Case("row-in-row", SAFE, lambda: with_rows(f'<row r="9"><row r="10">{one}</row></row>'))
    yield Case("cell-outside-rows", SAFE, lambda: with_rows(one))
    texts = '<row r="9"><c r="A9" t="inlineStr"><is><t>a</t></is><is><t>b</t></is></c></row>'
    yield Case("cell-with-two-texts", "cell-twice", lambda: with_rows(texts))
    yield Case("cell-in-cell", "cell-twice", lambda: with_rows(f'<row r="9"><c r="A9">{two}</c></row>'))
    yield Case("two-values", "cell-twice", lambda: cell("><v>1</v><v>2</v>"))
    yield Case("two-formulas", "cell-twice", lambda: cell("><f>1</f><f>2</f><v>1</v>"))
    yield Case("value-before-formula", SAFE, lambda: cell("><v>1</v><f>1</f>"))
    yield Case("text-between-cells", SAFE, lambda: with_rows(f'<row r="9">Hallo{one}</row>'))
    yield Case("unknown-element", WHOLE, lambda: with_rows(f'<row r="9">{one}<unbekannt/></row>'))
    yield Case("no-sheet-data", WHOLE, lambda: zipped(parts(sheet(""))))
    yield Case("empty-sheet-data", WHOLE, lambda: zipped(parts(sheet("<sheetData/>"))))
    yield Case("wrong-root", "wrong-part", lambda: zipped(parts(f'{HEAD}<chart xmlns="{MAIN}"><sheetData/></chart>')))


def _merges() -> Cases:
    def merged(*areas: str) -> bytes:
        return with_rows(
            "", after="<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"
        )

    for name, ends in (
        ("letters", "A"),
        ("decimals", "1.0"),
        ("negative", "-1"),
        ("nothing", ""),
        ("billions", "9" * 30),
    ):
        text = f'<cols><col min="{ends}" max="{ends}" width="9"/></cols>'
        yield Case(f"columns-in-{name}", "bad-reference", lambda text=text: with_rows("", text))  # type: ignore[misc]
    yield Case("merge-whole-sheet", WHOLE, lambda: merged("A1:XFD1048576"))
    yield Case("merge-whole-columns", WHOLE, lambda: merged("A1:A1048576", "B1:C1048576"))
    yield Case("merge-whole-row", WHOLE, lambda: merged("A1:XFD1"))
    yield Case("merge-overlapping", SAFE, lambda: merged("A1:C3", "B2:D4"))
    yield Case("merge-out-of-range", PARTLY, lambda: merged("A1:XFE9"))
    yield Case("merge-nonsense", PARTLY, lambda: merged("Hallo", "", "A0:B0", "#REF!"))
    yield Case("merge-backwards", SAFE, lambda: merged("C3:A1"))
    yield Case("merge-one-cell", WHOLE, lambda: merged("A1:A1"))
    yield Case("merge-same-1000-times", SAFE, lambda: merged(*["A1:B2"] * 1000))
    yield Case("merges-50000", WHOLE, lambda: merged(*(f"A{n}:B{n}" for n in range(10, 50_010))))
    yield Case("merges-1000000", "too-many-merges", lambda: merged(*(f"A{n}:B{n}" for n in range(1, 1_000_001))))
    yield Case("merges-large-30000", WHOLE, lambda: merged(*["A1:XFD1048576"] * 30_000))


def _indexes() -> Cases:
    strings = f'{HEAD}<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>Hallo</t></si></sst>'
    for name, index, code in (
        ("first", "0", WHOLE),
        ("beyond", "1", "string-missing"),
        ("far-beyond", "4294967295", "string-missing"),
        ("negative", "-1", "string-missing"),
        ("a-fraction", "0.5", "string-missing"),
        ("a-text", "Hallo", "string-missing"),
        ("in-other-digits", "\N{ARABIC-INDIC DIGIT ZERO}", "string-missing"),
        ("of-5000-digits", "9" * 5000, "damaged-xml"),
        ("empty", "", WHOLE),
    ):
        row = f'<row r="9"><c r="A9" t="s"><v>{index}</v></c></row>'
        yield Case(f"string-{name}", code, lambda row=row: with_parts(row, {STRINGS: ("sharedStrings", strings)}))  # type: ignore[misc]
    yield Case("string-without-list", "string-missing", lambda: cell(' t="s"><v>0</v>'))
    count = strings.replace('count="1" uniqueCount="1"', 'count="99999999999" uniqueCount="-3"')
    yield Case("strings-count-lies", WHOLE, lambda: with_parts("", {STRINGS: ("sharedStrings", count)}))
    yield Case(
        "strings-200000",
        WHOLE,
        lambda: with_parts(
            "", {STRINGS: ("sharedStrings", strings.replace("</sst>", "<si><t>x</t></si>" * 200_000 + "</sst>"))}
        ),
    )
    yield Case(
        "string-of-runs",
        WHOLE,
        lambda: with_parts(
            '<row r="9"><c r="A9" t="s"><v>1</v></c></row>',
            {
                STRINGS: (
                    "sharedStrings",
                    strings.replace("</sst>", "<si>" + "<r><t>x</t></r>" * 30_000 + "</si></sst>"),
                )
            },
        ),
    )
    styles = f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>'
    for name, index, code in (
        ("first", "0", WHOLE),
        ("beyond", "1", "style-missing"),
        ("far-beyond", "4294967295", "style-missing"),
        ("not-said", "", WHOLE),
        ("negative", "-1", "style-missing"),
        ("a-text", "rot", "style-missing"),
        ("in-other-digits", "\N{ARABIC-INDIC DIGIT ZERO}", "style-missing"),
        ("of-5000-digits", "9" * 5000, "damaged-xml"),
    ):
        row = f'<row r="9"><c r="A9" s="{index}"><v>1</v></c></row>'
        yield Case(
            f"style-{name}", code, lambda row=row, styles=styles: with_parts(row, {"xl/styles.xml": ("styles", styles)})
        )  # type: ignore[misc]
    yield Case("style-without-list", WHOLE, lambda: cell(' s="5"><v>1</v>'))
    for name, words in (
        ("nothing-but-totals", "Summe A,Summe B,Gesamt"),
        ("totals-above-totals", "Gesamt,Summe,Mensa,Halle,Summe"),
    ):
        lines = "".join(
            f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{word}</t></is></c><c r="B{row}"><v>{row}</v></c><c r="C{row}"><v>300</v></c></row>'
            for row, word in enumerate(words.split(","), 12)
        )
        heads = '<row r="11"><c r="A11" t="inlineStr"><is><t>Maßnahme</t></is></c><c r="B11"><v>2025</v></c><c r="C11"><v>2026</v></c></row>'
        yield Case(f"table-of-{name}", WHOLE, lambda heads=heads, lines=lines: with_rows(heads + lines))  # type: ignore[misc]
    styled = '<row r="4"><c r="A4" t="inlineStr"><is><t>Mensa</t></is></c><c r="B4" s="{0}"><v>340.5</v></c><c r="C4" s="{0}"><v>12.345</v></c></row>'
    yield Case("style-without-list-in-a-table", WHOLE, lambda: with_rows(styled.format(7)))
    yield Case("style-without-list-far-beyond", "style-missing", lambda: with_rows(styled.format(4294967295)))
    for name, index in (("beyond", "99999"), ("negative", "-1"), ("text", "x"), ("digits", "9" * 5000)):
        shared = f'<row r="9"><c r="A9"><f t="shared" si="{index}"/><v>1</v></c></row>'
        yield Case(f"shared-formula-{name}", PARTLY, lambda shared=shared: with_rows(shared))  # type: ignore[misc]


def _numbers() -> Cases:
    for name, text, code in (
        ("text", "abc", PARTLY),
        ("nan", "NaN", PARTLY),
        ("inf", "INF", PARTLY),
        ("minus-infinity", "-Infinity", PARTLY),
        ("1e400", "1e400", PARTLY),
        ("minus-1e400", "-1E+400", PARTLY),
        ("german", "1.234,56", PARTLY),
        ("comma", "1,5", PARTLY),
        ("hexadecimal", "0x10", PARTLY),
        ("underscore", "1_000", PARTLY),
        ("two-signs", "--5", PARTLY),
        ("exponent-empty", "1e", PARTLY),
        ("exponent-huge", "1e99999999999", PARTLY),
        ("other-digits", "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}", PARTLY),
        ("a-formula", "=1+1", PARTLY),
        ("tiny", "1e-400", WHOLE),
        ("1e308", "1.7976931348623157E308", WHOLE),
        ("digits-16", "1234567890123456", WHOLE),
        ("digits-40", "1234567890123456789012345678901234567890", WHOLE),
        ("digits-10000", "1" * 300 + "." + "3" * 10_000, WHOLE),
        ("digits-100000", "9" * 100_000, PARTLY),
        ("zeros-100000", "0" * 100_000, WHOLE),
        ("exponent", "6.6E4", WHOLE),
        ("sum-of-binaries", "1.1000000000000001", WHOLE),
        ("minus-zero", "-0", WHOLE),
        ("plus", "+5", WHOLE),
        ("spaces", " 5 ", WHOLE),
        ("leading-zeros", "007", WHOLE),
        ("no-digit-before", ".5", WHOLE),
        ("no-digit-behind", "5.", WHOLE),
        ("empty", "", WHOLE),
    ):
        yield Case(f"number-{name}", code, lambda text=text: cell(f"><v>{text}</v>"))  # type: ignore[misc]
        if name in ("1e308", "digits-40", "tiny", "minus-zero", "digits-10000", "exponent"):
            row = TABLE.replace("<v>66000</v>", f"<v>{text}</v>")
            yield Case(f"amount-{name}", WHOLE, lambda row=row: zipped(parts(sheet(f"<sheetData>{row}</sheetData>"))))  # type: ignore[misc]
    for name, inside, code in (
        ("boolean-2", ' t="b"><v>2</v>', PARTLY),
        ("boolean-true", ' t="b"><v>true</v>', WHOLE),
        ("error-unknown", ' t="e"><v>#QUATSCH!</v>', WHOLE),
        ("date-iso", ' t="d"><v>2022-03-31</v>', WHOLE),
        ("date-impossible", ' t="d"><v>2022-02-31</v>', PARTLY),
        ("date-year-99999", ' t="d"><v>99999-01-01</v>', PARTLY),
        ("type-unknown", ' t="quatsch"><v>1</v>', PARTLY),
        ("type-empty", ' t=""><v>1</v>', PARTLY),
        ("date-before-all", ' s="1"><v>-5</v>', WHOLE),
        ("date-far-away", ' s="1"><v>99999999999</v>', WHOLE),
        ("date-of-30-digits", f' s="1"><v>{"9" * 30}</v>', WHOLE),
        ("date-1e308", ' s="1"><v>1e308</v>', WHOLE),
        ("date-of-300-decimals", f' s="1"><v>44197.{"3" * 300}</v>', WHOLE),
    ):
        styles = f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        row = f'<row r="9"><c r="A9"{inside}</c></row>'
        yield Case(
            f"value-{name}", code, lambda row=row, styles=styles: with_parts(row, {"xl/styles.xml": ("styles", styles)})
        )  # type: ignore[misc]
    years = TABLE.replace("<v>2022</v>", "<v>99999999999999999999</v>").replace("<v>2023</v>", "<v>-2023</v>")
    yield Case("years-impossible", WHOLE, lambda: zipped(parts(sheet(f"<sheetData>{years}</sheetData>"))))
    spans = TABLE.replace("<v>2022</v>", "<f/><v/>").replace(
        '<c r="C1"><v>2023</v></c>', '<c r="C1" t="inlineStr"><is><t>1 - 999999999999</t></is></c>'
    )
    yield Case("years-endless-span", WHOLE, lambda: zipped(parts(sheet(f"<sheetData>{spans}</sheetData>"))))
    span = TABLE.replace('<c r="C1"><v>2023</v></c>', '<c r="C1" t="inlineStr"><is><t>Summe 1900-9999</t></is></c>')
    yield Case("years-long-span", WHOLE, lambda: zipped(parts(sheet(f"<sheetData>{span}</sheetData>"))))


def _styles() -> Cases:
    def styled(count: int, code: str = "0", inside: str = "") -> bytes:
        formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n in range(count if inside else 1))
        text = f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{"<xf numFmtId=" + chr(34) + "164" + chr(34) + "/>"}{"<xf/>" * (count - 1)}</cellXfs></styleSheet>'
        return with_parts('<row r="9"><c r="A9" s="0"><v>1</v></c></row>', {"xl/styles.xml": ("styles", text)})

    yield Case("styles-64000", WHOLE, lambda: styled(64_000))
    yield Case("styles-64000-used", WHOLE, lambda: _all_used(64_000))
    yield Case("formats-20000", WHOLE, lambda: styled(20_000, inside="x"))
    for name, code in {
        "long": "0;" * 20_000,
        "brackets": "[" * 5000,
        "quotes": "&quot;" * 5001,
        "conditions": "[&gt;1]" * 3000 + "0",
        "commas": "0" + "," * 10_000,
        "decimals": "0." + "0" * 5000,
        "backslashes": "\\" * 4001,
        "literals": "[$" * 20_000 + "\\" * 20_000 + "&quot;" * 5001,
        "empty": "",
        "dates": "yyyy" * 2000,
        "stars": "_(* " * 3000,
        "fractions": "# ?/" + "?" * 3000,
    }.items():
        yield Case(f"format-{name}", WHOLE, lambda code=code: styled(1, code))  # type: ignore[misc]
    yield Case(
        "styles-empty", WHOLE, lambda: with_parts("", {"xl/styles.xml": ("styles", f'<styleSheet xmlns="{MAIN}"/>')})
    )
    yield Case(
        "styles-font-beyond",
        WHOLE,
        lambda: with_parts(
            "",
            {
                "xl/styles.xml": (
                    "styles",
                    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf fontId="999" borderId="-3" numFmtId="99999"/></cellXfs></styleSheet>',
                )
            },
        ),
    )
    yield Case(
        "indent-huge",
        WHOLE,
        lambda: with_parts(
            '<row r="9"><c r="A9" t="str"><v>x</v></c></row>',
            {
                "xl/styles.xml": (
                    "styles",
                    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf><alignment indent="99999999999"/></xf></cellXfs></styleSheet>',
                )
            },
        ),
    )
    rules = "".join(
        f'<conditionalFormatting sqref="A{n}"><cfRule type="expression" priority="{n}"><formula>A{n}&gt;1</formula></cfRule></conditionalFormatting>'
        for n in range(1, 20_000)
    )
    yield Case("conditional-formats-20000", WHOLE, lambda: with_rows("", after=rules))
    checks = "".join(
        f'<dataValidation type="list" sqref="A{n}"><formula1>"a,b"</formula1></dataValidation>'
        for n in range(1, 20_000)
    )
    yield Case("validations-20000", WHOLE, lambda: with_rows("", after=f"<dataValidations>{checks}</dataValidations>"))


def _all_used(count: int) -> bytes:
    rows = "".join(f'<row r="{n + 9}"><c r="A{n + 9}" s="{n}"><v>1</v></c></row>' for n in range(count))
    styles = f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * count}</cellXfs></styleSheet>'
    return with_parts(rows, {"xl/styles.xml": ("styles", styles)})


def _formulas() -> Cases:
    def formula(text: str, place: str = "A9") -> bytes:
        return cell(f"><f>{text}</f><v>1</v>", place)

    doubled = "".join(
        f'<row r="{row}"><c r="A{row}"><f>A{row - 1}&amp;A{row - 1}</f></c></row>' for row in range(10, 70)
    )
    yield Case(
        "formula-texts-that-double",
        WHOLE,
        lambda: with_rows(f'<row r="9"><c r="A9" t="str"><v>Kita und Schule</v></c></row>{doubled}'),
    )
    for name, text in {
        "itself": "A9",
        "nested-64": "IF(1," * 64 + "1" + ",0)" * 64,
        "nested-5000": "(" * 5000 + "1" + ")" * 5000,
        "functions-5000": "ABS(" * 5000 + "1" + ")" * 5000,
        "minus-5000": "-" * 5000 + "1",
        "minus-100000": "-" * 100_000 + "1",
        "percent-5000": "1" + "%" * 5000,
        "unclosed": "SUM(",
        "unclosed-5000": "SUM(" * 5000,
        "closed-5000": ")" * 5000,
        "quotes": "&quot;" * 5001,
        "apostrophes": "'" * 5001,
        "brackets": "[" * 5000,
        "brackets-closed": "[" * 2000 + "]" * 2000,
        "braces": "{" * 3000,
        "array-constant": "SUM({" + "1;" * 30_000 + "1})",
        "sum-of-30000": "+".join(["B2"] * 30_000),
        "text-of-100000": "&quot;" + "x" * 100_000 + "&quot;",
        "arguments-20000": "SUM(" + ",".join(["B2"] * 20_000) + ")",
        "whole-sheet": "SUM(A1:XFD1048576)",
        "below-and-beside": "SUM(B10:XFD1048576)",
        "rows-times-columns": "SUM(ROW(A10:A1048576)*COLUMN(B1:XFD1))",
        "products-of-rows-and-columns": "SUMPRODUCT((A10:A1048576=0)*(B1:XFD1=0))",
        "empty-cells": "COUNTBLANK(B10:XFD1048576)",
        "whole-columns": "SUM(B:XFD)",
        "whole-rows": "SUMPRODUCT((10:1048576=1)*(10:1048576=2))",
        "whole-sheet-3-times": "SUMIFS(1:1048576,1:1048576,1,1:1048576,2)",
        "beyond-the-grid": "XFE1+A1048577+A0",
        "ref": "#REF!+#REF!A1",
        "unknown-function": "_xlfn.QUATSCH(1)",
        "lambda": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x(_xlpm.x))(_xlfn.LAMBDA(_xlpm.x,_xlpm.x(_xlpm.x)))",
        "sequence": "_xlfn.SEQUENCE(1048576,16384)",
        "rept": "REPT(&quot;x&quot;,2000000000)",
        "rept-nested": "REPT(REPT(&quot;x&quot;,32767),32767)",
        "power": "9^9^9^9",
        "power-of-power": "(((10^300)^300)^300)^300",
        "factorial": "FACT(1000000)",
        "combinations": "COMBIN(1000000,500000)",
        "roman": "ROMAN(99999999)",
        "base": "BASE(9007199254740991,2,1000000)",
        "randbetween": "RANDBETWEEN(1,1E300)",
        "indirect": "INDIRECT(&quot;A&quot;&amp;1048577)",
        "indirect-itself": "INDIRECT(&quot;A9&quot;)",
        "offset": "SUM(OFFSET(A1,0,0,1048576,16384))",
        "webservice": "_xlfn.WEBSERVICE(&quot;http://example.invalid/&quot;)",
        "hyperlink": "HYPERLINK(&quot;file:///etc/passwd&quot;,&quot;x&quot;)",
        "dde": "cmd|'/c calc'!A0",
        "call": "CALL(&quot;kernel32&quot;,&quot;WinExec&quot;,&quot;JJJJJ&quot;,&quot;calc&quot;)",
        "other-workbook": "[1]Blatt!A1+[99999]Weg!B2+'C:\\[x.xlsx]A'!A1",
        "three-d": "SUM(Blatt:Weg!A1:B2)",
        "spill": "A1#+@B2",
        "intersection": "A1:B3 B2:C3 (A1,B2)",
        "date": "DATE(99999999,99999999,99999999)",
        "edate": "EDATE(1E300,1E300)",
        "edate-far": "EDATE(1,1E9)",
        "date-far": "DATE(1,1,1E9)",
        "text-format": "TEXT(1E300,&quot;[h]:mm:ss.000000000000&quot;)",
        "number-huge": "1" + "0" * 5000,
        "exponent-huge": "1E999999999",
        "control-characters": "&quot;a&#9;b&#10;c&quot;",
        "other-digits": "B\N{ARABIC-INDIC DIGIT TWO}+1",
        "superscript": "B²+1",
        "empty": "",
        "equals": "=1+1",
        "not-closed-sheet": "'Blatt!A1",
        "table": "Tabelle[[#This Row],[x]]+Tabelle[",
        "right-to-left": "SUM(\u202eB2:C3\u202c)",
        "newlines": "SUM(" + "\n" * 10_000 + "B2)",
        "spaces": " " * 30_000 + "B2",
        "colons": ":".join(["A1"] * 3000),
        "commas": "SUM(" + "," * 20_000 + ")",
        "ampersands": "&amp;".join(["A1"] * 5000),
        "comparisons": "=".join(["1"] * 5000),
        "choose": "CHOOSE(1E18,1,2)",
        "index": "INDEX(B2:C3,1E18,1E18)",
        "vlookup": "VLOOKUP(1,A:XFD,16385,0)",
        "large-rate": "RATE(1E9,1,1,1)",
        "irr": "IRR(B2:C3,-0.9999999999)",
    }.items():
        yield Case(f"formula-{name}", SAFE if name == "empty" else WHOLE, lambda text=text: formula(text))  # type: ignore[misc]

    yield Case(
        "circle-of-two",
        WHOLE,
        lambda: with_rows('<row r="9"><c r="A9"><f>B9</f><v>1</v></c><c r="B9"><f>A9</f><v>1</v></c></row>'),
    )
    yield Case("circle-of-20000", WHOLE, lambda: _chain(20_000, closed=True))
    yield Case("chain-of-20000", WHOLE, lambda: _chain(20_000))
    yield Case(
        "chain-upwards-20000",
        WHOLE,
        lambda: with_rows(
            "".join(f'<row r="{n}"><c r="A{n}"><f>A{n + 1}+1</f><v>1</v></c></row>' for n in range(9, 20_009))
        ),
    )
    yield Case(
        "fibonacci",
        WHOLE,
        lambda: with_rows(
            "".join(f'<row r="{n}"><c r="F{n}"><f>F{n - 1}+F{n - 2}</f><v>1</v></c></row>' for n in range(9, 3009))
        ),
    )
    yield Case(
        "growing-sums",
        WHOLE,
        lambda: with_rows(
            "".join(f'<row r="{n}"><c r="F{n}"><f>SUM(F$1:F{n - 1})</f><v>1</v></c></row>' for n in range(9, 5009))
        ),
    )
    yield Case(
        "whole-columns-1000-times",
        WHOLE,
        lambda: with_rows(
            "".join(
                f'<row r="{n}"><c r="F{n}"><f>SUM(A:C)+SUMIF(A:A,A{n},B:B)</f><v>1</v></c></row>'
                for n in range(9, 1009)
            )
        ),
    )
    yield Case(
        "whole-sheet-1000-times",
        WHOLE,
        lambda: with_rows(
            "".join(f'<row r="{n}"><c r="F{n}"><f>SUM(Blatt!$A$1:$XFD$8)</f><v>1</v></c></row>' for n in range(9, 1009))
        ),
    )
    yield Case(
        "doubling-texts",
        WHOLE,
        lambda: with_rows(
            '<row r="9"><c r="F9" t="str"><f>"xxxxxxxxxx"</f><v>x</v></c></row>'
            + "".join(
                f'<row r="{n}"><c r="F{n}" t="str"><f>F{n - 1}&amp;F{n - 1}</f><v>x</v></c></row>'
                for n in range(10, 60)
            )
        ),
    )
    yield Case(
        "doubling-numbers",
        WHOLE,
        lambda: with_rows(
            '<row r="9"><c r="F9"><v>2</v></c></row>'
            + "".join(f'<row r="{n}"><c r="F{n}"><f>F{n - 1}*F{n - 1}</f><v>2</v></c></row>' for n in range(10, 90))
        ),
    )
    yield Case("array-huge", WHOLE, lambda: cell(' ><f t="array" ref="A9:XFD1048576">B2:C3*2</f><v>1</v>'))
    yield Case("array-out-of-range", WHOLE, lambda: cell(' ><f t="array" ref="A9:XFE9">1</f><v>1</v>'))
    yield Case("array-nonsense", WHOLE, lambda: cell(' ><f t="array" ref="Hallo">1</f><v>1</v>'))
    yield Case("array-without-ref", WHOLE, lambda: cell(' ><f t="array">1</f><v>1</v>'))
    yield Case(
        "arrays-10000-huge",
        WHOLE,
        lambda: with_rows(
            "".join(
                f'<row r="{n}"><c r="F{n}"><f t="array" ref="F{n}:XFD1048576">1</f><v>1</v></c></row>'
                for n in range(9, 5009)
            )
        ),
    )
    yield Case(
        "data-table", WHOLE, lambda: cell(' ><f t="dataTable" ref="A9:B9" dt2D="1" r1="XFE1" r2="quatsch"/><v>1</v>')
    )
    yield Case("shared-huge", WHOLE, lambda: cell(' ><f t="shared" si="0" ref="A9:XFD1048576">B2+1</f><v>1</v>'))
    yield Case(
        "shared-off-the-grid",
        WHOLE,
        lambda: with_rows(
            '<row r="9"><c r="B9"><f t="shared" si="0" ref="B9:B10">A1</f><v>1</v></c></row><row r="10"><c r="A10"><f t="shared" si="0"/><v>1</v></c></row>'
        ),
    )
    yield Case(
        "shared-circle",
        WHOLE,
        lambda: with_rows(
            "".join(
                f'<row r="{n}"><c r="F{n}"><f t="shared" si="0"{" ref=" + chr(34) + "F9:F99" + chr(34) + ">F10" if n == 9 else ">"}</f><v>1</v></c></row>'
                for n in range(9, 100)
            )
        ),
    )
    yield Case(
        "shared-group-twice",
        SAFE,
        lambda: with_rows(
            '<row r="9"><c r="A9"><f t="shared" si="0" ref="A9:B9">1</f><v>1</v></c><c r="B9"><f t="shared" si="0" ref="B9:C9">2</f><v>1</v></c></row>'
        ),
    )
    yield Case("formula-type-unknown", SAFE, lambda: cell(' ><f t="quatsch">1</f><v>1</v>'))
    yield Case(
        "formula-100000-alike",
        WHOLE,
        lambda: with_rows(
            "".join(f'<row r="{n}"><c r="F{n}"><f>B{n}*2</f><v>0</v></c></row>' for n in range(9, 30_009))
        ),
    )


def _chain(length: int, closed: bool = False) -> bytes:
    first = f'<row r="9"><c r="F9">{f"<f>F{length + 8}</f>" if closed else ""}<v>1</v></c></row>'
    rows = "".join(f'<row r="{n}"><c r="F{n}"><f>F{n - 1}+1</f><v>1</v></c></row>' for n in range(10, length + 9))
    return with_rows(first + rows)


def _texts() -> Cases:
    for name, text in {
        "formula": "=cmd|'/c calc'!A0",
        "plus": "+1+1",
        "at": "@SUM(1)",
        "script": "&lt;script&gt;alert(1)&lt;/script&gt;",
        "image": "&lt;img src=http://example.invalid/x onerror=alert(1)&gt;",
        "terminal": "\u009b31mrot_x001B_[31mrot",
        "control-characters": "a_x0000_b_x0007_c_x0008__x000D_",
        "not-characters": "_xFFFE__xFFFF__xD800__xDC00_",
        "surrogates": "_xD83D__xDE00_",
        "high-reference": "&#x1F600;&#x10FFFF;",
        "right-to-left": "\u202e0006 \u2066x\u2069",
        "zero-width": "Be\u200brat\u00adung\ufeff",
        "combining": "a" + "\u0301" * 5000,
        "long": "x" * 32_767,
        "very-long": "x" * 2_000_000,
        "very-long-words": "Summe " * 100_000,
        "digits": "1" * 50_000,
        "points": "1." * 20_000,
        "years": "2022-" * 10_000,
        "dashes": "-" * 50_000,
        "parentheses": "(" * 20_000,
        "quotes": "&quot;" * 20_000,
        "spaces": "a" + " " * 50_000 + "b",
        "lines": "a&#10;" * 20_000,
        "footnotes": "*" * 20_000,
        "footnotes-numbered": "1) " * 10_000,
        "per-mille": "10 % von " * 5000,
        "amounts": "1.234,56 € " * 5000,
        "unit": "in TEUR " * 5000,
        "template": "{at} {0} {__class__} %s %(x)s ${x} {{ 7*7 }} {% raw %}",
        "toml": '"]\n[ignore]',
        "github": "::error::x%0A::set-output name=a::b",
        "percent": "%0A%0D%25",
        "unicode-digits": "\N{ARABIC-INDIC DIGIT ONE}\N{FULLWIDTH DIGIT TWO}²½Ⅷ ٢٠٢٢",
        "ignore-comment": "pik: ignoriere " + "SUM02, " * 5000,
    }.items():
        yield Case(
            f"text-{name}", WHOLE, lambda text=text: cell(f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>')
        )  # type: ignore[misc]
        row = TABLE.replace("Beratung", text)
        yield Case(f"label-{name}", WHOLE, lambda row=row: zipped(parts(sheet(f"<sheetData>{row}</sheetData>"))))  # type: ignore[misc]
    for name, text in {
        "digits": "1" * 5000,
        "script": "&lt;script&gt;",
        "points": "2022." * 2000,
        "spaces": "2022" + " " * 20_000 + "x",
    }.items():
        row = TABLE.replace('<c r="B1"><v>2022</v></c>', f'<c r="B1" t="inlineStr"><is><t>{text}</t></is></c>')
        yield Case(f"heading-{name}", WHOLE, lambda row=row: zipped(parts(sheet(f"<sheetData>{row}</sheetData>"))))  # type: ignore[misc]
        amount = TABLE.replace('<c r="B2"><v>66000</v></c>', f'<c r="B2" t="inlineStr"><is><t>{text}</t></is></c>')
        yield Case(
            f"amount-text-{name}", WHOLE, lambda amount=amount: zipped(parts(sheet(f"<sheetData>{amount}</sheetData>")))
        )  # type: ignore[misc]
    yield Case("raw-control-character", "damaged", lambda: cell(' t="inlineStr"><is><t>a\x07b</t></is>'))
    yield Case("reference-to-nul", "damaged-xml", lambda: cell(' t="inlineStr"><is><t>a&#0;b</t></is>'))
    yield Case("reference-to-control", "damaged-xml", lambda: cell(' t="inlineStr"><is><t>a&#7;b</t></is>'))
    yield Case("reference-to-surrogate", "damaged-xml", lambda: cell(' t="inlineStr"><is><t>&#xD800;</t></is>'))
    yield Case("reference-beyond", "damaged-xml", lambda: cell(' t="inlineStr"><is><t>&#x110000;</t></is>'))
    yield Case(
        "reference-of-5000-digits", "damaged-xml", lambda: cell(f' t="inlineStr"><is><t>&#{"9" * 5000};</t></is>')
    )
    yield Case("reference-unknown", "damaged-xml", lambda: cell(' t="inlineStr"><is><t>&uuml;</t></is>'))
    yield Case("bare-ampersand", "damaged-xml", lambda: cell(' t="inlineStr"><is><t>A & B</t></is>'))
    yield Case(
        "surrogate-in-utf8",
        "damaged",
        lambda: zipped(parts(sheet("<sheetData>x</sheetData>").encode().replace(b">x<", b">\xed\xa0\x80<"))),
    )


def _all_in_percent() -> bytes:
    rows = re.sub(r'<c r="([BC][23])">', r'<c r="\1" s="1">', TABLE)
    styles = f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    listed = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    more = {"xl/styles.xml": styles.encode(), "xl/_rels/workbook.xml.rels": listed}
    return zipped(parts(sheet(f"<sheetData>{rows}</sheetData>")) | more)


def _odd_and_right() -> Cases:
    yield Case("amount-all-in-percent", WHOLE, _all_in_percent)
    listed = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    nothing = {
        "xl/_rels/workbook.xml.rels": listed,
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}"/>'.encode(),
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs><xf/></cellXfs></styleSheet>'.encode(),
    }
    yield Case("sheet-empty-without-content", WHOLE, lambda: with_rows("", **nothing))
    plain = sheet(f"<sheetData>{TABLE}</sheetData>")
    yield Case("cells-prefixed", WHOLE, lambda: zipped(parts(_prefixed(plain))))
    yield Case("cells-in-utf16", WHOLE, lambda: zipped(parts(plain.replace("UTF-8", "UTF-16").encode("utf-16"))))
    yield Case(
        "cells-in-utf16-be",
        WHOLE,
        lambda: zipped(parts(b"\xfe\xff" + plain.replace("UTF-8", "UTF-16").encode("utf-16-be"))),
    )
    yield Case("cells-in-latin1", WHOLE, lambda: zipped(parts(plain.replace("UTF-8", "ISO-8859-1").encode("latin-1"))))
    yield Case(
        "cells-in-windows-1252", WHOLE, lambda: zipped(parts(plain.replace("UTF-8", "windows-1252").encode("cp1252")))
    )
    yield Case("cells-without-places", WHOLE, lambda: zipped(parts("".join(_without_places(plain)))))
    yield Case("cells-in-single-quotes", WHOLE, lambda: zipped(parts(plain.replace('"', "'"))))
    yield Case("cells-with-line-ends", WHOLE, lambda: zipped(parts(plain.replace("><", ">\r\n<"))))
    yield Case("cells-with-comments", WHOLE, lambda: zipped(parts(plain.replace("<row", "<!-- x --><row"))))
    yield Case("cells-with-cdata", WHOLE, lambda: zipped(parts(plain.replace("Beratung", "<![CDATA[Beratung]]>"))))
    yield Case("cells-with-instructions", WHOLE, lambda: zipped(parts(plain.replace("<row", "<?x y?><row"))))
    yield Case("cells-without-declaration", WHOLE, lambda: zipped(parts(plain.removeprefix(HEAD))))
    yield Case("cells-all-stored", WHOLE, lambda: zipped(parts(plain), zipfile.ZIP_STORED))
    yield Case(
        "alternate-content",
        WHOLE,
        lambda: zipped(
            parts(
                plain.replace(
                    "</worksheet>",
                    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x"><a/></mc:Choice><mc:Fallback><b/></mc:Fallback></mc:AlternateContent></worksheet>',
                )
            )
        ),
    )
    yield Case(
        "empty-elements",
        WHOLE,
        lambda: with_rows(
            '<row r="9"/><row r="10"></row><row r="11"><c r="A11"/><c r="B11"></c><c r="C11"><v/></c><c r="D11"><f/><v></v></c></row>'
        ),
    )
    yield Case("picture-in-cell", PARTLY, lambda: cell(' t="e" vm="1"><v>#VALUE!</v>'))
    yield Case(
        "styles-without-cell-styles",
        WHOLE,
        lambda: with_parts(
            '<row r="9"><c r="A9" s="1"><v>1</v></c></row>',
            {
                "xl/styles.xml": (
                    "styles",
                    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="3"/></cellXfs></styleSheet>',
                )
            },
        ),
    )
    yield Case(
        "rows-300000",
        WHOLE,
        lambda: with_rows("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(9, 300_009))),
    )
    yield Case(
        "blank-styled-300000",
        WHOLE,
        lambda: with_rows("".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(9, 300_009))),
    )


def _prefixed(text: str) -> str:
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        text = (
            text.replace(f"<{name} ", f"<x:{name} ")
            .replace(f"<{name}>", f"<x:{name}>")
            .replace(f"</{name}>", f"</x:{name}>")
        )
    return text.replace("xmlns=", "xmlns:x=")


def _without_places(text: str) -> list[str]:
    import re

    return [re.sub(r' r="[A-Z]*\d+"', "", text)]
