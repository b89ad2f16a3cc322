"""Which rows without an amount are measures all the same? Those filled in beside their amounts as measures are.

A heading stands alone in its row or has a code; a measure has its number, recipient, period or row total as all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pik_excel.grid.store import Row as Cells
from pik_excel.layout.fieldcolumns import FieldColumns
from pik_excel.layout.labels import product_key
from pik_excel.layout.page import Page, is_filled
from pik_excel.layout.rows import Row

_FEWEST = 2  # measures that show how measures are filled in
_ONE_IN = 5  # so many measures to each row without amounts: more of them are the custom of the table
_FARTHEST = 4  # columns behind the last year
_DIGITS = 4  # of a running number


def without_amounts(page: Page, rows: Sequence[Row], kinds: Sequence[str], fields: FieldColumns) -> set[int]:
    """The rows of kind "head" that are measures."""
    heads = [row for row, kind in zip(rows, kinds, strict=True) if kind == "head"]
    measures = [row for row, kind in zip(rows, kinds, strict=True) if kind == "measure"]
    if not heads or len(measures) < _FEWEST:
        return set()
    columns = [amount.at.column for amount in measures[0].amounts]
    name_column = fields.name_column
    among = range(fields.left, max(columns) + _FARTHEST)
    beside = _filled_beside(page, measures, {*columns, name_column}, among)
    if not beside:
        return set()
    looks = Counter(_look(page, row, name_column) for row in measures)
    usual = looks.most_common(1)[0][0]
    numbers = {row.number for row in measures}
    found = {
        row.number
        for row in heads
        if all(column in page.row(row.number) for column in beside)
        and _look(page, row, name_column) == usual
        and not row.label.rstrip().endswith(":")
        and product_key(row.label, row.at) is None
        and _is_no_heading(page, row.number, beside, numbers)
    }
    return found if len(found) <= max(1, len(measures) // _ONE_IN) else set()


def _filled_beside(page: Page, measures: Sequence[Row], taken: set[int], among: range) -> list[int]:
    """The columns beside the amounts that all measures but one in five fill; not those of typed rates."""
    filled: Counter[int] = Counter()
    inside = {row.number for row in measures}
    for kind in page.sheet.cells.alike:
        rows = [row for number, row in zip(kind.numbers, kind.rows, strict=True) if number in inside]
        for place, column in enumerate(kind.form.columns if rows else ()):
            if column in among and column not in taken:
                may_be_rate = kind.form.styles[place] in page.share_styles
                filled[column] += sum(_says(row, place, may_be_rate) for row in rows)
    return sorted(c for c, number in filled.items() if number * _ONE_IN >= len(measures) * (_ONE_IN - 1))


def _says(row: Cells, place: int, may_be_rate: bool) -> bool:
    """Whether something stands there, and no typed rate."""
    source = row.sources[place] if row.sources else None
    return is_filled(row.values[place], source) and (source is not None or not may_be_rate)


def _look(page: Page, row: Row, column: int) -> tuple[bool, int]:
    style = page.style(row.number, column)
    if style is None or style >= len(page.indents):
        return False, 0
    return page.bold[style], page.indents[style]


def _is_no_heading(page: Page, row: int, beside: Sequence[int], measures: set[int]) -> bool:
    """Whether one of these columns holds what no heading has: a formula, words, or the number that its neighbours'
    numbers leave for it."""
    for column in beside:
        cell = page.row(row)[column]
        if cell.formula is not None or any(map(str.isalpha, str(cell.value))):
            return True
        near = [_number_at(page, one, column) for one in (row - 1, row + 1) if one in measures]
        number = _number_at(page, row, column)
        if number is not None and near and all(one is not None and abs(one - number) == 1 for one in near):
            return True
    return False


def _number_at(page: Page, row: int, column: int) -> int | None:
    cell = page.row(row).get(column)
    plain = str(cell.value).strip().rstrip(".)") if cell is not None else ""
    return int(plain) if plain.isdecimal() and len(plain) <= _DIGITS else None
