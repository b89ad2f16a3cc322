"""Where on a sheet are tables with years across? Their header rows, year columns, rows, and the lines above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter

from pik_excel.grid.workbook import Cell
from pik_excel.layout.body import body_of, has_amounts, has_figures
from pik_excel.layout.frame import FARTHEST, Frame, lines_above
from pik_excel.layout.headers import YearHead, doubtful_heads, year_heads, years_over_columns
from pik_excel.layout.names import (
    connected_left,
    headed_strongly,
    heads_names,
    is_label_column,
    name_column_of,
    names_between,
)
from pik_excel.layout.page import Page, is_text
from pik_excel.layout.reading import Unclear
from pik_excel.layout.stacked import described, group_text, header_rows_of, header_texts
from pik_excel.layout.years import are_years, is_a_budgets, stacked_years, two_headers, with_base
from pik_excel.records import dataclass

_ABOVE = 3  # rows a stacked header may have above the years


@dataclass(frozen=True, kw_only=True)
class YearBlock(Frame):
    """A table with years across. `heads` are the columns of amounts, `memo_heads` those that no total adds (VE, davon),
    `doubtful` those that name a year and are not understood."""

    heads: tuple[YearHead, ...]
    memo_heads: tuple[YearHead, ...]
    titled: bool  # the names' column is headed as one: "Maßnahme"
    titled_strongly: bool  # … in a word of budgets, not "Bezeichnung"
    groups: tuple[str, ...] = ()  # what stands above the years of each head besides kind and unit
    doubtful: tuple[YearHead, ...] = ()


def year_blocks(page: Page) -> tuple[list[YearBlock], list[Unclear]]:
    """All tables with years across on a sheet, from the top; side by side from the left. Two header rows that name
    different years over the same columns are unclear, and their table is not read."""
    ended: list[tuple[int, YearBlock]] = []  # with their numbers, as found
    near: dict[int, YearBlock] = {}  # those that can still touch what begins in this row
    count = 0
    unclear: list[Unclear] = []
    passed: set[int] = set()
    for row in page.free_year_rows():
        far = [number for number, block in near.items() if block.bottom < row - _ABOVE - FARTHEST]
        ended += [(number, near.pop(number)) for number in far]
        blocks = near.values()
        heads = [head for head in year_heads(page, row) if not page.is_claimed(row, head.column)]
        if any(head.step is not None for head in heads):
            heads = with_base(page, row, heads, unclear)
        edge = 0
        below = stacked_years(page, row, heads)
        if below and _holding(blocks, row, heads) is None:
            if [head.year for head in heads] == [head.year for head in below]:
                continue
            named = any(heads_names(page, row + 1, column) for column in range(1, heads[0].column))
            if named or is_a_budgets(page, row, [*heads, *below]):
                unclear.append(two_headers(page, heads, below))
                passed.add(row + 1)
            continue
        if row in passed:
            continue
        for group in _side_by_side(page, row, heads):
            inside = _holding(blocks, row, group)
            if (
                inside is not None
                and not _stands_again(group, inside)
                and not _starts_anew(page, row, group, _left_of(blocks, row, group, edge))
            ):
                continue
            others = {key: short for key, one in near.items() if (short := _cut(page, one, row, group)) is not None}
            block = _block(page, row, group, others.values(), edge)
            if block is not None:
                near = {**others, count: block}
                blocks = near.values()
                count += 1
                edge = block.right
    return [block for _number, block in sorted([*ended, *near.items()], key=itemgetter(0))], unclear


def _side_by_side(page: Page, row: int, heads: list[YearHead]) -> Iterator[list[YearHead]]:
    """The heads of a row, parted where a column of names begins anew between two years."""
    group: list[YearHead] = []
    for head in heads:
        if group and names_between(page, row, group[-1].column, head, head.year in {one.year for one in group}):
            yield group
            group = []
        group.append(head)
    if group:
        yield group


def _holding(blocks: Iterable[YearBlock], row: int, heads: Sequence[YearHead]) -> YearBlock | None:
    """The table found before within which these cells lie."""
    return next(
        (
            block
            for block in blocks
            if row <= block.body[-1]
            and block.top <= row
            and any(block.left <= head.column <= block.right for head in heads)
        ),
        None,
    )


def _stands_again(heads: Sequence[YearHead], block: YearBlock) -> bool:
    """Whether these are years of the table, each in its own column: its header once more, for the next table."""
    years = {(head.column, head.year) for head in block.heads}
    return len(heads) > 1 and all((head.column, head.year) in years for head in heads)


def _cut(page: Page, block: YearBlock, row: int, heads: Sequence[YearHead]) -> YearBlock | None:
    """The table as far as above `row`, where another one begins over its columns; None where nothing is left of it."""
    if block.body[-1] < row or _holding([block], row, heads) is None:
        return block
    body = [line for line in block.body if line < row]
    while body and not has_amounts(page, body[-1], [head.column for head in block.heads]):
        body.pop()
    return replace(block, body=tuple(body)) if body else None


def _left_of(blocks: Iterable[YearBlock], row: int, heads: Sequence[YearHead], edge: int) -> int:
    """The first column that may belong to a table whose years are `heads`."""
    first = heads[0].column
    beside = [block.right for block in blocks if row <= block.body[-1] and block.top <= row and block.right < first]
    return max([edge, *beside]) + 1


def _starts_anew(page: Page, row: int, heads: Sequence[YearHead], left: int) -> bool:
    """Whether a row with years is a header although it stands among a table's rows: amounts may look like years."""
    labels = [page.text(row, column) for column in range(left, heads[0].column) if page.text(row, column)]
    named = any(heads_names(page, row, column) for column in range(left, heads[0].column))
    if named and len(heads) == 1:
        return True
    if any(not head.plain for head in heads):
        return named or not labels or len(heads) > 1
    return (named or not labels) and are_years(page, row, heads)


def _block(page: Page, row: int, heads: list[YearHead], blocks: Iterable[YearBlock], edge: int) -> YearBlock | None:
    if len(heads) == 1 and not any(line in page.field_cells for line in range(row - _ABOVE, row + 2)):
        return None
    left = connected_left(page, row, heads[0].column, _left_of(blocks, row, heads, edge))
    header_rows = header_rows_of(page, row, heads, left)
    if not _is_header(page, row, heads, header_rows, left):
        return None
    columns = described(page, row, heads, header_rows)
    if not columns:
        return None
    until = _header_again(page, row, heads)
    body = tuple(body_of(page, header_rows[-1], [head.column for head in columns], left, until))
    if not body:
        return None
    name = name_column_of(page, header_rows, body, columns, left)
    if name is None:
        return None
    name_column, titled = name
    labels = tuple(
        column for column in range(left, columns[0].column) if is_label_column(page, column, body, header_rows)
    )
    right = _right_edge(page, header_rows, columns)
    return YearBlock(
        header_rows=header_rows,
        heads=tuple(head for head in columns if not head.memo),
        memo_heads=tuple(head for head in columns if head.memo),
        name_column=name_column,
        body=body,
        left=min([name_column, *labels]),
        right=max(right, name_column),
        label_columns=labels or (name_column,),
        titled=titled,
        titled_strongly=titled and headed_strongly(page, header_rows, name_column),
        above=lines_above(page, header_rows[0], left, right, _floor(blocks, header_rows[0], right)),
        header_texts=header_texts(page, header_rows, min(left, name_column), right),
        groups=tuple(group_text(page, head, columns, header_rows) for head in columns if not head.memo),
        doubtful=_doubtful(page, row, heads, body, right),
    )


def _header_again(page: Page, row: int, heads: Sequence[YearHead]) -> int | None:
    """The next row below with the same years over the same columns, more than one of them."""
    rows = page.rows_by_years.get(years_over_columns(heads), ()) if len(heads) > 1 else ()
    following = bisect_right(rows, row + 1)
    return rows[following] if following < len(rows) else None


def _doubtful(page: Page, row: int, heads: list[YearHead], body: Sequence[int], right: int) -> tuple[YearHead, ...]:
    """The columns of figures that name a year and are not understood."""
    found = doubtful_heads(page, row, heads)
    return tuple(head for head in found if head.column <= right and has_figures(page, head.column, body))


def _is_header(page: Page, row: int, heads: Sequence[YearHead], header_rows: tuple[int, ...], left: int) -> bool:
    if any(type(cell.value) is Decimal for cell in _not_years(page, row, heads, left)):
        return False
    named = any(heads_names(page, line, column) for line in header_rows for column in range(left, heads[0].column))
    if len(heads) > 1 and (not all(head.plain for head in heads) or are_years(page, row, heads)):
        return True
    return named and (len(heads) == 1 or any(not head.plain for head in heads))


def _not_years(page: Page, row: int, heads: Sequence[YearHead], left: int) -> Iterator[Cell]:
    years = {head.column for head in heads}
    yield from (cell for cell in page.row(row).cells(left, heads[-1].column) if cell.column not in years)


def _right_edge(page: Page, header_rows: tuple[int, ...], columns: Sequence[YearHead]) -> int:
    """The last column that the header covers without a gap."""
    right = columns[-1].column
    while any(is_text(page.cell(line, right + 1)) for line in header_rows) and not any(
        heads_names(page, line, right + 1) for line in header_rows
    ):
        right += 1
    return right


def _floor(blocks: Iterable[YearBlock], top: int, right: int) -> int:
    """The last row above that belongs to another table over these columns."""
    return max((block.bottom for block in blocks if block.bottom < top and block.left <= right), default=0)
