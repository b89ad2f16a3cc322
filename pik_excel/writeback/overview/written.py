"""How does the sheet "Projektion" come into the workbook, and what happens to the one of an earlier run?

One that says the same stays as it is. One that says something else gives way to the new one in its place, and keeps
what was chosen in its switch; but not where somebody typed on it: then it stays, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal

from pik_excel.budget.money import Unit, same_money
from pik_excel.budget.tables import Assumption, Budget
from pik_excel.errors import NotWritten
from pik_excel.grid.own import PLAN_END, SHOWN_SCENARIO, STATE, own_projection, without_own_sheets
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Sheet, Value, Workbook
from pik_excel.language import _
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import CellEdit, Stored
from pik_excel.ooxml.graft import grafted
from pik_excel.ooxml.graft.naming import free_sheet_name
from pik_excel.ooxml.graft.removal import without_sheet
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.sheets import worksheets
from pik_excel.projection.calculated import calculated
from pik_excel.projection.horizon import plan_ends
from pik_excel.projection.place import digits_of, last_column, main_tables
from pik_excel.projection.project import continued, last_stated
from pik_excel.projection.record import Projection
from pik_excel.projection.scenario import BASIS
from pik_excel.recalc.values import recalculate
from pik_excel.records import dataclass
from pik_excel.schema import Schema
from pik_excel.writeback.overview.cells import Entry, Grid, Shown
from pik_excel.writeback.overview.content import PLAN_ROW, RULE, SWITCH_ROW, Content, Wanted, content
from pik_excel.writeback.overview.drawn import CHART_ROWS, drawn
from pik_excel.writeback.overview.law import law_of_the_plan
from pik_excel.writeback.overview.state import is_untouched, state_of

_LARGEST = Decimal("9.99999999999999E+307")  # Microsoft: Excel specifications and limits
MOST_CELLS = 40_000
"""Figures on the sheet; a longer list is not for a council, and the tables have it all."""


@dataclass(frozen=True)
class Overview:
    """The workbook with the sheet; the package given where nothing had to be written. `remark` says why it is not
    there, or not new; `not_evaluated` are its formulas without a stored value."""

    package: Package
    sheet: str = ""
    remark: str = ""
    not_evaluated: tuple[Address, ...] = ()
    wanted: Wanted | None = None  # what it is made from


def with_overview(
    package: Package,
    schema: Schema,
    to: int,
    scenario: str = BASIS,
    overrides: Iterable[Assumption] = (),
    read: Reading | None = None,
) -> Overview:
    """The workbook, whose tables are written to the year `to` already, with its sheet "Projektion". `read` is what
    stands in its cells, where that has been read already."""
    workbook = read_workbook(package)
    there = own_projection(workbook)
    old = workbook.sheet(there) if there is not None else None
    read = read or read_budget(workbook, schema)
    reading = calculated(replace(read, workbook=without_own_sheets(workbook)), schema)
    wanted = _wanted(reading, schema, to, scenario, tuple(overrides), old)
    name = there or _new_name(package)
    if is_too_long(wanted.projections[0]):
        return Overview(package, remark=_too_many(name), wanted=wanted)
    made = content(name, wanted, CHART_ROWS)
    _refuse_too_large(made.grid, name)
    lost = _confirm(made.grid, name, reading.workbook)
    if old is not None and _says_the_same(made.grid, old, {at[1:] for at in lost}):
        return Overview(package, name, wanted=wanted)
    if old is not None and not is_untouched(workbook, old):
        return Overview(package, name, remark=_kept(name), wanted=wanted)
    return _written(package, name, made, lost, replacing=old is not None)


def is_too_long(projection: Projection) -> bool:
    """Whether it has too many figures for a sheet."""
    return len(projection.scenarios) * len(projection.measures) * len(projection.years) * 2 > MOST_CELLS


def _written(package: Package, name: str, made: Content, lost: tuple[Address, ...], *, replacing: bool) -> Overview:
    after = None
    if replacing:
        package, place = without_sheet(package, name, {SHOWN_SCENARIO, PLAN_END, STATE})
        after = worksheets(package)[place - 1].name if place else None
    new = grafted(package, drawn(name, made, state_of(made.grid)), after=after)
    new = patched(new, [CellEdit(*at, Stored(None)) for at in lost])
    return Overview(new, name, not_evaluated=lost, wanted=made.wanted)


def _wanted(
    reading: Reading,
    schema: Schema,
    to: int,
    scenario: str,
    overrides: tuple[Assumption, ...],
    old: Sheet | None,
) -> Wanted:
    to = max(to, last_stated(reading))
    first = continued(reading, schema, to, scenario, overrides)
    others = (name for name in first.scenarios if name != first.scenario)
    found = {first.scenario: first}
    found |= {name: continued(reading, schema, to, name, overrides, before=first) for name in others}
    projections = tuple(found[name] for name in first.scenarios)
    shown = first.scenarios.index(first.scenario)
    chosen = old.value(SWITCH_ROW, RULE) if old is not None else None
    if first.scenario == BASIS and chosen in first.scenarios:
        shown = first.scenarios.index(str(chosen))
    end = old.value(PLAN_ROW, RULE) if old is not None else plan_ends(reading.budget)
    unit, digits = _unit(reading.budget)
    plan_end = int(end) if isinstance(end, int | Decimal) else None
    return Wanted(projections, shown, plan_end, unit, digits, law_of_the_plan(reading, schema))


def _unit(budget: Budget) -> tuple[Unit, int]:
    """The unit of the lists that go on, and the decimals to which they state amounts."""
    tables = main_tables(budget.measure_tables)
    units = [last_column(table).unit for table in tables]
    unit = max(units, key=units.count)
    return unit, max(digits_of(table) for table in tables if last_column(table).unit is unit)


def _refuse_too_large(grid: Grid, name: str) -> None:
    values = ((at, entry.value) for at, entry in grid.entries.items())
    large = (at for at, value in values if isinstance(value, Decimal) and abs(value) > _LARGEST)
    if (at := next(large, None)) is not None:
        raise NotWritten(
            "amount-too-large",
            _("{at}: dort käme ein Betrag zu stehen, der größer ist als jede Zahl, die Excel speichert.").format(
                at=Address(name, *at)
            ),
            _("Bitte die Beträge und ihre Einheit prüfen."),
        )


def _confirm(grid: Grid, name: str, workbook: Workbook) -> tuple[Address, ...]:
    """Compute the sheet a second time; returns the formulas that the engine cannot evaluate with certainty, and raises
    `NotWritten` where it gives something else: one of the two is wrong."""
    changed: dict[Address, Value | str] = {
        Address(name, *at): f"={entry.formula}" if entry.formula is not None else entry.value
        for at, entry in grid.entries.items()
        if entry.formula is not None or entry.value is not None
    }
    values = recalculate(workbook, changed).values
    lost = []
    for at, entry in grid.entries.items():
        if entry.formula is None:
            continue
        computed = values.get(Address(name, *at))
        if computed is None:
            lost.append(Address(name, *at))
        elif not _same(computed, entry.value):
            raise NotWritten(
                "two-computations-disagree",
                _("{at}: die Formel ={formula} gibt {computed}, die Fortschreibung aber {expected}.").format(
                    at=Address(name, *at), formula=entry.formula, computed=computed, expected=entry.value
                ),
                _("Das ist ein Fehler in pik-excel; geschrieben wurde nichts. Bitte mit der Arbeitsmappe melden."),
            )
    return tuple(sorted(lost))


def _same(computed: Value, expected: Shown) -> bool:
    if isinstance(computed, Decimal) and isinstance(expected, Decimal):
        return same_money(computed, expected)
    return computed == expected


def _says_the_same(grid: Grid, old: Sheet, lost: AbstractSet[tuple[int, int]]) -> bool:
    """Whether every cell of the sheet is as it would be written, and there is no other; `lost` have no stored value."""
    filled = {at for at, cell in old.cells.items() if cell.has_formula or cell.value is not None}
    meant = {at: entry for at, entry in grid.entries.items() if entry.formula is not None or entry.value is not None}
    return filled == meant.keys() and all(_is_so(old.cells[at], entry, at in lost) for at, entry in meant.items())


def _is_so(cell: Cell, entry: Entry, lost: bool) -> bool:
    if (cell.formula or None) != entry.formula:
        return False
    if lost:
        return True
    return _same(cell.value, entry.value) or (
        entry.formula is not None and cell.value in (None, "") and not entry.value
    )


def too_many(package: Package) -> str:
    """That a list is too long for a new sheet."""
    return _too_many(_new_name(package))


def _new_name(package: Package) -> str:
    return free_sheet_name(_("Projektion"), {sheet.name.casefold() for sheet in worksheets(package)})


def _too_many(name: str) -> str:
    return _("Für ein Blatt „{sheet}“ sind es zu viele Maßnahmen.").format(sheet=name)


def _kept(name: str) -> str:
    return _(
        "„{sheet}“ bleibt, wie es ist: dort ist etwas von Hand eingetragen. Wer das Blatt neu haben will, löscht es in "
        "Excel und ruft noch einmal auf."
    ).format(sheet=name)
