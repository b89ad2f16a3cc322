"""Which tables only add up what others of the same workbook state? Their measures are no further ones.

By their formulas: every amount takes cells of other tables and nothing else. By arithmetic: a table of the total need,
measure by measure what is provided plus what is requested besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pik_excel.budget.money import Amount
from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import Budget, Measure, MeasureList, MeasureTable, Status, Total
from pik_excel.consolidation.columns import column_of
from pik_excel.consolidation.record import Column, LeftOut
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.layout.vocabulary import fold
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, parse, references
from pik_excel.schema import Schema

Table = MeasureTable | MeasureList
Cell = tuple[str, int, int]
"""Sheet (without case), row, column."""

_FACTORS = frozenset(map(Decimal, (1, 1000, 1_000_000)))
_MOST_CELLS = 10_000  # of a range that is looked at


def summaries(reading: Reading, schema: Schema) -> dict[int, LeftOut]:
    """The tables that add up others, by `id`, with the reason."""
    found: dict[int, LeftOut] = {}
    cells = amount_cells(reading.budget)
    for table in reading.budget.tables:
        sources = _sources(table, cells)
        if sources:
            named = ", ".join(dict.fromkeys(f"{one.sheet}!{one.area.a1}" for one in sources))
            why = _("addiert nur, was in {tables} steht").format(tables=named)
            found[id(table)] = LeftOut(f"{table.sheet}!{table.area.a1}", "adds-up-others", why)
    for total in _total_needs(reading.budget, schema):
        if id(total) not in found:
            why = _("Gesamtbedarf: bereitgestellte und zusätzliche Mittel stehen in eigenen Tabellen")
            found[id(total)] = LeftOut(f"{total.sheet}!{total.area.a1}", "total-need", why)
    return found


def amount_cells(budget: Budget) -> dict[Cell, tuple[Table, Column]]:
    """Each cell of an amount or a total, with its table and the year it is of."""
    found: dict[Cell, tuple[Table, Column]] = {}
    for table in budget.tables:
        records: tuple[Measure | Total, ...] = (*table.measures, *table.totals)
        for record in records:
            year = record.year if isinstance(record, Measure) else None
            for index, amount in enumerate(record.amounts[: len(table.columns)]):
                found[amount.at.sheet.casefold(), amount.at.row, amount.at.column] = (
                    table,
                    column_of(table, index, year),
                )
    return found


def repeated(table: Table, column: Column, amount: Amount, cells: Mapping[Cell, tuple[Table, Column]]) -> list[Table]:
    """The other tables whose amounts of the same year this one's formula adds up, and nothing else."""
    found: list[Table] = []
    for cell in taken_by(amount) if amount.formula else ():
        other, year = cells.get(cell, (table, column))
        if other is table or year != column:
            return []
        found.append(other)
    return found


def _sources(table: Table, cells: Mapping[Cell, tuple[Table, Column]]) -> list[Table]:
    """The other tables from which every number of this one is taken; none where a single one is not."""
    found: dict[int, Table] = {}
    for measure in table.measures:
        for index, amount in enumerate(measure.amounts[: len(table.columns)]):
            if amount.stated is None:
                continue
            others = repeated(table, column_of(table, index, measure.year), amount, cells)
            if not others:
                return []
            found |= {id(other): other for other in others}
    return list(found.values())


def taken_by(amount: Amount) -> list[Cell]:
    """The cells that its formula adds up, where it does nothing else; empty where it does."""
    at = amount.at
    tree = parse(amount.formula or "", at.row, at.column)
    if not _only_adds(tree):
        return []
    found: list[Cell] = []
    for reference in references(tree):
        area = reference.area(at.row, at.column)
        if area.size > _MOST_CELLS:
            return []
        sheet = (reference.sheet if reference.sheet is not None else at.sheet).casefold()
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        found += [(sheet, row, column) for row in rows for column in columns]
    return found


def _only_adds(node: Node) -> bool:
    """References, plus, SUM, ROUND, and a factor between units."""
    match node:
        case Reference():
            return not node.elsewhere
        case Operation("+", one, other):
            return _only_adds(one) and _only_adds(other)
        case Operation("/" | "*", one, Number(factor)):
            return factor in _FACTORS and _only_adds(one)
        case Call("ROUND", (one, Number())):
            return _only_adds(one)
        case Call("SUM", arguments):
            return bool(arguments) and all(map(_only_adds, arguments))
        case Call("SUBTOTAL", (Number(), *arguments)):
            return bool(arguments) and all(map(_only_adds, arguments))
    return False


def _total_needs(budget: Budget, schema: Schema) -> Iterator[MeasureTable]:
    """Tables of the total need beside tables of provided and requested amounts of the same measures."""
    provided = _by_name(budget, Status.PROVIDED)
    requested = _by_name(budget, Status.REQUESTED)
    if not provided or not requested:
        return
    for table in budget.measure_tables:
        if table.status is not Status.UNSTATED or len(table.measures) < 2:
            continue
        names = {undated_key(measure.name) for measure in table.measures}
        if not names & provided.keys() & requested.keys():
            continue
        named = any(fold(table.title).startswith(fold(word)) for word in schema.need.total)
        if named or _is_their_sum(table, provided, requested):
            yield table


def _is_their_sum(
    table: MeasureTable, provided: Mapping[str, dict[int, Decimal]], requested: Mapping[str, dict[int, Decimal]]
) -> bool:
    """Whether each amount is the sum, to the cent, and two at least are more than one of the two."""
    both = 0
    for measure in table.measures:
        key = undated_key(measure.name)
        for year, eur in _years(table, measure).items():
            there, more = provided.get(key, {}).get(year), requested.get(key, {}).get(year)
            if eur != (there or 0) + (more or 0):
                return False
            both += bool(there and more)
    return both >= 2


def _by_name(budget: Budget, status: Status) -> dict[str, dict[int, Decimal]]:
    found: dict[str, dict[int, Decimal]] = {}
    for table in budget.measure_tables:
        if table.status is status:
            for measure in table.measures:
                found.setdefault(undated_key(measure.name), {}).update(_years(table, measure))
    return found


def _years(table: MeasureTable, measure: Measure) -> dict[int, Decimal]:
    pairs = zip(table.columns, measure.amounts, strict=False)
    return {column.year.value: amount.eur for column, amount in pairs if amount.eur is not None}
