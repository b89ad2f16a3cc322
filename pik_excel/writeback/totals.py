"""What is written for a total in a new year: its own formula, moved over; a sum of its rows where it has none; what
stands in the last year where it is typed and no sum of rows ("Finanzergebnis"), so that others can go on with it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.tables import Total
from pik_excel.grid.reference import Address, Area, column_letters
from pik_excel.grid.workbook import Workbook
from pik_excel.patterns import pattern
from pik_excel.projection.term import Term
from pik_excel.recalc.syntax import Beyond, Name, Structured, parse, references, walk
from pik_excel.records import dataclass
from pik_excel.writeback.extension import Extension
from pik_excel.writeback.filling import area_in_table, filled

_OWN_ROW = pattern(r"\$[A-Z]{1,3}(\d+)")


@dataclass(frozen=True)
class TotalFigure:
    """A total to write. `term.value` is the sum of its rows as the table's structure has them; `moved`: the formula is
    the staff's own, which may add otherwise, so that what it gives is what counts."""

    at: Address
    term: Term
    moved: bool
    held: bool = False  # it repeats the last year


def total_figures(
    extension: Extension, workbook: Workbook, written: Mapping[tuple[int, int], Decimal], year: int
) -> tuple[TotalFigure, ...]:
    """The totals and subtotals of the new year; `written` are the new figures by row and column."""
    column = extension.columns[year]
    totals = {total.at.row: total for total in extension.table.totals}
    held = {last.at.row: last for last in held_totals(extension)}
    written = {**written, **{(row, column): last.stated or Decimal(0) for row, last in held.items()}}
    found = []
    for total in extension.table.totals:
        last = _last_amount(total, extension)
        if last is None or (last.statement is Statement.BLANK and last.formula is None):
            continue
        value = _sum(total, totals, written, column)
        at = Address(total.at.sheet, total.at.row, column)
        standing = workbook.cell(at)  # in the totals row of an Excel table
        own = standing.formula if standing is not None and standing.has_formula else None
        own = own if own is not None else _moved(last, extension, workbook, year)
        if own is None and total.at.row in held:
            found.append(TotalFigure(at, _repeating(held[total.at.row]), moved=False, held=True))
            continue
        if own is None and not total.rows:
            continue
        text = own if own is not None else sum_formula(total.rows, column)
        found.append(TotalFigure(at, Term(value, text), own is not None))
    return tuple(found)


def held_totals(extension: Extension) -> Iterator[Amount]:
    """The totals of the last year, in a list that goes on, that are typed and add up no rows, or repeat such a one."""
    for total in extension.table.totals if extension.measures else ():
        last = _last_amount(total, extension)
        stands = last is not None and last.text is None and last.statement is Statement.NUMBER
        if last is not None and stands and not total.rows and (last.formula is None or _repeats(last.formula, last.at)):
            yield last


def _repeats(formula: str, at: Address) -> bool:
    found = _OWN_ROW.fullmatch(formula)
    return found is not None and int(found[1]) == at.row


def _repeating(last: Amount) -> Term:
    text = last.formula or f"${column_letters(last.at.column)}{last.at.row}"
    return Term(last.stated or Decimal(0), text)


def left_empty(extension: Extension, written: Container[Address]) -> Iterator[Address]:
    """The cells of the last year with a total's formula that is not filled into the new years."""
    for total in extension.table.totals:
        last = _last_amount(total, extension)
        new = None if last is None or last.formula is None else last.at._replace(column=extension.area.left)
        if last is not None and new is not None and new not in written:
            yield last.at


def sum_formula(rows: Iterable[int], column: int) -> str:
    """SUM over the rows of one column, neighbours as a range."""
    letters = column_letters(column)
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    ranges = (f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}" for first, last in runs)
    return f"SUM({','.join(ranges)})"


def _last_amount(total: Total, extension: Extension) -> Amount | None:
    return next((amount for amount in total.amounts if amount.at.column == extension.last.at.column), None)


def _sum(total: Total, totals: Mapping[int, Total], written: Mapping[tuple[int, int], Decimal], column: int) -> Decimal:
    return sum(
        (
            _sum(totals[row], totals, written, column)
            if row in totals and totals[row] is not total and totals[row].rows
            else written.get((row, column), Decimal(0))
            for row in total.rows
        ),
        Decimal(0),
    )


def _moved(last: Amount, extension: Extension, workbook: Workbook, year: int) -> str | None:
    """The total's formula for the new column; None where it has none or takes cells that do not move along:
    of another column, or beyond the tables that get the year in the same one."""
    if last.formula is None:
        return None
    if not _stays_within(last.formula, last.at, (extension.area, *extension.neighbours), workbook):
        return None
    return filled(last.formula, last.at, extension.columns[year] - last.at.column, workbook)


def _stays_within(formula: str, at: Address, tables: Sequence[Area], workbook: Workbook) -> bool:
    """Whether all that it takes are cells of its own column, each range within the rows of one of these tables."""
    tree = parse(formula, at.row, at.column)
    if any(isinstance(node, Beyond | Name) for node in walk(tree)):
        return False
    taken = references(tree)
    areas = [reference.area(at.row, at.column) for reference in taken]
    for node in walk(tree):
        if isinstance(node, Structured):
            areas.append(area_in_table(node, at, workbook) or Area(0, 0, 0, 0))
    fixed = any(one.sheet is not None or one.left.fixed or one.right.fixed for one in taken)
    return (
        bool(areas)
        and not fixed
        and all(
            area.left == area.right == at.column
            and any(own.top <= area.top and area.bottom <= own.bottom for own in tables)
            for area in areas
        )
    )
