"""A sheet made ready for reading: filled cells by row, texts seen through merges, and the cells that may be years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import cached_property
from itertools import compress, repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from pik_excel.grid.cell import Source
from pik_excel.grid.reference import MAX_COLUMN, Address, Area
from pik_excel.grid.store import Row, RowsAlike
from pik_excel.grid.workbook import Cell, ErrorValue, Sheet, Value, Workbook
from pik_excel.layout.closing_days import CLOSING_DAYS, FEWEST, day_in, stand_for_years
from pik_excel.layout.formats import Format, formats_of
from pik_excel.layout.texts import Texts
from pik_excel.layout.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pik_excel.layout.blocks import YearBlock
    from pik_excel.layout.headed import Column
    from pik_excel.layout.headers import YearHead
    from pik_excel.layout.listheads import ListHeads
    from pik_excel.layout.reading import Unclear

FIRST_YEAR, LAST_YEAR = Decimal(1990), Decimal(2100)
_ENDS = 2  # texts of a line of a heading: one left, one right
LONGEST_TEXT = 32_767  # letters that Excel holds in a cell; of longer ones the beginning is looked at


class Page:
    """One sheet. `order` are the rows that hold anything, `year_cells`, by row, the cells that may state a year."""

    def __init__(
        self,
        sheet: Sheet,
        formats: tuple[Format, ...],
        words: Vocabulary,
        texts: Texts,
        date1904: bool = False,
        indents: tuple[int, ...] = (),
        bold: tuple[bool, ...] = (),
    ) -> None:
        self.sheet = sheet
        self.date1904 = date1904
        self.formats = formats
        self.share_styles = frozenset(index for index, one in enumerate(formats) if one.is_share)
        self.formats_say_units = any(one.unit is not None or one.scale != 1 for one in formats)
        self.indents = indents
        self.bold = bold
        self.words = words
        self._texts = texts
        self.year_cells: dict[int, list[Cell]] = {}
        self.claimed: list[Area] = []
        self.known_heads: dict[int, list[YearHead]] = {}  # the year headers by row, once they were asked for
        self.all_heads: dict[int, list[YearHead]] = {}  # with those that are not certain
        self.known_texts: dict[str, YearHead | None] = {}  # the same by text, still without its place
        self.known_columns: dict[int, dict[int, Column]] = {}  # what rows name as headers, once they were asked for
        self._merged: dict[tuple[int, int], tuple[int, int]] | None = None
        self.order = sorted(self._fill())

    def cell(self, row: int, column: int) -> Cell | None:
        """The filled cell there."""
        return self.row(row).get(column)

    def style(self, row: int, column: int) -> int | None:
        """The style of the filled cell there."""
        held = self.sheet.cells.by_row.get(row)
        place = held.form.places.get(column) if held is not None else None
        if held is None or place is None:
            return None
        filled = is_filled(held.values[place], held.sources[place] if held.sources else None)
        return held.form.styles[place] if filled else None

    def row(self, row: int) -> FilledRow:
        """The filled cells of a row by column."""
        return FilledRow(row, self.sheet.cells.by_row.get(row))

    def at(self, row: int, column: int) -> Address:
        """The address of a cell of this sheet."""
        return Address(self.sheet.name, row, column)

    def text(self, row: int, column: int) -> str:
        """The text at a cell, or in the merged cell that it is part of; empty where there is none."""
        if own := self.own_text(row, column):
            return own
        cell = self.cell(row, column) or self._through_merge(row, column) if self.sheet.merges else None
        return cell.value if cell is not None and is_text(cell) else ""  # type: ignore[return-value]

    def own_text(self, row: int, column: int) -> str:
        """The text in the cell itself; empty where there is none."""
        value = self.sheet.cells.value(row, column)
        return value[:LONGEST_TEXT] if type(value) is str and not value.isspace() else ""

    def own_texts(self, row: int) -> Iterator[tuple[int, str]]:
        """The columns of a row that hold a text themselves, with it, in the order of the file."""
        held = self.sheet.cells.by_row.get(row)
        if held is None:
            return
        for place in held.form.others:
            value = held.values[place]
            if type(value) is str and value and not value.isspace():
                yield held.form.columns[place], value[:LONGEST_TEXT]

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
    def heading(self) -> list[Cell]:
        """The texts at the top of the sheet, above the first row with a figure or with more than a line's two ends."""
        found: list[Cell] = []
        for row in self.order:
            cells = self.row(row)
            if len(cells) > _ENDS or any(map(is_number, cells.values())):
                break
            found += [cells[column] for column in sorted(cells) if is_text(cells[column])]
        return found

    @cached_property
    def year_rows(self) -> list[int]:
        """The rows that have `year_cells`, from the top."""
        return sorted(self.year_cells)

    @cached_property
    def rows_by_years(self) -> dict[tuple[tuple[int, int], ...], list[int]]:
        """The `year_rows` by the years that they name as headers and their columns."""
        from pik_excel.layout.headers import year_heads, years_over_columns  # which read pages themselves

        found: dict[tuple[tuple[int, int], ...], list[int]] = {}
        for row in self.year_rows:
            found.setdefault(years_over_columns(year_heads(self, row)), []).append(row)
        return found

    def free_year_rows(self) -> list[int]:
        """Those of the `year_rows` that no other family has read."""
        rows = self.year_rows
        taken = {
            row
            for area in self.claimed
            for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
            if all(area.left <= cell.column <= area.right for cell in self.year_cells[row])
        }
        return [row for row in rows if row not in taken] if taken else rows

    @cached_property
    def field_cells(self) -> dict[int, dict[int, tuple[str, ...]]]:
        """By row, the columns whose text may name fields of the schema, and which."""
        found: dict[int, dict[int, tuple[str, ...]]] = {}
        known = self._texts.fields
        for row, column, text in self.sheet.cells.saying(known.keys()):
            found.setdefault(row, {})[column] = known[text]
        return {row: dict(sorted(columns.items())) for row, columns in sorted(found.items())}

    @cached_property
    def indented_columns(self) -> frozenset[int]:
        """The columns in which a cell is indented by its format."""
        indented = {index for index, indent in enumerate(self.indents) if indent}
        forms = (one.form for one in self.sheet.cells.alike) if indented else ()
        cells = (cell for form in forms for cell in zip(form.columns, form.styles, strict=True))
        return frozenset(column for column, style in cells if style in indented)

    @property
    def year_blocks(self) -> list[YearBlock]:
        """The tables with years across, outside of what is claimed when they are first asked for."""
        return self._year_tables[0]

    @cached_property
    def year_tops(self) -> list[tuple[int, YearBlock]]:
        """The tables with years across with the rows in which they begin, from the top."""
        return sorted(((block.top, block) for block in self.year_blocks), key=itemgetter(0))

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
                if area.size <= 2000
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            }
        return self._merged

    def texts(self, top: int, bottom: int, left: int = 1, right: int = MAX_COLUMN) -> Iterator[Cell]:
        """The cells with text in these rows and columns, row by row."""
        for row in range(top, bottom + 1):
            yield from filter(is_text, self.row(row).cells(left, right))

    def _through_merge(self, row: int, column: int) -> Cell | None:
        if not self.sheet.merges:
            return None
        top, left = self.anchor(row, column)
        return self.cell(top, left) if (top, left) != (row, column) else None

    def _fill(self) -> Iterator[int]:
        """The rows with a filled cell, and on the way the cells that may state a year; the cheapest question first: can
        the number formats of this form show one?"""
        year_formats = {index for index, one in enumerate(self.formats) if one.is_year}
        no_years = {index for index, one in enumerate(self.formats) if not one.may_be_year}
        texts = self._texts.years
        dated = {index for index, one in enumerate(self.formats) if one.is_date and not one.is_year}
        days: dict[int, list[int]] = {}  # the columns by row
        for kind in self.sheet.cells.alike:
            yield from _filled_rows(kind)
            form = kind.form
            for place, (column, style) in enumerate(zip(form.columns, form.styles, strict=True)):
                values = kind.columns[place]
                numbers = () if style in no_years else _years_among(values, style in year_formats)
                found = [*numbers, *_texts_among(values, texts)] if place in form.others else numbers
                for index in found:
                    row = kind.numbers[index]
                    self.year_cells.setdefault(row, []).append(self.sheet.cells[row, column])
                for index in _days_among(values) if style in dated else ():
                    days.setdefault(kind.numbers[index], []).append(column)
        for row, columns in days.items():
            if len(columns) >= FEWEST:
                cells = [self.sheet.cells[row, column] for column in sorted(columns)]
                if _stand_for_years(cells, self.formats):
                    self.year_cells.setdefault(row, []).extend(cells)


def _filled_rows(kind: RowsAlike) -> Iterable[int]:
    if any(map(kind.is_filled, range(len(kind.columns)))):
        return kind.numbers
    rows = zip(kind.numbers, kind.rows, strict=True)
    return (number for number, row in rows if any(map(is_filled, row.values, row.sources or repeat(None))))


def _years_among(values: Sequence[Value], is_year: bool) -> Sequence[int]:
    """Which of them are numbers that may be years; in cells of a year's format all are."""
    return [
        index
        for index, value in enumerate(values)
        if type(value) is Decimal and (is_year or FIRST_YEAR <= value <= LAST_YEAR)
    ]


def _days_among(values: Sequence[Value]) -> Sequence[int]:
    """Which of them are closing or first days of years."""
    return [index for index, value in enumerate(values) if type(value) is Decimal and value in CLOSING_DAYS]


def _stand_for_years(cells: Sequence[Cell], formats: Sequence[Format]) -> bool:
    days = (day_in(cell, formats[cell.style]) for cell in cells)
    return stand_for_years([day for day in days if day is not None])


def _texts_among(values: Sequence[Value], texts: AbstractSet[str]) -> Sequence[int]:
    if texts.isdisjoint(values):
        return ()
    return [index for index, value in enumerate(values) if type(value) is str and value in texts]


class FilledRow(Mapping[int, Cell]):
    """The filled cells of a row by column: those with a formula or a value that is not blank."""

    __slots__ = ("_number", "_row")

    def __init__(self, number: int, row: Row | None) -> None:
        self._number = number
        self._row = row

    def get(self, column: int, default: Cell | None = None) -> Cell | None:  # type: ignore[override]  # no other default
        """The cell in this column, None where it is not filled."""
        if self._row is None:
            return default
        form, values, sources = self._row
        place = form.places.get(column)
        if place is None:
            return default
        value, source = values[place], sources[place] if sources else None
        if not is_filled(value, source):
            return default
        if type(value) is str:
            value = value[:LONGEST_TEXT]
        return tuple.__new__(Cell, (self._number, column, value, source, form.styles[place], None))

    def between(self, left: int, right: int) -> list[int]:
        """The columns from `left` to `right` that are filled, from left to right."""
        if self._row is None:
            return []
        form, values, sources = self._row
        return [
            form.columns[place]
            for place in form.between(left, right)
            if is_filled(values[place], sources[place] if sources else None)
        ]

    def cells(self, left: int, right: int) -> Iterator[Cell]:
        """The filled cells in these columns, from left to right."""
        return (self[column] for column in self.between(left, right))

    def __getitem__(self, column: int) -> Cell:
        cell = self.get(column)
        if cell is None:
            raise KeyError(column)
        return cell

    def __contains__(self, column: object) -> bool:
        return isinstance(column, int) and self.get(column) is not None

    def __iter__(self) -> Iterator[int]:
        if self._row is not None:
            form, values, sources = self._row
            yield from compress(form.columns, map(is_filled, values, sources or repeat(None)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)


def is_filled(value: Value, source: Source) -> bool:
    """Whether a cell with this value and formula shows anything but blanks."""
    if type(value) is str:
        return bool(value) and not value.isspace()
    return value is not None or source is not None


def pages(workbook: Workbook, words: Vocabulary) -> Iterable[Page]:
    """All sheets of a workbook, made ready."""
    formats = formats_of(workbook.number_formats)
    indents = tuple(style.indent for style in workbook.styles)
    bold = tuple(style.bold for style in workbook.styles)
    texts = Texts(words, frozenset[str]().union(*(sheet.cells.words for sheet in workbook.sheets)))
    dates = workbook.calculation.date1904
    return [Page(sheet, formats, words, texts, dates, indents, bold) for sheet in workbook.sheets]


def is_text(cell: Cell | None) -> bool:
    """Whether the cell holds a text; an error is none."""
    return cell is not None and isinstance(cell.value, str) and not isinstance(cell.value, ErrorValue)


def is_number(cell: Cell | None) -> bool:
    """Whether the cell holds a number, or a formula whose result is not stored."""
    return cell is not None and (type(cell.value) is Decimal or (cell.value is None and cell.formula is not None))
