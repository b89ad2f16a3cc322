"""How does a formula read from its own cell's point of view, so that copies of one formula are equal?

`r1c1` writes relative references as distances, `a1` goes back, `shifted` copies a formula to another cell. Texts, sheet
names, functions such as LOG10 and the brackets of tables and other workbooks stay as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, column_letters, column_number
from pik_excel.ooxml.shift import shifted
from pik_excel.patterns import pattern

__all__ = ["Corner", "a1", "cut_at_own_row", "pieces", "r1c1", "shifted"]

BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\])*+\]"
_OPAQUE = rf'"[^"]*+"|\'(?:[^\']|\'\')*+\'|{BRACKETS}|#[A-Z0-9/_]++[!?]?+'
_BEGINS = r"(?<![\w.\\$?])"
_ENDS = r"(?![\w.(!\[\\?$])"  # what follows makes it a name, a function, a sheet or a table
_LETTERS, _DIGITS = r"[A-Za-z]{1,3}+", r"[1-9][0-9]{0,6}+"
# groups: 1-4 a cell ($ column $ row), 5-6 with 1-2 whole columns, 7-10 whole rows
_REFERENCE = (
    rf"{_BEGINS}(?:(\$?)({_LETTERS})(?:(\$?)({_DIGITS})|:(\$?)({_LETTERS}))|(\$?)({_DIGITS}):(\$?)({_DIGITS})){_ENDS}"
)
_PLAIN = pattern(_REFERENCE)
_ANY = pattern(f"{_REFERENCE}|{_OPAQUE}", re.DOTALL)
_MAY_BE_OPAQUE = pattern(r"[\"'\[#]")
_R, _C = r"R(?:\[-?[0-9]+\]|[0-9]+)?+", r"C(?:\[-?[0-9]+\]|[0-9]+)?+"
_RELATIVE = pattern(f"{_BEGINS}(?P<it>{_R}{_C}(?::{_R}{_C})?|{_C}:{_C}|{_R}:{_R}){_ENDS}|{_OPAQUE}", re.DOTALL)
_OWN_ROW = pattern(r"(?<=[A-Z$])([1-9][0-9]{0,5})(?![\w.(!\[\\?$])")
_CORNER = pattern(r"(?:(R)(?:\[(-?[0-9]+)\]|([0-9]+))?+)?(?:(C)(?:\[(-?[0-9]+)\]|([0-9]+))?+)?\Z")


class Corner(NamedTuple):
    """A corner of a reference: "$" or nothing before column and row; 0 where it has none ("C:D", "4:9")."""

    column_fixed: str
    column: int
    row_fixed: str
    row: int

    def __str__(self) -> str:
        letters = column_letters(self.column) if self.column else ""
        return f"{self.column_fixed}{letters}{self.row_fixed}{self.row or ''}"


def r1c1(formula: str, row: int, column: int) -> str:
    """The formula of the cell with distances: `SUM(D4:G4)` in H4 is `SUM(RC[-4]:RC[-1])`."""

    def relative(match: re.Match[str]) -> str:
        kind = match.lastindex
        if kind == 4:  # written out here: a large workbook has 200,000 of these
            column_fixed, letters, row_fixed, digits = match.group(1, 2, 3, 4)
            across, down = column_number(letters), int(digits)
            if across > MAX_COLUMN or down > MAX_ROW:
                return match[0]  # a name that looks like a cell: XFE1
            vertical = f"R{digits}" if row_fixed else "R" if down == row else f"R[{down - row}]"
            if column_fixed:
                return f"{vertical}C{across}"
            return f"{vertical}C" if across == column else f"{vertical}C[{across - column}]"
        if kind is None:
            return match[0]
        if kind == 6:
            first_fixed, first, last_fixed, last = match.group(1, 2, 5, 6)
            ends = column_number(first), column_number(last)
            if max(ends) > MAX_COLUMN:
                return match[0]
            return f"{_column(first_fixed, ends[0], column)}:{_column(last_fixed, ends[1], column)}"
        first_fixed, first, last_fixed, last = match.group(7, 8, 9, 10)
        return f"{_row(first_fixed, int(first), row)}:{_row(last_fixed, int(last), row)}"

    pattern = _ANY if _MAY_BE_OPAQUE.search(formula) else _PLAIN
    return pattern.sub(relative, formula)


def cut_at_own_row(formula: str, row: int) -> tuple[str, ...] | None:
    """The texts between the row numbers of a formula that takes single cells and ranges of its own row only, and joined
    by another row say the same there; None where it takes anything else."""
    if _MAY_BE_OPAQUE.search(formula):
        return None
    cut = _OWN_ROW.split(formula)
    numbers = cut[1::2]
    return tuple(cut[::2]) if numbers and numbers.count(str(row)) == len(numbers) else None


def pieces(formula: str) -> tuple[str | Corner, ...]:
    """The formula cut at the corners of its references; no text among the pieces is empty."""
    cut: list[str | Corner] = []
    end = 0
    for match in _ANY.finditer(formula):
        corners = _corners(match)
        if corners:
            cut += [formula[end : match.start()], corners[0]]
            cut += [":", corners[1]] if len(corners) > 1 else []
            end = match.end()
    return tuple(piece for piece in (*cut, formula[end:]) if piece)


def a1(form: str, row: int, column: int) -> str:
    """The formula that has this R1C1 form in that cell; a reference that leaves the grid becomes #REF!."""

    def absolute(match: re.Match[str]) -> str:
        if match["it"] is None:
            return match[0]
        corners = [_absolute(corner, row, column) for corner in match["it"].split(":")]
        return "#REF!" if None in corners else ":".join(corner or "" for corner in corners)

    return _RELATIVE.sub(absolute, form)


def _corners(match: re.Match[str]) -> list[Corner]:
    if match.lastindex == 4:
        corners = [Corner(match[1], column_number(match[2]), match[3], int(match[4]))]
    elif match.lastindex == 6:
        ends = (match[1], match[2]), (match[5], match[6])
        corners = [Corner(fixed, column_number(letters), "", 0) for fixed, letters in ends]
    elif match.lastindex == 10:
        corners = [Corner("", 0, match[at], int(match[at + 1])) for at in (7, 9)]
    else:
        return []
    return [] if any(corner.column > MAX_COLUMN or corner.row > MAX_ROW for corner in corners) else corners


def _row(fixed: str, row: int, own: int) -> str:
    if fixed:
        return f"R{row}"
    return f"R[{row - own}]" if row != own else "R"


def _column(fixed: str, column: int, own: int) -> str:
    if fixed:
        return f"C{column}"
    return f"C[{column - own}]" if column != own else "C"


def _absolute(corner: str, row: int, column: int) -> str | None:
    """One corner ("RC[-1]", "C2", "R[3]") as a cell, column or row; None off the grid."""
    match = _CORNER.match(corner)
    if match is None:
        raise ValueError(corner)
    has_row, down, own_row, has_column, right, own_column = match.groups()
    number = int(own_row) if own_row else row + int(down or 0)
    letters = int(own_column) if own_column else column + int(right or 0)
    if (has_row and not 1 <= number <= MAX_ROW) or (has_column and not 1 <= letters <= MAX_COLUMN):
        return None
    written = f"{'$' if own_column else ''}{column_letters(letters)}" if has_column else ""
    return f"{written}{'$' if own_row else ''}{number}" if has_row else written
