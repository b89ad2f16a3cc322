"""Which functions may be calculated, and what may stand in their arguments?

Each was held against Excel's stored results and against LibreOffice before it came in (tests/recalc/test_functions.py);
a function that is not here is "nicht berechnet".
"""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """The arguments of a function, one letter each: "v" a single value, "r" a range, a list or a value.

    `required` must be there, `optional` may follow, `repeated` may follow any number of times.
    """

    required: str
    optional: str = ""
    repeated: str = ""

    def kinds(self, count: int) -> str | None:
        """The letters for that many arguments; None where the function does not take so many."""
        letters = self.required + self.optional
        if count < len(self.required):
            return None
        while len(letters) < count and self.repeated:
            letters += self.repeated
        return letters[:count] if count <= len(letters) else None


_LIST = Signature("r", repeated="r")
_ONE = Signature("v")
_TWO = Signature("vv")
_THREE = Signature("vvv")

ADMITTED: dict[str, Signature] = {
    "ABS": _ONE,
    "AND": _LIST,
    "AVERAGE": _LIST,
    "COUNT": _LIST,
    "COUNTA": _LIST,
    "DATE": _THREE,
    "DAY": _ONE,
    "EDATE": _TWO,
    "EOMONTH": _TWO,
    "EXACT": _TWO,
    "FALSE": Signature(""),
    "IF": Signature("vv", "v"),
    "IFERROR": _TWO,
    "IFNA": _TWO,
    "INT": _ONE,
    "ISBLANK": _ONE,
    "ISERR": _ONE,
    "ISERROR": _ONE,
    "ISNA": _ONE,
    "ISNUMBER": _ONE,
    "ISTEXT": _ONE,
    "LEFT": Signature("v", "v"),
    "LEN": _ONE,
    "LOWER": _ONE,
    "MAX": _LIST,
    "MID": _THREE,
    "MIN": _LIST,
    "MOD": _TWO,
    "MONTH": _ONE,
    "N": _ONE,
    "NA": Signature(""),
    "NOT": _ONE,
    "OR": _LIST,
    "POWER": _TWO,
    "PRODUCT": _LIST,
    "RIGHT": Signature("v", "v"),
    "ROUND": _TWO,
    "ROUNDDOWN": _TWO,
    "ROUNDUP": _TWO,
    "SIGN": _ONE,
    "SQRT": _ONE,
    "SUM": _LIST,
    "SUMIF": Signature("rv", "r"),
    "TRUE": Signature(""),
    "TRIM": _ONE,
    "TRUNC": Signature("v", "v"),
    "UPPER": _ONE,
    "YEAR": _ONE,
}
"""By name, in capitals."""

DATES = frozenset({"DATE", "DAY", "EDATE", "EOMONTH", "MONTH", "YEAR", "WEEKDAY", "WEEKNUM", "DAYS", "YEARFRAC"})
"""Functions that count days from 1900; a workbook that counts from 1904 gives them other numbers."""

SWALLOWING = frozenset(
    {"IFERROR", "IFNA", "ISERR", "ISERROR", "ISNA", "ISNUMBER", "ISTEXT", "ISNONTEXT", "COUNT", "COUNTA"}
)
"""Functions that turn an error into a value: behind them nobody sees that something could not be calculated."""
