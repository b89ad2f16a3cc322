"""How does a cell get a colour that a condition switches on and off, its own format staying as it is?

As a conditional format behind those that are there: where two of them set the same thing, those of the staff win.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.section import lengthened, section
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import worksheets
from pik_excel.ooxml.sheetxml import SheetXml, sheet_xml
from pik_excel.ooxml.splice import Splice
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_BEFORE = {
    b"sheetPr", b"dimension", b"sheetViews", b"sheetFormatPr", b"cols", b"sheetData", b"sheetCalcPr",
    b"sheetProtection", b"protectedRanges", b"scenarios", b"autoFilter", b"sortState", b"dataConsolidate",
    b"customSheetViews", b"mergeCells", b"phoneticPr", b"conditionalFormatting",
}  # fmt: skip
_PRIORITY = pattern(rb"""<(?:[\w.-]+:)?cfRule\b[^>]*?\spriority\s*=\s*["'](\d+)["']""")


@dataclass(frozen=True)
class Mark:
    """`look` (a `<dxf>` without prefix) on a range of a sheet while `condition` is true.

    The condition is a formula in the file's notation. It must not name another sheet outright, which Excel 2007 did
    not know in such a place and later versions keep elsewhere in the file; a defined name may lead there.
    """

    sheet: str
    range: str
    condition: str
    look: bytes


def marking(package: Package, marks: Sequence[Mark]) -> dict[str, list[Splice]]:
    """The splices for `patched`, by part; marks that come first win. Sheets without cells are passed over."""
    styles = related(package, workbook_part(package), "styles")
    parts = {sheet.name.casefold(): sheet.part for sheet in worksheets(package) if sheet.kind == "worksheet"}
    known = [mark for mark in marks if mark.sheet.casefold() in parts]
    if not styles or not known:
        return {}
    text, structure = package.text(styles[0]), package.structure(styles[0])
    looks = section(text, structure, b"dxfs")
    numbers = {look: looks.place(look) for look in dict.fromkeys(mark.look for mark in known)}
    by_part: dict[str, list[Mark]] = defaultdict(list)
    for mark in known:
        by_part[parts[mark.sheet.casefold()]].append(mark)
    sheets = {part: sheet_xml(package, part) for part in by_part}
    splices = {
        part: [_appended(sheet, by_part[part], numbers)]
        for part, sheet in sheets.items()
        if not xml.root(sheet.structure).empty  # <worksheet/> has no place for it
    }
    return splices | {styles[0]: list(lengthened(structure, [looks]))}


def _appended(sheet: SheetXml, marks: Sequence[Mark], numbers: dict[bytes, int]) -> Splice:
    ends = [element.end for element in sheet.top if element.name in _BEFORE]
    at = ends[-1] if ends else xml.root(sheet.structure).inner
    return Splice(at, at, b"".join(_rules(sheet, marks, numbers)))


def _rules(sheet: SheetXml, marks: Sequence[Mark], numbers: dict[bytes, int]) -> Iterator[bytes]:
    first = max(map(int, _PRIORITY.findall(sheet.structure)), default=0) + 1
    prefix = sheet.prefix.decode()
    for priority, mark in enumerate(marks, first):
        yield (
            f'<{prefix}conditionalFormatting sqref="{xml.escaped(mark.range)}">'
            f'<{prefix}cfRule type="expression" dxfId="{numbers[mark.look]}" priority="{priority}">'
            f"<{prefix}formula>{xml.escaped(mark.condition)}</{prefix}formula>"
            f"</{prefix}cfRule></{prefix}conditionalFormatting>"
        ).encode()
