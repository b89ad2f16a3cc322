"""Which rows of a table are no amounts but what amounts are multiplied from: persons × cost per person?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pik_excel.grid.reference import column_letters
from pik_excel.layout.rows import Row
from pik_excel.patterns import pattern

_PRODUCT = pattern(
    r"\s*\(?\$?[A-Z]{1,3}\$?\d+\s*(?:[*/]\s*(?:\$?[A-Z]{1,3}\$?\d+|[\d.]+%?)\s*)+\)?\s*\Z", re.IGNORECASE
)
_ROUNDED = pattern(r"\s*ROUND\((.*),\s*-?\d+\s*\)\s*\Z", re.IGNORECASE)
_CELL = pattern(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?", re.IGNORECASE)
_FEWEST = 2  # rows that a product multiplies


def without_factors(rows: Sequence[Row]) -> list[Row]:
    """The rows, with those marked as counts that others multiply with one another in most columns, and no sum adds."""
    given = [(amount.formula, amount.at.column) for row in rows for amount in row.amounts if amount.formula is not None]
    products = [_factors(formula, column) for formula, column in given if "*" in formula]
    shares = {row.number for row in rows if _is_share(row)} if any(products) else set()
    multiplied = Counter(row for found in products if found.isdisjoint(shares) for row in found)
    if not multiplied:
        return list(rows)
    added = Counter(row for formula, column in given for row in _added(formula, column))
    return [
        row._replace(counts=True) if 2 * multiplied[row.number] > len(row.amounts) > 2 * added[row.number] else row
        for row in rows
    ]


def _is_share(row: Row) -> bool:
    """Whether none of its figures exceeds 1: an amount times a share is a part of it, and the amount stays one."""
    stated = [abs(amount.stated) for amount in row.amounts if amount.stated is not None]
    return bool(stated) and max(stated) <= 1


def _factors(formula: str, column: int) -> set[int]:
    """The rows of its own column that a formula multiplies, two of them or more, and does nothing else with."""
    rounded = _ROUNDED.match(formula)
    product = rounded[1] if rounded else formula
    if _PRODUCT.match(product) is None:
        return set()
    own = column_letters(column)
    found = {int(match[2]) for match in _CELL.finditer(product) if match[1].upper() == own}
    return found if len(found) >= _FEWEST else set()


def _added(formula: str, column: int) -> set[int]:
    """The rows of its own column that another formula refers to, be it in a range."""
    if "*" in formula or "/" in formula:
        return set()
    own, found = column_letters(column), set[int]()
    for match in _CELL.finditer(formula):
        if match[1].upper() == own:
            first, last = int(match[2]), int(match[4] or match[2])
            found.update(range(first, min(last, first + 5000) + 1))
    return found
