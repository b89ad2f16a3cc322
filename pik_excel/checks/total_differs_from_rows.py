"""Which totals are not what their rows add up to? (SUM01)"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import same_money
from pik_excel.checks.added import TotalCell, totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.circling import circling
from pik_excel.checks.computed import stale
from pik_excel.checks.constants import typed_amounts
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.memo_rows import added_memos, parts_without_a_whole
from pik_excel.checks.ranges import wrong_ranges
from pik_excel.checks.rounding import rounded_apart
from pik_excel.checks.runs import cells_in, formulas, named
from pik_excel.checks.separators import meant_readings
from pik_excel.checks.slips import slips, unexpected_signs
from pik_excel.checks.wording import arithmetic, money, plain
from pik_excel.grid.reference import Address
from pik_excel.language import _, number
from pik_excel.recalc.syntax import Node, Operation, Sign, references


@rule(
    "SUM01",
    "total-differs-from-rows",
    Severity.ERROR,
    yields_to=("SUM03", "SUM04", "SUM06", "SUM07", "FRM03", "FRM04", "FRM06", "NUM01", "NUM02", "FIN07"),
)
def total_differs_from_rows(subject: Subject) -> Iterator[Found]:
    """Summe weicht von ihren Zeilen ab

    Was: Die angegebene Summe ist nicht die Summe der Zeilen, wie sie dastehen.

    Warum: Die Vorlage wird mit dieser Zahl beschlossen; wer die Zeilen nachrechnet, kommt auf eine andere.

    Quelle: § 10 GemHVO (Planungsgrundsätze: Die Ansätze müssen stimmen, also auch ihre Summen). Gerechnet wird mit den
    Zahlen der Zellen, dezimal und ohne Rundung.

    Falsch (B5):

    |   | A                 | B         | C              |
    |---|-------------------|-----------|----------------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR      |
    | 2 | OMID              | 290       | 290            |
    | 3 | Dolmetscherkosten | 80        | 60             |
    | 4 | Arrival Aid       | 18        | 18             |
    | 5 | Summe             | 389       | =SUM(C2:C4) → 368 |

    Richtig:

    |   | A                 | B         | C              |
    |---|-------------------|-----------|----------------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR      |
    | 2 | OMID              | 290       | 290            |
    | 3 | Dolmetscherkosten | 80        | 60             |
    | 4 | Arrival Aid       | 18        | 18             |
    | 5 | Summe             | =SUM(B2:B4) → 388 | =SUM(C2:C4) → 368 |

    Beheben: Summe als SUMME-Formel über alle Zeilen schreiben; weicht sie dann noch ab, die Zeilen prüfen.

    Schweigt: bei „davon“- und nachrichtlichen Zeilen, bei leeren Zellen (sie zählen 0), wo eine Zeile unbekannt ist
    (k. A.), wo die Formel abzieht (Saldo), und wo der Unterschied eine andere Ursache hat, die dort gemeldet wird: Zahl
    als Text, falsche Einheit, Vorzeichen, veralteter Wert, unvollständiger Bereich, Rundung.
    """
    for cell in totals(subject):
        stated, expected = cell.stated, cell.expected
        if stated is None or expected is None or not cell.addends or same_money(stated, expected):
            continue
        if cell.amount.text is not None or _subtracts(subject, cell) or _has_another_cause(subject, cell, stated):
            continue
        also = _also_added(subject, cell)
        if also is not None:
            yield _differs(cell, stated, expected, also)


def _subtracts(subject: Subject, cell: TotalCell) -> bool:
    """Whether its formula takes cells off others on purpose: a balance, whatever its label says."""
    shape = formulas(subject).shape(cell.at)
    return shape is not None and any(
        isinstance(node, Operation | Sign) and node.operator == "-" and bool(references(_taken_off(node)))
        for node in shape.nodes
    )


def _taken_off(node: Operation | Sign) -> Node:
    return node.right if isinstance(node, Operation) else node.operand


def _also_added(subject: Subject, cell: TotalCell) -> tuple[str, ...] | None:
    """Numbers in the total's range that are none of its rows, a year in the header mostly; None where it adds single
    cells from elsewhere, on purpose."""
    sheet = subject.reading.workbook.sheet(cell.at.sheet)
    areas = cell.sum.areas(cell.at.sheet, cell.at.row, cell.at.column) if cell.sum else ()
    found: list[str] = []
    for area in areas or ():
        inside = {
            (one.row, one.column): one.value
            for one in (cells_in(sheet, area) if sheet else ())
            if isinstance(one.value, Decimal) and one.value
        }
        others = {at: value for at, value in inside.items() if not _is_a_line_of(cell, at)}
        if others and len(others) == len(inside):
            return None
        found += [f"{Address(cell.at.sheet, *at).a1} ({number(value)})" for at, value in others.items()]
    return tuple(found)


def _is_a_line_of(cell: TotalCell, at: tuple[int, int]) -> bool:
    line = at[1] if cell.across else at[0]
    return line in cell.lines and cell.place(line) == at


def _has_another_cause(subject: Subject, cell: TotalCell, stated: Decimal) -> bool:
    """Whether the difference is reported elsewhere, at the cell that causes it."""
    if any(amount.text is not None for amount in cell.parts.values()) and same_money(stated, cell.summed_by_excel):
        return True
    shape = formulas(subject).shape(cell.at)
    if shape is not None and typed_amounts(shape.tree):
        return True
    if same_money(stated, cell.of_the_leaves):
        return True  # right over the measures: one of the subtotals that it should add is not
    if any(_corrected(cell, meant(subject), stated) for meant in (slips, unexpected_signs, meant_readings)):
        return True
    if (cell.at.sheet, cell.at.row, cell.at.column) in wrong_ranges(subject) or cell.at in rounded_apart(subject):
        return True
    parts = parts_without_a_whole(subject, cell)
    if cell.at in added_memos(subject) or (parts and same_money(stated, (cell.expected or Decimal(0)) + parts)):
        return True
    known = stale(subject)
    return cell.at in circling(subject) or cell.at in known or any(amount.at in known for amount in cell.parts.values())


def _corrected(cell: TotalCell, meant: dict[Address, Decimal], stated: Decimal) -> bool:
    """Whether the total is right once rows say what they were meant to say."""
    if not any(amount.at in meant for amount in cell.parts.values()):
        return False
    corrected = (meant.get(amount.at, amount.stated or Decimal(0)) for amount in cell.parts.values())
    return same_money(sum(corrected, Decimal(0)), stated)


def _differs(cell: TotalCell, stated: Decimal, expected: Decimal, also: tuple[str, ...]) -> Found:
    rest = "" if not also else " " + _("Die Formel addiert auch {cells}.").format(cells=", ".join(also[:4]))
    first, last = cell.ends
    return Found(
        at=cell.at,
        stated=plain(stated),
        expected=plain(expected),
        message=(
            _("{at}: {stated} statt {expected}; die Spalten {first} bis {last} ergeben {sum}.")
            if cell.across
            else _("{at}: {stated} statt {expected}; die Zeilen {first} bis {last} ergeben {sum}.")
        ).format(
            at=cell.at,
            stated=money(stated, cell.unit),
            expected=money(expected, cell.unit),
            first=first,
            last=last,
            sum=arithmetic(cell.addends, expected),
        )
        + rest,
        hint=_("Den Bereich der Formel oder die Zeilen prüfen.")
        if cell.amount.formula
        else _("Als Formel schreiben, etwa =SUMME({first}:{last}), oder die Zeilen berichtigen.").format(
            first=first, last=last
        ),
        related=(named(cell.at.sheet, cell.own_range),),
        identity=(cell.total.label, cell.heading),
    )
