"""What was put into a table comes out of it, wherever it stands and however its header is shaped."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pik_excel.budget.tables import MeasureTable
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.layout.made import ABROAD, Made, Placed, placed, tables, together
from tests.tables import workbook

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(made: Placed) -> MeasureTable:
    reading = read_budget(made.workbook, built_in())
    assert not reading.unclear
    assert len(reading.budget.measure_tables) == 1, [table.area.a1 for table in reading.budget.measure_tables]
    return reading.budget.measure_tables[0]


@given(tables())
@FEW
def test_names_years_and_amounts_come_out_as_they_were_put_in(made: Made) -> None:
    sheet = placed(made)
    table = read(sheet)
    assert [measure.name for measure in table.measures] == list(made.names)
    assert [measure.at.row for measure in table.measures] == list(sheet.measure_rows)
    assert [column.year for column in table.columns] == list(made.years)
    for measure, stated in zip(table.measures, made.amounts, strict=True):
        assert [amount.statement for amount in measure.amounts] == [one.statement for one in stated]
        assert [amount.stated for amount in measure.amounts] == [one.value for one in stated]
        assert [amount.at.column for amount in measure.amounts] == [
            sheet.first_amount + index for index in range(len(made.years))
        ]


@given(tables())
@FEW
def test_the_unit_is_found_wherever_it_is_stated(made: Made) -> None:
    table = read(placed(made))
    assert table.unit is made.unit
    assert {amount.unit for measure in table.measures for amount in measure.amounts} == {made.unit}
    assert {unit for unit, _ in table.unit_votes} == {made.unit}


@given(tables())
@FEW
def test_totals_add_the_rows_of_their_group(made: Made) -> None:
    sheet = placed(made)
    table = read(sheet)
    subtotals = {total.at.row: total.rows for total in table.totals if total.subtotal}
    assert subtotals == dict(sheet.subtotal_rows) or (sheet.total_row is None and len(sheet.subtotal_rows) > 0)
    grand = [total for total in table.totals if total.at.row == sheet.total_row]
    assert len(grand) == (sheet.total_row is not None)
    for total in grand:
        expected = tuple(row for row, _ in sheet.subtotal_rows) or sheet.measure_rows
        assert total.rows == expected
        assert not total.subtotal


def test_a_subtotal_of_nothing_over_one_measure_is_still_its_sum() -> None:
    book = workbook("""
        |   | A            | B         | C    |
        |---|--------------|-----------|------|
        | 1 | Maßnahme     | 2025 TEUR | 2026 |
        | 2 | Amt 50       |           |      |
        | 3 | Sprachcafé   | 0         |      |
        | 4 | Summe Amt 50 | 0         | 0    |
        | 5 | Amt 51       |           |      |
        | 6 | OMID         | 1         | 2    |
        | 7 | Summe Amt 51 | 1         | 2    |
        | 8 | Gesamtsumme  | 1         | 2    |
    """)
    (table,) = read_budget(book, built_in()).budget.measure_tables
    assert {total.at.row: total.rows for total in table.totals} == {4: (3,), 7: (6,), 8: (4, 7)}


@given(tables())
@FEW
def test_title_key_status_and_notes_are_kept(made: Made) -> None:
    table = read(placed(made))
    assert table.status is made.status
    assert [measure.key is not None for measure in table.measures] == [made.key_row] * len(made.names)
    assert [note.years for note in table.footnotes] == ([(2024, 2025)] if made.stars else [])
    assert table.measures[0].footnotes == (("*",) if made.stars else ())
    if made.numbered:
        assert [measure.number for measure in table.measures] == list(range(1, len(made.names) + 1))


@given(tables(), st.data())
@settings(FEW, max_examples=30)
def test_what_stands_beside_and_beneath_changes_nothing(made: Made, data: st.DataObject) -> None:
    alone = read(placed(made))
    edge = alone.area
    beside = {
        (edge.top + 1, edge.right + 4): "Bitte bis Freitag prüfen!",
        (edge.bottom + 7, edge.left): "Ansprechpartnerin: Frau Muster, Tel. 216-0",
        (edge.bottom + 8, edge.left): "Stand: 24.06.2021",
        (edge.bottom + 9, edge.left + 1): Decimal(data.draw(st.integers(1, 5000))),
    }
    assert read(placed(made, beside)) == alone


@given(tables(), tables(), st.booleans(), st.integers(1, 3))
@settings(FEW, max_examples=40)
def test_two_tables_on_a_sheet_are_read_as_each_would_be_alone(
    first: Made, second: Made, below: bool, gap: int
) -> None:
    assume(not (below and first.unit_place == "below"))  # a unit between two tables could be either's
    second, one, other, workbook = together(first, second, below, gap)
    reading = read_budget(workbook, built_in())
    assert not reading.unclear
    found = sorted(reading.budget.measure_tables, key=lambda table: table.area.top if below else table.area.left)
    assert [[measure.name for measure in table.measures] for table in found] == [list(first.names), list(second.names)]
    for table, alone in zip(found, (read(one), read(other)), strict=True):
        assert (table.area, table.unit, table.status) == (alone.area, alone.unit, alone.status)
        assert [(total.at, total.rows) for total in table.totals] == [(total.at, total.rows) for total in alone.totals]


@given(tables(ABROAD))
@FEW
def test_another_currency_is_found_wherever_it_is_named(made: Made) -> None:
    table = read(placed(made))
    units = {column.unit for column in table.columns}
    units |= {amount.unit for measure in table.measures for amount in measure.amounts}
    units |= {amount.unit for total in table.totals for amount in total.amounts}
    assert units == {table.unit} == {made.unit}
    assert (table.currency, table.unit_votes) == (made.unit.currency, ())
