"""YRS03: what must stay silent first, then jumps that ask for a word."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

YEARS = ("2022", "2023", "2024", "2025")


def plan(
    amounts: str,
    remark: str = "",
    *,
    heads: tuple[str, ...] = YEARS,
    unit: str = "TEUR",
    name: str = "Lizenz",
    note: str = "",
) -> str:
    shown = " | ".join(f"{head} {unit}" for head in heads)
    usual = " | ".join(["290"] * len(heads))
    letters = " | ".join("BCDEFGH"[: len(heads) + 1])
    return f"""
        |   | A        | {letters} |
        |---|----------|{"---|" * (len(heads) + 1)}
        | 1 | Maßnahme | {shown} | Bemerkung |
        | 2 | OMID     | {usual} | |
        | 3 | {name}   | {amounts} | {remark} |
        | 4 | Campus   | {usual} | |
        | 5 | Chor     | {usual} | |
        | 6 | {note}   |
    """


@pytest.mark.parametrize(
    ("amounts", "remark"),
    [
        ("50 | 52 | 54 | 56", ""),
        ("100 | 125 | 125 | 125", ""),
        ("100 | 75 | 75 | 75", ""),
        ("8 | 16 | 16 | 16", ""),
        ("0 | 50 | 50 | 50", ""),
        (" | 50 | 50 | 50", ""),
        ("50 | 50 | 0 | 0", ""),
        ("50 | 50 | – | k. A.", ""),
        ("0 | 25 | 50 | 50", ""),
        ("50 | 50 | 25 | 0", ""),
        ("50 | 0 | 0 | 50", ""),
        ("5 | 120 | 6000 | 12000", ""),
        ("50 | 66 | 66 | 66", "Mehrkosten für 20 weitere Plätze"),
        ("50 | 66 | 66 | 66", "Tarifsteigerung"),
        ("80 | 60 | 60 | 60", "geringerer Bedarf"),
        ("50 | 50 | 50 | 25", "befristet bis 30.06.2025"),
        ("290 | 290000 | 290 | 290", ""),
        ("290 | -290 | 290 | 290", ""),
    ],
)
def test_silent(amounts: str, remark: str) -> None:
    assert places(plan(amounts, remark), "YRS03", "NUM03", "NUM05") in (
        [],
        ["NUM03 error C3"],
        ["NUM05 warning C3"],
    )


@pytest.mark.parametrize(
    ("amounts", "cell", "stated"),
    [
        ("50 | 66 | 66 | 66", "C3", "66"),
        ("80 | 50 | 50 | 50", "C3", "50"),
        ("100 | 100 | 200 | 100", "D3", "200"),
        ("100 | 100 | 50 | 100", "D3", "50"),
        ("50 | 66 | 66 | 0", "C3", "66"),
        ("50 | 66 | 100 | 100", "C3", "66"),
        ("-50 | -90 | -90 | -90", "C3", "-90"),
    ],
)
def test_the_first_jump_of_a_measure(amounts: str, cell: str, stated: str) -> None:
    (found,) = findings(plan(amounts), "YRS03")
    assert (found.severity.value, found.range, found.stated) == ("notice", cell, stated)


def test_a_remark_that_explains_nothing_does_not_silence() -> None:
    assert places(plan("50 | 66 | 66 | 66", "Träger: Caritas"), "YRS03") == ["YRS03 notice C3"]


def test_a_footnote_explains_too() -> None:
    assert places(plan("50 | 66 | 66 | 66", name="Lizenz*", note="* ab 2023 erhöhter Satz"), "YRS03") == []
    assert places(plan("50 | 66 | 66 | 66", name="Lizenz*", note="* siehe Anlage 2"), "YRS03") == ["YRS03 notice C3"]


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("2022", "2023", "2024", "2025 ff."), ["D3"]),
        (("2022", "2023", "2025", "2026"), []),
        (("Ist 2020", "Ist 2021", "Ansatz 2022", "Ansatz 2023"), ["D3"]),
        (("Ansatz 2022", "Ist 2022", "Ansatz 2023", "Plan 2024"), ["D3"]),
        (("2022", "2023", "2025", "2026"), []),
        (("2025", "2024", "2023", "2022"), ["C3"]),
    ],
)
def test_years_are_compared_with_the_year_before(heads: tuple[str, ...], cells: list[str]) -> None:
    text = plan("100 | 100 | 200 | 200", heads=heads)
    assert places(text, "YRS03") == [f"YRS03 notice {cell}" for cell in cells]


@pytest.mark.parametrize(
    ("unit", "amounts", "found"),
    [
        ("EUR", "50000 | 66000 | 66000 | 66000", True),
        ("EUR", "500 | 660 | 660 | 660", False),
        ("Mio. EUR", "0.5 | 0.66 | 0.66 | 0.66", True),
        ("T€", "50 | 66 | 66 | 66", True),
    ],
)
def test_in_every_unit(unit: str, amounts: str, found: bool) -> None:
    assert bool(places(plan(amounts, unit=unit), "YRS03")) is found


def test_the_message_says_by_how_much() -> None:
    (found,) = findings(plan("50 | 66 | 66 | 66"), "YRS03")
    assert found.message == "Tabelle1!C3: „Lizenz“ 2022: 50 TEUR, 2023: 66 TEUR; das sind +32 % ohne Erklärung."
