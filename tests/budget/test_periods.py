"""Dates as people write them, and the month-end safe deadline."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.budget.periods import dates_in, deadlines, months_after
from pik_excel.budget.tables import Budget, Field, Posts
from pik_excel.grid.reference import Address


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("befristet bis 31.12.2023", date(2023, 12, 31)),
        ("bis 30. 6. 2024", date(2024, 6, 30)),
        ("31.12.23", date(2023, 12, 31)),
        ("bis Ende 2024", date(2024, 12, 31)),
        ("12/2023", date(2023, 12, 31)),
        ("02.2024", date(2024, 2, 29)),
        ("bis Februar 2023", date(2023, 2, 28)),
        ("31. Dezember 2025", date(2025, 12, 31)),
        ("März 2024", date(2024, 3, 31)),
    ],
)
def test_the_last_day_a_text_means(text: str, last: date) -> None:
    assert [one.last for one in dates_in(text)] == [last]


@pytest.mark.parametrize("text", ["31.02.2023", "12.50", "20230 EUR", "1.2.3.4", "Stufe 2", "31.60.01"])
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text) == []


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 60))
def test_a_deadline_is_so_many_months_later_and_an_end_of_a_month_stays_one(end: date, months: int) -> None:
    due = months_after(end, months)
    assert (due.year * 12 + due.month) - (end.year * 12 + end.month) == months
    if (end + timedelta(1)).day == 1:
        assert (due + timedelta(1)).day == 1
    else:
        assert due.day <= end.day


@pytest.mark.parametrize(("months", "days"), [("3", 1), ("-1", 0), ("1E+30", 0), ("95724", 1), ("95725", 0)])
def test_a_deadline_on_no_day_that_there_is_is_none(months: str, days: int) -> None:
    at = Address("Stellen", 3, 2)
    fields = {
        "foerderzeitraum_bis": Field(at, date(2022, 12, 31)),
        "nachweisfrist_monate": Field(at, Decimal(months)),
    }
    assert len(list(deadlines(Budget(posts=(Posts("Zuschuss", "Stellen", at, fields),))))) == days
