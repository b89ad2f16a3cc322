"""Rows without amounts, typed shares among copies, row totals that leave out a year: findings of whole tables."""

from __future__ import annotations

from tests.asking import places

ROWS = """
    |   | A   | B                 | C           | D         | E         | F                     |
    |---|-----|-------------------|-------------|-----------|-----------|-----------------------|
    | 1 | Nr. | Maßnahme          | Träger      | 2022 TEUR | 2023 TEUR | Summe TEUR            |
    | 2 | 1   | Jobcafé           | Caritas     | 66        | 66        | =SUM(D2:E2) → 132     |
    | 3 | {row} |                     |
    | 4 | 3   | Sprachkurs        | VHS         | 60        | 60        | =SUM(D4:E4) → 120     |
    | 5 | 4   | Patenschaften     | VHS         | 40        | 40        | {total}               |
    | 6 |     | Summe             |             | =SUM(D2:D5) → 166 | =SUM(E2:E5) → 166 | =SUM(F2:F5) → {sum} |
"""
RIGHT = "=SUM(D5:E5) → 80"


def _plan(row: str, total: str = RIGHT, sum_: int = 332) -> str:
    return ROWS.format(row=row, total=total, sum=sum_)


def test_a_heading_is_no_measure_without_amounts() -> None:
    assert places(_plan("    | Beratung          |             |           |           "), "MSR06") == []


def test_a_row_with_number_and_recipient_is_a_measure_also_without_amounts() -> None:
    assert places(_plan("2   | Lernräume         | Caritas     |           |           "), "MSR06") != []


def test_a_row_total_without_its_last_year_is_named_by_what_it_leaves_out() -> None:
    plan = _plan("2   | Lernräume         | Caritas     | 5         | 5         ", "=SUM(D5:D5) → 40", 292)
    assert places(plan.replace("→ 166", "→ 171"), "SUM03", "SUM08") == ["SUM03 error F5"]


SHARES = """
    |   | A          | B         | C         | D              |
    |---|------------|-----------|-----------|----------------|
    | 1 | Maßnahme   | 2022 TEUR | 2023 TEUR | Differenz TEUR |
    | 2 | Jobcafé    | 66        | 70        | =C2-B2 → 4     |
    | 3 | Lernräume  | 290       | 300       | =C3-B3 → 10    |
    | 4 | Sprachkurs | 60        | 65        | =C4-B4 → 5     |
    | 5 | Patinnen   | 40        | 50        | {last}         |
    | 6 | Summe      | =SUM(B2:B5) → 456 | =SUM(C2:C5) → 485 |  |
"""


def test_a_typed_difference_at_the_end_of_the_copies_is_found_whatever_it_says() -> None:
    assert places(SHARES.format(last="=C5-B5 → 10"), "FRM02") == []
    assert places(SHARES.format(last="12"), "FRM02") == ["FRM02 warning D5"]
