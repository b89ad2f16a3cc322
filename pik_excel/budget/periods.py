"""From when until when is something funded or needed, and by which day must the use of a grant be proved?"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pik_excel.budget.tables import Assumption, Budget, Field, Posts
from pik_excel.grid.reference import Address
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_DATE = pattern(
    r"(?<![\d.])(?:(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d|\.\d)"
    r"|(?P<month_only>\d{1,2})[./](?P<its_year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<name>jan|feb|mär|mrz|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\.?\s+(?P<named>(?:19|20)\d\d)"
    r"|(?P<bare>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_MAY_BEGIN = pattern(
    r"[\djJfFmMaAsSoOnNdD](?<![\d.].)(?:(?<=\d)|(?=[aA][nN]|[eE][bBpPzZcC]|[äÄaA][rRiIyY]|[rR][zZ]|[pP][rR]|[uU][nNlLgG]"
    r"|[kKcC][tT]|[oO][vV]))"
)  # the first character of a date: a set of characters is looked for in a tenth of the time
_OTHER_NAMES = {"mrz": "mär", "may": "mai", "oct": "okt", "dec": "dez"}


@dataclass(frozen=True)
class Stated:
    """A date as a text states it: from the first to the last day it may mean ("2023": the whole year)."""

    first: date
    last: date
    start: int  # where in the text
    end: int


@dataclass(frozen=True)
class Deadline:
    """The day by which the use of a grant must be proved, and the cells from which that follows."""

    name: str
    record: Posts | Assumption
    ends: date  # the last day of the funding period
    months: int
    day: date
    end: Field
    stated: Field | None  # the day as the workbook states it


def deadlines(budget: Budget) -> Iterator[Deadline]:
    """One for each grant whose period ends on a stated day and whose use must be proved some months later."""
    records: list[tuple[str, Posts | Assumption]] = [(posts.name, posts) for posts in budget.posts]
    records += [(row.measure, row) for table in budget.assumptions for row in table.rows]
    seen: set[tuple[str, Address]] = set()
    for name, record in records:
        end = record.field("foerderzeitraum_bis") or record.field("foerderzeitraum")
        months = record.field("nachweisfrist_monate")
        ends = _last_of(end)
        if end is None or ends is None or months is None or months.decimal is None:
            continue
        if not 0 <= months.decimal <= (date.max.year - ends.year) * 12:
            continue  # no such day
        if (name, end.at) not in seen:
            seen.add((name, end.at))
            count = int(months.decimal)
            yield Deadline(name, record, ends, count, months_after(ends, count), end, record.field("nachweisfrist"))


def months_after(end: date, months: int) -> date:
    """The day so many months after a period's last day; a month's last day gives a month's last day.

    >>> months_after(date(2022, 12, 31), 3), months_after(date(2022, 2, 28), 3), months_after(date(2023, 1, 30), 1)
    (datetime.date(2023, 3, 31), datetime.date(2022, 5, 31), datetime.date(2023, 2, 28))
    """
    year, month = divmod(end.year * 12 + end.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    at_the_end = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if at_the_end else min(end.day, last))


def first_day(field: Field | None) -> date | None:
    """The day from which a cell says that something holds; of a mere year its first."""
    found = _stated_in(field)
    return found.first if found else None


def last_day(field: Field | None) -> date | None:
    """The day until which a cell says that something holds; of a mere year its last."""
    found = _stated_in(field)
    return found.last if found else None


def period_of(field: Field) -> tuple[date | None, date | None] | None:
    """The period that one cell states: "01.01.2022 – 31.12.2024", "2022/2023", "bis 31.12.2023", "ab 2022"; None where
    it states none."""
    if not field.text:
        year = _stated_in(field) if isinstance(field.value, Decimal) else None
        return (year.first, year.last) if year else None
    found = dates_in(field.text)
    if len(found) == 1:
        before = field.text[: found[0].start].casefold()
        if re.search(r"\bbis\b|[-–]\s*\Z", before):
            return None, found[0].last
        if re.search(r"\b(ab|seit|von|vom)\b", before) or field.text[found[0].end :].strip() in {"-", "–", "ff."}:
            return found[0].first, None
        return found[0].first, found[0].last
    return (found[0].first, found[-1].last) if len(found) == 2 and found[0].first <= found[1].last else None


def dates_in(text: str) -> list[Stated]:
    """The dates in a text: "31.12.2023", "12/2023", "Dezember 2023", "2023"."""
    return [stated for match in _matches(text) if (stated := _stated(match)) is not None]


def _matches(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for first in _MAY_BEGIN.finditer(text):
        match = _DATE.match(text, first.start()) if first.start() >= end else None
        if match is not None:
            yield match
            end = match.end()


def _last_of(field: Field | None) -> date | None:
    period = period_of(field) if field is not None and field.text else None
    return period[1] if period else last_day(field)


def _stated_in(field: Field | None) -> Stated | None:
    if field is None:
        return None
    value = field.value
    if isinstance(value, date):
        return Stated(value, value, 0, 0)
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and 1990 <= value <= 2100
        return Stated(date(int(value), 1, 1), date(int(value), 12, 31), 0, 0) if whole else None
    found = dates_in(value) if value else []
    return found[0] if len(found) == 1 else None


def _stated(match: re.Match[str]) -> Stated | None:
    try:
        if match["day"]:
            year = int(match["year"])
            day = date(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]))
            return Stated(day, day, match.start(), match.end())
        year = int(match["its_year"] or match["named"] or match["bare"])
        if match["bare"]:
            return Stated(date(year, 1, 1), date(year, 12, 31), match.start(), match.end())
        month = int(match["month_only"]) if match["month_only"] else _month(match["name"])
        return Stated(date(year, month, 1), date(year, month, monthrange(year, month)[1]), match.start(), match.end())
    except ValueError:
        return None


def _month(name: str) -> int:
    short = name.casefold()[:3]
    return _MONTHS.index(_OTHER_NAMES.get(short, short)) + 1
