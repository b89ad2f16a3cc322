"""What in the file's settings and parts changes its figures, or acts by itself? (DOC03, DOC04)"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import formulas
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Workbook
from pik_excel.language import _
from pik_excel.layout.formats import formats_of


@rule("DOC03", "calculation-settings", Severity.WARNING)
def calculation_settings(subject: Subject) -> Iterator[Found]:
    """Ungewöhnliche Berechnungseinstellung

    Was: Die Arbeitsmappe rechnet nur auf Befehl (manuell), iterativ, mit Genauigkeit wie angezeigt oder mit
    Datumswerten ab 1904.

    Warum: Manuell: Wer eine Zahl ändert, sieht alte Summen. Iterativ: Ein Zirkelbezug fällt nicht mehr auf. Genauigkeit
    wie angezeigt: Excel verwirft die Nachkommastellen endgültig. 1904: Ein Datum, das in eine andere Mappe kopiert
    wird, verschiebt sich um vier Jahre und einen Tag.

    Quelle: Excel, Optionen > Formeln und Optionen > Erweitert > Beim Berechnen dieser Arbeitsmappe. Excel übernimmt die
    Berechnungsart der zuerst geöffneten Mappe für alle anderen.

    Falsch (A1):

    Arbeitsmappe: manuell

    |   | A        | B                 | C                 |
    |---|----------|-------------------|-------------------|
    | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID     | 290               | 290               |
    | 3 | Refugio  | 40                | 40                |
    | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |

    Richtig:

    |   | A        | B                 | C                 |
    |---|----------|-------------------|-------------------|
    | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID     | 290               | 290               |
    | 3 | Refugio  | 40                | 40                |
    | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |

    Beheben: Formeln > Berechnungsoptionen > Automatisch; unter Optionen > Formeln „Iterative Berechnung aktivieren“
    ausschalten; unter Optionen > Erweitert „Genauigkeit wie angezeigt festlegen“ und „1904-Datumswerte verwenden“
    ausschalten (danach die Datumsangaben prüfen).

    Schweigt: in Mappen ohne Formeln (außer bei Genauigkeit wie angezeigt und 1904), und bei 1904-Datumswerten in Mappen
    ohne ein Datum.
    """
    for setting, message, hint in _settings(subject):
        yield _at_the_start(subject.reading.workbook, setting, message, hint)


def _settings(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """What is set, what that does, what to do."""
    workbook = subject.reading.workbook
    calculation, calculates = workbook.calculation, formulas(subject).any
    if calculation.manual and calculates:
        yield (
            "manual",
            _("Die Arbeitsmappe rechnet nur auf Befehl (manuelle Berechnung); ihre Summen können veraltet sein."),
            _("Formeln > Berechnungsoptionen > Automatisch einstellen, dann F9 drücken und speichern."),
        )
    if calculation.iterative and calculates:
        yield (
            "iterative",
            _("Die iterative Berechnung ist eingeschaltet; Zirkelbezüge meldet Excel so nicht."),
            _("Unter Optionen > Formeln „Iterative Berechnung aktivieren“ ausschalten und Zirkelbezüge auflösen."),
        )
    if calculation.as_displayed:
        yield (
            "as displayed",
            _("Genauigkeit wie angezeigt ist eingeschaltet; Excel verwirft Nachkommastellen endgültig."),
            _("Unter Optionen > Erweitert ausschalten und wo nötig mit RUNDEN rechnen."),
        )
    if calculation.date1904 and _holds_a_date(workbook):
        yield (
            "1904",
            _("Datumswerte zählen ab 1904; in andere Mappen kopiert verschieben sie sich um vier Jahre und einen Tag."),
            _("Unter Optionen > Erweitert „1904-Datumswerte verwenden“ ausschalten und die Datumsangaben prüfen."),
        )


def _holds_a_date(workbook: Workbook) -> bool:
    dates = {index for index, one in enumerate(formats_of(workbook.number_formats)) if one.is_date}
    return bool(dates) and any(
        cell.style in dates and cell.value is not None for sheet in workbook.sheets for cell in sheet.cells.values()
    )


@rule("DOC04", "active-content", Severity.NOTICE)
def active_content(subject: Subject) -> Iterator[Found]:
    """Aktive Inhalte in der Datei

    Was: Die Datei enthält Makros, Datenverbindungen, eingebettete Objekte, Add-ins oder eine digitale Signatur.

    Warum: Makros und Verbindungen ändern Werte, ohne dass es in einer Zelle steht, und viele Stellen nehmen solche
    Dateien nicht an. Eine Signatur wird mit der ersten Änderung ungültig.

    Quelle: BSI, Empfehlungen zu Microsoft Office: Makros und aktive Inhalte nur, wo sie gebraucht werden.

    Falsch (A1):

    Arbeitsmappe: Makros (VBA)

    |   | A        | B                 | C                 |
    |---|----------|-------------------|-------------------|
    | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID     | 290               | 290               |
    | 3 | Refugio  | 40                | 40                |
    | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |

    Richtig:

    |   | A        | B                 | C                 |
    |---|----------|-------------------|-------------------|
    | 1 | Maßnahme | 2022 TEUR         | 2023 TEUR         |
    | 2 | OMID     | 290               | 290               |
    | 3 | Refugio  | 40                | 40                |
    | 4 | Summe    | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |

    Beheben: Werden sie nicht gebraucht, als .xlsx ohne Makros speichern und Verbindungen unter Daten > Abfragen und
    Verbindungen löschen. Eine signierte Datei erst nach allen Änderungen signieren.

    Schweigt: bei Verknüpfungen mit anderen Arbeitsmappen; die meldet FRM05.
    """
    for what in subject.reading.workbook.active_content:
        yield _at_the_start(
            subject.reading.workbook,
            what,
            _("Die Datei enthält {what}.").format(what=what),
            _("Prüfen, ob das gebraucht wird; sonst ohne solche Inhalte als .xlsx speichern."),
        )


def _at_the_start(workbook: Workbook, what: str, message: str, hint: str) -> Found:
    """A finding about the whole file, at the first cell of its first visible sheet."""
    visible = [sheet.name for sheet in workbook.sheets if sheet.state == "visible"]
    name = (visible or [sheet.name for sheet in workbook.sheets] or [""])[0]
    return Found(Address(name, 1, 1), what, None, message, hint, identity=(what,))
