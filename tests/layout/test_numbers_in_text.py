"""German numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.budget.money import Unit
from pik_excel.layout.numbers import decided_locale, number_in


@pytest.mark.parametrize(
    "text",
    [
        "",
        "–",
        "k. A.",
        "OMID",
        "31.12.2022",
        "1:120",
        "2022/2023",
        "12 Personen",
        "GRDrs 198/2021",
        "3 von 5",
        "1.2.3",
        "(5",
    ],
)
def test_what_is_no_number_stays_none(text: str) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.151", "1151"),
        ("16.271.218,33 EUR", "16271218.33"),
        ("290 ", "290"),
        (" 290", "290"),
        ("'66", "66"),
        ("57,00 €", "57"),
        ("€ 57,00", "57"),
        ("520,86-", "-520.86"),
        ("–5,5", "-5.5"),
        ("(1.234)", "-1234"),
        ("150*", "150"),
        ("57 1)", "57"),
        ("rd. 65.500 EUR", "65500"),
        ("ca. 100", "100"),
        ("4.600 EUR/Stelle", "4600"),
        ("1 151", "1151"),
        ("57,--", "57"),
        ("+20", "20"),
    ],
)
def test_a_number_is_read_the_german_way(text: str, value: str) -> None:
    number = number_in(text)
    assert number is not None
    assert number.value == Decimal(value)


def test_a_number_brings_its_unit_its_marks_and_its_percent() -> None:
    million = number_in("1,8 Mio. EUR")
    assert million is not None
    assert (million.value, million.unit) == (Decimal("1.8"), Unit.MIO)
    share = number_in("44,7 %")
    assert share is not None
    assert (share.value, share.percent) == (Decimal("0.447"), True)
    starred = number_in("150**")
    assert starred is not None
    assert starred.marks == ("**",)


def test_both_readings_are_kept_where_both_are_possible() -> None:
    number = number_in("8,500")
    assert number is not None
    assert (number.read("de"), number.read("en")) == (Decimal("8.5"), Decimal("8500"))


def test_other_numbers_decide_the_locale_and_disagreement_decides_nothing() -> None:
    def locale(*texts: str) -> str | None:
        return decided_locale(number for text in texts if (number := number_in(text)))

    assert locale("8,500", "290") is None
    assert locale("8,500", "1.151.000") == "de"
    assert locale("8,500", "12.50") == "en"
    assert locale("12.50", "12,5") is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_written_the_german_way_is_read_back(value: Decimal) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    number = number_in(f"{german} EUR")
    assert number is not None
    assert number.read("de") == value
