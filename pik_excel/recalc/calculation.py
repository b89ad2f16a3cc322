"""What do the formulas of a workbook give, and which of them are not certain?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value, Workbook
from pik_excel.recalc import calibration, doubts, reasons
from pik_excel.recalc.blank_lookups import blank_lookups
from pik_excel.recalc.circles import circles
from pik_excel.recalc.contents import Contents, Key, is_formula
from pik_excel.recalc.engine import BrokeOff, Engine, UnusableName
from pik_excel.recalc.feeding import feeding
from pik_excel.recalc.graph import Dependents
from pik_excel.recalc.hidden import hidden_errors
from pik_excel.recalc.lengths import longer_than_a_cell
from pik_excel.recalc.limits import beyond_limits
from pik_excel.recalc.refusals import refusals
from pik_excel.recalc.residues import clear_residues
from pik_excel.recalc.stale import stale_values
from pik_excel.recalc.trust import saved_by_a_calculating_program

_COUNTING_DATES = frozenset({"DATE", "EDATE"})
_ALL_CELLS = 10_000  # of an array; of a larger one those that the file has


class Calculation:
    """One workbook with its changes, calculated by the engine behind the gate.

    Where a calculating program saved the file, its stored values stand for all that the changes do not touch, and the
    engine must first reproduce those of the formulas that they do touch: `values` holds both. In another file the
    formulas that feed those are calculated as well, and `values` holds no others. `affected` are the formulas that
    were to be calculated.
    """

    def __init__(self, workbook: Workbook, changed: Mapping[Address, Value | str] | None) -> None:
        self.contents = Contents(workbook, changed, rows_in_step=True)
        self._calibrated = saved_by_a_calculating_program(workbook)
        self.affected = self._affected()
        self.values: dict[Address, Value] = {}
        self.not_evaluated: dict[Address, str] = {}
        if workbook.calculation.as_displayed:
            self.not_evaluated = dict.fromkeys(self.affected, reasons.as_displayed())
        elif self.affected:
            self._try()
        if self._calibrated:
            others = (at for at in self.contents.trees if at not in self.affected)
            self.values |= {at: self.contents.stored(at) for at in others}

    @cached_property
    def readers(self) -> frozenset[Address]:
        """The formulas that depend on one of the changes, whether they were calculated or not."""
        return frozenset(self._dependents.reached(self.contents.changed))

    def _affected(self) -> frozenset[Address]:
        """What the changes touch, and what stale values touch that feed it: these would spoil it. Where no stored value
        is to be trusted, all that feeds it."""
        trees = self.contents.trees
        if not self.contents.changed:
            return frozenset(trees)
        if not self._calibrated:
            touched = self.readers.union(at for at in self.contents.changed if at in trees)
            return touched.union(feeding(self.contents, touched))
        starts: set[Key] = {at for at in trees if self.contents.original(at) is None}.union(self.contents.changed)
        while True:
            affected = self._touched(starts)
            behind = feeding(self.contents, affected)
            stale = {each.at for each in stale_values(self.contents.workbook, self.contents, behind)}
            if not stale:
                return affected
            starts |= stale

    def _touched(self, starts: Collection[Key]) -> frozenset[Address]:
        """The formulas among these cells, and all that depend on one of them."""
        trees = self.contents.trees
        return frozenset(at for at in map(Address._make, starts) if at in trees).union(self._dependents.reached(starts))

    def _try(self) -> None:
        try:
            self._run({})
        except UnusableName as refused:
            self.not_evaluated = dict.fromkeys(self.affected, reasons.sheet_name(str(refused)))
        except BrokeOff:
            self._try_without(_COUNTING_DATES)

    def _try_without(self, functions: AbstractSet[str]) -> None:
        """What can be calculated where the formulas that call one of these are not."""
        form = self.contents.form
        calling = self.contents.having(self.affected, lambda tree: not functions.isdisjoint(form(tree).functions))
        try:
            self._run(dict.fromkeys(calling, reasons.broke_off()))
        except BrokeOff:
            self.values = {}
            self.not_evaluated = dict.fromkeys(self.affected, reasons.broke_off())

    def _run(self, refused: dict[Address, str]) -> None:
        """Calculate what is not refused already, with the reason."""
        formulas = [at for at in self.contents.trees if at in self.affected]
        refused |= {at: reason for at, reason in refusals(self.contents).items() if at in self.affected}
        refused |= beyond_limits(self.contents, (at for at in formulas if at not in refused))
        live = [at for at in formulas if at not in refused]
        self._engine = Engine([*self.contents.sheets, self.contents.scratch])
        self._feed(live)
        if self._calibrated:
            unproven = self._calibrate(live)
            refused |= self._why_not([at for at in live if at in unproven])
            live = [at for at in live if at not in unproven]
        self._engine.calculate()
        self.values = {at: self._engine.value(at) for at in live}
        clear_residues(self.contents, self._engine, self.values)
        self._withhold({**self._doubted(), **refused})

    def _why_not(self, unproven: Sequence[Address]) -> dict[Address, str]:
        circling = {at for circle in circles(self.contents) for at in circle.cells} if unproven else set()
        return {at: reasons.circular() if at in circling else reasons.not_reproduced() for at in unproven}

    def _doubted(self) -> dict[Address, str]:
        read = self._engine.value
        errors = doubts.error_cells(self.contents, self.values)
        unexplained = doubts.unexplained_errors(self.contents, self.values, errors)
        hidden = hidden_errors(self.contents, self._engine, self.contents.scratch, self.values, errors)
        blank = blank_lookups(self.contents, self.values)
        by_language = doubts.by_language(self.contents, self.values, read)
        return unexplained | by_language | hidden | blank | longer_than_a_cell(self.values)

    def _feed(self, live: list[Address]) -> None:
        """Formulas where they are live, elsewhere what is stored, so far as any of them may read it."""
        columns = self.contents.columns_read(live)
        for key, value in self.contents.values_in(columns, besides=set(live)):
            self._engine.put(key, value)
        for at in live:
            self._engine.put_formula(at, self.contents.text(at))

    def _calibrate(self, live: list[Address]) -> set[Address]:
        """The formulas whose shape the engine does not reproduce; the engine holds the changes again afterwards."""
        changed, trees = self.contents.changed, self.contents.trees
        for at in changed:
            self._engine.put(at, self.contents.original(at))
        unproven = calibration.not_reproduced(self.contents, self._engine, [at for at in live if at not in changed])
        shapes = {id(trees[at]) for at in unproven}
        formulas = set(live)
        for at, value in changed.items():
            if at in formulas:
                self._engine.put_formula(at, self.contents.text(at))
            else:
                self._engine.put(at, None if is_formula(value) else value)
        return {at for at in live if id(trees[at]) in shapes}

    def _withhold(self, causes: Mapping[Address, str]) -> None:
        """These cells and all that depend on them are not evaluated."""
        self.not_evaluated.update(causes)
        if causes:
            for at, cause in self._dependents.downstream(self._with_arrays(causes)).items():
                if at in self.affected or self._calibrated:
                    self.not_evaluated.setdefault(at, reasons.follows(str(Address(*cause))))
        for at in self.not_evaluated:
            self.values.pop(at, None)

    def _with_arrays(self, cells: Iterable[Address]) -> set[Key]:
        found: set[Key] = set(cells)
        for at, area in self.contents.array_areas.items():
            if at not in found:
                continue
            rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
            if len(rows) * len(columns) <= _ALL_CELLS:
                found.update((at.sheet, row, column) for row in rows for column in columns)
            elif sheet := self.contents.workbook.sheet(at.sheet):
                found.update((at.sheet, *key) for key in sheet.cells if area.holds(*key))
        return found

    @cached_property
    def _dependents(self) -> Dependents:
        return Dependents(self.contents)
