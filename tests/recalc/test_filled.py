"""Computed all at once, the copies of a formula give what they give one by one."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from pik_excel.grid.store import Cells
from pik_excel.grid.workbook import Cell, ErrorValue, Value
from pik_excel.recalc.arithmetic import Unknown
from pik_excel.recalc.filled import ITSELF, FilledDown
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.syntax import parse

ROWS, COLUMN = range(3, 11), 6
kinds = st.lists(st.sampled_from(["numbers", "numbers", "numbers", "gaps", "anything"]), min_size=5, max_size=5)


def _columns(kinds: list[str], seed: int) -> list[list[Value]]:
    chance = random.Random(seed)
    return [[_value(kind, chance) for _row in range(14)] for kind in kinds]


def _value(kind: str, chance: random.Random) -> Value:
    if kind != "numbers" and not chance.randrange(4):
        return None
    if kind == "anything" and not chance.randrange(6):
        return chance.choice(["OMID", "", True, ErrorValue("#N/A")])
    return Decimal(chance.choice([0, chance.randint(-500, 500), chance.randint(-99999, 99999)])).scaleb(
        -chance.choice([0, 2])
    )


single = st.builds("{}{}".format, st.sampled_from(["A", "B", "$C", "D", "E"]), st.sampled_from(["2", "3", "4", "$1"]))
ranges = st.sampled_from(["A3:E3", "B4:D4", "$A3:E3", "A$1:E$1", "D3:E3", "A2:A3", "B1:C4", "C3:C3"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/^="), inner),
        st.builds("{}{}".format, st.sampled_from("+-"), inner),
        st.builds("{}%".format, inner),
        st.builds("{}({})".format, st.sampled_from(["SUM", "MIN", "MAX", "AVERAGE"]), ranges),
        st.builds("SUM({},{})".format, ranges, inner),
        st.builds("{}({},{})".format, st.sampled_from(["ROUND", "ROUNDUP"]), inner, st.sampled_from(["0", "2", "-1"])),
        st.builds("IF({}>0,{},{})".format, inner, inner, inner),
    )


formulas = st.recursive(single | st.builds("SUM({})".format, ranges) | st.just("1.02"), _larger, max_leaves=4)


def _sheet(values: list[list[Value]], uncalculated: frozenset[int] = frozenset()) -> Cells:
    """The values column by column; in rows `uncalculated` an empty cell is a formula without a value."""
    return Cells.of(
        {
            (row, column): Cell(row, column, value, "A1" if value is None and row in uncalculated else None)
            for column, held in enumerate(values, 1)
            for row, value in enumerate(held, 1)
        }
    )


def _one_by_one(evaluator: Evaluator, formula: str) -> list[Value]:
    function = evaluator.function(parse(formula, ROWS[0], COLUMN), "Plan")
    assert function is not None
    return [function(row, COLUMN) for row in ROWS]


def _at_once(evaluator: Evaluator, formula: str) -> list[Decimal] | None:
    filled = FilledDown(evaluator)
    return filled.numbers(filled.function(parse(formula, ROWS[0], COLUMN), "Plan"), ROWS, COLUMN)


@given(kinds, st.integers(0, 9999), st.frozensets(st.integers(1, 14), max_size=2), formulas)
def test_copies_give_what_they_give_one_by_one(
    kinds: list[str], seed: int, uncalculated: frozenset[int], formula: str
) -> None:
    evaluator = Evaluator({"Plan": _sheet(_columns(kinds, seed), uncalculated)})
    assume(evaluator.function(parse(formula, ROWS[0], COLUMN), "Plan") is not None)
    found = _at_once(evaluator, formula)
    if found is not None:
        assert found == _one_by_one(evaluator, formula)
        assert {type(one) for one in found} == {Decimal}


@given(st.integers(0, 9999))
def test_numbers_and_empty_cells_need_no_second_look(seed: int) -> None:
    evaluator = Evaluator({"Plan": _sheet(_columns(["gaps"] * 5, seed))})
    for formula in ("SUM(A3:E3)", "MAX(A3:E3)", "E3-A3", "A2", "ROUND(B3*1.02,0)", "-C$1+D3%"):
        assert _at_once(evaluator, formula) == _one_by_one(evaluator, formula)


def test_rows_of_different_kinds_are_told_apart() -> None:
    cells = {(row, 1 + row % 2): Cell(row, 1 + row % 2, Decimal(row)) for row in ROWS}
    evaluator = Evaluator({"Plan": cells})
    assert _at_once(evaluator, "A3+B3") == [Decimal(row) for row in ROWS]
    assert _at_once(evaluator, "SUM(A3:B3)") == [Decimal(row) for row in ROWS]


def test_a_formula_without_a_value_is_no_empty_cell() -> None:
    values: list[list[Value]] = [[None if row == 5 else Decimal(row) for row in range(1, 15)]] * 5
    evaluator = Evaluator({"Plan": _sheet(values, frozenset({5}))})
    assert _at_once(evaluator, "A3+B3") is None
    assert _at_once(evaluator, "SUM(A3:B3)") is None


def test_the_cell_itself_must_hold_a_number() -> None:
    filled = FilledDown(Evaluator({"Plan": {(row, COLUMN): Cell(row, COLUMN, Decimal(7), "A1") for row in ROWS}}))
    itself = filled.function(ITSELF, "Plan")
    assert filled.numbers(itself, ROWS, COLUMN) == [Decimal(7)] * len(ROWS)
    assert filled.numbers(itself, range(3, 12), COLUMN) == [*[Decimal(7)] * len(ROWS), Decimal(0)]


def test_what_is_beyond_the_evaluator_is_refused() -> None:
    evaluator = Evaluator({"Plan": {}})
    assert evaluator.function(parse("VLOOKUP(A3,B:C,2,0)", 3, COLUMN), "Plan") is None
    try:
        FilledDown(evaluator).function(parse("1+VLOOKUP(A3,B:C,2,0)", 3, COLUMN), "Plan")
    except Unknown:
        return
    raise AssertionError("a look-up is not known here")


def test_digits_that_no_number_has_are_left_to_the_closer_look() -> None:
    evaluator = Evaluator({"Plan": _sheet([[Decimal(1)] * 14])})
    assert _at_once(evaluator, "ROUND(A3,-99999999999999999999)") is None
