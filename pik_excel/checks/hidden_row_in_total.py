"""Which totals add rows that nobody sees? (SUM05)"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.hidden import Hidden, hidden_lines
from pik_excel.checks.wording import plain
from pik_excel.grid.reference import Address, column_letters
from pik_excel.language import _, number, plural


@rule("SUM05", "hidden-row-in-total", Severity.WARNING, yields_to=("SUM03", "SUM04", "FRM03"))
def hidden_row_in_total(subject: Subject) -> Iterator[Found]:
    """Ausgeblendete Zeile in der Summe

    Was: In eine sichtbare Summe geht eine ausgeblendete oder weggefilterte Zeile oder Spalte ein.

    Warum: Auf dem Ausdruck ergeben die sichtbaren Zeilen eine andere Summe; der Gemeinderat sieht den Betrag nicht.

    Quelle: Prüfpraxis. SUMME zählt ausgeblendete Zellen mit, TEILERGEBNIS(109;…) nicht.

    Falsch (A3):

    |   | A                 | B                 |
    |---|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         |
    | 2 | OMID              | 290               |
    | 3 (ausgeblendet) | Dolmetscherkosten | 80 |
    | 4 | Arrival Aid       | 18                |
    | 5 | Summe             | =SUM(B2:B4) → 388 |

    Richtig:

    |   | A                 | B                 |
    |---|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         |
    | 2 | OMID              | 290               |
    | 3 | Dolmetscherkosten | 80                |
    | 4 | Arrival Aid       | 18                |
    | 5 | Summe             | =SUM(B2:B4) → 388 |

    Beheben: Die Zeile einblenden, oder mit TEILERGEBNIS(109;…) nur Sichtbares addieren.

    Schweigt: bei TEILERGEBNIS(109;…), bei gefilterten Listen mit TEILERGEBNIS(9;…), wo alle Zeilen der Summe
    eingeklappt sind (Gliederung) und wo die ausgeblendeten Zellen leer oder 0 sind.
    """
    for one in hidden_lines(subject):
        yield _hides(one)


def _hides(one: Hidden) -> Found:
    count = one.last - one.first + 1
    first, last = (str(one.first), str(one.last)) if one.rows else (column_letters(one.first), column_letters(one.last))
    if one.rows:
        line = plural("Zeile {first} ist ausgeblendet", "Zeilen {first} bis {last} sind ausgeblendet", count)
    else:
        line = plural("Spalte {first} ist ausgeblendet", "Spalten {first} bis {last} sind ausgeblendet", count)
    total = Address(one.sheet, *one.sums[0])
    return Found(
        at=one.at,
        stated=None if one.total is None else plain(one.total),
        expected=None if one.total is None else plain(one.total - one.added),
        message=_("{at}: {line}, geht aber mit {added} in die Summe {total} ein{value}.").format(
            at=one.at,
            line=line.format(first=first, last=last),
            added=number(one.added),
            total=total.a1,
            value="" if one.total is None else f" ({number(one.total)})",
        ),
        hint=_("Einblenden, aus der Summe nehmen oder mit TEILERGEBNIS(109;…) nur Sichtbares addieren."),
        related=tuple(f"{one.sheet}!{Address(one.sheet, *at).a1}" for at in one.sums[:10]),
    )
