"""Rows of one name are one measure or several, however many there are."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from pik_excel.projection.lines import lines
from tests.writeback.building import package_of, reading_of

UPPER = range(3, 23)
LOWER = range(27, 47)


def _found(repeated: Sequence[int | None], formula: str = "={cell} → 1") -> list[list[int]]:
    """The rows of each line: a list of rows of one name, and below it another whose rows repeat those that are
    given."""

    def cell(column: str, row: int | None) -> str:
        return "7" if row is None else formula.format(cell=f"{column}{row}")

    upper = [f"| {row} | Zuschuss | {row} | {row + 1} |" for row in UPPER]
    lower = [
        f"| {at} | Zuschuss | {cell('B', row)} | {cell('C', row)} |" for at, row in zip(LOWER, repeated, strict=True)
    ]
    text = [
        "| | A | B | C |",
        "|--|--|--|--|",
        "| 1 | Bereitgestellte Mittel in TEUR | | |",
        "| 2 | Maßnahme | 2026 | 2027 |",
        *upper,
        "| 25 | Bereitgestellte Mittel in TEUR | | |",
        "| 26 | Maßnahme | 2026 | 2027 |",
        *lower,
    ]
    budget = reading_of(package_of("\n".join(text))).budget
    assert [len(table.measures) for table in budget.measure_tables] == [len(UPPER), len(LOWER)]
    return [[row.measure.at.row for row in line.rows] for line in lines(budget.measure_tables, (), "basis", {})]


def test_rows_that_state_the_same_years_are_lines_of_their_own() -> None:
    alone = [[row] for row in (*UPPER, *LOWER)]
    assert _found([None] * len(LOWER)) == alone
    assert _found([row if row % 2 else None for row in LOWER], "=1+2 → 3") == alone


@pytest.mark.parametrize("seed", range(10))
def test_a_row_that_repeats_another_is_of_its_line(seed: int) -> None:
    chance = random.Random(seed)
    targets: list[int | None] = [row if chance.random() < 0.7 else None for row in chance.sample(UPPER, len(UPPER))]
    repeating = {target: at for at, target in zip(LOWER, targets, strict=True) if target is not None}
    expected = [[row, repeating[row]] if row in repeating else [row] for row in UPPER]
    expected += [[at] for at, target in zip(LOWER, targets, strict=True) if target is None]
    assert _found(targets) == expected
