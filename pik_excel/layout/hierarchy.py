"""Which rows are made up of the rows below them? Told by a column of levels, numbering (1, 1.1, 1.2), indentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from itertools import takewhile

from pik_excel.grid.workbook import Value
from pik_excel.layout.page import Page
from pik_excel.layout.rows import Row, Sums, is_sum_formula
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_DEEPEST = 9  # level
_OUTLINE = pattern(r"\s*(\d{1,4}(?:\.\d{1,4})*)(?:\.(?=\s|\Z)|(?=\s)|\Z)")


@dataclass(frozen=True)
class Hierarchy:
    """`parts`: by the number of a row that states the sum of rows below it, those rows. `within`: rows that are named
    below another, indented, and are not in the total although that row is no sum of them: "davon", unsaid."""

    parts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    within: frozenset[int] = frozenset()


def hierarchy_of(
    page: Page, rows: Sequence[Row], kinds: Sequence[str], number_column: int, sums: Sums, level_column: int = 0
) -> Hierarchy:
    """The rows of measures that others are parts of; of totals too, where a column states the level of each row."""
    lines = [row for row, kind in zip(rows, kinds, strict=True) if kind in {"measure", "total"}]
    if level_column and (by_level := _by_levels(page, lines, level_column, sums)):
        return Hierarchy(by_level)
    measures = {row.number for row, kind in zip(rows, kinds, strict=True) if kind == "measure"}
    for depths in (_by_numbers(page, lines, number_column), _by_indent(page, lines)):
        found = _children(lines, depths, measures) if depths else {}
        if not found:
            continue
        by_number = {row.number: row for row in lines}
        fitting = [
            whole
            for whole in found
            if is_sum_formula(by_number[whole], lines[0].number, lines[-1].number) or sums.fits(whole, found[whole])
        ]
        if len(fitting) * 2 >= len(found):
            return Hierarchy({whole: tuple(parts) for whole, parts in found.items()})
        if _totals_leave_out(rows, kinds, found, sums):
            return Hierarchy(within=frozenset(part for parts in found.values() for part in parts))
    return Hierarchy()


def _by_levels(page: Page, lines: Sequence[Row], column: int, sums: Sums) -> dict[int, tuple[int, ...]]:
    """For each row that deeper ones follow, those of the level below it; {} where few of them come out."""
    levels = [page.sheet.value(row.number, column) for row in lines]
    if any(not isinstance(level, Decimal) or not 0 <= level <= _DEEPEST for level in levels):
        return {}
    found: dict[int, tuple[int, ...]] = {}
    for index, row in enumerate(lines):
        deeper = _deeper(levels[index:])
        if deeper:
            found[row.number] = tuple(lines[index + step].number for step in deeper)
    fitting = sum(sums.fits(whole, parts) for whole, parts in found.items())
    return found if fitting * 2 > len(found) else {}


def _deeper(levels: Sequence[Value]) -> list[int]:
    """How far behind the first level those one step below it stand, up to the next that is not below it."""
    steps = list(takewhile(lambda step: _is_deeper(levels[step], levels[0]), range(1, len(levels))))
    return [step for step in steps if levels[step] == levels[1]]


def _is_deeper(level: Value, than: Value) -> bool:
    return isinstance(level, Decimal) and isinstance(than, Decimal) and level > than


def _by_numbers(page: Page, lines: Sequence[Row], number_column: int) -> list[tuple[str, ...]]:
    """The numbering of each row, () where it has none; [] where the table is not numbered in levels."""
    texts = [_numbering(page, row, number_column) for row in lines]
    if not any("." in text[1:] and text[:1].isdigit() for text in texts):
        return []
    matches = (_OUTLINE.match(text) for text in texts)
    found = [tuple(match[1].split(".")) if match else () for match in matches]
    return found if len({len(number) for number in found if number}) > 1 else []


def _numbering(page: Page, row: Row, number_column: int) -> str:
    value = page.sheet.cells.value(row.number, number_column) if number_column else None
    text = "" if value is None else str(value)
    return row.label.lstrip() if not text or text.isspace() else text


def _by_indent(page: Page, lines: Sequence[Row]) -> list[tuple[str, ...]]:
    """How deep each label stands, as a path of that length."""
    columns = {row.labelled for row in lines}
    may_indent = len(columns) > 1 or not columns.isdisjoint(page.indented_columns)
    if not may_indent and not any(row.label[:1].isspace() for row in lines):
        return []
    depths = [_depth(page, row) for row in lines]
    levels = sorted({depth for depth in depths if depth is not None})
    if len(levels) < 2:
        return []
    return [("",) * (levels.index(depth) + 1) if depth is not None else () for depth in depths]


def _depth(page: Page, row: Row) -> tuple[int, int] | None:
    """The column of the label, and its indentation there by format or by blanks."""
    cell = page.cell(row.number, row.labelled)
    if cell is None or not isinstance(cell.value, str):
        return None
    indent = page.indents[cell.style] if cell.style < len(page.indents) else 0
    blanks = len(cell.value) - len(cell.value.lstrip())
    return row.labelled, 3 * indent + blanks


def _children(lines: Sequence[Row], paths: Sequence[tuple[str, ...]], measures: set[int]) -> dict[int, list[int]]:
    """For each measure that deeper ones follow, those next to it in depth."""
    found: dict[int, list[int]] = {}
    open_: list[tuple[tuple[str, ...], int]] = []  # the rows that the next one may be part of
    for row, path in zip(lines, paths, strict=True):
        if row.number not in measures or not path:
            open_ = [] if row.number not in measures else open_
            continue
        while open_ and not (len(open_[-1][0]) < len(path) and path[: len(open_[-1][0])] == open_[-1][0]):
            open_.pop()
        if open_:
            found.setdefault(open_[-1][1], []).append(row.number)
        open_.append((path, row.number))
    return found


def _totals_leave_out(rows: Sequence[Row], kinds: Sequence[str], found: dict[int, list[int]], sums: Sums) -> bool:
    """Whether the last total is the sum of the measures without those that stand deeper."""
    inner = {part for parts in found.values() for part in parts}
    totals = [row.number for row, kind in zip(rows, kinds, strict=True) if kind == "total"]
    outer = [row.number for row, kind in zip(rows, kinds, strict=True) if kind == "measure" and row.number not in inner]
    return bool(totals and outer) and sums.fits(totals[-1], outer)
