"""Which tables get new year columns, and which years?

The lists of measures that end before the year asked for go on by the rules of their measures. Every table with a column
"2027 ff." that is passed gets the years from 2027 on as columns of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise

from pik_excel.budget.tables import Kind, MeasureTable, YearColumn
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import MAX_COLUMN, Address, Area
from pik_excel.language import _
from pik_excel.projection.lines import Row
from pik_excel.projection.place import MainTables, home_row, last_column, last_year, main_tables
from pik_excel.projection.record import ProjectedMeasure, Projection
from pik_excel.records import dataclass

_MOST_NAMED = 6  # cells in a message


@dataclass(frozen=True)
class Extension:
    """A table and the years that it gets; `measures` are those written in one of its rows by their rules, `neighbours`
    the areas of other tables of the sheet that get the same years in the same columns."""

    table: MeasureTable
    years: tuple[int, ...]
    measures: tuple[tuple[Row, ProjectedMeasure], ...] = ()
    neighbours: tuple[Area, ...] = ()

    @cached_property
    def last(self) -> YearColumn:
        """The column that the new ones follow: the last of a single year."""
        return max(self.closed, key=lambda column: column.at.column)

    @cached_property
    def closed(self) -> tuple[YearColumn, ...]:
        """The columns of a single year."""
        return _closed(self.table)

    @cached_property
    def open_end(self) -> YearColumn | None:
        """The column "2027 ff.", where the table has one."""
        return next((column for column in self.table.columns if column.year.open_ended), None)

    @cached_property
    def columns(self) -> Mapping[int, int]:
        """Where each new year comes to stand."""
        return {year: self.last.at.column + index for index, year in enumerate(self.years, 1)}

    @cached_property
    def headed(self) -> Mapping[int, Address]:
        """The heading of each new year."""
        return {year: self.last.at._replace(column=column) for year, column in self.columns.items()}

    @cached_property
    def area(self) -> Area:
        """The cells that are new."""
        first = self.last.at.column + 1
        top = min([self.table.area.top, self.last.at.row, *self.table.header_rows])
        return Area(top, first, self.table.area.bottom, first + len(self.years) - 1)


def extensions(projection: Projection, tables: tuple[MeasureTable, ...]) -> tuple[Extension, ...]:
    """The lists that the projection goes on in; none where all reach the last year."""
    to = projection.years[-1]
    mains = main_tables(tables)
    homes = Homes.of(projection, mains)
    found = tuple(
        Extension(table, tuple(range(last_year(table) + 1, to + 1)), homes.written_in(table))
        for table in mains
        if last_year(table) < to and not _is_record_of_results(table) and not homes.are_elsewhere(table)
    )
    for extension in found:
        _refuse_several_columns(extension, tables)
        _refuse_impossible(extension)
    return found


def open_extensions(tables: tuple[MeasureTable, ...], to: int) -> tuple[Extension, ...]:
    """The tables whose column "2027 ff." is passed, with the years that it stood for up to `to`."""
    found = []
    for table in tables:
        end = min((one.year.value for one in table.columns if one.year.open_ended), default=to)
        if end < to:
            _refuse_unclear_end(table)
            closed = max(column.year.value for column in _closed(table))
            years = tuple(range(max(end, closed + 1), to + 1))
            if years:
                found.append(Extension(table, years))
                _refuse_impossible(found[-1])
    return tuple(found)


def with_neighbours(found: Sequence[Extension]) -> tuple[Extension, ...]:
    """The extensions, each with the others that get the same years in the same columns of its sheet."""
    areas: dict[tuple[str, int, tuple[int, ...]], list[Area]] = {}
    for one in found:
        areas.setdefault(_place(one), []).append(one.area)
    return tuple(
        replace(one, neighbours=tuple(area for area in areas[_place(one)] if area != one.area)) for one in found
    )


def alongside(tables: Iterable[MeasureTable], extensions: Iterable[Extension]) -> Iterator[Extension]:
    """The other tables that take columns inserted for these lists as their own, headed alike and without amounts: each
    ends at the same year in the same column, and is no record of results."""
    own: set[int] = set()
    ending: dict[tuple[str, int], list[Extension]] = {}
    for one in extensions:
        own.add(id(one.table))
        ending.setdefault((one.table.sheet, one.last.at.column), []).append(one)
    for table in tables if ending else ():
        if id(table) in own or _is_record_of_results(table) or any(column.year.open_ended for column in table.columns):
            continue
        there = ending.get((table.sheet, last_column(table).at.column), ())
        beside = (found for one in there if _ends_alike(found := Extension(table, one.years), one))
        yield from islice(beside, 1)


def _ends_alike(own: Extension, other: Extension) -> bool:
    latest = max(column.year.value for column in own.closed)
    memos = {column.at.column for column in own.table.memo_columns}
    return own.last.year.value == latest == other.last.year.value and other.area.left not in memos


@dataclass(frozen=True)
class Homes:
    """The measures with a row in a table, by the identity of the table, each with the row in which it is written."""

    by_table: Mapping[int, Sequence[tuple[Row | None, ProjectedMeasure]]]

    @staticmethod
    def of(projection: Projection, mains: MainTables) -> Homes:
        """Where a projection writes its measures in the main lists."""
        found: dict[int, list[tuple[Row | None, ProjectedMeasure]]] = {}
        for measure in projection.measures:
            home = home_row(measure.line, mains)
            for table in {id(row.table) for row in measure.line.rows}:
                found.setdefault(table, []).append((home, measure))
        return Homes(found)

    def written_in(self, table: MeasureTable) -> tuple[tuple[Row, ProjectedMeasure], ...]:
        """The measures that are written in rows of this table, one of the main lists."""
        own = self.by_table.get(id(table), ())
        return tuple((row, measure) for row, measure in own if row is not None and row.table is table)

    def are_elsewhere(self, table: MeasureTable) -> bool:
        """Whether most of the table's measures go on in a list that reaches further: 2020/2021 beside 2022/2023."""
        own = self.by_table.get(id(table), ())
        later = [row for row, _measure in own if row is not None and row.table is not table]
        return 2 * len(later) > len(own)


def _place(one: Extension) -> tuple[str, int, tuple[int, ...]]:
    return one.table.sheet, one.last.at.column, one.years


def _closed(table: MeasureTable) -> tuple[YearColumn, ...]:
    return tuple(column for column in table.columns if not column.year.open_ended)


def _is_record_of_results(table: MeasureTable) -> bool:
    return all(column.year.kind is Kind.RESULT for column in table.columns)


def _refuse_unclear_end(table: MeasureTable) -> None:
    """Only one column for all that follows, and the last one, can be told apart into years."""
    last = last_column(table)
    if _closed(table) and last.year.open_ended and sum(column.year.open_ended for column in table.columns) == 1:
        return
    end = next(column for column in table.columns if column.year.open_ended)
    raise NotWritten(
        "open-ended-column",
        _("{at}: vor „{year}“ lassen sich keine Jahre einfügen; das ist nicht die letzte Jahresspalte.").format(
            at=end.at, year=end.year.shown
        ),
        _(
            "Bitte bis {year} fortschreiben (--to {year}) oder die Jahre ab {year} in Excel als eigene Spalten führen."
        ).format(year=end.year.value),
    )


def _refuse_impossible(extension: Extension) -> None:
    _refuse_unordered(extension)
    _refuse_interleaved(extension)
    _refuse_beyond_the_grid(extension)


def _refuse_several_columns(extension: Extension, tables: Iterable[MeasureTable]) -> None:
    """Entwurf, Änderung and neu of each year side by side, where nothing tells which is valid: each of them read as a
    table of its own, or two columns of the last year."""
    own, last = extension.table, extension.last
    for other in tables:
        if other is not own and other.sheet == own.sheet and _alternate(own, other):
            raise _several_columns(own, sorted((*own.columns, *other.columns), key=lambda column: column.at.column))
    years = Counter(column.year.value for column in extension.closed)
    if sum(count > 1 for count in years.values()) < min(2, len(years)):
        return  # a heading that stands twice is a slip, and told by check
    of_it = [column for column in extension.closed if column.year.value == last.year.value]
    valid = own.valid_places[last.year.value]
    if len(of_it) > 1 and (valid is None or _stands_apart(own.columns[valid], last)):
        raise _several_columns(own, of_it)


def _alternate(one: MeasureTable, other: MeasureTable) -> bool:
    """Whether both have the same rows, and their years take turns."""
    if len(one.measures) != len(other.measures) or any(
        first.at != second.at for first, second in zip(one.measures, other.measures, strict=True)
    ):
        return False
    columns = [(column.at.column, whose) for whose, table in enumerate((one, other)) for column in table.columns]
    return sum(before[1] != after[1] for before, after in pairwise(sorted(columns))) > 1


def _stands_apart(valid: YearColumn, last: YearColumn) -> bool:
    """Whether something else than a result stands right of it, after which new columns would be headed."""
    return valid is not last and last.year.kind is not Kind.RESULT


def _several_columns(table: MeasureTable, columns: Sequence[YearColumn]) -> NotWritten:
    cells = ", ".join(column.at.a1 for column in columns[:_MOST_NAMED])
    return NotWritten(
        "several-columns-of-a-year",
        _("{table}: die Jahre haben mehrere Spalten ({cells}), und es ist nicht zu erkennen, welche gilt.").format(
            table=f"{table.sheet}!{table.area.a1}", cells=cells
        ),
        _(
            "Bitte die Spalte, die gilt, rechts im Jahr führen und mit „neu“ überschreiben (Entwurf | Änderung | "
            "Ansatz neu, das Jahr darüber) oder die geltenden Beträge auf ein Blatt mit einer Spalte je Jahr bringen."
        ),
    )


def _refuse_unordered(extension: Extension) -> None:
    last = extension.last
    latest = max(column.year.value for column in extension.closed)
    if last.year.value == latest:
        return
    raise NotWritten(
        "years-not-ascending",
        _("{at}: rechts steht {year}, das späteste Jahr ist aber {latest}; angehängte Jahre stünden falsch.").format(
            at=last.at, year=last.year.shown, latest=latest
        ),
        _("Bitte die Jahresspalten in Excel aufsteigend ordnen."),
    )


def _refuse_interleaved(extension: Extension) -> None:
    """A "davon" beside each year would be parted from its own."""
    last = extension.last.at.column
    memos = {column.at.column: column for column in extension.table.memo_columns}
    if last + 1 not in memos or not any(column < last for column in memos):
        return
    raise NotWritten(
        "columns-between-years",
        _("{at}: neben jedem Jahr steht eine Spalte „davon“ oder VE; für neue Jahre lässt sich keine bilden.").format(
            at=memos[last + 1].at
        ),
        _("Bitte die Jahre in Excel ergänzen und noch einmal aufrufen."),
    )


def _refuse_beyond_the_grid(extension: Extension) -> None:
    if extension.area.right > MAX_COLUMN:
        raise NotWritten(
            "no-room",
            _("{at}: rechts von „{year}“ hat das Blatt keine {count} Spalten mehr.").format(
                at=extension.last.at, year=extension.last.year.shown, count=len(extension.years)
            ),
            _("Bitte die Tabelle auf ein neues Blatt übernehmen."),
        )
