"""Which defects that somebody else's tables never had do the SUM and FRM rules find once they are planted there?

`python -m benchmarks.quality.injected [--seed N] [--each N] [--only KIND] [-v] [FOLDER …]` takes real workbooks (the
folders `corpus` and `audit` of PIK_EXCEL_SHARED by default), finds the runs of at least three copies of one formula in
them, plants one defect at a time in a run, recalculates the file and scores the findings as `audit.py` does: found is a
planted cell that is in the range of a SUM or FRM finding that was not there before; alarms are all other new cells. The
cells that `truth.json` labels, and those that are named without a plant, are no places for plants.

The kinds are those of the literature: a formula overtyped with its own value, with another value, at the end of its
run, in all cells of the run but two, in half of a row (other values) or in a whole line; a range that is one cell short
or long; one operand a cell off; another operator; a formula pasted without its references following; a term left out,
the last one or one in brackets; a number added.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from benchmarks.quality.audit import LEFT_OUT, SHARED, Cells, labelled_cells
from pik_excel.budget.money import round_half_up
from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.finding import Severity
from pik_excel.checks.runs import FormulaGrid, Shape, formulas
from pik_excel.errors import PikError
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import area_of
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.edits import CellEdit, Content, Formula, Number
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.patch import patched
from pik_excel.recalc import syntax
from pik_excel.recalc.syntax import Call, Edge, Node, Operation, Reference, Sign
from pik_excel.recalc.writing import write
from pik_excel.schema import built_in
from pik_excel.writeback.refresh import refreshed

_SHORTEST, _MOST_FORMULAS = 3, 3_000
Place = tuple[int, int]


@dataclass(frozen=True)
class Run:
    """Neighbouring cells of one shape in a column (`down`) or row."""

    grid: FormulaGrid
    shape: Shape
    cells: tuple[Place, ...]
    down: bool

    def number(self, at: Place) -> Decimal:
        """What the formula gives there."""
        value = self.grid.sheet.value(*at)
        assert isinstance(value, Decimal)
        return value


@dataclass(frozen=True)
class Plant:
    """New contents of cells of one sheet; all of them are wrong."""

    sheet: str
    edits: dict[Place, Content]


Kind = Callable[[Run, random.Random], Plant | None]


# --- Where ------------------------------------------------------------------------------------------------------------


def runs_of(subject: Subject) -> Iterator[Run]:
    """All runs of numbers, the same cells down and across where both are long enough."""
    for grid in formulas(subject).grids:
        for shape, cells in grid.copies.items():
            if len(cells) < _SHORTEST or any(isinstance(node, syntax.Beyond) for node in shape.nodes):
                continue
            if not shape.references or all(_is_bound(one) for one in shape.references):
                continue
            for down in (True, False):
                yield from (Run(grid, shape, part, down) for part in _parts(grid, cells, down))


def _parts(grid: FormulaGrid, cells: Iterable[Place], down: bool) -> Iterator[tuple[Place, ...]]:
    part: list[Place] = []
    step = (1, 0) if down else (0, 1)
    for at in sorted(cells, key=lambda at: at if not down else (at[1], at[0])):
        if not isinstance(grid.sheet.value(*at), Decimal) or any(area.holds(*at) for area in grid.sheet.arrays):
            continue
        if part and (part[-1][0] + step[0], part[-1][1] + step[1]) != at:
            if len(part) >= _SHORTEST:
                yield tuple(part)
            part = []
        part.append(at)
    if len(part) >= _SHORTEST:
        yield tuple(part)


def _is_bound(one: Reference) -> bool:
    return all(edge.fixed for edge in (one.top, one.left, one.bottom, one.right))


# --- What -------------------------------------------------------------------------------------------------------------


def overtyped(run: Run, rng: random.Random) -> Plant | None:
    """The formula's own value, as it is read, within the run."""
    return _typed(run, [rng.choice(run.cells[1:-1])], _as_read)


def overtyped_at_the_end(run: Run, _rng: random.Random) -> Plant | None:
    """The formula's own value in the last cell."""
    return _typed(run, [run.cells[-1]], _as_read)


def overtyped_otherwise(run: Run, rng: random.Random) -> Plant | None:
    """Another value within the run."""
    return _typed(run, [rng.choice(run.cells[1:-1])], lambda value: _as_read(value * Decimal("1.13") + 1))


def overtyped_mostly(run: Run, rng: random.Random) -> Plant | None:
    """The values in all cells but two."""
    kept = rng.sample(range(len(run.cells)), 2)
    cells = [at for index, at in enumerate(run.cells) if index not in kept]
    return _typed(run, cells, _as_read) if len(cells) > 1 else None


def overtyped_half_otherwise(run: Run, rng: random.Random) -> Plant | None:
    """Other values in half of the cells of a row, at its end: figures of a source where the others are computed."""
    half = len(run.cells) // 2
    if run.down or half < 2:
        return None
    factor = Decimal(rng.randrange(83, 96)) / 100
    return _typed(run, run.cells[-half:], lambda value: _as_read(value * factor - 1))


def line_overtyped(run: Run, rng: random.Random) -> Plant | None:
    """The own values of all formulas of one line, each of which belongs to a run across that line: pasted as values."""
    at = rng.choice(run.cells)
    line = 0 if run.down else 1
    cells = [
        other
        for shape, copies in run.grid.copies.items()
        for other in copies
        if other[line] == at[line] and _has_copies_beside(run.grid, shape, other, run.down)
    ]
    if len(cells) < 2 or any(not isinstance(run.grid.sheet.value(*other), Decimal) for other in cells):
        return None
    return _typed(run, sorted(cells), _as_read)


def _has_copies_beside(grid: FormulaGrid, shape: Shape, at: Place, down: bool) -> bool:
    beside = [(at[0] + step, at[1]) if down else (at[0], at[1] + step) for step in (-2, -1, 1, 2)]
    return sum(grid.shapes.get(other) is shape for other in beside) >= 2


def _typed(run: Run, cells: Sequence[Place], said: Callable[[Decimal], Decimal]) -> Plant | None:
    if any(not run.number(at) for at in cells):
        return None
    return Plant(run.grid.sheet.name, {at: Number(said(run.number(at))) for at in cells})


def _as_read(value: Decimal) -> Decimal:
    """With the digits that people copy: four at least, two places behind the point at most if they are many."""
    places = max(0, min(6, 3 - value.adjusted())) if abs(value) < 100 else 2
    return round_half_up(value, places)


def short_range(run: Run, rng: random.Random) -> Plant | None:
    """A range without its first or last cell."""
    return _resized(run, rng, -1)


def long_range(run: Run, rng: random.Random) -> Plant | None:
    """A range with one cell more."""
    return _resized(run, rng, 1)


def _resized(run: Run, rng: random.Random, by: int) -> Plant | None:
    ranges = [
        one for one in run.shape.references if not one.single and (one.top == one.bottom) != (one.left == one.right)
    ]
    if not ranges:
        return None
    one, at = rng.choice(ranges), rng.choice(run.cells)
    first, last = ("top", "bottom") if one.left == one.right else ("left", "right")
    name, step = rng.choice([(first, -by), (last, by)])
    edge: Edge = getattr(one, name)
    other = replace(one, **{name: replace(edge, number=edge.number + step)})
    area = other.area(*at)
    if area.top < 1 or area.left < 1 or area.holds(*at) or (area.top == area.bottom and area.left == area.right):
        return None
    return _rewritten(run, at, lambda node: other if node == one else node)


def shifted(run: Run, rng: random.Random) -> Plant | None:
    """One operand from the next row or column."""
    singles = [one for one in run.shape.references if one.single and not _is_bound(one)]
    if not singles:
        return None
    one, at = rng.choice(singles), rng.choice(run.cells)
    step = rng.choice((-1, 1))
    rows = rng.random() < 0.5
    other = _moved(one, step if rows else 0, 0 if rows else step)
    area = other.area(*at)
    if area.top < 1 or area.left < 1 or area.holds(*at):
        return None
    return _rewritten(run, at, lambda node: other if node == one else node)


def not_followed(run: Run, rng: random.Random) -> Plant | None:
    """The neighbour's formula, letter by letter."""
    index = rng.randrange(1, len(run.cells))
    at, before = run.cells[index], run.cells[index - 1]
    rows, columns = before[0] - at[0], before[1] - at[1]
    return _rewritten(
        run,
        at,
        lambda node: _moved(node, rows, columns) if isinstance(node, Reference) and not _is_bound(node) else node,
    )


def _moved(one: Reference, rows: int, columns: int) -> Reference:
    def edge(old: Edge, by: int) -> Edge:
        return old if old.fixed else replace(old, number=old.number + by)

    return replace(
        one,
        top=edge(one.top, rows),
        bottom=edge(one.bottom, rows),
        left=edge(one.left, columns),
        right=edge(one.right, columns),
    )


def other_operator(run: Run, rng: random.Random) -> Plant | None:
    """Plus for minus, times for divided by."""
    swapped = {"+": "-", "-": "+", "*": "/", "/": "*"}
    nodes = [node for node in run.shape.nodes if isinstance(node, Operation) and node.operator in swapped]
    if not nodes:
        return None
    one = rng.choice(nodes)
    other = replace(one, operator=swapped[one.operator])
    return _rewritten(run, rng.choice(run.cells), lambda node: other if node == one else node)


def term_left_out(run: Run, rng: random.Random) -> Plant | None:
    """The last term of a chain."""
    tree = run.shape.tree
    if not isinstance(tree, Operation) or tree.operator not in "+-" or not isinstance(tree.left, Operation | Reference):
        return None
    return _rewritten(run, rng.choice(run.cells), lambda node: tree.left if node == tree else node)


def inner_term_left_out(run: Run, rng: random.Random) -> Plant | None:
    """A term within a longer formula, not the last one."""
    inner = [
        node
        for node in run.shape.nodes
        if isinstance(node, Operation) and node.operator in "+-" and node is not run.shape.tree
    ]
    if not inner:
        return None
    one = rng.choice(inner)
    return _rewritten(run, rng.choice(run.cells), lambda node: one.left if node == one else node)


def number_added(run: Run, rng: random.Random) -> Plant | None:
    """A correction, added to the formula."""
    at = rng.choice(run.cells)
    amount = _as_read(abs(run.number(at)) / 10 + 3)
    return _rewritten(
        run, at, lambda node: Operation("+", node, syntax.Number(amount)) if node == run.shape.tree else node
    )


def _rewritten(run: Run, at: Place, changed: Callable[[Node], Node]) -> Plant | None:
    tree = _with(run.shape.tree, changed)
    if tree == run.shape.tree:
        return None
    try:
        return Plant(run.grid.sheet.name, {at: Formula(write(tree, *at))})
    except ValueError:
        return None


def _with(node: Node, changed: Callable[[Node], Node]) -> Node:
    new = changed(node)
    if new is not node:
        return new
    match node:
        case Operation():
            return replace(node, left=_with(node.left, changed), right=_with(node.right, changed))
        case Call():
            return replace(node, arguments=tuple(_with(one, changed) for one in node.arguments))
        case Sign():
            return replace(node, operand=_with(node.operand, changed))
    return node


KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (
        overtyped,
        overtyped_at_the_end,
        overtyped_otherwise,
        overtyped_mostly,
        overtyped_half_otherwise,
        line_overtyped,
        short_range,
        long_range,
        shifted,
        not_followed,
        other_operator,
        term_left_out,
        inner_term_left_out,
        number_added,
    )
}


# --- How well ---------------------------------------------------------------------------------------------------------


def main() -> None:
    """Print a row for each kind of defect."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[SHARED / "corpus", SHARED / "audit"], metavar="FOLDER"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=3, help="plants of a kind in a workbook")
    parser.add_argument("--only", choices=KINDS, help="only this kind")
    parser.add_argument("-v", action="store_true", dest="verbose", help="list missed cells and alarms")
    arguments = parser.parse_args()
    kinds = {name: kind for name, kind in KINDS.items() if arguments.only in (None, name)}
    planted, found, plants, alarms = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    books: dict[str, set[str]] = defaultdict(set)
    for path in sorted(path for folder in arguments.folders for path in folder.rglob("*.xls[xm]")):
        for name, plant, cells in _planted_in(path, kinds, arguments.each, arguments.seed):
            wanted = {(plant.sheet, *at) for at in plant.edits}
            missed, others = wanted - cells.keys(), cells.keys() - wanted
            planted[name] += len(wanted)
            found[name] += len(wanted) - len(missed)
            plants[name] += 1
            alarms[name] += len(others)
            books[name].add(path.name)
            if arguments.verbose and (missed or others):
                _list(path, name, plant, missed, {cell: cells[cell] for cell in others})
    print(f"{'':22} books plants cells found recall alarms")
    for name in kinds:
        print(_row(name, len(books[name]), plants[name], planted[name], found[name], alarms[name]))
    everywhere = set().union(*books.values())
    print(_row("all", len(everywhere), *(sum(one.values()) for one in (plants, planted, found, alarms))))


def _row(name: str, books: int, plants: int, planted: int, found: int, alarms: int) -> str:
    recall = found / planted if planted else 1.0
    return f"{name:22} {books:5} {plants:6} {planted:5} {found:5} {recall:6.3f} {alarms:6}"


def _planted_in(path: Path, kinds: dict[str, Kind], each: int, seed: int) -> Iterator[tuple[str, Plant, Cells]]:
    """Each plant that can be made, with the cells that are named because of it."""
    try:
        package = open_package(path)
        workbook = read_workbook(package)
        if not 0 < sum(cell.has_formula for sheet in workbook.sheets for cell in sheet.cells.values()) < _MOST_FORMULAS:
            return
        package = refreshed(package, workbook).package
        subject = _subject(package)
    except PikError:
        return
    known = _named(subject)
    taken = known.keys() | _labelled(path).keys()
    runs = list(runs_of(subject))
    for name, kind in kinds.items():
        rng = random.Random(f"{seed} {path.name} {name}")
        rng.shuffle(runs)
        count = 0
        for run in runs:
            plant = kind(run, rng)
            if plant is None or any((plant.sheet, *at) in taken for at in plant.edits):
                continue
            named = _named_with(package, plant)
            if named is not None:
                yield name, plant, {cell: code for cell, code in named.items() if cell not in known}
                count += 1
            if count == each:
                break


def _named_with(package: Package, plant: Plant) -> Cells | None:
    try:
        edits = [CellEdit(plant.sheet, *at, content) for at, content in plant.edits.items()]
        edited = patched(package, edits)
        return _named(_subject(refreshed(edited, read_workbook(edited)).package))
    except PikError:
        return None


def _subject(package: Package) -> Subject:
    schema = built_in()
    return Subject(read_budget(read_workbook(package), schema), schema)


def _named(subject: Subject) -> Cells:
    """The cells of all SUM and FRM findings but notices."""
    rules = [
        rule for code, rule in catalogue().items() if code[:3] in {"SUM", "FRM"} and code not in LEFT_OUT - {"FRM04"}
    ]
    cells: Cells = {}
    for finding in examine(subject, rules):
        area = area_of(finding.range)
        if area is not None and (finding.severity is not Severity.NOTICE or finding.code == "FRM04"):
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    cells.setdefault((finding.sheet, row, column), finding.code)
    return cells


def _labelled(path: Path) -> Cells:
    truth = path.parent / "truth.json"
    return labelled_cells(json.loads(truth.read_text("utf-8")).get(path.name, {})) if truth.exists() else {}


def _list(path: Path, name: str, plant: Plant, missed: set[tuple[str, int, int]], others: Cells) -> None:
    from pik_excel.grid.reference import Address

    def text(content: Content) -> str:
        return f"={content.text}" if isinstance(content, Formula) else str(getattr(content, "value", ""))

    for cell in sorted(missed):
        print(f"missed {name} {path.name} {Address(*cell)} {text(plant.edits[cell[1:]])}")
    where = Address(plant.sheet, *min(plant.edits))
    for cell, code in sorted(others.items()):
        print(f"alarm  {name} {path.name} {code} at {Address(*cell)} for {where} {text(plant.edits[min(plant.edits)])}")


if __name__ == "__main__":
    sys.exit(main())
