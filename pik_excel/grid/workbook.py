"""A workbook as its cells: what one pass over the bytes of each sheet gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from pik_excel.grid.reference import Address, Area


class ErrorValue(str):
    """An Excel error as a cell's value: "#REF!", "#DIV/0!" …"""

    __slots__ = ()


Value = Decimal | str | bool | ErrorValue | None
"""What a cell shows; dates are numbers with a date format, as in the file. None: no value stored."""


class Cell(NamedTuple):
    """One cell. A NamedTuple because a large sheet has 300,000 of them and it is the cheapest immutable record.

    `formula` has no leading "=" and is written out also for the followers of a shared formula.
    `style` is the index into `Workbook.number_formats` (the file's cellXfs).
    """

    row: int
    column: int
    value: Value
    formula: str | None = None
    style: int = 0
    array: str | None = None  # the range of the array formula or data table that this cell heads

    @property
    def is_text_number(self) -> bool:
        """Text whose characters are digits and number signs only; whether it is meant as one is for `layout` to say."""
        return isinstance(self.value, str) and any(map(str.isdigit, self.value))


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
        filled = [key for key, cell in self.cells.items() if cell.value is not None or cell.formula is not None]
        if not filled:
            return None
        rows, columns = zip(*filled, strict=True)
        return Area(min(rows), min(columns), max(rows), max(columns))


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
    """A workbook as read; nothing in it can be changed (changes are edits, see `writeback`)."""

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...] = ()
    calculation: Calculation = Calculation()
    number_formats: tuple[str, ...] = ("General",)  # by style index
    external_links: tuple[str, ...] = ()  # targets, [1] first
    application: str = ""  # the program that saved it last, from docProps/app.xml
    active_content: tuple[str, ...] = ()  # macros, connections, signature, in the user's words

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, as Excel compares names: without regard to case."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)

    def cell(self, at: Address) -> Cell | None:
        """The cell at the address, None where the file has none."""
        sheet = self.sheet(at.sheet)
        return sheet.cells.get((at.row, at.column)) if sheet else None
