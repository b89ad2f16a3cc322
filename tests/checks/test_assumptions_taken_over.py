"""Cells of the sheet "Annahmen" that take over amounts of the lists are no run of copies."""

from __future__ import annotations

import pytest

from tests.asking import places

BOOK = """
Blatt "Umlage":

|   | A | B | C |
|---|---|---|---|
| 1 | Maßnahme | 2026 EUR | 2027 EUR |
| 2 | Betriebsführung | 612000 | 660000 |
| 3 | Unterhaltung | 284000 | 306000 |
| 4 | Abschreibung | 198400 | 211200 |
| 5 | Zinsen | 61000 | 56000 |
| 6 | Summe | =SUM(B2:B5) → 1155400 | =SUM(C2:C5) → 1233200 |
| 7 | Entgelte | -905000 | -972000 |
| 8 | Gebühren | -12000 | -13000 |

Blatt "Annahmen":

|   | A | B | C | D |
|---|---|---|---|---|
| 1 | Maßnahme | Regel | Ausgangsbetrag EUR | von |
| 2 | Betriebsführung | halten | =Umlage!C2 → 660000 | 2028 |
| 3 | Unterhaltung | halten | =Umlage!C3 → 306000 | 2028 |
| 4 | Abschreibung | halten | {fourth} | 2028 |
| 5 | Zinsen | halten | =Umlage!C5 → 56000 | 2028 |
| 6 | Entgelte | halten | =Umlage!C7 → -972000 | 2028 |
| 7 | Gebühren | halten | =Umlage!C8 → -13000 | 2028 |
"""


@pytest.mark.parametrize("fourth", ["=Umlage!C4 → 211200", "215000", "=Umlage!C3 → 306000"])
def test_each_is_taken_from_where_its_measure_stands_or_typed(fourth: str) -> None:
    text = BOOK.format(fourth=fourth)
    assert places(text, "FRM01") == places(text, "FRM02") == []


def test_so_are_amounts_in_thousands() -> None:
    text = (
        BOOK.format(fourth="=Umlage!C3 → 306000")
        .replace(" EUR |", " TEUR |")
        .replace("Ausgangsbetrag TEUR", "Ausgangsbetrag EUR")
    )
    for row in (2, 3, 5, 7, 8):
        text = text.replace(f"=Umlage!C{row} → ", f"=Umlage!C{row}*1000 → ")
    text = text.replace("*1000 → 660000", "*1000 → 660000000").replace("*1000 → 306000", "*1000 → 306000000")
    text = text.replace("*1000 → 56000", "*1000 → 56000000").replace("*1000 → -972000", "*1000 → -972000000")
    assert places(text.replace("*1000 → -13000", "*1000 → -13000000"), "FRM01") == []


def test_elsewhere_such_a_run_is_one() -> None:
    text = BOOK.format(fourth="=Umlage!C3 → 306000").replace('Blatt "Annahmen"', 'Blatt "Werte"')
    text = text.replace("| Regel |", "| Art |").replace("Ausgangsbetrag EUR | von", "2027 EUR | Stand")
    assert places(text.replace("| 2028 |", "| neu |").replace("Umlage!C7", "Umlage!C6"), "FRM01")
