"""What stands on one side of a comparison? The measures of a workbook, a sheet or a table, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from pathlib import Path

from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import AmountColumn, Kind, Measure, MeasureList, MeasureTable, Status, YearColumn
from pik_excel.errors import Refused
from pik_excel.grid.reference import Address, Area, area_of
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.records import dataclass

Table = MeasureTable | MeasureList
Period = tuple[int, Kind]
"""A year and what sort of figure stands in it."""


@dataclass(frozen=True)
class Item:
    """A measure. Several rows of it in tables of another standing (bereitgestellt, angemeldet) are one item, their
    amounts added. `known` is False for a year in which a cell holds an error or no number."""

    name: str
    at: Address
    number: int | None
    product: str | None
    amounts: Mapping[Period, Decimal] = field(default_factory=dict)
    cells: Mapping[Period, Address] = field(default_factory=dict)
    unknown: frozenset[Period] = frozenset()

    @property
    def key(self) -> str:
        """The name as it is compared: without years, marks, case and padding."""
        return undated_key(self.name)


@dataclass(frozen=True)
class Side:
    """One side: where it was read from, its measures, and the totals that its only table states, in EUR."""

    path: Path
    place: str  # "", "Blatt" or "Blatt!A4:G11"
    items: tuple[Item, ...]
    unit: Unit
    totals: Mapping[Period, Decimal] = field(default_factory=dict)

    @property
    def periods(self) -> frozenset[Period]:
        """Years and kinds for which anything is stated."""
        return frozenset(period for item in self.items for period in (*item.amounts, *item.unknown))

    @property
    def shown(self) -> str:
        """The side for people: "plan.xlsx", "plan.xlsx · Blatt!A4:G11"."""
        return f"{self.path} · {self.place}" if self.place else str(self.path)


def side_of(reading: Reading, place: str = "") -> Side:
    """The measures of the whole workbook, of the sheet that `place` names, or of its table that holds the cell
    "Sheet!C4". Raises `Refused` where there is no table of measures."""
    tables = [table for table in reading.budget.tables if _is_meant(table, place)]
    if not any(table.measures for table in tables):
        raise Refused(
            "no-measures",
            _("{file}: keine Tabelle mit Maßnahmen{where}.").format(
                file=reading.workbook.path.name, where=f" ({place})" if place else ""
            ),
            _("Welche Tabellen erkannt werden, zeigt: pik-excel check -v {file}").format(
                file=reading.workbook.path.name
            ),
        )
    units = [table.unit for table in tables if table.unit is not None]
    return Side(
        reading.workbook.path,
        place,
        tuple(_items(tables)),
        max(units, key=units.count, default=Unit.EUR),
        _totals(tables[0]) if len(tables) == 1 else {},
    )


def _is_meant(table: Table, place: str) -> bool:
    sheet, _mark, cells = place.rpartition("!")
    named, area = (sheet, area_of(cells)) if sheet else (place, None)
    if place and table.sheet.casefold() != named.strip("'").casefold():
        return False
    return area is None or _meets(table.area, area)


def _meets(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


@dataclass(frozen=False)
class _Gathered:
    """An item in the making; `statuses` are those of the tables it was found in, by period."""

    first: Measure
    amounts: dict[Period, Decimal] = field(default_factory=dict)
    cells: dict[Period, Address] = field(default_factory=dict)
    unknown: set[Period] = field(default_factory=set)
    stated: dict[tuple[Period, Status], tuple[Decimal | None, Table]] = field(default_factory=dict)

    def takes(self, table: Table, stated: Mapping[Period, Amount], status: Status) -> bool:
        """Whether this row belongs to the same measure: it states nothing that is stated already, unless another table
        repeats it to the cent."""
        for period, amount in stated.items():
            known = self.stated.get((period, status))
            if known is not None and (known[1] is table or known[0] != amount.eur):
                return False
        return True

    def states(self, table: Table, period: Period) -> bool:
        """Whether it is this table that states something for the period."""
        known = self.stated.get((period, table.status))
        return known is not None and known[1] is table

    def enter(self, table: Table, stated: Mapping[Period, Amount], status: Status) -> None:
        for period, amount in stated.items():
            if (period, status) in self.stated:
                continue
            self.stated[period, status] = (amount.eur, table)
            self.cells.setdefault(period, amount.at)
            if amount.eur is None:
                self.unknown.add(period)
            else:
                self.amounts[period] = self.amounts.get(period, Decimal(0)) + amount.eur


class _Namesakes:
    """The items of one name. Thousands of rows of a table may have it, so those items for whose period the table has
    stated nothing yet are kept at hand: only they can take a row that states it."""

    def __init__(self) -> None:
        self.items: list[_Gathered] = []
        self._table: Table | None = None
        self._free: dict[Period, dict[int, _Gathered]] = {}

    def enter(self, table: Table, measure: Measure, stated: Mapping[Period, Amount]) -> None:
        """Enter a row, in the first item that takes it or as one of its own."""
        if self._table is not table:
            self._table, self._free = table, {}
        taking = (number for number, one in self._open(table, stated) if one.takes(table, stated, table.status))
        number = next(taking, len(self.items))
        if number == len(self.items):
            self.items.append(_Gathered(measure))
            for free in self._free.values():
                free[number] = self.items[number]
        self.items[number].enter(table, stated, table.status)
        for period in stated:
            if self.items[number].states(table, period):
                self._free.get(period, {}).pop(number, None)

    def _open(self, table: Table, stated: Mapping[Period, Amount]) -> Iterable[tuple[int, _Gathered]]:
        period = next(iter(stated), None)
        if period is None:
            return enumerate(self.items)
        if period not in self._free:
            items = enumerate(self.items)
            self._free[period] = {number: one for number, one in items if not one.states(table, period)}
        return self._free[period].items()


def _items(tables: Iterable[Table]) -> Iterator[Item]:
    found: dict[tuple[str, str | None], _Namesakes] = {}
    for table in tables:
        for measure in table.measures:
            if not measure.name:
                continue
            product = measure.key.product if measure.key else None
            namesakes = found.setdefault((undated_key(measure.name), product), _Namesakes())
            namesakes.enter(table, measure, dict(_stated(table, measure)))
    for (_key, product), namesakes in found.items():
        for one in namesakes.items:
            yield Item(
                one.first.name, one.first.at, one.first.number, product, one.amounts, one.cells, frozenset(one.unknown)
            )


def _stated(table: Table, measure: Measure) -> Iterator[tuple[Period, Amount]]:
    columns: Sequence[YearColumn | AmountColumn] = table.columns
    for column, amount in zip(columns, measure.amounts, strict=False):
        year = measure.year or column.year
        if year is None or amount.statement in (Statement.BLANK, Statement.NOT_GIVEN):
            continue
        yield (year.value, year.kind), amount._replace(stated=_or_nothing(amount))


def _or_nothing(amount: Amount) -> Decimal | None:
    """A dash is nothing, said on purpose."""
    return Decimal(0) if amount.statement is Statement.DASH else amount.stated


def _totals(table: Table) -> dict[Period, Decimal]:
    grand = [total for total in table.totals if not total.subtotal and total.rows]
    if isinstance(table, MeasureList) or len(grand) != 1:
        return {}
    return {
        (column.year.value, column.year.kind): amount.eur
        for column, amount in zip(table.columns, grand[0].amounts, strict=False)
        if amount.eur is not None
    }
