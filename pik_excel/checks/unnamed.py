"""Which rows of a table hold amounts and no name?

Not meant: rows whose name is merged or written above them, rows that add up the rows above, rows of percentages, a
second header, the numbering of the columns, and tables that plainly do without names.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pik_excel.budget.money import same_money
from pik_excel.budget.tables import AssumptionTable, MeasureList, MeasureTable
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Sheet, Workbook

_FIRST_COLUMNS = 6  # the number that a year's column may have when the columns are numbered
_YEARS = range(1990, 2101)
_FEWEST = 2  # measures side by side; one more without a name stands out
_ADDED_UP = 40  # rows above that an unnamed total may add


def unnamed_rows(workbook: Workbook, table: MeasureTable | MeasureList) -> Iterator[tuple[Address, tuple[Cell, ...]]]:
    """The name's empty cell and the typed amounts of each such row, or column where measures stand side by side."""
    sheet = workbook.sheet(table.sheet)
    if sheet is not None and table.family == "years-down":
        yield from _unnamed_columns(sheet, table)
        return
    columns = sorted({column.at.column for column in table.columns})
    if sheet is None or not _is_measures_down(table, columns):
        return
    found = [
        (sheet.address(row, table.name_column), amounts)
        for row in _rows_to_ask(table)
        if (amounts := _amounts(sheet, row, columns)) and not _has_another_reason(workbook, sheet, table, row, amounts)
    ]
    if not _is_the_custom(sheet, table, [at.row for at, _ in found]):
        yield from found


def _unnamed_columns(sheet: Sheet, table: MeasureTable | MeasureList) -> Iterator[tuple[Address, tuple[Cell, ...]]]:
    """The one measure of several whose column has amounts and no name."""
    found = [measure for measure in table.measures if not measure.name.strip()]
    if len(found) != 1 or len(table.measures) <= _FEWEST:
        return
    cells = (sheet.cells.get((amount.at.row, amount.at.column)) for amount in found[0].amounts if amount.typed)
    amounts = tuple(cell for cell in cells if cell is not None and cell.value)
    if amounts and not any(area.holds(found[0].at.row, found[0].at.column) for area in sheet.merges):
        yield found[0].at, amounts


def unnamed_assumptions(workbook: Workbook, table: AssumptionTable) -> Iterator[Address]:
    """The empty name cells of rows of "Annahmen" that state a figure in a column of the table."""
    sheet = workbook.sheet(table.sheet)
    if sheet is None or not table.rows:
        return
    name = table.rows[0].at.column
    columns = {field.at.column for field in table.rows[0].fields.values()} - {name}
    read = {row.at.row for row in table.rows}
    for row in range(min(read), table.area.bottom + 1):
        label = sheet.value(row, name)
        stated = any(isinstance(sheet.value(row, column), Decimal) for column in columns)
        if row not in read and stated and (label is None or not str(label).strip()):
            yield sheet.address(row, name)


def _is_the_custom(sheet: Sheet, table: MeasureTable | MeasureList, rows: list[int]) -> bool:
    """Whether the table leaves names out as a rule: most rows, or several whose Träger or the like tells them apart."""
    first = min(column.at.column for column in table.columns)
    told_apart = [
        row for row in rows if any(_says_something(sheet, row, column) for column in range(table.area.left, first))
    ]
    return 2 * len(rows) > len(table.measures) or len(told_apart) > 1


def _is_measures_down(table: MeasureTable | MeasureList, columns: list[int]) -> bool:
    rows = {measure.at.row for measure in table.measures}
    return bool(columns) and len(rows) == len(table.measures) and len(columns) == len(table.columns)


def _rows_to_ask(table: MeasureTable | MeasureList) -> list[int]:
    named = {one.at.row for one in (*table.measures, *table.memos) if one.name.strip()}
    other = {one.at.row for group in (table.totals, table.keys, table.footnotes) for one in group}
    known = named | other | set(table.header_rows)
    return [row for row in range(min((*named, table.area.top)), table.area.bottom + 1) if row not in known]


def _amounts(sheet: Sheet, row: int, columns: list[int]) -> tuple[Cell, ...]:
    """The typed numbers of the row, if one of them is not 0."""
    cells = [cell for column in columns if (cell := sheet.cells.get((row, column)))]
    typed = tuple(cell for cell in cells if isinstance(cell.value, Decimal) and cell.formula is None)
    return typed if any(cell.value for cell in typed) else ()


def _has_another_reason(
    workbook: Workbook, sheet: Sheet, table: MeasureTable | MeasureList, row: int, amounts: tuple[Cell, ...]
) -> bool:
    return (
        row <= max(table.header_rows, default=0)
        or _is_named(sheet, table, row)
        or _is_named_beside(sheet, table, row)
        or _is_named_above(sheet, table, row)
        or all("%" in workbook.number_formats[cell.style] for cell in amounts)
        or _counts(amounts)
        or _adds_up(sheet, row, amounts, table.area.top)
    )


def _is_named(sheet: Sheet, table: MeasureTable | MeasureList, row: int) -> bool:
    name = sheet.cells.get((row, table.name_column))
    if name is not None and (name.formula is not None or (name.value is not None and str(name.value).strip())):
        return True
    merge = next((area for area in sheet.merges if area.holds(row, table.name_column)), None)
    return merge is not None and bool(sheet.value(merge.top, merge.left))


def _is_named_beside(sheet: Sheet, table: MeasureTable | MeasureList, row: int) -> bool:
    """Whether a word stands before the years in a column that most rows leave empty: the name, indented. A column that
    most rows fill (Träger, Konto) is no name."""
    first = min(column.at.column for column in table.columns)
    beside = [column for column in range(table.area.left, first) if _says_something(sheet, row, column)]
    rows = [measure.at.row for measure in table.measures]
    return any(2 * sum(sheet.value(one, column) is not None for one in rows) <= len(rows) for column in beside)


def _says_something(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.value(row, column)
    return isinstance(value, str) and any(map(str.isalpha, value))


def _is_named_above(sheet: Sheet, table: MeasureTable | MeasureList, row: int) -> bool:
    """Whether the row above is a name without amounts, so that this row may be its second line; not where such rows are
    the headings of groups."""
    if row - 1 in {key.at.row for key in table.keys} | set(table.header_rows) or _heads_a_group(sheet, table, row - 1):
        return False
    above = sheet.value(row - 1, table.name_column)
    stated = any(isinstance(sheet.value(row - 1, column.at.column), Decimal) for column in table.columns)
    return isinstance(above, str) and bool(above.strip()) and not stated


def _heads_a_group(sheet: Sheet, table: MeasureTable | MeasureList, row: int) -> bool:
    """Whether a name without amounts stands right below the header or a total, and another one so in the table, which a
    measure with a name of its own follows."""
    named = {measure.at.row for measure in table.measures if measure.name.strip()}
    starts = {total.at.row + 1 for total in table.totals} | {max(table.header_rows, default=0) + 1}
    return row in starts and any(
        other != row
        and other in starts
        and other + 1 in named
        and isinstance(sheet.value(other, table.name_column), str)
        for other in _rows_to_ask(table)
    )


def _counts(amounts: tuple[Cell, ...]) -> bool:
    """Whether the numbers only number the columns (1, 2, 3 …) or repeat the years."""
    values = [cell.value for cell in amounts if isinstance(cell.value, Decimal)]
    from_the_left = len(values) > 1 and (values[0] <= _FIRST_COLUMNS or values[0] in _YEARS)
    return from_the_left and all(later - earlier == 1 for earlier, later in pairwise(values))


def _adds_up(sheet: Sheet, row: int, amounts: tuple[Cell, ...], top: int) -> bool:
    """Whether every number is the sum of two or more cells right above it, as many for each."""
    sums = [Decimal(0)] * len(amounts)
    for above in range(row - 1, max(top, row - _ADDED_UP) - 1, -1):
        values = [sheet.value(above, cell.column) for cell in amounts]
        sums = [
            total + value if isinstance(value, Decimal) else total for total, value in zip(sums, values, strict=True)
        ]
        stated = [cell.value for cell in amounts if isinstance(cell.value, Decimal)]
        if row - above > 1 and all(same_money(one, other) for one, other in zip(sums, stated, strict=True)):
            return True
    return False
