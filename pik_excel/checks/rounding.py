"""Which totals would be another figure if they were rounded from the exact amounts, not added from rounded rows?"""

from __future__ import annotations

from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, round_half_up, same_money
from pik_excel.checks.added import TotalCell, totals
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.computed import evaluated
from pik_excel.checks.runs import Shape, formulas, once
from pik_excel.grid.reference import Address
from pik_excel.layout.formats import Format, formats_of
from pik_excel.recalc.syntax import Call, Number, Operation
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Rounded:
    """The exact sum behind a total, and the other figure that could stand there; in the total's unit.

    `by`: "rows" where the total adds rounded rows, "sources" where it is computed from the exact amounts, "display"
    where nothing is rounded but what the number format shows; `shown` is the total as it is read.
    """

    exact: Decimal
    shown: Decimal
    other: Decimal
    by: str


@dataclass(frozen=True)
class _Exact:
    value: Decimal
    digits: int | None  # to which it was rounded


@once
def rounded_apart(subject: Subject) -> dict[Address, tuple[TotalCell, Rounded]]:
    """The totals of which both figures are known and differ, by no more than rounding can."""
    found: dict[Address, tuple[TotalCell, Rounded]] = {}
    for cell in totals(subject):
        one = _apart(subject, cell) or _apart_as_displayed(subject, cell)
        if one is not None:
            found[cell.at] = (cell, one)
    return found


def _apart(subject: Subject, cell: TotalCell) -> Rounded | None:
    if cell.stated is None or cell.expected is None:
        return None
    known: list[_Exact] = []
    for amount in cell.parts.values():
        part = _exact(subject, amount)
        if part is None:
            return None
        known.append(part)
    digits = {part.digits for part in known if part.digits is not None}
    if len(digits) != 1:
        return None
    (places,) = digits
    exact = sum((part.value for part in known), Decimal(0))
    rounded = round_half_up(exact, places)
    rounded_rows = sum(part.digits is not None for part in known)
    if same_money(rounded, cell.expected) or abs(exact - cell.expected) > Decimal(rounded_rows).scaleb(-places) / 2:
        return None
    if same_money(cell.stated, cell.expected):
        return Rounded(exact, cell.stated, rounded, "rows")
    if same_money(cell.stated, rounded) or same_money(cell.stated, exact):
        return Rounded(exact, cell.stated, cell.expected, "sources")
    return None


def _apart_as_displayed(subject: Subject, cell: TotalCell) -> Rounded | None:
    """A total that is right to the cent, over amounts whose format shows less: the shown rows give another sum."""
    if cell.stated is None or not cell.is_right:
        return None
    stated = [amount for amount in cell.parts.values() if amount.stated]
    digits = _decimals(subject, cell.amount)
    if digits is None:
        return None
    shown = round_half_up(cell.stated, digits)
    rows = sum((round_half_up(amount.stated or Decimal(0), digits) for amount in stated), Decimal(0))
    if rows == shown or any(_decimals(subject, amount) != digits for amount in stated):
        return None
    return Rounded(cell.stated, shown, rows, "display")


def _decimals(subject: Subject, amount: Amount) -> int | None:
    """The decimals that the cell shows; None where the format leaves them open, or scales the number."""
    cell = subject.reading.workbook.cell(amount.at)
    formats = _formats(subject)
    if cell is None or amount.text is not None or cell.style >= len(formats):
        return None
    found = formats[cell.style]
    return found.decimals if found.scale == 1 and not found.is_share else None


@once
def _formats(subject: Subject) -> tuple[Format, ...]:
    return formats_of(subject.reading.workbook.number_formats)


def _exact(subject: Subject, amount: Amount) -> _Exact | None:
    """The amount before it was rounded; None where that is not in the workbook."""
    if amount.statement is not Statement.NUMBER or not amount.stated:
        return _Exact(Decimal(0), None)
    shape = formulas(subject).shape(amount.at)
    if shape is None or not _changes_the_unit(shape):
        return None
    digits = {
        int(node.arguments[1].value)
        for node in shape.nodes
        if isinstance(node, Call) and node.name == "ROUND" and len(node.arguments) == 2
        if isinstance(node.arguments[1], Number)
    }
    if len(digits) != 1:
        return None
    rounded = evaluated(subject, shape.tree, amount.at)
    exact = evaluated(subject, shape.unrounded, amount.at)
    if rounded is None or exact is None or not same_money(rounded, amount.stated):
        return None  # the stored value is not what the formula gives: FRM06 speaks
    return _Exact(exact, digits.pop())


def _changes_the_unit(shape: Shape) -> bool:
    """Whether the formula brings EUR to a larger unit; a projection rounded to whole EUR has no exact amount behind."""
    for node in shape.nodes:
        match node:
            case Operation("/", _, Number(value)) if value >= 1000:
                return True
            case Operation("*", _, Number(value)) | Operation("*", Number(value), _) if 0 < value <= Decimal("0.001"):
                return True
    return False
