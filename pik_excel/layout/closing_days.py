"""Which days over columns stand for years: 31.12.2025 | 31.12.2026 | 31.12.2027, or each 1 January?

Most days must stay days: a column of dates (Beschlussdatum, Frist), a term or milestones (01.01.2025 | 01.01.2026 under
"Beginn | Ende", with other days below), "Stand vom 12.03.2026", one "Stand: 31.12.2025" in a title, two closing days of
a balance sheet without a word, months and quarters, years with gaps, instalments ("fällig 01.01.2026"), days above or
below years that are written out. What is left is a row of at least three closing days, or first days, of years one
after the other; two will do where each says "Stand" or "zum".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pik_excel.grid.workbook import Cell
from pik_excel.layout.formats import Format
from pik_excel.patterns import pattern

_TEXT = pattern(r"(?P<before>[^\d]*)(?P<day>31\. ?12|0?1\. ?0?1)\. ?(?P<year>(?:19|20)\d\d)(?P<after>[^\d]*)")
_SAID = pattern(r"\b(?:(?:schulden|end|anfangs)?(?:stand|bestand)|stichtag|zum|am|per)(?!\w)[:.]?")
_LONGEST = 40  # characters of a head
_FIRST_DAY = date(1899, 12, 30)
_FEWEST_SAID = 2  # that are called a stand
FEWEST = 3
"""Days that are not called a stand and yet stand for years."""

CLOSING_DAYS = frozenset(
    Decimal((date(year, month, day) - _FIRST_DAY).days)
    for year in range(1990, 2101)
    for month, day in ((1, 1), (12, 31))
)
"""As numbers, of the years that may head a column."""


class Day(NamedTuple):
    """A day in a cell, and what stands beside it; `said`: that it is a day of closing or opening."""

    column: int
    day: date
    beside: str
    said: bool = False


def day_in(cell: Cell, shown: Format) -> Day | None:
    """The closing or first day of a year that a cell states, None where it states none."""
    if isinstance(cell.value, Decimal):
        if not shown.is_date or shown.is_year or cell.value not in CLOSING_DAYS:
            return None
        return Day(cell.column, _FIRST_DAY + timedelta(int(cell.value)), "")
    if not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
        return None
    found = _TEXT.fullmatch(" ".join(cell.value.casefold().split()))
    if found is None:
        return None
    beside = f"{found['before']} {found['after']}"
    day = date(int(found["year"]), 12, 31) if found["day"].startswith("31") else date(int(found["year"]), 1, 1)
    return Day(cell.column, day, " ".join(_SAID.sub(" ", beside).split()), _SAID.search(beside) is not None)


def stand_for_years(days: Sequence[Day]) -> bool:
    """Whether these days of a row, from the left, are the same day of years one after the other."""
    fewest = _FEWEST_SAID if all(one.said for one in days) else FEWEST
    if len(days) < fewest or len({(one.day.month, one.day.day) for one in days}) > 1:
        return False
    steps = {later.day.year - earlier.day.year for earlier, later in pairwise(days)}
    return steps in ({1}, {-1})
