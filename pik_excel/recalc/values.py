"""The values of a workbook's formulas, and which of them could not be computed with certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pik_excel.grid.records import no_search_for_cycles
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.recalc.calculation import Calculation
from pik_excel.recalc.elsewhere import resting_on
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Recalculation:
    """`values` holds every formula cell whose value is certain; `not_evaluated` the others, each with the reason in the
    language in force ("nicht berechnet: Funktion TEXT").

    `affected` are the formulas that were calculated or should have been. The others are those that no change
    touches: in `values` they have what a calculating program stored for them, and are missing where none saved the
    file. `from_other_workbooks` are those that refer to other workbooks and were calculated with what the file
    remembers of these, each with the files.
    """

    values: Mapping[Address, Value]
    not_evaluated: Mapping[Address, str]
    affected: frozenset[Address] = frozenset()
    from_other_workbooks: Mapping[Address, tuple[str, ...]] = field(default_factory=dict)


@no_search_for_cycles()
def recalculate(workbook: Workbook, changed: Mapping[Address, Value | str] | None = None) -> Recalculation:
    """Evaluate all formulas, or with `changed` those that depend on it.

    `changed` overlays cells, new ones too, also on new sheets: a str that begins with "=" is a formula, else a value.
    """
    calculation = Calculation(workbook, changed)
    computed = (at for at in calculation.values if at in calculation.affected)
    remembered = resting_on(calculation.contents, computed)
    return Recalculation(calculation.values, calculation.not_evaluated, calculation.affected, remembered)
