"""Columns inserted on several sheets at once stand as those inserted on one after the other."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.structure.insertion import moved
from pik_excel.ooxml.structure.move import Axis, Move

EXAMPLE = Path(__file__).parents[3] / "workbooks" / "haushalt.xlsx"
MOVES = (
    Move("Finanzielle Auswirkungen", Axis.COLUMN, 3, 2),
    Move("Ergänzende Maßnahmen", Axis.COLUMN, 3, 1),
    Move("Stellen", Axis.ROW, 4, 2),
)


@pytest.mark.parametrize("order", list(permutations(MOVES)))
def test_several_sheets_at_once_are_as_one_after_the_other(order: tuple[Move, ...]) -> None:
    package = open_package(EXAMPLE)
    assert contents(moved(package, *order)) == contents(one_after_the_other(package, order))


def one_after_the_other(package: Package, moves: tuple[Move, ...]) -> Package:
    for move in moves:
        package = moved(package, move)
    return package


def contents(package: Package) -> dict[str, bytes]:
    return {name: package.part(name) for name in package.names}
