"""Runs of formulas where they begin, end and are interrupted: what belongs to them and what does not."""

from __future__ import annotations

from decimal import Decimal

from tests.checks.test_missing import spoken


def costs(last: str, above: str = "=B2*C2 → 22", total: str = "") -> str:
    rows = [
        "| 1 | Item | Price | Pieces | Cost |",
        f"| 2 | a | 11 | 2 | {above} |",
        *(f"| {row} | b{row} | {10 + row} | 3 | =B{row}*C{row} → {3 * (10 + row)} |" for row in range(3, 9)),
        f"| 9 | c | 19 | 4 | {last} |",
    ]
    return "\n".join(["|   | A | B | C | D |", "|---|---|---|---|---|", *rows, total])


def test_a_row_of_another_kind_at_the_end_is_silent() -> None:
    assert spoken(costs("=B9*C9 → 76")) == []
    assert spoken(costs("=B9*C9 → 76", total="| 10 | Total | | =SUM(C2:C9) → 24 | 350 |")) == []
    assert spoken(costs("0")) == []


def test_a_table_below_with_a_heading_of_its_own_is_silent() -> None:
    below = "| 11 | Year | Births | Deaths | Rest |\n| 12 | x | 210 | 3 | 17 |\n| 13 | y | 210 | 3 | 12 |"
    assert spoken(costs("=B9*C9 → 76", total=below)) == []


def test_actual_years_before_a_forecast_are_silent() -> None:
    text = """
    |   | A       | B    | C    | D    | E                | F                | G                | H                |
    |---|---------|------|------|------|------------------|------------------|------------------|------------------|
    | 1 | Year    | 2001 | 2002 | 2003 | 2004             | 2005             | 2006             | 2007             |
    | 2 | Units   | 310  | 320  | 330  | =D2+10 → 340     | =E2+10 → 350     | =F2+10 → 360     | =G2+10 → 370     |
    | 3 | Price   | 11   | 12   | 12   | 12               | 13               | 13               | 14               |
    | 4 | Revenue | 3377 | 3822 | 3951 | =E2*E3 → 4080    | =F2*F3 → 4550    | =G2*G3 → 4680    | =H2*H3 → 5180    |
    """
    assert spoken(text) == []


def test_a_wrong_number_typed_in_the_first_or_last_row_is_found() -> None:
    assert spoken(costs("91")) == ["FRM02 D9"]
    assert spoken(costs("=B9*C9 → 76", above="31")) == ["FRM02 D2"]


def test_another_factor_in_the_first_or_last_row_is_found() -> None:
    assert spoken(costs("=B9*C8 → 57")) == ["FRM01 D9"]
    assert spoken(costs("=B9*C9 → 76", above="=B2*C3 → 33")) == ["FRM01 D2"]
    assert spoken(costs("=B9+C9 → 23")) == ["FRM01 D9"]


def test_a_formula_at_the_end_that_is_none_of_the_kind_is_silent() -> None:
    assert spoken(costs("=MAX(B2:B9) → 19")) == []
    assert spoken(costs("=C9*B9 → 76")) == []


def sums(odd: str) -> str:
    rows = [f"| {row} | r{row} | {row} | {row} |   | =SUM(B{row}:C{row}) → {2 * row} |" for row in range(2, 9)]
    rows[3] = f"| 5 | r5 | 5 | 5 |   | {odd} |"
    return "\n".join(["|   | A | B | C | D | E |", "|---|---|---|---|---|---|", "| 1 | | x | y | z | sum |", *rows])


def test_the_same_cells_added_otherwise_are_silent() -> None:
    assert spoken(sums("=B5+C5 → 10")) == []


def test_a_cell_too_many_is_found_while_it_is_empty_or_text() -> None:
    assert spoken(sums("=SUM(B5:D5) → 10")) == ["FRM01 E5"]
    assert spoken(sums("=SUM(A5:C5) → 10")) == ["FRM01 E5"]


def test_a_balance_typed_over_is_found_though_nothing_came_in_that_day() -> None:
    lines, balance = ["| 1 | Day | In | Out | Balance |", "| 2 | 1 | | | 512.40 |"], Decimal("512.40")
    for row in range(3, 11):
        amount = Decimal(row * 7) / 10
        balance += amount if row % 2 else -amount
        formula = str(balance) if row == 6 else f"=D{row - 1}+B{row}-C{row} → {balance}"
        lines.append(f"| {row} | {row} | {amount if row % 2 else ''} | {'' if row % 2 else amount} | {formula} |")
    text = "\n".join(["|   | A | B | C | D |", "|---|---|---|---|---|", *lines])
    assert spoken(text) == ["FRM02 D6"]
