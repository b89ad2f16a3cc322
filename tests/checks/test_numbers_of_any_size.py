"""No rule fails on an amount, rate or share that no budget holds."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from pik_excel.budget.money import is_multiple
from pik_excel.checks.catalogue import catalogue
from tests.asking import findings

PLAN = """
|    | A                  | B         | C         | D         |
|----|--------------------|-----------|-----------|-----------|
| 1  | Maßnahme           | 2025 {unit} | 2026 {unit} | 2027 {unit} |
| 2  | OMID               | 290       | 290       | 290       |
| 3  | Dolmetscherkosten  | 80        | 60        | 70        |
| 4  | Refugio            | 40        | {one}     | {other}   |
| 5  | Sprachkurse        | 120.5     | 130.25    | 140       |
| 6  | Beratung           | 75        | 85        | 95        |
| 7  | Lotsen             | 30        | 35        | {one}     |
| 8  | Arrival Aid        | 18        | 18        | 18        |
| 9  | Willkommensräume   | 150       | 150       | 150       |
| 10 | Summe              | =SUM(B2:B9) → 803.5 | =SUM(C2:C9) → 768.25 | {other} |

Blatt "Stellen":

|   | A                  | B        | C       | D       |
|---|--------------------|----------|---------|---------|
| 1 | Maßnahme           | Stellen  | Satz    | Ansatz  |
| 2 | Sachkosten         | {one}    | {other} | 235060  |
| 3 | Beratung           | 3        | 4600    | {one}   |

Blatt "Finanzierung":

|   | A           | B       | C       |
|---|-------------|---------|---------|
| 1 | Finanzierung| Betrag EUR | Anteil |
| 2 | Stadt       | {one}   | {other} |
| 3 | Stiftung    | 30000   | 30 %    |
| 4 | Eigenmittel | {other} | 20 %    |
| 5 | Summe       | {one}   | 100 %   |
"""
LARGE = ["9" * 30, "1" + "0" * 33, "1" + "0" * 300, "-" + "8" * 31, "1" * 29 + ".5", "0." + "0" * 300 + "1"]


@pytest.mark.parametrize("unit", ["EUR", "TEUR", "Mio. EUR"])
@pytest.mark.parametrize(("one", "other"), list(product(LARGE, ["5", *LARGE[::2]])))
def test_every_rule_bears_an_amount_of_any_size(one: str, other: str, unit: str) -> None:
    for given in ((one, other), (other, one)):
        findings(PLAN.format(one=given[0], other=given[1], unit=unit), *catalogue())


def test_multiples_of_any_size() -> None:
    assert is_multiple(Decimal("1e300"), 1000)
    assert not is_multiple(Decimal("1" + "0" * 30 + "1"), 10)
    assert is_multiple(Decimal(-66000), Decimal(1000))
    assert not is_multiple(Decimal("0.5"), 1)
