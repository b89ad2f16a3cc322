"""Two computations that share no code: our evaluator in Decimal and the engine. What both know, they agree on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, ErrorValue, Sheet, Value, Workbook
from pik_excel.recalc.arithmetic import Unknown
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.syntax import parse
from pik_excel.recalc.trust import same
from pik_excel.recalc.values import recalculate

HERE = (9, 9)
amounts = st.decimals(-999_999, 999_999, places=2) | st.integers(-500, 500).map(Decimal)
contents = st.one_of(
    amounts,
    amounts,
    st.just(None),
    st.sampled_from(["OMID", "", "k. A.", "–"]),
    st.booleans(),
    st.just(ErrorValue("#N/A")),
)
cells = st.lists(contents, min_size=12, max_size=12)
single = st.sampled_from([f"{column}{row}" for column in "ABC" for row in range(1, 5)])
ranges = st.sampled_from(["A1:A4", "B1:C4", "A1:C1", "$C$1:C4", "B2:B3"])
numbers = st.integers(0, 1200).map(str) | st.sampled_from(["0.5", "1.02", "2.5%", "1000", "0"])


def formulas() -> st.SearchStrategy[str]:
    return st.recursive(single | numbers, _larger, max_leaves=6)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(inner | ranges, min_size=1, max_size=3).map(",".join)
    comparison = st.builds("{}{}{}".format, inner, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), inner)
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("-{}".format, inner),
        st.builds("{}({})".format, st.sampled_from(["SUM", "MIN", "MAX", "AVERAGE", "SUM"]), lists),
        st.builds(
            "{}({},{})".format, st.sampled_from(["ROUND", "ROUNDUP", "ROUNDDOWN"]), inner, st.sampled_from("012")
        ),
        st.builds("IF({},{},{})".format, comparison, inner, inner),
        st.builds("IF({}({},{}),{},{})".format, st.sampled_from(["AND", "OR"]), comparison, comparison, inner, inner),
        st.builds("ABS({})".format, inner),
    )


def independently(formula: str, sheet: dict[tuple[int, int], Cell]) -> Value:
    function = Evaluator({"Plan": sheet}).function(parse(formula, *HERE), "Plan")
    if function is None:
        raise Unknown
    return function(*HERE)


def by_engine(formula: str, sheet: dict[tuple[int, int], Cell]) -> Value:
    """What the engine gives behind the gate; raises KeyError where that is not certain."""
    cells = {**sheet, HERE: Cell(*HERE, None, formula)}
    book = Workbook(Path("x.xlsx"), "", (Sheet("Plan", cells),))
    return recalculate(book).values[Address("Plan", *HERE)]


def sheet_of(values: list[Value]) -> dict[tuple[int, int], Cell]:
    places = [(row, column) for row in range(1, 5) for column in range(1, 4)]
    return {place: Cell(*place, value) for place, value in zip(places, values, strict=True) if value is not None}


@settings(max_examples=300, deadline=None)
@given(formulas(), cells)
def test_both_agree_on_whatever_the_evaluator_knows(formula: str, values: list[Value]) -> None:
    sheet = sheet_of(values)
    try:
        ours, theirs = independently(formula, sheet), by_engine(formula, sheet)
    except (Unknown, KeyError):
        return
    size = max((abs(value) for value in values if isinstance(value, Decimal)), default=Decimal(0))
    assert same(ours, theirs, max(size, Decimal(1200)) ** 2), f"{ours} and {theirs}"


@settings(max_examples=150, deadline=None)
@given(st.decimals(-99_999, 99_999, places=3), st.sampled_from(["1.02", "1.19", "0.511", "1"]), st.integers(-2, 3))
def test_both_round_the_same_way(amount: Decimal, factor: str, digits: int) -> None:
    sheet = {(1, 1): Cell(1, 1, amount)}
    formula = f"ROUND(A1*{factor},{digits})"
    assert same(independently(formula, sheet), by_engine(formula, sheet))


def test_texts_that_excel_might_read_as_numbers_are_left_to_others() -> None:
    sheet = {(1, 1): Cell(1, 1, "1.151")}
    for formula in ["A1+1", "-A1", "ROUND(A1,0)", "MAX(A1*2)"]:
        try:
            assert independently(formula, sheet) is None
        except Unknown:
            continue
        raise AssertionError(formula)


def test_a_sum_skips_texts_as_excel_does() -> None:
    assert independently("SUM(A1:A2)", {(1, 1): Cell(1, 1, "1.151"), (2, 1): Cell(2, 1, Decimal(5))}) == 5
