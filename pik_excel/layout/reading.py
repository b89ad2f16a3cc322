"""What was understood of a workbook, and what was not."""

from __future__ import annotations

from pik_excel.budget.tables import Budget
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Workbook
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Unclear:
    """A place that could be read in more than one way, or not at all: a finding (DOC01), never a choice.

    `readings` are the readings that tie, in the user's words; empty where there is none.
    """

    at: Address
    area: Area
    what: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A workbook and the budget in it."""

    workbook: Workbook
    budget: Budget
    unclear: tuple[Unclear, ...] = ()
