"""What stands in one column of a sheet, row by row? Asked for at once, as the rows of a long table are alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pik_excel.grid.cell import Value
from pik_excel.grid.store import Cells, Form


def values_down(cells: Cells, column: int, rows: Iterable[int]) -> Iterator[Value]:
    """The value of the column in each of these rows, None where there is none."""
    held = cells.by_row.get
    known: Form | None = None
    place: int | None = None
    for number in rows:
        row = held(number)
        if row is None:
            yield None
            continue
        if row[0] is not known:
            known = row[0]
            place = known.places.get(column)
        yield None if place is None else row[1][place]
