"""Rates that differ from year to year: a table in "Annahmen", each year's rate in its own cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.errors import BadConfiguration
from pik_excel.layout.read import read_budget
from pik_excel.projection.project import project
from pik_excel.projection.record import Projection
from pik_excel.schema import built_in
from tests.tables import workbook
from tests.writeback.building import formulas, package_of, projected

BOOK = """
Blatt "Maßnahmen":

| | A | B | C |
|--|--|--|--|
| 1 | Maßnahmen, Angaben in EUR | | |
| 2 | Maßnahme | 2024 | 2025 |
| 3 | Sprachkurse | 10000 | 100000 |
| 4 | Beratung | 5000 | 6000 |
| 5 | Summe | 15000 | 106000 |

Blatt "Annahmen":

| | A | B | C | D |
|--|--|--|--|--|
| 1 | Maßnahme | Regel | Steigerung je Jahr | bis |
| 2 | Sprachkurse | index | {named} | 2028 |
| 3 | Beratung | halten | | |
| 4 | | | | |
| 5 | | | | |
| 6 | | | | |
| 7 | Orientierungsdaten | 2026 | 2027 | |
| 8 | Tarif | 0.03 | 0.02 | |
{more}"""


def of(named: str = "", more: str = "") -> Projection:
    return project(read_budget(workbook(BOOK.format(named=named, more=more)), built_in()), built_in(), 2029)


def amounts(projection: Projection) -> list[Decimal | None]:
    return [projection.measure("Sprachkurse").amount(year).value for year in (2026, 2027, 2028, 2029)]


def test_each_year_rises_by_its_rate_and_later_ones_by_the_last() -> None:
    assert amounts(of("Tarif")) == [103_000, 105_060, 107_161, 0]


@pytest.mark.parametrize("head", ["Steigerung je Jahr", "Steigerung p. a.", "Orientierungsdaten"])
def test_the_table_is_headed_as_the_sheet_itself_says(head: str) -> None:
    text = BOOK.format(named="Tarif", more="").replace("| Orientierungsdaten |", f"| {head} |")
    assert amounts(project(read_budget(workbook(text), built_in()), built_in(), 2029)) == amounts(of("Tarif"))


def test_where_there_is_one_series_it_need_not_be_named() -> None:
    assert amounts(of()) == amounts(of("Tarif"))
    assert of().measure("Beratung").amount(2027).value == 6_000


def test_of_two_series_the_named_one_counts() -> None:
    assert amounts(of("Sachkosten", "| 9 | Sachkosten | 0.01 | 0.01 | |\n"))[0] == 101_000


def test_an_unknown_series_is_an_error() -> None:
    with pytest.raises(BadConfiguration, match="Steigerung"):
        of("Bund", "| 9 | Sachkosten | 0.01 | 0.01 | |\n")


def test_a_rate_for_all_years_goes_before_the_table() -> None:
    assert amounts(of("0.1"))[0] == 110_000


def test_the_formula_has_the_cell_of_each_rate() -> None:
    _projection, written = projected(package_of(BOOK.format(named="Tarif", more="")), 2027)
    assert formulas(written)["E3"] == (
        'IF(OR(Annahmen!$D$2="",E$2<=Annahmen!$D$2),ROUND($C3*(1+Annahmen!$B$8)*(1+Annahmen!$C$8),0),0)'
    )
