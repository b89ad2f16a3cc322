"""What does the formula engine (IronCalc) make of these values and formulas? Nothing else imports it.

It is fed from our own records, in English, so that it never opens a file and the reader decides what a cell holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.recalc.syntax import ERRORS
from pik_excel.recalc.writing import sheet_name

_PREFIXES = ("_xlfn._xlws.", "_xlfn.")


class UnusableName(Exception):
    """A sheet's name that the engine does not take, as Excel would not; the argument is the name."""


class BrokeOff(Exception):
    """The engine broke off, which leaves nothing to read: it does so at DATE and EDATE with millions of days or months
    (tests/recalc/test_engine.py)."""


class Engine:
    """One calculation: put values and formulas in, `calculate`, read the values out. May raise `UnusableName`."""

    def __init__(self, sheets: Iterable[str]) -> None:
        import ironcalc  # ten megabytes that a run without formulas does not need

        self._model: Any = ironcalc.create("pik-excel", "en", "UTC", "en")  # no type information is shipped
        self._numbers = {name: number for number, name in enumerate(sheets)}
        for number, name in enumerate(self._numbers):
            try:
                if number == 0:
                    self._model.rename_sheet(0, sheet_name(name))
                else:
                    self._model.add_sheet(sheet_name(name))
            except ironcalc.WorkbookError as refused:
                raise UnusableName(name) from refused

    def put(self, at: tuple[str, int, int], value: Value) -> None:
        """The cell holds this value; a text stays a text whatever it looks like."""
        sheet, row, column = self._numbers[at[0]], at[1], at[2]
        if isinstance(value, Decimal):
            self._model.update_cell_with_number(sheet, row, column, float(value))
        elif isinstance(value, bool):
            self._model.update_cell_with_bool(sheet, row, column, value)
        elif isinstance(value, ErrorValue):
            self._model.set_user_input(sheet, row, column, str(value))
        elif isinstance(value, str):
            self._model.update_cell_with_text(sheet, row, column, value)
        else:
            self._model.clear_cell_contents(sheet, row, column)

    def put_formula(self, at: Address, formula: str) -> None:
        """The cell holds this formula (without "=")."""
        if "_xl" in formula:
            for prefix in _PREFIXES:
                formula = formula.replace(prefix, "")
        self._model.update_cell_with_formula(self._numbers[at[0]], at[1], at[2], "=" + formula)

    def calculate(self) -> None:
        """Compute all formulas. May raise `BrokeOff`, after which there is nothing to read."""
        with _without_last_words():
            try:
                self._model.evaluate()
            except BaseException as error:  # of no class that can be imported, and no Exception
                if type(error).__name__ != "PanicException":
                    raise
                raise BrokeOff from None

    def value(self, at: Address) -> Value:
        """What the cell shows. An error that Excel does not know ("#ERROR!", "#CIRC!") comes back as it is."""
        found = self._model.get_cell_value(self._numbers[at[0]], at[1], at[2])
        if isinstance(found, float):
            return Decimal(repr(found))
        if isinstance(found, str) and found.startswith("#") and self._is_error(at):
            return ErrorValue(found)
        return found  # type: ignore[no-any-return]  # bool, str or None

    def _is_error(self, at: Address) -> bool:
        kind = self._model.get_cell_type(self._numbers[at[0]], at[1], at[2])
        return str(kind) == "CellType.ErrorValue"


@contextmanager
def _without_last_words() -> Iterator[None]:
    """What the engine writes to the error stream where it breaks off is for its own developers."""
    try:
        saved = os.dup(2)
    except OSError:  # there is no such stream
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nothing)


def knows_error(value: Value) -> bool:
    """Whether the value is one of Excel's own errors, not one by which the engine says that it cannot."""
    return isinstance(value, ErrorValue) and value in ERRORS


def in_a_circle(value: Value) -> bool:
    """Whether the engine says by it that the formula runs in a circle, or hangs on one that does."""
    return value == "#CIRC!"
