"""By which rules does each kind of part follow a move?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, cell_of, range_of
from pik_excel.ooxml.structure.anchors import moved_anchor, moved_box
from pik_excel.ooxml.structure.columns import moved_breaks, moved_filter, moved_pane, moved_widths
from pik_excel.ooxml.structure.formula import moved_area, moved_areas, moved_formula
from pik_excel.ooxml.structure.mention import mentioned
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import Change, Rules, with_attribute
from pik_excel.ooxml.structure.sheetdata import moved_cells

_FORMULA_TEXTS = (b"formula", b"formula1", b"formula2", b"f")
_CONTAINERS = frozenset({
    b"mergeCells", b"hyperlinks", b"dataValidations", b"protectedRanges", b"ignoredErrors", b"cellWatches",
    b"scenarios",
    b"conditionalFormattings", b"sparklines", b"sparklineGroup", b"sparklineGroups", b"customSheetViews", b"dataRefs",
})  # fmt: skip
_GOES_WITH_ITS_RANGE = {
    b"conditionalFormatting": frozenset({b"sqref"}),
    b"dataValidation": frozenset({b"sqref"}),
    b"sparkline": frozenset({b"sqref"}),
    b"ignoredError": frozenset({b"sqref"}),
}
_ANCHORS = (b"twoCellAnchor", b"oneCellAnchor", b"anchor")
_CONTROL_LINKS = ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "fmlaMacro", "linkedCell", "listFillRange")


def sheet_rules(home: str, move: Move) -> Rules:
    """The worksheet part of the sheet `home`: its formulas everywhere, and its cells and ranges if it is the one."""

    def formula(text: str) -> str:
        return moved_formula(text, home, move)

    contents: dict[bytes, Change] = dict.fromkeys(_FORMULA_TEXTS, formula)
    attributes: dict[bytes, dict[str, Change]] = {
        b"cfvo": {"val": formula},
        b"controlPr": dict.fromkeys(_CONTROL_LINKS, formula),
        b"objectPr": dict.fromkeys(_CONTROL_LINKS, formula),
    }
    cells = {b"sheetData": lambda data, blanked: moved_cells(data, blanked, home, move)}
    if not move.is_on(home):
        return Rules(attributes, contents, cells | {b"dataRef": lambda data, shape: _moved_source(data, shape, move)})
    return Rules(
        attributes | _own_attributes(move),
        contents | {b"sqref": lambda text: moved_areas(text, move)},
        cells | _own_wholes(home, move),
        _CONTAINERS,
        _GOES_WITH_ITS_RANGE,
    )


def book_rules(moves: Iterable[Move]) -> Rules:
    """The workbook part: defined names, print areas and titles among them."""
    by_name = {move.sheet: move for move in moves}

    def formula(text: str) -> str:
        for name in mentioned(xml.escaped(text).encode(), by_name) if "!" in text else ():
            text = moved_formula(text, "", by_name[name])
        return text

    return Rules(contents={b"definedName": formula})


def connection_rules(move: Move) -> Rules:
    """Connections to data: a parameter may be taken from a cell."""
    return Rules(attributes={b"parameter": {"cell": lambda text: moved_formula(text, "", move)}})


def chart_rules(move: Move) -> Rules:
    """A chart part: the ranges of its series and titles; they always name their sheet."""
    return Rules(contents=dict.fromkeys((b"f", b"sqref"), lambda text: moved_formula(text, "", move)))


def drawing_rules(move: Move) -> Rules:
    """The drawing of the sheet: where charts and pictures stand."""
    return Rules(whole={name: lambda data, shape: moved_anchor(data, shape, move) for name in _ANCHORS})


def linked_shape_rules(move: Move) -> Rules:
    """A drawing anywhere: a text box may show a cell (`textlink`)."""
    return Rules(attributes={b"sp": {"textlink": lambda text: moved_formula(text, "", move)}})


def comment_rules(move: Move) -> Rules:
    """Comments, old and threaded."""
    place = {"ref": lambda ref: moved_area(ref, move)}
    return Rules(attributes={b"comment": place, b"threadedComment": place})


def box_rules(home: str, move: Move) -> Rules:
    """The VML drawing: comment boxes know row and column from 0; form controls know the cells they are linked to."""

    def line(axis: Axis) -> Callable[[str], str | None]:
        def change(text: str) -> str | None:
            moved = move.line(int(text) + 1) if axis is move.axis else int(text) + 1
            return None if moved is None else str(moved - 1)

        return change

    links = dict.fromkeys(
        (b"FmlaLink", b"FmlaRange", b"FmlaGroup", b"FmlaTxbx"), lambda text: moved_formula(text, home, move)
    )
    return Rules(
        contents={
            b"Row": line(Axis.ROW),
            b"Column": line(Axis.COLUMN),
            b"Anchor": lambda text: moved_box(text, move),
            **links,
        },
        owners={b"ClientData": frozenset({b"Row", b"Column"}), b"shape": frozenset({b"ClientData"})},
    )


def control_rules(home: str, move: Move) -> Rules:
    """A form control's properties."""
    return Rules(
        attributes={b"formControlPr": dict.fromkeys(_CONTROL_LINKS, lambda text: moved_formula(text, home, move))}
    )


def pivot_source_rules(move: Move) -> Rules:
    """A pivot cache: the range that its data come from."""

    def change(data: bytes, blanked: bytes) -> bytes:
        return _moved_source(data, blanked, move)

    return Rules(whole={b"worksheetSource": change, b"rangeSet": change})


def pivot_table_rules(move: Move) -> Rules:
    """A pivot table on the sheet moves as a whole; Excel refuses to cut it."""

    def place(reference: str) -> str:
        area = range_of(reference)
        moved = area and move.area(area)
        if area is None or (moved and _size(moved) == _size(area)):
            return str(moved) if moved else reference
        raise NotWritten(
            "inside-pivot",
            _("{sheet}!{area}: die Änderung würde eine Pivot-Tabelle zerschneiden.").format(
                sheet=move.sheet, area=area
            ),
            _("Bitte die Zeilen oder Spalten außerhalb der Pivot-Tabelle wählen."),
        )

    return Rules(attributes={b"location": {"ref": place}})


def _size(area: Range) -> tuple[int, int]:
    return area.bottom - area.top, area.right - area.left


def _own_attributes(move: Move) -> dict[bytes, dict[str, Change]]:
    def area(reference: str) -> str | None:
        return moved_area(reference, move)

    def areas(references: str) -> str | None:
        return moved_areas(references, move)

    def kept(reference: str) -> str:
        return moved_area(reference, move) or reference

    def merged(reference: str) -> str | None:
        moved = moved_area(reference, move)
        return None if moved is None or cell_of(moved) else moved

    return {
        b"mergeCell": {"ref": merged},
        b"dimension": {"ref": kept},
        b"hyperlink": {"ref": area},
        b"sortState": {"ref": area},
        b"sortCondition": {"ref": area},
        b"conditionalFormatting": {"sqref": areas},
        b"dataValidation": {"sqref": areas},
        b"protectedRange": {"sqref": areas},
        b"ignoredError": {"sqref": areas},
        b"cellWatch": {"r": area},
        b"inputCells": {"r": area},
        b"scenarios": {"sqref": lambda references: moved_areas(references, move) or references},
        b"cellSmartTags": {"r": area},
        b"webPublishItem": {"sourceRef": kept},
        b"singleXmlCell": {"r": area},
    }


def _own_wholes(home: str, move: Move) -> dict[bytes, Callable[[bytes, bytes], bytes | None]]:
    breaks = b"colBreaks" if move.axis is Axis.COLUMN else b"rowBreaks"
    return {
        b"cols": lambda data, shape: moved_widths(data, shape, move),
        breaks: lambda data, shape: moved_breaks(data, shape, move),
        b"pane": lambda data, shape: moved_pane(data, shape, move),
        b"autoFilter": lambda data, shape: moved_filter(data, shape, move),
        b"anchor": lambda data, shape: moved_anchor(data, shape, move),
        b"dataRef": lambda data, shape: _moved_source(data, shape, move, home),
    }


def _moved_source(data: bytes, blanked: bytes, move: Move, home: str = "") -> bytes:
    """An element that names a sheet and a range on it (`ref`, `sheet`)."""
    given = xml.attributes(blanked, xml.root(blanked))
    reference = given.get("ref")
    if reference is None or not move.is_on(given.get("sheet", home)) or any(name.endswith(":id") for name in given):
        return data
    end = xml.root(blanked).inner
    return with_attribute(data[:end], "ref", moved_area(reference, move) or "#REF!") + data[end:]
