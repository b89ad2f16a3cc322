"""NUM02: what must stay silent first, then amounts whose separator was read the other way round."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

FAMILY = ("NUM01", "NUM02", "NUM03", "NUM05", "SUM01")


def plan(first: str, second: str = "8600", *, unit: str = "EUR", total: tuple[str, str] | None = None) -> str:
    totals = f"| 7 | Summe | {total[0]} | {total[1]} |" if total else ""
    return f"""
        |   | A         | B           | C           |
        |---|-----------|-------------|-------------|
        | 1 | Maßnahme  | 2022 {unit} | 2023 {unit} |
        | 2 | Lernräume | 12400       | 12600       |
        | 3 | Jobcafé   | {first}     | {second}    |
        | 4 | Spielbus  | 18100       | 18300       |
        | 5 | Werkstatt | 4200        | 4300        |
        | 6 | Chor      | 9900        | 9900        |
        {totals}
    """


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("8500", "8600"),
        ("8.515", "8.6"),
        ("8.515", "9"),
        ("85.25", "86.4"),
        ("0.515", "515000"),
        ("8.515", "0.4"),
        ("120.125", "118"),
    ],
)
def test_numbers_that_may_be_meant_are_silent(first: str, second: str) -> None:
    assert places(plan(first, second), "NUM02") == []


@pytest.mark.parametrize(
    "amounts",
    [("1.151", "1.156"), ("0.515", "8.515"), ("12.125", "1.5"), ("1.151", "")],
)
def test_tables_with_decimals_are_silent(amounts: tuple[str, str]) -> None:
    text = f"""
        |   | A         | B             | C             |
        |---|-----------|---------------|---------------|
        | 1 | Maßnahme  | 2022 Mio. EUR | 2023 Mio. EUR |
        | 2 | Lernräume | 1.25          | 1.5           |
        | 3 | Jobcafé   | {amounts[0]}  | {amounts[1]}  |
        | 4 | Spielbus  | 18.125        | 18.3          |
        | 5 | Werkstatt | 4.25          | 4.3           |
    """
    assert places(text, *FAMILY) == []


@pytest.mark.parametrize("first", ["'8.500", "'12.400,50", "'1.151.000", "'8500"])
def test_a_text_that_german_reads_rightly_is_num01(first: str) -> None:
    assert places(plan(first), *FAMILY) in (["NUM01 error B3"], ["NUM01 error B3", "NUM03 error B3"])


@pytest.mark.parametrize(
    ("first", "meant"), [("8.515", "8515"), ("8.5 {0.000}", "8500"), ("'8,500", "8500"), ("'8,515", "8515")]
)
def test_the_other_years_decide(first: str, meant: str) -> None:
    (found,) = findings(plan(first), *FAMILY)
    assert (found.code, found.range, found.expected) == ("NUM02", "B3", meant)
    assert "8.600" in found.message


def test_a_number_with_one_decimal_is_rather_in_another_unit() -> None:
    text = plan("8.5", "8600").replace("2023 EUR |", "2023 EUR | 2024 EUR |")
    assert "NUM02" not in str(places(text, *FAMILY))


@pytest.mark.parametrize(("first", "meant"), [("8.515", "8515"), ("'8,515", "8515"), ("7.25", "7250")])
def test_a_typed_total_decides(first: str, meant: str) -> None:
    total = str(12400 + int(meant) + 18100 + 4200 + 9900)
    text = plan(first, "", total=(total, "45100"))
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.range, found.expected, found.related) == ("NUM02", "B3", meant, ("Tabelle1!B7",))


def test_the_other_amounts_decide_where_there_are_no_other_years() -> None:
    assert places(plan("8.515", ""), *FAMILY) == ["NUM02 error B3"]
    assert places(plan("8.515", "").replace("9900", "9.9"), *FAMILY) == []


def test_a_total_that_lost_its_thousands() -> None:
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2020 TEUR | 2021 TEUR |
        | 2 | OMID     | 851       | 856       |
        | 3 | Campus   | 300       | 300       |
        | 4 | Summe    | 1.151     | 1156      |
    """
    (found,) = findings(text, "NUM02", "SUM01")
    assert (found.code, found.range, found.stated, found.expected) == ("NUM02", "B4", "1.151", "1151")


def test_where_nothing_decides_both_readings_are_named() -> None:
    text = """
        |   | A        | B         | C         |
        |---|----------|-----------|-----------|
        | 1 | Maßnahme | 2020 TEUR | 2021 TEUR |
        | 2 | OMID     | '8,500    |           |
        | 3 | Campus   | 300       | 300       |
    """
    (found,) = findings(text, *FAMILY)
    assert (found.code, found.expected) == ("NUM02", None)
    assert "8,5 TEUR oder 8.500 TEUR" in found.message


def test_a_table_written_in_english_is_one_finding_of_num01() -> None:
    text = """
        |   | A        | B        | C        |
        |---|----------|----------|----------|
        | 1 | Maßnahme | 2020 EUR | 2021 EUR |
        | 2 | OMID     | '8,500   | '8,600   |
        | 3 | Campus   | '3,000   | '3,100   |
        | 4 | Refugio  | '4,000   | '4,100   |
    """
    assert places(text, *FAMILY) == ["NUM01 error B2:C4"]


@pytest.mark.parametrize("unit", ["EUR", "TEUR", "€", "T€"])
def test_in_every_unit(unit: str) -> None:
    assert places(plan("8.515", unit=unit), *FAMILY) == ["NUM02 error B3"]
