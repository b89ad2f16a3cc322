"""A sign that is not that of the other years of its row."""

from __future__ import annotations

import pytest

from tests.asking import findings, places


def plan(label: str, *years: str) -> str:
    return f"""
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | Maßnahme | 2024 TEUR | 2025 TEUR | 2026 TEUR | 2027 TEUR |
        | 2 | Personalaufwand | 120 | 245 | 250 | 255 |
        | 3 | {label} | {" | ".join(years)} |
        | 4 | Sachaufwand | 35 | 40 | 40 | 40 |
        """


@pytest.mark.parametrize(
    ("label", "years"),
    [
        ("Zuwendungen des Landes", ("-50", "-100", "-100", "-100")),
        ("Ergebnis Kantine", ("-50", "-60", "55", "-52")),
        ("Saldo der Umlagen", ("-50", "-60", "55", "-52")),
        ("Zuführung zur Rückstellung", ("50", "60", "-55", "52")),
        ("Erstattung Bund", ("-50", "-50", "900", "-50")),
        ("Erstattung Bund", ("-50", "60", "-50", "60")),
        ("Erstattung Bund", ("-50", "0", "60", "0")),
        ("Erstattung Bund", ("-50", "-60", "=-C3*0.9 → 54", "-52")),
    ],
)
def test_rows_that_show_nothing_are_silent(label: str, years: tuple[str, ...]) -> None:
    assert places(plan(label, *years), "NUM05") == []


def test_a_typed_total_with_the_amount_in_it_means_it() -> None:
    text = plan("Erstattung Bund", "-50", "-60", "55", "-52") + "| 5 | Summe | 105 | 225 | 345 | 243 |\n"
    assert places(text, "NUM05") == []


@pytest.mark.parametrize(
    ("label", "years", "at"),
    [
        ("Zuwendungen des Landes", ("-50", "-100", "100", "-100"), "D3"),
        ("Erstattung Bund", ("-100", "100", "-100", "-100"), "C3"),
        ("Mieten", ("80", "82", "-84", "86"), "D3"),
        ("Einsparung Fuhrpark", ("0", "-25", "25", "-25"), "D3"),
    ],
)
def test_the_one_sign_that_its_years_contradict_is_found(label: str, years: tuple[str, ...], at: str) -> None:
    assert places(plan(label, *years), "NUM05") == [f"NUM05 warning {at}"]


def test_the_finding_says_what_was_probably_meant() -> None:
    (one,) = findings(plan("Erstattung Bund", "-50", "-60", "55", "-52"), "NUM05")
    assert (one.stated, one.expected) == ("55", "-55")
    assert "positiv, die übrigen Beträge der Maßnahme sind negativ" in one.message
    assert one.hint == "Vorzeichen prüfen: vermutlich −55 TEUR."


@pytest.mark.parametrize(
    "line",
    ["£000 (savings shown as negatives)", "TEUR, Einsparungen als Minusbeträge", "TEUR, Einsparungen in Klammern"],
)
def test_a_line_that_says_what_negative_amounts_are_lets_a_first_cost_be(line: str) -> None:
    text = f"""
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | {line} | | | | |
        | 2 | Maßnahme | 2024 | 2025 | 2026 | 2027 |
        | 3 | Umstellung auf LED | 180 | -210 | -340 | -340 |
        | 4 | Buslinien | -90 | -90 | -90 | -90 |
        """
    assert places(text, "NUM05") == []
