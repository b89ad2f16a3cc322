"""Totals over the rest of the years, and two columns of one year that are told apart: both are right as they are."""

from __future__ import annotations

import pytest

from tests.asking import places


@pytest.mark.parametrize(
    ("before", "after"), [("bis 31.12.2024", "2027 ff."), ("Kredit", "später"), ("x", "spätere Jahre")]
)
def test_the_cost_of_a_whole_project_has_the_rest_in_it(before: str, after: str) -> None:
    total = "=SUM(B{row}:E{row})" if before.startswith("bis") else "=SUM(C{row}:E{row})"
    text = f"""
        | | A | B | C | D | E | F |
        |---|---|---|---|---|---|---|
        | 1 | Vorhaben (EUR) | {before} | 2025 | 2026 | {after} | Total |
        | 2 | Wasserleitung | 20000 | 260000 | 260000 | 50000 | {total.format(row=2)} → 590000 |
        | 3 | Werkhof | 10000 | 50000 | 300000 | 90000 | {total.format(row=3)} → 450000 |
        """
    assert places(text, "SUM06") == []


def test_each_following_year_is_still_no_part_of_a_total() -> None:
    text = """
        | | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | Vorhaben (EUR) | 2025 | 2026 | 2027 ff. | Summe |
        | 2 | Wasserleitung | 260000 | 260000 | 50000 | =SUM(B2:D2) → 570000 |
        | 3 | Werkhof | 50000 | 300000 | 90000 | =SUM(B3:D3) → 440000 |
        """
    assert places(text, "SUM06") == ["SUM06 error E2:E3"]


def test_a_draft_and_what_became_of_it_are_two_columns() -> None:
    text = """
        | | A | B | C |
        |---|---|---|---|
        | 1 | Bezeichnung | Entwurf 2026 EUR | neu 2026 EUR |
        | 2 | Geschäftsaufwand | 45000 | 52000 |
        | 3 | Mieten | 88000 | 84000 |
        """
    assert places(text, "YRS01") == []


def test_a_copied_heading_is_one_too_many() -> None:
    text = """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Maßnahme | Entwurf 2025 EUR | Entwurf 2026 EUR | Entwurf 2026 EUR |
        | 2 | Geschäftsaufwand | 45000 | 52000 | 52000 |
        | 3 | Mieten | 88000 | 84000 | 84000 |
        """
    assert places(text, "YRS01") == ["YRS01 error D1"]


_ALLOCATION = """
    | | A | B | C |
    |---|---|---|---|
    | 1 | Merkmal | 2024 EUR | 2025 EUR |
    | 2 | Bedarfsmesszahl | 41600 | 43000 |
    | 3 | Grundsteuer | 3150 | 3175 |
    | 4 | Gewerbesteuer | 9880 | 9650 |
    | 5 | Gemeindeanteil | 14810 | 15390 |
    | 6 | Steuerkraftsumme | =SUM(B3:B5) → 27840 | =SUM(C3:C5) → 28215 |
    """


def test_what_a_total_is_set_against_is_no_part_of_it() -> None:
    text = _ALLOCATION + "| 7 | Schlüsselzahl | =B2-B6 → 13760 | =C2-C6 → 14785 |\n"
    assert places(text, "SUM03") == []


def test_a_heading_said_twice_left_of_the_years_is_asked_about_once() -> None:
    text = """
        | | A | B | C | D | E | F |
        |---|---|---|---|---|---|---|
        | 1 | Antrag (EUR) | Mehraufwand 2025 | Saldo 2025 | Mehraufwand 2025 | Saldo 2026 | Saldo 2027 |
        | 2 | Spielplatz | 80000 | 80000 | 10000 | 10000 | 10000 |
        | 3 | Radweg | 45000 | 45000 | 20000 | 20000 | 20000 |
        """
    assert len(places(text, "DOC01")) <= 1
