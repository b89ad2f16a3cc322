"""Which rows a total should add."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pik_excel.layout.structure import Item, sums

KINDS = {"M": "measure", "T": "total", "H": "head", "m": "memo"}


def rows_of(text: str) -> dict[int, tuple[int, ...]]:
    """`text` has a word a row: M a measure, T a total, Z a subtotal by name, H a head, m a memo row; `H:Am_See` names
    it."""
    items = []
    for row, word in enumerate(text.split(), 1):
        kind, _, label = word.partition(":")
        items.append(Item("total" if kind == "Z" else KINDS[kind], row, label.replace("_", " "), named_sub=kind == "Z"))
    return {row: one.rows for row, one in sums(items).items()}


def test_a_total_adds_all_measures() -> None:
    assert rows_of("M M M T") == {4: (1, 2, 3)}


def test_heads_alone_change_nothing() -> None:
    assert rows_of("H M M H M T") == {6: (2, 3, 5)}


def test_memo_rows_are_never_added() -> None:
    assert rows_of("M m M T m") == {4: (1, 3)}


def test_a_grand_total_adds_the_subtotals() -> None:
    assert rows_of("M M Z M M Z T") == {3: (1, 2), 6: (4, 5), 7: (3, 6)}


def test_measures_after_the_last_subtotal_count_in_the_grand_total() -> None:
    assert rows_of("M M Z M T") == {3: (1, 2), 5: (3, 4)}


def test_measures_before_a_head_are_not_in_the_group() -> None:
    assert rows_of("M H M M Z T") == {5: (3, 4), 6: (1, 5)}


def test_a_second_level_is_known_by_the_name_of_its_head() -> None:
    found = rows_of("H:Sozialamt H:Nord M M Z H:Süd M Z T:Summe_Sozialamt H:Jugendamt M T:Summe_Jugendamt T")
    assert found == {5: (3, 4), 8: (7,), 9: (5, 8), 12: (11,), 13: (9, 12)}


def test_totals_above_their_rows() -> None:
    assert rows_of("T M M M") == {1: (2, 3, 4)}
    assert rows_of("T T M M T M") == {1: (2, 5), 2: (3, 4), 5: (6,)}


def test_rows_after_the_only_total_are_not_its() -> None:
    assert rows_of("M M T M") == {3: (1, 2)}


def test_of_several_totals_above_all_rows_those_add_them_that_state_it() -> None:
    items = [Item(KINDS[kind], row) for row, kind in enumerate("TTMMT", 1)]
    figures = {1: 300, 2: 50, 3: 100, 4: 200, 5: 300}

    def fits(whole: int, parts: Sequence[int]) -> bool:
        return figures[whole] == sum(figures[part] for part in parts)

    assert {row: one.rows for row, one in sums(items, fits).items()} == {1: (5,), 2: (), 5: (3, 4)}


def test_of_nothing_but_totals_the_last_adds_the_others_where_it_states_that() -> None:
    items = [Item("total", row) for row in (1, 2, 3)]
    assert sums(items, lambda whole, parts: (whole, list(parts)) == (3, [1, 2]))[3].rows == (1, 2)
    assert {row: one.rows for row, one in sums(items, lambda _whole, _parts: False).items()} == {1: (), 2: (), 3: ()}
    assert rows_of("T T") == {1: (), 2: ()}


ROWS = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.booleans(), st.booleans(), st.booleans()), max_size=12)


@given(ROWS, st.integers(0, 2**32))
def test_each_total_is_told_what_it_adds_whatever_the_order_and_only_of_rows_that_are_there(
    drawn: list[tuple[str, bool, bool, bool]], answers: int
) -> None:
    items = [
        Item(KINDS[kind], row, "", named_sub, below, (row + 1,) if has_parts and row < len(drawn) else ())
        for row, (kind, named_sub, below, has_parts) in enumerate(drawn, 1)
    ]
    numbers = {item.row for item in items}

    def fits(whole: int, parts: Sequence[int]) -> bool:
        assert {whole, *parts} <= numbers
        return bool(hash((whole, *parts, answers)) % 2)

    found = sums(items, fits)
    assert set(found) == {item.row for item in items if item.kind == "total"}
    assert all({row, one.row, *one.rows} <= numbers and row == one.row for row, one in found.items())
