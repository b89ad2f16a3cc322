"""What does a cell of an amount column state? Blank, 0, "–", "k. A." and text are kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import repeat

from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.grid.reference import Address
from pik_excel.grid.store import RowsAlike
from pik_excel.grid.workbook import Cell, ErrorValue
from pik_excel.layout.numbers import Number, decided_locale, number_in
from pik_excel.layout.page import Page
from pik_excel.layout.vocabulary import Vocabulary, fold

_NUMBER = Statement.NUMBER
_new = tuple.__new__  # half the time of the class's own, and there are 100,000 of them in a large table


class AmountReader:
    """Reads the amounts of one table, in the locale that its text numbers prove."""

    def __init__(self, page: Page, texts: Iterable[Number] = ()) -> None:
        self.page = page
        self.locale = decided_locale(texts)
        self._sheet = page.sheet.name
        self._cells = page.sheet.cells

    def read_row(self, row: int, columns: Sequence[tuple[int, Unit]]) -> tuple[Amount, ...]:
        """The amounts of a row; `columns` are the columns of amounts with their units."""
        held = self._cells.by_row.get(row)
        if held is None:
            return tuple([self.read(row, column, unit) for column, unit in columns])
        amounts, sheet = [], self._sheet
        form, values, sources = held
        for column, unit in columns:
            place = form.places.get(column, -1)
            value = values[place]
            if place >= 0 and type(value) is Decimal and (sources is None or sources[place] is None):
                at = _new(Address, (sheet, row, column))
                amounts.append(_new(Amount, (at, _NUMBER, value, unit, None, None, form.styles[place], None)))
            else:
                amounts.append(self.read(row, column, unit))
        return tuple(amounts)

    def read_typed(self, kind: RowsAlike, column: int, unit: Unit) -> Iterable[Amount]:
        """The amounts of a column in all rows of one form, as if a typed number stood in each."""
        place = kind.form.places[column]
        at = map(_new, repeat(Address), zip(repeat(self._sheet), kind.numbers, repeat(column), strict=False))
        style, nothing = repeat(kind.form.styles[place]), repeat(None)
        told = zip(
            at, repeat(_NUMBER), kind.columns[place], repeat(unit), nothing, nothing, style, nothing, strict=False
        )
        return map(_new, repeat(Amount), told)

    def read(self, row: int, column: int, unit: Unit) -> Amount:
        """The amount in that cell; `unit` is that of its column."""
        cell = self._cells.get((row, column))
        at = Address(self._sheet, row, column)
        if cell is None:
            return Amount(at, Statement.BLANK, None, unit)
        value = cell.value
        if type(value) is Decimal:
            return Amount(at, Statement.NUMBER, value, unit, cell.formula, None, cell.style)
        return self._other(cell, at, unit)

    def _other(self, cell: Cell, at: Address, unit: Unit) -> Amount:
        value = cell.value
        if value is None:
            statement = Statement.BLANK if cell.formula is None else Statement.NOT_STORED
            return Amount(at, statement, None, unit, cell.formula, None, cell.style)
        if isinstance(value, ErrorValue):
            return Amount(at, Statement.ERROR, None, unit, cell.formula, str(value), cell.style)
        if not isinstance(value, str):
            return Amount(at, Statement.UNREADABLE, None, unit, cell.formula, str(value), cell.style)
        number = number_in(value)
        if number is not None and not number.percent:
            other = number.english if self.locale is None else None
            stated = number.read(self.locale or "de")
            return Amount(at, Statement.NUMBER, stated, number.unit or unit, cell.formula, value, cell.style, other)
        statement = statement_of(value, self.page.words)
        text = None if statement is Statement.BLANK else value
        return Amount(at, statement, None, unit, cell.formula, text, cell.style)


def statement_of(text: str, words: Vocabulary) -> Statement:
    """What a text that is no number says in an amount column."""
    folded = fold(text)
    if not folded:
        return Statement.BLANK
    if folded in words.dash:
        return Statement.DASH
    return Statement.NOT_GIVEN if folded in words.not_given else Statement.UNREADABLE


def text_numbers(page: Page, rows: Iterable[int], columns: Iterable[int]) -> list[Number]:
    """The numbers that stand as text in these columns."""
    numbers = (number_in(text) for _row, _column, text in page.sheet.cells.texts(frozenset(columns), rows))
    return [number for number in numbers if number]
