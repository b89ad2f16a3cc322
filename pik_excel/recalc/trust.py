"""May the values that are stored in a file be taken for what Excel would show?"""

from __future__ import annotations

import re
from decimal import Decimal

from pik_excel.grid.workbook import ErrorValue, Value, Workbook
from pik_excel.patterns import pattern

_CALCULATING = pattern(r"microsoft.*excel|libreoffice|openoffice|collabora|onlyoffice|softmaker|planmaker", re.I)
_RELATIVE = Decimal("1e-9")
_SHEER_RESIDUE = Decimal("1e-12")  # of the largest number involved: what adding up floats leaves behind


def saved_by_a_calculating_program(workbook: Workbook) -> bool:
    """Whether the program that saved the file computes formulas, and does not itself ask for a recalculation on load.

    Libraries that write formulas without computing them (XlsxWriter, openpyxl) also call themselves "Microsoft Excel",
    but they ask Excel to calculate when it opens the file.
    """
    return bool(_CALCULATING.search(workbook.application)) and not workbook.calculation.full_on_load


def same(one: Value, other: Value, scale: Decimal = Decimal(0)) -> bool:
    """Whether two values are the same but for what floating point leaves behind.

    `scale` is the size of the numbers they were computed from: 1e-13 and 0 are the same where thousands were added.
    """
    if type(one) is Decimal and type(other) is Decimal:
        if one == other:
            return True
        difference = abs(one - other)
        return difference <= max(abs(one), abs(other)) * _RELATIVE or difference <= scale * _SHEER_RESIDUE
    if isinstance(one, ErrorValue) or isinstance(other, ErrorValue):
        return isinstance(one, ErrorValue) and isinstance(other, ErrorValue) and one == other
    if not one and not other and {type(one), type(other)} <= {str, type(None)}:
        return True  # the empty text, which a file may also leave out
    return type(one) is type(other) and one == other
