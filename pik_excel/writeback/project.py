"""How is a projection written into its workbook? New year columns, headed and formatted as the last one, with formulas.

First what an earlier run wrote by assumptions that have changed is written anew; then the years of a passed "2027 ff."
become columns; then the lists of measures go on, by the projection of what the workbook states then. Where something
stands to the right, columns are inserted. The values stored with the formulas come from the projection, in Decimal; the
engine computes them a second time, and where the two disagree nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pik_excel.budget.tables import Kind
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.language import _, plural
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import CellEdit
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.move import Move
from pik_excel.projection.lists import left_out
from pik_excel.projection.place import main_tables
from pik_excel.projection.project import continued, project
from pik_excel.projection.record import ProjectedMeasure, Projection
from pik_excel.projection.rules import rules
from pik_excel.records import dataclass
from pik_excel.schema import Schema
from pik_excel.writeback.charts import with_longer_charts
from pik_excel.writeback.extension import Extension, Homes, extensions, open_extensions
from pik_excel.writeback.figures import Skipped, left_standing
from pik_excel.writeback.nameable import refuse_unless_nameable
from pik_excel.writeback.open_end import opened, ruled
from pik_excel.writeback.plan import Plan, plan_alongside, plan_of
from pik_excel.writeback.recognition import refuse_unless_recognised
from pik_excel.writeback.relocation import Relocation
from pik_excel.writeback.renewal import Renewal, Renewed, remembering_plans, renewed, typed_over
from pik_excel.writeback.room import Room, with_room
from pik_excel.writeback.writing import Outcome, WrittenCell, cells_of, joined, written

__all__ = ["Written", "WrittenCell", "project_edits"]


@dataclass(frozen=True)
class Written:
    """The workbook with the projection in it; `package` is the one given where nothing had to be written.

    `projection` is the one that was written, its addresses those of the written workbook. `not_evaluated` are formulas,
    written ones and such as depend on them, without a stored value any more (Excel computes them on opening);
    `skipped` are amounts of the projection that no cell was written for; `turned` are sheets whose page was set to
    landscape, since their wider table would have been printed too small; `remarks` say in sentences what else a person
    should know. `moves` are the columns that were inserted, one after the other.
    """

    package: Package
    projection: Projection
    edits: tuple[CellEdit, ...] = ()
    not_evaluated: tuple[Address, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    turned: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    made: tuple[str, ...] = ()  # sheets that are new
    compared: tuple[Projection, ...] = ()  # the same years in each scenario
    renewed: tuple[Renewed, ...] = ()  # cells of an earlier run that have another formula now
    again: Reading | None = None  # the workbook with the columns in it, where it was read again
    moves: tuple[Move, ...] = ()

    @property
    def cells(self) -> tuple[WrittenCell, ...]:
        """What was written, for people."""
        return cells_of(self.edits)


@dataclass(frozen=True)
class _Step:
    """The workbook after one step: what was written so far, by which plans, those of `lists` in main lists, and the
    projection of what it states then; `not_evaluated` lost their value when columns were inserted."""

    outcome: Outcome
    reading: Reading
    projection: Projection
    plans: tuple[Plan, ...] = ()
    lists: tuple[Plan, ...] = ()
    not_evaluated: tuple[Address, ...] = ()
    grown: tuple[Extension, ...] = ()
    renewed: tuple[Renewed, ...] = ()
    again: Reading | None = None
    moves: tuple[Move, ...] = ()


def project_edits(package: Package, reading: Reading, projection: Projection) -> Written:
    """Write the projection's years into a copy of the workbook; raises `NotWritten` where that cannot be done without
    loss or risk, or where the engine computes another value than the projection."""
    refuse_unless_nameable((projection.reading or reading).budget)
    first = _with_open_years(renewed(package, projection.reading or reading, projection))
    last = _with_lists(first)
    plans = last.plans
    new = with_longer_charts(last.outcome.package, last.grown)
    if any(plan.cells for plan in last.lists):
        new = remembering_plans(new, last.reading, last.projection, last.lists)
    return Written(
        package=new,
        projection=last.projection,
        edits=last.outcome.edits,
        not_evaluated=tuple(dict.fromkeys((*last.outcome.not_evaluated, *last.not_evaluated))),
        skipped=(
            *(one for plan in plans for one in plan.skipped),
            *_without_row(last.projection, last.lists),
            *left_standing(last.reading, last.projection),
            *typed_over(last.reading, last.projection),
        ),
        renewed=last.renewed,
        again=last.again,
        moves=last.moves,
        turned=last.outcome.turned,
        remarks=(
            *(str(one) for plan in plans for one in plan.remarks),
            *_by_default(last.reading, last.projection, last.lists),
            *_without_effect(last.projection, last.lists),
            *_not_counted(last.projection),
            *_one_column_each(last.lists),
            *_turned(last.outcome.turned),
            *left_out(last.reading.budget),
        ),
    )


def _with_open_years(start: Renewal) -> _Step:
    """The workbook with the years of each passed "2027 ff." in columns of their own, and its projection."""
    package, reading, projection = start.outcome.package, start.reading, start.projection
    to = projection.years[-1]
    wanted = open_extensions(reading.budget.measure_tables, to)
    if not wanted:
        return _Step(start.outcome, reading, projection, renewed=start.cells)
    room = with_room(package, reading, wanted)
    found, passed = room.extended(open_extensions(room.reading.budget.measure_tables, to))
    beside = (plan_alongside(one, room.reading) for one in passed)
    plans = (*opened(found, room.reading), *beside)
    outcome = written(room.package, room.reading.workbook, plans)
    schema = _schema(projection)
    fresh = read_budget(read_workbook(outcome.package), schema)
    refuse_unless_recognised(reading, fresh, plans)
    again = project(fresh, schema, to, projection.scenario, projection.overrides)
    grown = tuple(replace(plan.extension, measures=()) for plan in plans)
    where = Relocation(room.reading.workbook, room.moves)
    return _Step(
        joined(start.outcome, outcome, where),
        again.reading or fresh,
        again,
        plans,
        not_evaluated=room.not_evaluated,
        grown=grown,
        renewed=where.of(start.cells),
        moves=room.moves,
    )


def _with_lists(first: _Step) -> _Step:
    """The workbook with the lists of measures going on too, each cell of both steps as it stands in the end."""
    projection, before = first.projection, first.reading
    room = with_room(first.outcome.package, before, extensions(projection, before.budget.measure_tables))
    reading, inserted = room.reading, room.package is not first.outcome.package
    if inserted:
        schema, to = _schema(projection), projection.years[-1]
        projection = continued(reading, schema, to, projection.scenario, projection.overrides, before=projection)
    wanted, passed = room.extended(extensions(projection, reading.budget.measure_tables))
    beside = (plan_alongside(one, reading) for one in passed)
    plans = (*(plan_of(one, reading, projection) for one in wanted), *beside)
    where = Relocation(reading.workbook, room.moves)
    by_rule = [plan for plan in _left_to_rules(first.plans, room, projection, where) if plan.cells]
    outcome = written(room.package, reading.workbook, [*plans, *by_rule])
    room = replace(room, package=outcome.package)  # what lay between the two is large, and is not needed any more
    again = None
    if inserted:
        again = read_budget(read_workbook(outcome.package), _schema(projection))
        refuse_unless_recognised(before, again, plans)
    lists = (*plans, *by_rule)
    earlier = [replace(one, remarks=where.of(one.remarks), skipped=where.of(one.skipped)) for one in first.plans]
    unsure = (*map(where.address, first.not_evaluated), *room.not_evaluated)
    grown = (*map(where.of, first.grown), *(replace(plan.extension, measures=()) for plan in plans))
    return _Step(
        outcome=joined(first.outcome, outcome, where),
        reading=reading,
        projection=projection,
        plans=(*earlier, *lists),
        lists=lists,
        not_evaluated=unsure,
        grown=tuple(grown),
        renewed=where.of(first.renewed),
        again=again,
        moves=(*first.moves, *room.moves),
    )


def _left_to_rules(plans: Iterable[Plan], room: Room, projection: Projection, where: Relocation) -> Iterator[Plan]:
    """What the rules fill in where an open end that was passed said nothing, in the main lists."""
    mains = main_tables(room.reading.budget.measure_tables)
    homes = Homes.of(projection, mains)
    columns = [(table, {column.at for column in table.columns}) for table in mains]
    for plan in plans:
        years = {where.address(at) for at in plan.extension.headed.values()}
        for table, there in columns:
            if years <= there:
                own = Extension(table, plan.extension.years, homes.written_in(table))
                yield ruled(own, room.reading, projection)


def _schema(projection: Projection) -> Schema:
    assert projection.continuation is not None
    return projection.continuation.schema


def _by_default(reading: Reading, projection: Projection, plans: Iterable[Plan]) -> Iterator[str]:
    """That measures went on by the schema's rule, because nothing is assumed for them."""
    written = [measure for plan in plans for _row, measure in plan.extension.measures]
    count = sum(not measure.line.assumptions for measure in written if _goes_on(measure))
    if not count or projection.continuation is None:
        return
    rule = projection.continuation.schema.projection.default_rule
    if not reading.budget.assumptions:
        yield _("Die Mappe hat kein Blatt „Annahmen“; es gilt die Regel „{rule}“ (letzter Betrag).").format(rule=rule)
        return
    yield plural(
        "Für eine Maßnahme steht nichts in „Annahmen“; es gilt die Regel „{rule}“ (letzter Betrag).",
        "Für {count} Maßnahmen steht nichts in „Annahmen“; es gilt die Regel „{rule}“ (letzter Betrag).",
        count,
    ).format(count=count, rule=rule)


def _without_effect(projection: Projection, plans: Iterable[Plan]) -> Iterator[str]:
    """Assumptions that are filled in and that the rule of their measure does not look at."""
    assert projection.continuation is not None
    schema = projection.continuation.schema
    for measure in (measure for plan in plans for _row, measure in plan.extension.measures):
        row = measure.line.assumption
        if row is None or measure.rule is None or rules()[measure.rule].limited:
            continue
        found = [key for key in ("dynamisierung", "hoechstbetrag") if (one := row.field(key)) and one.value]
        if found:
            yield _("{at}: {fields} hat bei der Regel „{rule}“ keine Wirkung.").format(
                at=row.fields[found[0]].at,
                fields=", ".join(schema.fields[key].name for key in found),
                rule=measure.rule,
            )


def _not_counted(projection: Projection) -> Iterator[str]:
    """Stands that are taken over from the year before are no need of the year, and what is taken over from other sheets
    counts there."""
    carried = [measure for measure in projection.measures if measure.carried is not None]
    elsewhere = [measure for measure in carried if measure.carried is not None and measure.carried.same_year]
    if elsewhere:
        yield plural(
            "{at}: eine Zeile übernimmt Beträge anderer Blätter; sie zählen dort zum Finanzbedarf, nicht zweimal.",
            "{at}: {count} Zeilen übernehmen Beträge anderer Blätter; sie zählen dort zum Finanzbedarf, nicht zweimal.",
            len(elsewhere),
        ).format(at=elsewhere[0].at, count=len(elsewhere))
    tables = (row.table for measure in projection.measures if not measure.counts for row in measure.line.rows)
    for sheet, area in dict.fromkeys((table.sheet, table.area) for table in tables if table.of_days):
        yield _("{table}: Stände an Stichtagen zählen nicht zum Finanzbedarf.").format(table=f"{sheet}!{area.a1}")
    for measure in carried:
        if measure not in elsewhere:
            yield _("{at}: „{measure}“ übernimmt den Stand des Vorjahrs und zählt nicht zum Finanzbedarf.").format(
                at=measure.at, measure=measure.name
            )


def _one_column_each(plans: Iterable[Plan]) -> Iterator[str]:
    """That later years have the valid column only, where earlier ones have Entwurf and Änderung besides."""
    for extension in (plan.extension for plan in plans):
        last = extension.last
        several = sum(column.year.value == last.year.value for column in extension.closed) > 1
        if several and last.year.kind is not Kind.RESULT:
            yield _("{at}: neue Jahre haben nur diese Spalte; die übrigen eines Jahres gibt es bis {year}.").format(
                at=last.at, year=last.year.value
            )


def _goes_on(measure: ProjectedMeasure) -> bool:
    return any(part.by_rule for amount in measure.amounts for part in amount.parts)


def _turned(sheets: Sequence[str]) -> Iterator[str]:
    if sheets:
        yield plural(
            "Im Querformat gedruckt wird jetzt {sheets}; im Hochformat wäre die Schrift zu klein.",
            "Im Querformat gedruckt werden jetzt {sheets}; im Hochformat wäre die Schrift zu klein.",
            len(sheets),
        ).format(sheets=", ".join(_("„{name}“").format(name=sheet) for sheet in sheets))


def _without_row(projection: Projection, plans: Iterable[Plan]) -> tuple[Skipped, ...]:
    """Measures with amounts in years that were written, and no row in any table that was extended."""
    plans = list(plans)
    years = sorted({year for plan in plans for year in plan.extension.years})
    rows = {id(measure) for plan in plans for _row, measure in plan.extension.measures}
    reason = _("hat keine Zeile in den fortgeschriebenen Tabellen")
    if len(plans) == 1:
        reason = _("hat keine Zeile in „{sheet}“").format(sheet=plans[0].extension.table.sheet)
    return tuple(
        Skipped(measure.name, measure.at, stated, reason)
        for measure in projection.measures
        if id(measure) not in rows and (stated := tuple(year for year in years if measure.amount(year).value))
    )
