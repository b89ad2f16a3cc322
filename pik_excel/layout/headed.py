"""Where are tables that are known by their header row: "Quelle | Betrag | Anteil", "Maßnahme | Regel | von | bis"?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pik_excel.budget.tables import Field
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell
from pik_excel.layout.fields import field_at
from pik_excel.layout.page import Page, is_text
from pik_excel.records import dataclass

_LONGEST = 60  # characters of a header cell
_NOTE = 60  # characters from which a lone text beneath a table is a note, not a row
_ABOVE = 3  # rows above a header in which its caption may stand


@dataclass(frozen=True)
class Column:
    """A column that the schema knows: the fields its header may name, and the header as it stands."""

    number: int
    keys: tuple[str, ...]
    header: str


@dataclass(frozen=True)
class HeadedTable:
    """A table under a header row; `rows` are those with at least one cell filled in its columns."""

    page: Page
    header_row: int
    columns: tuple[Column, ...]
    left: int
    right: int
    rows: tuple[int, ...]

    @property
    def area(self) -> Area:
        """Header to last row."""
        return Area(self.header_row, self.left, self.rows[-1] if self.rows else self.header_row, self.right)

    def column(self, *keys: str) -> Column | None:
        """The first column that one of these fields is meant by, in the order of `keys`."""
        return next((column for key in keys for column in self.columns if key in column.keys), None)

    def field(self, row: int, column: Column, key: str) -> Field:
        """The cell in that row and column, as that field."""
        return field_at(self.page, row, column.number, self.page.words.schema.fields.get(key), column.header)

    def label(self, row: int) -> str:
        """The text in the leftmost column of the row."""
        return next((self.page.text(row, column) for column in range(self.left, self.right + 1)), "")

    def captions(self) -> list[str]:
        """The texts above the header, the nearest first, up to other content; those over the table first."""
        texts = self._above()
        over = [text for column, text in texts if self.left <= column <= self.right]
        return over or [text for _, text in texts]

    def _above(self) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for row in range(self.header_row - 1, max(0, self.header_row - 1 - _ABOVE), -1):
            cells = self.page.row(row)
            if any(type(cell.value) is Decimal for cell in cells.values()):
                break
            found += [(column, text) for column in sorted(cells) if (text := self.page.text(row, column))]
        return found


def headed_tables(
    page: Page, is_one: Callable[[Mapping[str, Column]], bool], *, with_gaps: bool = False
) -> Iterator[HeadedTable]:
    """The tables on a sheet whose header, as a mapping from field keys to columns, `is_one` accepts; `with_gaps`: also
    over a single column that somebody left empty in it."""
    for row in page.field_cells:
        known = _named(page, row)
        if len(known) < 2:
            continue
        for cells in _joined(page, row) if with_gaps else _runs(page, row):
            columns = tuple(known[cell.column] for cell in cells if cell.column in known)
            named = {key: column for column in reversed(columns) for key in column.keys}
            if len(columns) < 2 or page.is_claimed(row, columns[0].number) or not is_one(named):
                continue
            left, right = _edges(page, row, columns)
            rows = tuple(_rows(page, row, left, right))
            yield HeadedTable(page, row, columns, left, right, rows)


def _runs(page: Page, row: int) -> Iterator[list[Cell]]:
    """The texts of a row, parted where a column is left empty: tables side by side."""
    run: list[Cell] = []
    cells = page.row(row)
    for column in sorted(cells):
        if run and column - run[-1].column > 1 and page.anchor(row, column - 1) != page.anchor(row, run[-1].column):
            yield run
            run = []
        run.append(cells[column])
    yield run


def _joined(page: Page, row: int) -> Iterator[list[Cell]]:
    """The same, but what goes on behind one empty column with nothing but fields, and none for a name, is no table of
    its own."""
    known = page.field_cells[row]
    whole: list[Cell] = []
    for run in _runs(page, row):
        keys = [known.get(cell.column, ()) for cell in run]
        goes_on = all(keys) and not any("bezeichnung" in one for one in keys)
        if whole and goes_on and run[0].column - whole[-1].column == 2:
            whole += run
            continue
        if whole:
            yield whole
        whole = list(run)
    yield whole


def _named(page: Page, row: int) -> dict[int, Column]:
    """By column, what a row's texts name alone or with the text above them. Every family asks the same."""
    found = page.known_columns.get(row)
    if found is None:
        found = page.known_columns[row] = {column.number: column for column in _columns(page, row)}
    return found


def _columns(page: Page, row: int) -> Iterator[Column]:
    known = page.field_cells[row]
    for number, text in page.own_texts(row):
        above = page.text(row - 1, number)
        joined = f"{above} {text}" if above and len(above) <= _LONGEST else ""
        if keys := page.words.fields_of(joined) if joined else ():
            yield Column(number, keys, joined)
        elif number in known:
            yield Column(number, known[number], text)


def _edges(page: Page, row: int, columns: tuple[Column, ...]) -> tuple[int, int]:
    left, right = columns[0].number, columns[-1].number
    while page.text(row, left - 1):
        left -= 1
    while page.text(row, right + 1):
        right += 1
    return left, right


def _rows(page: Page, header: int, left: int, right: int) -> Iterator[int]:
    """The rows below a header up to a note, another header or two blank rows."""
    blank = 0
    for row in range(header + 1, page.order[-1] + 1):
        filled = [cell for column, cell in page.row(row).items() if left <= column <= right]
        if not filled:
            blank += 1
            if blank > 1:
                return
            continue
        if row in page.field_cells and len(page.field_cells[row]) > 2 and all(map(is_text, filled)):
            return
        if len(filled) == 1 and is_text(filled[0]) and (blank or len(str(filled[0].value)) > _NOTE):
            return
        blank = 0
        yield row
