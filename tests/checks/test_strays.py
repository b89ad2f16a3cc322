"""A formula that one slip of the hand sets apart from two or three copies beside it (FRM01)."""

from __future__ import annotations

import pytest

from tests.asking import findings, places


def balances(third: str, value: str = "350") -> str:
    """Four loans, whose last column is balance + new - paid; the third one's formula is given."""
    return f"""
    |   | A    | B     | C       | D       | E                  |
    |---|------|-------|---------|---------|--------------------|
    | 1 | Loan | Start | New     | Paid    | End                |
    | 2 | a    | 712   | 0       | 75      | =B2+C2-D2 → 637    |
    | 3 | b    | 1350  | 0       | 100     | =B3+C3-D3 → 1250   |
    | 4 | c    | 400   | 10      | 60      | ={third} → {value} |
    | 5 | d    | 611   | 0       | 40      | =B5+C5-D5 → 571    |
    """


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("B4-C4-D4", "330"),
        ("B4+C3-D4", "340"),
        ("B4+C4", "410"),
        ("B3+C3-D3", "1250"),
        ("B4+C4-D4+5", "355"),
    ],
)
def test_one_slip_is_named(formula: str, value: str) -> None:
    """Another operator, a cell of another row, a term left out, references that did not follow, a number added."""
    assert places(balances(formula, value), "FRM01") == ["FRM01 warning E4"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("C4+B4-D4", "350"),  # the same
        ("SUM(B4:C4)-D4", "350"),  # the same
        ("B4+C4-D4", "350"),
        ("B4", "400"),  # more than one slip: what it means is not known
        ("ROUND(B4*1.1,0)", "440"),
    ],
)
def test_what_is_the_same_or_quite_another_formula_stays(formula: str, value: str) -> None:
    """Only a single slip tells what was meant."""
    assert places(balances(formula, value), "FRM01") == []


def test_a_slip_that_does_not_show_yet_is_named_as_such() -> None:
    """The sign of a 0 changes nothing today."""
    text = balances("B4-C4-D4", "340").replace("| 10      |", "| 0       |")
    (found,) = findings(text, "FRM01")
    assert found.range == "E4" and "noch ergibt beides 340" in found.message


def test_three_columns_are_enough() -> None:
    """Copies to the left and to the right."""
    text = """
    |    | A        | B             | C             | D             |
    |----|----------|---------------|---------------|---------------|
    | 1  | Item     | North         | South         | West          |
    | 2  | Income   | 510           | 420           | 480           |
    | 3  | Staff    | 200           | 180           | 190           |
    | 4  | Costs    | 100           | 90            | 95            |
    | 5  | Result   | =B2-B4 → 410  | =C2-B4 → 320  | =D2-D4 → 385  |
    """
    assert places(text, "FRM01") == ["FRM01 warning C5"]


def test_a_row_of_its_own_stays() -> None:
    """What differs in each column of the row is meant."""
    text = """
    |   | A    | B   | C   | D            | E            |
    |---|------|-----|-----|--------------|--------------|
    | 1 | Item | In  | Out | Rest         | Twice        |
    | 2 | a    | 100 | 10  | =B2-C2 → 90  | =B2*2 → 200  |
    | 3 | b    | 200 | 20  | =B3-C3 → 180 | =B3*2 → 400  |
    | 4 | c    | 300 | 30  | =B4+C4 → 330 | =C4*C3 → 600 |
    | 5 | d    | 400 | 40  | =B5-C5 → 360 | =B5*2 → 800  |
    """
    assert places(text, "FRM01") == []


def test_the_first_of_a_series_stays() -> None:
    """It begins with what was carried forward."""
    text = """
    |   | A    | B     | C   | D                |
    |---|------|-------|-----|------------------|
    | 1 | Year | Start | Net | End              |
    | 2 | 1    | 500   | 10  | =B2+C2 → 510     |
    | 3 | 2    |       | 20  | =D2+C3 → 530     |
    | 4 | 3    |       | 30  | =D3+C4 → 560     |
    | 5 | 4    |       | 40  | =D4+C5 → 600     |
    """
    assert places(text, "FRM01") == []


def test_a_term_left_out_within_is_named() -> None:
    text = """
    |   | A    | B    | C    | D    | E                       |
    |---|------|------|------|------|-------------------------|
    | 1 | Loan | Old  | Paid | Fees | Left                    |
    | 2 | a    | 712  | 70   | 75   | =B2-(C2+D2) → 567       |
    | 3 | b    | 1350 | 80   | 100  | =B3-(C3+D3) → 1170      |
    | 4 | c    | 400  | 10   | 60   | =B4-C4 → 390            |
    | 5 | d    | 611  | 20   | 40   | =B5-(C5+D5) → 551       |
    """
    assert places(text, "FRM01") == ["FRM01 warning E4"]
    assert places(text.replace("=B4-C4 → 390", "=B4-(C4+D4) → 330"), "FRM01") == []


def test_other_formulas_in_the_column_do_not_make_its_rows_of_another_kind() -> None:
    """The row of totals is a run across; what stands above it in each column is a formula of that column."""
    text = """
    |   | A     | B                 | C                 | D                 | E                 | F                 |
    |---|-------|-------------------|-------------------|-------------------|-------------------|-------------------|
    | 1 | Start | 310               | 415               | 77                | 128               | 215               |
    | 2 | Rate  | =B1/20 → 15.5     | =C1*0.05 → 20.75  | =D1-70 → 7        | =SQRT(E1) → 11.31 | =F1/215 → 1       |
    | 3 | Ended | 12                | 31                | 5                 | 9                 | 17                |
    | 4 | Left  | =B1-B3 → 298      | =C1-C3 → 384      | =D1+D3 → 82       | =E1-E3 → 119      | =F1-F3 → 198      |
    """
    assert places(text, "FRM01") == ["FRM01 warning D4"]


def test_a_form_without_numbers_has_slips_too() -> None:
    text = """
    |   | A       | B | C            |
    |---|---------|---|--------------|
    | 1 | Rent    |   | =B1*52 → 0   |
    | 2 | Heating |   | =B2*52 → 0   |
    | 3 | Water   |   | =B3/52 → 0   |
    | 4 | Light   |   | =B4*52 → 0   |
    | 5 | Fees    |   | =B5*52 → 0   |
    """
    assert places(text, "FRM01") == ["FRM01 warning C3"]


def test_the_second_of_two_terms_left_out_is_named_between_copies() -> None:
    text = """
    |   | A     | B    | C    | D                |
    |---|-------|------|------|------------------|
    | 1 | Funds | All  | Once | Yearly           |
    | 2 | a     | 712  | 75   | =B2-C2 → 637     |
    | 3 | b     | 1350 | 100  | =B3-C3 → 1250    |
    | 4 | c     | 400  | 0    | =+B4 → 400       |
    | 5 | d     | 611  | 40   | =B5-C5 → 571     |
    """
    (found,) = findings(text, "FRM01")
    assert found.range == "D4" and "noch ergibt beides 400" in found.message
    assert places(text.replace("=+B4 → 400", "400"), "FRM01") == []
