"""Which currency and how many of it a text names; tables in one carry it in all their records."""

from __future__ import annotations

import pytest

from pik_excel.budget.money import Unit
from pik_excel.layout.currencies import other_unit_alone, other_unit_of
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.asking import findings
from tests.tables import workbook


@pytest.mark.parametrize(
    "text",
    ["in TEUR", "Mio. €", "Frankfurt am Main", "Förderung fr. Träger", "Kitas in fr. Trägerschaft", "Kursgebühren", ""],
)
def test_most_texts_name_none(text: str) -> None:
    assert other_unit_of(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Erfolgsrechnung (in CHF)", Unit.CHF),
        ("in Schweizer Franken", Unit.CHF),
        ("(in Fr.)", Unit.CHF),
        ("TCHF", Unit.TCHF),
        ("kCHF", Unit.TCHF),
        ("Beträge in 1'000 CHF", Unit.TCHF),
        ("Beträge in CHF 1000", Unit.TCHF),
        ("in Tausend Franken", Unit.TCHF),
        ("Investitionen in Mio. CHF (gerundet)", Unit.MIO_CHF),
        ("Beitrag CHF 1000 je Kind", Unit.CHF),
        ("£", Unit.GBP),
        ("Council budget (£000)", Unit.TGBP),
        ("£'000", Unit.TGBP),
        ("£m", Unit.MIO_GBP),
        ("Plan 2026 in TPLN", Unit.TPLN),
        ("US$", Unit.USD),
    ],
)
def test_others_say_which_and_how_many(text: str, unit: Unit) -> None:
    assert other_unit_of(text) is unit


def test_below_a_table_only_a_line_about_nothing_else_counts() -> None:
    assert other_unit_alone("Alle Beträge in Mio. CHF, gerundet") is Unit.MIO_CHF
    assert other_unit_alone("Kreditrest aus dem Kauf in CHF") is None


PLAN = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | {title} | | | |
| 2 | Maßnahme | {heads} |
| 3 | Sprachkurse | 227 | 230 | 230 |
| 4 | Beratung | 50 | 52 | 51 |
| 5 | Summe | =SUM(B3:B4) → 277 | =SUM(C3:C4) → 282 | 291 |
"""
YEARS_DOWN = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | {title} | | | |
| 2 | Jahr | Sport | Kultur | Summe |
| 3 | 2024 | 100 | 110 | =SUM(B3:C3) → 210 |
| 4 | 2025 | 100 | 110 | =SUM(B4:C4) → 210 |
| 5 | 2026 | 100 | 120 | 230 |
"""
BY_ROW = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Maßnahme | Jahr | Betrag | Währung |
| 2 | Sprachkurse | 2024 | 227 | TCHF |
| 3 | Sprachkurse | 2025 | 230 | TCHF |
| 4 | Beratung | 2024 | 50 | TCHF |
| 5 | Beratung | 2025 | 52 | TCHF |
"""
LAYOUTS = {
    "in the title": PLAN.format(title="Globalbudget (Beträge in 1000 CHF)", heads="2024 | 2025 | 2026"),
    "in the heads": PLAN.format(title="Globalbudget", heads="2024 TCHF | 2025 TCHF | 2026 TCHF"),
    "beside a kind": PLAN.format(title="Globalbudget", heads="Ist 2024 TCHF | Budget 2025 TCHF | Plan 2026 TCHF"),
    "years down": YEARS_DOWN.format(title="Zuschüsse an Vereine (Tsd. CHF)"),
    "row by row": BY_ROW,
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_amount_of_the_table_is_in_it(name: str) -> None:
    (table,) = read_budget(workbook(LAYOUTS[name]), built_in()).budget.tables
    assert (table.unit, table.currency) == (Unit.TCHF, "CHF")
    amounts = [amount for measure in table.measures for amount in measure.amounts]
    amounts += [amount for total in table.totals for amount in total.amounts]
    assert {amount.unit for amount in amounts} == {Unit.TCHF}
    assert all(amount.eur == amount.stated * 1000 for amount in amounts if amount.stated is not None)


@pytest.mark.parametrize("name", ["in the title", "in the heads", "beside a kind"])
def test_findings_speak_of_it(name: str) -> None:
    (finding,) = findings(LAYOUTS[name], "SUM01")
    assert "291 TCHF statt 281 TCHF" in finding.message


def test_euros_beside_it_leave_the_table_in_euros() -> None:
    text = PLAN.format(title="Zuschüsse in TEUR (Kurs: 1 CHF = 1,05 EUR)", heads="2024 | 2025 | 2026")
    (table,) = read_budget(workbook(text), built_in()).budget.tables
    assert (table.unit, table.currency) == (Unit.TEUR, None)


def test_the_limit_of_a_jump_is_in_euros_and_says_nothing_of_francs() -> None:
    jumping = PLAN.format(title="{title}", heads="2024 | 2025 | 2026").replace("| 230 | 230 |", "| 900 | 910 |")
    assert findings(jumping.format(title="Zuschüsse in TEUR"), "YRS03")
    assert not findings(jumping.format(title="Zuschüsse in TCHF"), "YRS03")
