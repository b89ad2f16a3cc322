"""Lists beside and below one another on one sheet take as much work each, however many they are."""

from __future__ import annotations

import pytest

from pik_excel.grid.reference import column_letters
from pik_excel.ooxml.package import Package
from tests.effort import growth
from tests.ooxml.building import rows
from tests.writeback.building import projected

Cells = dict[tuple[int, int], str]


def listed(name: str, top: int, left: int) -> Cells:
    """A list of two measures with a total below and beside the years, as cells by row and column."""
    columns = range(left + 1, left + 3)
    first, last = (column_letters(column) for column in (columns[0], columns[-1]))
    found = {(top, left): "Maßnahme", (top, left + 3): "Summe", (top + 3, left): "Summe"}
    for row in (top + 1, top + 2):
        found[row, left] = f"{name} {row - top}"
        found[row, left + 3] = f"=SUM({first}{row}:{last}{row})"
    for year, column in enumerate(columns, 2022):
        letters = column_letters(column)
        found |= {(top, column): str(year), (top + 1, column): "1000", (top + 2, column): "2000"}
        found[top + 3, column] = f"=SUM({letters}{top + 1}:{letters}{top + 2})"
    return found


def below(count: int) -> Package:
    return package_of([listed(f"Zuschuss {number}", 6 * number + 1, 1) for number in range(count)])


def beside(count: int) -> Package:
    return package_of([listed(f"Zuschuss {number}", 1, 6 * number + 1) for number in range(count)])


def package_of(lists: list[Cells]) -> Package:
    by_row: dict[int, list[str]] = {}
    for (row, column), said in sorted(pair for one in lists for pair in one.items()):
        at = f'r="{column_letters(column)}{row}"'
        cell = f'<c {at} t="inlineStr"><is><t>{said}</t></is></c>'
        if said.startswith("=") or said.isdigit():
            cell = f"<c {at}><f>{said[1:]}</f></c>" if said.startswith("=") else f"<c {at}><v>{said}</v></c>"
        by_row.setdefault(row, []).append(cell)
    return rows("".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in by_row.items()))


@pytest.mark.parametrize("lists", [below, beside])
def test_twice_as_many_lists_are_twice_the_work(lists) -> None:
    assert growth(lambda count: projected(lists(count), 2024), 10) < 2.35
