"""What does each row of a table state: its label and its amounts?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.grid.reference import Address, column_number
from pik_excel.grid.store import RowsAlike
from pik_excel.layout.amounts import AmountReader
from pik_excel.layout.frame import Frame
from pik_excel.layout.labels import is_memo, total_strength
from pik_excel.layout.page import LONGEST_TEXT, Page
from pik_excel.patterns import pattern

_BLANK = Statement.BLANK
_MUCH_MORE = 8  # times as many rows of one form as the table has: not worth it to go through all of them
_new = tuple.__new__
_SUM = pattern(r"(?:SUM|SUBTOTAL|AGGREGATE)\(|^[+\-]?\$?[A-Z]{1,3}\$?\d+(?:[+\-]\$?[A-Z]{1,3}\$?\d+)+$", re.IGNORECASE)
_RANGE = pattern(r"(?<![!A-Za-z0-9])\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?", re.IGNORECASE)


class Row(NamedTuple):
    """A row of the body: its label and where that stands, the amounts of each column, and whether one is not blank."""

    number: int
    at: Address
    label: str
    amounts: tuple[Amount, ...]
    filled: bool
    labelled: int  # the column of the label, 0 where there is none
    counts: bool = False  # its figures are no money: Personen, t/a


class Rows:
    """Reads the rows of a table. `columns` are its columns of amounts with their units; a row of `units` has one of its
    own, one of `counts` is about something else than money, one of `names` is called as a row above; `outside` are
    columns that say something else than the name."""

    def __init__(
        self,
        page: Page,
        frame: Frame,
        columns: Sequence[tuple[int, Unit]],
        reader: AmountReader,
        outside: frozenset[int] = frozenset(),
        units: Mapping[int, Unit] | None = None,
        names: Mapping[int, str] | None = None,
        counts: frozenset[int] = frozenset(),
    ) -> None:
        self.page, self.frame, self.columns, self.reader, self.outside = page, frame, columns, reader, outside
        self.units, self.names, self.counts = units or {}, names or {}, counts
        self._columns = [column for column, _unit in columns]
        self._inside = frozenset(frame.body).difference(self.units)

    def all(self) -> list[Row]:
        """The rows of the body."""
        plain: dict[int, Row] = {}
        for kind in self.page.sheet.cells.alike:
            in_part = len(kind.numbers) > _MUCH_MORE * len(self._inside)  # hundreds of small tables below each other
            if not in_part and all(column in kind.form.places for column in (self.frame.name_column, *self._columns)):
                plain.update(self._plain(kind))
        return [plain.get(number) or self._row(number) for number in self.frame.body]

    def _plain(self, kind: RowsAlike) -> Iterator[tuple[int, Row]]:
        """Those of one form that have a name and typed numbers: read column by column, as nearly all rows are so."""
        name, inside = self.frame.name_column, self._inside
        labels = kind.columns[kind.form.places[name]]
        odd = {place for column in self._columns for place in kind.odd_numbers(kind.form.places[column])}
        amounts = zip(*(self.reader.read_typed(kind, column, unit) for column, unit in self.columns), strict=True)
        for place, (number, label, own) in enumerate(zip(kind.numbers, labels, amounts, strict=True)):
            if number in inside and place not in odd and type(label) is str and label and not label.isspace():
                at = _new(Address, (self.page.sheet.name, number, name))
                yield number, _new(Row, (number, at, label[:LONGEST_TEXT], own, True, name, number in self.counts))

    def _row(self, number: int) -> Row:
        column = self.frame.name_column
        text = self.page.own_text(number, column)
        label, labelled = (text, column) if text else self._label_beside(number)
        label = label or self.names.get(number, "")
        columns = self.columns
        if (unit := self.units.get(number)) is not None:
            columns = [(one, unit) for one, _ in columns]
        amounts = self.reader.read_row(number, columns)
        filled = amounts[0].stated is not None or any(amount.statement is not _BLANK for amount in amounts)
        at = Address(self.page.sheet.name, number, column)
        return Row(number, at, label, amounts, filled, labelled, number in self.counts)

    def _label_beside(self, number: int) -> tuple[str, int]:
        """The label of a row whose own name cell is empty: a number of a year, a merged cell, or a text left of it."""
        column = self.frame.name_column
        value = self.page.sheet.value(number, column)
        if isinstance(value, Decimal):
            return str(value), column
        top, _ = self.page.anchor(number, column)
        if top == number and (merged := self.page.text(number, column)):
            return merged, column
        texts = [
            (text, one)
            for one in self.frame.label_columns
            if sum(map(str.isalpha, text := self.page.text(number, one))) > 1 and not self.page.words.only_unit(text)
        ]  # "170", "A" and "EUR" name nothing
        named = (
            found
            for found in texts
            if found[1] not in self.outside
            or total_strength(found[0], self.page.words) == 2
            or is_memo(found[0], self.page.words)
        )
        return next(named, ("", 0))


def is_sum_formula(row: Row, first: int, last: int) -> bool:
    """Whether most amounts are formulas that add up at least two rows of their own column, from the first to the last
    of the table: what adds rows of other tables is no total of this one."""
    if row.amounts[-1].formula is None and row.amounts[0].formula is None:
        return False
    given = [amount for amount in row.amounts if amount.statement is not _BLANK]
    adding = sum(_adds_within(amount, first, last) for amount in given)
    return adding * 2 > len(given)


def added_rows(amount: Amount) -> list[int]:
    """The rows of the amount's own column that its formula adds up; [] where it is another sort of formula."""
    if amount.formula is None or not _SUM.search(amount.formula):
        return []
    rows: list[int] = []
    for match in _RANGE.finditer(amount.formula):
        last = match[3] or match[1]
        if column_number(match[1]) == column_number(last) == amount.at.column:
            rows += [int(match[2]), int(match[4] or match[2])]
    return sorted(rows) if len(set(rows)) > 1 else []


def _adds_within(amount: Amount, first: int, last: int) -> bool:
    rows = added_rows(amount)
    return bool(rows) and first <= rows[0] and rows[-1] <= last


class Sums:
    """Do rows add up? Looks at the numbers of the rows of one table, column by column."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._amounts = {row.number: row.amounts for row in rows}

    def fits(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether the row states the sums of the parts, in most columns at least."""
        hits = misses = 0
        for position, amount in enumerate(self._amounts[whole]):
            if amount.stated:
                right = self._added(position, parts) == amount.stated
                hits, misses = hits + right, misses + (not right)
        return hits > 0 and hits >= misses

    def fits_anywhere(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether the row states the sum of the parts in some column."""
        amounts = self._amounts[whole]
        return any(amount.stated and self._added(index, parts) == amount.stated for index, amount in enumerate(amounts))

    def fits_nowhere(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether the row states another figure than the sum of the parts, in two columns or more and in every one; the
        sum that Excel gives, which adds no numbers written as text, is one too."""
        stated = [
            (index, amount.stated) for index, amount in enumerate(self._amounts[whole]) if amount.stated is not None
        ]
        return len(stated) > 1 and all(
            figure not in (self._added(index, parts), self._added_by_excel(index, parts)) for index, figure in stated
        )

    def adds_rather(self, whole: int, parts: Sequence[int], income: Sequence[int]) -> bool:
        """Whether the row is the parts' sum in more columns than it is the difference of `income` and the rest."""
        added = taken_off = 0
        own = frozenset(income)
        rest = [part for part in parts if part not in own]
        for index, amount in enumerate(self._amounts[whole]):
            if amount.stated is not None:
                added += self._added(index, parts) == amount.stated
                taken_off += abs(self._added(index, rest) - self._added(index, income)) == abs(amount.stated)
        return added > taken_off

    def is_balance(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether the row is the difference of its parts, some of them taken off, in most columns."""
        if not 2 <= len(parts) <= _MOST_PARTS:
            return False
        for signs in range(1, 2 ** len(parts)):
            turned = frozenset(part for index, part in enumerate(parts) if signs >> index & 1)
            if self._balances(whole, parts, turned):
                return True
        return False

    def _balances(self, whole: int, parts: Sequence[int], turned: frozenset[int]) -> bool:
        hits = misses = 0
        for position, amount in enumerate(self._amounts[whole]):
            if amount.stated:
                rest = [part for part in parts if part not in turned]
                right = self._added(position, rest) - self._added(position, sorted(turned)) == amount.stated
                hits, misses = hits + right, misses + (not right)
        return hits > misses

    def _added(self, position: int, parts: Sequence[int]) -> Decimal:
        return sum((self._amounts[part][position].stated or _ZERO for part in parts), _ZERO)

    def _added_by_excel(self, position: int, parts: Sequence[int]) -> Decimal:
        figures = (self._amounts[part][position] for part in parts)
        return sum((one.stated or _ZERO for one in figures if not one.text), _ZERO)


_MOST_PARTS = 6
_ZERO = Decimal(0)
