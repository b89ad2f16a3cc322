"""The row of a finding as two lines of text: headings, and the cells with the one in question marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pik_excel.report.excerpt import Excerpt

LABEL = 24
CELL = 13  # "estimate 2024"
GAP = "  "


def row_table(excerpt: Excerpt, width: int, mark: Callable[[str], str]) -> Iterator[str]:
    """Two lines within `width`; `mark` paints the cell in question, which stands between ▸ and ◂."""
    columns = _fitting(excerpt, width)
    labelled = columns[0] == 0 and not _is_figure(excerpt.cells[0])
    headings, cells = [], []
    for index in columns:
        is_label = labelled and index == 0
        cell = _cut(excerpt.cells[index], LABEL if is_label else CELL)
        if index in excerpt.marked:
            cell = f"▸{cell}◂"
        heading = "" if is_label else _cut(excerpt.headings[index], CELL)
        room = max(len(cell), len(heading))
        padded = cell.ljust(room) if is_label else cell.rjust(room)
        headings.append(heading.rjust(room))
        cells.append(padded.replace(cell, mark(cell)) if index in excerpt.marked else padded)
    yield GAP.join(headings).rstrip()
    yield GAP.join(cells).rstrip()


def _fitting(excerpt: Excerpt, width: int) -> list[int]:
    """As many columns as fit, those farthest from the marked ones left out first."""
    columns = list(range(len(excerpt.cells)))
    while len(columns) > 2 and _width(excerpt, columns) > width:
        inner = [index for index in columns if index not in excerpt.marked and index != 0]
        if not inner:
            break
        columns.remove(max(inner, key=lambda index: min(abs(index - one) for one in excerpt.marked)))
    return columns


def _width(excerpt: Excerpt, columns: list[int]) -> int:
    rooms = (
        max(min(len(excerpt.cells[index]), LABEL if index == 0 else CELL), min(len(excerpt.headings[index]), CELL)) + 2
        for index in columns
    )
    return sum(rooms) + len(GAP) * len(columns)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def _is_figure(text: str) -> bool:
    return text.strip("-−()").replace(".", "").replace(",", "").replace("%", "").strip().isdigit()
