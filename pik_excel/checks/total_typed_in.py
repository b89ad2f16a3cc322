"""Which totals are typed, though their rows are there? (SUM02)"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal

from pik_excel.checks.added import TotalCell, totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.corners import typed_corners
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import blocks, formulas, named
from pik_excel.checks.typed_results import typed_results, typed_sum
from pik_excel.checks.wording import arithmetic, money, plain
from pik_excel.grid.reference import Address, Area
from pik_excel.language import _, number, plural
from pik_excel.layout.vocabulary import fold, vocabulary


@rule(
    "SUM02",
    "total-typed-in",
    Severity.WARNING,
    yields_to=("SUM01", "SUM06", "SUM07", "SUM08", "NUM01", "NUM02", "NUM03"),
)
def total_typed_in(subject: Subject) -> Iterator[Found]:
    """Summe getippt statt gerechnet

    Was: Eine Summe ist eine getippte Zahl, obwohl die Mappe sonst rechnet. Rechnet sie nirgends, ist es ein Hinweis:
    Wer nur Werte exportiert oder aus einem Text abschreibt, hat nichts überschrieben.

    Warum: Sie stimmt heute. Ändert jemand eine Zeile, stimmt sie nicht mehr, und nichts weist darauf hin.

    Quelle: Zhang u. a. 2021: Von 3.702 fehlerhaften Zellen echter Arbeitsmappen waren 3.024 getippte Zahlen, wo eine
    Formel stehen müsste.

    Falsch (B4):

    |   | A                 | B         | C                 |
    |---|-------------------|-----------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR | 2023 TEUR         |
    | 2 | OMID              | 290       | 290               |
    | 3 | Dolmetscherkosten | 80        | 60                |
    | 4 | Summe             | 370       | =SUM(C2:C3) → 350 |

    Richtig:

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | Dolmetscherkosten | 80                | 60                |
    | 4 | Summe             | =SUM(B2:B3) → 370 | =SUM(C2:C3) → 350 |

    Beheben: =SUMME(…) über die Zeilen schreiben.

    Schweigt: bei einer getippten 0, wo alle Zeilen leer sind, und wo die Summe falsch ist (dann spricht SUM01).
    Außerhalb von Haushaltstabellen spricht sie nur, wo andere Summen derselben Zeile oder Spalte Formeln sind, die hier
    die getippte Zahl ergäben, und nicht, wo eine Zeile umgekehrt als Rest aus der Summe gerechnet ist.
    """
    calculates = formulas(subject).any
    words = vocabulary(subject.schema).total
    lines: dict[tuple[str, bool, int], list[TotalCell]] = {}
    for cell in totals(subject):
        lines.setdefault((cell.at.sheet, cell.across, cell.at.column if cell.across else cell.at.row), []).append(cell)
    for cells in lines.values():
        if not calculates and not all(cell.is_right and _is_called_so(cell, words) for cell in cells):
            continue
        by_place = {(cell.at.row, cell.at.column): cell for cell in cells if _is_typed(cell) and cell.is_right}
        for area in blocks(by_place):
            found = _typed_in(by_place, area)
            yield found if calculates else replace(found, severity=Severity.NOTICE)
    for corner in typed_corners(subject):
        yield typed_sum(subject, corner)
    yield from typed_results(subject, sums=True)


def _is_called_so(cell: TotalCell, words: Collection[str]) -> bool:
    """Whether its label says that it is a total, and not its arithmetic alone."""
    return any(word.strip(" :.()") in words for word in fold(cell.total.label).split())


def _is_typed(cell: TotalCell) -> bool:
    return cell.amount.typed and cell.amount.text is None and bool(cell.addends) and len(cell.parts) > 1


def _typed_in(cells: dict[tuple[int, int], TotalCell], area: Area) -> Found:
    cell = cells[area.top, area.left]
    count = area.size
    first, last = cell.ends
    return Found(
        at=cell.at,
        stated=plain(cell.stated or Decimal(0)),
        expected=f"=SUM({first}:{last})",
        message=plural(
            "{at}: Die Summe {stated} ist getippt; sie stimmt ({sum}), rechnet aber nicht mit.",
            "{at} bis {last}: {count} Summen sind getippt; sie stimmen (hier {sum}), rechnen aber nicht mit.",
            count,
        ).format(
            at=cell.at,
            last=Address(cell.at.sheet, area.bottom, area.right).a1,
            stated=money(cell.stated or Decimal(0), cell.unit),
            count=number(count),
            sum=arithmetic(cell.addends, cell.expected or Decimal(0)),
        ),
        hint=_("Als Formel schreiben: =SUMME({first}:{last}).").format(first=first, last=last),
        related=(named(cell.at.sheet, cell.own_range),),
        area=area.a1 if count > 1 else None,
        identity=(cell.total.label, cell.heading),
    )
