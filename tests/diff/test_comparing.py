"""Two plans compared: nothing is merged that nobody confirmed, and the bridge closes to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.diff.comparison import Comparison, compared
from pik_excel.diff.matching import matched
from pik_excel.diff.sides import Item, Side, side_of
from pik_excel.errors import BadConfiguration, Refused
from pik_excel.grid.reference import Address
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.tables import workbook

OLD = """
| | A | B | C | D |
|---|---|---|---|---|
| 1 | Nr. | Maßnahme | Ansatz 2024 TEUR | Ansatz 2025 TEUR |
| 2 | 1 | Ferienwerkstatt | 12 | 12 |
| 3 | 2 | Dolmetscherkosten | 80 | 80 |
| 4 | 3 | Lesepaten | 8 | 8 |
| 5 |  | Summe | 100 | 100 |
"""
NEW = """
| | A | B | C | D |
|---|---|---|---|---|
| 1 | Nr. | Maßnahme | Ansatz 2025 EUR | Ansatz 2026 EUR |
| 2 | 1 | Ferienwerkstatt | 12500 | 13000 |
| 3 | 2 | Dolmetschereinsätze | 60000 | 60000 |
| 4 | 4 | Bolzplätze | 5000 | 5000 |
| 5 |  | Summe | 77500 | 78000 |
"""


def side(text: str, place: str = "") -> Side:
    return side_of(read_budget(workbook(text), built_in()), place)


def comparison(old: str, new: str, *same: tuple[str, str], years: tuple[tuple[int, int], ...] = ()) -> Comparison:
    one, two = side(old), side(new)
    return compared(one, two, matched(one.items, two.items, same, 0.72), years)


def test_a_plan_and_itself_do_not_differ() -> None:
    same = comparison(OLD, OLD)
    assert not same.differs
    assert [same.bridge(span).steps for span in same.spans] == [(), ()]


def test_units_are_made_equal_before_anything_is_compared() -> None:
    (pair, *_rest) = comparison(OLD, NEW).matching.pairs
    (change,) = comparison(OLD, NEW).differences(pair)
    assert (pair.new.name, change.span.shown, change.amount) == ("Ferienwerkstatt", "2025", 500)
    assert (str(change.before_at), str(change.after_at)) == ("Tabelle1!D2", "Tabelle1!C2")


def test_a_likely_renaming_is_proposed_and_never_merged() -> None:
    found = comparison(OLD, NEW)
    assert [(one.old.name, one.new.name) for one in found.matching.proposals] == [
        ("Dolmetscherkosten", "Dolmetschereinsätze")
    ]
    assert [one.name for one in found.matching.dropped] == ["Dolmetscherkosten", "Lesepaten"]
    (bridge,) = [found.bridge(span) for span in found.spans]
    assert [(step.measure, step.amount) for step in bridge.steps] == [
        ("Dolmetscherkosten", -80_000),
        ("Lesepaten", -8_000),
        ("Dolmetschereinsätze", 60_000),
        ("Bolzplätze", 5_000),
        ("Ferienwerkstatt", 500),
    ]
    assert (bridge.start, bridge.end, bridge.rest) == (100_000, 77_500, 0)


def test_a_confirmed_renaming_is_a_change() -> None:
    found = comparison(OLD, NEW, ("Dolmetscherkosten", "Dolmetschereinsätze"))
    assert found.matching.proposals == ()
    assert [pair.renamed for pair in found.matching.pairs] == [False, True]
    assert [step.amount for step in found.bridge(found.spans[0]).steps] == [-8_000, 5_000, 500, -20_000]


def test_the_same_number_helps_a_likeness_but_is_none() -> None:
    far = comparison(OLD.replace("Dolmetscherkosten", "Brückenbau"), NEW)
    assert far.matching.proposals == ()


def test_a_total_that_is_off_its_rows_is_the_named_rest() -> None:
    found = comparison(OLD, NEW.replace("77500", "77600"))
    assert found.bridge(found.spans[0]).rest == 100


def test_two_years_of_two_plans_can_be_compared() -> None:
    found = comparison(OLD, NEW, years=((2024, 2026),))
    (span,) = found.spans
    assert (span.shown, found.bridge(span).start, found.bridge(span).end) == ("2024 → 2026", 100_000, 78_000)


def test_a_year_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadConfiguration, match="2031"):
        comparison(OLD, NEW, years=((2024, 2031),))


def test_a_result_is_not_compared_with_an_estimate_where_both_have_one() -> None:
    both = OLD.replace("Ansatz 2024 TEUR", "Ergebnis 2025 TEUR")
    found = comparison(both, NEW)
    (span,) = found.spans
    assert span.same_kind and found.bridge(span).start == 100_000


def test_a_result_against_an_estimate_is_said() -> None:
    found = comparison(OLD.replace("Ansatz 2025", "Ergebnis 2025"), NEW)
    assert [span.same_kind for span in found.spans] == [False]


def test_a_cell_that_cannot_be_read_is_no_zero() -> None:
    found = comparison(OLD, NEW.replace("| 12500 ", "| #REF! "))
    (pair, *_rest) = found.matching.pairs
    assert [(one.known, one.after) for one in found.differences(pair)] == [(False, None)]


def test_two_measures_of_one_name_stay_two() -> None:
    twice = OLD.replace("Lesepaten", "Ferienwerkstatt")
    assert [item.name for item in side(twice).items].count("Ferienwerkstatt") == 2
    found = comparison(twice, twice)
    assert not found.differs


def test_a_sheet_or_a_table_can_be_meant() -> None:
    both = 'Blatt "Alt":\n' + OLD + '\nBlatt "Neu":\n' + NEW
    assert {item.name for item in side(both, "Alt").items} == {"Ferienwerkstatt", "Dolmetscherkosten", "Lesepaten"}
    assert len(side(both, "Neu!B3").items) == 3
    with pytest.raises(Refused, match="Drittes"):
        side(both, "Drittes")


AMOUNTS = st.one_of(st.none(), st.decimals(-(10**8), 10**8, places=2))
PLANS = st.dictionaries(st.sampled_from([f"Maßnahme {letter}" for letter in "ABCDEFGHJKLM"]), AMOUNTS, max_size=12)


def made(plan: dict[str, Decimal | None], at: str) -> Side:
    from pathlib import Path

    from pik_excel.budget.money import Unit
    from pik_excel.budget.tables import Kind

    items = tuple(
        Item(name, Address(at, row, 1), None, None, {} if amount is None else {(2025, Kind.PLAN): amount})
        for row, (name, amount) in enumerate(plan.items(), 2)
    )
    return Side(Path(at), "", items, Unit.EUR)


@settings(max_examples=1000)
@given(old=PLANS, new=PLANS)
def test_the_bridge_always_closes_to_nothing(old: dict[str, Decimal | None], new: dict[str, Decimal | None]) -> None:
    one, two = made(old, "alt"), made(new, "neu")
    found = compared(one, two, matched(one.items, two.items, (), 0.72))
    for span in found.spans:
        bridge = found.bridge(span)
        assert bridge.rest == 0
        assert bridge.start == sum(amount for amount in old.values() if amount is not None)
        assert bridge.end == sum(amount for amount in new.values() if amount is not None)
