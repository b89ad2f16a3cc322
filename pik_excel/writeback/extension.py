"""Which tables get new year columns, and where?

The lists of measures that end before the year asked for go on to the right of their last column, one column a year.
Where something stands there, columns would have to be inserted: that is refused, with the place and the next step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pik_excel.budget.tables import Kind, MeasureTable, YearColumn
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import MAX_COLUMN, Address, Area, column_letters
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _, plural
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.package import Package
from pik_excel.projection.lines import Row
from pik_excel.projection.place import home_row, last_column, last_year, main_tables
from pik_excel.projection.record import ProjectedMeasure, Projection
from pik_excel.writeback.drawings import drawn_areas


@dataclass(frozen=True)
class Extension:
    """A table and the years that are appended to it; `measures` are those written in one of its rows."""

    table: MeasureTable
    years: tuple[int, ...]
    measures: tuple[tuple[Row, ProjectedMeasure], ...]

    @property
    def last(self) -> YearColumn:
        """The column that the new ones follow."""
        return last_column(self.table)

    @property
    def columns(self) -> Mapping[int, int]:
        """Where each new year comes to stand."""
        return {year: self.last.at.column + index for index, year in enumerate(self.years, 1)}

    @property
    def area(self) -> Area:
        """The cells that are new."""
        first = self.last.at.column + 1
        top = min([self.table.area.top, self.last.at.row, *self.table.header_rows])
        return Area(top, first, self.table.area.bottom, first + len(self.years) - 1)


def extensions(package: Package, reading: Reading, projection: Projection) -> tuple[Extension, ...]:
    """The tables to extend; none where all reach the last year. Raises `NotWritten` where one cannot be."""
    tables = reading.budget.measure_tables
    to = projection.years[-1]
    for table in tables:
        _refuse_open_end(table, to)
    mains = main_tables(tables)
    found = tuple(
        Extension(table, tuple(range(last_year(table) + 1, to + 1)), _written_in(table, mains, projection))
        for table in mains
        if last_year(table) < to and not _is_record_of_results(table) and not _superseded(table, mains, projection)
    )
    for extension in found:
        sheet = reading.workbook.sheet(extension.table.sheet)
        assert sheet is not None
        _refuse_unordered(extension)
        _refuse_without_room(sheet, extension, drawn_areas(package, sheet.name))
    return found


def _written_in(
    table: MeasureTable, mains: tuple[MeasureTable, ...], projection: Projection
) -> tuple[tuple[Row, ProjectedMeasure], ...]:
    rows = ((home_row(measure.line, mains), measure) for measure in projection.measures)
    return tuple((row, measure) for row, measure in rows if row is not None and row.table is table)


def _is_record_of_results(table: MeasureTable) -> bool:
    return all(column.year.kind is Kind.RESULT for column in table.columns)


def _superseded(table: MeasureTable, mains: tuple[MeasureTable, ...], projection: Projection) -> bool:
    """Whether most of the table's measures go on in a list that reaches further: 2020/2021 beside 2022/2023."""
    own = [measure for measure in projection.measures if any(row.table is table for row in measure.line.rows)]
    later = [measure for measure in own if (row := home_row(measure.line, mains)) and row.table is not table]
    return 2 * len(later) > len(own)


def _refuse_open_end(table: MeasureTable, to: int) -> None:
    last = last_column(table)
    if not last.year.open_ended or last.year.value >= to:
        return
    raise NotWritten(
        "open-ended-column",
        _(
            "{at}: die Spalte „{year}“ gilt für {first} und alle folgenden Jahre; Spalten bis {to} müssten davor "
            "eingefügt werden."
        ).format(at=last.at, year=last.year.shown, first=last.year.value, to=to),
        _(
            "Bitte bis {year} fortschreiben (--to {year}) oder die Jahre ab {year} in Excel als eigene Spalten führen."
        ).format(year=last.year.value),
    )


def _refuse_unordered(extension: Extension) -> None:
    last = extension.last
    if last.year.value == last_year(extension.table):
        return
    raise NotWritten(
        "years-not-ascending",
        _("{at}: rechts steht {year}, das späteste Jahr ist aber {latest}; angehängte Jahre stünden falsch.").format(
            at=last.at, year=last.year.shown, latest=last_year(extension.table)
        ),
        _("Bitte die Jahresspalten in Excel aufsteigend ordnen."),
    )


def _refuse_without_room(sheet: Sheet, extension: Extension, drawn: tuple[Area, ...]) -> None:
    last, new = extension.last, extension.area
    if new.right > MAX_COLUMN:
        raise _no_room(extension, last.at, _("das Blatt hat keine weiteren Spalten"))
    for at, what in _in_the_way(sheet, extension, drawn):
        raise _no_room(extension, at, what)


def _in_the_way(sheet: Sheet, extension: Extension, drawn: tuple[Area, ...]) -> Iterator[tuple[Address, str]]:
    """What stands in the new cells, the first first: the cell and what it is, in the user's words."""
    new, last = extension.area, extension.last.at.column
    filled = {at: cell for at, cell in sheet.cells.items() if new.holds(*at)}
    for place, cell in sorted(filled.items()):
        if cell.value is not None or cell.has_formula:
            yield sheet.address(*place), _("dort steht „{text}“").format(text=_shown(cell.value))
    for area in sheet.merges:
        if _meet(area, new):
            yield sheet.address(area.top, area.left), _("dort sind die Zellen {area} verbunden").format(area=area.a1)
    for table in sheet.tables:
        if _meet(table.area, Area(new.top, last, new.bottom, new.right)):
            at = sheet.address(table.area.top, table.area.left)
            yield at, _("dort liegt die Excel-Tabelle „{name}“").format(name=table.name)
    for area in drawn:
        if _meet(area, new):
            yield (
                sheet.address(area.top, area.left),
                _("dort liegt ein Diagramm oder Bild ({area})").format(area=area.a1),
            )
    for row, column in sorted(sheet.comments):
        if new.holds(row, column):
            yield sheet.address(row, column), _("dort hängt ein Kommentar")
    for column in range(new.left, new.right + 1):
        if column in sheet.hidden_columns:
            yield (
                sheet.address(new.top, column),
                _("die Spalte {column} ist ausgeblendet").format(column=column_letters(column)),
            )


def _no_room(extension: Extension, at: Address, what: str) -> NotWritten:
    count = len(extension.years)
    return NotWritten(
        "no-room",
        _("{at}: rechts von „{year}“ ist kein Platz für {count} {columns} ({first} bis {last}), {what}.").format(
            at=at,
            year=extension.last.year.shown,
            count=count,
            columns=plural("Spalte", "Spalten", count),
            first=extension.years[0],
            last=extension.years[-1],
            what=what,
        ),
        plural(
            "Bitte in Excel rechts neben der Spalte {column} eine leere Spalte schaffen und noch einmal aufrufen.",
            "Bitte in Excel rechts neben der Spalte {column} {count} leere Spalten schaffen und noch einmal aufrufen.",
            count,
        ).format(column=column_letters(extension.last.at.column), count=count),
    )


def _shown(value: object) -> str:
    text = " ".join(str(value if value is not None else "").split())
    return text if len(text) <= 40 else text[:39] + "…"


def _meet(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right
