"""Which hidden rows and columns do visible sums add beside visible ones?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import FormulaGrid, Sum, cells_in, formulas
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.records import dataclass

_ENOUGH = 1_000_000  # cells; sums of sums (running totals) would name the same rows again and again


@dataclass(frozen=True)
class Hidden:
    """Neighbouring hidden rows (or columns) of a sheet, and the visible sums that add cells in them.

    `added` is what they are worth in the first of the sums, `total` that sum's value.
    """

    sheet: str
    first: int
    last: int
    rows: bool
    at: Address  # the first cell in them that says something
    sums: tuple[tuple[int, int], ...]
    added: Decimal
    total: Decimal | None


def hidden_lines(subject: Subject) -> Iterator[Hidden]:
    """All of them, rows before columns."""
    for grid in formulas(subject).grids:
        sheet = grid.sheet
        if sheet.state == "visible" and (sheet.hidden_rows or sheet.hidden_columns):
            parts = dict(_sums_with_hidden_parts(grid))
            yield from _lines(grid, parts, rows=True)
            yield from _lines(grid, parts, rows=False)


def _sums_with_hidden_parts(grid: FormulaGrid) -> Iterator[tuple[tuple[int, int], list[Cell]]]:
    """The visible sums that add hidden amounts beside visible ones; what is folded as a whole is shown by its sum."""
    sheet = grid.sheet
    looked_at = 0
    for (row, column), one in grid.sums.items():
        if looked_at > _ENOUGH:
            return
        if row in sheet.hidden_rows or column in sheet.hidden_columns or _leaves_hidden_out(one, sheet):
            continue
        areas = one.areas(sheet.name, row, column)
        if not areas or not any(_touches_hidden(area, sheet) for area in areas):
            continue
        looked_at += sum(area.size for area in areas)
        counted = [cell for area in areas for cell in cells_in(sheet, area) if _is_amount(cell)]
        hidden = [cell for cell in counted if cell.row in sheet.hidden_rows or cell.column in sheet.hidden_columns]
        if hidden and len(hidden) < len(counted):
            yield (row, column), hidden


def _leaves_hidden_out(one: Sum, sheet: Sheet) -> bool:
    """SUBTOTAL(109) skips hidden rows, SUBTOTAL(9) those that a filter hides."""
    return one.visible_only or (one.nested and sheet.filtered)


def _touches_hidden(area: Area, sheet: Sheet) -> bool:
    return _meets(sheet.hidden_rows, area.top, area.bottom) or _meets(sheet.hidden_columns, area.left, area.right)


def _meets(lines: frozenset[int], first: int, last: int) -> bool:
    if last - first > len(lines):
        return any(first <= line <= last for line in lines)
    return any(line in lines for line in range(first, last + 1))


def _is_amount(cell: Cell) -> bool:
    return isinstance(cell.value, Decimal) and cell.value != 0


def _lines(grid: FormulaGrid, parts: dict[tuple[int, int], list[Cell]], rows: bool) -> Iterator[Hidden]:
    by_line: dict[int, list[tuple[int, int]]] = {}
    for at, hidden in parts.items():
        for line in sorted({_line(cell, rows) for cell in hidden if _is_in(cell, grid.sheet, rows)}):
            by_line.setdefault(line, []).append(at)
    for first, last in _neighbours(by_line):
        sums = by_line[first]
        added = [cell.value for cell in parts[sums[0]] if first <= _line(cell, rows) <= last]
        total = grid.sheet.value(*sums[0])
        yield Hidden(
            sheet=grid.sheet.name,
            first=first,
            last=last,
            rows=rows,
            at=_first_cell(grid.sheet, first, rows),
            sums=tuple(sorted(sums)),
            added=sum((value for value in added if isinstance(value, Decimal)), Decimal(0)),
            total=total if isinstance(total, Decimal) else None,
        )


def _line(cell: Cell, rows: bool) -> int:
    return cell.row if rows else cell.column


def _is_in(cell: Cell, sheet: Sheet, rows: bool) -> bool:
    return cell.row in sheet.hidden_rows if rows else cell.row not in sheet.hidden_rows


def _neighbours(by_line: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Lines beside each other that go into the same sums, as spans."""
    first: int | None = None
    for line in sorted(by_line):
        if first is None:
            first = line
        if by_line.get(line + 1) != by_line[first]:
            yield first, line
            first = None


def _first_cell(sheet: Sheet, line: int, rows: bool) -> Address:
    filled = [at for at, cell in sheet.cells.items() if at[not rows] == line and cell.value is not None]
    return sheet.address(*min(filled, key=lambda at: at[rows]))
