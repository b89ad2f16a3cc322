"""What a project costs altogether, beside its years: the other rows show what that column is."""

from __future__ import annotations

from tests.asking import findings, places

_PROJECTS = """
    | | A | B | C | D | E | F |
    |---|---|---|---|---|---|---|
    | 1 | Beträge in TEUR | | | | | |
    | 2 | Maßnahme | Gesamtauszahlung | bis 2024 | 2025 | 2026 | 2027 ff. |
    | 3 | Mensa | 6180 | 320 | 1460 | 2200 | 2200 |
    | 4 | Brücke | {brücke} | 140 | 300 | {brücke_2026} | 750 |
    | 5 | Spielplatz | 260 | 0 | 130 | 130 | 0 |
    | 6 | Rathaus | {rathaus} | 450 | 800 | 700 | 500 |
    """


def projects(brücke: str = "1840", brücke_2026: str = "650", rathaus: str = "2450") -> str:
    return _PROJECTS.format(brücke=brücke, brücke_2026=brücke_2026, rathaus=rathaus)


def test_costs_that_their_years_make_up_are_silent() -> None:
    assert places(projects(), "SUM08", "NUM03", "FIN01") == []


def test_a_column_that_is_something_else_is_silent() -> None:
    assert places(projects(brücke="1900", rathaus="3000"), "SUM08", "FIN01") == []


def test_one_cost_that_its_years_do_not_make_up_is_found() -> None:
    (one,) = findings(projects(brücke="1940"), "SUM08")
    assert (one.range, one.stated, one.expected) == ("B4", "1940", "1840")
    assert "in 3 anderen Zeilen gehen sie auf" in one.message


def test_the_cost_tells_a_slip_where_the_years_differ_too_much() -> None:
    assert places(projects(brücke_2026="650000"), "NUM03", "SUM08") == ["NUM03 error E4"]


def test_a_cost_as_a_formula_is_silent() -> None:
    assert places(projects(brücke="=SUM(C4:F4)+100 → 1940"), "SUM08") == []


_PAID = """
    | | A | B | C | D | E | F |
    |---|---|---|---|---|---|---|
    | 1 | Beträge in EUR | | | | | |
    | 2 | Maßnahme | Gesamtkosten | Bund | Land | Stadt | 2025 |
    | 3 | Platz | 1200000 | 400000 | 400000 | 400000 | 200000 |
    | 4 | Jugendhaus | 2400000 | {bund} | 800000 | 800000 | 100000 |
    | 5 | Weg | 600000 | 200000 | 200000 | 200000 | 0 |
    | 6 | Quartiersbüro | 360000 | 120000 | 120000 | 120000 | 90000 |
    """


def test_payers_in_columns_that_cover_the_cost_are_silent() -> None:
    assert places(_PAID.format(bund="800000"), "FIN01", "SUM08") == []


def test_payers_in_columns_that_miss_the_cost_are_found() -> None:
    (one,) = findings(_PAID.format(bund="850000"), "FIN01", "SUM08")
    assert (one.code, one.range, one.expected) == ("FIN01", "B4", "2450000")


_SUMMED = """
    | | A | B | C | D | E | F |
    |---|---|---|---|---|---|---|
    | 1 | Beträge in EUR | | | | | |
    | 2 | Projekt | Stadt | Land | Gesamt | 2024 | 2025 |
    | 3 | Eröffnung | 150 | 100 | =SUM(B3:C3) → 250 | 50 | 200 |
    | 4 | Lichtkunst | 80 | 40 | =SUM(B4:C4) → 120 | 60 | {year} |
    | 5 | Schreiber | 24 | 12 | =SUM(B5:C5) → 36 | 18 | 18 |
    | 6 | Theater | 60 | 60 | {cost} | 60 | 60 |
    """


def test_years_that_miss_what_the_payers_add_up_to_are_found() -> None:
    right, short = "=SUM(B6:C6) → 120", "=SUM(B6:B6) → 60"
    assert places(_SUMMED.format(year="60", cost=right), "SUM08") == []
    assert places(_SUMMED.format(year="70", cost=right), "SUM08") == ["SUM08 error D4"]
    assert places(_SUMMED.format(year="60", cost=short), "SUM08") == []  # the formula is at fault (FRM01)
