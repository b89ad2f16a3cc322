"""Which sums miss rows they should add, or add some of them twice?

In a recognised table of measures the table's structure says what a total should add. Everywhere else only the sheet
speaks: what the sums beside it reach, and the number that stands between a sum and its range.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, same_money
from pik_excel.checks.added import Coverage, Key, TotalCell, coverage, total_cells, totals
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.margins import is_no_part
from pik_excel.checks.runs import FormulaGrid, Shape, Sum, cells_in, formulas, once
from pik_excel.grid.reference import MAX_COLUMN, Area
from pik_excel.grid.workbook import Cell
from pik_excel.layout.vocabulary import Vocabulary, fold, vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_MOST_PAIRS = 20_000  # of a sum and a sum within it, on one sheet
_LONG = 50  # rows that are looked at where a sum adds another column
_MANY = 100  # subtotals; beyond that what should stand there is not worked out
_ROWS = 3  # that a range has at least, and that are left out at most, where no sum beside it tells
_OPENING = pattern(r"balance|opening|brought|forward|start|previous|bestand|vortrag|anfang|saldo|stand\b|vorjahr")
_LARGEST = 50_000  # cells; a range beyond it is no table that a person reads


@dataclass(frozen=True)
class Missed:
    """A sum that leaves out cells (`cells`, worth `amount`), or that adds another column."""

    shape: Shape
    formula: str
    cells: tuple[tuple[int, int], ...]
    covered: tuple[Area, ...]
    expected: Area
    amount: Decimal
    other_column: Area | None = None


@dataclass(frozen=True)
class Doubled:
    """A sum over `rows` that also adds `subtotals` of them; both values where they are known."""

    shape: Shape
    rows: Area
    subtotals: tuple[tuple[int, int], ...]
    stated: Decimal | None
    expected: Decimal | None


@once
def wrong_ranges(subject: Subject) -> dict[Key, Missed | Doubled]:
    """All such sums, each by its cell."""
    found: dict[Key, Missed | Doubled] = {}
    for grid in formulas(subject).grids:
        found.update(_doubled(grid))
    for cell in totals(subject):
        one = _missed_in_table(subject, cell)
        if one is not None:
            found.setdefault(cell.at, one)
    for key, missed in _missed_across(subject):
        found.setdefault(key, missed)
    known = total_cells(subject)
    words = vocabulary(subject.schema)
    for grid in formulas(subject).grids:
        for key, missed in (*_missed_on_sheet(grid, words), *_other_columns_on_sheet(grid)):
            if key not in known:
                found.setdefault(key, missed)
    return found


# --- Counted twice ----------------------------------------------------------------------------------------------------


def _doubled(grid: FormulaGrid) -> Iterator[tuple[Key, Doubled]]:
    lines = _SumsByLine(grid)
    looked_at = 0
    for at in _perhaps_doubled(grid, lines):
        areas = None if lines.is_alone(at) else grid.sums[at].areas(grid.sheet.name, *at)
        if areas is None:
            continue
        inside = {cell for cell in lines.within(areas) if cell != at}
        looked_at += len(inside)
        if looked_at > _MOST_PAIRS:
            return  # sums of sums of sums: nobody would read what there is to say
        subtotals = [cell for cell in inside if _adds_only(grid, cell, areas, inside)]
        if subtotals:
            yield (grid.sheet.name, *at), _doubled_at(grid, at, areas, subtotals)


def _perhaps_doubled(grid: FormulaGrid, lines: _SumsByLine) -> list[tuple[int, int]]:
    """The sums that reach columns in which there are sums, row by row: few of 100,000 row sums do."""
    found: list[tuple[int, int]] = []
    for shape, copies in grid.copies.items():
        if shape.sum is not None and not shape.sum.nested:
            for column, rows in copies.by_column.items():
                if any(lines.reach(one.left.at(column), one.right.at(column)) for one in shape.sum.references):
                    found += ((row, column) for row in rows)
    return sorted(found)


class _SumsByLine:
    """The sums that add up their own column, and those that add up their own row: their rows by column, ascending."""

    def __init__(self, grid: FormulaGrid) -> None:
        self._down: dict[int, list[int]] = {}
        self._across: dict[int, list[int]] = {}
        for shape, copies in grid.copies.items():
            if shape.sum is not None and all(ref.sheet is None for ref in shape.sum.references):
                for column, rows in copies.by_column.items():
                    self._add(shape.sum, rows, column)
        for lines in (self._down, self._across):
            for positions in lines.values():
                positions.sort()

    def _add(self, one: Sum, rows: Sequence[int], column: int) -> None:
        if _adds_own_column(one, column):
            self._down.setdefault(column, []).extend(rows)
        elif _is_fixed(one):
            self._across.setdefault(column, []).extend(row for row in rows if _adds_own_row(one, row))
        elif _adds_own_row(one, rows[0]):
            self._across.setdefault(column, []).extend(rows)

    def reach(self, left: int, right: int) -> bool:
        """Whether there are any from one column to the other."""
        return any(left <= column <= right for lines in (self._down, self._across) for column in lines)

    def is_alone(self, at: tuple[int, int]) -> bool:
        """Whether no other stands in its line."""
        row, column = at
        if _between(self._down.get(column, ()), row, row):
            return len(self._down[column]) == 1
        return self._across_at(row, 1, MAX_COLUMN) == [column]

    def _across_at(self, row: int, left: int, right: int) -> list[int]:
        columns = (column for column in self._across if left <= column <= right)
        return [column for column in columns if _between(self._across[column], row, row)]

    def within(self, areas: list[Area]) -> Iterator[tuple[int, int]]:
        """Those that stand in these areas: of columns in an area of several rows or in a cell, of rows in a row."""
        for area in areas:
            if area.right - area.left > 500:
                continue
            if area.top < area.bottom or area.left == area.right:
                for column in (column for column in self._down if area.left <= column <= area.right):
                    yield from ((row, column) for row in _between(self._down[column], area.top, area.bottom))
            else:
                yield from ((area.top, column) for column in self._across_at(area.top, area.left, area.right))


def _between(positions: Sequence[int], first: int, last: int) -> Sequence[int]:
    return positions[bisect_left(positions, first) : bisect_right(positions, last)]


def _is_fixed(one: Sum) -> bool:
    """Whether the sum's references have a $, so that its copies do not all lie the same way to what they add."""
    return any(edge.fixed for ref in one.references for edge in (ref.top, ref.left, ref.bottom, ref.right))


def _adds_own_column(one: Sum, column: int) -> bool:
    return all(ref.left.at(column) == ref.right.at(column) == column for ref in one.references)


def _adds_own_row(one: Sum, row: int) -> bool:
    return all(ref.top.at(row) == ref.bottom.at(row) == row for ref in one.references)


def _adds_only(grid: FormulaGrid, at: tuple[int, int], areas: list[Area], sums: set[tuple[int, int]]) -> bool:
    """Whether the sum at this cell adds nothing but cells that the areas hold too, at least one of them a number."""
    own = grid.sums[at].areas(grid.sheet.name, *at)
    if own is None or not all(any(_holds(area, part) for area in areas) for part in own):
        return False
    cells = (cell for part in own if part.size <= _LARGEST for cell in cells_in(grid.sheet, part))
    return any((isinstance(cell.value, Decimal) and cell.value) or (cell.row, cell.column) in sums for cell in cells)


def _doubled_at(grid: FormulaGrid, at: tuple[int, int], areas: list[Area], subtotals: list[tuple[int, int]]) -> Doubled:
    stated = grid.sheet.value(*at)
    added = {cell: grid.sums[cell].areas(grid.sheet.name, *cell) or [] for cell in subtotals[: _MANY + 1]}
    outer = [cell for cell in subtotals if not _within_another(cell, added)] if len(subtotals) <= _MANY else []
    twice = [grid.sheet.value(*cell) for cell in outer]
    expected = None
    if outer and isinstance(stated, Decimal) and all(isinstance(value, Decimal) for value in twice):
        expected = stated - sum((value for value in twice if isinstance(value, Decimal)), Decimal(0))
    rows = Area(
        min(area.top for area in areas),
        min(area.left for area in areas),
        max(area.bottom for area in areas),
        max(area.right for area in areas),
    )
    known = stated if isinstance(stated, Decimal) and expected is not None else None
    return Doubled(grid.shapes[at], rows, tuple(sorted(subtotals)), known, expected)


def _within_another(cell: tuple[int, int], added: Mapping[tuple[int, int], list[Area]]) -> bool:
    """Whether another of the subtotals already holds this one; `added` is what each adds."""
    return any(area.holds(*cell) for other, areas in added.items() if other != cell for area in areas)


# --- Left out, in a table ---------------------------------------------------------------------------------------------


def _missed_across(subject: Subject) -> Iterator[tuple[Key, Missed]]:
    """The row totals that leave out years which the others in their column add."""
    grids = {grid.sheet.name: grid for grid in formulas(subject).grids}
    for table in subject.reading.budget.measure_tables:
        grid = grids.get(table.sheet)
        for column in table.total_columns if grid is not None else ():
            cells = [(measure.at.row, column.at.column) for measure in table.measures]
            added = _years_added_at(grid, cells) if grid is not None else {}
            usual, count = Counter(added.values()).most_common(1)[0] if added else (frozenset[int](), 0)
            for at, years in added.items():
                if years < usual and count > 1 and grid is not None:
                    yield from _short(grid, at, years, usual)


def _years_added_at(grid: FormulaGrid, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], frozenset[int]]:
    """What the sums at these cells of one column add; copies are looked at once."""
    known: dict[int, frozenset[int]] = {}
    found: dict[tuple[int, int], frozenset[int]] = {}
    for at in cells:
        one = grid.sums.get(at)
        years = None if one is None else known.get(id(one))
        if one is not None and years is None:
            years = _years_added(grid, at)
            if not _is_fixed(one):
                known[id(one)] = years
        if years:
            found[at] = years
    return found


def _years_added(grid: FormulaGrid, at: tuple[int, int]) -> frozenset[int]:
    """The columns that a sum adds in its own row, () where it is another sort of formula."""
    one = grid.sums.get(at)
    areas = one.areas(grid.sheet.name, *at) if one is not None and not one.nested else None
    if not areas or any(area.top != at[0] or area.bottom != at[0] or area.right - area.left > 500 for area in areas):
        return frozenset()
    return frozenset(column for area in areas for column in range(area.left, area.right + 1))


def _short(
    grid: FormulaGrid, at: tuple[int, int], years: frozenset[int], usual: frozenset[int]
) -> Iterator[tuple[Key, Missed]]:
    row, sheet = at[0], grid.sheet
    left_out = {column: sheet.value(row, column) for column in sorted(usual - years)}
    amounts = {column: value for column, value in left_out.items() if isinstance(value, Decimal) and value}
    cell = sheet.cells[at]
    if amounts:
        yield (
            (sheet.name, *at),
            Missed(
                shape=grid.shapes[at],
                formula=(cell.formula or "").removeprefix("="),
                cells=tuple((row, column) for column in amounts),
                covered=tuple(grid.sums[at].areas(sheet.name, *at) or ()),
                expected=Area(row, min(usual), row, max(usual)),
                amount=sum(amounts.values(), Decimal(0)),
            ),
        )


def _missed_in_table(subject: Subject, cell: TotalCell) -> Missed | None:
    reach = coverage(cell)
    shape = formulas(subject).shape(cell.at)
    if reach is None or shape is None:
        return None
    if not reach.reached:
        return _other_column(subject, cell, reach, shape)
    missed = [line for line in reach.missed if line in cell.lines and _has_amounts(cell.lines[line])]
    if not missed or len(missed) > len(reach.reached):
        return None
    amounts = [cell.lines[line][cell.index].stated or Decimal(0) for line in missed]
    areas = cell.sum.areas(cell.at.sheet, cell.at.row, cell.at.column) if cell.sum else None
    whole = (*reach.reached, *missed)  # a heading without amounts above them need not be added
    return Missed(
        shape=shape,
        formula=cell.amount.formula or "",
        cells=tuple(map(cell.place, missed)),
        covered=tuple(areas or ()),
        expected=Area(*cell.place(min(whole)), *cell.place(max(whole))),
        amount=sum(amounts, Decimal(0)),
    )


def _other_column(subject: Subject, cell: TotalCell, reach: Coverage, shape: Shape) -> Missed | None:
    """A sum over another year's column, where it should be over its own; be it that of the other side (Ertrag,
    Aufwand), whose years stand between its own."""
    tables = [cell.table, *subject.reading.budget.measure_tables]
    beside = [one for one in tables if one.sheet == cell.table.sheet and one.header_rows == cell.table.header_rows]
    years = {column.at.column for table in beside for column in table.columns}
    columns = {column for area in reach.elsewhere for column in (area.left, area.right)}
    rows = (
        0 if cell.across else sum(any(area.top <= row <= area.bottom for area in reach.elsewhere) for row in cell.parts)
    )
    if len(columns) != 1 or not columns <= years or rows < 2:
        return None
    (column,) = columns
    tops, bottoms = zip(*((area.top, area.bottom) for area in reach.elsewhere), strict=True)
    other = Area(min(tops), column, max(bottoms), column)
    return Missed(shape, cell.amount.formula or "", (), (other,), cell.own_range, Decimal(0), other_column=other)


def _has_amounts(amounts: tuple[Amount, ...]) -> bool:
    return any(amount.stated is not None for amount in amounts)


# --- Left out, on any sheet -------------------------------------------------------------------------------------------


def _missed_on_sheet(grid: FormulaGrid, words: Vocabulary) -> Iterator[tuple[Key, Missed]]:
    by_row: dict[int, dict[int, Area]] = {}
    for shape, cells in grid.copies.items():
        if shape.sum is not None and _is_one_range(shape.sum):
            for row, column in cells:
                own = _own_range(shape.sum, row, column)
                if own is not None:
                    by_row.setdefault(row, {})[column] = own
    for row, ranges in by_row.items():
        reaches = Counter((area.top, area.bottom) for area in ranges.values())
        for column, area in ranges.items():
            whole = _range_of_the_neighbours(grid, ranges, reaches, column, words) if len(reaches) > 1 else None
            whole = whole or _range_up_to_the_sum(grid, row, area, words) or _range_from_the_heading(grid, area, words)
            if whole is None:
                continue
            left_out = [
                cell
                for line in (*range(whole.top, area.top), *range(area.bottom + 1, whole.bottom + 1))
                if (cell := grid.sheet.cells.get((line, column))) is not None and isinstance(cell.value, Decimal)
            ]
            if left_out and not _closes_the_gap(grid, row, column, whole, left_out):
                yield (grid.sheet.name, row, column), _missed_at(grid, (row, column), area, whole, left_out)


def _other_columns_on_sheet(grid: FormulaGrid) -> Iterator[tuple[Key, Missed]]:
    """The sums that add once more what the sum beside them adds, instead of the numbers above themselves."""
    for shape, cells in grid.copies.items():
        if shape.sum is None or not _is_one_range(shape.sum):
            continue
        one = shape.references[0]
        if one.left != one.right or not (one.left.fixed or one.left.number):
            continue  # more than one column, or its own
        for row, column in cells:
            area = one.area(row, column)
            if area.left in (0, column) or area.top < 1 or not 1 <= area.bottom - area.top < _LONG:
                continue
            twin = grid.shapes.get((row, area.left))
            own = area._replace(left=column, right=column)
            if twin is None or twin.sum is None or not _is_one_range(twin.sum) or area.bottom >= row:
                continue
            if twin.references[0].area(row, area.left) == area and _is_full(grid, own):
                yield (
                    (grid.sheet.name, row, column),
                    Missed(shape, grid.sheet.cells[row, column].formula or "", (), (area,), own, Decimal(0), area),
                )


def _is_full(grid: FormulaGrid, area: Area) -> bool:
    """Whether most of its cells hold numbers."""
    numbers = sum(isinstance(cell.value, Decimal) for cell in cells_in(grid.sheet, area))
    return numbers > 1 and 2 * numbers > area.bottom - area.top


def _missed_at(grid: FormulaGrid, at: tuple[int, int], area: Area, whole: Area, cells: list[Cell]) -> Missed:
    amounts = (cell.value for cell in cells if isinstance(cell.value, Decimal))
    return Missed(
        shape=grid.shapes[at],
        formula=grid.sheet.cells[at].formula or "",
        cells=tuple((cell.row, cell.column) for cell in cells),
        covered=(area,),
        expected=whole,
        amount=sum(amounts, Decimal(0)),
    )


def _own_range(one: Sum, row: int, column: int) -> Area | None:
    """The single range above it, in its own column, that a cell adds; None where it lies elsewhere."""
    area = one.references[0].area(row, column)
    if area.left != column or area.right != column or area.bottom >= row:
        return None
    return area if area.bottom - area.top >= 1 and area.size <= _LARGEST else None


def _is_one_range(one: Sum) -> bool:
    """Whether the sum is a single range of more than one row on its own sheet."""
    if len(one.references) != 1 or one.constants or one.nested or one.references[0].sheet is not None:
        return False
    return one.references[0].top != one.references[0].bottom


def _range_of_the_neighbours(
    grid: FormulaGrid, ranges: dict[int, Area], reaches: Counter[tuple[int, int]], column: int, words: Vocabulary
) -> Area | None:
    """What the sums beside it reach where it reaches less: nearly all of them, or one of them over rows of amounts."""
    area = ranges[column]
    own = (area.top, area.bottom)
    wider = [one for one in reaches if one[0] <= own[0] and own[1] <= one[1] and one != own]
    if len(ranges) < 3 or len(wider) != 1:
        return None
    ((top, bottom),) = wider
    beside = [(ranges[at].top, ranges[at].bottom) for at in (column - 1, column + 1) if at in ranges]
    if reaches[top, bottom] * 4 >= (len(ranges) - 1) * 3 and (top, bottom) in beside:
        return Area(top, column, bottom, column)
    lines = [*range(top, area.top), *range(area.bottom + 1, bottom + 1)]
    near = {at: ranges[at] for at in range(column - 8, column + 9) if at in ranges}
    if len(lines) > 3 or not all(_is_row_of_amounts(grid, line, near, words) for line in lines):
        return None
    if all(is_no_part(grid, line, area) for line in lines):
        return None  # then it is the other sum that reaches too far
    return Area(top, column, bottom, column)


def _is_row_of_amounts(grid: FormulaGrid, row: int, ranges: dict[int, Area], words: Vocabulary) -> bool:
    """Whether the row has a label and a number, 0 included, in each of the columns, and they are no years."""
    values = [grid.sheet.value(row, column) for column in ranges]
    numbers = [value for value in values if isinstance(value, Decimal)]
    label = _label(grid, row, min(ranges))
    if len(numbers) < len(values) or label is None or _is_no_part(label, words):
        return False
    return not all(1900 <= value <= 2100 for value in numbers)


def _range_up_to_the_sum(grid: FormulaGrid, row: int, area: Area, words: Vocabulary) -> Area | None:
    """The range grown down to the sum, where at most three typed numbers, all labelled, stand between the two, or
    copies of the one formula that all cells of the range have."""
    between = range(area.bottom + 1, row)
    if not between or len(between) > 3 or len(between) > area.bottom - area.top + 1:
        return None
    last, copied = grid.sheet.cells.get((area.bottom, area.left)), _copied_in(grid, area)
    for line in between:
        cell = grid.sheet.cells.get((line, area.left))
        label = _label(grid, line, area.left)
        if cell is None or not _is_number(cell) or label is None or _is_no_part(label, words):
            return None
        if cell.has_formula and (copied is None or grid.shapes.get((line, area.left)) is not copied):
            return None
        if last is None or cell.style != last.style or not _is_number(last):
            return None
    return Area(area.top, area.left, row - 1, area.left)


def _copied_in(grid: FormulaGrid, area: Area) -> Shape | None:
    """The formula of which all cells of the range are copies, three and more; None where there is no such one."""
    shape = grid.shapes.get((area.top, area.left))
    if shape is None or not _ROWS <= area.bottom - area.top + 1 <= _LONG:
        return None
    alike = all(grid.shapes.get((row, area.left)) is shape for row in range(area.top, area.bottom + 1))
    return shape if alike else None


def _range_from_the_heading(grid: FormulaGrid, area: Area, words: Vocabulary) -> Area | None:
    """The range grown up to the heading, where at most three typed numbers, all labelled, stand between the two; no
    opening balance."""
    column, first = area.left, grid.sheet.cells.get((area.top, area.left))
    if first is None or first.has_formula or not _is_number(first) or not _label(grid, area.top, column):
        return None
    if area.bottom - area.top < _ROWS - 1:
        return None
    top = area.top
    while (cell := grid.sheet.cells.get((top - 1, column))) is not None and isinstance(cell.value, Decimal):
        label = _label(grid, top - 1, column)
        if cell.has_formula or cell.style != first.style or label is None or area.top - top == _ROWS:
            return None
        if not _is_number(cell) or _is_no_part(label, words) or _OPENING.search(fold(label)):
            return None
        top -= 1
    return None if top == area.top else area._replace(top=top)


def _closes_the_gap(grid: FormulaGrid, row: int, column: int, whole: Area, left_out: list[Cell]) -> bool:
    """Whether the stored value is the sum of the wider range all the same: then the file's values are not its own."""
    if not any(cell.value for cell in left_out):
        return False
    stated = grid.sheet.value(row, column)
    values = [cell.value for cell in cells_in(grid.sheet, whole) if isinstance(cell.value, Decimal)]
    return isinstance(stated, Decimal) and same_money(stated, sum(values, Decimal(0)))


def _label(grid: FormulaGrid, row: int, column: int) -> str | None:
    """The first text to the left in the row."""
    for at in range(column - 1, 0, -1):
        value = grid.sheet.value(row, at)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _is_no_part(label: str, words: Vocabulary) -> bool:
    """Whether a row so labelled is not for adding: "davon", "nachrichtlich", a total, a difference, a share."""
    folded = fold(label).lstrip(" -–•·")
    first = folded.rstrip(" :").split(" ")[0]
    return bool(
        words.memo.match(folded) or words.difference.search(folded) or first in words.total or first in words.balance
    )


def _is_number(cell: Cell) -> bool:
    return isinstance(cell.value, Decimal) and cell.value != 0


def _holds(area: Area, part: Area) -> bool:
    return area.holds(part.top, part.left) and area.holds(part.bottom, part.right)
