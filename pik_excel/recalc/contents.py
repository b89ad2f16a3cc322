"""What stands in the cells once the changes are laid over them, and what does each formula read?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TypeVar

from pik_excel.grid.reference import Address, Area
from pik_excel.grid.store import NO_CELLS, ByRow, Cells
from pik_excel.grid.workbook import Cell, ErrorValue, Value, Workbook
from pik_excel.recalc.copies import Copies, copies_of
from pik_excel.recalc.ends import ended, reaches_far
from pik_excel.recalc.form import Form
from pik_excel.recalc.names import Names
from pik_excel.recalc.shapes import Shapes
from pik_excel.recalc.syntax import Failure, Node, Reference, parse, references
from pik_excel.recalc.trees import Trees
from pik_excel.recalc.trust import same
from pik_excel.recalc.writing import write

Found = TypeVar("Found")
Key = tuple[str, int, int]
"""An address as a plain tuple; equal to the `Address` and cheaper to make."""
Column = tuple[str, int]
"""A column of a sheet."""
Interval = tuple[int, int]
"""The first and the last row or column."""
_PART = 4  # of all formulas one in so many, or a shape for so many: they are asked one by one, not shape by shape
_FEW = 64  # columns that are looked up one by one
_MANY = 2000  # cells read at most to judge the size of a residue
_LARGEST_RESIDUE = Decimal("0.01")


class Contents:
    """The cells of a workbook with changes laid over them: formulas with their trees, and values.

    To its sheets are added those of other workbooks that formulas refer to ("[1]Ansatz"), with what the file remembers
    of them. `in_file` is what stands without the changes; `rows_in_step` as in `Shapes`.
    """

    def __init__(
        self,
        workbook: Workbook,
        changed: Mapping[Address, Value | str] | None = None,
        *,
        rows_in_step: bool = False,
    ) -> None:
        self.workbook = workbook
        self.in_file = {sheet.name: sheet.cells for sheet in workbook.sheets}
        self.changed = {self._canonical(at): value for at, value in (changed or {}).items()}
        self.cells = _overlaid(self.in_file, self.changed)
        self.sheets = tuple(self.cells)
        self._rewritten: set[int] = set()
        self._last_columns: dict[str, int] = {}
        self._last_rows: dict[str, int] = {}
        self._known: dict[tuple[str, int], object] = {}
        self._references: dict[int, tuple[Reference, ...]] = {}
        self._forms: dict[int, Form] = {}
        self.trees = self._find_formulas(Shapes(rows_in_step=rows_in_step))

    @property
    def scratch(self) -> str:
        """A name that no sheet has, for calculations on the side."""
        taken = {sheet.casefold() for sheet in self.sheets}
        return next(name for number in range(len(taken) + 1) if (name := f"scratch{number}") not in taken)

    def _canonical(self, at: Address) -> Address:
        if at.sheet in self.in_file:
            return at
        sheet = self.workbook.sheet(at.sheet)
        return at if sheet is None else Address(sheet.name, at.row, at.column)

    def _find_formulas(self, shapes: Shapes) -> Trees:
        names = Names(self.workbook, self.sheets)
        return Trees({sheet: ByRow(self._trees_by_row(sheet, shapes, names)) for sheet in self.sheets})

    def _trees_by_row(self, sheet: str, shapes: Shapes, names: Names) -> dict[int, dict[int, Node]]:
        """The trees of the formulas on a sheet; those of rows that share their formulas are found out once."""
        found: dict[int, dict[int, Node]] = {}
        resolved: dict[int, Node] = {}
        known: dict[tuple[int, int], dict[int, Node]] = {}
        for number, (form, _values, sources) in self.cells[sheet].by_row.items():
            if sources is None:
                continue
            key = id(form), id(sources)
            row = known.get(key)
            if row is None:
                given = [(column, one) for column, one in zip(form.columns, sources, strict=True) if one is not None]
                row = {
                    column: self._resolved(shapes.of(source, number, column), sheet, resolved, names, shapes)
                    for column, source in given
                }
                if not any(isinstance(source, str) for _, source in given):
                    known[key] = row  # copies, which have the same tree wherever they stand
            found[number] = row
        return found

    def _resolved(self, shape: Node, sheet: str, known: dict[int, Node], names: Names, shapes: Shapes) -> Node:
        """The tree with its names and tables replaced by what they stand for on this sheet."""
        tree = known.get(id(shape))
        if tree is None:
            resolved = names.resolve(shape, sheet) if names.may_be_in(shapes.forms[id(shape)]) else shape
            tree = known[id(shape)] = shape if resolved is shape else shapes.shared(resolved)
            form = self._forms[id(tree)] = shapes.forms[id(tree)]
            lost = Failure in form.kinds  # the engine does not read Sheet!#REF!
            if self._with_other_workbooks(form) or tree is not shape or lost:
                self._rewritten.add(id(tree))
        return tree

    def _with_other_workbooks(self, form: Form) -> bool:
        """Whether the formula refers to other workbooks; if so, what is remembered of them is taken in."""
        for sheet in form.elsewhere.difference(self.cells):
            self.cells[sheet] = self.in_file[sheet] = Cells.of(self.workbook.other_workbooks[sheet])
            self.sheets += (sheet,)
        return bool(form.elsewhere)

    def columns_read(self, cells: Iterable[Address]) -> set[tuple[str, int]]:
        """The columns in which these formulas read anything."""
        found: set[tuple[str, int]] = set()
        one_of_each = {(at[0], at[2], id(self.trees[at])): at for at in cells}  # copies in a column read the same ones
        for at in one_of_each.values():
            for reference in self.references(self.trees[at]):
                sheet, left, right = reference.sheet or at.sheet, reference.left, reference.right
                found.add((sheet, left.at(at.column)))
                if not reference.single:
                    first, last = sorted((left.at(at.column), right.at(at.column)))
                    found.update((sheet, column) for column in range(first, min(last, self.widest(sheet)) + 1))
        return found

    def values_in(self, columns: set[tuple[str, int]], besides: Container[Key]) -> Iterator[tuple[Key, Value]]:
        """All values in these columns, also those stored with formulas, the changed ones as changed; but for those of
        the formulas `besides`."""
        by_sheet: dict[str, set[int]] = {}
        for sheet, column in columns:
            by_sheet.setdefault(sheet, set()).add(column)
        for sheet, cells in self.cells.items():
            wanted = by_sheet.get(sheet, set())
            places: dict[int, list[int]] = {}
            for row, (form, values, sources) in cells.by_row.items() if wanted else ():
                if id(form) not in places:
                    places[id(form)] = [place for place, column in enumerate(form.columns) if column in wanted]
                for place in places[id(form)]:
                    value = values[place]
                    if value is not None:
                        at = (sheet, row, form.columns[place])
                        if not (sources and sources[place]) or at not in besides:
                            yield at, value

    def widest(self, sheet: str) -> int:
        """The last column in which anything stands."""
        if sheet not in self._last_columns:
            forms = {row.form for row in self.cells.get(sheet, NO_CELLS).by_row.values()}
            self._last_columns[sheet] = max((column for form in forms for column in form.columns), default=0)
        return self._last_columns[sheet]

    def longest(self, sheet: str) -> int:
        """The last row in which anything stands."""
        if sheet not in self._last_rows:
            self._last_rows[sheet] = max(self.cells.get(sheet, NO_CELLS).by_row, default=0)
        return self._last_rows[sheet]

    def stored(self, at: Key) -> Value:
        """The value in the file, or the new one where it was changed; None where there is none."""
        return _value_at(self.cells, at)

    def original(self, at: Key) -> Value:
        """The value in the file, whether changed or not."""
        return _value_at(self.in_file, at)

    def cells_in(self, sheet: str, area: Area) -> Iterator[Cell]:
        """The cells in the range that hold anything."""
        cells = self.cells.get(sheet, NO_CELLS)
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) > len(cells):
            yield from (cell for (row, column), cell in cells.items() if area.holds(row, column))
            return
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cell = cells.get((row, column))
                if cell is not None:
                    yield cell

    def cells_read(self, at: Address) -> Iterator[Address]:
        """The cells that the formula refers to and that hold anything."""
        for sheet, area in self.reads(at):
            for cell in self.cells_in(sheet, area):
                yield Address(sheet, cell.row, cell.column)

    def cells_read_by(self, formulas: Iterable[Address]) -> Iterator[Address]:
        """The cells that any of the formulas refers to and that hold anything. A thousand sums from the top down to
        the row above them read the same cells over and over; these come once."""
        rows: dict[tuple[str, int, int], list[Interval]] = defaultdict(list)
        for at in formulas:
            for sheet, (top, left, bottom, right) in self.reads(at):
                rows[sheet, left, right].append((top, bottom))
        for sheet, area in _without_overlap(rows):
            for cell in self.cells_in(sheet, area):
                yield Address(sheet, cell.row, cell.column)

    def formulas_in(self, sheet: str, area: Area) -> Iterator[Address]:
        """The formulas that stand in the range."""
        if area.right - area.left < _FEW and not any(
            (sheet, column) in self._formula_columns for column in range(area.left, area.right + 1)
        ):
            return
        for cell in self.cells_in(sheet, area):
            if cell.has_formula:
                yield Address(sheet, cell.row, cell.column)

    def formula_rows(self, sheet: str, left: int, right: int) -> Iterator[tuple[Column, list[int]]]:
        """The rows in which formulas stand, ascending, by each of these columns that has any."""
        if right - left < _FEW:
            columns: Iterable[Column] = ((sheet, column) for column in range(left, right + 1))
        else:
            columns = (one for one in self._formula_columns if one[0] == sheet and left <= one[1] <= right)
        for place in columns:
            if place in self._formula_columns:
                yield place, self._formula_columns[place]

    @cached_property
    def _formula_columns(self) -> dict[Column, list[int]]:
        """The rows of all formulas, ascending, by their columns."""
        found: dict[Column, list[int]] = {}
        for sheet, _tree, copies in self.copies:
            for column, rows in copies.by_column.items():
                found.setdefault((sheet, column), []).extend(rows)
        for rows in found.values():
            rows.sort()
        return found

    def references_to_formulas(self, tree: Node, sheet: str, column: int) -> tuple[Reference, ...]:
        """Those by which the formula, standing in this column, reads columns in which there are formulas at all."""
        found = []
        for one in self.references(tree):
            read, left, right = one.sheet or sheet, one.left.at(column), one.right.at(column)
            between = range(min(left, right), max(left, right) + 1)
            if len(between) > _FEW or any((read, each) in self._formula_columns for each in between):
                found.append(one)
        return tuple(found)

    def scale(self, at: Address, read: Callable[[Address], Value] | None = None) -> Decimal:
        """The largest number among the cells that the formula refers to (the first thousands of them): what floating
        point leaves behind is measured by it. `read` gives their values, the stored ones unless told."""
        values = map(read or self.stored, islice(self.cells_read(at), _MANY))
        return max((abs(value) for value in values if isinstance(value, Decimal)), default=Decimal(0))

    def alike(self, at: Address, one: Value, other: Value, read: Callable[[Address], Value] | None = None) -> bool:
        """Whether two results of the formula are the same but for what floating point leaves of what it reads."""
        if one == other and type(one) is type(other):
            return True  # as nearly always
        if same(one, other):
            return True
        if not isinstance(one, Decimal) or not isinstance(other, Decimal) or abs(one - other) > _LARGEST_RESIDUE:
            return False
        return same(one, other, self.scale(at, read))

    def reads(self, at: Address) -> Iterator[tuple[str, Area]]:
        """The ranges that the formula at the address refers to."""
        for reference in self.references(self.trees[at]):
            yield reference.sheet or at.sheet, reference.area(at.row, at.column)

    def references(self, tree: Node) -> tuple[Reference, ...]:
        """All references in the tree of one of the formulas."""
        found = self._references.get(id(tree))
        if found is None:
            found = self._references[id(tree)] = references(tree)
        return found

    def form(self, tree: Node) -> Form:
        """What the tree of one of the formulas consists of."""
        return self._forms[id(tree)]

    def once_per_shape(self, what: str, at: Address, find: Callable[[Node], Found]) -> Found:
        """What `find` makes of the formula's tree, found out once for all formulas of its shape."""
        return self.once_per_tree(what, self.trees[at], find)

    def once_per_tree(self, what: str, tree: Node, find: Callable[[Node], Found]) -> Found:
        """The same, asked of the tree."""
        key = what, id(tree)
        if key not in self._known:
            self._known[key] = find(tree)
        return self._known[key]  # type: ignore[return-value]  # what `find` gave

    def once(self, what: str, find: Callable[[], Found]) -> Found:
        """What `find` gives, found out once for this workbook."""
        key = what, 0
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]  # type: ignore[return-value]  # what `find` gave

    def having(self, cells: Collection[Address], what: Callable[[Node], object]) -> Iterator[Address]:
        """Those of the formulas whose tree has that property, found out once for all formulas of its shape. `cells`
        should know at once what is among them."""
        trees = self.trees
        if len(cells) * _PART < len(trees) or len(self.copies) * _PART > len(trees):
            asked = {id(tree): tree for tree in map(trees.__getitem__, cells)}
        else:
            copies = ((tree, copies.on(sheet)) for sheet, tree, copies in self.copies)
            asked = {id(tree): tree for tree, own in copies if any(at in cells for at in own)}
        wanted = {key for key, tree in asked.items() if what(tree)}
        return (at for at in cells if id(trees[at]) in wanted) if wanted else iter(())

    @cached_property
    def copies(self) -> tuple[tuple[str, Node, Copies], ...]:
        """Sheet, tree and cells of the formulas of one shape on one sheet."""
        return tuple((sheet, tree, cells) for sheet in self.sheets for tree, cells in copies_of(self.trees.on(sheet)))

    @cached_property
    def array_areas(self) -> dict[Address, Area]:
        """The ranges that array formulas and data tables fill, by the cell that heads them."""
        return {
            Address(sheet, row, column): area
            for sheet, cells in self.cells.items()
            for (row, column), text in cells.arrays.items()
            if (area := _array_area(text, row, column)) is not None
        }

    def text(self, at: Address) -> str:
        """The formula at the address without "=", for the engine: names and tables in it replaced by what they stand
        for, ranges no longer than need be."""
        tree = self.trees[at]
        if id(tree) in self._rewritten or self.once_per_shape("reaches far", at, reaches_far):
            return self.written(tree, at)
        return self.cells[at[0]].formula(at[1], at[2]) or ""

    def written(self, node: Node, at: Address, home: str | None = None) -> str:
        """The formula at the address, or a part of it, as the engine is given it; with `home` on any sheet."""
        return write(self.ended(node, at), at.row, at.column, home)

    def ended(self, node: Node, at: Address) -> Node:
        """The formula at the address, or a part of it, its ranges no longer than need be (see `ends`)."""
        if not self.once_per_shape("reaches far", at, reaches_far):
            return node
        return ended(node, at, lambda sheet: (self.longest(sheet), self.widest(sheet)))


def _without_overlap(rows: Mapping[tuple[str, int, int], list[Interval]]) -> Iterator[tuple[str, Area]]:
    """The cells in these rows of ranges of columns, but for very wide ranges none of them twice."""
    by_column: dict[Column, list[Interval]] = defaultdict(list)
    for (sheet, left, right), given in rows.items():
        together = list(joined(given))
        if right - left < _FEW:
            for column in range(left, right + 1):
                by_column[sheet, column] += together
        else:
            yield from ((sheet, Area(top, left, bottom, right)) for top, bottom in together)
    alike: dict[tuple[str, tuple[Interval, ...]], list[Interval]] = defaultdict(list)
    for (sheet, column), given in by_column.items():
        alike[sheet, tuple(joined(given))].append((column, column))
    for (sheet, wanted), columns in alike.items():
        for left, right in joined(columns):
            yield from ((sheet, Area(top, left, bottom, right)) for top, bottom in wanted)


def joined(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The intervals in their order, those that touch or overlap as one."""
    first: int | None = None
    last = 0
    for top, bottom in sorted(intervals):
        if first is not None and top > last + 1:
            yield first, last
            first = None
        first, last = (top, bottom) if first is None else (first, max(last, bottom))
    if first is not None:
        yield first, last


def is_formula(value: Value | str) -> bool:
    """Whether a changed cell is given as a formula."""
    return isinstance(value, str) and not isinstance(value, ErrorValue) and value.startswith("=")


def _overlaid(sheets: Mapping[str, Cells], changed: Mapping[Address, Value | str]) -> dict[str, Cells]:
    found: dict[str, Cells] = dict(sheets)
    by_sheet: dict[str, dict[tuple[int, int], Cell]] = {}
    for at, value in changed.items():
        by_sheet.setdefault(at.sheet, {})[at.row, at.column] = _changed_cell(at, value)
    for sheet, new in by_sheet.items():
        found[sheet] = found.get(sheet, Cells({})).replaced(new)
    return found


def _changed_cell(at: Address, value: Value | str) -> Cell:
    if is_formula(value):
        return Cell(at.row, at.column, None, str(value)[1:])
    return Cell(at.row, at.column, value)


def _value_at(sheets: Mapping[str, Cells], at: Key) -> Value:
    cells = sheets.get(at[0])
    return cells.value(at[1], at[2]) if cells is not None else None


def _array_area(text: str, row: int, column: int) -> Area | None:
    reference = parse(text, row, column)
    return reference.area(row, column) if isinstance(reference, Reference) else None
