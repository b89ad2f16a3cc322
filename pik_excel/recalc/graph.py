"""Which formulas depend on which cells, in what order can they be computed, and which run in circles?"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pik_excel.grid.reference import MAX_ROW, Address, Area
from pik_excel.recalc.contents import Column, Contents, Key
from pik_excel.recalc.feeding import by_column, in_column
from pik_excel.recalc.halves import Halves
from pik_excel.recalc.strong import strong_components
from pik_excel.recalc.syntax import Edge, Reference

Reads = Callable[[Address], Iterator[tuple[str, Area]]]
_SMALL = 16  # cells; up to here a range is taken cell by cell
_WIDE = 64  # columns; of wider ranges only those are followed in which there is anything


class Dependents:
    """From a cell to the formulas that read it, however large the ranges are through which they do.

    Nothing is kept cell by cell: the copies of one formula in a column are one run, which knows which of its rows read
    a given row.
    """

    def __init__(self, contents: Contents) -> None:
        self._columns: dict[tuple[str, int], _Intervals] = defaultdict(_Intervals)
        self._rows: dict[int, frozenset[int]] = {}  # of runs, by the identity of their rows
        for sheet, tree, copies in contents.copies:
            references = contents.references(tree)
            for column, rows in copies.by_column.items():
                for reference in references:
                    self._add(_Run(sheet, column, rows, reference.top, reference.bottom), reference, contents)

    def _add(self, run: _Run, reference: Reference, contents: Contents) -> None:
        sheet = reference.sheet or run.sheet
        left, right = sorted((reference.left.at(run.column), reference.right.at(run.column)))
        if right - left > _WIDE:
            right = min(right, contents.widest(sheet))
        edges = [edge.at(row) for edge in (run.top, run.bottom) for row in (run.rows[0], run.rows[-1])]
        for column in range(left, right + 1):
            self._columns[sheet, column].add(min(edges), max(edges), run)

    def downstream(self, starts: Iterable[Key]) -> dict[Address, Key]:
        """All formulas that depend on one of these cells, directly or through others, each with a start that it
        depends on. Starts are in it only where they depend on a start themselves."""
        found: dict[Address, Key] = {}
        waiting = [(start, start) for start in starts]
        unread: dict[int, _Unsettled] = {}
        while waiting:
            cell, start = waiting.pop()
            for at in self._readers(cell, unread):
                if at not in found:
                    found[at] = start
                    waiting.append((at, start))
        return found

    def reached(self, starts: Iterable[Key]) -> set[Address]:
        """The formulas of `downstream`, without a start for each: cells of one column are followed together, so that
        100,000 starts cost little."""
        found: dict[Column, set[int]] = {}
        waiting = by_column(starts)
        unread: dict[int, _Unsettled] = {}
        while waiting:
            place, rows = waiting.popitem()
            for run, reading in self._reading(place, rows, unread):
                known = found.setdefault((run.sheet, run.column), set())
                new = reading - known
                if new:
                    known |= new
                    waiting.setdefault((run.sheet, run.column), set()).update(new)
        return {at for place, rows in found.items() for at in in_column(place, rows)}

    def _reading(
        self, place: Column, rows: set[int], unread: dict[int, _Unsettled]
    ) -> Iterator[tuple[_Run, AbstractSet[int]]]:
        """The runs that read any of these rows of the column, with the rows of their copies that do; a copy that reads
        a range comes only once."""
        intervals = self._columns.get(place)
        if intervals is None:
            return
        if len(rows) < len(intervals.runs):
            for row in rows:
                for run in intervals.around(row):
                    yield run, self._copies_reading(run, {row}, unread)
            return
        for low, high, run in intervals.runs:
            yield run, self._copies_reading(run, {row for row in rows if low <= row <= high}, unread)

    def _copies_reading(self, run: _Run, rows: set[int], unread: dict[int, _Unsettled]) -> AbstractSet[int]:
        if not run.top.fixed and not run.bottom.fixed and run.top.number == run.bottom.number:
            return self._rows_of(run).intersection([row - run.top.number for row in rows])
        left = unread.get(id(run))
        if left is None:
            left = unread[id(run)] = _Unsettled(run.rows)
        found = set()
        for first, last in {run.reading(row) for row in rows}:
            for row in left.between(first, last):
                left.settle(row)
                found.add(row)
        return found

    def _rows_of(self, run: _Run) -> frozenset[int]:
        if id(run.rows) not in self._rows:
            self._rows[id(run.rows)] = frozenset(run.rows)
        return self._rows[id(run.rows)]

    def _readers(self, cell: Key, unread: dict[int, _Unsettled]) -> Iterator[Address]:
        """The formulas that read the cell, those of each run only once."""
        intervals = self._columns.get((cell[0], cell[2]))
        for run in intervals.around(cell[1]) if intervals else ():
            first, last = run.reading(cell[1])
            if first == last:
                if run.has(first):
                    yield Address(run.sheet, first, run.column)
                continue
            rows = unread.get(id(run))
            if rows is None:
                rows = unread[id(run)] = _Unsettled(run.rows)
            for row in rows.between(first, last):
                rows.settle(row)
                yield Address(run.sheet, row, run.column)


class _Run(NamedTuple):
    """The copies of one formula in one column, with the rows of one of its references."""

    sheet: str
    column: int
    rows: Sequence[int]  # ascending
    top: Edge
    bottom: Edge

    def reading(self, row: int) -> tuple[int, int]:
        """The first and the last row at which a copy would read this row; it must be one that the run reads at all."""
        if not self.top.fixed and not self.bottom.fixed:
            ends = self.top.number, self.bottom.number
            return row - max(ends), row - min(ends)
        if self.top.fixed and self.bottom.fixed:
            return 1, MAX_ROW
        fixed, moving = (self.top, self.bottom) if self.top.fixed else (self.bottom, self.top)
        if row == fixed.number:
            return 1, MAX_ROW
        own = row - moving.number
        return (own, MAX_ROW) if row > fixed.number else (1, own)

    def has(self, row: int) -> bool:
        """Whether a copy stands in the row."""
        index = bisect_left(self.rows, row)
        return index < len(self.rows) and self.rows[index] == row


class _Intervals:
    """Runs by the rows that they read in one column; asked for a row, it gives those around it in twenty steps."""

    def __init__(self) -> None:
        self._nodes: dict[int, list[_Run]] = defaultdict(list)
        self.runs: list[tuple[int, int, _Run]] = []
        """All runs with the first and the last row that they read."""

    def add(self, top: int, bottom: int, run: _Run) -> None:
        self.runs.append((top, bottom, run))
        low, high = top + MAX_ROW, bottom + MAX_ROW + 1
        while low < high:
            if low & 1:
                self._nodes[low].append(run)
                low += 1
            if high & 1:
                high -= 1
                self._nodes[high].append(run)
            low >>= 1
            high >>= 1

    def around(self, row: int) -> Iterator[_Run]:
        node = row + MAX_ROW
        while node:
            if node in self._nodes:
                yield from self._nodes[node]
            node >>= 1


def upstream(
    contents: Contents, cells: Iterable[Address], within: Container[Address] | None = None
) -> Iterator[Address]:
    """All formulas on which these depend, directly or through others; with `within` only through those in it."""
    seen: set[Address] = set()
    read: set[tuple[str, Area]] = set()
    known: dict[tuple[int, str, int], tuple[Reference, ...]] = {}
    waiting = list(cells)
    while waiting:
        for at in _formulas_read(contents, waiting.pop(), read, known):
            if at not in seen and (within is None or at in within):
                seen.add(at)
                waiting.append(at)
                yield at


def _formulas_read(
    contents: Contents,
    at: Address,
    read: set[tuple[str, Area]],
    known: dict[tuple[int, str, int], tuple[Reference, ...]],
) -> Iterator[Address]:
    """The formulas that the formula reads; ranges that are in `read` are left out, and noted there. In `known` is by
    which references the copies in a column read any."""
    home, row, column = at
    trees = contents.trees
    tree = trees[at]
    key = id(tree), home, column
    references = known.get(key)
    if references is None:
        references = known[key] = contents.references_to_formulas(tree, home, column)
    for reference in references:
        sheet = reference.sheet or home
        if reference.single:
            place = reference.top.at(row), reference.left.at(column)
            if place in trees.on(sheet):
                yield Address(sheet, *place)
            continue
        area = reference.area(row, column)
        if (sheet, area) not in read:
            read.add((sheet, area))
            yield from contents.formulas_in(sheet, area)


class Order:
    """The formulas in an order in which each comes after those it reads; those in circles or behind them are left.

    `cells` are the formulas to order, all unless told; `reads` gives what each of them reads, all that it refers to
    unless told.
    """

    def __init__(self, contents: Contents, cells: Iterable[Address] | None = None, reads: Reads | None = None) -> None:
        ordered = list(contents.trees if cells is None else cells)
        self._reads = reads or contents.reads
        self._unsettled = {key: _Unsettled(rows) for key, rows in by_column(ordered).items()}
        self._columns: dict[str, list[int]] = defaultdict(list)
        for sheet, column in self._unsettled:
            self._columns[sheet].append(column)
        self._watching: dict[Key, list[Address]] = defaultdict(list)
        self.settled: list[Address] = []
        for at in ordered:
            self._settle(at)
        done = set(self.settled)
        self.left = tuple(at for at in ordered if at not in done)

    def _settle(self, start: Address) -> None:
        waiting = [start]
        while waiting:
            at = waiting.pop()
            obstacle = self._first_unsettled(at)
            if obstacle is not None:
                self._watching[obstacle].append(at)
                continue
            self.settled.append(at)
            self._unsettled[at.sheet, at.column].settle(at.row)
            waiting.extend(self._watching.pop(at, ()))

    def _first_unsettled(self, at: Address) -> Key | None:
        for sheet, (top, left, bottom, right) in self._reads(at):
            for rows, column in self._formulas_in(sheet, left, right):
                row = rows.first(top, bottom)
                if row is not None:
                    return sheet, row, column
        return None

    def _formulas_in(self, sheet: str, left: int, right: int) -> Iterator[tuple[_Unsettled, int]]:
        columns = range(left, right + 1) if right - left < _SMALL else self._columns[sheet]
        for column in columns:
            rows = self._unsettled.get((sheet, column))
            if rows is not None and left <= column <= right:
                yield rows, column

    def circles(self) -> tuple[tuple[Address, ...], ...]:
        """The formulas of each circle, those merely behind one left out; each circle in sheet order.

        A range that formulas read is a node beside them, and it reads halves of columns, so that a thousand formulas
        that read the same column, or as much of it as lies above each, are not a million pairs.
        """
        numbers = {at: number for number, at in enumerate(self.left)}
        ranges: dict[tuple[str, Area], int] = {}
        reads: dict[int, list[int]] = {}
        for at, number in numbers.items():
            reads[number] = []
            for sheet, area in self._reads(at):
                if area.top == area.bottom and area.left == area.right:
                    cell = numbers.get(Address(sheet, area.top, area.left))
                    reads[number] += [] if cell is None else [cell]
                else:
                    reads[number].append(ranges.setdefault((sheet, area), len(numbers) + len(ranges)))
        columns: dict[Column, Halves] = {}
        for (sheet, (top, left, bottom, right)), node in ranges.items():
            reads[node] = []
            for rows, column in self._formulas_in(sheet, left, right):
                if (sheet, column) not in columns:
                    halves = self._halves(sheet, column, rows, numbers, -len(reads))
                    columns[sheet, column] = halves
                    reads |= halves.reads()
                reads[node] += columns[sheet, column].between(top, bottom)
        formulas = range(len(numbers))
        found = (sorted(self.left[node] for node in one if node in formulas) for one in strong_components(reads))
        return tuple(sorted(tuple(circle) for circle in found))

    def _halves(self, sheet: str, column: int, rows: _Unsettled, numbers: dict[Address, int], last: int) -> Halves:
        left = list(rows.between(1, MAX_ROW))
        return Halves(left, [numbers[Address(sheet, row, column)] for row in left], last)

    def left_and_read_by(self, at: Address, known: set[tuple[str, Area]]) -> Iterator[Address]:
        """Those of the formulas left that this one reads; the areas in `known` are left out, and noted there."""
        for sheet, area in self._reads(at):
            if (sheet, area) not in known:
                known.add((sheet, area))
                yield from self._left_in(sheet, area)

    def _left_in(self, sheet: str, area: Area) -> Iterator[Address]:
        top, left, bottom, right = area
        for rows, column in self._formulas_in(sheet, left, right):
            yield from (Address(sheet, row, column) for row in rows.between(top, bottom))


class _Unsettled:
    """The rows of one column's formulas that are not settled yet."""

    def __init__(self, rows: Collection[int]) -> None:
        self._rows = sorted(rows)
        self._position = {row: index for index, row in enumerate(self._rows)}
        self._next = list(range(len(rows) + 1))  # a settled row points onward, with shortened paths

    def settle(self, row: int) -> None:
        index = self._position[row]
        self._next[index] = index + 1

    def first(self, top: int, bottom: int) -> int | None:
        """The first unsettled row between these."""
        if top == bottom and top not in self._position:
            return None
        index = self._end_of_path(bisect_left(self._rows, top))
        return self._rows[index] if index < len(self._rows) and self._rows[index] <= bottom else None

    def between(self, top: int, bottom: int) -> Iterator[int]:
        row = self.first(top, bottom)
        while row is not None:
            yield row
            row = self.first(row + 1, bottom) if row < bottom else None

    def _end_of_path(self, index: int) -> int:
        end = index
        while self._next[end] != end:
            end = self._next[end]
        while self._next[index] != end and index != end:
            self._next[index], index = end, self._next[index]
        return end
