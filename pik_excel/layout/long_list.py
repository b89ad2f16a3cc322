"""Long lists: a row a measure and year. "Maßnahme | Jahr | Betrag", with kind, unit, account beside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Budget, Kind, MeasureList, Year
from pik_excel.grid.reference import Area
from pik_excel.language import _
from pik_excel.layout.currencies import other_unit_of
from pik_excel.layout.families import Found
from pik_excel.layout.listheads import ListHeads, column_of_years
from pik_excel.layout.lists import measure_list
from pik_excel.layout.page import Page
from pik_excel.layout.reading import Unclear

_CUSTOM = 4  # one row in so many without a name is a custom, not a slip
ORDER = 32  # before the tables with years across: a row "2022 | 2023" of a list is no header


def read(page: Page) -> Found:
    """The long lists on a sheet."""
    found = [(heads, years) for heads in page.list_heads if (years := _years(page, heads))]
    for heads, _stated in found:
        frame = heads.frame
        page.claimed.append(Area(frame.top, frame.left, frame.bottom, frame.right))
    lists = [_list(page, heads, years) for heads, years in found]
    unclear = [one for (heads, _), table in zip(found, lists, strict=True) for one in _undated(page, heads, table)]
    return Found(Budget(lists=tuple(lists)), tuple(unclear))


def _list(page: Page, heads: ListHeads, years: dict[int, Year]) -> MeasureList:
    aside = frozenset(heads.known[key] for key in ("jahr", "art", "waehrung") if key in heads.known)
    names = _names_above(page, heads, years)
    return measure_list(page, heads.frame, "long-list", heads.amounts, years, _units(page, heads), aside, names)


def _names_above(page: Page, heads: ListHeads, years: dict[int, Year]) -> dict[int, str]:
    """The names of the rows that leave theirs out because it stands above, where that is the list's custom."""
    found: dict[int, str] = {}
    last = ""
    for row in heads.frame.body:
        name = page.text(row, heads.frame.name_column)
        if not name and row in years and last:
            found[row] = last
        last = name or last
    return found if len(found) * _CUSTOM > len(years) else {}


def _undated(page: Page, heads: ListHeads, table: MeasureList) -> Iterator[Unclear]:
    """The rows with amounts whose year cannot be told."""
    for measure in table.measures:
        if measure.year is None and heads.year_column is not None:
            row, column = measure.at.row, heads.year_column
            yield Unclear(
                page.at(row, column),
                Area(row, column, row, column),
                _("Zeile {row} („{name}“) hat einen Betrag, aber kein lesbares Jahr.").format(
                    row=row, name=measure.name
                ),
            )


def _years(page: Page, heads: ListHeads) -> dict[int, Year]:
    """The year of each row; {} where the table is no long list."""
    if heads.year_column is None:
        return {}
    stated = column_of_years(page, heads.year_column, heads.frame.body)
    column = heads.known.get("art")
    kind_of, year = cache(page.words.kind_of), cache(Year)  # many rows state the same
    found: dict[int, Year] = {}
    for row, head in stated.items():
        kind = kind_of(page.text(row, column)) if head.kind is Kind.UNSTATED and column else head.kind
        found[row] = year(head.year, kind, head.open_ended)
    return found


def _units(page: Page, heads: ListHeads) -> dict[int, Unit]:
    """The units that rows state in a column of their own."""
    column = heads.known.get("waehrung")
    if column is None:
        return {}
    unit_of = cache(lambda text: page.words.unit_of(text) or other_unit_of(text))
    return {row: unit for row in heads.frame.body if (unit := unit_of(page.text(row, column)))}
