"""How do the "davon" rows of a performance figure go together with the whole?

A split is what the sheet declares ("aufgeteilt in") or what two or more "davon" rows look like. "darunter" and a single
"davon" only single something out. Parts that make up the whole already, in some combination, leave nothing to say: the
others are then another way of cutting ("davon weiblich, davon männlich, davon Kinder").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from itertools import combinations

from pik_excel.budget.tables import Field, Indicator, IndicatorTable, Measure, MeasureTable, Total
from pik_excel.checks.shares import Share
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet, Workbook
from pik_excel.patterns import pattern
from pik_excel.records import dataclass
from pik_excel.schema import Schema

_LOOKS_COMPLETE = Decimal(2) / 3  # of the whole; less than that is no attempt at a split
_MOST_PARTS = 12  # beyond, the combinations are not tried
_SHARE_TEXT = pattern(r"\(?\s*(\d{1,3}(?:,\d+)?)\s*%\s*\)?\Z")
_SHARE_HEAD = pattern(r"anteil|prozent|\bv\. ?h\.|^\s*(in\s*)?%\s*$", re.IGNORECASE)


class Fault(Enum):
    """What is wrong with a split."""

    EXCEEDS = "exceeds"
    MISSES = "misses"  # a declared split
    LEAVES_REST = "leaves a rest"


@dataclass(frozen=True)
class Split:
    """One year of a performance figure whose parts do not go together with it."""

    indicator: Indicator
    year: int
    whole: Field
    parts: tuple[tuple[str, Field], ...]
    fault: Fault

    @property
    def added(self) -> Decimal:
        """What the parts add up to."""
        return sum((field.decimal or Decimal(0) for _, field in self.parts), Decimal(0))


def faulty_splits(workbook: Workbook, table: IndicatorTable, schema: Schema) -> Iterator[Split]:
    """Every year of every figure whose parts exceed it, miss it or leave a rest."""
    for indicator in table.rows:
        if not indicator.parts:
            continue
        parts = tuple(part for part in indicator.parts if _counts_the_same(workbook, indicator, part))
        subsets = {part.at for part in parts if _singles_out(workbook, part, schema)}
        for year, whole in indicator.values:
            yield from _faults(replace(indicator, parts=parts), year, whole, subsets)


def exceeded_measures(workbook: Workbook, table: MeasureTable, schema: Schema) -> Iterator[Split]:
    """Every year in which the "davon" rows below a measure or total are more than it. A rest says nothing here."""
    for whole, parts in _with_parts(table, schema):
        own = _as_indicator(table, whole)
        below = tuple(_as_indicator(table, part) for part in parts)
        subsets = {part.at for part in below if _singles_out(workbook, part, schema)}
        for position, field in own.values:
            for fault in _faults(replace(own, parts=below), position, field, subsets):
                if fault.fault is Fault.EXCEEDS:
                    yield replace(fault, year=table.columns[position].year.value)


def _with_parts(table: MeasureTable, schema: Schema) -> Iterator[tuple[Measure | Total, list[Measure]]]:
    """The rows that have "davon" rows right below them, with these."""
    words = tuple(word.casefold() for word in (*schema.words.part, *schema.words.subset))
    parts = {one.at.row: one for one in table.memos if one.label.strip(" -–•").casefold().startswith(words)}
    rows: list[Measure | Total] = [*table.measures, *table.totals]
    for whole in rows:
        below: list[Measure] = []
        while part := parts.get(whole.at.row + 1 + len(below)):
            below.append(part)
        if below:
            yield whole, below


def _as_indicator(table: MeasureTable, row: Measure | Total) -> Indicator:
    """The row's amounts by the position of their column: a year may have two."""
    pairs = enumerate(zip(table.columns, row.amounts, strict=False))
    values = tuple((position, Field(amount.at, amount.stated, amount.formula)) for position, (_, amount) in pairs)
    return Indicator(row.label, row.at, values)


def indicator_shares(workbook: Workbook, table: IndicatorTable) -> Iterator[tuple[list[Share], bool]]:
    """The shares printed beside the parts of each figure, and whether every part has one."""
    sheet = workbook.sheet(table.sheet)
    for indicator in table.rows if sheet else ():
        if len(indicator.parts) < 2 or sheet is None:
            continue
        shares = [share for part in indicator.parts if (share := _share(workbook, sheet, table, indicator, part))]
        complete = len(shares) == len(indicator.parts)
        if shares and (complete or indicator.full_split):
            yield shares, complete


def _faults(indicator: Indicator, year: int, whole: Field, subsets: set[Address]) -> Iterator[Split]:
    stated = [
        (part, field) for part in indicator.parts if (field := _in_year(part, year)) and field.decimal is not None
    ]
    if whole.decimal is None or not stated:
        return
    for part, field in stated:
        if field.decimal is not None and (field.decimal > whole.decimal > 0 or field.decimal < whole.decimal < 0):
            yield Split(indicator, year, whole, ((part.name, field),), Fault.EXCEEDS)
            return
    fault = _fault(indicator, whole.decimal, [field.decimal for part, field in stated if part.at not in subsets])
    if fault:
        yield Split(
            indicator, year, whole, tuple((part.name, one) for part, one in stated if part.at not in subsets), fault
        )


def _fault(indicator: Indicator, whole: Decimal, parts: Sequence[Decimal | None]) -> Fault | None:
    amounts = [part for part in parts if part is not None]
    complete = len(amounts) == len(indicator.parts)
    added = sum(amounts, Decimal(0))
    if len(amounts) < 2 or added == whole or whole <= 0:
        return None
    if indicator.full_split and complete:
        return Fault.EXCEEDS if added > whole else Fault.MISSES
    if added > whole:
        return None if _some_make_up(whole, amounts) else Fault.EXCEEDS
    return Fault.LEAVES_REST if complete and added >= whole * _LOOKS_COMPLETE else None


def _some_make_up(whole: Decimal, amounts: Sequence[Decimal]) -> bool:
    if len(amounts) > _MOST_PARTS:
        return True
    return any(sum(some) == whole for count in range(1, len(amounts)) for some in combinations(amounts, count))


def _singles_out(workbook: Workbook, part: Indicator, schema: Schema) -> bool:
    cell = workbook.cell(part.at)
    label = cell.value if cell and isinstance(cell.value, str) else part.name
    return label.strip().casefold().startswith(tuple(word.casefold() for word in schema.words.subset))


def _counts_the_same(workbook: Workbook, whole: Indicator, part: Indicator) -> bool:
    """Whether both are figures of one unit: no percentage of a number, no hours of talks."""
    first, second = (_unit(workbook, one) for one in (whole, part))
    return not first or not second or first == second


def _unit(workbook: Workbook, indicator: Indicator) -> str:
    """What stands between the name and the first figure, or "%" where the figures are percentages."""
    sheet = workbook.sheet(indicator.at.sheet)
    places = [field.at for _, field in indicator.values]
    if sheet is None or not places:
        return ""
    cells = [sheet.cells.get((at.row, at.column)) for at in places]
    codes = [workbook.number_formats[cell.style] for cell in cells if cell is not None and cell.value is not None]
    if codes and all("%" in code for code in codes):
        return "%"
    between = range(indicator.at.column + 1, min(at.column for at in places))
    texts = (sheet.value(indicator.at.row, column) for column in between)
    return next((text.strip().casefold() for text in texts if isinstance(text, str)), "#" if not between else "")


def _in_year(indicator: Indicator, year: int) -> Field | None:
    return next((field for one, field in indicator.values if one == year), None)


def _share(workbook: Workbook, sheet: Sheet, table: IndicatorTable, whole: Indicator, part: Indicator) -> Share | None:
    """The share in the row of the part that belongs to the figure left of it."""
    if len(part.values) == 0:
        return None
    taken = {field.at.column for _, field in part.values}
    for column in range(min(taken) + 1, table.area.right + 3):
        printed = _percentage(workbook, sheet, part.at.row, column)
        if column in taken or printed is None or not _is_headed_as_share(sheet, table, column):
            continue
        year, field = max(
            (pair for pair in part.values if pair[1].at.column < column), key=lambda pair: pair[1].at.column
        )
        total = _in_year(whole, year)
        if field.decimal is None or total is None or not total.decimal:
            return None
        return Share(part.name, sheet.address(part.at.row, column), *printed, field.decimal, total.decimal, field.at)
    return None


def _is_headed_as_share(sheet: Sheet, table: IndicatorTable, column: int) -> bool:
    """Whether the nearest text above in this column, within the table, says "Anteil", "%" or the like."""
    heads = [sheet.value(row, column) for row in range(table.area.top, table.area.bottom + 1)]
    return any(isinstance(head, str) and _SHARE_HEAD.search(head) for head in heads)


def _percentage(workbook: Workbook, sheet: Sheet, row: int, column: int) -> tuple[Decimal, int] | None:
    """The share and the decimals of its percentage, where the cell shows a percentage."""
    cell = sheet.cells.get((row, column))
    if cell is None:
        return None
    if isinstance(cell.value, str) and (found := _SHARE_TEXT.match(cell.value.strip())):
        number = found[1].replace(",", ".")
        return Decimal(number) / 100, len(number.partition(".")[2])
    code = workbook.number_formats[cell.style]
    if isinstance(cell.value, Decimal) and "%" in code:
        return cell.value, len(code.partition("%")[0].partition(".")[2])
    return None
