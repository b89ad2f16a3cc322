"""A workbook as its cells: what one pass over the bytes of each sheet gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pik_excel.grid.formula import r1c1
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.shared import SharedFormula
from pik_excel.records import dataclass


class ErrorValue(str):
    """An Excel error as a cell's value: "#REF!", "#DIV/0!" …"""

    __slots__ = ()


Value = Decimal | str | bool | ErrorValue | None
"""What a cell shows; dates are numbers with a date format, as in the file. None: no value stored."""


class _Record(NamedTuple):
    row: int
    column: int
    value: Value
    formula: str | SharedFormula | None
    style: int
    array: str | None


class Cell(_Record):
    """One cell. A tuple because a large sheet has 300,000 of them and it is the cheapest immutable record.

    `style` is the index into `Workbook.styles` and `number_formats` (the file's cellXfs); `array` is the range of the
    array formula or data table that this cell heads.
    """

    __slots__ = ()

    def __new__(
        cls,
        row: int,
        column: int,
        value: Value,
        formula: str | SharedFormula | None = None,
        style: int = 0,
        array: str | None = None,
    ) -> Cell:
        return tuple.__new__(cls, (row, column, value, formula, style, array))

    @property
    def formula(self) -> str | None:
        """The formula without "=", as this cell has it; worked out here for a follower of a shared formula."""
        source = self[3]
        return source.at(self.row, self.column) if isinstance(source, SharedFormula) else source

    @property
    def has_formula(self) -> bool:
        """Whether it has a formula, without working it out."""
        return self[3] is not None

    @property
    def r1c1(self) -> str | None:
        """The formula in R1C1 form: equal for cells whose formulas are copies of each other."""
        source = self[3]
        if isinstance(source, SharedFormula):
            return source.r1c1
        return None if source is None else r1c1(source, self.row, self.column)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cell):
            return NotImplemented
        return self[:3] == other[:3] and self[4:] == other[4:] and self.formula == other.formula

    def __hash__(self) -> int:
        return hash((self[:3], self[4:]))


@dataclass(frozen=True)
class ExcelTable:
    """A table object of Excel (Einfügen > Tabelle)."""

    name: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int
    totals_rows: int


@dataclass(frozen=True)
class Sheet:
    """One worksheet. `cells` holds only cells that are in the file, keyed by (row, column)."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    state: str = "visible"  # visible, hidden, veryHidden
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False  # an autofilter hides rows
    tables: tuple[ExcelTable, ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # what could not be read, in the user's words
    arrays: tuple[Area, ...] = ()  # what array formulas and data tables fill; their inner cells have no formula

    def value(self, row: int, column: int) -> Value:
        """The value shown at the cell, None where there is none."""
        cell = self.cells.get((row, column))
        return cell.value if cell else None

    def address(self, row: int, column: int) -> Address:
        """The cell's full address."""
        return Address(self.name, row, column)

    @property
    def used(self) -> Area | None:
        """The smallest rectangle that holds all cells with a value or formula; None for an empty sheet."""
        filled = [key for key, cell in self.cells.items() if cell.value is not None or cell.has_formula]
        if not filled:
            return None
        rows, columns = zip(*filled, strict=True)
        return Area(min(rows), min(columns), max(rows), max(columns))


class Style(NamedTuple):
    """What the look of a cell tells about its meaning."""

    number_format: str = "General"
    bold: bool = False
    indent: int = 0
    line_above: bool = False


@dataclass(frozen=True)
class DefinedName:
    """A name for a range or formula; `sheet` is set where it holds on that sheet only."""

    name: str
    formula: str
    sheet: str | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Calculation:
    """How the file asks to be calculated."""

    manual: bool = False
    iterative: bool = False
    date1904: bool = False
    as_displayed: bool = False  # "Genauigkeit wie angezeigt"
    full_on_load: bool = False


@dataclass(frozen=True)
class Workbook:
    """A workbook as read; nothing in it can be changed (changes are edits, see `writeback`).

    `other_workbooks` are the cells of other workbooks whose values the file remembers, by sheet as formulas name it:
    "[1]Ansatz".
    """

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...] = ()
    calculation: Calculation = Calculation()
    number_formats: tuple[str, ...] = ("General",)  # by style index
    external_links: tuple[str, ...] = ()  # targets, [1] first
    other_workbooks: Mapping[str, Mapping[tuple[int, int], Cell]] = field(default_factory=dict)
    application: str = ""  # the program that saved it last, from docProps/app.xml
    active_content: tuple[str, ...] = ()  # macros, connections, signature, in the user's words
    styles: tuple[Style, ...] = (Style(),)  # by style index

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, as Excel compares names: without regard to case."""
        return self._sheets_by_name.get(name) or self._sheets_by_name.get(name.casefold())

    @cached_property
    def _sheets_by_name(self) -> dict[str, Sheet]:
        """By their names without regard to case, and by those as they are written."""
        sheets = self.sheets[::-1]  # the first of several
        return {sheet.name: sheet for sheet in sheets} | {sheet.name.casefold(): sheet for sheet in sheets}

    def cell(self, at: Address) -> Cell | None:
        """The cell at the address, None where the file has none."""
        sheet = self.sheet(at.sheet)
        return sheet.cells.get((at.row, at.column)) if sheet else None
