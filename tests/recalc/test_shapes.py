"""A formula is parsed once a shape; two formulas never share a tree that they should not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.grid.reference import column_letters
from pik_excel.grid.shared import SharedFormula
from pik_excel.recalc.form import form_of
from pik_excel.recalc.shapes import Shapes
from pik_excel.recalc.syntax import (
    Beyond,
    Call,
    Constants,
    Name,
    Node,
    Number,
    Operation,
    Percent,
    Reference,
    Sign,
    Structured,
    Text,
    children,
    parse,
    references,
    walk,
)
from pik_excel.recalc.writing import write


def test_a_formula_filled_down_or_across_keeps_its_shape() -> None:
    shapes = Shapes()
    first = shapes.of("SUM(B4:G4)*$A$1", 4, 8)
    assert shapes.of("SUM(B5:G5)*$A$1", 5, 8) is first
    assert shapes.of("SUM(C4:H4)*$A$1", 4, 9) is first
    assert shapes.of("SUM(B5:G5)*$A$2", 5, 8) is not first
    assert shapes.of("SUM(B4:G4)*$A$1", 5, 8) is not first


def test_a_shared_formula_is_one_shape_for_all_its_cells() -> None:
    shapes = Shapes()
    group = SharedFormula("SUM(B4:G4)*$A$1", 4, 8)
    assert shapes.of(group, 4, 8) is shapes.of(group, 17, 8) is shapes.of("SUM(B9:G9)*$A$1", 9, 8)


LOOKS_ALIKE = [  # each pair moves by one row, but is no copy
    ("Blatt5!B9", "Blatt6!B9"),
    ("Blatt5!B5", "Blatt6!B6"),
    ("'Jan 5'!B5", "'Jan 6'!B6"),
    ('IF(A5="Q5",1,2)', 'IF(A6="Q6",1,2)'),
    ("LOG10(A5)", "LOG11(A6)"),
    ("SUM(5:5)", "SUM(5:5)"),
    ("Satz5*A5", "Satz6*A6"),
    ("Satz.A5*2", "Satz.A6*2"),
    ("Tab[B5]", "Tab[B6]"),
    ("A5*5", "A6*6"),
    ("A5*1E5", "A6*1E6"),
    ("AB05*2", "AB6*2"),
    ("Jan5:Mai5!A5", "Jan6:Mai6!A6"),
]


@pytest.mark.parametrize(("first", "second"), LOOKS_ALIKE)
def test_what_only_looks_like_a_copy_has_its_own_shape(first: str, second: str) -> None:
    shapes = Shapes()
    shapes.of(first, 5, 8)
    assert shapes.of(second, 6, 8) == parse(second, 6, 8)


FIXED_ROWS = 'IF(OR(Annahmen!$E$5="",H$3<=Annahmen!$E$5),ROUND(MIN(Annahmen!$C$5,$A$1000001)/A5,0),"$A$5")'


@pytest.mark.parametrize(
    "formula",
    [
        FIXED_ROWS,
        "SUM($A$5:B$7)+$1:$5",
        "SUM(5:5)",
        "Blatt5!B5+'Plan 5'!$B5",
        'A5&"A5"&Tab[[#This Row],[A5]]',
        "a5+$b$5",
    ],
)
def test_the_cache_gives_what_parsing_gives(formula: str) -> None:
    shapes = Shapes()
    for row in range(5, 9):
        text = formula.replace("5", str(row))
        assert shapes.of(text, row, 8) == parse(text, row, 8)


cell = st.builds(
    lambda row, column, row_fixed, column_fixed: f"{'$' * column_fixed}{column_letters(column)}{'$' * row_fixed}{row}",
    st.integers(1, 40),
    st.integers(1, 40),
    st.booleans(),
    st.booleans(),
)
sheets = st.sampled_from(["", "Plan!", "'Plan 22'!", "'Kämmerei''s'!", "Blatt7!"])
reference = st.builds("{}{}".format, sheets, cell | st.builds("{}:{}".format, cell, cell))
leaf = (
    reference
    | st.integers(0, 99).map(str)
    | st.sampled_from(['"A7"', '"x""y"', "TRUE", "#REF!", "1.5", "{1,2;3,4}", "A:C"])
)
formulas = st.recursive(
    leaf,
    lambda inner: (
        st.builds("({}{}{})".format, inner, st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>"]), inner)
        | st.builds("{}({},{})".format, st.sampled_from(["SUM", "IF", "LOG10"]), inner, inner)
        | st.builds("-{}".format, inner)
        | st.builds("{}%".format, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(formulas, st.integers(1, 40), st.integers(1, 40))
def test_a_tree_written_again_is_the_same_tree(formula: str, row: int, column: int) -> None:
    tree = parse(formula, row, column)
    assert not isinstance(tree, Beyond)
    assert parse(write(tree, row, column), row, column) == tree


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(formulas, st.integers(1, 40), st.integers(1, 40)), max_size=8))
def test_shapes_never_mix(found: list[tuple[str, int, int]]) -> None:
    shapes = Shapes()
    for formula, row, column in found:
        assert shapes.of(formula, row, column) == parse(formula, row, column)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("SUM(A1,B2)", Call),
        ("A1:B2", Reference),
        ("-2^2", Operation),
        ("Satz", Name),
        ("Plan!Satz", Name),
        ("Tab[[#This Row],[Betrag in €]]", Structured),
        ("{1,2}", Constants),
        ("1.5E-3", Number),
        ("[1]Plan!$A$1", Reference),
        ("'[12]Plan 2022'!A1:C7", Reference),
        ("[1]Plan!A:A", Reference),
        ("[1]Jan:Dez!A1", Beyond),
        ("'[1]Jan:Dez'!A1", Beyond),
        ("'[Plan.xlsx]Blatt 1'!A1", Beyond),
        ("[1]!Satz", Beyond),
        ("SUM(A1 B1)", Beyond),
        ("Q1_2022", Name),
        ("\\Satz", Name),
        ("XFE1", Beyond),
    ],
)
def test_a_formula_is_read_as_what_it_is(formula: str, kind: type) -> None:
    assert isinstance(parse(formula, 1, 1), kind)


@pytest.mark.parametrize("sheet", ["[1]Plan", "'[1]Plan 7'", "[1]Blatt7"])
def test_sheets_of_other_workbooks_are_filled_down_like_any_other(sheet: str) -> None:
    shapes = Shapes()
    first = shapes.of(f"{sheet}!B7*2+B7", 7, 3)
    assert shapes.of(f"{sheet}!B8*2+B8", 8, 3) is first
    assert shapes.of(f"{sheet}!B7*2+B8", 8, 3) is not first
    assert shapes.of(f"{sheet.replace('1]', '2]')}!B7*2+B7", 7, 3) is not first


SPELLED_ALIKE = [
    "U{}*{}+{}",
    "SUM(A{}:C{})-$D${}/{}",
    'IF(B{}>{},{},IF(C${}="{}",{}%,-{}))',
    "'Blatt {}'!A{}*{}",
    "Blatt{}!A{}+{}E{}",
    "LOG{}(A{})+Satz_{}+{}",
    "SUM({{{},{};{},1}})",
    "SUM({}:{})+A{}",
    "A{}:A{} B{}",
    "#DIV/0!+{}+A{}",
    "Tab[B{}]*{}",
    "A{}.{}",
    "{}.5*.{}",
    "SUM(A{}:INDEX(B:B,{}))",
    "Tab[A{}[[B{}]]]",
    "SUM(A${}:B{})+C.{}",
    "{}A{}+1",
]


@given(
    st.sampled_from(SPELLED_ALIKE),
    st.lists(
        st.tuples(
            st.integers(1, 999_999),
            st.lists(
                st.sampled_from(["1", "7", "12", "100", "999999", "1048576", "1048577", "1000003", "0", "05"]),
                min_size=7,
                max_size=7,
            ),
        ),
        min_size=3,
        max_size=6,
    ),
)
def test_formulas_that_differ_in_rows_and_numbers_have_the_trees_that_parsing_gives(
    spelled: str, drawn: list[tuple[int, list[str]]]
) -> None:
    shapes = Shapes()
    for row, numbers in drawn:
        formula = spelled.format(*numbers)
        tree = shapes.of(formula, row, 8)
        assert tree == parse(formula, row, 8), formula
        assert shapes.forms[id(tree)] == form_of(walk(tree)), formula


def test_fixed_rows_in_step_with_their_formulas_are_of_one_shape_where_that_is_wanted() -> None:
    shapes, exact = Shapes(rows_in_step=True), Shapes()
    written = 'IF(AND(H$3>=Annahmen!$D${0},Annahmen!$E${0}<>"$E$9"),ROUND(A{1}*Annahmen!$C${0},0),0)'
    first, *others = (shapes.of(written.format(row + 6, row), row, 8) for row in range(4, 40))
    assert first == exact.of(written.format(10, 4), 4, 8)
    assert all(one is others[0] for one in others)
    assert others[0] not in (first, exact.of(written.format(11, 5), 5, 8))
    assert shapes.of(written.format(48, 41), 41, 8) is not others[0]  # a row further than the others from its formula


def test_a_formula_in_the_same_row_of_another_sheet_tells_nothing_of_rows_in_step() -> None:
    shapes = Shapes(rows_in_step=True)
    assert shapes.of("B4*$C$3", 4, 8) is shapes.of("B4*$C$3", 4, 8) is shapes.of("B5*$C$3", 5, 8)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([*SPELLED_ALIKE, "$A${}*$B${}", "SUM($A${}:$A${})+Plan!$C${}"]),
    st.lists(st.tuples(st.integers(1, 3), st.lists(st.integers(0, 2), min_size=7, max_size=7)), min_size=2, max_size=9),
)
def test_with_fixed_rows_in_step_each_formula_reads_what_it_read(
    spelled: str, steps: list[tuple[int, list[int]]]
) -> None:
    shapes = Shapes(rows_in_step=True)
    row, numbers = 5, [7, 9, 30, 2, 11, 4, 6]
    for down, further in steps:
        row, numbers = (
            row + down,
            [one + (step if step < 2 else down) for one, step in zip(numbers, further, strict=True)],
        )
        formula = spelled.format(*numbers)
        tree, parsed = shapes.of(formula, row, 4), parse(formula, row, 4)
        assert list(_read_at(tree, row)) == list(_read_at(parsed, row))


@pytest.mark.parametrize("text", ["$A4*D$3", "SUM($A$4:$A4)+D$3", "SUMIF(Plan!$A$2:$A$9,$A4,Plan!$B$2:$B$9)*D$3"])
def test_with_fixed_rows_in_step_a_shared_formula_reads_what_it_read(text: str) -> None:
    """Its first cell states it in full, too: that both lie as far from their rows says nothing of the others."""
    shapes = Shapes(rows_in_step=True)
    shapes.of(text, 4, 4)
    tree, parsed = shapes.of(SharedFormula(text, 4, 4), 4, 4), parse(text, 4, 4)
    for row in range(4, 9):
        assert list(_read_at(tree, row)) == list(_read_at(parsed, row))


def _read_at(tree: Node, row: int) -> Iterator[object]:
    """The nodes of a tree, references as the cells that they mean in this row."""
    for node in walk(tree):
        if isinstance(node, Reference):
            yield node.sheet, node.single, node.area(row, 4)
        else:
            yield (node.__class__, getattr(node, "name", ""), len(children(node))) if children(node) else node


def test_formulas_that_all_differ_share_their_rows_and_numbers() -> None:
    shapes = Shapes()
    _first, _second, third, fourth = (shapes.of(f"U{row}*7+$U$5*{row}", row, 8) for row in range(10, 14))
    assert third != fourth
    for one, other in zip(references(third), references(fourth), strict=True):
        assert one.top is other.top
    sevens = [node for tree in (third, fourth) for node in walk(tree) if node == Number(Decimal(7))]
    assert sevens[0] is sevens[1]


def test_what_a_formula_consists_of() -> None:
    form = form_of(walk(parse('SUM(Plan!B4:B9)&IF([1]Ist!A1>-2,"x",A1%)', 4, 8)))
    assert form.functions == {"SUM", "IF"}
    assert form.operators == {"&", ">"}
    assert form.sheets == {"Plan", "[1]Ist", None}
    assert form.elsewhere == {"[1]Ist"}
    assert form.kinds == {Call, Operation, Sign, Percent, Reference, Number, Text}
