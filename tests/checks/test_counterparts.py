"""MSR04: the tables of provided, additional and total need list the same measures."""

from __future__ import annotations

from tests.asking import places
from tests.checks.test_needs import trio

ROWS: dict[str, list[object]] = {"OMID": [100, 50], "Hort Süd": [10, 10], "Tafel": [20, 20], "Jobcafé": [5, 5]}
NONE: dict[str, list[object]] = {name: [0, 0] for name in ROWS}


def without(rows: dict[str, list[object]], *names: str) -> dict[str, list[object]]:
    return {name: amounts for name, amounts in rows.items() if name not in names}


def test_lists_that_agree_are_silent() -> None:
    assert not places(trio(ROWS, NONE, ROWS), "MSR04")


def test_what_is_provided_needs_no_addition() -> None:
    assert not places(trio(ROWS, without(NONE, "Tafel"), ROWS), "MSR04")
    assert not places(trio({"Tafel": [20, 20]}, ROWS, ROWS), "MSR04")


def test_a_measure_missing_in_the_total() -> None:
    assert places(trio(ROWS, NONE, without(ROWS, "Tafel")), "MSR04") == ["MSR04 warning Eins!A6"]


def test_a_measure_named_otherwise_in_the_total() -> None:
    total = {("Hort Süd (neu)" if name == "Hort Süd" else name): amounts for name, amounts in ROWS.items()}
    assert "MSR04 warning Drei!A5" in places(trio(ROWS, NONE, total), "MSR04")


def test_an_addition_that_is_counted_and_not_listed() -> None:
    total = dict(ROWS) | {"Tafel": [30, 30]}
    assert places(trio(ROWS, without(NONE, "Tafel"), total), "MSR04") == ["MSR04 warning Drei!A6"]
