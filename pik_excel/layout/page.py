"""A sheet made ready for reading: filled cells by row, texts seen through merges, and the cells that may be years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell, ErrorValue, Sheet, Workbook
from pik_excel.layout.formats import Format, formats_of
from pik_excel.layout.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pik_excel.layout.blocks import YearBlock
    from pik_excel.layout.headers import YearHead
    from pik_excel.layout.listheads import ListHeads
    from pik_excel.layout.reading import Unclear

FIRST_YEAR, LAST_YEAR = Decimal(1990), Decimal(2100)
_LONGEST_HEADER = 60
_LONGEST_TEXT = 32_767  # letters that Excel holds in a cell; of longer ones the beginning is looked at
_SHORT_HEADER = 24  # of a year in two digits: "Ansatz 24 in TEUR"
_NOTHING: dict[int, Cell] = {}


class Page:
    """One sheet. `rows` holds the cells with a value or formula, `year_cells`, by row, those that may state a year."""

    def __init__(
        self,
        sheet: Sheet,
        formats: tuple[Format, ...],
        words: Vocabulary,
        date1904: bool = False,
        indents: tuple[int, ...] = (),
        bold: tuple[bool, ...] = (),
    ) -> None:
        self.sheet = sheet
        self.date1904 = date1904
        self.formats = formats
        self.share_styles = frozenset(index for index, one in enumerate(formats) if one.is_share)
        self.indents = indents
        self.bold = bold
        self.words = words
        self.rows: dict[int, dict[int, Cell]] = {}
        self.year_cells: dict[int, list[Cell]] = {}
        self.claimed: list[Area] = []
        self.known_heads: dict[int, list[YearHead]] = {}  # the year headers by row, once they were asked for
        self.all_heads: dict[int, list[YearHead]] = {}  # with those that are not certain
        self._merged: dict[tuple[int, int], tuple[int, int]] | None = None
        self._fill()
        self.order = sorted(self.rows)

    def cell(self, row: int, column: int) -> Cell | None:
        """The filled cell there."""
        return self.rows.get(row, _NOTHING).get(column)

    def row(self, row: int) -> dict[int, Cell]:
        """The filled cells of a row by column."""
        return self.rows.get(row, _NOTHING)

    def at(self, row: int, column: int) -> Address:
        """The address of a cell of this sheet."""
        return Address(self.sheet.name, row, column)

    def text(self, row: int, column: int) -> str:
        """The text at a cell, or in the merged cell that it is part of; empty where there is none."""
        cell = self.rows.get(row, _NOTHING).get(column) or self._through_merge(row, column)
        return cell.value if cell is not None and is_text(cell) else ""  # type: ignore[return-value]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The upper left cell of the merged cell that this one is part of; itself where it is not merged."""
        return self.merged.get((row, column), (row, column))

    def format(self, cell: Cell) -> Format:
        """What the cell's number format says."""
        return self.formats[cell.style] if cell.style < len(self.formats) else Format()

    def is_claimed(self, row: int, column: int) -> bool:
        """Whether another family has read the cell already."""
        return any(area.holds(row, column) for area in self.claimed)

    @cached_property
    def year_rows(self) -> list[int]:
        """The rows that have `year_cells`, from the top."""
        return sorted(self.year_cells)

    @cached_property
    def field_cells(self) -> dict[int, dict[int, tuple[str, ...]]]:
        """By row, the columns whose text may name fields of the schema, and which."""
        found: dict[int, dict[int, tuple[str, ...]]] = {}
        for number in self.order:
            for column, cell in self.rows[number].items():
                if type(cell.value) is str and (keys := self.words.fields_of(cell.value)):
                    found.setdefault(number, {})[column] = keys
        return {row: dict(sorted(columns.items())) for row, columns in found.items()}

    @property
    def year_blocks(self) -> list[YearBlock]:
        """The tables with years across, outside of what is claimed when they are first asked for."""
        return self._year_tables[0]

    @property
    def unclear_years(self) -> list[Unclear]:
        """The places where two rows of years contradict each other."""
        return self._year_tables[1]

    @cached_property
    def list_heads(self) -> list[ListHeads]:
        """The headers of lists, outside of what is claimed when they are first asked for."""
        from pik_excel.layout.listheads import list_heads  # which reads pages itself

        return list(list_heads(self))

    @cached_property
    def _year_tables(self) -> tuple[list[YearBlock], list[Unclear]]:
        from pik_excel.layout.blocks import year_blocks  # which reads pages itself

        return year_blocks(self)

    @property
    def merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell of a merged area its upper left one; areas of more than 2,000 cells are left out."""
        if self._merged is None:
            self._merged = {
                (row, column): (area.top, area.left)
                for area in self.sheet.merges
                if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= 2000
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            }
        return self._merged

    def texts(self, top: int, bottom: int) -> Iterator[Cell]:
        """The cells with text in these rows, row by row."""
        for row in range(top, bottom + 1):
            for column in sorted(self.rows.get(row, _NOTHING)):
                if is_text(self.rows[row][column]):
                    yield self.rows[row][column]

    def _through_merge(self, row: int, column: int) -> Cell | None:
        if not self.sheet.merges:
            return None
        top, left = self.anchor(row, column)
        return self.rows.get(top, _NOTHING).get(left) if (top, left) != (row, column) else None

    def _fill(self) -> None:
        """One pass over all cells; the cheapest question first: can its format show a year?"""
        year_formats = {index for index, one in enumerate(self.formats) if one.is_year}
        no_years = {index for index, one in enumerate(self.formats) if not one.may_be_year}
        perhaps, short = self.words.perhaps_year.search, self.words.perhaps_short.match
        last, current = 0, dict[int, Cell]()
        for (row, column), cell in self.sheet.cells.items():
            value = cell[2]  # its value and style, quickly
            if type(value) is Decimal:
                style = cell[4]
                if style not in no_years and (FIRST_YEAR <= value <= LAST_YEAR or style in year_formats):
                    self.year_cells.setdefault(row, []).append(cell)
            elif type(value) is str:
                if not value or value.isspace():
                    continue
                if len(value) <= _LONGEST_HEADER and (perhaps(value) or (len(value) <= _SHORT_HEADER and short(value))):
                    self.year_cells.setdefault(row, []).append(cell)
            elif value is None and not cell.has_formula:
                continue
            if row != last:
                last, current = row, self.rows.setdefault(row, {})
            current[column] = cell if type(value) is not str or len(value) <= _LONGEST_TEXT else _cut(cell, value)


def pages(workbook: Workbook, words: Vocabulary) -> Iterable[Page]:
    """All sheets of a workbook, made ready."""
    formats = formats_of(workbook.number_formats)
    indents = tuple(style.indent for style in workbook.styles)
    bold = tuple(style.bold for style in workbook.styles)
    return [Page(sheet, formats, words, workbook.calculation.date1904, indents, bold) for sheet in workbook.sheets]


def is_text(cell: Cell | None) -> bool:
    """Whether the cell holds a text; an error is none."""
    return cell is not None and isinstance(cell.value, str) and not isinstance(cell.value, ErrorValue)


def is_number(cell: Cell | None) -> bool:
    """Whether the cell holds a number, or a formula whose result is not stored."""
    return cell is not None and (type(cell.value) is Decimal or (cell.value is None and cell.formula is not None))


def _cut(cell: Cell, text: str) -> Cell:
    return cell._replace(value=text[:_LONGEST_TEXT])
