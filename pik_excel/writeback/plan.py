"""What comes to stand in each new cell of a table that is extended, and in which format?

Row by row as in the last column: its format, its heading for the later year, its measure's figure, its total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from pik_excel.budget.tables import Kind
from pik_excel.errors import NotWritten
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.structured import table_at, table_heading
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import Blank, Content, Formula, Number, Text
from pik_excel.projection.elsewhere import Elsewhere
from pik_excel.projection.lines import Row
from pik_excel.projection.place import main_tables, place_in
from pik_excel.projection.record import Projection
from pik_excel.projection.term import Term
from pik_excel.records import dataclass
from pik_excel.writeback.extension import Extension
from pik_excel.writeback.figures import Figure, Skipped, figures
from pik_excel.writeback.filling import filled
from pik_excel.writeback.headings import heading, in_words_of, kind_of_later_years, later_text
from pik_excel.writeback.row_totals import row_totals, span
from pik_excel.writeback.totals import held_totals, left_empty, total_figures

_NO_HEAD = Cell(0, 0, None)  # gives no heading for another year


class NewCell(NamedTuple):
    """A cell to write. `expected` is what its formula must give; `own`: the formula is the staff's own, moved over, so
    that what it gives is what counts. `projected`: a rule gives it, and it is shown in italics."""

    content: Content
    style: int | None
    expected: Decimal | None = None
    own: bool = False
    projected: bool = False


@dataclass(frozen=True)
class Remark:
    """What a person should know of a cell, in a sentence."""

    at: Address
    text: str

    def __str__(self) -> str:
        return f"{self.at}: {self.text}"


@dataclass(frozen=True)
class Plan:
    """The cells of one table that are written, new ones from left to right and top to bottom, then the row totals that
    grow; the figures that got none; and what a person should know."""

    extension: Extension
    cells: dict[Address, NewCell]
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[Remark, ...] = ()


def plan_of(extension: Extension, reading: Reading, projection: Projection) -> Plan:
    """The plan for one list; raises `NotWritten` where a heading cannot be formed."""
    found, skipped = _figures(extension, projection, reading.workbook)
    found |= _taken_over(extension, reading, projection)
    for year in extension.years:
        found |= _totals(extension, reading.workbook, year, found)
    return completed(extension, reading, found, skipped)


def plan_alongside(extension: Extension, reading: Reading) -> Plan:
    """The plan for a table through which columns were inserted for another list: headings and totals, no figures."""
    found: dict[Address, NewCell] = {}
    for year in extension.years:
        found |= _totals(extension, reading.workbook, year, found)
    plan = completed(extension, reading, found, ())
    text = _("die Spalten {years} sind hier mit eingefügt, ohne Beträge.").format(years=span(extension.years))
    return replace(plan, remarks=(Remark(next(iter(extension.headed.values())), text), *plan.remarks))


def completed(
    extension: Extension, reading: Reading, figures: Mapping[Address, NewCell], skipped: tuple[Skipped, ...]
) -> Plan:
    """The plan with these figures and totals, and with all else that belongs to new columns."""
    workbook = reading.workbook
    sheet = workbook.sheet(extension.table.sheet)
    assert sheet is not None
    found = dict(figures)
    kind = kind_of_later_years(extension.table, reading.budget.measure_tables)
    for year in extension.years:
        found |= _headings(extension, sheet, year, kind, workbook.calculation.date1904)
    found |= _followers(extension, workbook, found)
    _be_seen(extension, sheet)
    seen = [at for at in found if _over(at, sheet) is None] if sheet.merges else found
    order = sorted(seen, key=attrgetter("column", "row"))
    sums = row_totals(extension, workbook)
    grown = {at: NewCell(Formula(formula), None, own=True) for at, formula in sums.grown.items()}
    stay = (Remark(at, text) for at, text in sums.stay.items())
    remarks = (*_not_filled(extension, figures), *_held(extension, figures), *stay)
    return Plan(extension, {at: found[at] for at in order} | grown, skipped, remarks)


def _not_filled(extension: Extension, written: Mapping[Address, NewCell]) -> Iterator[Remark]:
    years = span(extension.years)
    for at in left_empty(extension, written):
        text = _("die Summe rechnet nicht nur mit ihrer Tabelle und bleibt {years} leer; bitte nach rechts ausfüllen.")
        yield Remark(at, text.format(years=years))


def _held(extension: Extension, written: Mapping[Address, NewCell]) -> Iterator[Remark]:
    for last in held_totals(extension):
        if last.at._replace(column=extension.area.left) in written:
            text = _("der Betrag ist eingetippt und keine Summe der Zeilen; {years} wie zuletzt, bitte prüfen.")
            yield Remark(last.at, text.format(years=span(extension.years)))


def _followers(extension: Extension, workbook: Workbook, found: Mapping[Address, NewCell]) -> dict[Address, NewCell]:
    """Every new cell in the format of the last column, also where it stays empty."""
    told = rows_with_a_meaning(extension)
    sheet = workbook.sheet(extension.table.sheet)
    assert sheet is not None
    cells = {}
    for row in _rows(extension, sheet):
        model = sheet.cells.get((row, extension.last.at.column))
        if model is None:
            continue
        before, like_it = None, None
        for column in extension.columns.values():
            at = sheet.address(row, column)
            new = found.get(at) or (_standing(at, workbook) if sheet.tables else None)
            new = new or _follower(model, at, workbook, row in told)
            if new is not before or like_it is None:
                before, like_it = new, NewCell(new.content, model.style, new.expected, new.own, new.projected)
            cells[at] = like_it
    return cells


def _over(at: Address, sheet: Sheet) -> Area | None:
    """The merged cells under which the cell lies, as in a heading over all years."""
    hiding = (area for area in sheet.merges if area.holds(*at[1:]) and (at.row, at.column) != (area.top, area.left))
    return next(hiding, None)


def _be_seen(extension: Extension, sheet: Sheet) -> None:
    """Raises `NotWritten` where the heading of a new year would lie under merged cells: the year would be told nowhere,
    and formulas that ask for it would find nothing."""
    for year, column in extension.columns.items():
        at = sheet.address(extension.last.at.row, column)
        if (area := _over(at, sheet)) is not None:
            raise NotWritten(
                "heading-merged",
                _("{at}: die Überschrift „{year}“ hat keinen Platz, dort sind die Zellen {area} verbunden.").format(
                    at=at, year=year, area=area.a1
                ),
                _("Bitte die Verbindung in Excel aufheben (Start, Verbinden und zentrieren) und noch einmal aufrufen."),
            )


def _figures(
    extension: Extension, projection: Projection, workbook: Workbook
) -> tuple[dict[Address, NewCell], tuple[Skipped, ...]]:
    cells: dict[Address, NewCell] = {}
    skipped: list[Skipped] = []
    table = place_in(extension.table, workbook, extension.columns)
    for row, measure in extension.measures:
        place = table.in_row(row)
        latest: tuple[Term, NewCell] | None = None  # in many years a rule gives the same
        for found in figures(extension.years, measure, row, place, projection):
            if isinstance(found, Skipped):
                _note(skipped, found)
                continue
            if latest is None or latest[0] is not found.term:
                latest = found.term, figure_cell(found)
            cells[found.at] = latest[1]
    return cells, tuple(skipped)


def _taken_over(extension: Extension, reading: Reading, projection: Projection) -> dict[Address, NewCell]:
    """The rows of a measure that goes on in another list, from which they take it over by their formula."""
    table, last = extension.table, extension.last.at.column
    own = {row.measure.at for row, _measure in extension.measures}
    rest = [measure for measure in table.measures if measure.at not in own]
    ends = [(measure, one) for measure in rest for one in measure.amounts if one.at.column == last and one.formula]
    if not extension.measures or not any("!" in (one.formula or "") for _measure, one in ends):
        return {}
    elsewhere = Elsewhere(main_tables(reading.budget.measure_tables), reading.workbook)
    amounts = {measure.at: measure for measure in projection.measures}
    cells: dict[Address, NewCell] = {}
    for measure, one in ends:
        sources = elsewhere.sources(Row(table, measure))
        for year, column in extension.columns.items() if sources and sources.keys() <= amounts.keys() else ():
            values = [(amounts[at].amount(year).value or Decimal(0)) * times for at, times in (sources or {}).items()]
            value = sum(values, Decimal(0)) / one.unit.factor
            formula = Formula(filled(one.formula or "", one.at, column - last, reading.workbook), value)
            cells[one.at._replace(column=column)] = NewCell(formula, None, value, own=True)
    return cells


def figure_cell(figure: Figure) -> NewCell:
    """The cell of a figure, in a format yet to be said."""
    formula = Formula(figure.term.text, figure.term.value)
    return NewCell(formula, None, figure.term.value, projected=figure.by_rule)


def _note(skipped: list[Skipped], found: Skipped) -> None:
    """Add it, years left empty for the same reason to one entry."""
    known = skipped[-1] if skipped else None
    if known is not None and (known.measure, known.at.row, known.reason) == (found.measure, found.at.row, found.reason):
        skipped[-1] = replace(known, years=known.years + found.years)
    else:
        skipped.append(found)


def _totals(
    extension: Extension, workbook: Workbook, year: int, cells: Mapping[Address, NewCell]
) -> dict[Address, NewCell]:
    if not extension.table.totals:
        return {}
    written = {(at.row, at.column): new.expected for at, new in cells.items() if new.expected is not None}
    return {
        total.at: NewCell(Formula(total.term.text, total.term.value), None, total.term.value, total.moved, total.held)
        for total in total_figures(extension, workbook, written, year)
    }


def _headings(extension: Extension, sheet: Sheet, year: int, kind: Kind, date1904: bool) -> dict[Address, NewCell]:
    """The heading of the year, and what else the header says above or below that of the last one ("TEUR")."""
    at, column, last = extension.last.at, extension.columns[year], extension.last.year.value
    head = _head(sheet, at)
    found = {sheet.address(at.row, column): NewCell(heading(head, at, last, year, kind, date1904), None)}
    for row in extension.table.header_rows:
        cell = sheet.cells.get((row, at.column))
        if row != at.row and cell is not None and isinstance(cell.value, str) and not cell.has_formula:
            text = later_text(cell.value, last, year) or cell.value
            found[sheet.address(row, column)] = NewCell(Text(in_words_of(kind, text)), None)
    return {at: new._replace(content=_as_named(new.content, at, sheet)) for at, new in found.items()}


def _head(sheet: Sheet, at: Address) -> Cell:
    """The cell that heads the last column, that of its neighbours where they share one: "2027" over Entwurf and neu."""
    there = (sheet.cells.get((at.row, column)) for column in range(at.column, 0, -1))
    return next((cell for cell in there if cell is not None and (cell.value is not None or cell.has_formula)), _NO_HEAD)


def _as_named(content: Content, at: Address, sheet: Sheet) -> Content:
    """The heading as the column of the Excel table is called, where the cell is one of its headers."""
    name = table_heading(sheet.tables, at.row, at.column)
    if name is None or (isinstance(content, Number) and f"{content.value:f}" == name):
        return content
    return Text(name)


def _rows(extension: Extension, sheet: Sheet) -> Iterator[int]:
    """The rows of the table, and those above it that only carry a format, up to the next that says something."""
    area, last = extension.area, extension.last.at.column
    yield from range(area.top, area.bottom + 1)
    for row in range(area.top - 1, 0, -1):
        cells = [sheet.cells.get((row, column)) for column in (last, *extension.columns.values())]
        if any(cell is not None and (cell.value is not None or cell.has_formula) for cell in cells):
            return
        yield row


def rows_with_a_meaning(extension: Extension) -> set[int]:
    """The rows of headings, measures and totals: what is written there is known, or left out on purpose."""
    table = extension.table
    measures, totals = ({one.at.row for one in table.measures}, {one.at.row for one in table.totals})
    return {*table.header_rows, *measures, *totals}


def _standing(at: Address, workbook: Workbook) -> NewCell | None:
    """What an Excel table put into its header or totals row when it grew."""
    cell, sheet = workbook.cell(at), workbook.sheet(at.sheet)
    table = table_at(sheet.tables, at.row, at.column) if sheet is not None else None
    if cell is None or table is None:
        return None
    if cell.formula is not None:
        return NewCell(Formula(cell.formula), None, own=True)
    return NewCell(Text(cell.value), None) if isinstance(cell.value, str) else None


def _follower(model: Cell, at: Address, workbook: Workbook, known: bool) -> NewCell:
    """A cell that is no heading, figure or total: empty, or the formula beside it moved over ("Anteil in %")."""
    if known or model.formula is None:
        return NewCell(Blank(), None)
    there = at._replace(column=model.column)
    return NewCell(Formula(filled(model.formula, there, at.column - model.column, workbook)), None, own=True)
