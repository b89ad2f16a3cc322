"""What a person typed into a row that is called a total goes on, and what is computed from it with it."""

from __future__ import annotations

import pytest

from pik_excel.grid.read import read_workbook
from tests.writeback.building import formulas, package_of, projected, stored

RESULT = """
|   | A | B | C | D |
|---|---|---|---|---|
| 1 | Ergebnishaushalt in TEUR | | | |
| 2 | Position | Ansatz 2026 | Ansatz 2027 | Ansatz 2028 |
| 3 | Steuern | 900 | 920 | 940 |
| 4 | Zuweisungen | 300 | 300 | 310 |
| 5 | Summe Erträge | =SUM(B3:B4) → 1200 | =SUM(C3:C4) → 1220 | =SUM(D3:D4) → 1250 |
| 6 | {name} | {typed} |
| 7 | {result} | =B5-B6 → {values[0]} | =C5-C6 → {values[1]} | =D5-D6 → {values[2]} |
"""


@pytest.mark.parametrize(
    ("name", "result"),
    [("Summe Aufwendungen", "Jahresergebnis"), ("Finanzergebnis", "Saldo"), ("Gesamt Aufwand lt. KLR", "Überschuss")],
)
def test_a_typed_total_goes_on_as_it_was_last_and_is_told(name: str, result: str) -> None:
    text = RESULT.format(name=name, result=result, typed="1100 | 1150 | 1190", values=(100, 70, 60))
    _, written = projected(package_of(text), 2030)
    assert formulas(written)["F6"] == "$D6"
    assert [stored(written.package, "Tabelle1", cell) for cell in ("E6", "E7", "F7")] == [1190, 60, 60]
    assert [one for one in written.remarks if "eingetippt" in one] == [
        "Tabelle1!D6: der Betrag ist eingetippt und keine Summe der Zeilen; 2029 bis 2030 wie zuletzt, bitte prüfen."
    ]
    _, again = projected(written.package, 2031)
    assert formulas(again)["G6"] == "$D6"
    assert stored(again.package, "Tabelle1", "G7") == 60


def test_a_blank_total_stays_blank() -> None:
    text = RESULT.format(name="Summe Aufwendungen", result="Saldo", typed=" | | ", values=(1200, 1220, 1250))
    _, written = projected(package_of(text), 2029)
    sheet = read_workbook(written.package).sheet("Tabelle1")
    assert sheet is not None
    assert sheet.value(6, 5) is None
    assert not any("eingetippt" in one for one in written.remarks)
