"""Was the workbook understood as the budget workbook it is meant to be?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.budget.tables import Budget
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.language import _
from pik_excel.layout.reading import Unclear


@rule("DOC01", "layout-unclear", Severity.WARNING)
def layout_unclear(subject: Subject) -> Iterator[Found]:
    """Tabelle nicht sicher lesbar

    Was: Eine Tabelle lässt sich auf mehr als eine Weise lesen, oder gar nicht; sie wird nicht oder nur zum Teil
    geprüft. Ein Fehler ist es, wenn in der ganzen Arbeitsmappe keine Haushaltstabelle zu finden ist.

    Warum: Geraten wird nicht. Was nicht sicher gelesen ist, gilt nicht als geprüft.

    Quelle: Praxis; siehe „Kurzanleitung“.

    Falsch (A1):

    |   | A                | B          |
    |---|------------------|------------|
    | 1 | Adressliste      |            |
    | 2 | Name             | Ort        |
    | 3 | Caritasverband   | Stuttgart  |
    | 4 | Diakonie         | Esslingen  |

    Richtig:

    |   | A         | B                | C                |
    |---|-----------|------------------|------------------|
    | 1 | Maßnahme  | 2022 TEUR        | 2023 TEUR        |
    | 2 | Jobcafé   | 66               | 66               |
    | 3 | Lernräume | 290              | 290              |
    | 4 | Summe     | =SUM(B2:B3) → 356 | =SUM(C2:C3) → 356 |

    Beheben: Der Tabelle eine Kopfzeile mit „Maßnahme“, den Jahren und der Einheit geben (2022 TEUR); eigene Wörter für
    den Kopf in pik-excel.toml eintragen.

    Schweigt: bei Blättern ohne Haushaltstabelle, solange die Arbeitsmappe eine hat.
    """
    yield from map(_unclear, subject.reading.unclear)
    if not _holds_anything(subject.reading.budget) and not subject.reading.unclear:
        yield from _nothing_found(subject)


def _holds_anything(budget: Budget) -> bool:
    return any((budget.measure_tables, budget.assumptions, budget.financings, budget.posts, budget.indicators))


def _unclear(place: Unclear) -> Found:
    message = place.what
    if place.readings:
        message += " " + _("Möglich: {readings}.").format(readings=_(" oder ").join(place.readings))
    return Found(
        at=place.at,
        stated=None,
        expected=None,
        message=message,
        hint=_("Bitte den Kopf der Tabelle eindeutig beschriften: Maßnahme, Jahr und Einheit je Spalte."),
        area=place.area.a1,
    )


def _nothing_found(subject: Subject) -> Iterator[Found]:
    sheets = subject.reading.workbook.sheets
    first = next((sheet for sheet in sheets if sheet.state == "visible"), sheets[0] if sheets else None)
    if first is None:
        return
    yield Found(
        at=first.address(1, 1),
        stated=None,
        expected=None,
        message=_("In der Arbeitsmappe ist keine Haushaltstabelle zu finden; es wurde nichts geprüft."),
        hint=_("Gesucht wird eine Tabelle mit Maßnahmen und Jahren, etwa „Maßnahme | 2022 TEUR | 2023 TEUR“."),
        severity=Severity.ERROR,
    )
