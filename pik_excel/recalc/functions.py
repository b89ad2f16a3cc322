"""Which functions may be calculated, and what may stand in their arguments?

Each was held against LibreOffice (tests/recalc/test_functions.py, with the differences explained there) and against
Excel's stored results; a function that is not here is "nicht berechnet". Left out on purpose: what depends on the
user's language or on ß (TEXT, VALUE, DATEVALUE, UPPER), what changes by itself (NOW, RAND), what makes references
(OFFSET, INDIRECT), and look-ups in sorted lists, which give something else on unsorted ones (LOOKUP).
"""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """The arguments of a function, one letter each:

    "v" a single value, "n" a single number, "r" a range or a value, "a" an array calculated from ranges as well,
    "c" a criterion (">5"), "0" the literal 0 or FALSE only.
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
_VALUE = Signature("v")
_NUMBER = Signature("n")
_NUMBERS = Signature("nn")
_NONE = Signature("")

ADMITTED: dict[str, Signature] = {
    "ABS": _NUMBER,
    "AND": _LIST,
    "AVERAGE": _LIST,
    "AVERAGEIF": Signature("rc", "r"),
    "AVERAGEIFS": Signature("rrc", repeated="rc"),
    "CEILING": _NUMBERS,
    "CHOOSE": Signature("nv", repeated="v"),
    "COLUMN": Signature("", "r"),
    "COLUMNS": Signature("r"),
    "CONCAT": _LIST,
    "CONCATENATE": Signature("v", repeated="v"),
    "COUNT": _LIST,
    "COUNTA": _LIST,
    "COUNTBLANK": Signature("r"),
    "COUNTIF": Signature("rc"),
    "COUNTIFS": Signature("rc", repeated="rc"),
    "DATE": Signature("nnn"),
    "DAY": _NUMBER,
    "DAYS": _NUMBERS,
    "DAYS360": Signature("nn", "v"),
    "EDATE": _NUMBERS,
    "EOMONTH": _NUMBERS,
    "EVEN": _NUMBER,
    "EXACT": Signature("vv"),
    "EXP": _NUMBER,
    "FALSE": _NONE,
    "FIND": Signature("vv", "n"),
    "FLOOR": _NUMBERS,
    "FV": Signature("nnn", "nn"),
    "HLOOKUP": Signature("vrn0"),
    "IF": Signature("vv", "v"),
    "IFERROR": Signature("vv"),
    "IFNA": Signature("vv"),
    "IFS": Signature("vv", repeated="vv"),
    "INDEX": Signature("rn", "n"),
    "INT": _NUMBER,
    "ISBLANK": _VALUE,
    "ISERR": _VALUE,
    "ISERROR": _VALUE,
    "ISEVEN": _NUMBER,
    "ISLOGICAL": _VALUE,
    "ISNA": _VALUE,
    "ISNONTEXT": _VALUE,
    "ISNUMBER": _VALUE,
    "ISODD": _NUMBER,
    "ISTEXT": _VALUE,
    "LARGE": Signature("rn"),
    "LEFT": Signature("v", "n"),
    "LEN": _VALUE,
    "LN": _NUMBER,
    "LOG": Signature("n", "n"),
    "LOG10": _NUMBER,
    "LOWER": _VALUE,
    "MATCH": Signature("vr0"),
    "MAX": _LIST,
    "MEDIAN": _LIST,
    "MID": Signature("vnn"),
    "MIN": _LIST,
    "MOD": _NUMBERS,
    "MONTH": _NUMBER,
    "MROUND": _NUMBERS,
    "N": _VALUE,
    "NA": _NONE,
    "NETWORKDAYS": _NUMBERS,
    "NOT": _VALUE,
    "NPV": Signature("nr", repeated="r"),
    "ODD": _NUMBER,
    "OR": _LIST,
    "PI": _NONE,
    "PMT": Signature("nnn", "nn"),
    "POWER": _NUMBERS,
    "PRODUCT": _LIST,
    "PV": Signature("nnn", "nn"),
    "QUOTIENT": _NUMBERS,
    "RANK": Signature("nr", "n"),
    "REPLACE": Signature("vnnv"),
    "REPT": Signature("vn"),
    "RIGHT": Signature("v", "n"),
    "ROUND": _NUMBERS,
    "ROUNDDOWN": _NUMBERS,
    "ROUNDUP": _NUMBERS,
    "ROW": Signature("", "r"),
    "ROWS": Signature("r"),
    "SEARCH": Signature("vv", "n"),
    "SIGN": _NUMBER,
    "SMALL": Signature("rn"),
    "SQRT": _NUMBER,
    "STDEV": _LIST,
    "SUBSTITUTE": Signature("vvv", "n"),
    "SUBTOTAL": Signature("nr", repeated="r"),
    "SUM": _LIST,
    "SUMIF": Signature("rc", "r"),
    "SUMIFS": Signature("rrc", repeated="rc"),
    "SUMPRODUCT": Signature("a", repeated="a"),
    "SUMSQ": _LIST,
    "SWITCH": Signature("vvv", repeated="v"),
    "T": _VALUE,
    "TEXTJOIN": Signature("vvr", repeated="r"),
    "TRIM": _VALUE,
    "TRUE": _NONE,
    "TRUNC": Signature("n", "n"),
    "VAR": _LIST,
    "VLOOKUP": Signature("vrn0"),
    "WEEKDAY": Signature("n", "n"),
    "XOR": _LIST,
    "YEAR": _NUMBER,
    "YEARFRAC": Signature("nn", "n"),
}
"""By name, in capitals."""

DATES = frozenset(
    {
        "DATE", "DAY", "DAYS", "DAYS360", "EDATE", "EOMONTH", "MONTH", "NETWORKDAYS", "WEEKDAY", "YEAR", "YEARFRAC",
    }
)  # fmt: skip
"""Functions that count days from 1900; a workbook that counts from 1904 gives them other numbers."""

SWALLOWING = frozenset(
    {
        "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "IFERROR", "IFNA", "ISBLANK", "ISERR", "ISERROR",
        "ISLOGICAL", "ISNA", "ISNONTEXT", "ISNUMBER", "ISTEXT",
    }
)  # fmt: skip
"""Functions that turn an error into a value: behind them nobody sees that something could not be calculated."""

OWN_ERRORS = {"FIND": "#VALUE!", "SEARCH": "#VALUE!", "SQRT": "#NUM!", "LARGE": "#NUM!", "SMALL": "#NUM!"}
"""Errors by which a function says that there is no result, beside #DIV/0! and #N/A."""

TEXTUAL = frozenset(
    {
        "EXACT", "FIND", "LEFT", "LEN", "LOWER", "MID", "REPLACE", "REPT", "RIGHT", "SEARCH", "SUBSTITUTE", "TRIM",
    }
)  # fmt: skip
"""Functions that look at the characters of a number; which these are depends on the user's language."""

JOINING = frozenset({"CONCAT", "CONCATENATE", "TEXTJOIN"})
"""Functions that write numbers out, as & does."""

SAME_SHAPE = frozenset({"AVERAGEIFS", "COUNTIFS", "SUMIFS"})
"""Functions whose ranges must be equally large."""

RESHAPED = frozenset({"AVERAGEIF", "SUMIF"})
"""Functions whose second range Excel takes as large as the first one; the engine does not."""

SEARCHING = frozenset(
    {
        "AVERAGEIF", "AVERAGEIFS", "COUNTIF", "COUNTIFS", "HLOOKUP", "LARGE", "MATCH", "MEDIAN", "RANK", "SMALL",
        "SUMIF", "SUMIFS", "SUMPRODUCT", "VLOOKUP",
    }
)  # fmt: skip
"""Functions that look at each cell of a range, and slowly."""
