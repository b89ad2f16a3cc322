"""How does a formula read when it is copied to another cell?

`r1c1` writes references relative to the formula's own cell, so that copies of one formula are equal; `a1` goes back,
`shifted` copies. Strings, sheet names, function names and the brackets of tables and other workbooks stay as they are.
"""

from __future__ import annotations

import re

from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, column_letters, column_number

COLUMN = r"(?:[A-Za-z]{1,2}|[A-Wa-w][A-Za-z]{2}|[Xx](?:[A-Ea-e][A-Za-z]|[Ff][A-Da-d]))"
ROW = r"(?:[1-9][0-9]{0,5}|10(?:[0-3][0-9]{4}|4(?:[0-7][0-9]{3}|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))"
ENDS = r"(?![\w.(!?\\$])"
REFERENCE = (
    rf"(\$?)({COLUMN})(\$?)({ROW})(?::(\$?)({COLUMN})(\$?)({ROW}))?{ENDS}"
    rf"|(\$?)({COLUMN}):(\$?)({COLUMN}){ENDS}"
    rf"|(\$?)({ROW}):(\$?)({ROW}){ENDS}"
)
BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\])*+\]"
ERRORS = r"#(?:[A-Z][A-Z/_]*(?:[!?]|(?<=N/A)|(?<=GETTING_DATA))|DIV/0!)"
OPAQUE = rf'"[^"]*+"|\'(?:[^\']|\'\')*+\'|{BRACKETS}|{ERRORS}'
_PLAIN = re.compile(rf"(?<![\w.\\$?])(?:{REFERENCE})")
_ANY = re.compile(rf"{OPAQUE}|(?<![\w.\\$?])(?:{REFERENCE})", re.DOTALL)
_MAY_BE_OPAQUE = re.compile(r"[\"'\[#]")
_PART = r"R(?:\[-?[0-9]+\]|[0-9]+)?C(?:\[-?[0-9]+\]|[0-9]+)?"
_R1C1 = re.compile(
    rf"(?<![\w.\\$?])(?:({_PART})(?::({_PART}))?"
    r"|(C(?:\[-?[0-9]+\]|[0-9]+)?):(C(?:\[-?[0-9]+\]|[0-9]+)?)"
    rf"|(R(?:\[-?[0-9]+\]|[0-9]+)?):(R(?:\[-?[0-9]+\]|[0-9]+)?)){ENDS}(?!\[)"
    rf"|{OPAQUE}",
    re.DOTALL,
)
_CORNER = re.compile(r"(?:R(?:\[(-?[0-9]+)\]|([0-9]+))?)?(?:(C)(?:\[(-?[0-9]+)\]|([0-9]+))?)?\Z")
_LOST = "#REF!"


def r1c1(formula: str, row: int, column: int) -> str:
    """The formula of the cell with relative references as offsets: `SUM(D4:G4)` in H4 is `SUM(RC[-4]:RC[-1])`."""

    def relative(match: re.Match[str]) -> str:
        c_fixed, c, r_fixed, r, c2_fixed, c2, r2_fixed, r2, left_fixed, left, right_fixed, right = match.groups()[:12]
        if c is not None:
            first = _relative_row(r_fixed, r, row) + _relative_column(c_fixed, c, column)
            if c2 is None:
                return first
            return f"{first}:{_relative_row(r2_fixed, r2, row)}{_relative_column(c2_fixed, c2, column)}"
        if left is not None:
            return f"{_relative_column(left_fixed, left, column)}:{_relative_column(right_fixed, right, column)}"
        top_fixed, top, bottom_fixed, bottom = match.groups()[12:]
        if top is not None:
            return f"{_relative_row(top_fixed, top, row)}:{_relative_row(bottom_fixed, bottom, row)}"
        return match[0]

    pattern = _ANY if _MAY_BE_OPAQUE.search(formula) else _PLAIN
    return pattern.sub(relative, formula)


def a1(form: str, row: int, column: int) -> str:
    """The formula that has this R1C1 form in that cell; a reference that leaves the grid becomes #REF!."""

    def absolute(match: re.Match[str]) -> str:
        corners = [corner for corner in match.groups() if corner]
        if not corners:
            return match[0]
        written = [_absolute(corner, row, column) for corner in corners]
        return _LOST if None in written else ":".join(corner for corner in written if corner)

    return _R1C1.sub(absolute, form)


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula as copied by so many rows and columns; a reference that leaves the grid becomes #REF!."""

    def moved(match: re.Match[str]) -> str:
        parts = match.groups()
        if parts[1] is not None:
            corners = [parts[0:4], parts[4:8]] if parts[5] is not None else [parts[0:4]]
        elif parts[9] is not None:
            corners = [(*parts[8:10], "", ""), (*parts[10:12], "", "")]
        elif parts[13] is not None:
            corners = [("", "", *parts[12:14]), ("", "", *parts[14:16])]
        else:
            return match[0]
        written = [_moved(corner, rows, columns) for corner in corners]
        return _LOST if None in written else ":".join(corner for corner in written if corner)

    pattern = _ANY if _MAY_BE_OPAQUE.search(formula) else _PLAIN
    return pattern.sub(moved, formula)


def _relative_row(fixed: str, row: str, own: int) -> str:
    if fixed:
        return "R" + row
    distance = int(row) - own
    return f"R[{distance}]" if distance else "R"


def _relative_column(fixed: str, letters: str, own: int) -> str:
    number = column_number(letters)
    if fixed:
        return f"C{number}"
    return f"C[{number - own}]" if number != own else "C"


def _absolute(corner: str, row: int, column: int) -> str | None:
    match = _CORNER.match(corner)
    if match is None:
        return None
    down, own_row, has_column, right, own_column = match.groups()
    written = ""
    if has_column:
        number = int(own_column) if own_column else column + int(right or 0)
        if not 1 <= number <= MAX_COLUMN:
            return None
        written = f"${column_letters(number)}" if own_column else column_letters(number)
    if corner.startswith("R"):
        number = int(own_row) if own_row else row + int(down or 0)
        if not 1 <= number <= MAX_ROW:
            return None
        written += f"${number}" if own_row else str(number)
    return written


def _moved(corner: tuple[str, ...], rows: int, columns: int) -> str | None:
    column_fixed, letters, row_fixed, row = corner
    written = column_fixed + letters
    if letters and not column_fixed:
        number = column_number(letters) + columns
        if not 1 <= number <= MAX_COLUMN:
            return None
        written = column_letters(number)
    if not row or row_fixed:
        return written + row_fixed + row
    moved = int(row) + rows
    return f"{written}{moved}" if 1 <= moved <= MAX_ROW else None
