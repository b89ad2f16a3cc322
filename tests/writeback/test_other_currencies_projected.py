"""A plan in francs or pounds is projected in them: every figure, text, heading and chart says so, and euros nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pik_excel.budget.money import Unit
from pik_excel.ooxml.package import Package
from pik_excel.report.json import projection_json
from pik_excel.report.projected import projected, usual_unit
from pik_excel.report.projection_text import projection_text
from pik_excel.schema import built_in
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of, reading_of, stored

PLAN = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | {title} | | | |
| 2 | Maßnahme | {heads} |
| 3 | Sprachkurse | 227 | 230 | 230 |
| 4 | Beratung | 50.5 | 52 | 51 |
| 5 | Summe | =SUM(B3:B4) → 277.5 | =SUM(C3:C4) → 282 | =SUM(D3:D4) → 281 |
"""
NUMBERS = "2024 | 2025 | 2026"
LAYOUTS = {
    "thousands in the title": (PLAN.format(title="Globalbudget (Beträge in 1000 CHF)", heads=NUMBERS), Unit.TCHF),
    "francs in the title": (PLAN.format(title="Erfolgsrechnung in CHF", heads=NUMBERS), Unit.CHF),
    "millions above": (PLAN.format(title="Investitionen, Mio. CHF", heads=NUMBERS), Unit.MIO_CHF),
    "in the heads": (PLAN.format(title="Budget", heads="Ist 2024 TCHF | Budget 2025 TCHF | Plan 2026 TCHF"), Unit.TCHF),
    "pounds": (PLAN.format(title="Council budget (£000)", heads=NUMBERS), Unit.TGBP),
}


def run(package: Package, to: int = 2028) -> Written:
    return projected_workbook(package, reading_of(package), built_in(), to)


def told(text: str) -> tuple[str, str, Written]:
    """What is printed, the JSON, and what is written."""
    package = package_of(text)
    written = run(package)
    result = projected(Path("probe.xlsx"), Path("out.xlsx"), written, usual_unit(reading_of(package).budget))
    return "".join(projection_text([result])), projection_json([result]), written


def texts(package: Package) -> str:
    """All texts of the workbook, those of its charts too."""
    parts = (name for name in package.names if name.startswith("xl/") and name.endswith(".xml"))
    return "\n".join(package.part(name).decode("utf-8", "replace") for name in parts)


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_output_speaks_of_euros(name: str) -> None:
    text, unit = LAYOUTS[name]
    shown, document, written = told(text)
    assert f"basis · {unit.value}\n" in shown
    assert f'"unit": "{unit.currency}"' in document
    assert stored(written.package, "Projektion", "A2").startswith(f"Beträge in {unit.value}. ")  # type: ignore[attr-defined]
    assert stored(written.package, "Annahmen", "C9") == f"Ausgangsbetrag ({unit.currency})"
    assert "EUR" not in shown + document + texts(written.package)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_figures_go_on_as_in_euros(name: str) -> None:
    text, unit = LAYOUTS[name]
    written = run(package_of(text))
    amounts = written.projection.measure("Sprachkurse").amounts
    assert [amount.value for amount in amounts] == [one * unit.factor for one in (227, 230, 230, 230, 230)]
    (table,) = reading_of(written.package).budget.measure_tables
    assert [column.unit for column in table.columns] == [unit] * 5
    assert [amount.stated for amount in table.totals[0].amounts][3:] == [281, 281]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_second_run_finds_its_own_sheets_again(name: str) -> None:
    once = run(package_of(LAYOUTS[name][0]))
    assert run(once.package).package is once.package
    assert [table.rows[0].measure for table in reading_of(once.package).budget.assumptions] == ["Sprachkurse"]


BOTH = f"""
Blatt "Stadt":
{PLAN.format(title="Zuschüsse in TEUR", heads=NUMBERS)}

Blatt "Kredit in der Schweiz":
{PLAN.format(title="Zinsen und Tilgung in TCHF", heads=NUMBERS).replace("Sprachkurse", "Zinsen")}
"""


def test_euros_and_francs_are_never_added() -> None:
    shown, document, written = told(BOTH)
    assert [one.need for one in written.projection.totals] == [277_500, 282_000, 281_000, 281_000, 281_000]
    assert {cell.at.sheet for cell in written.cells} <= {"Stadt", "Annahmen", "Projektion"}
    said = "Kredit in der Schweiz!A2:D5: Beträge in CHF; sie sind nicht fortgeschrieben und in keiner Summe hier."
    assert said in " ".join(shown.split())
    assert '"unit": "EUR"' in document


def test_a_table_that_names_no_currency_goes_along() -> None:
    _, document, written = told(BOTH.replace("Zuschüsse in TEUR", "Zuschüsse"))
    assert '"unit": "CHF"' in document
    assert {cell.at.sheet for cell in written.cells} >= {"Stadt", "Kredit in der Schweiz"}
