"""Which column of a table holds the names of its rows?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pik_excel.layout.headers import YearHead
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page, is_number, is_text
from pik_excel.layout.vocabulary import fold

_SAMPLE = 200  # rows looked at to tell a column of names


def heads_names(page: Page, row: int, column: int) -> bool:
    """Whether the cell heads a column of names: measures or performance figures."""
    keys = page.words.fields_of(page.text(row, column))
    return "bezeichnung" in keys or "leistungszahl" in keys


def name_column_of(
    page: Page, header_rows: tuple[int, ...], body: Sequence[int], columns: Sequence[YearHead], left: int
) -> tuple[int, bool] | None:
    """The column of the measures' names, and whether its header says so."""
    first, last = columns[0].column, columns[-1].column
    amounts = list(islice((row for row in body if any(head.column in page.row(row) for head in columns)), _SAMPLE))
    for candidates in (range(left, first), range(last + 1, last + 4)):
        titled = [column for column in candidates if any(heads_names(page, row, column) for row in header_rows)]
        counted = {column: _names_in(page, column, amounts) for column in (titled or candidates)}
        best = max(counted, key=lambda column: (counted[column], -column), default=None)
        if best is not None and (counted[best] > 0 or titled):
            return best, bool(titled)
    return None


def headed_strongly(page: Page, header_rows: tuple[int, ...], column: int) -> bool:
    return any(page.words.is_measure(page.text(row, column)) for row in header_rows)


def is_label_column(page: Page, column: int, body: Sequence[int], header_rows: tuple[int, ...]) -> bool:
    return any(page.text(row, column) for row in header_rows) or any(column in page.row(row) for row in body[:_SAMPLE])


def connected_left(page: Page, row: int, first: int, left: int) -> int:
    """The first column that belongs to a table: left of its years up to an empty column beyond the names."""
    rows = range(row, row + _SAMPLE)
    named = False
    for column in range(first - 1, left - 1, -1):
        if not page.text(row, column) and not any(column in page.row(line) for line in rows):
            if named:
                return column + 1
            continue
        named = named or any(any(map(str.isalpha, page.text(line, column))) for line in rows[1:])
    return left


def names_between(page: Page, row: int, last: int, head: YearHead, again: bool = False) -> bool:
    """Whether a column of names begins anew between two years, the second of which may stand there `again`."""
    for column in range(last + 1, head.column):
        for line in (row, row - 1, row + 1):
            if heads_names(page, line, column):
                return True
        if head.column - last > 1 and _texts_below(page, row, column, head.column, again):
            return True
    return False


def _names_in(page: Page, column: int, rows: Sequence[int]) -> float:
    """How much of a column is names: filled cells, and a little for their length, so that codes lose against names."""
    texts = [page.text(row, column) for row in rows if is_text(page.cell(row, column))]
    names = [text for text in texts if any(map(str.isalpha, text)) and number_in(text) is None]
    return len(names) + min(sum(map(len, names)) / (60 * max(1, len(names))), 0.9) if names else 0.0


def _texts_below(page: Page, row: int, column: int, amounts: int, again: bool) -> bool:
    """Whether the column holds names of the rows right of it: at least two, by the side of amounts, and no header that
    makes it something else. Where an empty column parts it from what stands left of it, the header may, and codes are
    names, too; numbers as well beside a year that stands there `again`."""
    head = page.text(row, column) or page.text(row - 1, column)
    apart = all(page.cell(line, column - 1) is None for line in range(row - 1, row + 30))  # by an empty column
    if not apart and (page.words.fields_of(head) or page.words.difference.search(fold(head))):
        return False
    beside = texts = 0
    for line in range(row + 1, row + 30):
        if is_number(page.cell(line, amounts)):
            beside += 1
            codes = bool(apart and head)
            texts += is_text(page.cell(line, column)) and (codes or number_in(page.text(line, column)) is None)
            texts += codes and again and is_number(page.cell(line, column))
    return texts >= 2 and texts * 3 >= beside * 2
