"""A heading with a year of two digits goes on with two digits."""

from __future__ import annotations

import pytest

from pik_excel.writeback.headings import later_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HHJ 28", "HHJ 29"),
        ("Plan 28 TEUR", "Plan 29 TEUR"),
        ("FPl '28", "FPl '29"),
        ("Ansatz 28/EUR", "Ansatz 29/EUR"),
        ("Plan 2028", "Plan 2029"),
        ("2028/29", "2029/30"),
    ],
)
def test_the_later_year_is_written_as_the_last_one(text: str, expected: str) -> None:
    assert later_text(text, 2028, 2029) == expected


@pytest.mark.parametrize("text", ["Plan", "28 %", "1.28", "Konto 4728", "28.12."])
def test_digits_that_are_no_year_are_left_alone(text: str) -> None:
    assert later_text(text, 2028, 2029) is None
