"""A row that is read at once, because it is spelled like one before, gives what it gives cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pik_excel.grid.cells import Found, read_cells
from pik_excel.grid.spelling import Alike, Column

STRINGS = ("Personal", "Sachkosten")
VALUES = some.sampled_from(
    ["", "<v/>", "<v></v>", "<v>0</v>", "<v>290</v>", "<v> 4 </v>", "<v>-1.5</v>", "<v>0.1000000001</v>"]
)
TEXTS = some.sampled_from(["<v>1</v>", "<v>7</v>", "", "<is><t>k. A.</t></is>", "<v>a &lt; b</v>"])
FORMULAS = some.sampled_from(
    [
        *("", "<f>A1+B{row}</f>", "<f></f>", "<f/>", '<f t="shared" si="0"/>', "<f>IF(A{row}&lt;1,2,3)</f>"),
        *('<f t="shared" ref="B1:B9" si="0">A{row}*2</f>', '<f t="array" ref="C{row}">A{row}</f>'),
    ]
)
CELLS = some.one_of(
    some.tuples(some.sampled_from(["", ' s="2"', ' s="1" t="n"']), FORMULAS, VALUES),
    some.tuples(some.sampled_from([' t="str"', ' t="inlineStr"']), FORMULAS, TEXTS),
    some.tuples(some.just(' t="s"'), FORMULAS, some.sampled_from(["<v>0</v>", "<v>1</v>", "<v></v>", ""])),
)
ROWS = some.tuples(some.sampled_from(["", ' spans="1:3"', ' hidden="1"', ' ht="0"']), some.lists(CELLS, max_size=3))


def spelled(row: int, attributes: str, cells: list[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<c r="{column}{row}"{kind}>{formula.format(row=row)}{value}</c>'
        for column, (kind, formula, value) in zip("ABC", cells, strict=False)
    )
    return f'<row r="{row}"{attributes}>{inside}</row>'


def shown(found: Found) -> tuple[object, ...]:
    cells = [(at, cell.value, cell.formula, cell.style, cell.array) for at, cell in sorted(found.cells.items())]
    return cells, sorted(found.hidden_rows), found.arrays, found.unread


@given(some.lists(some.tuples(ROWS, some.integers(1, 5)), max_size=8), some.sampled_from(["", "\n  "]))
def test_rows_read_at_once_give_what_they_give_cell_by_cell(
    kinds: list[tuple[tuple[str, list[tuple[str, str, str]]], int]], gap: str
) -> None:
    lines = [row for row, times in kinds for _ in range(times)]
    text = gap.join(spelled(number, *line) for number, line in enumerate(lines, 1))
    with_breaks = gap.join(spelled(number, *line) + f'<row r="{number}"/>' * 2 for number, line in enumerate(lines, 1))
    assert shown(read_cells(text, STRINGS)) == shown(read_cells(with_breaks, STRINGS))


def line(row: int, inside: str) -> str:
    return f'<row r="{row}">{inside.format(row=row)}</row>'


def rows(alike: Alike, text: str) -> list[tuple[str | None, ...]]:
    return [given for _sort, given in alike.read(text, 0, len(text))[0]]


def test_a_row_like_the_learned_one_gives_its_formulas_and_values() -> None:
    alike = Alike()
    cells = '<c r="A{row}" t="s"><v>0</v></c><c r="B{row}"/><c r="C{row}"><f>A{row}</f><v>1</v></c>'
    alike.learn(line(4, cells), [Column(1, 0, "s", None), Column(2, 0, None, None), Column(3, 0, None, "")], False)
    assert rows(alike, line(5, cells)) == [("5", None, "0", None, None, "A5", "1")]
    assert rows(alike, line(5, cells) + line(6, cells) + line(7, "<c/>")) == [
        ("5", None, "0", None, None, "A5", "1"),
        ("6", None, "0", None, None, "A6", "1"),
    ]
    assert rows(alike, line(5, cells.replace('"A{row}"', '"A6"'))) == []
    assert rows(alike, line(5, cells + "<c/>")) == []


@pytest.mark.parametrize("cells", ["<c><v>1</v></c>", '<c r="A9"><v>1</v></c>', '<c r="A4"><is><t>a</t></is></c>'])
def test_no_row_is_like_one_whose_cells_do_not_name_their_place_in_it(cells: str) -> None:
    alike = Alike()
    alike.learn(line(4, cells), [Column(1, 0, None, None)], False)
    assert rows(alike, line(4, cells)) == []


def test_where_no_two_rows_are_alike_it_soon_stops_learning() -> None:
    alike = Alike()
    learned = 0
    for row in range(1, 1000):
        assert rows(alike, line(row, "<c/>" * row)) == []
        if alike.wants_to_learn:
            alike.learn(line(row, "<c/>" * row), [Column(1, 0, None, None)], False)
            learned += 1
    assert learned < 10


def test_rows_of_several_sorts_are_read_at_once_in_the_order_of_the_file() -> None:
    alike = Alike()
    short, long = (
        '<c r="A{row}"><v>1</v></c>',
        '<c r="A{row}"><v>1</v></c><c r="B{row}" t="inlineStr"><is><t>neu</t></is></c>',
    )
    alike.learn(line(1, short), [Column(1, 0, None, None)], False)
    alike.learn(line(2, long), [Column(1, 0, None, None), Column(2, 0, "inlineStr", None)], False)
    text = line(3, short) + line(4, long) + line(5, short)
    assert rows(alike, text) == [("3", None, "1"), ("4", None, "1", None, "neu"), ("5", None, "1")]


def test_a_row_is_of_the_same_sort_whatever_its_height_and_span() -> None:
    alike = Alike()
    alike.learn('<row r="4" spans="1:9" ht="15.75"><c r="A4"><v>1</v></c></row>', [Column(1, 0, None, None)], False)
    assert rows(alike, '<row r="5" spans="1:11" ht="30"><c r="A5"><v>2</v></c></row>') == [("5", None, "2")]
    assert rows(alike, '<row r="5" spans="1:11" ht="0"><c r="A5"><v>2</v></c></row>') == []
