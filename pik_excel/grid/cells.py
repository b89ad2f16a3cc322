"""Which cells does a sheet hold? One pass over the text of its `sheetData`.

A large sheet has 300,000 cells, so a single expression takes cell by cell in the spelling that programs write; whatever
does not fit it raises `Unusual`, nothing is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pik_excel.grid.groups import Formulas
from pik_excel.grid.plain import Unusual, attributes_of, unescaped
from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, Area, column_number
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.values import EXACT_DIGITS, Notes, Values
from pik_excel.grid.workbook import Cell, Value
from pik_excel.language import _, plural

_CELL = re.compile(
    r'<c(?: r="([A-Z]++)([0-9]++)")?+((?:\s[^<>]*+)?)>'  # 1 column, 2 row, 3 attributes
    r"(?:(?<=/>)|"
    r"(?:<f((?:\s[^<>]*+)?)>(?:(?<=/>)|([^<]*+)</f>))?+"  # 4 attributes, 5 text
    r"(?:<v(?: ?/>|(?:\sxml:space=\"preserve\")?+>([^<]*+)</v>))?+"  # 6 value
    r"(?:<is>(.*?)</is>)?+</c>)"  # 7 inline string
    r'|<row(?: r="([0-9]++)")?+((?:\s[^<>]*+)?)>'  # 8 number, 9 attributes
    r"|</row>|\s++|(.)",  # 10 anything else
    re.DOTALL,
)
_ZERO = re.compile(r"0+(?:\.0*)?\Z")
_PLACE = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\s*\Z")


@dataclass
class Found:
    """What the pass gives; it is filled by it."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    arrays: list[Area] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_cells(text: str, strings: Sequence[str], date1904: bool = False) -> Found:
    """The cells in the text of a `sheetData`; raises `Unusual` on a spelling that is not known here."""
    found = Found()
    cells = found.cells
    notes = Notes(found.unread)
    values, formulas = Values(strings, date1904, notes), Formulas(cells, found.arrays, notes)
    kinds: dict[str, _Kind] = {}
    rows: dict[str, bool] = {}
    columns: dict[str, int] = {}
    row = column = count = 0
    row_digits = ""
    new = tuple.__new__
    for match in _CELL.finditer(text):
        letters, digits, attributes, formula_attributes, formula, stored, inline, number, row_attributes, other = (
            match.groups()
        )
        if attributes is None:
            if other is not None:
                raise Unusual(other)
            if row_attributes is not None:
                hidden = rows.get(row_attributes)
                if hidden is None:
                    hidden = rows[row_attributes] = _is_hidden(row_attributes)
                row, column, row_digits = _within(int(number) if number else row + 1, MAX_ROW), 0, ""
                if hidden:
                    found.hidden_rows.add(row)
            continue
        try:
            style, type_, place = kinds[attributes]
        except KeyError:
            style, type_, place = kinds[attributes] = _kind(attributes)
        if letters is None:
            (row, column), row_digits = _place(place, row, column), ""
        else:
            if digits != row_digits:
                row, row_digits = _within(int(digits), MAX_ROW), digits
            try:
                column = columns[letters]
            except KeyError:
                column = columns[letters] = _within(column_number(letters), MAX_COLUMN)
        value: Value = None
        if type_ is None and inline is None:
            if stored is not None:
                short = len(stored) <= EXACT_DIGITS and stored.isdigit()
                value = Decimal(stored) if short else values.number(stored, row, column)
        elif type_ == "s" and stored is not None and stored.isdigit() and int(stored) < len(strings):
            value = strings[int(stored)]
        else:
            value = values.of(type_, stored, inline, row, column)
        array = None
        source: str | SharedFormula | None = formula
        if formula_attributes:
            source, array = formulas.of(formula_attributes, formula, row, column)
        elif formula is not None:
            source = (unescaped(formula) if "&" in formula else formula) or None
        cells[row, column] = new(Cell, (row, column, value, source, style, array))
        count += 1
    formulas.close()
    if len(cells) < count:
        found.unread.append(
            plural(
                "Eine Zelle steht mehrfach in der Datei.",
                "{count} Zellen stehen mehrfach in der Datei.",
                count - len(cells),
            ).format(count=count - len(cells))
        )
    return found


class _Kind(NamedTuple):
    """What a cell's attributes say apart from its place; `type` is None for a number."""

    style: int
    type: str | None
    place: str | None


def _kind(attributes: str) -> _Kind:
    given = attributes_of(attributes)
    style, type_ = given.get("s", "0").strip(), given.get("t", "n").strip()
    if not style.isdecimal():
        raise Unusual(attributes)
    if type_ == "e" and "vm" in given:
        type_ = "rich"  # the error stands in for a picture, a data type or an error newer than the format
    return _Kind(int(style), None if type_ == "n" else type_, given.get("r"))


def _is_hidden(attributes: str) -> bool:
    """Whether a row with these attributes is hidden, also by outline or a height of 0."""
    given = attributes_of(attributes)
    if "r" in given:
        raise Unusual(attributes)  # its number is not where the expression looks for it
    return given.get("hidden", "").strip() in ("1", "true") or _ZERO.match(given.get("ht", "")) is not None


def _place(stated: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands that names its place in an unusual way or not at all (then it follows the last one)."""
    if stated is None:
        return _within(row, MAX_ROW), _within(column + 1, MAX_COLUMN)
    match = _PLACE.match(stated)
    if match is None:
        raise Unusual(stated)
    return _within(int(match[2]), MAX_ROW), _within(column_number(match[1]), MAX_COLUMN)


def _within(number: int, limit: int) -> int:
    if not 1 <= number <= limit:
        raise Unusual(_("Zeile oder Spalte {number} gibt es nicht").format(number=number))
    return number
