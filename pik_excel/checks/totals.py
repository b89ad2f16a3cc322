"""Do the totals hold what their rows say? (SUM)"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from pik_excel.budget.money import same_money
from pik_excel.checks.added import Key, TotalCell, totals
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.circling import circling
from pik_excel.checks.computed import stale
from pik_excel.checks.constants import typed_amounts
from pik_excel.checks.corners import typed_corners
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.hidden import Hidden, hidden_lines
from pik_excel.checks.margins import Margin, margins
from pik_excel.checks.memo_rows import added_memos, parts_without_a_whole
from pik_excel.checks.ranges import Doubled, Missed, wrong_ranges
from pik_excel.checks.rounding import Rounded, rounded_apart
from pik_excel.checks.runs import Shape, blocks, cells_in, formulas, named
from pik_excel.checks.separators import meant_readings
from pik_excel.checks.slips import slips, unexpected_signs
from pik_excel.checks.typed_results import typed_results, typed_sum
from pik_excel.checks.wording import arithmetic, money, plain
from pik_excel.grid.reference import Address, Area, column_letters
from pik_excel.language import _, number, plural
from pik_excel.layout.vocabulary import fold, vocabulary
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


Kept = TypeVar("Kept", Missed, Doubled, Margin)


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
        hint=_("Den Bereich berichtigen: {range}.").format(range=one.expected.a1),
        related=tuple(f"{sheet}!{column_letters(column)}{row}" for row, column in one.cells[:10]),
        area=area.a1 if several else None,
    )


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


@rule("SUM07", "rounding-difference", Severity.NOTICE, yields_to=("FRM06", "NUM01"))
def rounding_difference(subject: Subject) -> Iterator[Found]:
    """Rundungsdifferenz

    Was: Die Summe der gerundeten Zeilen ist nicht die gerundete Summe der genauen Beträge; ob mit RUNDEN gerundet wird
    oder nur das Zahlenformat Nachkommastellen weglässt.

    Warum: Beides ist richtig gerechnet, aber zwei Zahlen für dasselbe führen zu Rückfragen.

    Quelle: DIN 1333 (kaufmännisch runden). Üblich ist, die gerundeten Zeilen zu addieren und auf die Differenz
    hinzuweisen; die Summe darf je Zeile höchstens um eine halbe Einheit abweichen.

    Falsch (B4):

    Blatt "Annahmen":

    |   | A                 | B          |
    |---|-------------------|------------|
    | 1 | Maßnahme          | Bedarf EUR |
    | 2 | Jobkraftwerk      | 65500      |
    | 3 | Ausbildungscampus | 149810     |

    Blatt "Finanzielle Auswirkungen":

    |   | A                 | B                                  | C         |
    |---|-------------------|------------------------------------|-----------|
    | 1 | Maßnahme          | 2022 TEUR                          | 2023 TEUR |
    | 2 | Jobkraftwerk      | =ROUND(Annahmen!B2/1000,0) → 66    | 0         |
    | 3 | Ausbildungscampus | =ROUND(Annahmen!B3/1000,0) → 150   | 0         |
    | 4 | Finanzbedarf      | =SUM(B2:B3) → 216                  | =SUM(C2:C3) → 0 |

    Richtig:

    Blatt "Annahmen":

    |   | A                 | B          |
    |---|-------------------|------------|
    | 1 | Maßnahme          | Bedarf EUR |
    | 2 | Jobkraftwerk      | 65500      |
    | 3 | Ausbildungscampus | 150000     |

    Blatt "Finanzielle Auswirkungen":

    |   | A                 | B                                  | C         |
    |---|-------------------|------------------------------------|-----------|
    | 1 | Maßnahme          | 2022 TEUR                          | 2023 TEUR |
    | 2 | Jobkraftwerk      | =ROUND(Annahmen!B2/1000,0) → 66    | 0         |
    | 3 | Ausbildungscampus | =ROUND(Annahmen!B3/1000,0) → 150   | 0         |
    | 4 | Finanzbedarf      | =SUM(B2:B3) → 216                  | =SUM(C2:C3) → 0 |

    Beheben: Nichts, wenn die Zeilen addiert werden sollen; ein Hinweis „Rundungsdifferenzen möglich“ unter der Tabelle
    erspart die Rückfrage.

    Schweigt: wo die genauen Beträge nicht in der Mappe stehen und wo beide Summen gleich sind.
    """
    rows: dict[tuple[str, int], dict[tuple[int, int], tuple[TotalCell, Rounded]]] = {}
    for at, found in rounded_apart(subject).items():
        rows.setdefault((at.sheet, at.row), {})[at.row, at.column] = found
    for by_place in rows.values():
        for area in blocks(by_place):
            yield _rounded(*by_place[area.top, area.left], area)


def _rounded(cell: TotalCell, rounded: Rounded, area: Area) -> Found:
    message = {
        "rows": _("{at}: {shown} aus gerundeten Zeilen; die genauen Beträge ergeben {exact}, gerundet {other}"),
        "sources": _("{at}: {shown} aus genauen Beträgen ({exact}); die gerundeten Zeilen ergeben {other}"),
        "display": _("{at}: Angezeigt wird {shown} (genau {exact}); die angezeigten Zeilen ergeben {other}"),
    }[rounded.by]
    others = area.right - area.left
    message += (
        plural("; ebenso in der Spalte daneben", "; ebenso in {others} Spalten daneben", others) if others else ""
    )
    return Found(
        at=cell.at,
        stated=plain(rounded.shown),
        expected=plain(rounded.other),
        message=(message + ".").format(
            at=cell.at,
            shown=money(rounded.shown, cell.unit),
            exact=money(rounded.exact * cell.unit.factor),
            other=money(rounded.other, cell.unit),
            others=number(others),
        ),
        hint=_("Nichts zu ändern; ein Hinweis „Rundungsdifferenzen möglich“ unter der Tabelle erspart Rückfragen."),
        related=(named(cell.at.sheet, cell.own_range),),
        area=area.a1 if others else None,
        identity=(cell.total.label, cell.heading),
    )
