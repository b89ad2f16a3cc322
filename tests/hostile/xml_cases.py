"""Every part of a workbook with every kind of XML that harms, or that is odd and right."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

from collections.abc import Callable
from itertools import product

from tests.hostile.case import PARTLY, WHOLE, Case, Cases
from tests.ooxml.building import HEAD, MAIN, PACKAGE_RELATIONS, RELATIONS, relationships, sheet, zipped
from tests.ooxml.building import parts as plain_parts

ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>66000</v></c></row>'
)


def all_parts() -> dict[str, bytes]:
    """A workbook with one part of each kind that is read."""
    found = plain_parts(
        sheet(f'<sheetData>{ROWS}</sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts>')
    )
    book = found["xl/workbook.xml"].replace(
        b"</workbook>", b'<externalReferences><externalReference r:id="rId4"/></externalReferences></workbook>'
    )
    return found | {
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "extended-properties", "docProps/app.xml")),
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application></Properties>'.encode(),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"), ("rId3", "styles", "styles.xml"), ("rId4", "externalLink", "externalLinks/externalLink1.xml"), ("rId5", "theme", "theme/theme1.xml")),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}"><si><t>Maßnahme</t></si><si><t>2022</t></si><si><t>Beratung</t></si></sst>'.encode(),
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="3"/></cellXfs></styleSheet>'.encode(),
        "xl/theme/theme1.xml": b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="x"></a:theme>',
        "xl/externalLinks/externalLink1.xml": f'{HEAD}<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"><sheetNames><sheetName val="A"/></sheetNames></externalBook></externalLink>'.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" Type="{RELATIONS}/externalLinkPath" Target="x.xlsx" TargetMode="External"/></Relationships>'.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "table", "../tables/table1.xml"), ("rId2", "comments", "../comments1.xml")),
        "xl/tables/table1.xml": f'{HEAD}<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:B2"><tableColumns count="2"><tableColumn id="1" name="Maßnahme"/><tableColumn id="2" name="2022"/></tableColumns></table>'.encode(),
        "xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}"><authors><author/></authors><commentList><comment ref="B2" authorId="0"><text><t>Hallo</t></text></comment></commentList></comments>'.encode(),
    }  # fmt: skip


ALL = all_parts()


def cases() -> Cases:
    """All of this group."""
    yield Case("all-parts", WHOLE, lambda: zipped(ALL))
    for part, (name, (expected, change)) in product(ALL, _CHANGES.items()):
        code = expected(part) if callable(expected) else expected
        yield Case(
            f"{name}-in-{part.replace('/', '_')}",
            code,
            lambda part=part, change=change: zipped(ALL | {part: change(ALL[part])}),  # type: ignore[misc]
        )


def _in_root(content: bytes, inside: bytes) -> bytes:
    """Put before the root's end tag."""
    at = content.rindex(b"</")
    return content[:at] + inside + content[at:]


def _attribute(content: bytes, text: bytes) -> bytes:
    """Put into the root's start tag."""
    at = content.index(b" xmlns")
    return content[:at] + b" " + text + content[at:]


def _before_root(content: bytes, text: bytes) -> bytes:
    body = content.removeprefix(HEAD.encode())
    return HEAD.encode() + text + body


def _utf16(content: bytes) -> bytes:
    return content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _when_unclosed(part: str) -> str:
    """What is not read, or not needed, refuses no workbook."""
    if "theme" in part or "docProps" in part or part.endswith("externalLink1.xml"):
        return WHOLE
    return PARTLY if "table" in part or "comments" in part else "damaged-xml"


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]>'.encode()


Change = Callable[[bytes], bytes]
_CHANGES: dict[str, tuple[str | Callable[[str], str], Change]] = {
    "doctype": ("doctype", lambda content: _before_root(content, b"<!DOCTYPE a>")),
    "outside-entity": ("doctype", lambda content: _before_root(content, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    "laughs": ("doctype", lambda content: _before_root(content, _laughs())),
    "laughs-in-utf16": ("doctype", lambda content: _utf16(_before_root(content, _laughs()))),
    "depth": ("xml-too-deep", lambda content: _in_root(content, b"<a>" * 100_000 + b"</a>" * 100_000)),
    "depth-of-namespaces": ("xml-too-deep", lambda content: _in_root(content, b'<a xmlns="u:v">' * 3000 + b"</a>" * 3000)),
    "many-attributes": ("xml-attributes", lambda content: _attribute(content, b" ".join(b'a%d="1"' % n for n in range(50_000)))),
    "large-attribute": ("xml-attributes", lambda content: _attribute(content, b'a="' + b"x" * 3_000_000 + b'"')),
    "invalid-utf8": ("damaged", lambda content: _in_root(content, b"\xff\xc3\x28")),
    "nul": ("damaged", lambda content: _in_root(content, b"\0")),
    "unclosed": (_when_unclosed, lambda content: content[:-3]),
    "utf16": (WHOLE, _utf16),
    "bom": (WHOLE, lambda content: b"\xef\xbb\xbf" + content),
}  # fmt: skip
