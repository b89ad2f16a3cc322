"""What is said of typed numbers that the formulas of their row or column give?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.evidence import as_exact_as
from pik_excel.checks.finding import Found
from pik_excel.checks.lines import is_copy
from pik_excel.checks.missing import MissingFormula, missing_formulas
from pik_excel.checks.overtyped import Overtyped
from pik_excel.checks.runs import blocks, formulas
from pik_excel.checks.wording import plain
from pik_excel.grid.formula import a1
from pik_excel.grid.reference import Address, Area
from pik_excel.language import _, number, plural


def typed_results(subject: Subject, sums: bool) -> Iterator[Found]:
    """The typed sums, or all other typed results; neighbouring cells as one area."""
    for one in missing_formulas(subject):
        if (one.shape.sum is not None and not is_copy(one.shape)) is sums:
            for area in blocks(one.expected.keys() - one.apart):
                yield _results(subject, one, area, sums)
            for row, column in sorted(one.apart):
                yield _result(subject, one, Area(row, column, row, column), sums)


def typed_sum(subject: Subject, one: Overtyped) -> Found:
    """A sum in a run of formulas, typed and right."""
    shape = formulas(subject).shape(one.model)
    assert shape is not None
    missing = MissingFormula(one.sheet, shape, one.model, dict.fromkeys(one.cells, one.value))
    return _results(subject, missing, one.area, sums=True)


def _results(subject: Subject, one: MissingFormula, area: Area, sums: bool) -> Found:
    """Cells whose numbers are what the formula gives."""
    at = Address(one.sheet, area.top, area.left)
    stated = _number(subject, at)
    count = area.size
    if sums:
        message = plural(
            "{at}: Die Summe {stated} ist getippt; sie stimmt, rechnet aber nicht mit wie {model}.",
            "{at} bis {last}: {count} Summen sind getippt; sie stimmen, rechnen aber nicht mit wie {model}.",
            count,
        )
    else:
        message = plural(
            "{at}: {stated} ist getippt, die Formel aus {model} ergäbe hier dieselbe Zahl.",
            "{at} bis {last}: {count} Zahlen sind getippt, die Formel aus {model} ergäbe hier dieselben.",
            count,
        )
    return Found(
        at=at,
        stated=plain(stated),
        expected="=" + formula_for(subject, one, at) if sums else plain(stated),
        message=message.format(
            at=at,
            last=Address(one.sheet, area.bottom, area.right).a1,
            stated=number(stated),
            count=number(count),
            model=one.model.a1,
        ),
        hint=_hint(one),
        related=(str(one.model),),
        area=area.a1 if count > 1 else None,
    )


def _result(subject: Subject, one: MissingFormula, area: Area, sums: bool) -> Found:
    """A cell whose number differs from what the formula gives."""
    at = Address(one.sheet, area.top, area.left)
    stated = _number(subject, at)
    expected = as_exact_as(one.expected[area.top, area.left], stated)
    if sums:
        message = _("{at}: Die Summe {stated} ist getippt; gerechnet wie {model} wären es {expected}.")
    else:
        message = _("{at}: {stated} ist getippt, die Formel aus {model} ergäbe hier {expected}.")
    return Found(
        at=at,
        stated=plain(stated),
        expected=plain(expected),
        message=message.format(at=at, stated=number(stated), model=one.model.a1, expected=number(expected)),
        hint=_hint(one),
        related=(str(one.model),),
    )


def formula_for(subject: Subject, one: MissingFormula, at: Address) -> str:
    """The model's formula as it reads in that cell."""
    model = subject.reading.workbook.cell(one.model)
    return a1((model.r1c1 if model else None) or "", at.row, at.column)


def _hint(one: MissingFormula) -> str:
    return _("Formel aus {model} hierher kopieren oder die Abweichung in einem Kommentar begründen.").format(
        model=one.model.a1
    )


def _number(subject: Subject, at: Address) -> Decimal:
    cell = subject.reading.workbook.cell(at)
    assert cell is not None and isinstance(cell.value, Decimal)
    return cell.value
