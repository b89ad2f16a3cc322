"""A record of this program does what one of the standard library does."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

import pik_excel
from pik_excel import records

Kind = Callable[..., Any]
BOTH = pytest.mark.parametrize("kind", [dataclasses.dataclass, records.dataclass], ids=["standard", "own"])


def declared(kind: Kind) -> tuple[type, type, type]:
    """The same three records, by either decorator."""

    @kind(frozen=True)
    class Place:
        sheet: str
        row: int = 1
        seen: list[int] = dataclasses.field(default_factory=list, compare=False)
        told: str = dataclasses.field(default="", repr=False)

    @kind(frozen=True, kw_only=True)
    class Named(Place):
        name: str
        length: int = dataclasses.field(init=False, default=0)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.name))

    @kind(frozen=True, slots=True)
    class Narrow:
        value: int = 0

    return Place, Named, Narrow


@BOTH
def test_it_is_made_from_values_names_and_defaults(kind: Kind) -> None:
    place, named, narrow = declared(kind)
    assert dataclasses.astuple(place("A")) == ("A", 1, [], "")
    assert dataclasses.astuple(place("A", told="x", row=2)) == ("A", 2, [], "x")
    assert place("A").seen is not place("A").seen
    assert dataclasses.astuple(named("A", name="abc")) == ("A", 1, [], "", "abc", 3)
    assert dataclasses.astuple(narrow(5)) == (5,)
    for wrong in (
        place,
        lambda: place("A", 1, [], "", 5),
        lambda: place("A", other=1),
        lambda: named("A", "B"),
    ):
        with pytest.raises(TypeError):
            wrong()


@BOTH
def test_it_is_equal_hashed_and_shown_by_its_fields(kind: Kind) -> None:
    place, named, narrow = declared(kind)
    assert place("A", 1, [1]) == place("A", 1, [2])
    assert hash(place("A", 1, [1])) == hash(place("A", 1, [2])) == hash(("A", 1, ""))
    assert place("A") != place("B")
    assert place("A") != named("A", name="")
    assert repr(place("A", told="x")).endswith("Place(sheet='A', row=1, seen=[])")
    assert repr(narrow()).endswith("Narrow(value=0)")
    held = place("A")
    held.seen.append(held)
    assert repr(held).endswith("Place(sheet='A', row=1, seen=[...])")


@BOTH
def test_nothing_in_it_changes(kind: Kind) -> None:
    for record in (declared(kind)[0]("A"), declared(kind)[2](1)):
        name = dataclasses.fields(record)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, name, "B")
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(record, name)


@BOTH
def test_one_that_is_not_frozen_changes_and_has_no_hash(kind: Kind) -> None:
    @kind(frozen=False)
    class Count:
        what: str
        seen: int = 0

    count = Count("A")
    count.seen += 1
    assert count == Count("A", 1)
    assert repr(count).endswith("Count(what='A', seen=1)")
    with pytest.raises(TypeError):
        hash(count)


@BOTH
def test_it_is_replaced_copied_and_matched(kind: Kind) -> None:
    place, named, narrow = declared(kind)
    assert dataclasses.replace(place("A"), row=3) == place("A", 3)
    assert dataclasses.replace(named("A", name="a"), name="abc").length == 3
    assert copy.deepcopy(place("A", 2)) == place("A", 2)
    assert copy.copy(narrow(2)) == narrow(2)
    match place("A", 7):
        case place(sheet, row):
            assert (sheet, row) == ("A", 7)
        case _:
            pytest.fail("no match")


@records.dataclass(frozen=True)
class Sent:
    """A record that goes to another process."""

    name: str
    place: Kept | None = None


@records.dataclass(frozen=True, slots=True)
class Kept:
    """One with slots."""

    value: int


def test_it_goes_to_another_process_and_comes_back() -> None:
    sent = Sent("A", Kept(3))
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert hash(pickle.loads(pickle.dumps(sent))) == hash(sent)


def test_a_record_of_its_own_mind_keeps_its_hash() -> None:
    @records.dataclass(frozen=True)
    class Own:
        value: list[int]

        def __hash__(self) -> int:
            return 7

    assert hash(Own([1])) == 7
    assert Own([1]) == Own([1])


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(pik_excel.__path__, "pik_excel.")
    return [importlib.import_module(one.name) for one in found if not one.name.endswith("__main__")]


def test_every_record_of_the_program_is_made_from_its_fields() -> None:
    for module in modules():
        for cls in vars(module).values():
            if not isinstance(cls, type) or not dataclasses.is_dataclass(cls) or cls.__module__ != module.__name__:
                continue
            wanted = sorted((one for one in dataclasses.fields(cls) if one.init), key=lambda one: one.kw_only)
            made = records._init(cls)
            assert list(inspect.signature(made).parameters) == ["self", *(one.name for one in wanted)], cls
