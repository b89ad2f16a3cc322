"""SUM03: a SUM that ends too early reaches over all its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pik_excel.checks.ranges import Missed, wrong_ranges
from pik_excel.checks.runs import formulas
from pik_excel.grid.reference import Address, Area, area_of
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.ooxml.edits import Formula
from pik_excel.patterns import pattern
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair
from pik_excel.writeback.repairs.total_as_formula import adds_something, total_cells_at

_ONE_RANGE = pattern(r"SUM\((\$?)([A-Z]{1,3})(\$?)(\d+):(\$?)([A-Z]{1,3})(\$?)(\d+)\)\Z", re.IGNORECASE)


@repair("SUM03", rank=1)
def range_extended(case: Case) -> Iterator[Proposal | NotSafe]:
    """The same formula with the rows of the whole range; the total changes, and the plan says by how much."""
    wrong = wrong_ranges(case.subject)
    sheet = case.subject.reading.workbook.sheet(case.finding.sheet)
    for at in case.cells():
        missed, cell = wrong.get((at.sheet, at.row, at.column)), case.cell(at)
        if sheet is None or cell is None or not cell.has_formula:
            continue
        if not isinstance(missed, Missed):
            yield case.left(_("der Bereich ist zu lang, nicht zu kurz; er schadet, sobald dort eine Zahl steht"))
            return
        formula = _ONE_RANGE.match(cell.formula or "")
        doubt = _("es ist eine Matrixformel") if cell.array else _doubt(case, sheet, at, missed, formula)
        if formula is None or doubt:
            yield case.left(doubt, at)
            continue
        first, left, top_fixed, _top, last, right, bottom_fixed, _bottom = formula.groups()
        whole = missed.expected
        new = f"SUM({first}{left}{top_fixed}{whole.top}:{last}{right}{bottom_fixed}{whole.bottom})"
        cells = ", ".join(Address(at.sheet, *one).a1 for one in missed.cells[:5])
        why = _("Der Bereich reicht jetzt auch über {cells}.").format(cells=cells)
        yield Proposal("SUM03", at, Formula(new), why)


def _doubt(case: Case, sheet: Sheet, at: Address, missed: Missed, formula: re.Match[str] | None) -> str:
    """Why it is not certain that the range was meant to go on, "" where it is."""
    if missed.other_column is not None:
        return _("die Summe addiert eine andere Spalte; welche gemeint ist, weiß nur, wer sie schrieb")
    own = area_of(formula[0][4:-1]) if formula else None
    whole = missed.expected
    if own is None:
        return _("die Formel besteht aus mehr als einem Bereich")
    if own.left != own.right or own.left != whole.left or own.top < whole.top or own.bottom > whole.bottom:
        return _("der richtige Bereich ist keine Verlängerung des jetzigen")
    if _others_inside(case, sheet, at, own, whole):
        return _("im längeren Bereich stehen Zahlen, die keine Zeilen dieser Summe sind")
    return ""


def _others_inside(case: Case, sheet: Sheet, at: Address, own: Area, whole: Area) -> bool:
    """Whether the longer range would take in a subtotal, or a number that is none of the total's rows."""
    grid = formulas(case.subject).of(at.sheet)
    total = total_cells_at(case.subject).get(at)
    added = [row for row in range(whole.top, whole.bottom + 1) if not own.top <= row <= own.bottom]
    if total is not None and not total.across:
        outside = [row for row in total.parts if not whole.top <= row <= whole.bottom]
        others = [row for row in added if row not in total.parts]
        return any(adds_something(sheet.cells.get((row, whole.left))) for row in (*others, *outside))
    return any(grid is not None and (row, whole.left) in grid.sums for row in added)
