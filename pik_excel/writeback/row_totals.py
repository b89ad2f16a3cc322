"""Which row totals must count the new years too, and which formulas stay as they are for a person to judge?

A column inserted right after the last cell of `SUM(B5:D5)` is not in it: neither does Excel let the range grow. So sums
over the years are extended, ranges (`SUM(B5:D5)`), lists (`SUM(B5,C5,D5)`) and plain ones (`B5+C5+D5`). Whatever else
reads the last year (`D5-C5`, "Summe 2020/2021") keeps what it says, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pik_excel.grid.formula import Corner, cut_at_own_row, pieces
from pik_excel.grid.reference import Address, Area, column_letters
from pik_excel.grid.structured import TableColumns, column_references
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.recalc.syntax import Call, Node, Operation, Reference, Structured, parse, walk
from pik_excel.records import dataclass
from pik_excel.writeback.extension import Extension
from pik_excel.writeback.filling import area_in_table, own_table

_NAMES_A_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class RowTotals:
    """The formulas that grow, by cell, and by cell in a sentence those that stay, one for each column."""

    grown: dict[Address, str]
    stay: dict[Address, str]


def row_totals(extension: Extension, workbook: Workbook) -> RowTotals:
    """What becomes of the formulas beside the years, in the rows of the table."""
    sheet = workbook.sheet(extension.table.sheet)
    assert sheet is not None
    grown: dict[Address, str] = {}
    stay: dict[int, tuple[Address, str]] = {}
    alike: dict[tuple[int, tuple[str, ...]], tuple[str, ...] | None] = {}  # of formulas over their own row, by column
    last = column_letters(extension.last.at.column)
    for cell in _beside(extension, sheet):
        formula, at = cell.formula or "", sheet.address(cell.row, cell.column)
        if last not in formula.upper() and "[" not in formula:
            continue  # it cannot end at the last year
        cut = cut_at_own_row(formula, cell.row)
        key = cell.column, cut or ()
        if cut is not None and key in alike:
            texts = alike[key]
            if texts is not None:
                grown[at] = str(cell.row).join(texts)
            continue
        tree = parse(formula, at.row, at.column)
        reads = _reads_last_year(tree, at, extension, workbook)
        stays = not reads or _names_its_years(cell.column, extension, sheet)
        new = None if stays else _with_years(formula, tree, at, extension, workbook)
        if new is not None:
            grown[at] = new
        elif reads:
            stay.setdefault(cell.column, (at, formula))
        again = cut_at_own_row(new, cell.row) if new is not None else None
        if cut is not None and (new is None or again is not None):
            alike[key] = again
    return RowTotals(grown, dict([*_staying(stay, extension, sheet), *_typed(extension, sheet)]))


def _with_years(formula: str, tree: Node, at: Address, extension: Extension, workbook: Workbook) -> str | None:
    """The sum over the years with the new ones in it; None where it is no such sum."""
    if not _is_sum(tree, extension, at, workbook):
        return None
    if any(isinstance(node, Structured) for node in walk(tree)):
        formula = _with_years_of_table(formula, at, extension, workbook)
    last, new = extension.last.at.column, tuple(extension.columns.values())
    cut = list(pieces(formula))
    written: list[str] = []
    for index, piece in enumerate(cut):
        written.append(str(piece))
        if isinstance(piece, Corner) and piece.column == last:
            if index > 1 and cut[index - 1] == ":":
                written[-1] = str(piece._replace(column=new[-1]))
            elif cut[index + 1 : index + 2] != [":"]:
                sign = _between("".join(written[:-1]))
                written += [sign + str(piece._replace(column=column)) for column in new]
    return "".join(written)


def _with_years_of_table(formula: str, at: Address, extension: Extension, workbook: Workbook) -> str:
    """The same for columns of an Excel table: `Vorhaben[[#This Row],[2020]:[2021]]`."""
    sheet = workbook.sheet(at.sheet)
    assert sheet is not None
    last, written = extension.last.at.column, ""
    for piece in column_references(formula, own_table(at, workbook)):
        if not isinstance(piece, TableColumns):
            written += piece
            continue
        table = next((one for one in sheet.tables if (place := piece.place(one)) and place[1] == last), None)
        if table is None:
            written += str(piece)
            continue
        names = [table.columns[column - table.area.left] for column in extension.columns.values()]
        if piece.first != piece.last:
            written += str(piece._replace(last=names[-1]))
        else:
            sign = _between(written)
            written += sign.join(str(piece._replace(first=name, last=name)) for name in (piece.first, *names))
    return written


def _is_sum(tree: Node, extension: Extension, at: Address, workbook: Workbook) -> bool:
    """Whether it adds nothing but cells of the table's rows, the last year and all others of its kind among them."""
    last, rows = extension.last, extension.area
    areas = []
    for one in _added(tree):
        area = _area(one, at, workbook) if one is not None else None
        if area is None:
            return False
        areas.append(area)
    alike = {column.at.column for column in extension.closed if column.year.kind is last.year.kind}
    counted = {column for area in areas for column in range(area.left, area.right + 1)}
    ends = any(area.right == last.at.column for area in areas)
    inside = all(rows.top <= area.top and area.bottom <= rows.bottom for area in areas)
    return ends and inside and alike <= counted and len(counted) > 1


def _area(one: Reference | Structured, at: Address, workbook: Workbook) -> Area | None:
    """The cells of the same sheet that are meant."""
    if isinstance(one, Structured):
        return area_in_table(one, at, workbook)
    return one.area(at.row, at.column) if one.sheet in {None, at.sheet} else None


def _added(node: Node) -> Iterator[Reference | Structured | None]:
    """The references that are added up; None for anything else."""
    match node:
        case Operation("+", left, right):
            yield from _added(left)
            yield from _added(right)
        case Call("SUM", arguments):
            yield from (one if isinstance(one, Reference | Structured) else None for one in arguments)
        case Reference(single=True) | Structured():
            yield node
        case _:
            yield None


def _between(before: str) -> str:
    """What parts the cells of a sum at this place: a comma within SUM, else a plus."""
    opened: list[str] = []
    for found in re.finditer(r"(SUM)?\(|\)", before, re.IGNORECASE):
        if found[0] == ")":
            opened = opened[:-1]
        else:
            opened.append("," if found[1] else "+")
    return opened[-1] if opened else "+"


def _beside(extension: Extension, sheet: Sheet) -> Iterator[Cell]:
    """The formulas in the rows of the table that stand in no column of a year."""
    table, new = extension.table, extension.area
    years = {column.at.column for column in (*table.columns, *table.memo_columns)}
    below = max([extension.last.at.row, *table.header_rows])
    formulas = sheet.cells.in_rows(below + 1, new.bottom).formulas()
    places = sorted((row, column) for row, column, _formula in formulas)
    yield from (sheet.cells[at] for at in places if at[1] not in years and not new.holds(*at))


def _reads_last_year(tree: Node, at: Address, extension: Extension, workbook: Workbook) -> bool:
    """Whether a reference ends at the last year, so that the new ones are not in it."""
    last, rows = extension.last.at.column, extension.area
    taken = (one for one in walk(tree) if isinstance(one, Reference | Structured))
    areas = [area for one in taken if (area := _area(one, at, workbook)) is not None]
    if not any(area.right == last and rows.top <= area.bottom and area.top <= rows.bottom for area in areas):
        return False
    return not any(_covers(area, rows) for area in areas)


def _covers(area: Area, new: Area) -> bool:
    return area.left <= new.left and new.right <= area.right


def _names_its_years(column: int, extension: Extension, sheet: Sheet) -> bool:
    return _NAMES_A_YEAR.search(_heading(column, extension, sheet)) is not None


def _heading(column: int, extension: Extension, sheet: Sheet) -> str:
    values = (sheet.value(row, column) for row in extension.table.header_rows)
    return " ".join(" ".join(str(value).split()) for value in values if value is not None)


def _staying(stay: dict[int, tuple[Address, str]], extension: Extension, sheet: Sheet) -> Iterator[tuple[Address, str]]:
    for column, (at, formula) in sorted(stay.items()):
        text = _("die Spalte „{heading}“ bleibt, wie sie ist (={formula}), ohne {years}.")
        heading = _heading(column, extension, sheet)
        yield at, text.format(heading=heading, formula=formula, years=span(extension.years))


def _typed(extension: Extension, sheet: Sheet) -> Iterator[tuple[Address, str]]:
    """Totals of years that somebody typed in."""
    for column in extension.table.total_columns:
        rows = range(extension.area.top, extension.area.bottom + 1)
        cells = [cell for row in rows if (cell := sheet.cells.get((row, column.at.column))) is not None]
        typed = [cell for cell in cells if not isinstance(cell.value, str | None) and not cell.has_formula]
        if typed:
            text = _("die Spalte „{heading}“ ist eingetippt und enthält {years} nicht.")
            at = sheet.address(typed[0].row, typed[0].column)
            yield at, text.format(heading=column.label, years=span(extension.years))


def span(years: Sequence[int]) -> str:
    """ "2022", "2022 bis 2025"."""
    if len(years) == 1:
        return str(years[0])
    return _("{first} bis {last}").format(first=years[0], last=years[-1])
