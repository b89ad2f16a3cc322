"""Which repairs are there? Every function marked `@repair` in a module of this package, found by import.

A repair looks at one finding and yields, for each cell of it, either what to write there or why that is not safe. It
never decides by likelihood: where a second reading is possible, a person must look.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.finding import Finding
from pik_excel.grid.reference import Address, area_of
from pik_excel.grid.workbook import Cell
from pik_excel.ooxml.edits import Formula, Number, Stored, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.restyle import Restyling
from pik_excel.records import dataclass

_MOST_CELLS = 100_000


@dataclass(frozen=True)
class Proposal:
    """What is to stand in a cell, and why that is certain, as a sentence for people.

    `same_value` says that the number shown must not change by it: a typed total that becomes a formula.
    """

    code: str
    at: Address
    content: Number | Text | Formula | Stored
    why: str
    style: int | None = None
    same_value: bool = False


@dataclass(frozen=True)
class NotSafe:
    """A finding, or a cell of it, that is left to a person: why, and what to do."""

    code: str
    at: str
    why: str
    hint: str = ""


@dataclass(frozen=True)
class Case:
    """One finding in its workbook."""

    package: Package
    subject: Subject
    finding: Finding
    styles: Restyling

    def cells(self) -> Iterator[Address]:
        """The cells that the finding speaks of."""
        area = area_of(self.finding.range)
        if area is None or area.size > _MOST_CELLS:
            return
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield Address(self.finding.sheet, row, column)

    def cell(self, at: Address) -> Cell | None:
        """What stands there."""
        return self.subject.reading.workbook.cell(at)

    def left(self, why: str, at: Address | None = None) -> NotSafe:
        """That the finding, or one cell of it, is left to a person."""
        place = f"{self.finding.sheet}!{self.finding.range}" if at is None else str(at)
        return NotSafe(self.finding.code, place, why, self.finding.hint)


RepairFunction = Callable[[Case], Iterator[Proposal | NotSafe]]


@dataclass(frozen=True)
class Repair:
    """A repair of the findings of one rule; where two want the same cell, the one of lower `rank` is made."""

    code: str
    rank: int
    function: RepairFunction


_REPAIRS: dict[str, Repair] = {}


def repair(code: str, rank: int) -> Callable[[RepairFunction], RepairFunction]:
    """Mark a function as the repair of the rule `code`."""

    def enter(function: RepairFunction) -> RepairFunction:
        if code in _REPAIRS:
            raise ValueError(f"two repairs for {code}")
        _REPAIRS[code] = Repair(code, rank, function)
        return function

    return enter


@cache
def repairs() -> Mapping[str, Repair]:
    """All repairs by the code of their rule."""
    import pik_excel.writeback.repairs as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return MappingProxyType(dict(sorted(_REPAIRS.items())))
