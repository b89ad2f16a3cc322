"""SUM02: a typed total that is right becomes the SUM that gives it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from decimal import Decimal

from pik_excel.checks.added import TotalCell, totals
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.missing import MissingFormula, missing_formulas
from pik_excel.checks.runs import formulas, once
from pik_excel.checks.typed_results import formula_for
from pik_excel.grid.reference import Address, column_letters
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.language import _
from pik_excel.layout.numbers import number_in
from pik_excel.ooxml.edits import Formula
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair

_MOST_PIECES = 30


@repair("SUM02", rank=2)
def total_as_formula(case: Case) -> Iterator[Proposal | NotSafe]:
    """The sum of the rows that the total has by the table's structure, or the formula of its neighbours."""
    sheet = case.subject.reading.workbook.sheet(case.finding.sheet)
    known = total_cells_at(case.subject)
    calculates = formulas(case.subject).any
    for at in case.cells():
        cell, total, model = case.cell(at), known.get(at), _model(case, at)
        if sheet is None or cell is None or cell.has_formula or type(cell.value) is not Decimal:
            continue
        if not calculates:
            yield case.left(_("die Mappe rechnet nirgends"), at)
            continue
        if total is not None and total.is_right:
            formula: str | None = _sum_of(sheet, total)
            why = _("Die Formel ergibt dieselbe Zahl.")
        elif model is not None and (at.row, at.column) not in model.apart:
            formula = formula_for(case.subject, model, at)
            why = _("Die Formel aus {model} ergibt hier dieselbe Zahl.").format(model=model.model.a1)
        else:
            yield case.left(_("die getippte Zahl ist nicht die Summe"), at)
            continue
        if formula is None:
            yield case.left(_("die Zeilen der Summe liegen zu verstreut"), at)
        else:
            yield Proposal("SUM02", at, Formula(formula), why, same_value=True)


@once
def total_cells_at(subject: Subject) -> dict[Address, TotalCell]:
    """The cells of total rows, by their address."""
    return {total.at: total for total in totals(subject)}


def _model(case: Case, at: Address) -> MissingFormula | None:
    return _models(case.subject).get(at)


@once
def _models(subject: Subject) -> dict[Address, MissingFormula]:
    """The typed numbers that a formula of their line gives, each with that formula."""
    return {Address(one.sheet, *at): one for one in missing_formulas(subject) for at in one.expected}


def _sum_of(sheet: Sheet, total: TotalCell) -> str | None:
    """ "SUM(B4:B8)", "SUM(B4:B8,B11)", "B9+B13"; None where that would be no formula to read."""
    lines = () if total.aside else (*total.table.memos, *total.table.measures)
    others = {total.line(one.at) for one in lines} - set(total.parts)
    runs = [(_a1(*total.place(first)), _a1(*total.place(last))) for first, last in _runs(sheet, total, others)]
    if len(runs) > _MOST_PIECES:
        return None
    pieces = [first if first == last else f"{first}:{last}" for first, last in runs]
    if all(first == last for first, last in runs):
        return "+".join(pieces)
    return f"SUM({','.join(pieces)})"


def _a1(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def _runs(sheet: Sheet, total: TotalCell, others: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """The lines as runs; a run goes on over lines that have nothing to add here and never will, unlike a "davon" row
    that is still empty."""
    lines = sorted(total.parts)
    first = last = lines[0]
    for line in lines[1:]:
        between = range(last + 1, line)
        if any(one in others or adds_something(sheet.cells.get(total.place(one))) for one in between):
            yield first, last
            first = line
        last = line
    yield first, last


def adds_something(cell: Cell | None) -> bool:
    """Whether a cell that is none of a sum's rows would count in it, now or once it is put right."""
    if cell is None or (cell.value is None and not cell.has_formula):
        return False
    return cell.has_formula or type(cell.value) is not str or number_in(cell.value) is not None
