"""What do the formulas of a workbook give, and which of them are not certain?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.recalc import gate
from pik_excel.recalc.contents import Contents, Key
from pik_excel.recalc.engine import Engine, knows_error
from pik_excel.recalc.graph import Dependents


class Calculation:
    """One workbook with its changes, calculated by the engine behind the gate."""

    def __init__(self, workbook: Workbook, changed: Mapping[Address, Value | str] | None) -> None:
        self.contents = Contents(workbook, changed)
        self.values: dict[Address, Value] = {}
        self.not_evaluated: dict[Address, str] = {}
        self._run()

    def _run(self) -> None:
        refused = self._refused()
        engine = Engine(self.contents.sheets)
        self._feed(engine, refused)
        engine.calculate()
        for at in self.contents.trees:
            if at not in refused:
                self.values[at] = engine.value(at)
        self._withhold({**self._given_up(), **refused})

    def _refused(self) -> dict[Address, str]:
        date1904 = self.contents.workbook.calculation.date1904
        reasons: dict[int, str | None] = {}
        for tree in self.contents.trees.values():
            if id(tree) not in reasons:
                reasons[id(tree)] = gate.refusal(tree, date1904=date1904)
        refused = {at: reason for at, tree in self.contents.trees.items() if (reason := reasons[id(tree)])}
        return refused | dict.fromkeys(self.contents.array_areas, gate.array())

    def _feed(self, engine: Engine, refused: Mapping[Address, str]) -> None:
        for at, value in self.contents.constants():
            engine.put(at, value)
        for at in self.contents.trees:
            if at in refused:
                engine.put(at, self.contents.stored(at))
            else:
                engine.put_formula(at, self.contents.text(at))

    def _given_up(self) -> dict[Address, str]:
        return {
            at: gate.engine_gave_up(str(value))
            for at, value in self.values.items()
            if isinstance(value, str) and value.startswith("#") and not knows_error(value)
        }

    def _withhold(self, reasons: Mapping[Address, str]) -> None:
        """These cells and all that depend on them are not evaluated."""
        self.not_evaluated.update(reasons)
        if reasons:
            for at, cause in self._dependents.downstream(self._with_arrays(reasons)).items():
                self.not_evaluated.setdefault(at, gate.follows(str(Address(*cause))))
        for at in self.not_evaluated:
            self.values.pop(at, None)

    def _with_arrays(self, cells: Iterable[Address]) -> set[Key]:
        found: set[Key] = set(cells)
        for at, area in self.contents.array_areas.items():
            if at in found:
                rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
                found.update((at.sheet, row, column) for row in rows for column in columns)
        return found

    @cached_property
    def _dependents(self) -> Dependents:
        return Dependents(self.contents)
