"""Which measures of a table are dropped, renamed or new in the table of the years that follow?

Two tables are compared only where one plainly continues the other: its years follow on or overlap and go further, and
most of the measures are the same. What a footnote, a remark or an amount of 0 explains is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import likely_pairs, undated_key
from pik_excel.budget.tables import Measure, MeasureTable, YearColumn
from pik_excel.checks.assumed import also_called, rows_about, year_of
from pik_excel.checks.catalogue import Subject
from pik_excel.grid.workbook import Workbook
from pik_excel.layout.labels import label_of
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_EXPLAINS = pattern(
    r"entf[aä]ll|entfiel|weggefallen|\b(be)?endet|ausgelaufen|läuft .*aus|eingestellt|abgeschlossen|befristet|bereit\b"
    r"|bereitgestellt|finanziert|übertragen|überführt|verlagert|zusammengefasst|zusammengelegt|aufgegangen|umbenannt"
    r"|einmalig|bis (ende )?(19|20)\d\d",
    re.IGNORECASE,
)
_MANY = 100  # names on either side from which no likeness is sought: such a list is checked by its keys


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
    lists = [_listed(table) for table in subject.reading.budget.measure_tables if table.columns and table.measures]
    spans = {(one.first, one.last) for one in lists}
    for older in lists:
        for first_year in _next_years(older, spans):
            found = _compared(subject, older, first_year, lists)
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


_RIGHT_BELOW = 3  # rows


@dataclass(frozen=True)
class _List:
    """A table, its years, and its measures, by `undated_key`; a row with blanks only still says that there is one."""

    table: MeasureTable
    first: int
    last: int

    @cached_property
    def measures(self) -> dict[str, Measure]:
        found: dict[str, Measure] = {}
        for measure in sorted(self.table.measures, key=_is_blank):
            if measure.name:
                found.setdefault(undated_key(measure.name), measure)
        return found


def _listed(table: MeasureTable) -> _List:
    years = [column.year.value for column in table.columns]
    return _List(table, min(years), max(years))


def _is_blank(measure: Measure) -> bool:
    return all(amount.statement is Statement.BLANK for amount in measure.amounts)


def _next_years(older: _List, spans: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({first for first, last in spans if older.first < first <= older.last + 1 and last > older.last})


def _compared(subject: Subject, older: _List, first_year: int, lists: list[_List]) -> Succession | None:
    also = also_called(subject)
    newer = [one for one in lists if one.first == first_year and _is_related(older, one, also)]
    new = {key: measure for one in reversed(newer) for key, measure in one.measures.items()}
    same = older.measures.keys() & new.keys()
    renamed = _renamed(older.measures, new, also, float(subject.schema.limits.similar))
    matched = len(same) + len(renamed)
    certain = len(same) + sum(one.recorded for one in renamed)
    if certain < 2 or 2 * matched < min(len(older.measures), len(new)):
        return None
    dropped = tuple(_dropped(subject, older, first_year, lists, same, renamed))
    if len(dropped) > matched:
        return None
    known = {*same, *(undated_key(one.new.name) for one in renamed)}
    added = tuple(one for one in _added(newer, known) if not _has_start(subject, one))
    return Succession(older.table, first_year, dropped, tuple(renamed), added if len(added) <= matched else ())


def _is_related(older: _List, newer: _List, also: Mapping[str, set[str]]) -> bool:
    """Whether the table holds a measure of the older one, by the same or a recorded name."""
    first, second = ({_short(key.product) for key in one.table.keys if key.product} for one in (older, newer))
    if first and second and not first & second:
        return False
    old, new = older.measures.keys(), newer.measures.keys()
    return not old.isdisjoint(new) or any(also[name] & new for name in old & also.keys())


def _short(product: str) -> str:
    """The product without the groups that only fill it up: 31.60.01.00.00 is 31.60.01."""
    return product.removesuffix(".00").removesuffix(".00")


def _renamed(
    old: dict[str, Measure], new: dict[str, Measure], also: Mapping[str, set[str]], similar: float
) -> list[Renamed]:
    left, right = old.keys() - new.keys(), new.keys() - old.keys()
    on_record = {
        (before, after): Renamed(old[before], new[after], recorded=True)
        for before in also.keys() & left
        for after in also[before] & right
    }
    left, right = left - {before for before, _ in on_record}, right - {after for _, after in on_record}
    olds = [measure for key, measure in old.items() if key in left]
    news = [measure for key, measure in new.items() if key in right]
    if len(olds) > _MANY or len(news) > _MANY:
        return list(on_record.values())
    pairs = likely_pairs([one.name for one in olds], [one.name for one in news], similar)
    return [*on_record.values(), *(Renamed(olds[i], news[j], recorded=False) for i, j in pairs)]


def _dropped(
    subject: Subject,
    older: _List,
    first_year: int,
    lists: list[_List],
    same: set[str],
    renamed: list[Renamed],
) -> Iterator[Measure]:
    """The measures that are gone, and nothing says why."""
    found = same | {undated_key(one.old.name) for one in renamed}
    gone = [(key, measure) for key, measure in older.measures.items() if key not in found]
    if not gone:
        return
    later = [one for one in lists if one is not older and one.last >= first_year]
    elsewhere = {key for one in later for key in (*one.measures, *_right_below(subject.reading.workbook, one.table))}
    also = also_called(subject)
    for key, measure in gone:
        names = {key} | also.get(key, set())
        if not names & elsewhere and not _is_explained(subject, older.table, measure, first_year):
            yield measure


def _right_below(workbook: Workbook, table: MeasureTable) -> Iterator[str]:
    """Names right below the last amount of a table: its last measures, where these state nothing."""
    sheet = workbook.sheet(table.sheet)
    for row in range(table.area.bottom + 1, table.area.bottom + 1 + _RIGHT_BELOW):
        name = sheet.value(row, table.name_column) if sheet is not None else None
        if not isinstance(name, str) or not name.strip():
            return
        yield undated_key(label_of(name).name)


def _is_explained(subject: Subject, table: MeasureTable, measure: Measure, first_year: int) -> bool:
    return (
        _had_ended(table, measure, first_year)
        or _a_note_says_so(table, measure, first_year)
        or _a_remark_says_so(subject.reading.workbook, table, measure)
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


def _has_start(subject: Subject, measure: Measure) -> bool:
    """Whether "Annahmen" says since when there is this measure."""
    starts = [row.field("von") for row in rows_about(subject, measure.name)]
    return any(start and year_of(start) for start in starts)


def _added(newer: Iterable[_List], known: set[str]) -> Iterator[Measure]:
    """The unknown measures of those tables that hold mostly known ones."""
    for one in newer:
        unknown = [measure for key, measure in one.measures.items() if key not in known]
        if 2 * len(unknown) <= len(one.measures):
            yield from unknown
