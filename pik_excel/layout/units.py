"""In which unit does a table state its amounts: by its header, the lines above, number formats, a line below?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell
from pik_excel.language import _
from pik_excel.layout.frame import Frame
from pik_excel.layout.page import Page, is_number
from pik_excel.layout.reading import Unclear
from pik_excel.layout.surroundings import texts_below
from pik_excel.layout.vocabulary import fold

_ROWS = 200  # looked at for number formats
_SCALED = {1000: Unit.TEUR, 1_000_000: Unit.MIO}


def unit_votes(page: Page, block: Frame, columns: Sequence[int]) -> tuple[tuple[Unit, Address], ...]:
    """Every place that states the unit of the amounts in `columns`, the nearest to them first; a line below the table
    only where nothing else does."""
    beside = set(range(columns[0], block.right + 1)) - set(columns)  # their unit is their own affair
    header = (
        cell
        for cell in page.texts(block.header_rows[0], block.header_rows[-1], block.left, block.right)
        if cell.column not in beside
    )
    votes = [*_stated(page, header), *_stated(page, block.above), *_by_format(page, block, columns)]
    below = (cell for cell in texts_below(page, block) if page.words.only_unit(str(cell.value)))
    return tuple(dict.fromkeys(votes or _stated(page, below)))


def sheets_unit(page: Page, block: Frame) -> tuple[tuple[Unit, Address], ...]:
    """Where the heading of the sheet states a unit, for a table of which nothing nearer says it; nowhere where it
    states two, or where the table is about something else."""
    lines = headings_of_sheet(page, block)
    units = {unit for cell in lines for unit in page.words.units_of(str(cell.value))}
    return tuple(_stated(page, lines)) if len(units) == 1 else ()


def headings_of_sheet(page: Page, block: Frame) -> list[Cell]:
    """The texts at the top of the sheet, as far as they speak of this table: of none whose names are headed by figures
    that are no money ("Stellen (VZÄ)", "Quote in %"), or that has such a title of its own."""
    titles = [str(cell.value) for cell in block.above if cell not in page.heading]
    names = (page.text(row, block.name_column) for row in block.header_rows)
    return [] if any(_counts(page, text) for text in (*names, *titles)) else page.heading


def _counts(page: Page, text: str) -> bool:
    words, folded = page.words, fold(text)
    return "%" in text or (words.no_money.search(folded) is not None and words.money.search(folded) is None)


def tied_units(year_row: int, first_amount: int, votes: Sequence[tuple[Unit, Address]]) -> Unclear | None:
    """The place that leaves the unit open: nothing beside the years states it, and the nearest line above states two,
    not each over columns of its own."""
    if not votes or votes[0][1].row >= year_row:
        return None
    nearest = [(unit, at) for unit, at in votes if at.row == votes[0][1].row]
    units = tuple(dict.fromkeys(unit.value for unit, _at in nearest))
    if len(units) < 2 or all(at.column >= first_amount for _unit, at in nearest):
        return None
    at = nearest[0][1]
    area = Area(at.row, min(one.column for _, one in nearest), at.row, max(one.column for _, one in nearest))
    return Unclear(at, area, _("Die Zeile über den Jahren nennt mehrere Einheiten."), units)


def scaled_to(page: Page, block: Frame, columns: Sequence[int]) -> Unit | None:
    """The unit to which number formats scale the amounts (`#,##0,`), where most have such a format."""
    scales: dict[int, int] = {}
    for cell in _amounts(page, block, columns) if page.formats_say_units else ():
        if cell.value:
            scale = page.format(cell).scale
            scales[scale] = scales.get(scale, 0) + 1
    return _SCALED.get(max(scales, key=lambda scale: scales[scale], default=1))


def _stated(page: Page, cells: Iterable[Cell]) -> Iterator[tuple[Unit, Address]]:
    for cell in cells:
        if unit := page.words.unit_of(str(cell.value)):
            yield unit, page.at(cell.row, cell.column)


def _by_format(page: Page, block: Frame, columns: Sequence[int]) -> list[tuple[Unit, Address]]:
    """The units that number formats print beside the amounts or scale them to, one vote a unit."""
    votes: dict[Unit, Address] = {}
    for cell in _amounts(page, block, columns) if page.formats_say_units else ():
        shown = page.format(cell)
        unit = shown.unit if shown.scale == 1 else _SCALED.get(shown.scale)
        if unit is not None:
            votes.setdefault(unit, page.at(cell.row, cell.column))
    return list(votes.items())


def _amounts(page: Page, block: Frame, columns: Sequence[int]) -> Iterator[Cell]:
    for row in block.body[:_ROWS]:
        cells = page.row(row)
        for column in columns:
            cell = cells.get(column)
            if cell is not None and is_number(cell) and (cell.value is None or isinstance(cell.value, Decimal)):
                yield cell
