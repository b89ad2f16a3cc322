"""What does a formula say after rows or columns were inserted or deleted? Every reference follows its cells."""

from __future__ import annotations

import re

from pik_excel.ooxml.cellref import MAX_COLUMN, MAX_ROW, Range, cell_of, column_of, letters, range_of, ranges_of
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.patterns import pattern

_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
_PLAIN_SHEET = r"[^\s'\"!()+\-*/^&=<>,;:{}\[\]#%@$]+"
_ENDS = r"(?![\w.!(\[\\?])"
_TOKEN = pattern(
    rf"""
      "(?:[^"]|"")*"                                                                    # text
    | (?P<sheet>'(?:[^']|'')*'!|(?:\[\d+\])?{_PLAIN_SHEET}(?::{_PLAIN_SHEET})?!)?       # the sheet, if it is named
      (?: (?P<area>{_CELL}(?::{_CELL})?)
        | (?P<columns>\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}})
        | (?P<rows>\$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}})
      ){_ENDS}
    | '(?:[^']|'')*'!?                                                                  # a sheet before a name
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                                         # structured reference
    | \#[A-Z0-9/_]+[!?]?(?:{_CELL}(?::{_CELL})?)?                                       # error value, #REF!A1
    | [^\W\d][\w.\\?]*!? | \\[\w.\\?]*                                                  # name, function, sheet
    | \d+(?:\.\d*)?(?:E[+-]?\d+)? | \.\d+(?:E[+-]?\d+)?                                 # number
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CORNER = pattern(r"(\$?)([A-Z]{1,3})(\$?)(\d+)\Z", re.IGNORECASE)
_LOST = "#REF!"


def moved_formula(formula: str, home: str, move: Move) -> str:
    """The formula, which stands on the sheet `home`, after the move.

    What refers to other sheets, to other workbooks or through several sheets at once (`Jan:Dez!B4`, which Excel leaves
    as it is) stays; a reference whose whole target goes is #REF!.
    """

    def moved(match: re.Match[str]) -> str:
        reference = match["area"] or match["columns"] or match["rows"]
        if reference is None or not _meant(match["sheet"], home, move):
            return match[0]
        return (match["sheet"] or "") + _moved_reference(reference, move)

    return _TOKEN.sub(moved, formula)


def moved_area(reference: str, move: Move) -> str | None:
    """A `ref` attribute ("C4:D9", "C4") after the move; None where it goes; as it is where it is none."""
    area = range_of(reference)
    if area is None:
        return reference
    moved = move.area(area)
    return None if moved is None else str(moved)


def moved_areas(references: str, move: Move) -> str | None:
    """A `sqref` attribute after the move; None where nothing of it is left."""
    if len(ranges_of(references)) != len(references.split()):
        return references
    left = [moved for moved in (moved_area(one, move) for one in references.split()) if moved is not None]
    return " ".join(left) or None


def _meant(sheet: str | None, home: str, move: Move) -> bool:
    if sheet is None:
        return move.is_on(home)
    name = sheet[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return move.is_on(name)  # a name with another workbook or several sheets in it is none of ours


def _moved_reference(reference: str, move: Move) -> str:
    first, _colon, last = reference.partition(":")
    if not _CORNER.match(first):
        return _moved_lines(first, last, move)
    if not last:
        return _moved_cell(first, move)
    return _moved_rectangle(first, last, move)


def _moved_cell(corner: str, move: Move) -> str:
    at = cell_of(corner)
    if at is None:  # a name such as ZZZ1
        return corner
    moved = move.cell(*at)
    return _LOST if moved is None else _written(corner, *moved)


def _moved_rectangle(first: str, last: str, move: Move) -> str:
    one, other = cell_of(first), cell_of(last)
    if one is None or other is None:
        return f"{first}:{last}"
    area = Range(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
    moved = move.area(area)
    if moved is None:
        return _LOST
    top, bottom = (moved.top, moved.bottom) if one[0] <= other[0] else (moved.bottom, moved.top)
    left, right = (moved.left, moved.right) if one[1] <= other[1] else (moved.right, moved.left)
    return f"{_written(first, top, left)}:{_written(last, bottom, right)}"


def _moved_lines(first: str, last: str, move: Move) -> str:
    by_column = first.lstrip("$").isalpha()
    if by_column is not (move.axis is Axis.COLUMN):
        return f"{first}:{last}"
    one, other = _line(first), _line(last)
    if max(one, other) > (MAX_COLUMN if by_column else MAX_ROW):
        return f"{first}:{last}"
    ends = move.lines(min(one, other), max(one, other))
    if ends is None:
        return _LOST
    begin, end = ends if one <= other else ends[::-1]
    return (
        f"{_dollar(first)}{letters(begin) if by_column else begin}:{_dollar(last)}{letters(end) if by_column else end}"
    )


def _line(end: str) -> int:
    bare = end.lstrip("$")
    return column_of(bare) if bare.isalpha() else int(bare)


def _dollar(end: str) -> str:
    return "$" if end.startswith("$") else ""


def _written(corner: str, row: int, column: int) -> str:
    """The cell with the dollar signs that `corner` has."""
    found = _CORNER.match(corner)
    if found is None:
        raise ValueError(corner)
    return f"{found[1]}{letters(column)}{found[3]}{row}"
