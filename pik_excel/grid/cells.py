"""Which cells does a sheet hold? One pass over the text of its `sheetData`.

A large sheet has 300,000 cells, so a single expression takes cell by cell in the spelling that programs write; whatever
does not fit it raises `Unusual`, nothing is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf, isinf
from typing import NamedTuple

from pik_excel.grid.dates import serial_of_iso
from pik_excel.grid.plain import shown, unescaped
from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, Area, area_of, column_letters, column_number
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.workbook import Cell, ErrorValue, Value
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
_ATTRIBUTES = re.compile(r'(?:\s+[\w:.]+="[^"<]*")*\s*/?\Z')
_ZERO = re.compile(r"0+(?:\.0*)?\Z")
_ATTRIBUTE = re.compile(r'([\w:.]+)="([^"]*)"')
_PLACE = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\s*\Z")
_RUNS = re.compile(
    r'<t(?: xml:space="preserve")?>([^<]*+)</t>|<t ?/>|</?r>|<rPr>.*?</rPr>|<rPr ?/>'
    r"|<rPh\b.*?</rPh>|<phoneticPr\b[^<>]*/>|\s++|(.)",
    re.DOTALL,
)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_EXACT_DIGITS = 15
_NAMED_AT_MOST = 20


class Unusual(ValueError):
    """XML that is spelled otherwise than programs spell it."""


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
    values, formulas = _Values(strings, date1904, found), _Formulas(found)
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
                short = len(stored) <= _EXACT_DIGITS and stored.isdigit()
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
    if not _ATTRIBUTES.match(attributes):
        raise Unusual(attributes)
    given = dict(_ATTRIBUTE.findall(attributes))
    style, type_ = given.get("s", "0").strip(), given.get("t", "n").strip()
    if not style.isdecimal():
        raise Unusual(attributes)
    if type_ == "e" and "vm" in given:
        type_ = "rich"  # the error stands in for a picture, a data type or an error newer than the format
    return _Kind(int(style), None if type_ == "n" else type_, given.get("r"))


def _is_hidden(attributes: str) -> bool:
    """Whether a row with these attributes is hidden, also by outline or a height of 0."""
    if not _ATTRIBUTES.match(attributes):
        raise Unusual(attributes)
    given = dict(_ATTRIBUTE.findall(attributes))
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


class _Values:
    """Makes values of what is stored; what cannot be one is noted as unread."""

    def __init__(self, strings: Sequence[str], date1904: bool, found: Found) -> None:
        self._strings = strings
        self._date1904 = date1904
        self._unread = Notes(found.unread)

    def of(self, type_: str | None, stored: str | None, inline: str | None, row: int, column: int) -> Value:
        """The value of a cell of that type with that content of `v` and `is`."""
        if type_ == "s" and stored is not None:
            return self._shared(stored.strip(), row, column)
        if inline is not None and type_ in ("inlineStr", None):
            return string_item(inline)
        if stored is None:
            return None
        if type_ is None:
            return self.number(stored, row, column)
        text = unescaped(stored)
        if type_ in ("str", "inlineStr"):
            return shown(text)
        return self._rare(type_, text.strip(), row, column)

    def number(self, text: str, row: int, column: int) -> Value:
        """Of more digits than Excel shows, those that the binary number really has: 1.1000000000000001 is 1.1."""
        if not _NUMBER.match(text):
            text = unescaped(text).strip()
        if not text:
            return None
        number = float(text) if _NUMBER.match(text) else inf
        if isinf(number):
            self._unread.add(_("{at}: „{text}“ ist keine Zahl."), row, column, text)
            return None
        return Decimal(text) if len(text) <= _EXACT_DIGITS else Decimal(repr(number))

    def _shared(self, stored: str, row: int, column: int) -> Value:
        if stored.isdecimal() and int(stored) < len(self._strings):
            return self._strings[int(stored)]
        if stored:
            self._unread.add(_("{at}: Der Text Nr. {text} fehlt in der Datei."), row, column, stored)
        return None

    def _rare(self, type_: str, text: str, row: int, column: int) -> Value:
        if not text:
            return None
        if type_ == "b" and text in ("0", "1", "true", "false"):
            return text in ("1", "true")
        if type_ == "e":
            return ErrorValue(text)
        if type_ == "d":
            serial = serial_of_iso(text, self._date1904)
            if serial is not None:
                return serial
        if type_ == "rich":
            self._unread.add(_("{at}: Bild oder Datentyp in der Zelle ({text})."), row, column, text)
            return None
        self._unread.add(_("{at}: Der Inhalt „{text}“ passt nicht zur Art der Zelle."), row, column, text)
        return None


class _Formulas:
    """Makes formulas of `f` elements that have attributes, and knows the groups of shared ones."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._given: dict[str, dict[str, str]] = {}
        self._groups: dict[str, SharedFormula] = {}
        self._waiting: list[tuple[str, int, int]] = []

    def of(
        self, attributes: str, text: str | None, row: int, column: int
    ) -> tuple[str | SharedFormula | None, str | None]:
        """The cell's formula, and the range that it heads as array formula or data table."""
        given = self._given.get(attributes)
        if given is None:
            if not _ATTRIBUTES.match(attributes):
                raise Unusual(attributes)
            given = self._given[attributes] = dict(_ATTRIBUTE.findall(attributes))
        formula = unescaped(text) if text else None
        kind = given.get("t", "normal")
        if kind == "shared" and (formula is None or "ref" in given):
            return self._shared(given.get("si", ""), formula, row, column), None
        if kind in ("array", "dataTable"):
            return self._range(kind, given, formula)
        return formula, None

    def close(self) -> None:
        """Give the followers that came before their group's first cell their formula."""
        for group, row, column in self._waiting:
            cell = self._found.cells[row, column]
            if group in self._groups:
                self._found.cells[row, column] = cell._replace(formula=self._groups[group])
            else:
                message = _("{at}: Die Formel fehlt; sie ist mit einer Zelle geteilt, die es nicht gibt.")
                Notes(self._found.unread).add(message, row, column)

    def _shared(self, group: str, formula: str | None, row: int, column: int) -> str | SharedFormula | None:
        if formula is not None:
            self._groups[group] = SharedFormula(formula, row, column)
            return formula
        if group not in self._groups:
            self._waiting.append((group, row, column))
        return self._groups.get(group)

    def _range(self, kind: str, given: dict[str, str], formula: str | None) -> tuple[str | None, str | None]:
        area = area_of(given.get("ref", ""))
        if area is not None:
            self._found.arrays.append(area)
        if kind == "dataTable":
            formula = _table_function(given)
        return formula, given.get("ref")


def _table_function(given: dict[str, str]) -> str:
    """A what-if table as Excel shows it: TABLE(row input, column input)."""
    first, second = given.get("r1", ""), given.get("r2", "")
    if given.get("dt2D") in ("1", "true"):
        return f"TABLE({first},{second})"
    return f"TABLE({first},)" if given.get("dtr") in ("1", "true") else f"TABLE(,{first})"


class Notes:
    """Sentences about what could not be read; after twenty, only that there is more."""

    def __init__(self, sentences: list[str]) -> None:
        self._sentences = sentences

    def add(self, sentence: str, row: int, column: int, text: str = "") -> None:
        """Note the sentence (with `{at}` and `{text}`) unless there are many already."""
        if len(self._sentences) < _NAMED_AT_MOST:
            at = f"{column_letters(column)}{row}"
            self._sentences.append(sentence.format(at=at, text=text[:40]))
        elif len(self._sentences) == _NAMED_AT_MOST:
            self._sentences.append(_("Weitere Zellen sind nicht lesbar."))


def string_item(text: str) -> str:
    """The text of a string item (`si`, `is`) without its reading aids; raises `Unusual`."""
    if "<" not in text:
        raise Unusual(text)
    pieces = []
    for match in _RUNS.finditer(text):
        if match[2] is not None:
            raise Unusual(match[2])
        pieces.append(match[1] or "")
    joined = unescaped("".join(pieces))
    return shown(joined)
