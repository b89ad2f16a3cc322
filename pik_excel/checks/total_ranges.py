"""Do totals add each of their rows, and each once? (SUM03, SUM04)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pik_excel.checks.added import Key
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.margins import Margin, margins
from pik_excel.checks.ranges import Doubled, Missed, wrong_ranges
from pik_excel.checks.runs import Shape, blocks, named
from pik_excel.checks.wording import plain
from pik_excel.grid.reference import Address, Area, column_letters
from pik_excel.language import _, number, plural

Kept = TypeVar("Kept", Missed, Doubled, Margin)


@rule("SUM03", "total-misses-rows", Severity.ERROR, yields_to=("SUM04", "FRM03"))
def total_misses_rows(subject: Subject) -> Iterator[Found]:
    """Summe erfasst nicht alle Zeilen

    Was: Die Formel einer Summe lässt die erste, die letzte oder eine Zeile dazwischen aus oder addiert eine andere
    Spalte. Eine Warnung: Der Bereich reicht über die Zeilen hinaus, in eine leere Zeile oder in die Überschrift; auch
    der eines Mittelwerts, einer Anzahl, eines Höchst- oder Kleinstwerts.

    Warum: Meist wurde unter oder über dem Bereich eine Zeile eingefügt; ihr Betrag fehlt in der Summe. Reicht der
    Bereich zu weit, zählt die erste Zahl mit, die jemand in die Überschrift oder die leere Zeile schreibt.

    Quelle: Prüfpraxis; der klassische Fehler beim Einfügen einer Zeile am Rand des Bereichs.

    Falsch (B5):

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | Dolmetscherkosten | 80                | 60                |
    | 4 | Arrival Aid       | 18                | 18                |
    | 5 | Summe             | =SUM(B2:B3) → 370 | =SUM(C2:C4) → 368 |

    Falsch (C5):

    |   | A                 | B                 | C                 |
    |---|-------------------|-------------------|-------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID              | 290               | 290               |
    | 3 | Dolmetscherkosten | 80                | 60                |
    | 4 | Arrival Aid       | 18                | 18                |
    | 5 | Summe             | =SUM(B2:B4) → 388 | =SUM(B2:B4) → 388 |

    Richtig:

    |   | A                 | B                 | C                    |
    |---|-------------------|-------------------|----------------------|
    | 1 | Maßnahme          | 2022 TEUR         | 2023 TEUR            |
    | 2 | OMID              | 290               | 290                  |
    | 3 | Dolmetscherkosten | 80                | 60                   |
    | 4 | Arrival Aid       | 18                | 18                   |
    | 5 | Summe             | =SUM(B2:B4) → 388 | =C2+C3+C4 → 368      |

    Beheben: Den Bereich der Formel bis zur ersten und letzten Zeile ziehen.

    Schweigt: wo über Zwischensummen addiert wird (=B7+B12), bei TEILERGEBNIS, bei „davon“-Zeilen, bei Zeilen ohne
    Betrag und bei Summen über andere Blätter. In Tabellen, die nicht als Haushaltstabelle erkannt sind, spricht sie
    nur, wo die Nachbarspalten mehr Zeilen erfassen, sie die Summe neben sich noch einmal addiert oder die ausgelassenen
    Zahlen unmittelbar über der Summe oder unter der Überschrift stehen (kein Anfangsbestand). Leere Zeilen am Rand sind
    in Mappen mit einer Haushaltstabelle üblich (Platz zum Einfügen) und dort kein Befund.
    """
    wrong = wrong_ranges(subject)
    for sheet, area, missed in _together({key: one for key, one in wrong.items() if isinstance(one, Missed)}):
        yield _misses(sheet, area, missed)
    for sheet, area, margin in _together({key: one for key, one in margins(subject).items() if key not in wrong}):
        yield _reaches_over(sheet, area, margin)


def _together(found: dict[Key, Kept]) -> Iterator[tuple[str, Area, Kept]]:
    """Neighbouring cells with the same formula as one area, with what holds for the first of them."""
    groups: dict[tuple[str, Shape], list[tuple[int, int]]] = {}
    for (sheet, row, column), one in found.items():
        groups.setdefault((sheet, one.shape), []).append((row, column))
    for (sheet, _shape), cells in groups.items():
        for area in blocks(cells):
            yield sheet, area, found[sheet, area.top, area.left]


def _misses(sheet: str, area: Area, one: Missed) -> Found:
    at = Address(sheet, area.top, area.left)
    several = area.a1 != at.a1
    if one.other_column is not None:
        message = _("{at}: Die Summe addiert {range} statt ihrer eigenen Spalte ({own}).").format(
            at=at, range=one.other_column.a1, own=one.expected.a1
        )
    else:
        message = plural(
            "{at}: Die Summe lässt {cells} aus{amount}; sie erfasst {covered}.",
            "{at}: Die Summe lässt {count} Zellen aus ({cells}){amount}; sie erfasst {covered}.",
            len(one.cells),
        ).format(
            at=at,
            cells=_listed(one.cells),
            count=number(len(one.cells)),
            amount=f" ({number(one.amount)})" if one.amount else "",
            covered=", ".join(covered.a1 for covered in one.covered[:4]),
        )
    if several:
        message += " " + _("Ebenso bis {last}.").format(last=Address(sheet, area.bottom, area.right).a1)
    return Found(
        at=at,
        stated="=" + one.formula,
        expected=one.expected.a1,
        message=message,
        hint=_hint(one),
        related=tuple(f"{sheet}!{column_letters(column)}{row}" for row, column in one.cells[:10]),
        area=area.a1 if several else None,
    )


def _hint(one: Missed) -> str:
    """A chain of single cells, mostly of subtotals, is not to become a range that adds both."""
    if len(one.covered) > 1 and all(area.size == 1 for area in one.covered):
        return _("Auch {cells} addieren, oder nur die Zwischensumme davon.").format(cells=_listed(one.cells))
    return _("Den Bereich berichtigen: {range}.").format(range=one.expected.a1)


def _reaches_over(sheet: str, area: Area, one: Margin) -> Found:
    at = Address(sheet, area.top, area.left)
    several = area.a1 != at.a1
    top = one.outside[0].bottom + 1 if one.outside[0].top == one.range.top else one.range.top
    bottom = one.outside[-1].top - 1 if one.outside[-1].bottom == one.range.bottom else one.range.bottom
    rows = one.range._replace(top=top, bottom=bottom)
    if one.numbers:
        said = _("{at}: Die Formel über {range} reicht über ihre Zeilen hinaus; {outside} gehört nicht zu ihnen.")
    elif one.shape.sum is not None:
        said = _("{at}: Die Summe über {range} reicht über ihre Zeilen hinaus: {outside} ist leer oder Überschrift.")
    else:
        said = _("{at}: Die Formel über {range} reicht über ihre Zeilen hinaus: {outside} ist leer oder Überschrift.")
    message = said.format(at=at, range=one.range.a1, outside=", ".join(part.a1 for part in one.outside))
    if several:
        message += " " + _("Ebenso bis {last}.").format(last=Address(sheet, area.bottom, area.right).a1)
    return Found(
        at=at,
        stated=one.range.a1,
        expected=rows.a1,
        message=message,
        hint=_("Den Bereich berichtigen: {range}.").format(range=rows.a1),
        related=tuple(named(sheet, part) for part in one.outside),
        area=area.a1 if several else None,
        severity=Severity.WARNING,
    )


def _listed(cells: tuple[tuple[int, int], ...]) -> str:
    shown = [f"{column_letters(column)}{row}" for row, column in cells[:5]]
    return ", ".join(shown) + (" …" if len(cells) > 5 else "")


@rule("SUM04", "subtotal-counted-twice", Severity.ERROR, yields_to=("FRM03",))
def subtotal_counted_twice(subject: Subject) -> Iterator[Found]:
    """Zwischensumme doppelt gezählt

    Was: Eine Summe addiert Zeilen und zugleich die Zwischensumme derselben Zeilen.

    Warum: Der Betrag dieser Zeilen geht zweimal in die Summe ein.

    Quelle: Prüfpraxis; entsteht, wenn Zwischensummen nachträglich eingefügt werden.

    Falsch (B8):

    |   | A                 | B                  |
    |---|-------------------|--------------------|
    | 1 | Maßnahme          | 2022 TEUR          |
    | 2 | OMID              | 290                |
    | 3 | Dolmetscherkosten | 80                 |
    | 4 | Zwischensumme     | =SUM(B2:B3) → 370  |
    | 5 | Refugio           | 40                 |
    | 6 | Arrival Aid       | 18                 |
    | 7 | Zwischensumme     | =SUM(B5:B6) → 58   |
    | 8 | Gesamt            | =SUM(B2:B7) → 856  |

    Richtig:

    |   | A                 | B                  |
    |---|-------------------|--------------------|
    | 1 | Maßnahme          | 2022 TEUR          |
    | 2 | OMID              | 290                |
    | 3 | Dolmetscherkosten | 80                 |
    | 4 | Zwischensumme     | =SUM(B2:B3) → 370  |
    | 5 | Refugio           | 40                 |
    | 6 | Arrival Aid       | 18                 |
    | 7 | Zwischensumme     | =SUM(B5:B6) → 58   |
    | 8 | Gesamt            | =B4+B7 → 428       |

    Beheben: Nur die Zwischensummen addieren (=B4+B7), oder überall TEILERGEBNIS(9;…) verwenden: es überspringt die
    Teilergebnisse im Bereich.

    Schweigt: bei TEILERGEBNIS und AGGREGAT, bei Summen, die den doppelten Betrag wieder halbieren (=SUMME(…)/2), und
    bei Summen nur über Zwischensummen.
    """
    wrong = wrong_ranges(subject)
    for sheet, area, doubled in _together({key: one for key, one in wrong.items() if isinstance(one, Doubled)}):
        yield _counts_twice(sheet, area, doubled)


def _counts_twice(sheet: str, area: Area, one: Doubled) -> Found:
    at = Address(sheet, area.top, area.left)
    subtotals = _listed(one.subtotals)
    message = plural(
        "{at} addiert {rows} und dazu die Zwischensumme {subtotals}, in der sie schon enthalten sind",
        "{at} addiert {rows} und dazu die Zwischensummen {subtotals}, in denen sie schon enthalten sind",
        len(one.subtotals),
    ).format(at=at, rows=one.rows.a1, subtotals=subtotals)
    if one.expected is not None and one.stated is not None:
        message += _(": {stated} statt {expected}").format(stated=number(one.stated), expected=number(one.expected))
    return Found(
        at=at,
        stated=None if one.stated is None else plain(one.stated),
        expected=None if one.expected is None else plain(one.expected),
        message=message + ".",
        hint=_("Nur die Zwischensummen addieren oder TEILERGEBNIS(9;…) verwenden."),
        related=tuple(f"{sheet}!{column_letters(column)}{row}" for row, column in one.subtotals[:10]),
        area=area.a1 if area.a1 != at.a1 else None,
    )
