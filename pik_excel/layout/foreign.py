"""In which unit does a table state its amounts that are not in euros: CHF, TCHF, Mio. GBP?

Families read every table as one in euros; a table in another currency gets units of that, in all its records at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, Total
from pik_excel.layout.currencies import other_unit_alone, other_unit_of
from pik_excel.layout.frame import Frame
from pik_excel.layout.page import Page, is_number
from pik_excel.layout.surroundings import texts_below
from pik_excel.layout.units import headings_of_sheet
from pik_excel.layout.vocabulary import Vocabulary
from pik_excel.patterns import pattern

_FIRST = 8  # rows whose number formats may print a currency
_NEAREST = 4  # lines above that may name it
AnyTable = TypeVar("AnyTable", MeasureTable, MeasureList)
_Row = TypeVar("_Row", Measure, Total)
_EURO = pattern("(?i)€|eur")


def in_own_currency(table: AnyTable, page: Page, block: Frame) -> AnyTable:
    """The table as it is where it is in euros, else in the currency that its head, the lines above it or its number
    formats name."""
    if table.unit is not None and table.unit.currency != Unit.EUR.currency:
        return replace(table, currency=table.unit.currency, unit_votes=())  # its rows say so
    unit = _other_unit(page, block)
    if unit is None:
        return table
    stated = table.unit.of(unit.currency) if table.unit is not None and table.unit is not Unit.EUR else unit
    if table.shown_in is not None:
        stated = Unit.EUR.of(unit.currency)
    return _in(table, stated)


def _in(table: AnyTable, unit: Unit) -> AnyTable:
    """The table in units of that currency; amounts of which nothing says how many one is are in `unit`."""
    units = {one: one.of(unit.currency) for one in (Unit.EUR, Unit.TEUR, Unit.MIO)}
    units |= {one: unit for one in units if table.unit is None or one is table.unit}
    found = replace(
        table,
        unit=unit,
        currency=unit.currency,
        unit_votes=(),
        shown_in=table.shown_in and table.shown_in.of(unit.currency),
        columns=tuple(replace(one, unit=units.get(one.unit, one.unit)) for one in table.columns),
        measures=_rows(table.measures, units),
        totals=_rows(table.totals, units),
        memos=_rows(table.memos, units),
    )
    if isinstance(found, MeasureTable):
        memos = tuple(replace(one, unit=units.get(one.unit, one.unit)) for one in found.memo_columns)
        return replace(found, memo_columns=memos)
    return replace(found, year_sums=_rows(found.year_sums, units))


def _rows(rows: Iterable[_Row], units: Mapping[Unit, Unit]) -> tuple[_Row, ...]:
    return tuple(
        replace(row, amounts=tuple(one._replace(unit=units.get(one.unit, one.unit)) for one in row.amounts))
        for row in rows
    )


def _other_unit(page: Page, block: Frame) -> Unit | None:
    texts = [*block.header_texts, *(str(cell.value) for cell in block.above[:_NEAREST])]
    found = next(filter(None, (*map(other_unit_of, texts), *_printed(page, block), *_below(page, block))), None)
    if found is None and not any(map(page.words.unit_of, texts)):
        texts = [str(cell.value) for cell in headings_of_sheet(page, block)]
        found = next(filter(None, map(other_unit_of, texts)), None)
    return None if found is None or any(_names_euros(text, page.words) for text in texts) else found


def _names_euros(text: str, words: Vocabulary) -> bool:
    """Whether it does; the millions in "Mio. CHF" are none of euros."""
    unit = words.unit_of(text)
    return unit is not None and not (unit is Unit.MIO and other_unit_of(text) and not _EURO.search(text))


def _printed(page: Page, block: Frame) -> Iterator[Unit | None]:
    for row in block.body[:_FIRST]:
        numbers = filter(is_number, page.row(row).cells(block.left, block.right))
        yield from (page.format(cell).other_unit for cell in numbers)


def _below(page: Page, block: Frame) -> Iterator[Unit | None]:
    yield from (other_unit_alone(str(cell.value)) for cell in texts_below(page, block))
