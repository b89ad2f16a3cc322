"""Lines inserted at several places of a sheet at once stand as those inserted one after the other, from the end on."""

from __future__ import annotations

import random

import pytest

from pik_excel.errors import NotWritten
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.structure.insertion import moved
from pik_excel.ooxml.structure.move import Axis, Move
from tests.ooxml.structure.furnished import MAIN, OTHER, furnished

Places = list[tuple[int, int]]
ARRAY = {Axis.ROW: {14}, Axis.COLUMN: {8}}  # lines in front of which nothing can be inserted


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return furnished(tmp_path_factory.mktemp("moebliert"))


@pytest.mark.parametrize("sheet", [MAIN, OTHER])
@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize("seed", range(5))
def test_several_places_at_once_are_as_one_after_the_other(package: Package, sheet: str, axis: Axis, seed: int) -> None:
    chance = random.Random(f"{sheet} {axis} {seed}")
    lines = sorted(set(range(1, 20)) - ARRAY[axis])
    places = [(at, chance.randint(1, 3)) for at in sorted(chance.sample(lines, chance.randint(2, 6)))]
    assert contents(moved(package, at_once(sheet, axis, places))) == from_the_end(package, sheet, axis, places)


def test_one_place_that_is_refused_refuses_all(package: Package) -> None:
    with pytest.raises(NotWritten):
        moved(package, at_once(MAIN, Axis.COLUMN, [(2, 1), (8, 1)]))


def at_once(sheet: str, axis: Axis, places: Places) -> Move:
    (at, count), *also = places
    return Move(sheet, axis, at, count, tuple(also))


def from_the_end(package: Package, sheet: str, axis: Axis, places: Places) -> dict[str, bytes]:
    for at, count in reversed(places):
        package = moved(package, Move(sheet, axis, at, count))
    return contents(package)


def contents(package: Package) -> dict[str, bytes]:
    return {name: package.part(name) for name in package.names}
