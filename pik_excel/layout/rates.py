"""Rates of increase by year (Orientierungsdaten), by which measures may go on: "Steigerung je Jahr | 2026 | 2027"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.tables import Budget, Field, Rates
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell
from pik_excel.layout.families import Found
from pik_excel.layout.fields import field_at
from pik_excel.layout.page import Page
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

ORDER = 12
_KEY = "dynamisierung"
_SHEETS = ("annahme", "orientierung", "steigerung")
_YEAR = pattern(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MOST = Decimal("0.5")  # a rate beyond that is no rate
_FEWEST = 2


def read(page: Page) -> Found:
    """The tables of rates on a sheet that is called after assumptions or rates."""
    if not any(word in fold(page.sheet.name) for word in _SHEETS):
        return Found()
    found: list[Rates] = []
    for row in sorted(page.year_cells):
        head = _head(page, row)
        if head is None:
            continue
        label, years = head
        rows = list(_rows(page, row, label, years))
        if rows:
            found += rows
            columns = years.values()
            page.claimed.append(Area(row, label, rows[-1].at.row, max(columns)))
    return Found(Budget(rates=tuple(found)))


def _head(page: Page, row: int) -> tuple[int, dict[int, int]] | None:
    """The column of names and that of each year, where the row heads a table of rates."""
    years: dict[int, int] = {}
    for cell in page.year_cells[row]:
        year = _year(cell)
        if year is None and not years and _KEY in page.words.fields_of(str(cell.value)):
            continue  # "Steigerung je Jahr", the heading itself
        if year is None or year in years:
            return None
        years[year] = cell.column
    if len(years) < _FEWEST or any(page.is_claimed(row, column) for column in years.values()):
        return None
    label = min(years.values()) - 1
    text = page.text(row, label)
    return (label, years) if text and _KEY in page.words.fields_of(text) else None


def _year(cell: Cell) -> int | None:
    if isinstance(cell.value, Decimal):
        return int(cell.value) if cell.value == cell.value.to_integral_value() and cell.value < 2200 else None
    found = _YEAR.findall(str(cell.value))
    return int(found[0]) if len(found) == 1 else None


def _rows(page: Page, head: int, label: int, years: dict[int, int]) -> Iterator[Rates]:
    """The rows below the head, up to one without a name or with a figure that is no rate."""
    rule = page.words.schema.fields[_KEY]
    header = page.text(head, label)
    for row in range(head + 1, page.order[-1] + 1):
        name = page.text(row, label)
        fields = {year: field_at(page, row, column, rule, header + name) for year, column in years.items()}
        stated = {year: field for year, field in fields.items() if field.value is not None}
        if not name or not stated or not all(map(_is_rate, stated.values())):
            return
        yield Rates(name, page.at(row, label), tuple(sorted(stated.items())))


def _is_rate(field: Field) -> bool:
    return field.decimal is not None and abs(field.decimal) <= _MOST
