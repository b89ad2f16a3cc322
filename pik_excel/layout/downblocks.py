"""Where on a sheet are tables with years down the side and measures side by side?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pik_excel.budget.tables import Kind, Status
from pik_excel.layout.body import has_figures
from pik_excel.layout.frame import Frame, lines_above
from pik_excel.layout.headers import YearHead, year_heads
from pik_excel.layout.labels import total_strength
from pik_excel.layout.page import Page, is_number, is_text
from pik_excel.layout.stacked import header_texts
from pik_excel.layout.vocabulary import fold
from pik_excel.records import dataclass

_LEAST = 2  # years
_ENOUGH = 3  # points of evidence that it is about money


@dataclass(frozen=True)
class DownBlock:
    """The table: the row of the measures' names, the years by their rows, the rows that add up years, and the columns
    of figures."""

    frame: Frame
    names_row: int
    years: tuple[YearHead, ...]
    sums: tuple[int, ...]
    columns: tuple[int, ...]


def down_blocks(page: Page) -> Iterator[DownBlock]:
    """The tables with years down the side, that are about money."""
    for column, heads in _columns_of_years(page).items():
        for run in _runs(page, heads):
            block = _block(page, column, run)
            if block is not None and _is_about_money(page, block):
                yield block


def _columns_of_years(page: Page) -> dict[int, list[YearHead]]:
    """By column the cells that state a year and are the first year of their row."""
    found: dict[int, list[YearHead]] = {}
    for row in page.free_year_rows():
        heads = [head for head in year_heads(page, row) if head.step is None and not page.is_claimed(row, head.column)]
        if heads and (len(heads) == 1 or not _are_header(page, row, heads)):
            found.setdefault(heads[0].column, []).append(heads[0])
    return {column: heads for column, heads in found.items() if len(heads) >= _LEAST}


def _are_header(page: Page, row: int, heads: Sequence[YearHead]) -> bool:
    """Whether all the row's figures are years: then they stand across."""
    cells = page.row(row)
    figures = [column for column, cell in cells.items() if is_number(cell)]
    return set(figures) <= {head.column for head in heads}


def _runs(page: Page, heads: Sequence[YearHead]) -> Iterator[tuple[YearHead, ...]]:
    """Years that go up or down row by row; the same year again is one of another kind. One that is far off between
    rows that go on without it was mistyped, and belongs to them."""
    run: list[YearHead] = []  # without the mistyped ones
    whole: list[YearHead] = []
    for index, head in enumerate(heads):
        after = heads[index + 1] if index + 1 < len(heads) else None
        if run and not _follows(run, head):
            if after is not None and _is_next(whole[-1], head) and _is_next(head, after) and _goes_on(run, after):
                whole.append(head)
                continue
            if len(whole) == 2 and _begins_swapped(whole, head, after):
                run, whole = [whole[0], head], [*whole, head]
                continue
            first_is_odd = len(whole) == 1 and _is_next(whole[0], head) and _has_figures(page, whole[0])
            if not (first_is_odd and after is not None and _is_next(head, after) and after.year - head.year == 1):
                yield tuple(whole)
                whole = []
            run = []
        run.append(head)
        whole.append(head)
    yield tuple(whole)


def _follows(run: Sequence[YearHead], head: YearHead) -> bool:
    return head.row - run[-1].row <= 2 and _goes_on(run, head)


def _begins_swapped(pair: Sequence[YearHead], head: YearHead, after: YearHead | None) -> bool:
    """Whether the first two years of a run changed places: 2025, 2024, 2026, 2027."""
    step = pair[0].year - pair[1].year
    in_place = abs(step) == 1 and head.year - pair[0].year == step and _is_next(pair[1], head)
    return in_place and (after is None or not _is_next(head, after) or after.year - head.year == step)


def _has_figures(page: Page, head: YearHead) -> bool:
    return any(column > head.column and is_number(cell) for column, cell in page.row(head.row).items())


def _is_next(one: YearHead, other: YearHead) -> bool:
    return other.row == one.row + 1


def _goes_on(run: Sequence[YearHead], head: YearHead) -> bool:
    step = head.year - run[-1].year
    if step == 0:
        if head.kind is not run[-1].kind or head.open_ended != run[-1].open_ended:
            return True
        once = len({(one.year, one.kind, one.open_ended) for one in run}) == len(run)
        return once and head.row == run[-1].row + 1  # copied from above and not changed
    falling = next((later.year < run[0].year for later in run[1:] if later.year != run[0].year), step < 0)
    return abs(step) <= 5 and (step < 0) == falling


def _block(page: Page, column: int, run: tuple[YearHead, ...]) -> DownBlock | None:
    if len({head.year for head in run}) < _LEAST:
        return None
    header = _header_row(page, column, run[0].row)
    if header is None:
        return None
    rows = [head.row for head in run]
    columns = tuple(_names(page, header, column, rows))
    if not columns:
        return None
    sums = tuple(_rows_of_sums(page, column, rows[-1], columns))
    right = max(columns)
    top = header - 1 if _is_unit_line(page, header - 1, column, right) else header
    below = header + 1 if header + 1 < rows[0] and _is_unit_line(page, header + 1, column, right) else None
    header_rows = tuple(range(top, header + 1)) + ((below,) if below else ())
    frame = Frame(
        header_rows=header_rows,
        name_column=column,
        body=tuple(sorted((*rows, *sums))),
        left=column,
        right=right,
        label_columns=(column,),
        above=lines_above(page, top, column, right),
        header_texts=header_texts(page, header_rows, column, right),
    )
    return DownBlock(frame, header, run, sums, columns)


def _header_row(page: Page, column: int, first: int) -> int | None:
    """The row of the measures' names, directly above the first year but for a line of units."""
    for row in (first - 1, first - 2):
        cells = page.row(row)
        texts = [cell for other, cell in cells.items() if other > column and is_text(cell)]
        if not cells or any(is_number(cell) for cell in cells.values()):
            break
        if texts and not all(page.words.only_unit(str(cell.value)) for cell in texts):
            return row
    return _unit_alone(page, column, first - 1)


def _unit_alone(page: Page, column: int, row: int) -> int | None:
    """The row, where it heads one column of figures, with its unit: the measure is what the title names."""
    texts = [cell for other, cell in page.row(row).items() if other > column and is_text(cell)]
    return row if len(texts) == 1 and "jahr" in page.words.fields_of(page.text(row, column)) else None


def _names(page: Page, header: int, left: int, rows: Sequence[int]) -> Iterator[int]:
    """The columns right of the years with a name above and figures below, up to a gap; and one among them that is
    full of typed amounts and only lacks its name."""
    column, gap = left + 1, 0
    nameless: list[int] = []
    while gap < 2:
        if page.text(header, column):
            yield from nameless
            gap, nameless = 0, []
            if has_figures(page, column, rows):
                yield column
        else:
            gap += 1
            nameless = [column] if gap == 1 and _is_typed_throughout(page, column, rows) else []
        column += 1


def _is_typed_throughout(page: Page, column: int, rows: Sequence[int]) -> bool:
    """Whether each of the rows has a typed number there, and no share."""
    cells = [page.cell(row, column) for row in rows]
    return all(
        cell is not None and is_number(cell) and cell.formula is None and not page.format(cell).is_share
        for cell in cells
    )


def _rows_of_sums(page: Page, column: int, last: int, columns: Sequence[int]) -> Iterator[int]:
    """The rows right below the years that are labelled as their total and have figures."""
    for row in range(last + 1, last + 4):
        label = page.text(row, column)
        if label and total_strength(label, page.words) and any(is_number(page.cell(row, one)) for one in columns):
            yield row


def _is_unit_line(page: Page, row: int, left: int, right: int) -> bool:
    texts = [page.text(row, column) for column in range(left, right + 1) if page.text(row, column)]
    return bool(texts) and all(page.words.only_unit(text) for text in texts)


def _is_about_money(page: Page, block: DownBlock) -> bool:
    """Whether the figures are a budget's: a unit, money words, totals, kinds; and whether measures head the columns, no
    kinds of figures."""
    words, frame = page.words, block.frame
    names = [page.text(block.names_row, column) for column in block.columns]
    if len(names) > 1 and all(
        words.kind_of(name) is not Kind.UNSTATED or total_strength(name, words) for name in names
    ):
        return False
    texts = [str(cell.value) for cell in frame.above[:6]] + [page.sheet.name]
    folded = [fold(text) for text in (*texts, *frame.header_texts)]
    if any(words.performance.search(text) for text in folded):
        return False
    unit = any(map(words.unit_of, (*frame.header_texts, *texts[:4]))) or _format_states_unit(page, block)
    points = 2 * unit + any(words.money.search(text) for text in folded)
    points += any(head.kind is not Kind.UNSTATED or head.open_ended or head.unit for head in block.years)
    points += bool(block.sums) or any(total_strength(name, words) == 2 for name in names)
    points += "jahr" in words.fields_of(page.text(block.names_row, frame.name_column))
    points += any(words.status_of(text) is not Status.UNSTATED for text in texts)
    return points >= _ENOUGH


def _format_states_unit(page: Page, block: DownBlock) -> bool:
    cells = (page.cell(head.row, column) for head in block.years[:3] for column in block.columns)
    return any(page.format(cell).unit is not None for cell in cells if cell is not None and is_number(cell))
