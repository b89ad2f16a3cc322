"""What did `project` compute for a workbook, and what did it write?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pik_excel.budget.money import Unit
from pik_excel.grid.reference import Address
from pik_excel.projection.record import Projection


@dataclass(frozen=True)
class WrittenCell:
    """A cell that was written: its formula without "=" (None for a typed value) and the value stored with it."""

    at: Address
    formula: str | None
    value: str | None


@dataclass(frozen=True)
class Projected:
    """One workbook after `project`. `output` is None where nothing had to be written; `unit` is that of the workbook's
    main table, for people; `notes` say what was not written and why, `changes` what was, against the input."""

    path: Path
    output: Path | None
    projection: Projection
    unit: Unit
    written: tuple[WrittenCell, ...] = ()
    not_evaluated: tuple[Address, ...] = ()
    notes: tuple[str, ...] = ()
    changes: str = ""
