"""Does the engine reproduce what a calculating program stored? Formulas whose shape it does not reproduce are out.

The stored values are held against the engine's before anything is changed. A cell that differs may do so only because
it reads one that differs: each is computed once more by itself, from the values stored in the cells it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.recalc.alone import each_alone
from pik_excel.recalc.circles import possible_circles
from pik_excel.recalc.contents import Contents, Key
from pik_excel.recalc.engine import Engine, in_a_circle
from pik_excel.recalc.independent import values_at
from pik_excel.recalc.trust import same


def not_reproduced(contents: Contents, engine: Engine, live: Iterable[Address]) -> set[Address]:
    """Which of the `live` formulas have a shape that the engine does not reproduce.

    The engine holds the live formulas and the stored values of all other cells; afterwards the formulas that it does
    not reproduce have their stored values in it.
    """
    stored = {at: value for at in live if (value := contents.stored(at)) is not None}
    engine.calculate()
    given = ((at, engine.value(at)) for at in stored)
    differing = {at: value for at, value in given if not contents.alike(at, stored[at], value)}
    if not differing:
        return set()
    shapes = {id(contents.trees[at]) for at in _distrusted(contents, engine, differing)}
    out = {at for at in stored if id(contents.trees[at]) in shapes}
    for at in out:
        engine.put(at, stored[at])
    return out


def _distrusted(contents: Contents, engine: Engine, differing: Mapping[Address, Value]) -> Iterator[Address]:
    """Those of the formulas whose value is another also when computed by itself, unless our own evaluator says that it
    is the stored value which is stale; and those in circles."""
    hanging = any(map(in_a_circle, differing.values()))
    circles = {at for circle in possible_circles(contents) for at in circle} if hanging else set()
    circling = {at for at, value in differing.items() if at in circles and in_a_circle(value)}
    yield from circling

    def read(cell: Key) -> Value:
        value = contents.original(cell)
        return engine.value(Address(*cell)) if value is None else value  # none is stored: what the engine gives counts

    alone = each_alone(contents, [at for at in differing if at not in circling], read)
    wrong = {at: value for at, value in alone.items() if not contents.alike(at, contents.stored(at), value)}
    evaluated = values_at(contents.in_file, ((at, contents.trees[at]) for at in wrong))
    yield from (at for at, value in wrong.items() if at not in evaluated or not same(evaluated[at], value))
