"""A stand that takes over what the year before came to goes on by its formula, and so does the closing stand."""

from __future__ import annotations

import pytest

from pik_excel.ooxml.package import Package
from pik_excel.projection.project import project
from pik_excel.schema import built_in
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of, reading_of, stored

DEBT = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Schulden in TEUR | 2025 | 2026 | 2027 |
| 2 | Stand 01.01. | 42600 | =B5 → 44400 | {last} |
| 3 | Kreditaufnahme | 4000 | 6200 | 8100 |
| 4 | Tilgung | 2200 | 2400 | 2700 |
| 5 | Stand 31.12. | =B2+B3-B4 → 44400 | =C2+C3-C4 → 48200 | =D2+D3-D4 → 53600 |
"""
RESERVES = """
| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Entwicklung der Rücklagen (EUR) | | | | |
| 2 | Bezeichnung | Konto | Ist 2025 | Ansatz 2026 | Plan 2027 |
| 3 | Anfangsbestand | 2011 | 850 | =C6 → 930 | =+D6 → 1000 |
| 4 | Zuführung | 2012 | 120 | 110 | 90 |
| 5 | Entnahme | 2013 | -40 | -40 | -30 |
| 6 | Endbestand | | =SUM(C3:C5) → 930 | =SUM(D3:D5) → 1000 | =SUM(E3:E5) → 1060 |
"""
CLOSING_FIRST = """
| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Maßnahme (Mio. EUR) | 2025 | 2026 | 2027 | Bemerkung |
| 2 | Stand 31.12. | =B4+B5-B6 → 8.5 | =C4+C5-C6 → 9 | =D4+D5-D6 → 9.5 | laut Bilanz |
| 3 | nachrichtlich: Bürgschaften | 5 | 5 | 5 | |
| 4 | Stand zu Beginn | 8 | =B2 → 8.5 | =C2 → 9 | |
| 5 | Zugang | 1 | 1 | 1 | |
| 6 | Abgang | 0.5 | 0.5 | 0.5 | |
"""
WITH_SUBTOTAL = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Investitionen und Schulden in TEUR | | | |
| 2 | Maßnahme | 2025 | 2026 | 2027 |
| 3 | Kläranlage | 400 | 300 | 300 |
| 4 | Schule | 100 | 100 | 100 |
| 5 | Summe Investitionen | =SUM(B3:B4) → 500 | =SUM(C3:C4) → 400 | =SUM(D3:D4) → 400 |
| 6 | Stand 01.01. | 800 | =B8 → 1200 | =C8 → 1500 |
| 7 | Tilgung | 100 | 100 | 100 |
| 8 | Stand 31.12. | =B6+B5-B7 → 1200 | =C6+C5-C7 → 1500 | =D6+D5-D7 → 1800 |
"""
TWO_STOCKS = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Rückstellungen in TEUR | 2025 | 2026 | 2027 |
| 2 | Pensionen | | | |
| 3 | Anfangsbestand | 800 | =B6 → 890 | =C6 → 980 |
| 4 | Zuführung | 100 | 100 | 100 |
| 5 | Auflösung | -10 | -10 | -10 |
| 6 | Endbestand | =SUM(B3:B5) → 890 | =SUM(C3:C5) → 980 | =SUM(D3:D5) → 1070 |
| 7 | Deponie | | | |
| 8 | Anfangsbestand | 80 | =B11 → 85 | =C11 → 90 |
| 9 | Zuführung | 10 | 10 | 10 |
| 10 | Auflösung | -5 | -5 | -5 |
| 11 | Endbestand | =SUM(B8:B10) → 85 | =SUM(C8:C10) → 90 | =SUM(D8:D10) → 95 |
"""
OWN = DEBT.format(last="=C5 → 48200")


def run(package: Package, to: int, scenario: str = "basis") -> Written:
    return projected_workbook(package, reading_of(package), built_in(), to, scenario)


@pytest.mark.parametrize(
    ("text", "formula", "opening", "closing"),
    [
        (OWN, {"E2": "D5", "F2": "E5"}, {"E2": "53600", "F2": "59000"}, {"E5": "59000", "F5": "64400"}),
        (RESERVES, {"F3": "+E6", "G3": "+F6"}, {"F3": "1060", "G3": "1120"}, {"F6": "1120", "G6": "1180"}),
        (CLOSING_FIRST, {"E4": "D2", "F4": "E2"}, {"E4": "9.5", "F4": "10"}, {"E2": "10", "F2": "10.5"}),
        (WITH_SUBTOTAL, {"E6": "D8", "F6": "E8"}, {"E6": "1800", "F6": "2100"}, {"E8": "2100", "F8": "2400"}),
        (TWO_STOCKS, {"E3": "D6", "F8": "E11"}, {"E3": "1070", "F8": "100"}, {"E6": "1160", "F11": "105"}),
    ],
)
def test_both_stands_go_on(
    text: str, formula: dict[str, str], opening: dict[str, str], closing: dict[str, str]
) -> None:
    written = run(package_of(text), 2029)
    table = [cell for cell in written.cells if cell.at.sheet == "Tabelle1"]
    assert formula.items() <= {one.at.a1: one.formula for one in table}.items()
    assert (opening | closing).items() <= {one.at.a1: one.value for one in table}.items()
    assert written.not_evaluated == ()
    assert written.skipped == ()


def test_the_rule_is_named_where_other_rules_are() -> None:
    written = run(package_of(OWN), 2029)
    measure = written.projection.measure("Stand 01.01.")
    assert measure.rule == "uebertrag"
    assert [one.value for one in measure.amounts[3:]] == [53_600_000, 59_000_000]
    (row,) = [one for one in reading_of(written.package).budget.assumptions[0].rows if one.measure == "Stand 01.01."]
    assert row.fields["regel"].text == "uebertrag"
    assert (
        row.fields["bemerkung"].text == "übernimmt Tabelle1!C5 aus dem Vorjahr; die Formel ist nach rechts ausgefüllt"
    )


def test_a_stand_is_no_need() -> None:
    written = run(package_of(OWN), 2028)
    assert [one.need for one in written.projection.totals] == [6_200_000, 8_600_000, 10_800_000, 10_800_000]
    said = "Tabelle1!A2: „Stand 01.01.“ übernimmt den Stand des Vorjahrs und zählt nicht zum Finanzbedarf."
    assert said in written.remarks
    rows = [str(stored(written.package, "Projektion", f"A{row}")) for row in range(9, 13)]
    assert rows == ["Kreditaufnahme", "Tilgung", "Stand 01.01. (Stand, zählt nicht mit)", "Finanzbedarf"]
    assert stored(written.package, "Projektion", "F11") == 53_600
    assert stored(written.package, "Projektion", "F12") == 10_800


@pytest.mark.parametrize("text", [OWN, RESERVES, TWO_STOCKS])
def test_a_second_run_changes_nothing_and_a_later_year_goes_on(text: str) -> None:
    once = run(package_of(text), 2028).package
    assert run(once, 2028).package is once
    twice, direct = run(once, 2029), run(package_of(text), 2029)
    assert [one.amounts for one in reading_of(twice.package).budget.measure_tables[0].measures] == [
        one.amounts for one in reading_of(direct.package).budget.measure_tables[0].measures
    ]
    standings = [amount.standing for amount in twice.projection.measures[0].amounts]
    assert [one.value for one in standings] == ["decided"] * 3 + ["projected"] * 2


SCENARIO = (
    OWN
    + """
Blatt "Annahmen":

| | A | B | C | D |
|--|--|--|--|--|
| 1 | Maßnahme | Regel | Ausgangsbetrag EUR | Szenario |
| 2 | Stand 01.01. | Übertrag | | |
| 3 | Kreditaufnahme | halten | 8100000 | |
| 4 | Kreditaufnahme | halten | 1000000 | sparen |
| 5 | Tilgung | halten | 2700000 | |
"""
)


def test_each_scenario_has_stands_of_its_own() -> None:
    package = package_of(SCENARIO)
    stands = {
        name: [one.value for one in project(reading_of(package), built_in(), 2029, name).measures[0].amounts[3:]]
        for name in ("basis", "sparen")
    }
    assert stands == {"basis": [53_600_000, 59_000_000], "sparen": [53_600_000, 51_900_000]}
    written = run(package, 2029)
    compared = {one.scenario: one.measure("Stand 01.01.").amount(2029).value for one in written.compared}
    assert compared == {"basis": 59_000_000, "sparen": 51_900_000}
    assert written.not_evaluated == ()


@pytest.mark.parametrize(
    "text",
    [
        DEBT.format(last="48200"),  # typed
        DEBT.format(last="=C2 → 44400"),  # its own row
        DEBT.format(last="=$C5 → 48200"),  # a column that does not move along
        DEBT.format(last="=C5*1.02 → 49164"),
        OWN.replace("=D2+D3-D4 → 53600", "53600"),  # the closing stand is typed
        OWN.replace("=D2+D3-D4 → 53600", "=D2+D3-D4+500 → 54100"),
        OWN.replace("=D2+D3-D4 → 53600", "=D2+D3-D4 → 53000"),  # not what it shows
        OWN.replace("| 8100 |", "| '8100 |"),
    ],
)
def test_what_is_not_certain_is_not_taken_over(text: str) -> None:
    projection = project(reading_of(package_of(text)), built_in(), 2028)
    assert "uebertrag" not in [measure.rule for measure in projection.measures]


def test_without_its_formula_the_row_stays_empty_and_says_why() -> None:
    (left,) = run(package_of(SCENARIO.replace("=C5 → 48200", "48200")), 2028).skipped
    assert (left.measure, left.reason) == (
        "Stand 01.01.",
        "die Regel „uebertrag“ braucht in der letzten Jahresspalte eine Formel auf das Vorjahr",
    )
