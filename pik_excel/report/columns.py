"""How wide must the columns of a printed table be, and how large may its letters be, so that no figure is broken?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.records import dataclass
from pik_excel.report.paper import PaperTable

USUAL, SMALLEST = 9.0, 6.0  # points
_PADDING = 0.5  # centimetres to the left and right of a text, together
_LETTER, _DIGIT, _POINT = 0.2, 0.178, 0.09  # centimetres at the usual size, in bold Arial
_USUAL_WIDTH = 2.2  # of a column of figures


@dataclass(frozen=True)
class Columns:
    """The width of each column in centimetres, the names first, and the size of the letters in points."""

    widths: tuple[float, ...]
    points: float

    @staticmethod
    def of(table: PaperTable, room: float) -> Columns:
        """The columns of the table in that room. The names get what the figures leave, a quarter at least."""
        count = len(table.header[0] if table.header else table.rows[0].cells) - 1
        if not count:
            return Columns((room,), USUAL)
        needed = max(map(_width, _unbroken(table)), default=0.0)
        most = room * 0.75 / count
        if needed <= most:
            figure = max(needed, min(_USUAL_WIDTH, room * 2 / 3 / count))
            return Columns((room - figure * count, *[figure] * count), USUAL)
        size = (most - _PADDING) / (needed - _PADDING) * USUAL
        return Columns((room / 4, *[most] * count), max(SMALLEST, int(size * 2) / 2))


def _unbroken(table: PaperTable) -> Iterator[str]:
    """What must stand in one line: figures, and the words of their heads."""
    for row in table.rows:
        yield from (cell.text for cell in row.cells[1:] if cell.is_figure)
    for head in (head for row in table.heads for head in row if head.column and head.width == 1):
        yield from head.text.split()


def _width(text: str) -> float:
    return _PADDING + sum(_POINT if one in ".,-" else _DIGIT if one.isdigit() else _LETTER for one in text)
