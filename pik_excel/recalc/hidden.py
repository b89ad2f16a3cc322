"""Which formulas may hide an error, so that nobody sees that something could not be calculated?

IFERROR and its kin turn errors into values: what stands in their arguments is calculated by itself, and an error in it
must be one that Excel gives too. AND and OR of the engine stop at the first argument that decides, where Excel looks
at all and gives their errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.doubts import ErrorCells, is_explained
from pik_excel.recalc.engine import Engine
from pik_excel.recalc.functions import SWALLOWING
from pik_excel.recalc.syntax import Call, Node, Operation, Percent, Reference, Sign, walk

_STOPPING = frozenset({"AND", "OR"})


def hidden_errors(
    contents: Contents, engine: Engine, scratch: str, values: Mapping[Address, Value], errors: ErrorCells
) -> dict[Address, str]:
    """The evaluated formulas that may hide an error, with the reason. `scratch` is an empty sheet of the engine."""
    found = dict(_over_errors(contents, values, errors)) if errors else {}
    probing = contents.having(values, lambda tree: _probes_of(contents, tree))
    probes = [(at, probe) for at in probing for probe in _probes_of(contents, contents.trees[at])]
    places = [Address(scratch, index, 1) for index in range(1, len(probes) + 1)]
    for place, (at, probe) in zip(places, probes, strict=True):
        engine.put_formula(place, contents.written(probe.argument, at, home=at.sheet))
    if probes:
        engine.calculate()
    for place, (at, probe) in zip(places, probes, strict=True):
        error = engine.value(place)
        if not isinstance(error, ErrorValue) or isinstance(values[at], ErrorValue):
            continue
        if not probe.swallowed:
            found[at] = reasons.stops_at_an_error()
        elif not is_explained(contents, at, error, errors):
            found[at] = reasons.engine_gave_up(error)
    return found


class _Probe:
    def __init__(self, argument: Node, swallowed: bool) -> None:
        self.argument = argument
        self.swallowed = swallowed


def _probes_of(contents: Contents, tree: Node) -> tuple[_Probe, ...]:
    if contents.form(tree).functions.isdisjoint(SWALLOWING | _STOPPING):
        return ()
    return contents.once_per_tree("probes", tree, lambda tree: tuple(_probes(tree)))


def _probes(tree: Node) -> Iterator[_Probe]:
    for call in walk(tree):
        if isinstance(call, Call) and call.name in SWALLOWING:
            yield from (_Probe(each, True) for each in call.arguments if isinstance(each, (Call, Operation)))
        elif isinstance(call, Call) and call.name in _STOPPING:
            yield from (_Probe(each, False) for each in call.arguments if _may_fail(each))


def _may_fail(node: Node) -> bool:
    """Whether the argument can give an error although no cell that it reads holds one."""
    for each in walk(node):
        if isinstance(each, Call) and each.name not in _STOPPING | {"NOT"}:
            return True
        if isinstance(each, (Sign, Percent)) or (isinstance(each, Operation) and each.operator in "+-*/^"):
            return True
    return False


def _over_errors(
    contents: Contents, values: Mapping[Address, Value], errors: ErrorCells
) -> Iterator[tuple[Address, str]]:
    """The formulas whose AND or OR reads a cell with an error and yet gives none."""
    for at in contents.having(values, lambda tree: _read_by_stopping(contents, tree)):
        references = _read_by_stopping(contents, contents.trees[at])
        if not isinstance(values[at], ErrorValue):
            areas = ((reference.sheet or at.sheet, reference.area(at.row, at.column)) for reference in references)
            if any(cells.meet(sheet, area) for sheet, area in areas for cells in errors.values()):
                yield at, reasons.stops_at_an_error()


def _read_by_stopping(contents: Contents, tree: Node) -> tuple[Reference, ...]:
    if contents.form(tree).functions.isdisjoint(_STOPPING):
        return ()
    return contents.once_per_tree("stopping", tree, _arguments_of_stopping)


def _arguments_of_stopping(tree: Node) -> tuple[Reference, ...]:
    calls = (node for node in walk(tree) if isinstance(node, Call) and node.name in _STOPPING)
    return tuple({each for call in calls for each in walk(call) if isinstance(each, Reference)})
