"""Packages whose parts do not fit together, and odd ones that are right."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

from tests.hostile.case import PARTLY, SAFE, WHOLE, Case, Cases
from tests.hostile.zip_cases import PARTS, PLAIN
from tests.ooxml.building import (
    HEAD,
    MAIN,
    PACKAGE_RELATIONS,
    RELATIONS,
    SHEET,
    SHEET_TYPE,
    TYPES,
    relationships,
    zipped,
)

BOOK, BOOK_RELS, ROOT_RELS, TYPES_PART = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
    "[Content_Types].xml",
)
LINK = f"{RELATIONS}/externalLink"


def cases() -> Cases:
    """All of this group."""
    yield from _missing()
    yield from _relations()
    yield from _external()
    yield from _types()
    yield from _sheets()
    yield from _odd_and_right()


def changed(name: str, old: str, new: str) -> bytes:
    """The package with other words in one part."""
    text = PARTS[name].decode()
    assert old in text, (name, old)
    return zipped(PARTS | {name: text.replace(old, new).encode()})


def without(*names: str, **more: bytes) -> bytes:
    """The package without these parts."""
    return zipped({name: content for name, content in (PARTS | more).items() if name not in names})


def related(*rows: str) -> bytes:
    """The workbook's relationships with these rows too."""
    return changed(BOOK_RELS, "</Relationships>", "".join(rows) + "</Relationships>")


def relation(name: str, kind: str, target: str, external: bool = False) -> str:
    """One row of relationships."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def book_of(sheets: str, after: str = "") -> bytes:
    """A workbook part with this list of sheets."""
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets>{after}</workbook>'.encode()


def many_sheets(count: int) -> bytes:
    """A workbook of so many sheets."""
    listed = "".join(f'<sheet name="Blatt {n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    rows = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    content = {f"xl/worksheets/sheet{n}.xml": PLAIN.encode() for n in range(1, count + 1)}
    return zipped(PARTS | content | {BOOK: book_of(listed), BOOK_RELS: relationships(*rows)})


def _missing() -> Cases:
    yield Case("no-content-types", "no-workbook", lambda: without(TYPES_PART))
    yield Case("no-root-relations", "part-missing", lambda: without(ROOT_RELS))
    yield Case("empty-root-relations", "part-missing", lambda: zipped(PARTS | {ROOT_RELS: relationships()}))
    yield Case("root-relation-to-nothing", "part-missing", lambda: changed(ROOT_RELS, "workbook.xml", "weg.xml"))
    yield Case("no-workbook-part", "part-missing", lambda: without(BOOK))
    yield Case("no-workbook-relations", "sheets-unreadable", lambda: without(BOOK_RELS))
    yield Case("no-sheet-part", "sheets-unreadable", lambda: without(SHEET))
    yield Case("no-relation-to-the-sheet", "sheets-unreadable", lambda: changed(BOOK_RELS, 'Id="rId1"', 'Id="rId9"'))
    yield Case(
        "no-list-of-sheets", "no-sheets", lambda: zipped(PARTS | {BOOK: f'{HEAD}<workbook xmlns="{MAIN}"/>'.encode()})
    )
    yield Case("empty-list-of-sheets", "no-sheets", lambda: zipped(PARTS | {BOOK: book_of("")}))
    yield Case("missing-styles-part", WHOLE, lambda: related(relation("rId7", "styles", "styles.xml")))
    yield Case("missing-strings-part", WHOLE, lambda: related(relation("rId7", "sharedStrings", "sharedStrings.xml")))
    yield Case("missing-theme-part", WHOLE, lambda: related(relation("rId7", "theme", "theme/theme1.xml")))
    yield Case("missing-calc-chain", WHOLE, lambda: related(relation("rId7", "calcChain", "calcChain.xml")))
    yield Case("empty-workbook-part", "damaged-xml", lambda: zipped(PARTS | {BOOK: b""}))
    yield Case("empty-relations-part", "damaged-xml", lambda: zipped(PARTS | {BOOK_RELS: b""}))
    yield Case("empty-types-part", "no-workbook", lambda: zipped(PARTS | {TYPES_PART: b""}))


def _relations() -> Cases:
    def sheet_relation(target: str) -> bytes:
        return changed(BOOK_RELS, "worksheets/sheet1.xml", target)

    yield Case("sheet-is-the-workbook", "wrong-part", lambda: sheet_relation("workbook.xml"))
    yield Case("sheet-is-its-relations", "wrong-part", lambda: sheet_relation("_rels/workbook.xml.rels"))
    yield Case("sheet-is-outside", "sheets-unreadable", lambda: sheet_relation("../../../../etc/passwd"))
    yield Case("sheet-is-a-file-address", "sheets-unreadable", lambda: sheet_relation("file:///etc/passwd"))
    yield Case("sheet-is-on-the-net", "sheets-unreadable", lambda: sheet_relation("http://example.invalid/a.xml"))
    yield Case("sheet-target-empty", "sheets-unreadable", lambda: sheet_relation(""))
    yield Case("sheet-target-absolute", WHOLE, lambda: sheet_relation("/xl/worksheets/sheet1.xml"))
    yield Case("sheet-target-detour", WHOLE, lambda: sheet_relation("../xl/./worksheets/../worksheets/sheet1.xml"))
    yield Case("sheet-target-backslash", WHOLE, lambda: sheet_relation("worksheets\\sheet1.xml"))
    yield Case("sheet-target-case", WHOLE, lambda: sheet_relation("Worksheets/SHEET1.xml"))
    yield Case("sheet-target-escaped", WHOLE, lambda: sheet_relation("worksheets/%73heet1.xml"))
    yield Case(
        "sheet-target-external",
        "sheets-unreadable",
        lambda: changed(BOOK_RELS, '"worksheets/sheet1.xml"', '"worksheets/sheet1.xml" TargetMode="External"'),
    )
    yield Case(
        "workbook-is-itself-a-relation",
        "sheets-unreadable",
        lambda: changed(ROOT_RELS, "xl/workbook.xml", "_rels/.rels"),
    )
    yield Case(
        "workbook-elsewhere",
        WHOLE,
        lambda: zipped(
            {
                TYPES_PART: PARTS[TYPES_PART].replace(b"/xl/workbook.xml", b"/mappe.xml"),
                ROOT_RELS: relationships(("rId1", "officeDocument", "mappe.xml")),
                "mappe.xml": PARTS[BOOK],
                "_rels/mappe.xml.rels": relationships(("rId1", "worksheet", "xl/worksheets/sheet1.xml")),
                SHEET: PARTS[SHEET],
            }
        ),
    )
    circle = relationships(
        ("rId1", "worksheet", "sheet1.xml"),
        ("rId2", "table", "../worksheets/sheet1.xml"),
        ("rId3", "comments", "sheet1.xml"),
    )
    yield Case("sheet-refers-to-itself", SAFE, lambda: zipped(PARTS | {"xl/worksheets/_rels/sheet1.xml.rels": circle}))
    yield Case(
        "workbook-refers-to-itself",
        WHOLE,
        lambda: related(
            relation("rId7", "worksheet", "workbook.xml"), relation("rId8", "officeDocument", "workbook.xml")
        ),
    )
    yield Case(
        "relations-of-relations",
        WHOLE,
        lambda: zipped(
            PARTS
            | {"xl/_rels/_rels/workbook.xml.rels.rels": relationships(("rId1", "worksheet", "../workbook.xml.rels"))}
        ),
    )
    yield Case("same-id-twice", SAFE, lambda: related(relation("rId1", "worksheet", "worksheets/sheet9.xml")))
    yield Case(
        "10000-relations",
        WHOLE,
        lambda: related(*(relation(f"rId{n}", "image", f"media/{n}.png") for n in range(10, 10_010))),
    )
    yield Case(
        "150000-relations",
        "too-many-relations",
        lambda: related(*(relation(f"{n * 2654435761 % 2**32:x}", "image", "a.png") for n in range(150_000))),
    )
    yield Case("sheet-is-the-styles", "sheets-unreadable", lambda: changed(BOOK_RELS, "/worksheet", "/styles"))
    yield Case(
        "two-sheets-one-part",
        "sheets-unreadable",
        lambda: zipped(
            PARTS
            | {BOOK: book_of('<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId1"/>')}
        ),
    )
    yield Case(
        "two-workbooks",
        SAFE,
        lambda: changed(
            ROOT_RELS, "</Relationships>", relation("rId2", "officeDocument", "xl/other.xml") + "</Relationships>"
        ),
    )
    yield Case(
        "two-styles",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK_RELS: relationships(
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "styles", "s.xml"),
                    ("rId3", "styles", "s.xml"),
                ),
                "xl/s.xml": f'<styleSheet xmlns="{MAIN}"/>'.encode(),
            }
        ),
    )
    for kind in ("styles", "sharedStrings", "worksheet", "calcChain"):
        row = f'<Relationship Id="rId9" Type="https://vendor.invalid/rel/{kind}" Target="vendor.xml"/>'
        own = relation("rId7", kind, f"{kind}.xml") if kind in ("styles", "sharedStrings") else ""
        more = {
            "xl/vendor.xml": b"<vendor/>",
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'.encode(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>'.encode(),
            BOOK_RELS: PARTS[BOOK_RELS].replace(b"</Relationships>", f"{row}{own}</Relationships>".encode()),
        }
        yield Case(f"relation-of-a-vendor-{kind}", WHOLE, lambda more=more: zipped(PARTS | more))  # type: ignore[misc]
    yield Case(
        "relation-of-a-vendor-officeDocument",
        WHOLE,
        lambda: changed(
            ROOT_RELS,
            "</Relationships>",
            '<Relationship Id="v" Type="urn:vendor/officeDocument" Target="xl/worksheets/sheet1.xml"/></Relationships>',
        ),
    )
    for name, part in (("root", ROOT_RELS), ("workbook", BOOK_RELS)):
        yield Case(
            f"relations-of-another-namespace-{name}",
            "wrong-part",
            lambda part=part: changed(part, PACKAGE_RELATIONS, "urn:x"),  # type: ignore[misc]
        )
    yield Case(
        "strings-of-another-namespace",
        "wrong-part",
        lambda: zipped(
            PARTS
            | {
                "xl/s.xml": b'<sst xmlns="urn:x"><si><t>a</t></si></sst>',
                BOOK_RELS: PARTS[BOOK_RELS].replace(
                    b"</Relationships>", relation("rId7", "sharedStrings", "s.xml").encode() + b"</Relationships>"
                ),
            }
        ),
    )
    yield Case("relation-without-attributes", WHOLE, lambda: related("<Relationship/>"))


def _external() -> Cases:
    for name, target in {
        "file": "file:///etc/passwd",
        "net": "http://example.invalid/mappe.xlsx",
        "share": "\\\\example.invalid\\share\\mappe.xlsx",
        "script": "javascript:alert(1)",
        "very-long": "http://example.invalid/" + "a" * 100_000,
    }.items():
        yield Case(f"external-{name}", WHOLE, lambda target=target: _linked(target))  # type: ignore[misc]
    yield Case(
        "hyperlink-to-a-file",
        WHOLE,
        lambda: _with_sheet_relation(
            relation("rId1", "hyperlink", "file:///etc/passwd", True),
            '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>',
        ),
    )
    yield Case(
        "picture-from-the-net",
        WHOLE,
        lambda: _with_sheet_relation(relation("rId1", "image", "http://example.invalid/p.png", True), ""),
    )
    yield Case(
        "query-table",
        WHOLE,
        lambda: _with_sheet_relation(relation("rId1", "queryTable", "../queryTables/queryTable1.xml"), ""),
    )
    yield Case(
        "connections",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK_RELS: relationships(
                    ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "connections", "connections.xml")
                ),
                "xl/connections.xml": b'<connections><connection connection="Provider=SQLOLEDB"/></connections>',
            }
        ),
    )
    yield Case("link-part-broken", WHOLE, lambda: _linked("mappe.xlsx", b"<externalLink><"))
    yield Case(
        "template-from-the-net",
        WHOLE,
        lambda: related(relation("rId9", "attachedTemplate", "http://example.invalid/t.dotm", True)),
    )
    yield Case(
        "dde-link",
        WHOLE,
        lambda: _linked(
            "x", f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
        ),
    )


def _linked(target: str, link: bytes | None = None) -> bytes:
    book = PARTS[BOOK].replace(
        b"</workbook>", b'<externalReferences><externalReference r:id="rId2"/></externalReferences></workbook>'
    )
    rels = (
        PARTS[BOOK_RELS]
        .decode()
        .replace("</Relationships>", relation("rId2", "externalLink", "externalLinks/l.xml") + "</Relationships>")
    )
    usual = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"><sheetNames><sheetName val="A"/></sheetNames></externalBook></externalLink>'
    own = f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{relation("rId1", "externalLinkPath", target, True)}</Relationships>'
    return zipped(
        PARTS
        | {
            BOOK: book,
            BOOK_RELS: rels.encode(),
            "xl/externalLinks/l.xml": link or usual.encode(),
            "xl/externalLinks/_rels/l.xml.rels": own.encode(),
            SHEET: PARTS[SHEET].replace(b"<v>1000</v>", b"<f>[1]A!B2</f><v>1000</v>"),
        }
    )


def _with_sheet_relation(row: str, inside: str) -> bytes:
    rels = f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{row}</Relationships>'.encode()
    return zipped(
        PARTS
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
            SHEET: PARTS[SHEET].replace(b"</worksheet>", inside.encode() + b"</worksheet>"),
        }
    )


def _types() -> Cases:
    def typed(old: str, new: str) -> bytes:
        return changed(TYPES_PART, old, new)

    main = f"{SHEET_TYPE}.sheet.main+xml"
    yield Case(
        "type-of-word",
        "word",
        lambda: typed(main, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    )
    yield Case(
        "type-of-powerpoint",
        "powerpoint",
        lambda: typed(main, "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
    )
    yield Case("type-of-xlsb", "xlsb", lambda: typed(main, "application/vnd.ms-excel.sheet.binary.macroEnabled.main"))
    yield Case("type-unknown", "no-workbook", lambda: typed(main, "application/xml"))
    yield Case("types-are-no-xml", "no-workbook", lambda: zipped(PARTS | {TYPES_PART: b"Hallo"}))
    yield Case("type-of-a-chart-sheet", SAFE, lambda: typed("worksheet+xml", "chartsheet+xml"))
    yield Case(
        "macros-under-xlsx",
        "macros-as-xlsx",
        lambda: zipped(PARTS | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 600}),
    )
    macros = (
        '<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="c.bin"/>'
    )
    for name, encoding in (("", "utf-8"), ("-in-utf16", "utf-16")):
        rels = PARTS[BOOK_RELS].decode().replace("</Relationships>", macros + "</Relationships>")
        rels = rels.replace("UTF-8", encoding.upper())
        yield Case(
            f"macros-by-relation-only{name}",
            "macros-as-xlsx",
            lambda rels=rels, encoding=encoding: zipped(  # type: ignore[misc]
                PARTS | {BOOK_RELS: rels.encode(encoding), "xl/c.bin": b"\xd0\xcf\x11\xe0"}
            ),
        )
    yield Case(
        "macro-type-under-xlsx",
        "macros-as-xlsx",
        lambda: typed(main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    )
    yield Case(
        "macro-type-under-xlsm",
        WHOLE,
        lambda: typed(main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "mappe.xlsm",
    )
    yield Case("template", WHOLE, lambda: typed(main, f"{SHEET_TYPE}.template.main+xml"), "mappe.xltx")
    yield Case(
        "excel-4-macro-sheet",
        "macros-as-xlsx",
        lambda: changed(
            BOOK_RELS, f"{RELATIONS}/worksheet", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
        ),
    )
    yield Case(
        "no-override-for-the-sheet",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                TYPES_PART: f'<Types xmlns="{TYPES}"><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'.encode()
            }
        ),
    )
    yield Case(
        "10000-types",
        WHOLE,
        lambda: typed(
            "</Types>",
            "".join(f'<Override PartName="/xl/p{n}.xml" ContentType="application/xml"/>' for n in range(10_000))
            + "</Types>",
        ),
    )


def _sheets() -> Cases:
    def listed(sheets: str) -> bytes:
        return zipped(PARTS | {BOOK: book_of(sheets)})

    yield Case("sheets-2000", WHOLE, lambda: many_sheets(2000))
    yield Case("sheets-10001", "too-many-entries", lambda: many_sheets(10_001))
    yield Case(
        "sheets-20000-of-one-part",
        "too-many-sheets",
        lambda: listed("".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(20_000))),
    )
    yield Case(
        "same-name-twice",
        SAFE,
        lambda: listed('<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="2" r:id="rId1"/>'),
    )
    second = zipped(PARTS | {"xl/worksheets/sheet2.xml": PARTS[SHEET], BOOK_RELS: PARTS[BOOK_RELS].replace(
        b"</Rel", relation("rId2", "worksheet", "worksheets/sheet2.xml").encode() + b"</Rel"),
        BOOK: book_of('<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="2" r:id="rId2"/>')})  # fmt: skip
    yield Case("same-name-for-two-parts", "sheets-unreadable", lambda: second)
    yield Case("no-part", "sheets-unreadable", lambda: listed('<sheet name="A" sheetId="1"/>'))
    yield Case("no-name", SAFE, lambda: listed('<sheet sheetId="1" r:id="rId1"/>'))
    yield Case(
        "name-of-100000-letters", SAFE, lambda: listed(f'<sheet name="{"A" * 100_000}" sheetId="1" r:id="rId1"/>')
    )
    yield Case("name-like-a-path", WHOLE, lambda: listed('<sheet name="..\\..\\etc" sheetId="1" r:id="rId1"/>'))
    yield Case(
        "name-like-markup",
        WHOLE,
        lambda: listed('<sheet name="&lt;script&gt;alert(1)&lt;/script&gt;" sheetId="1" r:id="rId1"/>'),
    )
    yield Case("name-with-control-codes", WHOLE, lambda: listed('<sheet name="a&#x9;&#xA;b" sheetId="1" r:id="rId1"/>'))
    yield Case("id-negative", WHOLE, lambda: listed('<sheet name="A" sheetId="-1" r:id="rId1"/>'))
    yield Case("id-huge", WHOLE, lambda: listed(f'<sheet name="A" sheetId="{"9" * 5000}" r:id="rId1"/>'))
    yield Case("state-unknown", WHOLE, lambda: listed('<sheet name="A" sheetId="1" state="weg" r:id="rId1"/>'))
    yield Case("all-hidden", WHOLE, lambda: listed('<sheet name="A" sheetId="1" state="veryHidden" r:id="rId1"/>'))
    yield Case(
        "names-50000",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK: book_of(
                    '<sheet name="A" sheetId="1" r:id="rId1"/>',
                    "<definedNames>"
                    + "".join(f'<definedName name="n{n}">A!$A${n + 1}</definedName>' for n in range(50_000))
                    + "</definedNames>",
                )
            }
        ),
    )
    yield Case(
        "name-in-a-circle",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK: book_of(
                    '<sheet name="A" sheetId="1" r:id="rId1"/>',
                    '<definedNames><definedName name="a">b</definedName><definedName name="b">a</definedName></definedNames>',
                ),
                SHEET: PARTS[SHEET].replace(b"<v>1000</v>", b"<f>a+1</f><v>1000</v>"),
            }
        ),
    )
    yield Case(
        "name-of-a-missing-sheet",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK: book_of(
                    '<sheet name="A" sheetId="1" r:id="rId1"/>',
                    '<definedNames><definedName name="a" localSheetId="99">Weg!A1</definedName><definedName name="b" localSheetId="-5">#REF!</definedName></definedNames>',
                )
            }
        ),
    )
    yield Case(
        "names-that-double",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK: book_of(
                    '<sheet name="A" sheetId="1" r:id="rId1"/>',
                    '<definedNames><definedName name="n0">1</definedName>'
                    + "".join(f'<definedName name="n{n}">n{n - 1}+n{n - 1}</definedName>' for n in range(1, 60))
                    + "</definedNames>",
                ),
                SHEET: PARTS[SHEET].replace(b"<v>1000</v>", b"<f>n59</f><v>1000</v>"),
            }
        ),
    )


def _odd_and_right() -> Cases:
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in PARTS.items()
    }
    yield Case("strict", WHOLE, lambda: zipped(strict))
    yield Case(
        "absolute-part-names",
        WHOLE,
        lambda: zipped(
            {(name if name.startswith("[") else name.replace("xl/", "XL/")): content for name, content in PARTS.items()}
        ),
    )
    yield Case(
        "prefixed",
        WHOLE,
        lambda: zipped(
            PARTS
            | {
                BOOK: PARTS[BOOK]
                .replace(b"<workbook xmlns=", b"<x:workbook xmlns:x=")
                .replace(b"<sheet", b"<x:sheet")
                .replace(b"</sheets", b"</x:sheets")
                .replace(b"</workbook", b"</x:workbook")
            }
        ),
    )
    yield Case(
        "other-prefix-for-ids",
        WHOLE,
        lambda: zipped(PARTS | {BOOK: PARTS[BOOK].replace(b"xmlns:r=", b"xmlns:d3p1=").replace(b"r:id=", b"d3p1:id=")}),
    )
    yield Case(
        "backslash-names", WHOLE, lambda: zipped({name.replace("/", "\\"): content for name, content in PARTS.items()})
    )
    yield Case(
        "unknown-parts", WHOLE, lambda: zipped(PARTS | {"custom/item1.xml": b"<a/>", "xl/unknown.bin": b"\1\2\3"})
    )
    yield Case("signature", WHOLE, lambda: zipped(PARTS | {"_xmlsignatures/sig1.xml": b"<Signature/>"}))
    yield Case("workbook-comment", WHOLE, lambda: changed(BOOK, "<sheets>", "<!-- <sheets/> --><?pi a?><sheets>"))
    yield Case(
        "module-without-part",
        WHOLE,
        lambda: zipped(
            PARTS
            | {BOOK: book_of('<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="Modul1" sheetId="2" r:id=""/>')}
        ),
    )
    yield Case(
        "unread-table",
        PARTLY,
        lambda: zipped(
            PARTS
            | {
                "xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "table", "../tables/t.xml")),
                "xl/tables/t.xml": b"<table",
            }
        ),
    )
