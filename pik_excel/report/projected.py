"""What did `project` compute for a workbook, and what did it write?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Budget
from pik_excel.projection.record import Projection
from pik_excel.writeback.project import Written


@dataclass(frozen=True)
class Projected:
    """One workbook after `project`. `output` is None where nothing had to be written; `unit` is the one people get the
    figures in, `changes` what differs from the input, in a sentence."""

    path: Path
    output: Path | None
    projection: Projection
    unit: Unit
    written: Written
    changes: str = ""


def usual_unit(budget: Budget) -> Unit:
    """The unit of most tables of measures; EUR where none says."""
    units = Counter(table.unit for table in budget.measure_tables if table.unit is not None)
    return units.most_common(1)[0][0] if units else Unit.EUR
