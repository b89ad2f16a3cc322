"""MSR01: a measure without product or account among others that have one."""

from __future__ import annotations

import pytest

from tests.asking import places


def listed(*rows: str, head: str = "Maßnahme | Produkt | Kontengruppe") -> str:
    lines = "\n".join(f"| {row} | {text} | 66 | 70 |" for row, text in enumerate(rows, 2))
    return f"|   | A | B | C | D | E |\n|---|---|---|---|---|---|\n| 1 | {head} | 2022 TEUR | 2023 TEUR |\n{lines}\n"


ROWS = ("Jobcafé | 31.60 | 43", "OMID | 31.60 | 43", "Tafel | 31.60 | 42", "Hort | 36.20 | 43")


@pytest.mark.parametrize(
    "rows",
    [
        (*ROWS, "Bad | 42.40 | 42"),
        ("Jobcafé | 31.60 | 43", "OMID | | ", "Tafel | | ", "Hort | 36.20 | 43", "Bad | |"),
        ("Jobcafé | | 43", "OMID | | 43", "Tafel | | 43", "Hort | | 43", "Bad | | 43"),
        ("Jobcafé | 31.60 | 43", "OMID | 31.60 | "),
    ],
)
def test_silent(rows: tuple[str, ...]) -> None:
    assert not places(listed(*rows), "MSR01")


@pytest.mark.parametrize(("row", "cell"), [("Bad | 42.40 | ", "C6"), ("Bad | | 42", "B6")])
def test_the_only_one_without(row: str, cell: str) -> None:
    assert places(listed(*ROWS, row), "MSR01") == [f"MSR01 error {cell}"]


def test_the_same_measure_under_the_same_codes_stands_twice() -> None:
    """MSR02: the cells of the codes differ, the codes do not."""
    rows = ("Jobcafé | 31.60 | 43", "OMID | 31.60 | 43", "JOBCAFÉ | 31.60 | 43", "Hort | 36.20 | 43")
    assert places(listed(*rows), "MSR02") == ["MSR02 error A4"]
    others = ("Jobcafé | 31.60 | 43", "OMID | 31.60 | 43", "Jobcafé | 31.60 | 42", "Hort | 36.20 | 43")
    assert not places(listed(*others), "MSR02")
