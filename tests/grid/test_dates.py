"""Serial numbers and days, as Excel counts them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, to_excel

from pik_excel.grid.dates import day_of, serial_of, serial_of_iso


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (44926, date(2022, 12, 31)),
        (2_958_465, date(9999, 12, 31)),
    ],
)
def test_days(serial: int, day: date) -> None:
    assert day_of(serial) == day
    assert serial_of(day) == serial


@pytest.mark.parametrize("serial", [-1, 0, 60, 2_958_466])
def test_no_such_day(serial: int) -> None:
    assert day_of(serial) is None


def test_in_files_from_old_macs_days_count_from_1904() -> None:
    assert day_of(0, date1904=True) == date(1904, 1, 1)
    assert day_of(44926 - 1462, date1904=True) == date(2022, 12, 31)
    assert serial_of(date(2022, 12, 31), date1904=True) == 44926 - 1462
    assert day_of(2_958_465, date1904=True) is None


@given(st.integers(61, 2_958_465), st.booleans())
def test_openpyxl_counts_alike_from_march_1900_on(serial: int, date1904: bool) -> None:
    day = day_of(serial, date1904)
    if day is not None:
        theirs = from_excel(serial, CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900)
        assert day == theirs.date()
        assert serial_of(day, date1904) == serial


@given(st.datetimes(datetime(1901, 1, 1), datetime(9999, 12, 30)), st.booleans())
def test_a_moment_is_the_serial_number_that_openpyxl_gives_it(moment: datetime, date1904: bool) -> None:
    theirs = to_excel(moment, CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900)
    assert abs(float(serial_of(moment, date1904)) - theirs) < 1e-8  # days; a millisecond is 1.2e-8


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("2022-12-31", Decimal(44926)),
        ("2022-12-31T06:00", Decimal("44926.25")),
        ("2022-12-31T18:00:00.000Z", Decimal("44926.75")),
        ("12:00:00", Decimal("0.5")),
        ("", None),
        ("31.12.2022", None),
        ("2022-13-01", None),
        ("2022-12-31T25:00", None),
    ],
)
def test_stored_iso_dates(text: str, serial: Decimal | None) -> None:
    assert serial_of_iso(text) == serial
