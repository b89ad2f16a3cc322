"""YRS01, YRS02 and YRS05: what must stay silent first, then what must be found."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

FAMILY = ("YRS01", "YRS02", "YRS05")


def table(*heads: str) -> str:
    letters = "BCDEFGHIJ"[: len(heads)]
    return f"""
        |   | A        | {" | ".join(letters)} |
        |---|----------|{"---|" * len(heads)}
        | 1 | Maßnahme | {" | ".join(heads)} |
        | 2 | OMID     | {" | ".join(["290"] * len(heads))} |
        | 3 | Refugio  | {" | ".join(["40"] * len(heads))} |
        | 4 | Campus   | {" | ".join(["119"] * len(heads))} |
    """


@pytest.mark.parametrize(
    "heads",
    [
        ("2022 TEUR", "2023 TEUR"),
        ("2022 TEUR", "2023 TEUR", "2024 TEUR", "2025 TEUR", "2026 TEUR", "2027 ff. TEUR"),
        ("2026", "2025", "2024", "2023"),
        ("2020", "2022", "2024", "2026"),
        ("2019", "2022"),
        ("Ist 2021", "Ansatz 2021", "Ansatz 2022", "Plan 2023", "Plan 2024"),
        ("Ergebnis 2018", "Ansatz 2021", "Ansatz 2022", "Plan 2023"),
        ("Ansatz 2022", "Ist 2022", "Ansatz 2023", "Ist 2023"),
        ("Ansatz 2023", "Ansatz 2022", "Ergebnis 2021"),
        ("2026 TEUR", "2027 TEUR", "2027 ff. TEUR"),
        ("Ansatz 2024 EUR", "Ansatz 2025 EUR", "Plan 2026 EUR", "Plan 2027 EUR"),
        ("2018/19", "2019/20", "2020/21"),
    ],
    ids=" ".join,
)
def test_silent(heads: tuple[str, ...]) -> None:
    assert [(one.code, one.message) for one in findings(table(*heads), *FAMILY)] == []


@pytest.mark.parametrize(
    ("heads", "found", "expected"),
    [
        (("2024 TEUR", "2024 TEUR", "2026 TEUR"), "YRS01 error C1", "2025"),
        (("Ansatz 2024", "Ansatz 2025", "Ansatz 2025"), "YRS01 error D1", "2026"),
        (("2022 TEUR", "2023 TEUR", "2022 TEUR", "2024 TEUR"), "YRS01 error D1", None),
        (("2022 TEUR", "2023 TEUR", "2025 TEUR", "2026 TEUR"), "YRS02 error D1", "2024"),
        (("2022 TEUR", "2023 TEUR", "2024 TEUR", "2027 ff. TEUR"), "YRS02 error E1", "2025"),
        (("Ansatz 2024", "Ansatz 2025", "Plan 2027", "Plan 2028"), "YRS02 error D1", "2026"),
        (("Ist 2020", "Ist 2021", "Ansatz 2022", "Ansatz 2024"), "YRS02 error E1", "2023"),
        (("2022 TEUR", "2024 TEUR", "2023 TEUR", "2025 TEUR"), "YRS02 error C1", "2023"),
        (("2022 EUR", "2023 EUR", "2042 EUR", "2025 EUR"), "YRS02 error D1", "2024"),
        (("Plan 2028", "Plan 2027", "Ansatz 2062", "Ergebnis 2025"), "YRS02 error D1", "2026"),
        (("2027 EUR", "2026 EUR", "2024 EUR", "2023 EUR"), "YRS02 error C1", "2025"),
        (("Ergebnis 2019", "Ansatz 2021", "Ansatz 2022", "Plan 2023"), "YRS02 notice C1", "2020"),
    ],
)
def test_found(heads: tuple[str, ...], found: str, expected: str | None) -> None:
    assert places(table(*heads), *FAMILY) == [found]
    assert findings(table(*heads), *FAMILY)[0].expected == expected


def test_a_message_names_the_missing_years() -> None:
    (found,) = findings(table("2022 TEUR", "2023 TEUR", "2026 TEUR"), *FAMILY)
    assert found.message == "Tabelle1!D1: Nach 2023 folgt 2026; 2024, 2025 fehlen."


@pytest.mark.parametrize("years", [(2024, 2025, 2026, 2027), (2027, 2026, 2025, 2024)], ids=["up", "down"])
def test_years_down_the_side_in_their_order_are_silent(years: tuple[int, ...]) -> None:
    assert not places(side(*years), "YRS02", "SUM01")


@pytest.mark.parametrize(
    ("years", "cell"), [((2025, 2024, 2026, 2027), "A2"), ((2024, 2026, 2025, 2027), "A3")], ids=["first", "inner"]
)
def test_two_years_down_the_side_that_changed_places_are_found_and_the_sums_still_hold(
    years: tuple[int, ...], cell: str
) -> None:
    assert places(side(*years), "YRS02", "SUM01") == [f"YRS02 error {cell}"]


def side(*years: int) -> str:
    rows = "".join(
        f"| {row} | Plan {year} | 66 | 290 | =SUM(B{row}:C{row}) → 356 |\n" for row, year in enumerate(years, 2)
    )
    return f"""
| | A | B | C | D |
|---|---|---|---|---|
| 1 | Jahr | Jobcafé TEUR | Lernräume TEUR | Summe TEUR |
{rows}| 6 | Summe | =SUM(B2:B5) → 264 | =SUM(C2:C5) → 1160 | =SUM(D2:D5) → 1424 |
"""


def assumptions(funded: str, needed: str) -> str:
    return f"""
        Blatt "Annahmen":

        |   | A        | B          | C      | D              | E            |
        |---|----------|------------|--------|----------------|--------------|
        | 1 | Maßnahme | Bedarf EUR | Regel  | finanziert bis | benötigt bis |
        | 2 | Lizenz   | 65500      | halten | {funded}       | {needed}     |
        | 3 | OMID     | 290000     | halten |                |              |
    """


@pytest.mark.parametrize(
    ("funded", "needed"),
    [
        ("2022-12-31", "2022-12-31"),
        ("2023-12-31", "2022-12-31"),
        ("", "2022-12-31"),
        ("2022-12-31", ""),
        ("2022", "2022-12-31"),
    ],
)
def test_funded_as_long_as_needed_is_silent(funded: str, needed: str) -> None:
    assert places(assumptions(funded, needed), *FAMILY) == []


@pytest.mark.parametrize(
    ("funded", "needed", "missing"),
    [
        ("2021-12-31", "2022-12-31", "12 Monate"),
        ("2022-12-31", "2023-03-31", "3 Monate"),
        ("2022-12-20", "2022-12-31", "11 Tage"),
    ],
)
def test_needed_longer_than_funded(funded: str, needed: str, missing: str) -> None:
    (found,) = findings(assumptions(funded, needed), *FAMILY)
    assert (found.code, found.severity.value, found.range) == ("YRS05", "warning", "D2")
    assert missing in found.message and (found.stated, found.expected) == (funded, needed)
