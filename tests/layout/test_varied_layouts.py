"""Over many layouts, units, words and seeds, what is read is what was laid out: compared with the maker's own truth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pik_excel.budget.money import Statement
from pik_excel.budget.tables import MeasureList, MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.layout.varied import LAYOUTS, Maker, Truth, varied

SEEDS = range(24)


def as_read(table: MeasureTable | MeasureList) -> Truth:
    """What was read, in the maker's terms."""
    amounts = {
        (measure.name, year): (amount.stated if amount.statement is Statement.NUMBER else None, amount.at.a1)
        for measure in table.measures
        for year, amount in zip(labels(table, measure.year and str(measure.year)), measure.amounts, strict=True)
    }
    by_column = isinstance(table, MeasureList) and table.family == "years-down"
    totals = {
        (total.at.column if by_column else total.at.row): (total.columns if by_column else total.rows)
        for total in table.totals
    }
    return Truth(
        family=table.family,
        unit=table.unit.value if table.unit else "",
        names=table.names if isinstance(table, MeasureList) else tuple(measure.name for measure in table.measures),
        years=tuple(dict.fromkeys(year for _, year in amounts)),
        amounts=amounts,
        totals=totals,
        total_columns={one.at.column: one.columns for one in table.total_columns},
    )


def labels(table: MeasureTable | MeasureList, own: str | None) -> list[str]:
    if isinstance(table, MeasureTable):
        return [str(column.year) for column in table.columns]
    if table.family == "years-down":
        return [str(column.year) for column in table.columns]
    return [own or column.label for column in table.columns]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_what_is_read_is_what_was_laid_out(layout: Callable[[Maker], None], seed: int) -> None:
    made = varied(layout, seed)
    reading = read_budget(made.workbook, built_in())
    assert not reading.unclear
    found = [as_read(table) for table in reading.budget.tables]
    assert found == made.truths
