"""In which unit does each row state its figures, where a column beside the names says so: EUR, TEUR, Personen, t/a?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from pik_excel.budget.money import Unit
from pik_excel.grid.reference import Address
from pik_excel.layout.blocks import YearBlock
from pik_excel.layout.currencies import other_unit_of
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page, is_text
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_HEADS_UNITS = pattern(
    r"\b(?:einheit|masseinheit|mengeneinheit|bezugsgrösse|dimension|einh\.|me|unit|währung|currency)(?!\w)"
)
_OTHER_MONEY = pattern(r"\b(?:chf|sfr|fr|franken|usd|gbp|pln|czk|dkk)\b|[$£]")
_LONGEST = 24  # characters of a unit
_SAMPLE = 400  # rows looked at


@dataclass(frozen=True)
class RowUnits:
    """`money`: the unit of each row that states one of money; `counts`: the rows that count something else;
    `places`: the cells that say the units of money, from the top."""

    money: dict[int, Unit] = field(default_factory=dict)
    counts: frozenset[int] = frozenset()
    places: tuple[tuple[Unit, Address], ...] = ()

    @property
    def mostly_money(self) -> bool:
        """Whether at least as many rows are about money as about something else."""
        return len(self.money) >= max(1, len(self.counts))

    @property
    def only(self) -> Unit | None:
        """The one unit of money, None where there are several or none."""
        units = set(self.money.values())
        return units.pop() if len(units) == 1 else None


NONE = RowUnits()


def row_units(page: Page, block: YearBlock) -> RowUnits:
    """What the first column of units left of the years says; nothing where there is none."""
    for column in range(block.left, block.heads[0].column if block.heads else block.left):
        if column != block.name_column and _is_of_units(page, block, column):
            found = _read(page, block.body, column)
            if found.money:
                return found
    return NONE


def _is_of_units(page: Page, block: YearBlock, column: int) -> bool:
    """Whether short words stand there, headed as units, or nearly all of them units of money."""
    cells = [cell for row in block.body[:_SAMPLE] if (cell := page.cell(row, column)) is not None]
    texts = [str(cell.value).strip() for cell in cells if is_text(cell)]
    if len(texts) < 2 or len(texts) < len(cells) or any(len(text) > _LONGEST for text in texts):
        return False
    if any(number_in(text) is not None for text in texts):
        return False
    if any(_HEADS_UNITS.search(fold(page.text(row, column))) for row in block.header_rows):
        return True
    return all(page.words.only_unit(text) for text in texts)


def _read(page: Page, body: Sequence[int], column: int) -> RowUnits:
    money: dict[int, Unit] = {}
    counts: set[int] = set()
    places: list[tuple[Unit, Address]] = []
    for row in body:
        text = page.text(row, column)
        unit = page.words.unit_of(text) if page.words.only_unit(text) else other_unit_of(text)
        if unit is not None:
            money[row] = unit
            places.append((unit, page.at(row, column)))
        elif text and _OTHER_MONEY.search(fold(text)) is None:
            counts.add(row)
    return RowUnits(money, frozenset(counts), tuple(places))
