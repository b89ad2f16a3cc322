"""How does the budget of a workbook go on to a year? Every measure, year by year.

What is stated wins, then the rule of the measure, then the schema's default. An explicit 0 is a statement; a blank is
not, and is left to the rule only where the assumptions give the measure one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pik_excel.budget.periods import first_day
from pik_excel.budget.tables import Assumption, MeasureTable
from pik_excel.errors import BadConfiguration, Refused
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.projection.calculated import calculated
from pik_excel.projection.carried import carried_rows
from pik_excel.projection.cells import AssumptionCells
from pik_excel.projection.continuation import Continuation, Start
from pik_excel.projection.due import due
from pik_excel.projection.horizon import plan_ends
from pik_excel.projection.lines import Line, lines
from pik_excel.projection.lists import refusal_of
from pik_excel.projection.overrides import overridden
from pik_excel.projection.own_cells import OwnCells
from pik_excel.projection.place import Place, home_row, last_year, main_tables, of_one_currency
from pik_excel.projection.record import (
    Part,
    ProjectedAmount,
    ProjectedMeasure,
    ProjectedTotal,
    Projection,
    Standing,
    plain,
    projected_parts,
)
from pik_excel.projection.scenario import BASIS, chosen, scenarios
from pik_excel.projection.stated import Statements
from pik_excel.projection.taken_over import with_stands
from pik_excel.schema import Schema

LONGEST = 50
"""Years beyond the last stated one that can be asked for."""


def project(
    reading: Reading, schema: Schema, to: int, scenario: str = BASIS, overrides: Iterable[Assumption] = ()
) -> Projection:
    """Project the workbook's measures to the year `to` in a scenario. `overrides` are assumptions that take the
    place of the workbook's, see `overrides.read_overrides`.

    Raises `Refused` where no table of measures was found, `BadConfiguration` for an impossible year, an unknown
    scenario or rule, or a rule that lacks what it needs.
    """
    return continued(calculated(reading, schema), schema, to, scenario, overrides)


def continued(
    reading: Reading,
    schema: Schema,
    to: int,
    scenario: str = BASIS,
    overrides: Iterable[Assumption] = (),
    before: Projection | None = None,
) -> Projection:
    """As `project`, from a reading whose values are all computed as far as they can be. `before` is the same projection
    of the workbook before columns were inserted, or of the same workbook in another scenario: amounts of measures whose
    cells are where they were, and for which the same is assumed, are taken from it.
    """
    years = _years(reading, to)
    overrides = tuple(overrides)
    stated = [row for table in reading.budget.assumptions for row in table.rows]
    rows = overridden(stated, overrides, schema.aliases)
    there = scenarios(rows)
    scenario = chosen(scenario, there)
    tables = of_one_currency(reading.budget.measure_tables)
    found, mains = lines(tables, rows, scenario, schema.aliases), main_tables(tables)
    own = OwnCells.of(reading, there)
    carried = carried_rows(found, mains, reading.workbook, own)
    cells = AssumptionCells.of(reading.workbook, rows, reading.budget.rates)
    continuation = Continuation(schema, cells, carried)
    statements = Statements(reading.workbook, tables, mains, continuation, own)
    known = _known(before, found, reading, own) if before is not None else {}
    measures = tuple(
        ProjectedMeasure(
            line,
            rule := _rule_name(continuation, line),
            (line.at not in carried and known.get(place)) or _amounts(line, years, statements),
            carried.get(line.at) if rule == "uebertrag" else None,
        )
        for place, line in enumerate(found)
    )
    measures = with_stands(measures)
    counted = [measure for measure in measures if measure.counts]
    return Projection(
        scenario=scenario,
        scenarios=there,
        years=years,
        open_ended=_open_ended(reading, to),
        measures=measures,
        totals=tuple(_total([one.amounts[place] for one in counted], year) for place, year in enumerate(years)),
        due=due(reading.budget),
        not_evaluated=tuple(at for one in measures for amount in one.amounts for at in amount.not_readable),
        continuation=continuation,
        reading=reading,
        overrides=overrides,
        plan_until=plan_ends(reading.budget),
        own=own,
    )


def _known(
    before: Projection, found: Sequence[Line], reading: Reading, own: OwnCells
) -> dict[int, tuple[ProjectedAmount, ...]]:
    """The amounts of the lines, by their places, that rest on nothing which has moved or is assumed otherwise."""
    earlier = before.reading
    if earlier is None or len(found) != len(before.measures):
        return {}
    if earlier is not reading and (own.entries or _tables(earlier) != _tables(reading)):
        return {}
    pairs = enumerate(zip(found, before.measures, strict=True))
    return {place: one.amounts for place, (line, one) in pairs if _rests_on_the_same(line, one.line)}


def _tables(reading: Reading) -> list[tuple[object, ...]]:
    return [(table.columns, table.status, table.sheet) for table in reading.budget.measure_tables]


def _rests_on_the_same(line: Line, other: Line) -> bool:
    if (line.name, line.at, len(line.rows)) != (other.name, other.at, len(other.rows)):
        return False
    rows = all(one.measure.amounts == two.measure.amounts for one, two in zip(line.rows, other.rows, strict=True))
    return rows and line.assumptions == other.assumptions and line.assumption == other.assumption


def last_stated(reading: Reading) -> int:
    """The last year that a table of measures states; raises `Refused` where there is none."""
    return max(_stated_years(reading))


def _years(reading: Reading, to: int) -> tuple[int, ...]:
    stated = _stated_years(reading)
    if min(stated) <= to <= max(stated) + LONGEST:
        return tuple(range(min(stated), to + 1))
    raise BadConfiguration(
        "impossible-year",
        _("Bis {to} lässt sich nicht fortschreiben: die Jahre der Mappe reichen von {first} bis {last}.").format(
            to=to, first=min(stated), last=max(stated)
        ),
        _("Bitte ein Jahr von {first} bis {last} wählen.").format(first=min(stated), last=max(stated) + LONGEST),
    )


def _stated_years(reading: Reading) -> list[int]:
    stated = [column.year.value for table in reading.budget.measure_tables for column in table.columns]
    if not stated and reading.budget.lists:
        raise refusal_of(reading.budget.lists[0])
    if not stated:
        raise Refused(
            "no-measures",
            _("{file}: keine Tabelle mit Maßnahmen und Jahren erkannt, es gibt nichts fortzuschreiben.").format(
                file=reading.workbook.path.name
            ),
            _("Was an der Mappe unklar ist, sagt: pik-excel check {file}").format(file=reading.workbook.path.name),
        )
    return stated


def _open_ended(reading: Reading, to: int) -> int | None:
    found = [column.year for table in reading.budget.measure_tables for column in table.columns]
    return max((year.value for year in found if year.open_ended and year.value <= to), default=None)


def _rule_name(continuation: Continuation, line: Line) -> str | None:
    rule = continuation.rule(line, line.assumption)
    return rule.name if rule is not None else None


def _amounts(line: Line, years: tuple[int, ...], statements: Statements) -> tuple[ProjectedAmount, ...]:
    """The line year by year; each amount knows the last one stated before it."""
    found: list[ProjectedAmount] = []
    first = _first_year(line, statements)
    start: Start | None = None
    silent = False  # the latest year that a table covers says nothing
    continued = _Continued(line, _place(line, statements), statements.continuation)
    for year in years:
        stated = statements.of(line, year, start)
        amount, covered = stated or (None, False)
        if amount is not None and covered:
            silent = not amount.parts
        if amount is not None and (amount.parts or amount.not_readable):
            start = _start(amount) or start
        elif year >= first and not (silent and line.assumption is None) and not (covered and _begins_after(line, year)):
            amount = continued.amount(year, start) or amount
        found.append(amount or ProjectedAmount(year, start=start))
    return tuple(found)


def _begins_after(line: Line, year: int) -> bool:
    """Whether the rule holds from a later year on: what a table leaves blank before that stays blank."""
    begin = first_day(line.assumption.field("von")) if line.assumption is not None else None
    return begin is not None and begin.year > year


def _first_year(line: Line, statements: Statements) -> int:
    """From when on a rule may speak: no measure is projected into years before any table tells of it. One that only the
    assumptions know begins with the tables that request or provide, else after the main lists."""
    tables = [row.table for row in line.rows] or [table for table in statements.tables if table not in statements.mains]
    if not tables:
        return max(_last_own_year(table, statements) for table in statements.mains) + 1
    return min(column.year.value for table in tables for column in table.columns)


def _last_own_year(table: MeasureTable, statements: Statements) -> int:
    """The last year of the list that is not one of those an earlier run added."""
    names = [measure.name for measure in table.measures]
    years = (column.year.value for column in table.columns)
    own = [year for year in years if not statements.own.once_wrote(names, year)]
    return max(own, default=last_year(table))


class _Continued:
    """A line as its rule gives it, which in many years is the same."""

    def __init__(self, line: Line, place: Place, continuation: Continuation) -> None:
        self._line = line
        self._place = place
        self._continuation = continuation
        self._steady: ProjectedAmount | None = None

    def amount(self, year: int, start: Start | None) -> ProjectedAmount | None:
        """The amount of that year, told apart from what funds that are there cover; None where the rule gives none."""
        line = self._line
        if self._steady is not None and self._steady.start is start:
            return ProjectedAmount(year, self._steady.parts, start)
        term = self._continuation.term(line, line.assumption, year, self._place, start)
        if term is None:
            return None
        exact = self._continuation.exact(line, line.assumption, year, start)
        covered = self._continuation.covered(line.assumption)
        parts = projected_parts(term.value * self._place.unit.factor, exact, covered)
        amount = ProjectedAmount(year, parts, start)
        if self._continuation.is_steady(line, line.assumption, self._place, start):
            self._steady = amount
        return amount


def _place(line: Line, statements: Statements) -> Place:
    """Where the line's amounts stand; for a measure that no table has, nowhere, but in the unit of the first list."""
    row = home_row(line, statements.mains)
    if row is not None:
        return statements.place_of(row)
    usual = statements.place(line.rows[0].table if line.rows else statements.mains[0])
    return Place(unit=usual.unit, digits=usual.digits)


def _start(amount: ProjectedAmount) -> Start | None:
    """The amount as the last stated one, for the years after; None where a rule gave it."""
    if not amount.parts or any(part.by_rule for part in amount.parts) or (value := amount.value) is None:
        return None
    known = [(part.at, part.unit, part.value / part.unit.factor) for part in amount.parts if part.at is not None]
    return Start(amount.year, value, tuple(known), amount.exact)


def _total(amounts: list[ProjectedAmount], year: int) -> ProjectedTotal:
    if any(amount.not_readable for amount in amounts):
        return ProjectedTotal(year, None, None)
    parts = [part for amount in amounts for part in amount.parts]
    provided = _sum(parts, Standing.DECIDED, Standing.PROVIDED)
    return ProjectedTotal(year, provided, _sum(parts, Standing.REQUESTED, Standing.PROJECTED))


def _sum(parts: Sequence[Part], *standings: Standing) -> Decimal:
    values = [part.value for standing in standings for part in parts if part.standing is standing]
    return plain(sum(values, Decimal(0)))
