"""Was the workbook understood as the budget workbook it is meant to be?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.tables import Budget
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import formulas
from pik_excel.language import _
from pik_excel.layout.reading import Unclear
from pik_excel.patterns import pattern

_FEWEST = 3  # formulas: a table that computes
_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONEY = pattern(r"(?i)€|\b(?:[TM]?EUR|Euro|Ansatz|Haushaltsmittel)\b")
_YEARS = frozenset(map(Decimal, range(1990, 2061)))


@rule("DOC01", "layout-unclear", Severity.WARNING)
def layout_unclear(subject: Subject) -> Iterator[Found]:
    """Tabelle nicht sicher lesbar

    Was: Eine Tabelle lässt sich auf mehr als eine Weise lesen, oder gar nicht; sie wird nicht oder nur zum Teil
    geprüft. Ein Fehler ist es, wenn in der ganzen Arbeitsmappe keine Haushaltstabelle zu finden ist; ein Hinweis, wenn
    dort Beträge oder ein genanntes Jahr gerechnet werden, nur nicht nach Jahren (Darlehen, Mieten): Sie werden
    nachgerechnet.

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
    empty = subject.reading.budget == Budget()
    for index, place in enumerate(subject.reading.unclear):
        if not empty or index:
            yield _unclear(place)
        else:
            yield _without_years(place) if _computes_a_year(subject) else _nothing_found(place)


def _computes_a_year(subject: Subject) -> bool:
    """Whether a sheet computes and names a year or money: a table of something else than measures by year, and no
    unread one."""
    for grid in formulas(subject).grids:
        if len(grid.shapes) >= _FEWEST or any(one.calls for one in grid.sums.values()):
            typed = (value for _row, _column, value in grid.sheet.cells.typed())
            if any(map(_names_a_year_or_money, (grid.sheet.name, *typed))):
                return True
    return False


def _names_a_year_or_money(value: object) -> bool:
    if isinstance(value, str):
        return bool(_YEAR.search(value) or _MONEY.search(value))
    return isinstance(value, Decimal) and value in _YEARS


def _without_years(place: Unclear) -> Found:
    return Found(
        at=place.at,
        stated=None,
        expected=None,
        message=_(
            "{at}: Keine Tabelle mit Jahren in den Spalten; Formeln und Summen sind geprüft, sonst nichts."
        ).format(at=place.at),
        hint=_("Wenn es ein Plan ist: Jahre und Einheit über die Spalten schreiben, etwa „2022 TEUR“."),
        severity=Severity.NOTICE,
    )


def _unclear(place: Unclear) -> Found:
    message = f"{place.at}: {place.what}"
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


def _nothing_found(place: Unclear) -> Found:
    return Found(
        at=place.at,
        stated=None,
        expected=None,
        message=f"{place.at}: {place.what}",
        hint=_("Gesucht wird eine Tabelle mit Maßnahmen und Jahren, etwa „Maßnahme | 2022 TEUR | 2023 TEUR“."),
        severity=Severity.ERROR,
    )
