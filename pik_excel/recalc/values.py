"""The values of a workbook's formulas, and which of them could not be computed with certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.recalc.calculation import Calculation


@dataclass(frozen=True)
class Recalculation:
    """`values` holds every formula cell that was evaluated; `not_evaluated` the others, each with the reason in the
    language in force ("nicht berechnet: Funktion TEXT")."""

    values: Mapping[Address, Value]
    not_evaluated: Mapping[Address, str]


def recalculate(workbook: Workbook, changed: Mapping[Address, Value | str] | None = None) -> Recalculation:
    """Evaluate all formulas. `changed` overlays cells: a str that begins with "=" is a formula, else a value."""
    calculation = Calculation(workbook, changed)
    return Recalculation(calculation.values, calculation.not_evaluated)
