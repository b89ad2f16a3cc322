"""Which measures stand in two rows of one table?

Two rows are one measure where the name, the product, the section, the footnotes and every other key beside the name are
the same, and both state an amount for the same year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.money import Statement
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption, AssumptionTable, Measure, MeasureTable
from pik_excel.checks.assumed import years_of
from pik_excel.grid.workbook import Sheet, Value, Workbook
from pik_excel.schema import Schema

Row = TypeVar("Row")
_RUNNING_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s*\Z")
_TELLS_ROWS_APART = ("szenario", "bedingung", "traeger", "produkt", "kontengruppe", "amt", "teilhaushalt", "richtung")


def twin_measures(workbook: Workbook, table: MeasureTable, schema: Schema) -> Iterator[tuple[Measure, Measure]]:
    """The first row of a measure, and each row that repeats it."""
    sheet = workbook.sheet(table.sheet)
    by_name: dict[str, list[Measure]] = defaultdict(list)
    for measure in table.measures:
        by_name[name_key(measure.name)].append(measure)
    repeated = [rows for key, rows in by_name.items() if key and len(rows) > 1]
    if sheet is None or not repeated:
        return
    sections = _sections(sheet, table)
    beside = _columns_beside(sheet, table, schema)
    for rows in repeated:
        for first, again in _pairs(rows):
            if sections[first.at.row] == sections[again.at.row] and _is_twin(sheet, beside, first, again):
                yield first, again


def twin_assumptions(table: AssumptionTable) -> Iterator[tuple[Assumption, Assumption]]:
    """The first row of "Annahmen" for a measure, and each further one for the same scenario and years."""
    by_name: dict[str, list[Assumption]] = defaultdict(list)
    for row in table.rows:
        by_name[name_key(row.measure)].append(row)
    for key, rows in by_name.items():
        for first, again in _pairs(rows):
            if key and _told_apart_by(first) == _told_apart_by(again) and _years_overlap(first, again):
                yield first, again


def _pairs(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    return ((rows[0], again) for again in rows[1:])


def _is_twin(sheet: Sheet, beside: Iterable[int], first: Measure, again: Measure) -> bool:
    return (
        first.key == again.key
        and set(map(plain_mark, first.footnotes)) == set(map(plain_mark, again.footnotes))
        and _state_the_same_year(first, again)
        and all(_key(sheet, first, column) == _key(sheet, again, column) for column in beside)
    )


def _state_the_same_year(first: Measure, again: Measure) -> bool:
    """Whether both have an amount in some year, and not one the revenue to the other's expense."""
    both = [
        (one.stated, other.stated)
        for one, other in zip(first.amounts, again.amounts, strict=False)
        if one.statement is other.statement is Statement.NUMBER and one.stated and other.stated
    ]
    return any((one > 0) == (other > 0) for one, other in both)


def _sections(sheet: Sheet, table: MeasureTable) -> dict[int, int]:
    """The section of each row: a total, a product key or a heading begins a new one."""
    borders = {one.at.row for group in (table.totals, table.keys) for one in group}
    measures = {measure.at.row: measure for measure in table.measures}
    section, found = 0, {}
    for row in range(min((*measures, table.area.top)), max((*measures, table.area.bottom)) + 1):
        if row in borders or _is_heading(sheet, table, row, measures.get(row)):
            section += 1
        found[row] = section
    return found


def _is_heading(sheet: Sheet, table: MeasureTable, row: int, measure: Measure | None) -> bool:
    if measure is not None:
        return all(amount.statement is Statement.BLANK for amount in measure.amounts)
    return any(isinstance(sheet.value(row, column), str) for column in {table.area.left, table.name_column})


def _columns_beside(sheet: Sheet, table: MeasureTable, schema: Schema) -> list[int]:
    """The columns that tell rows apart: all before the years but the running number, and behind them those of a Träger,
    product or the like."""
    years = {column.at.column for column in table.columns}
    heads = {column: _head(sheet, table, column) for column in range(table.area.left, table.area.right + 1)}
    number = _spellings(schema, "massnahme_id")
    telling = {one for key in _TELLS_ROWS_APART for one in _spellings(schema, key)}
    return [
        column
        for column, head in heads.items()
        if column not in years
        and column != table.name_column
        and (head not in number if column < min(years, default=0) else head in telling)
    ]


def _head(sheet: Sheet, table: MeasureTable, column: int) -> str:
    texts = [sheet.value(row, column) for row in table.header_rows]
    return next((name_key(text) for text in reversed(texts) if isinstance(text, str) and text.strip()), "")


def _spellings(schema: Schema, key: str) -> set[str]:
    return {name_key(one) for one in schema.fields[key].headers} if key in schema.fields else set()


def _key(sheet: Sheet, measure: Measure, column: int) -> Value:
    """What the cell says about the measure; its running number says nothing."""
    value = sheet.value(measure.at.row, column)
    if isinstance(value, str):
        return None if _RUNNING_NUMBER.match(value) else name_key(value) or None
    return None if measure.number is not None and value == measure.number else value


def _told_apart_by(row: Assumption) -> tuple[str, ...]:
    return tuple(name_key(field.text) if (field := row.field(key)) else "" for key in _TELLS_ROWS_APART)


def _years_overlap(one: Assumption, other: Assumption) -> bool:
    (first, last), (begin, end) = years_of(one), years_of(other)
    return (first is None or end is None or first <= end) and (begin is None or last is None or begin <= last)
