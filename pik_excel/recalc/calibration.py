"""Does the engine reproduce what a calculating program stored? Formulas whose shape it does not reproduce are out.

The stored values are held against the engine's before anything is changed. A cell that differs only because it reads
one that differs is not counted: the first cause takes its stored value, and the engine calculates again.
"""

from __future__ import annotations

from collections.abc import Iterable

from pik_excel.grid.reference import Address
from pik_excel.recalc.arithmetic import Unknown
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.engine import Engine
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.scattered import Scattered
from pik_excel.recalc.syntax import Node
from pik_excel.recalc.trust import same

_ROUNDS = 10


def not_reproduced(contents: Contents, engine: Engine, live: Iterable[Address]) -> set[Address]:
    """Which of the `live` formulas have a shape that the engine does not reproduce.

    The engine holds the live formulas and the stored values of all other cells; afterwards the formulas that it does
    not reproduce have their stored values in it.
    """
    return _Calibration(contents, engine, live).run()


class _Calibration:
    def __init__(self, contents: Contents, engine: Engine, live: Iterable[Address]) -> None:
        self._contents = contents
        self._engine = engine
        self._live = {at for at in live if contents.stored(at) is not None}
        self._evaluator = Evaluator(contents.in_file)
        self._distrusted: dict[int, Node] = {}
        self._out: set[Address] = set()
        self._stale: set[Address] = set()

    def run(self) -> set[Address]:
        differing = self._differing()
        for _ in range(_ROUNDS):
            if not differing:
                break
            scattered = Scattered(differing)
            self._settle([at for at in differing if not self._inherits(at, scattered)] or list(differing))
            differing = self._differing()
        self._distrust(differing)
        for at in self._stale - self._out:
            self._engine.put_formula(at, self._contents.text(at))
        return self._out

    def _differing(self) -> set[Address]:
        self._engine.calculate()
        return {at for at in self._live if not self._agrees(at)}

    def _agrees(self, at: Address) -> bool:
        return self._contents.alike(at, self._contents.stored(at), self._engine.value(at))

    def _inherits(self, at: Address, differing: Scattered) -> bool:
        return any(differing.meet(sheet, area, besides=at) for sheet, area in self._contents.reads(at))

    def _settle(self, causes: list[Address]) -> None:
        """Our own evaluator says whether the stored value is stale or the engine is wrong."""
        stale = {at for at in causes if self._confirmed(at)}
        self._stale |= stale
        self._fix(stale)
        self._distrust([at for at in causes if at not in stale])

    def _confirmed(self, at: Address) -> bool:
        function = self._evaluator.function(self._contents.trees[at], at.sheet)
        try:
            return function is not None and same(function(at.row, at.column), self._engine.value(at))
        except Unknown:
            return False

    def _distrust(self, cells: Iterable[Address]) -> None:
        self._distrusted |= {id(self._contents.trees[at]): self._contents.trees[at] for at in cells}
        out = {at for at in self._live | self._stale if id(self._contents.trees[at]) in self._distrusted}
        self._out |= out
        self._fix(out)

    def _fix(self, cells: Iterable[Address]) -> None:
        for at in cells:
            self._engine.put(at, self._contents.stored(at))
            self._live.discard(at)
