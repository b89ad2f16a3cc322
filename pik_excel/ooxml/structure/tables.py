"""What becomes of an Excel table (Einfügen > Tabelle) when columns or rows come or go inside it?"""

from __future__ import annotations

import re
from itertools import chain, count, islice

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.cellref import Range, range_of
from pik_excel.ooxml.structure.columns import moved_filter
from pik_excel.ooxml.structure.formula import moved_area, moved_formula
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.structure.rewrite import Change, Rules, rewritten, with_attribute
from pik_excel.records import dataclass


@dataclass(frozen=True)
class TableChange:
    """A table's part after the move. `headings`: header cells (row, column) that must say the new columns' names;
    `lost`: the names of deleted columns, to which structured references become #REF!."""

    part: bytes
    name: str
    headings: tuple[tuple[int, int, str], ...] = ()
    lost: tuple[str, ...] = ()


def moved_table(part: bytes, home: str, move: Move) -> TableChange | None:
    """The table after the move; None where it goes as a whole. Its formulas follow also when it stands elsewhere.

    Raises NotWritten where Excel refuses: when a part of it goes that it cannot do without.
    """
    blanked = xml.structure(part)
    root = xml.root(blanked)
    given = xml.attributes(blanked, root)
    name, area = given.get("displayName") or given.get("name", ""), range_of(given.get("ref", ""))

    def formula(text: str) -> str:
        return moved_formula(text, home, move)

    formulas: dict[bytes, Change] = {b"calculatedColumnFormula": formula, b"totalsRowFormula": formula}
    if area is None or not move.is_on(home):
        return TableChange(rewritten(part, Rules(contents=formulas)), name)
    fresh = move.area(area)
    if fresh is None:
        return None
    _refuse_headless(area, given, name, move)
    names = _column_names(part, blanked)
    added, lost = _added(area, names, move), _lost(area, names, move)
    rules = Rules(
        attributes={
            b"table": {"ref": lambda ref: moved_area(ref, move)},
            b"sortState": _ref(move),
            b"sortCondition": _ref(move),
        },
        contents=formulas,
        whole={
            b"autoFilter": lambda data, shape: moved_filter(data, shape, move),
            b"tableColumns": lambda data, shape: _columns(data, shape, area, added, lost, formulas),
        },
    )
    top = fresh.top if given.get("headerRowCount", "1") != "0" else 0
    new = (pair for at, lines in move.inserted for pair in zip(lines, added.get(at, ()), strict=False))
    headings = tuple((top, line, heading) for line, heading in new) if top else ()
    return TableChange(rewritten(part, rules), name, headings, lost)


def without_columns(formula: str, table: str, lost: tuple[str, ...]) -> str:
    """The formula with #REF! for each structured reference to a deleted column of the table."""
    if not lost or table.casefold() not in formula.casefold():
        return formula
    names = "|".join(map(_pattern, lost))
    column = rf"@?(?:{names})|(?:[^\[\]]|\[[^\[\]]*\])*\[(?:{names})\](?:[^\[\]]|\[[^\[\]]*\])*"
    pattern = rf'("(?:[^"]|"")*")|(?<![\w.]){re.escape(table)}\[(?:{column})\]'
    return re.sub(pattern, lambda found: found[1] or "#REF!", formula, flags=re.IGNORECASE)


def renamed_column_in(formula: str, table: str, old: str, new: str, bare: bool = False) -> str:
    """The formula with another name for a column of the table; `bare`: also where the table is left out (`[2021]`)."""
    if "[" not in formula:
        return formula
    own = r"(?<![\w.\\\]])" + (f"(?:{re.escape(table)})?" if bare else re.escape(table))
    inside = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\](?![\w!'])"
    column = re.compile(rf"(?<=\[)(@?){_pattern(old)}(?=\])", re.IGNORECASE)
    written = re.sub(r"(['\[\]#@])", r"'\1", new)

    def renamed(found: re.Match[str]) -> str:
        return found[0] if found[1] else column.sub(lambda one: one[1] + written, found[0])

    return re.sub(rf"""("(?:[^"]|"")*"|'(?:[^']|'')*'!?)|{own}{inside}""", renamed, formula, flags=re.IGNORECASE)


def _pattern(column: str) -> str:
    """The column's name as formulas write it, as a pattern."""
    return re.escape(re.sub(r"(['\[\]#@])", r"'\1", column))


def _ref(move: Move) -> dict[str, Change]:
    return {"ref": lambda ref: moved_area(ref, move)}


def _refuse_headless(area: Range, given: dict[str, str], name: str, move: Move) -> None:
    header = given.get("headerRowCount", "1") != "0"
    if move.axis is Axis.COLUMN or move.count > 0 or not header or move.line(area.top) is not None:
        return
    raise NotWritten(
        "table-header",
        _("{sheet}!{area}: die Kopfzeile der Tabelle „{name}“ kann nicht gelöscht werden.").format(
            sheet=move.sheet, area=area, name=name
        ),
        _("Bitte die Tabelle in Excel in einen Bereich umwandeln oder ganz löschen."),
    )


def _column_names(part: bytes, blanked: bytes) -> list[str]:
    columns = xml.child(blanked, xml.root(blanked), b"tableColumns")
    return [xml.attributes(part, one).get("name", "") for one in xml.children(blanked, columns)] if columns else []


def _added(area: Range, names: list[str], move: Move) -> dict[int, list[str]]:
    """The names of new columns by the places where they are inserted, the rightmost named first."""
    if move.axis is Axis.ROW:
        return {}
    taken = {name.casefold() for name in names}
    free = (f"Spalte{number}" for number in count(1) if f"spalte{number}" not in taken)
    inside = [(at, len(lines)) for at, lines in move.inserted if area.left < at <= area.right]
    return {at: list(islice(free, many)) for at, many in reversed(inside)}


def _lost(area: Range, names: list[str], move: Move) -> tuple[str, ...]:
    if move.axis is Axis.ROW:
        return ()
    return tuple(name for index, name in enumerate(names) if move.line(area.left + index) is None)


def _columns(
    data: bytes,
    blanked: bytes,
    area: Range,
    added: dict[int, list[str]],
    lost: tuple[str, ...],
    formulas: dict[bytes, Change],
) -> bytes:
    root = xml.root(blanked)
    rules = Rules(contents=formulas)
    columns = [(column, xml.attributes(data, column)) for column in xml.children(blanked, root)]
    highest = max((int(given.get("id", "0")) for _column, given in columns), default=0)
    prefix = re.match(rb"<((?:[^\s/>:]+:)?)", data)
    tag = f"{prefix[1].decode() if prefix else ''}tableColumn"
    numbers = count(highest + 1)
    new = {
        at: [f'<{tag} id="{next(numbers)}" name="{xml.escaped(name)}"/>'.encode() for name in names]
        for at, names in added.items()
    }
    kept: list[bytes] = []
    for at, (column, given) in enumerate(columns, area.left):
        kept += new.pop(at, [])
        if given.get("name", "") not in lost:
            kept.append(rewritten(data[column.start : column.end], rules))
    kept += chain.from_iterable(new[at] for at in sorted(new))  # a damaged table, with fewer columns than its area
    head = with_attribute(data[: root.inner], "count", str(len(kept)))
    return head + b"".join(kept) + data[root.inner_end :]
