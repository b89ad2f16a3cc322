"""The example workbooks are read whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Status
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.schema import built_in

WORKBOOKS = Path(__file__).parents[2] / "workbooks"


@pytest.fixture(scope="module")
def example() -> Reading:
    return read_budget(read_workbook(WORKBOOKS / "haushalt.xlsx"), built_in())


def test_the_three_tables_of_measures(example: Reading) -> None:
    decided, requested, provided = example.budget.measure_tables
    assert not example.unclear
    assert [table.status for table in (decided, requested, provided)] == [
        Status.DECIDED,
        Status.REQUESTED,
        Status.PROVIDED,
    ]
    assert {table.unit for table in example.budget.measure_tables} == {Unit.TEUR}
    assert [len(table.measures) for table in example.budget.measure_tables] == [11, 5, 1]
    assert [amount.stated for amount in decided.totals[0].amounts] == [Decimal(1151), Decimal(1156)]
    assert [amount.stated for amount in requested.totals[0].amounts] == [Decimal(n) for n in (516, 666, 0, 0, 0, 0)]
    assert [str(column.year) for column in requested.columns] == ["2022", "2023", "2024", "2025", "2026", "2027 ff."]
    assert [(note.mark, note.years) for note in decided.footnotes] == [("*", (2022, 2023)), ("**", (2022,))]
    assert {measure.key.account_group for measure in requested.measures if measure.key} == {"430"}


def test_assumptions_financing_posts_and_figures(example: Reading) -> None:
    budget = example.budget
    (assumptions,) = budget.assumptions
    assert len(assumptions.rows) == 13
    assert [(one.measure, one.year, one.total.eur if one.total else None) for one in budget.financings] == [
        ("OMID", 2019, Decimal(649412)),
        ("Ausbildungscampus", 2023, Decimal(281570)),
    ]
    (grant,) = [one for one in budget.posts if one.field("zuschuss")]
    until, due = grant.field("foerderzeitraum_bis"), grant.field("nachweisfrist_monate")
    assert until is not None and due is not None
    assert (until.value, due.value) == (date(2022, 12, 31), Decimal(3))
    assert [len(table.rows) for table in budget.indicators] == [5, 1, 1]


def test_the_workbook_of_defects_is_read_but_for_its_unclear_header() -> None:
    found = read_budget(read_workbook(WORKBOOKS / "haushalt-fehler.xlsx"), built_in())
    assert [str(one.at) for one in found.unclear] == ["Entwurf!C4"]
    assert len(found.budget.measure_tables) == 28
