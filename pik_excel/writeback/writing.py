"""How do plans become a workbook? Cells are spliced in; what ends at the last column goes on to the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.structured import table_heading
from pik_excel.grid.workbook import Workbook
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Stand, Stored, Text
from pik_excel.ooxml.italics import Italics
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices, patched
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.table_columns import column_formulas, with_table_column_renamed
from pik_excel.ooxml.widen import Appended, widened
from pik_excel.records import dataclass
from pik_excel.writeback.confirmation import confirmed
from pik_excel.writeback.page import turned
from pik_excel.writeback.plan import NewCell, Plan
from pik_excel.writeback.refresh import stand
from pik_excel.writeback.relocation import Relocation


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell that was written: its formula without "=" (None for a heading) and what is stored with it, as plain text
    in the unit of its table ("66"); None where the value could not be computed with certainty."""

    at: Address
    formula: str | None
    value: str | None


@dataclass(frozen=True)
class Outcome:
    """The workbook with the plans in it, the cells of the plans, and the sheets that were set to landscape."""

    package: Package
    edits: tuple[CellEdit, ...] = ()
    turned: tuple[str, ...] = ()
    followers: tuple[CellEdit, ...] = ()  # values of other formulas, which read what was written

    @property
    def cells(self) -> tuple[WrittenCell, ...]:
        """What was written, for people."""
        return cells_of(self.edits)

    @property
    def not_evaluated(self) -> tuple[Address, ...]:
        """Formulas that have no stored value, or have none any more."""
        return tuple(_at(edit) for edit in (*self.edits, *self.followers) if _has_no_value(edit.content))


def cells_of(edits: Iterable[CellEdit]) -> tuple[WrittenCell, ...]:
    """What the edits write, for people."""
    return tuple(_written(edit) for edit in edits if not isinstance(edit.content, Blank))


def written(package: Package, workbook: Workbook, plans: Sequence[Plan]) -> Outcome:
    """Write the plans; `workbook` is what stands in the package. Raises `NotWritten`, see `confirmed`."""
    if not any(plan.cells for plan in plans):
        return Outcome(package)
    result = confirmed(workbook, plans)
    italics = Italics(package)
    planned = [_planned(plan, workbook, italics, result.values) for plan in plans]
    styles = italics.splices()
    edits = [edit for one in planned for edit in one.edits]
    sheets: list[str] = []
    rounds = _together(planned)
    for place, group in enumerate(rounds, 1):
        followers = result.followers if place == len(rounds) else ()
        package, landscape = _appended(package, workbook, group, styles, followers)
        styles = {}
        for one in group:
            package = _renamed(package, one.titles)
        sheets += landscape
    if any(one.titles for one in planned):
        there = read_workbook(package)
        edits = [_as_it_stands(_at(edit), edit, there) for edit in edits]
    turned_ones = (one.sheet for one in planned if one.sheet in sheets)
    return Outcome(package, tuple(edits), tuple(dict.fromkeys(turned_ones)), result.followers)


@dataclass(frozen=True)
class _Planned:
    """A plan with the cells to write; `titles` are those that rename a column of an Excel table and go with it, `rest`
    the others."""

    plan: Plan
    edits: list[CellEdit]
    titles: list[CellEdit]
    rest: list[CellEdit]

    @property
    def sheet(self) -> str:
        return self.plan.extension.table.sheet


def _planned(plan: Plan, workbook: Workbook, italics: Italics, values: Mapping[Address, Stand]) -> _Planned:
    edits = list(_edits(plan, workbook, italics, values))
    titles = [edit for edit in edits if _renames_column(edit, workbook)]
    return _Planned(plan, edits, titles, [edit for edit in edits if edit not in titles] if titles else edits)


def _together(planned: Iterable[_Planned]) -> list[list[_Planned]]:
    """The plans in their order, those together that are spliced in one go: each writes cells of its own, and comes on
    its sheets not before the columns of Excel tables there that an earlier one renames."""
    rounds: list[list[_Planned]] = []
    cells: dict[Address, int] = {}
    sheets: dict[str, int] = {}
    for one in planned:
        own = {one.sheet, *(edit.sheet for edit in one.edits)}
        again = 1 + max((cells[at] for at in one.plan.cells.keys() & cells.keys()), default=-1)
        place = max(again, *(sheets.get(sheet, 0) for sheet in own))
        rounds += [[] for _missing in range(len(rounds), place + 1)]
        rounds[place].append(one)
        cells |= dict.fromkeys(one.plan.cells, place)
        sheets |= dict.fromkeys(own, place + 1) if one.titles else {}
    return rounds


def joined(first: Outcome, last: Outcome, where: Relocation) -> Outcome:
    """Two steps as one, each cell as it stands in the end; between them columns were inserted (`where`)."""
    if not first.edits:
        return last
    workbook = read_workbook(last.package)
    later = {_at(edit) for edit in last.edits}
    earlier = [_as_it_stands(where.address(_at(edit)), edit, workbook) for edit in first.edits]
    edits = (*(edit for edit in earlier if _at(edit) not in later), *last.edits)
    followers = [_as_it_stands(where.address(_at(edit)), edit, workbook) for edit in first.followers]
    sheets = tuple(dict.fromkeys((*first.turned, *last.turned)))
    return Outcome(last.package, edits, sheets, (*followers, *last.followers))


def _as_it_stands(at: Address, edit: CellEdit, workbook: Workbook) -> CellEdit:
    cell, content = workbook.cell(at), edit.content
    if isinstance(content, Formula) and cell is not None:
        content = Formula(cell.formula or "", stand(cell.value))
    return CellEdit(*at, content, edit.style)


def _renames_column(edit: CellEdit, workbook: Workbook) -> bool:
    """Whether it gives a column of an Excel table another name: "2027 ff." becomes "2030 ff."."""
    sheet = workbook.sheet(edit.sheet)
    if sheet is None or not sheet.tables or not isinstance(edit.content, Text):
        return False
    name = table_heading(sheet.tables, edit.row, edit.column)
    return name is not None and edit.content.value != name


def _renamed(package: Package, titles: Sequence[CellEdit]) -> Package:
    for edit in titles:
        assert isinstance(edit.content, Text)
        package = with_table_column_renamed(package, edit.sheet, edit.row, edit.column, edit.content.value)
    return package


def _style(at: Address, new: NewCell, workbook: Workbook, italics: Italics) -> int | None:
    """The format of the cell: what a rule gives is told apart from what is stated."""
    if not new.projected:
        return new.style
    style = new.style
    if style is None:
        there = workbook.cell(at)
        style = there.style if there is not None else 0
    return italics.of(style)


def _edits(plan: Plan, workbook: Workbook, italics: Italics, values: Mapping[Address, Stand]) -> Iterator[CellEdit]:
    """The cells of the plan, with the values to store."""
    known: dict[int, Formula] = {}  # a rule gives the same in many years, as one cell of the plan
    for at, new in plan.cells.items():
        content = new.content
        if isinstance(content, Formula) and at in values:
            same = known.get(id(new), content)
            content = same if same.stored is values[at] else Formula(content.text, values[at])
            known[id(new)] = content
        yield CellEdit(*at, content, _style(at, new, workbook, italics))


def _appended(
    package: Package,
    workbook: Workbook,
    group: Sequence[_Planned],
    styles: PartSplices,
    followers: Sequence[CellEdit],
) -> tuple[Package, list[str]]:
    """The package with the new cells, and with what ends at the last column going on to the new ones; and the sheets
    whose page had to be turned for them. `styles` are those that the cells need besides, `followers` edits
    elsewhere."""
    splices: dict[str, list[Splice]] = {part: list(given) for part, given in styles.items()}
    landscape = []
    by_sheet: dict[str, list[_Planned]] = {}
    for one in group:
        by_sheet.setdefault(one.sheet, []).append(one)
    for sheet, own in by_sheet.items():
        wider = [(one, new) for one in own if (new := _new_cells(one))]
        turn: PartSplices = {}
        if wider:
            turn = turned(package, sheet, _right(workbook, sheet, [one.plan.extension.area for one, _new in wider]))
        landscape += [sheet] if turn else []
        grown = widened(package, sheet, [_appended_columns(one, new) for one, new in wider])
        formulas = column_formulas(package, sheet, [edit for one in own for edit in one.rest])
        for part, given in (*grown.items(), *turn.items(), *formulas.items()):
            splices.setdefault(part, []).extend(given)
    edits = [edit for one in group for edit in one.rest]
    return patched(package, [*edits, *followers], splices), landscape


def _new_cells(one: _Planned) -> list[CellEdit]:
    """The cells in the new columns, where any of them is within the table."""
    area, edits = one.plan.extension.area, one.rest
    if not any(edit.sheet == one.sheet and area.holds(edit.row, edit.column) for edit in edits):
        return []
    return [edit for edit in edits if edit.sheet == one.sheet and area.left <= edit.column <= area.right]


def _appended_columns(one: _Planned, new: Sequence[CellEdit]) -> Appended:
    """What ends at the last column goes on to the new ones, in which these cells are."""
    extension = one.plan.extension
    filled = {(edit.row, edit.column) for edit in new if not isinstance(edit.content, Blank)}
    top = min(edit.row for edit in new)
    return Appended(extension.last.at.column, len(extension.years), top, extension.area.bottom, filled)


def _right(workbook: Workbook, sheet: str, areas: Sequence[Area]) -> int:
    """The last column that says something in the rows of these tables, new ones with it."""
    found = workbook.sheet(sheet)
    there = found.cells.by_row if found is not None else {}
    numbers = {number for area in areas for number in range(area.top, area.bottom + 1)}
    rows = [there[number] for number in numbers & there.keys()]
    filled = (pair for row in rows for pair in zip(row.form.columns, row.values, strict=True))
    last = max((column for column, value in filled if value is not None), default=0)
    return max(last, *(area.right for area in areas))


def _written(edit: CellEdit) -> WrittenCell:
    content = edit.content
    if isinstance(content, Formula):
        return WrittenCell(_at(edit), content.text, _plain(content.stored))
    return WrittenCell(_at(edit), None, _plain(content.value) if isinstance(content, Number | Text) else None)


def _plain(value: Stand) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, str) else None


def _at(edit: CellEdit) -> Address:
    return Address(edit.sheet, edit.row, edit.column)


def _has_no_value(content: Content) -> bool:
    return (isinstance(content, Formula) and content.stored is None) or (
        isinstance(content, Stored) and content.value is None
    )
