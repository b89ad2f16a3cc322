"""A workbook as its cells: what one pass over the bytes of each sheet gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pik_excel.grid.cell import Cell, ErrorValue, Value
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.store import Cells
from pik_excel.records import dataclass

__all__ = [
    "Calculation",
    "Cell",
    "DefinedName",
    "ErrorValue",
    "ExcelTable",
    "Sheet",
    "Style",
    "Value",
    "Workbook",
]


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
    cells: Cells
    state: str = "visible"  # visible, hidden, veryHidden
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False  # an autofilter hides rows
    tables: tuple[ExcelTable, ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # what could not be read, in the user's words
    arrays: tuple[Area, ...] = ()  # what array formulas and data tables fill; their inner cells have no formula

    def __post_init__(self) -> None:
        if not isinstance(self.cells, Cells):  # cells that were put together by hand
            object.__setattr__(self, "cells", Cells.of(self.cells))

    def value(self, row: int, column: int) -> Value:
        """The value shown at the cell, None where there is none."""
        return self.cells.value(row, column)

    def address(self, row: int, column: int) -> Address:
        """The cell's full address."""
        return Address(self.name, row, column)

    @property
    def used(self) -> Area | None:
        """The smallest rectangle that holds all cells with a value or formula; None for an empty sheet."""
        rows, columns = set[int](), set[int]()
        for kind in self.cells.alike:
            filled = [column for place, column in enumerate(kind.form.columns) if kind.is_used(place)]
            columns.update(filled)
            if any(map(kind.is_filled, range(len(kind.columns)))):
                rows.update(kind.numbers)
            elif filled:
                lines = zip(kind.numbers, kind.rows, strict=True)
                rows.update(number for number, row in lines if row.sources or set(row.values) != {None})
        return Area(min(rows), min(columns), max(rows), max(columns)) if rows else None


class Style(NamedTuple):
    """What the look of a cell tells about its meaning."""

    number_format: str = "General"
    bold: bool = False
    indent: int = 0


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

    def tables_named(self, name: str) -> tuple[ExcelTable, ...]:
        """The Excel tables of that name, of which Excel admits one; it does not look at the case."""
        return self._tables_by_name.get(name.casefold(), ())

    @cached_property
    def _tables_by_name(self) -> dict[str, tuple[ExcelTable, ...]]:
        found: dict[str, tuple[ExcelTable, ...]] = {}
        for table in (table for sheet in self.sheets for table in sheet.tables):
            name = table.name.casefold()
            found[name] = (*found.get(name, ()), table)
        return found

    def cell(self, at: Address) -> Cell | None:
        """The cell at the address, None where the file has none."""
        sheet = self.sheet(at.sheet)
        return sheet.cells.get((at.row, at.column)) if sheet else None
