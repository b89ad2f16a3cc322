"""Which texts would run as a formula once the sheet is exported as CSV and opened again? (DOC05)

A spreadsheet reads a field of CSV that begins with = + - or @ as a formula, whatever the cell was before. Most texts
that begin so are lists, telephone numbers and levels ("- Miete", "+49 711", "-A1/B1") and do no harm: as formulas they
are at worst an error. What acts are calls of functions and DDE ("=cmd|'/C calc'!A0").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.runs import blocks
from pik_excel.checks.wording import shortened_formula
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import ErrorValue, Sheet
from pik_excel.language import _, number, plural
from pik_excel.patterns import pattern

_STARTS = "=+-@＝＋－＠"
_BLANKS = " \t\r\n\u00a0"
_FIRST = frozenset(_STARTS + _BLANKS)
_DDE = pattern(r"[^\W\d]\w*\|('[^']*'|[^\s|!']*)!\S")
_CALL = pattern(r"(?<![\w.])([^\W\d_][\w.]*)\(")
_OTHER_SHEET = pattern(r"('[^']+'|\[[^\]]+\]\w+)!\$?[A-Z]{1,3}\$?\d", re.IGNORECASE)
_OPERAND = r"\s*[-+]?\(*\s*(?:\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?|\d+(?:[.,]\d+)*%?)\s*\)*\s*"
_ARITHMETIC = pattern(rf"{_OPERAND}(?:[-+*/^&<>=]+{_OPERAND})+|\s*\$?[A-Za-z]{{1,3}}\$?\d{{1,7}}\s*")
_NAMES = """
SUM SUMME IF WENN IFERROR WENNFEHLER HYPERLINK WEBSERVICE WEBDIENST FILTERXML XMLFILTERN INDIRECT INDIREKT RTD
CALL AUFRUFEN REGISTER REGISTER.ID EXEC DDE IMPORTXML IMPORTDATA IMPORTRANGE IMPORTFEED IMPORTHTML IMAGE BILD
CONCAT CONCATENATE VERKETTEN TEXTKETTE TEXTJOIN TEXTVERKETTEN CHAR ZEICHEN NOW JETZT TODAY HEUTE VLOOKUP
SVERWEIS XLOOKUP XVERWEIS INDEX MATCH VERGLEICH OFFSET INFO CELL ZELLE ROUND RUNDEN AVERAGE MITTELWERT MIN MAX
COUNT ANZAHL COUNTIF ZÄHLENWENN SUMIF SUMMEWENN PRODUCT PRODUKT RAND ZUFALLSZAHL ENCODEURL URLCODIEREN
FORMULATEXT
"""
_FUNCTIONS = frozenset(_NAMES.split())


@rule("DOC05", "formula-in-text", Severity.WARNING)
def formula_in_text(subject: Subject) -> Iterator[Found]:
    """Text, der beim Export zur Formel wird

    Was: Ein Text ruft eine Funktion oder ein anderes Programm auf, sobald er als CSV exportiert und wieder geöffnet
    wird: =HYPERLINK(…), @SUMME(…), =cmd|'…'!A0.

    Warum: In der Mappe ist er harmlos. Das Programm, das die CSV-Datei öffnet, führt ihn aus: Er kann Daten aus der
    Tabelle an eine fremde Adresse schicken oder auf dem Rechner etwas starten.

    Quelle: OWASP, CSV Injection (Formula Injection); CWE-1236.

    Falsch (D3):

    |   | A          | B                 | C                 | D                                        |
    |---|------------|-------------------|-------------------|------------------------------------------|
    | 1 | Maßnahme   | 2022 TEUR         | 2023 TEUR         | Bemerkung                                |
    | 2 | Sprachkurs | 290               | 290               |                                          |
    | 3 | Café       | 40                | 40                | '=HYPERLINK("http://example.org","mehr") |
    | 4 | Summe      | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |                                          |

    Richtig:

    |   | A                     | B                 | C                 |
    |---|-----------------------|-------------------|-------------------|
    | 1 | Maßnahme              | 2022 TEUR         | 2023 TEUR         |
    | 2 | '- Sprachkurs (A1/B1) | 290               | 290               |
    | 3 | '+ Café               | 40                | 40                |
    | 4 | Summe                 | =SUM(B2:B3) → 330 | =SUM(C2:C3) → 330 |

    Beheben: Den Text löschen oder umschreiben; ist er gewollt, ein anderes Zeichen voranstellen. Woher er stammt,
    gehört geklärt, wenn ihn niemand aus dem Haus geschrieben hat.

    Schweigt: bei Aufzählungen (- Miete), Telefonnummern (+49 …), Vorzeichen und Sprachniveaus (-A1/B1), Pfeilen (=>),
    Trennlinien (=====) und echten Formeln.
    """
    for sheet in subject.reading.workbook.sheets:
        acting = {text for text in sheet.cells.words if text[:1] in _FIRST and acts(text)}
        at_risk = {(row, column) for row, column, text in sheet.cells.texts() if text in acting} if acting else ()
        for area in blocks(at_risk):
            yield _acting(sheet, area)


def acts(value: object) -> bool:
    """Whether the text would do something as a formula."""
    if type(value) is not str or isinstance(value, ErrorValue) or value[:1] not in _FIRST:
        return False
    text = value.strip(_BLANKS)
    if text[:1] not in _STARTS or len(text) < 2:
        return False
    body = text[1:].lstrip(_STARTS + _BLANKS)
    if _DDE.search(body) or _OTHER_SHEET.search(body):
        return True
    if text[0] in "=＝":
        return _calls(body.upper()) or (text[1] != ">" and _ARITHMETIC.fullmatch(text[1:]) is not None)
    return _calls(body)


def _calls(body: str) -> bool:
    return any(found[1] in _FUNCTIONS for found in _CALL.finditer(body))


def _acting(sheet: Sheet, area: Area) -> Found:
    at = Address(sheet.name, area.top, area.left)
    text = str(sheet.value(area.top, area.left)).strip(_BLANKS)
    shown = shortened_formula(text)
    count = area.size
    return Found(
        at=at,
        stated=shown,
        expected=None,
        message=plural(
            "{at}: Der Text „{text}“ würde nach einem CSV-Export als Formel ausgeführt.",
            "{at} bis {last}: {count} Texte wie „{text}“ würden nach einem CSV-Export als Formel ausgeführt.",
            count,
        ).format(at=at, last=Address(sheet.name, area.bottom, area.right).a1, count=number(count), text=shown),
        hint=_("Den Text löschen oder umschreiben und klären, woher er stammt."),
        area=area.a1 if count > 1 else None,
    )
