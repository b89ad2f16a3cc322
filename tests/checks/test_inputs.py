"""FRM08: formulas that calculate with text or with an empty factor. First what must stay silent."""

from __future__ import annotations

import pytest

from tests.asking import places


def products(rows: list[tuple[str, str, str]], formula: str = "=B{row}*C{row} → {value}") -> str:
    lines = ["|   | A | B | C | D |", "|---|---|---|---|---|", "| 1 | Item | Price | Quantity | Cost |"]
    for row, (price, quantity, value) in enumerate(rows, 2):
        lines.append(f"| {row} | thing {row} | {price} | {quantity} | {formula.format(row=row, value=value)} |")
    return "\n".join(lines)


FILLED = [(str(price), "3", str(3 * price)) for price in range(11, 21)]


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(B1:B3) → 5",  # a header in the range is skipped on purpose
        "=SUM(B2:B4) → 5",
        "=B2+B3+B6 → 5",  # an empty cell in a sum
        "=B2-B6 → 2",
        "=IF(ISNUMBER(B4),B4,0) → 0",
        "=IFERROR(B2*B4,0) → 0",
        "=N(B4)+B2 → 2",
        "=+B4 → k. A.",  # repeats the text
        "=B4 → k. A.",
        '=B4&" EUR" → k. A. EUR',
        "=SUM(A2:A3) → 0",  # a range of labels, but with a number in it
        "=B2*B5 → 2302",  # a number that stands as text (NUM01)
        "=COUNTA(B1:B4) → 4",
    ],
)
def test_what_reads_text_on_purpose_is_silent(formula: str) -> None:
    text = f"""
    |   | A   | B      |
    |---|-----|--------|
    | 1 | x   | Betrag |
    | 2 | y   | 2      |
    | 3 | 7   | 3      |
    | 4 | z   | k. A.  |
    | 5 | z   | '1.151 |
    | 7 | Sum | {formula} |
    """
    assert not places(text, "FRM08")


def test_products_with_all_their_factors_are_silent() -> None:
    assert not places(products(FILLED), "FRM08")


def test_rows_without_any_factor_and_lists_with_many_gaps_are_silent() -> None:
    assert not places(products([*FILLED, ("", "", "0")]), "FRM08")
    assert not places(products([*FILLED, ("21", "", "0"), ("22", "", "0")]), "FRM08")


def test_an_empty_rate_that_changes_nothing_is_silent() -> None:
    rows = [*FILLED, ("21", "", "21")]
    assert not places(products(rows, "=B{row}+B{row}*C{row} → {value}"), "FRM08")


def test_one_empty_factor_among_many_is_found() -> None:
    assert places(products([*FILLED[:5], ("21", "", "0"), *FILLED[5:]]), "FRM08") == ["FRM08 notice D7"]


def test_in_a_budget_workbook_it_is_a_warning() -> None:
    plan = """
    Blatt "Plan":

    |   | A        | B         |
    |---|----------|-----------|
    | 1 | Maßnahme | 2022 TEUR |
    | 2 | OMID     | 290       |
    """
    text = plan + '\nBlatt "Tabelle1":\n\n' + products([*FILLED, ("21", "", "0")])
    assert places(text, "FRM08") == ["FRM08 warning D12"]


def test_arithmetic_with_text_is_an_error_and_the_value_error_is_not_said_twice() -> None:
    text = products([("11", "3", "33"), ("12", "n. n.", "#VALUE!"), ("13", "three", "#VALUE!")])
    assert places(text, "FRM08", "FRM03") == ["FRM08 error D3:D4"]


def test_a_sum_of_single_cells_one_of_which_is_text_is_found() -> None:
    text = """
    |   | A   | B                |
    |---|-----|------------------|
    | 1 | x   | 2                |
    | 2 | y   | siehe Anlage     |
    | 3 | z   | 3                |
    | 4 | Sum | =SUM(B1,B2,B3) → 5 |
    """
    assert places(text, "FRM08") == ["FRM08 warning B4"]


def test_a_sum_over_nothing_but_words_is_found() -> None:
    text = """
    |   | A     | B   | C                |
    |---|-------|-----|------------------|
    | 1 | Miete | 2   | x                |
    | 2 | Strom | 3   | y                |
    | 3 | Total | =SUM(A1:A2) → 0 | |
    """
    assert places(text, "FRM08") == ["FRM08 warning B3"]
