"""What stands on one worksheet?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pik_excel.grid.cells import Found, read_cells
from pik_excel.grid.plain import Impossible, attribute, number_of, text_of, tree, usual_cells
from pik_excel.grid.reference import MAX_COLUMN, area_of
from pik_excel.grid.spelling import Alike
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.patterns import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_START = pattern(r"<sheetData(?:\s[^<>]*)?>")
_OFTEN = 10
_MOST_STYLES = 65_490  # of a workbook, by Excel's own limits
_ZERO_WIDTH = pattern(r"\s*0+(?:\.0*)?\s*\Z")


def read_sheet(data: bytes, strings: Sequence[str], date1904: bool = False, spelling: Alike | None = None) -> Sheet:
    """The sheet in this part (UTF-8), still without name, state, tables and comments; `spelling` as for `read_cells`.
    Raises ValueError where the part is no sheet that can be read with one meaning."""
    root, found = _read(text_of(data), strings, date1904, spelling)
    if root.tag != "worksheet":
        raise Impossible("wrong-part", _("Das Teil ist kein Tabellenblatt."))
    hidden_columns = frozenset(_hidden_columns(root, found))
    merged = [item.get("ref", "") for item in root.iterfind("mergeCells/mergeCell")]
    merges = [area_of(reference) for reference in merged]
    if None in merges:
        at = merged[merges.index(None)][:40]
        found.unread.append(_("„{at}“ ist kein Bereich, der verbunden sein könnte.").format(at=at))
    sheet = Sheet(
        "",
        found.cells,
        merges=tuple(area for area in merges if area is not None),
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=hidden_columns,
        arrays=tuple(found.arrays),
        unread=tuple(found.unread),
    )
    return replace(sheet, filtered=_filtered(root, sheet))


def refuse_missing_style(sheet: Sheet, styles: int | None) -> None:
    """Raise `Impossible` where a cell has a style beyond those that there are or, where the file has no list of them,
    beyond those that there can be."""
    last = last_style([sheet])
    if last >= (_MOST_STYLES if styles is None else styles):
        raise Impossible("style-missing", _("Ein Format Nr. {number} gibt es nicht.").format(number=last))


def last_style(sheets: Iterable[Sheet]) -> int:
    """The highest number of a style that a cell names."""
    return max((style for sheet in sheets for kind in sheet.cells.alike for style in kind.form.styles), default=0)


def hides_rows(filter_: Element | None, hidden_rows: frozenset[int]) -> bool:
    """Whether this autofilter has a condition and rows in its area are hidden."""
    area = area_of(filter_.get("ref", "")) if filter_ is not None and filter_.find("filterColumn") is not None else None
    return area is not None and any(area.top <= row <= area.bottom for row in hidden_rows)


def _read(text: str, strings: Sequence[str], date1904: bool, spelling: Alike | None) -> tuple[Element, Found]:
    """The sheet without its cells as a tree, and the cells; spelled anew first where the spelling is unusual."""
    start, end = _START.search(text), text.rfind("</sheetData>")
    if start and start[0].endswith("/>") and end < 0:
        return tree(text), Found()
    if start and end >= start.end():
        try:
            root = tree(text[: start.start()] + "<sheetData/>" + text[end + len("</sheetData>") :])
            if len(root.findall("sheetData")) == 1:
                return root, read_cells(text, strings, date1904, start.end(), end, spelling)
        except ValueError:
            pass  # a comment that looks like cells, for one; the tree below knows
    root = tree(text)
    if len(root.findall("sheetData")) > 1:
        raise Impossible("cell-twice", _("Das Blatt hat zwei Listen von Zellen."))
    return root, read_cells(usual_cells(root), strings, date1904)


def _hidden_columns(root: Element, found: Found) -> Iterable[int]:
    stated: set[int] = set()
    looked_at = 0
    for item in root.iterfind("cols/col"):
        first, last = number_of(item, "min", -1), number_of(item, "max", -1)
        if first < 0 or last < 0:
            stands = f"{item.get('min', '')}:{item.get('max', '')}"
            raise Impossible("bad-reference", _("„{text}“ sind keine Spalten.").format(text=stands[:40]))
        columns = range(first, min(last, MAX_COLUMN) + 1)
        looked_at += len(columns)
        if looked_at > _OFTEN * MAX_COLUMN:
            break  # each column is described once in a file that a program wrote
        stated.update(columns)
        if attribute(item, "hidden") or _ZERO_WIDTH.match(item.get("width", "1")):
            yield from columns
    usual = root.find("sheetFormatPr")
    if usual is not None and _ZERO_WIDTH.match(usual.get("defaultColWidth", "1")):
        yield from {column for row in found.cells.by_row.values() for column in row.form.columns} - stated


def _filtered(root: Element, sheet: Sheet) -> bool:
    properties = root.find("sheetPr")
    by_mode = properties is not None and attribute(properties, "filterMode") and bool(sheet.hidden_rows)
    return by_mode or hides_rows(root.find("autoFilter"), sheet.hidden_rows)
