"""Which measures of a table are dropped, renamed or new in the table of the years that follow?

Two tables are compared only where one plainly continues the other: its years follow on or overlap and go further, and
most of the measures are the same. What a footnote, a remark or an amount of 0 explains is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import likely_pairs, name_key, undated_key
from pik_excel.budget.tables import Budget, Measure, MeasureTable, YearColumn
from pik_excel.checks.assumed import recorded_names, rows_about, year_of
from pik_excel.checks.catalogue import Subject
from pik_excel.grid.workbook import Workbook

_EXPLAINS = re.compile(
    r"entf[aä]ll|entfiel|weggefallen|endet|beendet|ausgelaufen|läuft .*aus|eingestellt|abgeschlossen|befristet|bereit\b"
    r"|bereitgestellt|finanziert|übertragen|überführt|verlagert|zusammengefasst|zusammengelegt|aufgegangen|umbenannt"
    r"|einmalig|bis (ende )?(19|20)\d\d",
    re.IGNORECASE,
)
_MANY = 200  # names on either side from which no likeness is sought: such a list is checked by its keys


@dataclass(frozen=True)
class Renamed:
    """A measure that goes on under another name; `recorded` where "Annahmen" lists the old name."""

    old: Measure
    new: Measure
    recorded: bool


@dataclass(frozen=True)
class Succession:
    """What became of the measures of `older`: in the tables from `first_year` on."""

    older: MeasureTable
    first_year: int
    dropped: tuple[Measure, ...]
    renamed: tuple[Renamed, ...]
    new: tuple[Measure, ...]


def successions(subject: Subject) -> Iterator[Succession]:
    """One for each table that another continues."""
    tables = [table for table in subject.reading.budget.measure_tables if table.columns and table.measures]
    for older in tables:
        for first_year in _next_years(older, tables):
            found = _compared(subject, older, first_year, tables)
            if found:
                yield found
                break


def last_amount(table: MeasureTable, measure: Measure) -> tuple[YearColumn, Amount] | None:
    """The measure's last amount that is not 0, with its column."""
    stated = [
        (column, amount)
        for column, amount in zip(table.columns, measure.amounts, strict=False)
        if amount.statement is Statement.NUMBER and amount.stated
    ]
    return max(stated, key=lambda pair: pair[0].year.value, default=None)


def _next_years(older: MeasureTable, tables: Iterable[MeasureTable]) -> list[int]:
    first, last = _span(older)
    return sorted({a for a, b in map(_span, tables) if first < a <= last + 1 and b > last})


def _span(table: MeasureTable) -> tuple[int, int]:
    years = [column.year.value for column in table.columns]
    return min(years), max(years)


def _compared(subject: Subject, older: MeasureTable, first_year: int, tables: list[MeasureTable]) -> Succession | None:
    old = _by_key([older])
    newer = [table for table in tables if _span(table)[0] == first_year and _is_related(subject, older, old, table)]
    new = _by_key(newer)
    same = old.keys() & new.keys()
    renamed = _renamed(subject, old, new)
    recorded = [one for one in renamed if one.recorded]
    matched = len(same) + len(renamed)
    if len(same) + len(recorded) < 2 or 2 * matched < min(len(old), len(new)):
        return None
    gone = [old[key] for key in old if key not in same and old[key] not in [one.old for one in renamed]]
    dropped = tuple(one for one in gone if not _is_explained(subject.reading.workbook, older, one, first_year, tables))
    if len(dropped) > matched:
        return None
    known = {*same, *(undated_key(one.new.name) for one in renamed)}
    added = tuple(one for one in _added(newer, known) if not _has_start(subject.reading.budget, one))
    return Succession(older, first_year, dropped, tuple(renamed), added if len(added) <= matched else ())


def _is_related(subject: Subject, older: MeasureTable, old: dict[str, Measure], table: MeasureTable) -> bool:
    """Whether the table holds a measure of the older one, by the same or a recorded name."""
    if _different_products(older, table):
        return False
    own = _by_key([table])
    return bool(old.keys() & own.keys() or _recorded(subject, old, own))


def _different_products(one: MeasureTable, other: MeasureTable) -> bool:
    first, second = ({key.product for key in table.keys if key.product} for table in (one, other))
    return bool(first) and bool(second) and not first & second


def _by_key(tables: Iterable[MeasureTable]) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for table in tables:
        for measure in table.measures:
            if measure.name and any(amount.statement is not Statement.BLANK for amount in measure.amounts):
                found.setdefault(undated_key(measure.name), measure)
    return found


def _renamed(subject: Subject, old: dict[str, Measure], new: dict[str, Measure]) -> list[Renamed]:
    left = {key: measure for key, measure in old.items() if key not in new}
    right = {key: measure for key, measure in new.items() if key not in old}
    recorded = _recorded(subject, left, right)
    left = {key: one for key, one in left.items() if one not in [known.old for known in recorded]}
    right = {key: one for key, one in right.items() if one not in [known.new for known in recorded]}
    if len(left) > _MANY or len(right) > _MANY:
        return recorded
    olds, news = list(left.values()), list(right.values())
    pairs = likely_pairs([one.name for one in olds], [one.name for one in news], float(subject.schema.limits.similar))
    return recorded + [Renamed(olds[i], news[j], recorded=False) for i, j in pairs]


def _recorded(subject: Subject, left: dict[str, Measure], right: dict[str, Measure]) -> list[Renamed]:
    if not left or not right:
        return []
    return [
        Renamed(left[old], right[new], recorded=True)
        for names in recorded_names(subject)
        for old in names & left.keys()
        for new in names & right.keys()
    ]


def _is_explained(
    workbook: Workbook, table: MeasureTable, measure: Measure, first_year: int, tables: Iterable[MeasureTable]
) -> bool:
    return (
        _had_ended(table, measure, first_year)
        or _a_note_says_so(table, measure, first_year)
        or _a_remark_says_so(workbook, table, measure)
        or _stands_elsewhere(measure, first_year, tables)
    )


def _had_ended(table: MeasureTable, measure: Measure, first_year: int) -> bool:
    """Whether nothing was left of it: no amount in the years that both tables hold, or none in the last year before."""
    stated = list(zip(table.columns, measure.amounts, strict=False))
    common = [amount for column, amount in stated if column.year.value >= first_year]
    last = max(column.year.value for column, _ in stated)
    closing = common or [amount for column, amount in stated if column.year.value == last]
    return all(amount.statement is not Statement.NUMBER or not amount.stated for amount in closing)


def _a_note_says_so(table: MeasureTable, measure: Measure, first_year: int) -> bool:
    marks = {plain_mark(mark) for mark in measure.footnotes}
    notes = [note for note in table.footnotes if plain_mark(note.mark) in marks]
    return any(any(year >= first_year for year in note.years) or _EXPLAINS.search(note.text) for note in notes)


def _a_remark_says_so(workbook: Workbook, table: MeasureTable, measure: Measure) -> bool:
    sheet = workbook.sheet(measure.at.sheet)
    if sheet is None:
        return False
    row = measure.at.row
    texts = [sheet.value(row, column) for column in range(measure.at.column + 1, table.area.right + 6)]
    comment = sheet.comments.get((row, measure.at.column), "")
    return any(isinstance(text, str) and _EXPLAINS.search(text) for text in (*texts, comment))


def _has_start(budget: Budget, measure: Measure) -> bool:
    """Whether "Annahmen" says since when there is this measure."""
    starts = [row.field("von") for row in rows_about(budget, measure.name)]
    return any(start and year_of(start) for start in starts)


def _stands_elsewhere(measure: Measure, first_year: int, tables: Iterable[MeasureTable]) -> bool:
    key = name_key(measure.name)
    return any(
        any(column.year.value >= first_year for column in table.columns)
        and any(name_key(one.name) == key and one.at != measure.at for one in table.measures)
        for table in tables
    )


def _added(newer: Iterable[MeasureTable], known: set[str]) -> Iterator[Measure]:
    """The unknown measures of those tables that hold mostly known ones."""
    for table in newer:
        own = _by_key([table])
        unknown = [measure for key, measure in own.items() if key not in known]
        if unknown and 2 * len(unknown) <= len(own):
            yield from unknown
