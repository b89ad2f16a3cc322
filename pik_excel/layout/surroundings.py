"""What do the lines around a table say of it: title, status, footnotes?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter

from pik_excel.budget.marks import opening_mark, split_marks
from pik_excel.budget.tables import Footnote, Status
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell
from pik_excel.layout.blocks import YearBlock
from pik_excel.layout.frame import Frame
from pik_excel.layout.labels import years_in
from pik_excel.layout.page import Page, is_number

_BELOW = 25  # rows below a table in which its notes may stand
_NEAREST = 6  # lines above that may tell the status


def title_of(page: Page, block: Frame) -> str:
    """The first of the lines that stand together above the table and say more than a unit."""
    title, row = "", 0
    for cell in block.above:
        if row and cell.row < row - 1:
            break
        if not page.words.only_unit(str(cell.value)) and (cell.row < row or not title):
            title, row = str(cell.value), cell.row
    return " ".join(title.split())


def status_of(page: Page, block: Frame) -> Status:
    """How firm the amounts are: what the nearest line above says, else the header, else the sheet's name."""
    texts = [*(str(cell.value) for cell in block.above[:_NEAREST]), *block.header_texts, page.sheet.name]
    stated = (status for text in texts if (status := page.words.status_of(text)) is not Status.UNSTATED)
    return next(stated, Status.UNSTATED)


def footnotes_of(page: Page, block: Frame) -> tuple[Footnote, ...]:
    """The notes below the table, within its columns."""
    return tuple(
        note for cell in texts_below(page, block) for note in _notes_in(str(cell.value), page.at(cell.row, cell.column))
    )


def marks_around(page: Page, block: Frame) -> list[tuple[str, Address]]:
    """The footnote marks in the header and the lines above."""
    header = page.texts(block.header_rows[0], block.header_rows[-1], block.left, block.right)
    return [
        (mark, page.at(cell.row, cell.column))
        for cell in (*header, *block.above[:3])
        for mark in split_marks(str(cell.value))[1]
    ]


def texts_below(page: Page, block: Frame) -> Iterator[Cell]:
    """The texts below a table in its columns, up to the next one there."""
    end = min([block.bottom + _BELOW, *(top - 1 for top in _tops_below(page, block))])
    return page.texts(block.bottom + 1, end - 1, block.left, block.right)


def _tops_below(page: Page, block: Frame) -> Iterator[int]:
    """Where other tables begin below; those with years across are known only when all lists have been read."""
    others = _year_blocks_below(page, block.bottom) if isinstance(block, YearBlock) else page.claimed
    above, far = block.bottom, block.bottom + _BELOW
    for other in others:
        if above < other.top < far and other.left <= block.right and block.left <= other.right:
            yield other.top
    if not isinstance(block, YearBlock):
        below = (
            row for row in range(block.bottom + 1, block.bottom + _BELOW) if any(map(is_number, page.row(row).values()))
        )
        yield from islice(below, 1)


def _year_blocks_below(page: Page, bottom: int) -> Iterable[Frame | Area]:
    tops = page.year_tops
    first, last = (bisect_right(tops, row, key=itemgetter(0)) for row in (bottom, bottom + _BELOW))
    return [block for _top, block in tops[first:last]]


def _notes_in(text: str, at: Address) -> Iterator[Footnote]:
    for line in text.splitlines():
        found = opening_mark(line)
        if found is not None:
            mark, note = found
            yield Footnote(mark, " ".join(note.split()), at, years_in(note))
