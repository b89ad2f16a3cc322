"""Which day does a serial number mean, and which number a day?

Excel counts days from 1 = 1 January 1900 and believes that 1900 was a leap year (60 = 29 February 1900, a day that
never was); files from old Macs count from 0 = 1 January 1904.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pik_excel.patterns import pattern

_BEFORE_1900 = date(1899, 12, 31)
_START_1904 = date(1904, 1, 1)
_NO_SUCH_DAY = 60
_LAST = 2_958_465  # 31 December 9999
_SHIFT_1904 = 1462
_DAY = 86_400
_ISO = pattern(r"(\d{4}-\d\d-\d\d)?(?:T?(\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?Z?\Z")


def day_of(serial: Decimal | int, date1904: bool = False) -> date | None:
    """The day of a serial number; None where there is none (negative, beyond 9999, or 29 February 1900)."""
    if not 0 <= serial < _LAST + 1 - (_SHIFT_1904 if date1904 else 0):
        return None
    days = int(serial)
    if date1904:
        return _START_1904 + timedelta(days)
    if days in (0, _NO_SUCH_DAY):
        return None
    return _BEFORE_1900 + timedelta(days - (days > _NO_SUCH_DAY))


def serial_of(day: date, date1904: bool = False) -> Decimal:
    """The serial number of a day, with the time as a fraction where it has one."""
    whole = date(day.year, day.month, day.day)
    if date1904:
        days = (whole - _START_1904).days
    else:
        days = (whole - _BEFORE_1900).days
        days += days >= _NO_SUCH_DAY
    return Decimal(days) + (_fraction(day) if isinstance(day, datetime) else 0)


def serial_of_iso(text: str, date1904: bool = False) -> Decimal | None:
    """The serial number of a stored ISO 8601 date, date and time, or time (`t="d"`); None where it is none."""
    match = _ISO.match(text.strip())
    if match is None or not (match[1] or match[2]):
        return None
    try:
        clock = time.fromisoformat(match[2]) if match[2] else time()
        moment = datetime.combine(date.fromisoformat(match[1] or "2000-01-01"), clock)
    except ValueError:
        return None
    return serial_of(moment, date1904) if match[1] else _fraction(moment)


def _fraction(moment: datetime) -> Decimal:
    microseconds = ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000 + moment.microsecond
    return Decimal(repr(microseconds / (_DAY * 1_000_000))) if microseconds else Decimal(0)
