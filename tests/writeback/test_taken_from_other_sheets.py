"""Rows that take over what lists on other sheets come to go on by their formula, and count there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.schema import built_in
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import formulas, package_of, projected, reading_of, stored

SUMMARY = """
Blatt "Übersicht":

|   | A | B | C |
|---|---|---|---|
| 1 | Zusammenstellung in {unit} | | |
| 2 | Amt | 2026 | 2027 |
| 3 | Hauptamt | {first} |
| 4 | Schulamt | {second} |
| 5 | Rücklage | {own} |
| 6 | Summe | =SUM(B3:B5) → {total[0]} | =SUM(C3:C5) → {total[1]} |

Blatt "Amt 10":

|   | A | B | C |
|---|---|---|---|
| 1 | Hauptamt, EUR | | |
| 2 | Maßnahme | 2026 | 2027 |
| 3 | Personal | 812000 | 848000 |
| 4 | EDV | 145000 | 143000 |
| 5 | Summe | =SUM(B3:B4) → 957000 | =SUM(C3:C4) → 991000 |

Blatt "Amt 40":

|   | A | B | C |
|---|---|---|---|
| 1 | Schulamt, EUR | | |
| 2 | Maßnahme | 2026 | 2027 |
| 3 | Personal | 500000 | 510000 |
| 4 | Erstattungen | 40000 | 41000 |
| 5 | Bedarf | =B3-B4 → 460000 | =C3-C4 → 469000 |
"""
IN_EUR = SUMMARY.format(
    unit="EUR",
    first="='Amt 10'!B5 → 957000 | ='Amt 10'!C5 → 991000",
    second="=-'Amt 40'!B4+'Amt 40'!B3 → 460000 | =-'Amt 40'!C4+'Amt 40'!C3 → 469000",
    own="1000 | 1000",
    total=(1418000, 1461000),
)
IN_TEUR = SUMMARY.format(
    unit="TEUR",
    first="=SUM('Amt 10'!B3:B4)/1000 → 957 | =SUM('Amt 10'!C3:C4)/1000 → 991",
    second="='Amt 40'!B5/1000 → 460 | ='Amt 40'!C5/1000 → 469",
    own="1 | 1",
    total=(1418, 1461),
)


@pytest.mark.parametrize(
    ("text", "filled", "total"),
    [
        (IN_EUR, {"D3": "'Amt 10'!D5", "E4": "-'Amt 40'!E4+'Amt 40'!E3"}, 1461000),
        (IN_TEUR, {"D3": "SUM('Amt 10'!D3:D4)/1000", "E4": "'Amt 40'!E5/1000"}, 1461),
    ],
)
def test_they_go_on_by_their_formula_and_count_once(text: str, filled: dict[str, str], total: int) -> None:
    projection, written = projected(package_of(text), 2029)
    own = {cell.at.a1: cell.formula for cell in written.cells if cell.at.sheet == "Übersicht"}
    assert filled.items() <= own.items()
    assert stored(written.package, "Übersicht", "E6") == total
    assert [one.need for one in projection.totals] == [957000 + 540000 + 1000, *[991000 + 551000 + 1000] * 3]
    assert "Übersicht!A3: 2 Zeilen übernehmen Beträge anderer Blätter; sie zählen dort zum Finanzbedarf, nicht " \
           "zweimal." in written.remarks  # fmt: skip


def test_what_is_assumed_for_the_source_moves_the_summary() -> None:
    package = package_of(IN_TEUR)
    first = projected_workbook(package, reading_of(package), built_in(), 2028)
    assert str(stored(first.package, "Annahmen", "G10")) == (
        "übernimmt Beträge anderer Blätter; die Formel ist nach rechts ausgefüllt"
    )
    again = projected_workbook(first.package, reading_of(first.package), built_in(), 2030)
    assert stored(again.package, "Übersicht", "F3") == 991
    own = {cell.at.a1: cell.formula for cell in again.cells if cell.at.sheet == "Übersicht"}
    assert own["F3"] == "SUM('Amt 10'!F3:F4)/1000"
    assert again.projection.totals[-1].need == Decimal(991000 + 551000 + 1000)


def test_a_row_of_the_same_name_takes_it_over_too() -> None:
    _, summary, first, second = IN_TEUR.split('Blatt "')
    summary = summary.replace("| Schulamt |", "| Erstattungen |").replace("→ 1418", "→ 918").replace("→ 1461", "→ 951")
    summary = summary.replace("='Amt 40'!B5/1000 → 460", "=-'Amt 40'!B4/1000 → -40")
    summary = summary.replace("='Amt 40'!C5/1000 → 469", "=-'Amt 40'!C4/1000 → -41")
    package = package_of("".join(f'Blatt "{one}' for one in (first, f"{second}\n", summary)))
    _, written = projected(package, 2028)
    assert stored(written.package, "Übersicht", "D4") == -41
    assert stored(written.package, "Übersicht", "D6") == 951


@pytest.mark.parametrize(
    ("first", "why"),
    [
        ("='Amt 10'!B5 → 957000 | ='Amt 10'!$C5 → 991000", "it does not move along"),
        ("='Amt 10'!B5 → 957000 | ='Amt 10'!C5*1.02 → 1010820", "a share of it"),
        ("957000 | ='Amt 10'!C5 → 991000", "typed the year before"),
        ("='Amt 10'!B5 → 957000 | ='Amt 10'!B5 → 957000", "of another year"),
        ("='Amt 10'!B5+B5 → 958000 | ='Amt 10'!C5+C5 → 992000", "of its own sheet too"),
    ],
)
def test_what_is_not_certain_is_held(first: str, why: str) -> None:
    text = SUMMARY.format(
        unit="EUR", first=first, second="460000 | 469000", own="1000 | 1000", total=(1418000, 1461000)
    )
    projection, _ = projected(package_of(text), 2028)
    assert projection.measure("Hauptamt").rule == "halten", why


def test_lists_that_end_in_other_years_are_not_taken_together() -> None:
    text = IN_EUR.replace(
        "| Maßnahme | 2026 | 2027 |\n| 3 | Personal | 812000", "| Maßnahme | 2025 | 2026 |\n| 3 | Personal | 812000"
    )
    projection, written = projected(package_of(text), 2028)
    assert projection.measure("Hauptamt").rule == "halten"
    assert "'Amt 10'!D5" not in formulas(written).values()
