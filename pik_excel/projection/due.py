"""What is due when? The use of a grant must be proved some months after its period ends (Verwendungsnachweis)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from pik_excel.budget.tables import Assumption, Budget, Field, Posts
from pik_excel.language import _
from pik_excel.projection.record import Due


def due(budget: Budget) -> tuple[Due, ...]:
    """All that follows from periods of funding and their deadlines, the earliest first."""
    records: list[tuple[str, Posts | Assumption]] = [(posts.name, posts) for posts in budget.posts]
    records += [(row.measure, row) for table in budget.assumptions for row in table.rows]
    found = {entry for name, record in records for entry in _evidence(name, record)}
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.source)))


def months_after(end: date, months: int) -> date:
    """The day so many months after a period's last day; a month's last day gives a month's last day.

    >>> months_after(date(2022, 12, 31), 3), months_after(date(2022, 2, 28), 3), months_after(date(2023, 1, 30), 1)
    (datetime.date(2023, 3, 31), datetime.date(2022, 5, 31), datetime.date(2023, 2, 28))
    """
    year, month = divmod(end.year * 12 + end.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    at_the_end = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if at_the_end else min(end.day, last))


def _evidence(name: str, record: Posts | Assumption) -> Iterator[Due]:
    end, months = _date(record.field("foerderzeitraum_bis")), record.field("nachweisfrist_monate")
    if end is None or months is None or months.decimal is None or months.decimal < 0:
        return
    source = record.field("foerderzeitraum_bis")
    if source is not None:
        yield Due(name, _("Verwendungsnachweis"), months_after(end, int(months.decimal)), source.at)


def _date(field: Field | None) -> date | None:
    return field.value if field is not None and isinstance(field.value, date) else None
