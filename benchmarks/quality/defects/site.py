"""What does a defect need to know of the workbook into which it is planted?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from benchmarks.quality.book import Book, Fault, Place, Sheet, letters, reference
from benchmarks.quality.formula import Calculator, Unknown, place_of
from benchmarks.quality.table import Facts, Line, Table
from benchmarks.quality.truth import Truth

Planting = Callable[["Site"], Truth | None]
_REFERENCE = re.compile(r"(?<![A-Za-zÄÖÜäöüß0-9_!'.])(\$?)([A-Z]{1,2})(\$?)(\d+)(?![\d(A-Za-z_])")


@dataclass(frozen=True)
class Plant:
    """One way to plant a rule's defect; `needs` are wishes to the layout, `companions` the sheets it needs, `layouts`
    the only ones where it makes sense (all without)."""

    code: str
    function: Planting
    needs: frozenset[str]
    companions: frozenset[str]
    layouts: frozenset[str]

    @property
    def name(self) -> str:
        """The variant's name."""
        return self.function.__name__


PLANTS: dict[str, list[Plant]] = {}


def plants(
    code: str, needs: Iterable[str] = (), companions: Iterable[str] = (), layouts: Iterable[str] = ()
) -> Callable[[Planting], Planting]:
    """Mark a function that plants `code`."""

    def enter(function: Planting) -> Planting:
        made = Plant(code, function, frozenset(needs), frozenset(companions), frozenset(layouts))
        PLANTS.setdefault(code, []).append(made)
        return function

    return enter


@dataclass
class Site:
    """A workbook before the defect."""

    book: Book
    facts: Facts
    random: Random
    _calculator: Calculator | None = field(default=None, init=False)

    def value(self, sheet: Sheet, place: Place) -> Decimal | None:
        """The number a cell shows now, None where it shows none."""
        if self._calculator is None:
            self._calculator = Calculator(self.book)
        try:
            found = self._calculator.value(sheet.name, place)
        except Unknown:
            return None
        if isinstance(found, Fault | str | bool) or not isinstance(found, int | Decimal):
            return None
        return Decimal(found)

    def tables(self, fits: Callable[[Table], object] = bool) -> list[Table]:
        """The tables that fit, in an order of chance."""
        chosen = [table for table in self.facts.tables if fits(table)]
        self.random.shuffle(chosen)
        return chosen


def step(table: Table) -> Decimal:
    """The smallest amount a table shows."""
    return Decimal(1).scaleb(-table.unit.digits)


def plain(value: object) -> str:
    """A number as a formula has it."""
    return f"{Decimal(str(value)).normalize():f}"


def references(formula: str) -> list[Place]:
    """The cells of its own sheet that a formula names, ends of ranges included."""
    return [place_of(match[2] + match[4]) for match in _REFERENCE.finditer(formula)]


def moved(formula: str, which: int, rows: int, columns: int) -> str | None:
    """The formula with one of its references moved; None where it would leave the sheet or is fixed in that way."""
    matches = list(_REFERENCE.finditer(formula))
    match = matches[which % len(matches)]
    row, column = place_of(match[2] + match[4])
    if row + rows < 1 or column + columns < 1:
        return None
    text = f"{match[1]}{letters(column + columns)}{match[3]}{row + rows}"
    return formula[: match.start()] + text + formula[match.end() :]


def pattern(formula: str, at: Place) -> str:
    """The formula with references relative to its cell, so that copies are alike."""

    def relative(match: re.Match[str]) -> str:
        row, column = place_of(match[2] + match[4])
        return f"{'C' + str(column) if match[1] else f'C[{column - at[1]}]'}{row if match[3] else f'R[{row - at[0]}]'}"

    return _REFERENCE.sub(relative, formula)


def read_elsewhere(book: Book, sheet: Sheet, place: Place) -> bool:
    """Whether a formula other than a plain SUM reads the cell, so that a text there would break it."""
    for other in book.sheets:
        for cell in other.cells.values():
            if not cell.formula or re.fullmatch(r"(SUM|SUBTOTAL)\([^()]*\)", cell.formula):
                continue
            if other is sheet and place in references(cell.formula):
                return True
            if reference(sheet, place) in cell.formula.replace("$", ""):
                return True
    return False


def row_of(line: Line) -> list[Place]:
    """All cells of a measure."""
    return [line.label, *line.amounts.values(), *line.beside.values()]


def labels_of(table: Table, line: Line) -> list[Place]:
    """The cells that name a measure; in a long list one a row."""
    if not table.long:
        return [line.label]
    return [(place[0], line.label[1]) for place in line.amounts.values()]
