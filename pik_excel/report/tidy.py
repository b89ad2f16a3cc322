"""A budget as one long table: a line for each amount of a measure, with its year, its unit and its cell.

Totals are left out, they can be added up; rows that no total may add ("davon", VE) are in it and marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pik_excel.budget.tables import AmountColumn, Kind, Measure, MeasureList, MeasureTable, Status, YearColumn
from pik_excel.language import legible
from pik_excel.layout.reading import Reading

KINDS = {Kind.UNSTATED: None, Kind.RESULT: "result", Kind.ESTIMATE: "estimate", Kind.PLAN: "plan"}


class Line(NamedTuple):
    """One amount. `eur` and `stated` are None unless `statement` is "number": a blank is no 0, and a dash no blank.
    `eur` is None too where the amount is in another currency."""

    workbook: str  # the file's name
    sheet: str
    table: str  # its range
    title: str
    number: int | None
    measure: str
    memo: bool  # "davon", "nachrichtlich" or VE: never to be added
    product: str | None
    product_name: str | None
    account_group: str | None
    account_name: str | None
    year: int | None  # None where nothing states it
    open_ended: bool  # "2027 ff.": that and each following year
    kind: str | None  # result, estimate, plan
    status: str  # decided, requested, provided, proposed, unstated
    statement: str  # number, blank, dash, not given, error, unreadable, not stored
    eur: Decimal | None
    stated: Decimal | None
    unit: str
    cell: str  # "Sheet!C4"
    formula: bool


def lines(reading: Reading) -> Iterator[Line]:
    """All amounts of all tables of measures, in the order of the tables."""
    for table in reading.budget.tables:
        for measure in table.measures:
            yield from _lines(reading, table, measure, memo=False)
        for measure in table.memos:
            yield from _lines(reading, table, measure, memo=True)


def _lines(reading: Reading, table: MeasureTable | MeasureList, measure: Measure, memo: bool) -> Iterator[Line]:
    key = measure.key
    columns: Sequence[YearColumn | AmountColumn] = table.columns
    for column, amount in zip(columns, measure.amounts, strict=False):
        year = measure.year or column.year
        kind, status = _stage(column, table)
        yield Line(
            workbook=legible(reading.workbook.path.name),
            sheet=table.sheet,
            table=table.area.a1,
            title=table.title,
            number=measure.number,
            measure=measure.name,
            memo=memo,
            product=key.product if key else None,
            product_name=key.product_name if key else None,
            account_group=key.account_group if key else None,
            account_name=key.account_name if key else None,
            year=year.value if year else None,
            open_ended=year.open_ended if year else False,
            kind=KINDS[kind if kind is not Kind.UNSTATED or year is None else year.kind],
            status=status.value,
            statement=amount.statement.value,
            eur=amount.eur if table.currency is None else None,
            stated=amount.stated,
            unit=amount.unit.value,
            cell=str(amount.at),
            formula=amount.formula is not None,
        )


def _stage(column: YearColumn | AmountColumn, table: MeasureTable | MeasureList) -> tuple[Kind, Status]:
    """What a column of a list says of its own amounts, else what the table says."""
    if isinstance(column, YearColumn):
        return Kind.UNSTATED, table.status
    return column.kind, column.status if column.status is not Status.UNSTATED else table.status
