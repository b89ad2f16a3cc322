"""What does a cell state as a field of the schema: money, a share, a date, a number, a text?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Field
from pik_excel.grid.dates import day_of
from pik_excel.grid.workbook import Cell, ErrorValue
from pik_excel.layout.formats import Format
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page
from pik_excel.patterns import pattern
from pik_excel.schema import FieldRule

_DAY = pattern(r"\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\s*\Z")
WORDS = frozenset(("string", "list", "boolean"))
"""The types of fields that a text states as it stands."""
_PER_CENT = Decimal(100)


def field_at(page: Page, row: int, column: int, rule: FieldRule | None, header: str = "") -> Field:
    """The field in that cell, typed as `rule` says; money in EUR, its unit from the cell or from `header`."""
    cell = page.sheet.cells.get((row, column))
    at = page.at(row, column)
    if cell is None or cell.value is None or isinstance(cell.value, (ErrorValue, bool)):
        return Field(at, None, cell.formula if cell else None)
    shown = page.format(cell)
    if isinstance(cell.value, Decimal):
        return _from_number(page, cell, rule, header, shown)
    return _from_text(page, cell, rule, header)


def _from_number(page: Page, cell: Cell, rule: FieldRule | None, header: str, shown: Format) -> Field:
    at, value = page.at(cell.row, cell.column), cell.value
    assert isinstance(value, Decimal)
    if shown.is_date or (rule is not None and rule.type == "date" and value > 3000):
        return Field(at, day_of(value, page.date1904) or value, cell.formula)
    if rule is not None and rule.type == "money":
        unit = shown.unit or page.words.unit_of(header) or Unit.EUR
        return Field(at, value * unit.factor, cell.formula, unit, digits=shown.decimals)
    if rule is not None and rule.type == "share" and not shown.is_share and ("%" in header or value > 1):
        return Field(at, value / _PER_CENT, cell.formula, stated=str(value), digits=shown.decimals)
    return Field(at, value, cell.formula, digits=shown.decimals)


def _from_text(page: Page, cell: Cell, rule: FieldRule | None, header: str) -> Field:
    at, text = page.at(cell.row, cell.column), str(cell.value)
    if not text.strip():
        return Field(at, None, cell.formula)
    if rule is None or rule.type in WORDS:
        return Field(at, text.strip(), cell.formula)
    if day := _day(text):
        return Field(at, day, cell.formula, stated=text)
    number = number_in(text)
    if number is None:
        return Field(at, text.strip(), cell.formula)
    if rule.type == "money" and not number.percent:
        unit = number.unit or page.words.unit_of(header) or Unit.EUR
        return Field(at, number.value * unit.factor, cell.formula, unit, text)
    value = number.value
    if rule.type == "share" and not number.percent and ("%" in header or value > 1):
        value /= _PER_CENT
    digits = len(text.partition(",")[2].rstrip(" %")) if number.percent else None
    return Field(at, value, cell.formula, stated=text, digits=digits)


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
