"""Which cells of an earlier projection must hold another formula now, because the assumptions have changed?

Only cells that stand as an earlier run wrote them in the same scenario are written anew, or emptied where the rule
gives nothing any more; where somebody typed, that stays and is named. See `projection.own_cells`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from pik_excel.budget.money import Amount
from pik_excel.budget.tables import MeasureTable
from pik_excel.grid.own import WRITTEN
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import Blank, Formula
from pik_excel.ooxml.names import hidden_names
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.projection.lines import Row, repeats
from pik_excel.projection.own_cells import MOST, OwnCell, OwnCells, with_written
from pik_excel.projection.place import MainTables, home_row, last_year, main_tables, place_in
from pik_excel.projection.project import project
from pik_excel.projection.record import ProjectedMeasure, Projection
from pik_excel.records import dataclass
from pik_excel.writeback.extension import Extension
from pik_excel.writeback.figures import Figure, Skipped, figures
from pik_excel.writeback.plan import NewCell, Plan, figure_cell
from pik_excel.writeback.writing import Outcome, written


@dataclass(frozen=True)
class Renewed:
    """A cell of an earlier projection with another formula; None where it was or is empty. What a cell shows stands as
    plain text in the unit of its table."""

    at: Address
    measure: str
    year: int
    old: str | None
    old_value: str | None
    new: str | None
    new_value: str | None


@dataclass(frozen=True)
class Renewal:
    """The workbook with these cells, and its projection; the ones given where none had to be written."""

    outcome: Outcome
    reading: Reading
    projection: Projection
    cells: tuple[Renewed, ...] = ()


@dataclass(frozen=True)
class _Standing:
    """A cell of the list in a year, and the scenario in which it was written as it stands, None for the staff's own."""

    row: Row
    year: int
    amount: Amount
    scenario: str | None


def renewed(package: Package, reading: Reading, projection: Projection) -> Renewal:
    """Write anew what must be another formula; raises `NotWritten` where that cannot be done without loss or risk."""
    mains = main_tables(reading.budget.measure_tables)
    found = {at: pair for measure in projection.measures for at, pair in _due(measure, mains, reading, projection)}
    if not found:
        return Renewal(Outcome(package), reading, projection)
    tables = {id(one.row.table): one.row.table for one, _new in found.values()}
    plans = [
        Plan(_beside(table), {at: new for at, (one, new) in found.items() if one.row.table is table})
        for table in tables.values()
    ]
    outcome = written(package, reading.workbook, plans)
    own = with_written(projection.own, reading, [_own(one, new, projection) for one, new in found.values()])
    outcome = replace(outcome, package=remembering(outcome.package, own))
    schema = projection.continuation.schema  # type: ignore[union-attr]  # a projection that is written has one
    fresh = read_budget(read_workbook(outcome.package), schema)
    again = project(fresh, schema, projection.years[-1], projection.scenario, projection.overrides)
    stored = {one.at: one.value for one in outcome.cells}
    cells = tuple(_told(one, new, stored.get(at)) for at, (one, new) in found.items())
    return Renewal(outcome, again.reading or fresh, again, cells)


def remembering(package: Package, own: OwnCells) -> Package:
    """The workbook with that remembered in its hidden names; without, where it is too much."""
    if len(own.entries) > MOST:
        return package
    return patched(package, [], hidden_names(package, WRITTEN, own.names()))


def remembering_plans(package: Package, reading: Reading, projection: Projection, plans: Iterable[Plan]) -> Package:
    """The workbook with the plans written, with that remembered: their figures, and what still stands from earlier
    runs."""
    plans, mains = tuple(plans), main_tables(reading.budget.measure_tables)
    still = [
        OwnCell(one.amount.at, one.row.measure.name, one.year, one.scenario, one.amount.formula, one.row.table.status)
        for measure in projection.measures
        for one in _standing(measure, mains, projection)
        if one.scenario is not None
    ]
    scenario = projection.scenario
    if projection.own.are_too_many_with(chain(still, _new(plans, scenario))):  # which it knows before it has seen all
        return package
    headed = [(at, year) for plan in plans for year, at in plan.extension.headed.items()]
    return remembering(package, with_written(projection.own, reading, [*still, *_new(plans, scenario)], headed))


def typed_over(reading: Reading, projection: Projection) -> Iterator[Skipped]:
    """Cells that an earlier run wrote and in which somebody typed since."""
    mains = main_tables(reading.budget.measure_tables)
    for measure in projection.measures:
        typed = [one for one in _standing(measure, mains, projection) if _is_typed(one, measure)]
        if typed:
            reason = _("von Hand geändert, das bleibt")
            yield Skipped(measure.name, typed[0].amount.at, tuple(one.year for one in typed), reason)


def _due(
    measure: ProjectedMeasure, mains: MainTables, reading: Reading, projection: Projection
) -> Iterator[tuple[Address, tuple[_Standing, NewCell]]]:
    """The cells of a measure that must be another, with what they are to hold."""
    own = [one for one in _standing(measure, mains, projection) if _may_be_renewed(one, projection)]
    if not own:
        return
    together = _wanted([one.year for one in own], measure, own[0].row, reading, projection)
    for one in own:
        figure = together.get(one.year)
        if figure is None:
            if one.amount.formula is not None:
                yield one.amount.at, (one, NewCell(Blank(), None))
            continue
        alone = _wanted([one.year], measure, one.row, reading, projection).get(one.year, figure)
        if one.amount.formula not in (figure.term.text, alone.term.text):
            yield one.amount.at, (one, figure_cell(figure))


def _wanted(
    years: list[int], measure: ProjectedMeasure, row: Row, reading: Reading, projection: Projection
) -> dict[int, Figure]:
    """What would be written in these years if their columns were new."""
    place = place_in(row.table, reading.workbook).in_row(row)
    by_column = {place.columns[year]: year for year in years}
    found = figures(years, measure, row, place, projection)
    return {by_column[one.at.column]: one for one in found if isinstance(one, Figure)}


def _standing(measure: ProjectedMeasure, mains: MainTables, projection: Projection) -> Iterator[_Standing]:
    """The cells of the measure's row of which something is remembered, year by year."""
    own = projection.own
    if not own.entries:
        return
    row = home_row(measure.line, mains)
    if row is None:
        return
    names = measure.line.names(row)
    for year in sorted({column.year.value for column in row.table.columns if not column.year.open_ended}):
        stated = row.stated(year) if own.once_wrote(names, year) else None
        if stated is not None:
            yield _Standing(row, year, stated[1], own.scenario_of(names, year, stated[1]))


def _may_be_renewed(one: _Standing, projection: Projection) -> bool:
    """Not in another scenario than the one it was written in; what was left empty may be filled in any."""
    if one.scenario is None:
        return False
    return one.scenario == projection.scenario or one.amount.formula is None


def _is_typed(one: _Standing, measure: ProjectedMeasure) -> bool:
    if one.scenario is not None or one.year not in [amount.year for amount in measure.amounts]:
        return False
    known = any(part.by_rule and part.at == one.amount.at for part in measure.amount(one.year).parts)
    others = (pair[1] for row in measure.line.rows if row is not one.row and (pair := row.stated(one.year)))
    return not known and not any(repeats(one.amount, other) for other in others)


def _new(plans: Iterable[Plan], scenario: str) -> Iterator[OwnCell]:
    """The figures of the plans, and the cells they leave empty among them."""
    for plan in plans:
        yield from _new_of(plan, scenario)


def _new_of(plan: Plan, scenario: str) -> Iterator[OwnCell]:
    table = plan.extension.table
    years = {column.at.column: column.year.value for column in table.columns}
    years |= {column: year for year, column in plan.extension.columns.items()}
    new = set(plan.extension.columns.values())
    for row, _measure in plan.extension.measures:
        for column, year in years.items():
            at = Address(table.sheet, row.measure.at.row, column)
            cell = plan.cells.get(at)
            if cell is not None or column in new:
                yield OwnCell(at, row.measure.name, year, scenario, _formula(cell), table.status)


def _own(one: _Standing, new: NewCell, projection: Projection) -> OwnCell:
    table = one.row.table
    return OwnCell(one.amount.at, one.row.measure.name, one.year, projection.scenario, _formula(new), table.status)


def _formula(cell: NewCell | None) -> str | None:
    return cell.content.text if cell is not None and isinstance(cell.content, Formula) else None


def _beside(table: MeasureTable) -> Extension:
    """The table as one of which no column is new."""
    return Extension(table, (last_year(table) + 1,))


def _told(one: _Standing, new: NewCell, value: str | None) -> Renewed:
    stated = one.amount.stated
    old = None if stated is None else f"{stated:f}"
    return Renewed(one.amount.at, one.row.measure.name, one.year, one.amount.formula, old, _formula(new), value)
