"""Which measures have no product or account although nearly all others of their table have one?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.budget.money import Statement
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable
from pik_excel.checks.catalogue import Subject
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import Vocabulary, vocabulary

_CODES = ("kontengruppe", "produkt")
_FEWEST = 4  # measures with a code, before one without stands out
_MOST = 10  # one in so many may be without


def uncoded(subject: Subject, table: MeasureTable | MeasureList) -> Iterator[tuple[Address, str, Measure]]:
    """The empty cell, the name of the field and the measure, which states amounts (in a long list, some row of it)."""
    for key, column, empty in _code_columns(subject, table):
        filled = len(table.measures) - len(empty)
        enough = filled >= _FEWEST and len(empty) <= max(1, len(table.measures) // _MOST)
        if empty and (enough or (len(empty) == 1 and filled > 1 and _others_have_all(subject, table, key))):
            for measure in empty:
                if measure.name and (_states_an_amount(measure) or table.family == "long-list"):
                    at = Address(table.sheet, measure.at.row, column)
                    yield at, subject.schema.fields[key].name, measure


def _code_columns(subject: Subject, table: MeasureTable | MeasureList) -> Iterator[tuple[str, int, list[Measure]]]:
    """The columns of codes before the amounts: the field, the column and the measures without one."""
    sheet = subject.reading.workbook.sheet(table.sheet)
    if sheet is None or not table.columns or table.family == "years-down":
        return
    words = vocabulary(subject.schema)
    for column in range(table.area.left, min(one.at.column for one in table.columns)):
        key = _code_of(sheet, table, column, words)
        if key is not None and column != table.name_column:
            yield key, column, [measure for measure in table.measures if _is_empty(sheet, measure.at.row, column)]


def _others_have_all(subject: Subject, table: MeasureTable | MeasureList, key: str) -> bool:
    """Whether the other tables of the workbook with that column fill it in every row: the custom of a small table."""
    others = [
        (len(other.measures), empty)
        for other in subject.reading.budget.tables
        if other is not table
        for known, _column, empty in _code_columns(subject, other)
        if known == key
    ]
    return sum(count for count, _empty in others) >= _FEWEST and not any(empty for _count, empty in others)


def _code_of(sheet: Sheet, table: MeasureTable | MeasureList, column: int, words: Vocabulary) -> str | None:
    heads = (sheet.value(row, column) for row in table.header_rows)
    keys = [key for head in heads if isinstance(head, str) for key in words.fields_of(head)]
    return next((key for key in keys if key in _CODES), None)


def _is_empty(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.value(row, column)
    if not (value is None or (isinstance(value, str) and not value.strip())):
        return False
    return not any(area.holds(row, column) for area in sheet.merges)


def _states_an_amount(measure: Measure) -> bool:
    return any(amount.statement is Statement.NUMBER and amount.stated for amount in measure.amounts)
