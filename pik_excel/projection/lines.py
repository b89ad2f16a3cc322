"""Which rows of which tables are the same measure?

Rows are put together by their names and by the names that "Annahmen" and the schema record for a measure, never by
likeness: OMID of this year is "OMID, Angebot des Caritasverbandes …" of last year because somebody wrote so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from pik_excel.budget.columns_of_a_year import first_place
from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption, Measure, MeasureTable, Status, YearColumn
from pik_excel.grid.reference import Address
from pik_excel.projection.references import refers_to
from pik_excel.projection.scenario import in_force
from pik_excel.recalc.syntax import parse, references
from pik_excel.records import dataclass

_FEW = 8  # lines of one name; up to here each row is held against each
_Kind = tuple[Status, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure's row in one table."""

    table: MeasureTable
    measure: Measure

    @property
    def status(self) -> Status:
        """How firm its amounts are; a table that does not say so holds decided ones."""
        return Status.DECIDED if self.table.status is Status.UNSTATED else self.table.status

    @property
    def calculates(self) -> bool:
        """Whether any of its amounts is the result of a formula."""
        return any(amount.formula is not None for amount in self.measure.amounts)

    def stated(self, year: int) -> tuple[YearColumn, Amount] | None:
        """The column and the amount of that year. A column "2027 ff." serves 2027 and every later year. Of several
        columns of one year the budgeted one (Ansatz, Plan) serves before the result."""
        place = which_column(self.table, year)
        return None if place is None else (self.table.columns[place], self.measure.amounts[place])


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: its rows in the tables, the assumption in force, and all its assumptions whatever the scenario."""

    name: str
    at: Address
    rows: tuple[Row, ...]
    assumption: Assumption | None
    assumptions: tuple[Assumption, ...] = ()

    def names(self, row: Row) -> tuple[str, ...]:
        """What the measure of the row is and was called, its present name first."""
        recorded = (name for one in self.assumptions for name in (one.measure, *one.aliases))
        return tuple(dict.fromkeys((row.measure.name, *recorded)))


def column_of(table: MeasureTable, year: int) -> YearColumn | None:
    """The column of that year, see `Row.stated`."""
    place = which_column(table, year)
    return None if place is None else table.columns[place]


def which_column(table: MeasureTable, year: int) -> int | None:
    """Which of the columns is that of the year, see `Row.stated`."""
    own = table.places.get(year)
    if own is not None:
        valid = table.valid_places[year]
        return first_place(table.columns, own) if valid is None else valid
    return next((place for place in table.open_places if table.columns[place].year.value < year), None)


def lines(
    tables: Iterable[MeasureTable],
    assumptions: Iterable[Assumption],
    scenario: str,
    aliases: Mapping[str, Iterable[str]],
) -> tuple[Line, ...]:
    """All measures in the order in which they first stand; those that only an assumption in force knows come last."""
    rows = tuple(assumptions)
    same = same_measure(rows, aliases)
    tables = tuple(tables)
    amounts = _Amounts(tables)
    named: dict[str, _Named] = {}
    for table in tables:
        for measure in table.measures:
            key = name_key(measure.name)
            named.setdefault(same.get(key, key), _Named([], {})).enter(Row(table, measure), amounts)
    by_measure: dict[str, list[Assumption]] = {}
    for row in rows:
        key = name_key(row.measure)
        by_measure.setdefault(same.get(key, key), []).append(row)
    found = [_line(group, by_measure.get(key, []), scenario) for key, one in named.items() for group in one.groups]
    for key, known in by_measure.items():
        holding = in_force(known, scenario)
        if holding is not None and key not in named:
            found.append(Line(holding.measure, holding.at, (), holding, tuple(known)))
    return tuple(found)


def _line(group: list[Row], known: list[Assumption], scenario: str) -> Line:
    first = group[0].measure
    return Line(first.name, first.at, tuple(group), in_force(known, scenario), tuple(known))


class _Named(NamedTuple):
    """The lines of one name: a row comes to the first in which it states nothing twice, else to one of its own. `full`
    are how many, from the first on, take no more rows of a kind, so that thousands of one name are not each held
    against each other."""

    groups: list[list[Row]]
    full: dict[_Kind, int]

    def enter(self, row: Row, amounts: _Amounts) -> None:
        """Put the row to its line."""
        start = self._first_open(row, amounts) if len(self.groups) > _FEW else 0
        for index in range(start, len(self.groups)):
            if not any(_clash(row, other) for other in self.groups[index]):
                self.groups[index].append(row)
                return
        self.groups.append([row])

    def _first_open(self, row: Row, amounts: _Amounts) -> int:
        kind = amounts.kind(row)
        if kind is None:
            return 0
        index = self.full.get(kind, 0)
        while index < len(self.groups) and any(amounts.kind(other) == kind for other in self.groups[index]):
            index += 1
        self.full[kind] = index
        return index


class _Amounts:
    """Where all amounts stand, so that it can be said which rows take none of another row."""

    def __init__(self, tables: Sequence[MeasureTable]) -> None:
        self._tables = tables

    def kind(self, row: Row) -> _Kind | None:
        """What rows have in common that state the same years with the same firmness, none by the amount of another row:
        any two clash."""
        years = frozenset(row.table.places)
        own = {amount.at for amount in row.measure.amounts}
        formulas = (amount for amount in row.measure.amounts if amount.formula is not None)
        return (row.status, years) if years and not any(self._takes(amount, own) for amount in formulas) else None

    def _takes(self, amount: Amount, own: AbstractSet[Address]) -> bool:
        row, column = amount.at[1:]
        for reference in references(parse(amount.formula or "", row, column)):
            sheet = amount.at.sheet if reference.sheet is None else self._sheets.get(reference.sheet.casefold())
            if sheet is not None and not reference.single:
                return True
            cell = Address(sheet or "", reference.top.at(row), reference.left.at(column))
            if cell in self._cells and cell not in own:
                return True
        return False

    @cached_property
    def _sheets(self) -> dict[str, str]:
        return {table.sheet.casefold(): table.sheet for table in self._tables}

    @cached_property
    def _cells(self) -> set[Address]:
        return {amount.at for table in self._tables for measure in table.measures for amount in measure.amounts}


def _clash(one: Row, other: Row) -> bool:
    """Whether both state the same year with the same firmness: two measures of one name, or one entered twice. A cell
    that repeats the other by a formula states nothing of its own."""
    if one.status is not other.status:
        return False
    shared = {column.year.value for column in one.table.columns} & {column.year.value for column in other.table.columns}
    pairs = [(first[1], second[1]) for year in shared if (first := one.stated(year)) and (second := other.stated(year))]
    repeated = [pair for pair in pairs if repeats(*pair) or repeats(*reversed(pair))]
    both = [pair for pair in pairs if all(amount.statement is not Statement.BLANK for amount in pair)]
    return bool(pairs) and (not repeated or any(pair not in repeated for pair in both))


def repeats(amount: Amount, source: Amount) -> bool:
    """Whether the amount's formula takes the other amount's cell."""
    return amount.formula is not None and refers_to(amount.formula, amount.at, source.at)


def same_measure(rows: Iterable[Assumption], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """For each recorded name the one key that stands for its measure."""
    same: dict[str, str] = {}
    recorded = [(row.measure, row.aliases) for row in rows]
    for name, others in [*recorded, *((name, tuple(others)) for name, others in aliases.items())]:
        keys = {name_key(one) for one in (name, *others)}
        if len(keys) == 1:
            same.setdefault(*keys, *keys)
            continue
        stands = min({same.get(key, key) for key in keys}, key=lambda key: (key not in same.values(), key))
        merged = {same.get(key, key) for key in keys}
        same.update({key: stands for key, value in same.items() if value in merged})
        same.update(dict.fromkeys(keys, stands))
    return same
