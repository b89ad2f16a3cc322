"""Which rows below a header belong to its table, and where does it end?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.grid.workbook import Cell
from pik_excel.layout.labels import role_of
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page, is_text
from pik_excel.layout.vocabulary import fold

_GAP = 4  # blank rows that end a table
_SAMPLE = 200  # rows looked at to tell what a column holds


def body_of(page: Page, header: int, columns: list[int], left: int, until: int | None = None) -> list[int]:
    """The rows of the table up to the last that has an amount, above the row `until`, where there is one."""
    rows: list[int] = []
    last, last_amount = header, 0
    parted = False  # a blank row lies since the last row with an amount
    right = columns[-1]
    value = page.sheet.cells.value
    claimed = any(area.bottom > header and area.left <= right and area.right >= left for area in page.claimed)
    for row in _rows_below(page, header):
        if row - last > _GAP or row == until:
            break
        plain = type(value(row, right)) is Decimal
        if not plain or claimed:
            here = page.row(row).between(left, right)
            if not here:
                continue
            if _is_another_table(page, row, here, columns, row - last > 1):
                break
        parted = parted or (row - last > 1 and last_amount > 0)
        rows.append(row)
        last = row
        if plain or has_amounts(page, row, columns):
            if parted and not _goes_on(page, rows[last_amount - 1], row, columns, left):
                break
            last_amount = len(rows)
            parted = False
    return rows[:last_amount]


def has_amounts(page: Page, row: int, columns: Sequence[int]) -> bool:
    cells = page.row(row)
    return any(column in cells and _may_be_amount(page, cells[column]) for column in columns)


def has_figures(page: Page, column: int, body: Sequence[int]) -> bool:
    """Whether a column holds numbers rather than words, in the rows looked at."""
    cells = [cell for row in body[:_SAMPLE] if (cell := page.cell(row, column)) is not None]
    figures = sum(_may_be_amount(page, cell) for cell in cells)
    return figures > 0 and figures * 2 >= len(cells)


def _row_role(page: Page, row: int, first: int, left: int) -> str:
    label = next((text for column in range(left, first) if (text := page.text(row, column))), "")
    return role_of(label, page.words) if label else ""


def _goes_on(page: Page, before: int, row: int, columns: Sequence[int], left: int) -> bool:
    """Whether a row with amounts behind a blank row still belongs to the table. Behind a total: another total, a memo
    row, or a name with amounts in most columns, in half of them right below a heading; else a name, or amounts in most
    columns."""
    role, cells = _row_role(page, row, columns[0], left), page.row(row)
    headed = any(page.text(row - 1, column) for column in range(left, columns[0])) and before < row - 1
    filled = 2 * sum(column in cells and _may_be_amount(page, cells[column]) for column in columns)
    full = filled > len(columns)
    if _row_role(page, before, columns[0], left) == "total":
        full = full or (headed and filled == len(columns))
        return role in {"total", "perhaps total", "memo"} or (bool(role) and full)
    return bool(role) or full


def _rows_below(page: Page, row: int) -> Iterator[int]:
    order = page.order
    for index in range(bisect_right(order, row), len(order)):
        yield order[index]


def _may_be_amount(page: Page, cell: Cell) -> bool:
    value = cell.value
    if type(value) is Decimal or cell.has_formula:
        return True
    return type(value) is str and (number_in(value) is not None or _is_placeholder(page, value))


def _is_another_table(page: Page, row: int, here: list[int], columns: list[int], after_blank: bool) -> bool:
    """Whether another table's header or another family's cells begin in this row."""
    if page.claimed and any(page.is_claimed(row, column) for column in here):
        return True
    cells = page.row(row)
    if any(type(cells[column].value) is Decimal for column in here):
        return False
    texts = [str(cells[column].value) for column in here if column in columns and is_text(cells[column])]
    words = [text for text in texts if number_in(text) is None and not _is_placeholder(page, text)]
    if after_blank and words and len(words) == len(texts):
        return True
    return len(words) * 2 > len(columns) and len(words) > 1 and len(words) == len(texts)


def _is_placeholder(page: Page, text: str) -> bool:
    folded = fold(text)
    return folded in page.words.dash or folded in page.words.not_given
