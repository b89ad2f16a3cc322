"""COUNTBLANK and SUMPRODUCT over whole columns give the same when the blanks below the sheet are not looked at."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.recalc.ends import ended
from pik_excel.recalc.engine import Engine
from pik_excel.recalc.syntax import parse
from pik_excel.recalc.trust import same
from pik_excel.recalc.writing import write

LAST, TALL = 12, 3000
HOME = Address("Summen", 1, 1)
FORMULAS = """
SUMPRODUCT((D!A1:A3000<>1)*(D!B1:B3000<>2))
SUMPRODUCT((D!A1:A3000="a")*(D!C1:C3000=""))
SUMPRODUCT((D!A1:B3000<>1)*1)
SUMPRODUCT(D!A1:A3000,D!B1:B3000)
SUMPRODUCT((D!A5:A3000<>1)*1,(D!B5:B3000<>2)*1)
SUMPRODUCT((D!A60:A3000<>1)*1)
SUMPRODUCT((D!A1:A3000>MAX(D!B1:B3000)-2)*1)
SUMPRODUCT(-(D!A5:A3000=""),D!B5:B3000)
SUMPRODUCT(D!A1:A3000*1)
SUMPRODUCT(1/(D!A60:A3000-1))
COUNTBLANK(D!A2:C3000)
COUNTBLANK(D!A2:A9)
"""


@pytest.mark.parametrize("seed", range(4))
def test_the_result_is_the_same(seed: int) -> None:
    formulas = FORMULAS.split("\n")[1:-1]
    engine = _data(random.Random(seed))
    for row, formula in enumerate(formulas, 1):
        engine.put_formula(Address("Summen", row, 1), formula)
        engine.put_formula(Address("Summen", row, 2), _short(formula))
    engine.calculate()
    both = [
        (engine.value(Address("Summen", row, 1)), engine.value(Address("Summen", row, 2)))
        for row in range(1, len(formulas) + 1)
    ]
    assert not [(formula, pair) for formula, pair in zip(formulas, both, strict=True) if not same(*pair)]


def test_only_the_rows_are_looked_at_in_which_anything_stands() -> None:
    assert _short("COUNTBLANK(D!A1:B3000)") == "(COUNTBLANK(D!A$1:B$12)+5976)"
    assert _short("SUMPRODUCT(D!A1:A3000*1)") == "(SUMPRODUCT((D!A$1:A$12*1))+(2988*SUMPRODUCT((D!A$13:A$13*1))))"


@pytest.mark.parametrize(
    "formula",
    [
        "COUNTBLANK(D!A1:A12)",
        "SUMPRODUCT((D!A1:A3000*D!B1:B12))",
        "SUMPRODUCT(((D!A1:A3000>0)*ROW(D!A1:A3000)))",
        "SUMPRODUCT((D!A1:A3000*ABS(D!B1:B3000)))",
    ],
)
def test_what_need_not_or_must_not_be_cut_stays(formula: str) -> None:
    assert _short(formula) == formula


def _short(formula: str) -> str:
    return write(ended(parse(formula, 1, 1), HOME, lambda _sheet: (LAST, 3)), 1, 1)


def _data(at_random: random.Random) -> Engine:
    engine = Engine(["D", "Summen"])
    for row in range(1, LAST + 1):
        for column in (1, 2, 3):
            values: list[Value] = [Decimal(at_random.randint(-3, 6)), "a", True, None]
            engine.put(("D", row, column), at_random.choices(values, [7, 1, 1, 2])[0])
    return engine
