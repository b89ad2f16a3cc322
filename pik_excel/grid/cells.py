"""Which cells does a sheet hold? One pass over the text of its `sheetData`, row by row.

A large sheet has 300,000 cells, so expressions take the rows apart in the spelling that programs write; whatever does
not fit it raises `Unusual`, nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import repeat
from typing import NamedTuple

from pik_excel.grid.cell import Source, Value
from pik_excel.grid.groups import Formulas
from pik_excel.grid.plain import Impossible, Unusual, attributes_of
from pik_excel.grid.reference import MAX_COLUMN, MAX_ROW, Area, column_number
from pik_excel.grid.spelling import CELL, Alike, Column, Given, Sort
from pik_excel.grid.store import Cells, Collected, Row, Sources, alike
from pik_excel.grid.values import Notes, Values
from pik_excel.language import _, plural
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_ROW_END = "</row>"
_ZERO = pattern(r"0+(?:\.0*)?\Z")
_PLACE = pattern(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\s*\Z")


@dataclass(frozen=False)
class Found:
    """What the pass gives; it is filled by it."""

    cells: Cells = field(default_factory=lambda: Cells({}))
    hidden_rows: set[int] = field(default_factory=set)
    arrays: list[Area] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_cells(
    text: str,
    strings: Sequence[str],
    date1904: bool = False,
    start: int = 0,
    end: int | None = None,
    spelling: Alike | None = None,
) -> Found:
    """The cells in the text of a `sheetData`, which lies between `start` and `end`; raises `Unusual` on a spelling that
    is not known here. `spelling` is what was learned from other sheets of the workbook, and learns from this one."""
    sheet = _Pass(strings, date1904, spelling or Alike())
    end = len(text) if end is None else end
    while start < end:
        start = sheet.read(text, start, end)
    return sheet.end()


class _Pass:
    """One pass over the rows of a sheet."""

    def __init__(self, strings: Sequence[str], date1904: bool, spelling: Alike) -> None:
        self._found = Found()
        self._cells = Collected()
        notes = Notes(self._found.unread)
        self._values = Values(strings, date1904, notes)
        self._formulas = Formulas(self._cells, self._found.arrays, notes)
        self._alike = spelling
        self._kinds: dict[str, _Kind] = {}
        self._hidden: dict[str, bool] = {}
        self._columns: dict[str, int] = {}
        self._row = self._column = 0

    def read(self, text: str, start: int, end: int) -> int:
        """Take in the cells of the next row, or of many that are of known sorts; where it ends."""
        rows, after = self._alike.read(text, start, end)
        if rows:
            self._at_once(rows)
            return after
        stop = text.find(_ROW_END, start, end)
        after = end if stop < 0 else stop + len(_ROW_END)
        line = text[start:after]  # rows without cells come with the one that follows
        self._one_by_one(line)
        if self._alike.wants_to_learn:
            self._alike.learn(line, self._columns_of(line), self._row in self._found.hidden_rows)
        return after

    def end(self) -> Found:
        """All that was found."""
        self._formulas.close()
        again = self._cells.again
        if again:
            what = plural(
                "Eine Zelle steht mehrfach in der Datei.", "{count} Zellen stehen mehrfach in der Datei.", again
            )
            raise Impossible("cell-twice", what.format(count=again))
        self._found.cells = self._cells.cells()
        return self._found

    def _at_once(self, rows: Sequence[tuple[Sort, Given]]) -> None:
        """Rows of known sorts, column by column; cell by cell where one of them is to be looked at closely."""
        sorts: dict[Sort, list[Given]] = {}
        for sort, given in rows:
            sorts.setdefault(sort, []).append(given)
        read = {sort: self._by_column(sort, given) for sort, given in sorts.items()}
        if any(columns is None for columns in read.values()):
            for sort, given in rows:
                self._cell_by_cell(sort, given)
            return
        made = {sort: self._rows(sort, columns) for sort, columns in read.items() if columns is not None}
        self._row, self._column = int(rows[-1][1][0] or 0), 0
        if len(made) == 1:
            self._cells.add_rows(list(*made.values()))
        else:
            self._cells.add_rows([row for sort, _given in rows if (row := next(made[sort], None)) is not None])

    def _by_column(self, sort: Sort, rows: Sequence[Given]) -> _Columns | None:
        """What the rows of one sort state, by column; None where they must be read cell by cell."""
        if any(not self._formulas.is_plain(column.formula_attributes) for column in sort.columns):
            return None
        numbers, *given = zip(*rows, strict=True)
        values = [
            self._values.column(column.type, stored) for column, stored in zip(sort.columns, given[1::2], strict=True)
        ]
        ready = [column for column in values if column is not None]
        return _Columns(list(map(int, numbers)), given[::2], ready) if len(ready) == len(values) else None

    def _rows(self, sort: Sort, read: _Columns) -> Iterator[tuple[int, Row]]:
        """The rows of one sort, those that have cells."""
        numbers, columns = read.numbers, sort.columns
        _within(min(numbers), MAX_ROW)
        _within(max(numbers), MAX_ROW)
        if sort.hidden:
            self._found.hidden_rows.update(numbers)
        if not columns:
            return iter(())
        form = self._cells.form(
            tuple(column.column for column in columns),
            tuple(column.style for column in columns),
            tuple(place for place, column in enumerate(columns) if column.type is not None),
        )
        return zip(numbers, alike(form, zip(*read.values, strict=True), self._sources(sort, read)), strict=False)

    def _sources(self, sort: Sort, read: _Columns) -> Iterator[Sources]:
        """The formulas of these rows; rows with the same ones share them."""
        found = [
            self._formulas.column(column.formula_attributes, texts, read.numbers, column.column, sort)
            for column, texts in zip(sort.columns, read.formulas, strict=True)
        ]
        if all(column.count(column[0]) == len(column) for column in found):
            found = [column[:1] for column in found]  # the same in each row
        last: Sources = None
        shown: Sources = None
        for sources in zip(*found, strict=True):
            if sources != last:
                last, shown = sources, sources if any(source is not None for source in sources) else None
            yield shown
        yield from repeat(shown, len(read.numbers) - len(found[0]))

    def _cell_by_cell(self, sort: Sort, given: Given) -> None:
        row = self._begin(given[0], sort.hidden)
        for column, formula, stored in zip(sort.columns, given[1::2], given[2::2], strict=True):
            source = self._source(column.formula_attributes, formula, row, column.column)
            value = self._values.of(column.type, stored, None, row, column.column)
            self._cells.add(row, column.column, column.style, value, source)

    def _source(self, attributes: str | None, formula: str | None, row: int, column: int) -> Source:
        """The formula of a cell, attributes and text as they stand in the file."""
        if attributes:
            return self._formulas.of(attributes, formula, row, column)
        return self._formulas.plain(formula, row, column) if formula else None

    def _one_by_one(self, line: str) -> None:
        kinds, known, add, value_of = self._kinds, self._columns, self._cells.add, self._values.of
        row, column, row_digits = self._row, self._column, ""
        for match in CELL.finditer(line):
            letters, digits, attributes, formula_attributes, formula, stored, inline, number, row_attributes, other = (
                match.groups()
            )
            if attributes is None:
                if other is not None:
                    raise Unusual(other)
                if row_attributes is not None:
                    row, column, row_digits = self._begin(number, self._hides(row_attributes)), 0, ""
                continue
            try:
                style, type_, place = kinds[attributes]
            except KeyError:
                style, type_, place = kinds[attributes] = _kind(attributes)
            if letters is None:
                (row, column), row_digits = _place(place, row, column), ""
            else:
                if place is not None:
                    raise Unusual(attributes)
                if digits != row_digits:
                    row, row_digits = _within(int(digits), MAX_ROW), digits
                try:
                    column = known[letters]
                except KeyError:
                    column = known[letters] = _within(column_number(letters), MAX_COLUMN)
            source = None if formula_attributes is None else self._source(formula_attributes, formula, row, column)
            add(row, column, style, value_of(type_, stored, inline, row, column), source)
        self._row, self._column = row, column

    def _begin(self, number: str | None, hidden: bool) -> int:
        """A new row with this number, or the one after the last."""
        self._row, self._column = _within(int(number) if number else self._row + 1, MAX_ROW), 0
        if hidden:
            self._found.hidden_rows.add(self._row)
        return self._row

    def _hides(self, attributes: str) -> bool:
        if attributes not in self._hidden:
            self._hidden[attributes] = _is_hidden(attributes)
        return self._hidden[attributes]

    def _columns_of(self, line: str) -> list[Column]:
        """The columns of a row that has been read cell by cell."""
        return [
            Column(self._columns[match[1]], *self._kinds[match["attributes"]][:2], match["formula_attributes"])
            for match in CELL.finditer(line)
            if match[1]
        ]


class _Columns(NamedTuple):
    """The numbers of rows of one sort, and what they state column by column: formulas as they stand, and values."""

    numbers: list[int]
    formulas: Sequence[Sequence[str | None]]
    values: Sequence[Sequence[Value]]


class _Kind(NamedTuple):
    """What a cell's attributes say apart from its place; `type` is None for a number."""

    style: int
    type: str | None
    place: str | None


def _kind(attributes: str) -> _Kind:
    given = attributes_of(attributes)
    style, type_ = given.get("s", "").strip() or "0", given.get("t", "n").strip()
    if not (style.isdecimal() and style.isascii()):
        raise Impossible("style-missing", _("Ein Format Nr. {number} gibt es nicht.").format(number=style[:20]))
    if type_ == "e" and "vm" in given:
        type_ = "rich"  # the error stands in for a picture, a data type or an error newer than the format
    return _Kind(int(style), None if type_ == "n" else type_, given.get("r"))


def _is_hidden(attributes: str) -> bool:
    """Whether a row with these attributes is hidden, also by outline or a height of 0."""
    given = attributes_of(attributes)
    if "r" in given:
        # its number is no number, or (in the first reading) not where the expression looks for it
        raise Impossible("off-grid", _("Zeile {number} gibt es nicht.").format(number=given["r"][:20]))
    return given.get("hidden", "").strip() in ("1", "true") or _ZERO.match(given.get("ht", "")) is not None


def _place(stated: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands that names its place in an unusual way or not at all (then it follows the last one)."""
    if stated is None:
        return _within(row, MAX_ROW), _within(column + 1, MAX_COLUMN)
    match = _PLACE.match(stated)
    if match is None:
        raise Impossible("bad-reference", _("„{text}“ ist keine Zelle.").format(text=stated[:20]))
    return _within(int(match[2]), MAX_ROW), _within(column_number(match[1]), MAX_COLUMN)


def _within(number: int, limit: int) -> int:
    if not 1 <= number <= limit:
        raise Impossible("off-grid", _("Zeile oder Spalte {number} gibt es nicht.").format(number=number))
    return number
