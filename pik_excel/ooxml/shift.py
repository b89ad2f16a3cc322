"""What does a formula say when it moves by some rows and columns, as the followers of a shared formula do?"""

from __future__ import annotations

import re

from pik_excel.ooxml.cellref import column_of, letters, on_grid
from pik_excel.patterns import pattern

_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
_ENDS = r"(?![\w.!(\[\\?$])"  # what follows makes it a name, a sheet, a function or a table
_TOKEN = pattern(
    rf"""
      "(?:[^"]|"")*"                                                # text
    | '(?:[^']|'')*'                                                # a sheet name in quotes
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                     # structured reference, other workbook
    | \#[A-Z0-9/_]+[!?]?                                            # error value
    | (?P<range>{_CELL}:{_CELL}){_ENDS}
    | (?P<cell>{_CELL}){_ENDS}
    | (?P<columns>\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}){_ENDS}
    | (?P<rows>\$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}}){_ENDS}
    | [^\W\d][\w.\\?]* | \\[\w.\\?]*                                # name, function, sheet
    | \d+(?:\.\d*)?(?:E[+-]?\d+)? | \.\d+(?:E[+-]?\d+)?             # number
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PART = pattern(r"(\$?)([A-Z]{1,3})?(?:(\$?)(\d+))?\Z", re.IGNORECASE)
_LOST = "#REF!"


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula moved: relative references move along, absolute ones stay, what leaves the grid is #REF!."""

    def moved(match: re.Match[str]) -> str:
        if match.lastgroup is None:
            return match[0]
        corners = [_moved(corner, rows, columns) for corner in match[0].split(":")]
        return _LOST if None in corners else ":".join(corner or "" for corner in corners)

    return _TOKEN.sub(moved, formula)


def _moved(corner: str, rows: int, columns: int) -> str | None:
    """One corner ("$C4", "C", "$4") moved; None off the grid; as it is where it never was on the grid (a name)."""
    column_fixed, name, row_fixed, digits = _split(corner)
    column, row = column_of(name) if name else 1, int(digits) if digits else 1
    if not on_grid(row, column):
        return corner
    if name and not column_fixed:
        column += columns
    if digits and not row_fixed:
        row += rows
    if not on_grid(row, column):
        return None
    return f"{column_fixed}{letters(column) if name else ''}{row_fixed}{row if digits else ''}"


def _split(corner: str) -> tuple[str, str, str, str]:
    found = _PART.match(corner)
    if found is None:
        raise ValueError(corner)
    first, name, second, digits = found.groups(default="")
    return (first, name, second, digits) if name else ("", "", first, digits)
