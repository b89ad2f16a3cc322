"""Which formula is a single slip of the hand away from the copies beside it?

A slip is one operand read from a neighbouring cell, a range a little too short or long, another operator, the last term
left out, or a formula whose references did not follow when it was pasted. Where only that sets a formula apart, two or
three copies beside it are enough to tell; a formula that differs in more than one way is one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pik_excel.checks.lines import Place, fits, reads_its_line
from pik_excel.checks.members import differ_beside
from pik_excel.checks.runs import FormulaGrid, Shape
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell
from pik_excel.recalc.arithmetic import Unknown
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, Sign

_FAR = 8  # cells to both sides in which a row of another kind shows
_SAMPLE = 20  # copies that are looked at
_OFTEN = 1000  # copies of a formula that is meant
_STEP = 2  # from one formula to the next, where a line has an empty cell between any two
_BESIDE = 3  # copies on one side, where there is none on the other
_RESIZED = 2  # cells that a range has too many or too few
_SHIFTED = 3  # cells by which an operand is off
_TRIED = 200  # cells; formulas that read more are not tried with other numbers
_SWAPPED = ({"+", "-"}, {"*", "/"})
Pair = tuple[Reference, Reference]


Prospect = tuple[int, list[int]]
"""The index of a formula that may be a slip, and those of the copies beside it."""


def prospects(positions: Sequence[int], here: Sequence[Shape], down: bool) -> list[Prospect]:
    """Of one column or row: which formulas may have slipped, by what they are and wherever they stand; so that of the
    rows of a long table, which have the same formulas, one is looked at."""
    found = ((index, _beside(positions, here, index)) for index in _unlike_their_neighbours(positions, here))
    return [(index, run) for index, run in found if run and _may_have_slipped(here[index], here[run[0]], down)]


def strays(
    grid: FormulaGrid, prospects: Sequence[Prospect], places: Sequence[Place], here: Sequence[Shape], down: bool
) -> Iterator[tuple[Place, Place]]:
    """Of one column or row: the cells that slipped, each with a copy beside it of what it was meant to be."""
    for index, beside in prospects:
        run = [places[one] for one in beside]
        shape, around, at, model = here[index], here[beside[0]], places[index], run[0]
        if (
            (is_slip(shape, around, at, down) or leaves_out_a_zero(grid, shape, around, at))
            and not _runs_on_across(grid, at, shape, down)
            and not _is_of_another_kind(grid, at, model, run, down)
            and _finds_the_same(grid, around, at, run)
        ):
            yield at, model


def strays_in_a_block(grid: FormulaGrid) -> Iterator[tuple[Place, Place]]:
    """Of a block of copies: the cells that slipped, with one of the same formula beside each and one above or below."""
    for shape, cells in grid.copies.items():
        if len(cells) > 1:
            continue
        at = row, column = cells.first
        across = {grid.shapes.get((row, column + step)) for step in (-1, 1)}
        for around in across & {grid.shapes.get((row + step, column)) for step in (-1, 1)}:
            if around is None or around is shape:
                continue
            beside = ((row + down, column + right) for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)))
            run = [one for one in beside if grid.shapes.get(one) is around]
            own = any(reads_its_line(shape, down) and not reads_its_line(around, down) for down in (True, False))
            slipped = not own and any(is_slip(shape, around, at, down) for down in (True, False))
            if slipped and _finds_the_same(grid, around, at, run):
                yield at, run[0]


def _beside(positions: Sequence[int], here: Sequence[Shape], index: int) -> list[int]:
    """The copies of one other formula before and behind the cell; [] where they are too few to tell."""
    before, after = (_run(positions, here, index, step) for step in (-1, 1))
    first, last = (here[one[0]] if one else None for one in (before, after))
    if first is not None and first is last:
        return [*before, *after]
    longer = max(before, after, key=len)
    return longer if len(longer) >= _BESIDE else []


def _unlike_their_neighbours(positions: Sequence[int], here: Sequence[Shape]) -> list[int]:
    """The indices of the formulas that are other ones than those right before and behind: few, in a long column."""
    changed = [index for index, (one, other) in enumerate(pairwise(here), 1) if one is not other]
    starts = [0, *changed]
    ends = [index - 1 for index in (*changed, len(here))]
    found: list[int] = []
    for start, end in zip(starts, ends, strict=True):
        if start == end or positions[start + 1] - positions[start] > _STEP:
            found.append(start)
        if end > start and positions[end] - positions[end - 1] > _STEP:
            found.append(end)
    return found


def _run(positions: Sequence[int], here: Sequence[Shape], index: int, step: int) -> list[int]:
    """The indices of the copies right before or behind, the nearest first, all the same step apart."""
    found: list[int] = []
    at, wide = index + step, 0
    while 0 <= at < len(here):
        distance = abs(positions[at] - positions[at - step])
        if distance > _STEP or (wide and distance != wide) or (found and here[at] is not here[found[0]]):
            break
        wide = distance
        found.append(at)
        at += step
    return found


def _runs_on_across(grid: FormulaGrid, at: Place, shape: Shape, down: bool) -> bool:
    """Whether the other line through the cell has the formula too, so that it is meant."""
    others = grid.copies[shape]
    if len(others) > _OFTEN:
        return True
    if down:
        return any(column != at[1] and at[0] in rows for column, rows in others.by_column.items())
    return len(others.by_column[at[1]]) > 1


def _is_of_another_kind(grid: FormulaGrid, at: Place, model: Place, run: Sequence[Place], down: bool) -> bool:
    """Whether the row (with `down`) computes otherwise in other columns too; at the end of a run in any of them."""
    if all(other < at for other in run) or all(other > at for other in run):
        return differ_beside(grid, at, model, down)
    for distance in (*range(-_FAR, 0), *range(1, _FAR + 1)):
        row, column = (at[0], at[1] + distance) if down else (at[0] + distance, at[1])
        shape = grid.shapes.get((row, column))
        if shape is None:
            continue
        before, after = ((row - 1, column), (row + 1, column)) if down else ((row, column - 1), (row, column + 1))
        around = grid.shapes.get(before)
        if around is not None and around is grid.shapes.get(after) and around is not shape:
            return True
    return False


def _finds_the_same(grid: FormulaGrid, around: Shape, at: Place, run: Sequence[Place]) -> bool:
    """Whether the formula of the run would find numbers there, typed or computed as for one of its own copies."""
    if not fits(grid, around, at, run[0]):
        return False
    for one in around.references:
        if one.sheet is None and one.single and one.area(*at) != one.area(*run[0]):
            kinds = {_kind(grid, one.area(*other)) for other in run[:_SAMPLE]}
            if _kind(grid, one.area(*at)) not in kinds:
                return False
    return True


def _kind(grid: FormulaGrid, area: Area) -> bool:
    return (area.top, area.left) in grid.shapes


# --- What is a slip ---------------------------------------------------------------------------------------------------


def is_slip(shape: Shape, around: Shape, at: Place, down: bool) -> bool:
    """Whether one change makes the formula of the others of this one, and the two are not the same all the same."""
    if shape.is_unclear or around.is_unclear:
        return False
    found = _Differences(at, down)
    if found.between(shape.tree, around.tree):
        single = found.others + len(found.pairs) == 1 and all(map(found.is_near, found.pairs))
        slipped = single or found.did_not_follow(around) or found.ends_elsewhere()
        return slipped and not compute_alike(shape, around, at)
    return _is_cut_short(shape.tree, around.tree)


def _may_have_slipped(shape: Shape, around: Shape, down: bool) -> bool:
    """Whether the trees are so alike that `is_slip` or `leaves_out_a_zero` may hold somewhere."""
    if reads_its_line(shape, down) and not reads_its_line(around, down):
        return False
    return (
        _Differences((1, 1), down).between(shape.tree, around.tree)
        or _is_cut_short(shape.tree, around.tree)
        or _left_out(shape, around) is not None
    )


class _Differences:
    """What differs between two trees that are otherwise the same."""

    def __init__(self, at: Place, down: bool) -> None:
        self._at, self._down = at, down
        self.pairs: list[Pair] = []
        self.others = 0

    def between(self, one: Node, other: Node, within: bool = False) -> bool:
        """Collect them; False where the trees are not of one kind."""
        if one == other:
            return True
        if within and isinstance(other, Operation) and other.operator in "+-" and other.left == one:
            self.others += 1  # a term within is missing
            return True
        match one, other:
            case Reference(), Reference():
                if one.area(*self._at) != other.area(*self._at) or one.sheet != other.sheet:
                    self.pairs.append((one, other))
                return one.sheet == other.sheet
            case Operation(operator, left, right), Operation(meant, first, second):
                if operator != meant:
                    self.others += 1
                    if not any({operator, meant} <= pair for pair in _SWAPPED):
                        return False
                return self.between(left, first, True) and self.between(right, second, True)
            case Call(name, arguments), Call(meant, others) if name == meant and len(arguments) == len(others):
                return all(
                    self.between(argument, meant, True) for argument, meant in zip(arguments, others, strict=True)
                )
            case Sign(operator, operand), Sign(meant, inner) if operator == meant:
                return self.between(operand, inner, True)
        return False

    def is_near(self, pair: Pair) -> bool:
        """Whether the operand lies a few cells off in one direction, or the range has one edge a little off."""
        one, other = pair
        if one.single is not other.single or _are_chosen(one, other, self._down):
            return False
        read, meant = one.area(*self._at), other.area(*self._at)
        moves = [a - b for a, b in zip(read, meant, strict=True)]
        if read.top < 1 or read.left < 1 or meant.top < 1 or meant.left < 1:
            return False
        if moves[0] == moves[2] and moves[1] == moves[3]:
            return not (moves[0] and moves[1]) and abs(moves[0] or moves[1]) <= _SHIFTED
        return sum(map(bool, moves)) == 1 and sum(map(abs, moves)) <= _RESIZED

    def ends_elsewhere(self) -> bool:
        """Whether all that differs are the ranges of one list, which end at another row (or column) of it together."""
        moves = {
            tuple(a - b for a, b in zip(one.area(*self._at), other.area(*self._at), strict=True))
            for one, other in self.pairs
            if not one.single and not other.single
        }
        apart = moves.pop() if len(moves) == 1 and not self.others and len(self.pairs) > 1 else (0, 0, 0, 0)
        return all(not one.single for one, _ in self.pairs) and sum(map(bool, apart[2:])) == 1 and not any(apart[:2])

    def did_not_follow(self, around: Shape) -> bool:
        """Whether all that moves along reads from the next row or column: pasted as text."""
        if self.others:
            return False
        moving = [one for one in around.references if not _is_fixed(one, self._down)]
        if len(moving) != len(self.pairs) or len(moving) < 2:
            return False
        moves = {
            tuple(a - b for a, b in zip(one.area(*self._at), other.area(*self._at), strict=True))
            for one, other in self.pairs
        }
        if len(moves) != 1:
            return False
        top, left, bottom, right = moves.pop()
        along, across = (top, left) if self._down else (left, top)
        return (top, left) == (bottom, right) and not across and abs(along) == 1


def _are_chosen(one: Reference, other: Reference, down: bool) -> bool:
    """Whether both name a fixed cell: one rate for this row, another one for that."""
    return _is_fixed(one, down) and _is_fixed(other, down)


def _is_fixed(one: Reference, down: bool) -> bool:
    return one.top.fixed and one.bottom.fixed if down else one.left.fixed and one.right.fixed


def _is_cut_short(tree: Node, around: Node) -> bool:
    """Whether the last term is missing, or a number added."""
    match around:
        case Operation("+" | "-", inner, _) if inner == tree and isinstance(inner, Operation):
            return True
    match tree:
        case Operation("+" | "-" | "*" | "/", inner, Number()) if inner == around:
            return True
    return False


def leaves_out_a_zero(grid: FormulaGrid, shape: Shape, around: Shape, at: Place) -> bool:
    """Whether it copies the first of two terms where the second one is 0 for the present: =B4 among =B3-C3."""
    last = _left_out(shape, around)
    return last is not None and grid.sheet.value(*last.area(*at)[:2]) == 0


def _left_out(shape: Shape, around: Shape) -> Reference | None:
    """The second of two terms, of which the formula copies the first."""
    match shape.tree, around.tree:
        case (Reference() as tree, Operation("+" | "-", left, Reference() as last)) | (
            Sign("+", Reference() as tree),
            Operation("+" | "-", left, Reference() as last),
        ):
            return last if tree == left and last.sheet is None else None
    return None


# --- Are they the same all the same? ----------------------------------------------------------------------------------


def compute_alike(one: Shape, other: Shape, at: Place) -> bool:
    """Whether both give the same there whatever numbers stand in the cells they read: =B2+C2 and =SUM(B2:C2)."""
    read = [
        (ref.sheet or "", area)
        for shape in (one, other)
        for ref in shape.references
        if (area := ref.area(*at)) is not None
    ]
    if sum(area.size for _, area in read) > _TRIED:
        return False
    for salt in (3, 5):
        sheets: dict[str, dict[Place, Cell]] = {"": {}}
        for sheet, area in read:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    value = Decimal((row * 7919 + column * 104729) * salt % 9973 + 2)
                    sheets.setdefault(sheet, {})[row, column] = Cell(row, column, value)
        values = [_value(shape, sheets, at) for shape in (one, other)]
        if None in values or values[0] != values[1]:
            return False
    return True


def _value(shape: Shape, sheets: dict[str, dict[Place, Cell]], at: Place) -> object:
    function = Evaluator(sheets).function(shape.tree, "")
    try:
        return function(*at) if function is not None else None
    except Unknown:
        return None
