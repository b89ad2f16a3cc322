"""The rules in tables whose columns are no years: long lists, years down the side, lists of approvals."""

from __future__ import annotations

import pytest

from tests.asking import places

GRID = "|   | {letters} |\n|---|{rule}|\n{lines}\n"


def table(rows: list[str]) -> str:
    width = max(row.count("|") for row in rows) + 1
    letters = " | ".join("ABCDEFGHIJ"[:width])
    lines = "\n".join(f"| {number} | {row} |" for number, row in enumerate(rows, 1))
    return GRID.format(letters=letters, rule="|".join(["---"] * width), lines=lines)


def down(*years: str, head: str = "Jahr | Jobcafé | Lernräume | OMID | Summe") -> str:
    return table(["Ansätze in TEUR | | | |", head, *years])


YEARS = (
    "2022 | 66 | 290 | 40 | =SUM(B3:D3) → 396",
    "2023 | 68 | 295 | 40 | =SUM(B4:D4) → 403",
    "2024 | 70 | 300 | 40 | =SUM(B5:D5) → 410",
    "2025 | 72 | 305 | 40 | =SUM(B6:D6) → 417",
)


def with_year(line: int, text: str) -> str:
    return down(*YEARS[:line], text, *YEARS[line + 1 :])


def test_years_down_without_a_fault_are_silent() -> None:
    assert not places(down(*YEARS))
    assert not places(
        down(*YEARS, "Summe | =SUM(B3:B6) → 276 | =SUM(C3:C6) → 1190 | 160 | =SUM(E3:E6) → 1626"), "SUM01"
    )


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        (with_year(1, "2023 | 68 | 295 | 40 | 430"), "SUM01", ["SUM01 error E4"]),
        (with_year(1, "2023 | 68 | 295 | 40 | 403"), "SUM02", ["SUM02 warning E4"]),
        (with_year(1, "2023 | 68 | 295 | 40 | =SUM(B4:C4) → 363"), "SUM03", ["SUM03 error E4"]),
        (with_year(1, "2032 | 68 | 295 | 40 | =SUM(B4:D4) → 403"), "YRS02", ["YRS02 error A4"]),
        (with_year(1, "2023 | | 295 | 40 | =SUM(B4:D4) → 335"), "MSR06", ["MSR06 notice B4"]),
        (down(*YEARS, head="Jahr | Jobcafé | | OMID | Summe"), "MSR01", ["MSR01 error C2"]),
        (down(*YEARS, head="Jahr | Jobcafé | OMID | Omid | Summe"), "MSR02", ["MSR02 error D2"]),
        (down(*YEARS, head="Jahr | Jobcafé** | Lernräume | OMID | Summe"), "MSR03", ["MSR03 warning B2"]),
        (down(*YEARS, "Summe | 276 | =SUM(C3:C6) → 1190 | 161 | =SUM(E3:E6) → 1626"), "SUM01", ["SUM01 error D7"]),
    ],
)
def test_years_down(text: str, code: str, found: list[str]) -> None:
    assert places(text, code) == found


def long_list(*rows: str) -> str:
    return table(["Maßnahme | Jahr | Betrag in TEUR", *rows])


ROWS = tuple(
    f"{name} | {year} | {amount}" for name, amount in (("Jobcafé", 66), ("OMID", 290)) for year in (2022, 2023, 2024)
)


def test_long_lists_without_a_fault_are_silent() -> None:
    assert not places(long_list(*ROWS, "Summe | | =SUM(C2:C7) → 1068"))
    two = long_list(
        *ROWS, "Summe 2022 | | =SUMIF(B2:B7,2022,C2:C7) → 356", "Summe 2023 | | =SUMIF(B2:B7,2023,C2:C7) → 356"
    )
    assert not places(two, "SUM01", "SUM02", "SUM03")


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        (long_list(*ROWS, "Summe | | 1086"), "SUM01", ["SUM01 error C8"]),
        (long_list(*ROWS, "Summe | | =SUM(C3:C7) → 1002"), "SUM03", ["SUM03 error C8"]),
        (long_list(*ROWS, "JOBCAFÉ | 2023 | 66"), "MSR02", ["MSR02 error A8"]),
        (long_list(*ROWS[:4], "OMID | 2023 | 900", ROWS[5]), "YRS03", ["YRS03 notice C6"]),
    ],
)
def test_long_lists(text: str, code: str, found: list[str]) -> None:
    assert places(text, code) == found


HEAD = (
    "Zuschüsse 2024 in EUR | | | | |",
    "Empfänger | Gesamtkosten EUR | Zuwendung EUR | Eigenmittel EUR | Fördersatz | Höchstbetrag EUR",
)
PAID = (
    "Caritas | 80000 | 40000 | 40000 | 0.5 | 45000",
    "Diakonie | 60000 | 36000 | 24000 | 0.6 | 40000",
    "Turnverein | 30000 | 15000 | 15000 | 0.5 | 20000",
    "Stadtlauf | 20000 | 8000 | 12000 | 0.4 | 9000",
)


@pytest.mark.parametrize(
    ("last", "code", "found"),
    [
        (PAID[3], "FIN01", []),
        (PAID[3], "FIN02", []),
        (PAID[3], "FIN03", []),
        ("Stadtlauf | 20000 | 8000 | 10000 | 0.4 | 9000", "FIN01", ["FIN01 error B6"]),
        ("Stadtlauf | 20000 | 8000 | 12000 | 0.45 | 9000", "FIN02", ["FIN02 error E6"]),
        ("Stadtlauf | 20000 | 10000 | 10000 | 0.5 | 9000", "FIN03", ["FIN03 error C6"]),
        ("Stadtlauf | 20000 | 8000 | 12 | 0.4 | 9000", "NUM03", ["NUM03 error D6"]),
    ],
)
def test_financings_row_by_row(last: str, code: str, found: list[str]) -> None:
    assert places(table([*HEAD, *PAID[:3], last]), code) == found


def test_columns_that_make_no_sum_are_no_financing() -> None:
    others = [row.replace("40000 | 40000", "40000 | 100").replace("36000 | 24000", "36000 | 700") for row in PAID]
    assert not places(table([*HEAD, *others]), "FIN01")
