"""How do plans become a workbook? Cells are spliced in; what ends at the last column goes on to the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.grid.structured import table_heading
from pik_excel.grid.workbook import Workbook
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Stand, Stored, Text
from pik_excel.ooxml.italics import Italics
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import PartSplices, patched
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.table_columns import column_formulas, with_table_column_renamed
from pik_excel.ooxml.widen import widened
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
    edits: list[CellEdit] = []
    sheets: list[str] = []
    italics = Italics(package)
    planned = [(plan, list(_edits(plan, workbook, italics, result.values))) for plan in plans]
    styles = italics.splices()
    renamed = False
    for place, (plan, own) in enumerate(planned, 1):
        titles = [edit for edit in own if _renames_column(edit, workbook)]
        rest = [edit for edit in own if edit not in titles] if titles else own
        renamed = renamed or bool(titles)
        followers = result.followers if place == len(planned) else ()
        package, landscape = _appended(package, workbook, plan, rest, styles, followers)
        styles = {}
        package = _renamed(package, titles)
        edits += own
        sheets += [plan.extension.table.sheet] if landscape else []
    if renamed:
        there = read_workbook(package)
        edits = [_as_it_stands(_at(edit), edit, there) for edit in edits]
    return Outcome(package, tuple(edits), tuple(dict.fromkeys(sheets)), result.followers)


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
    plan: Plan,
    edits: list[CellEdit],
    styles: PartSplices,
    followers: Sequence[CellEdit],
) -> tuple[Package, bool]:
    """The package with the new cells, and with what ends at the last column going on to the new ones; and whether the
    page had to be turned for them. `styles` are those that the cells need besides, `followers` edits elsewhere."""
    sheet, area = plan.extension.table.sheet, plan.extension.area
    if not any(edit.sheet == sheet and area.holds(edit.row, edit.column) for edit in edits):
        return patched(package, [*edits, *followers], {**styles, **column_formulas(package, sheet, edits)}), False
    new = [edit for edit in edits if edit.sheet == sheet and area.left <= edit.column <= area.right]
    filled = {(edit.row, edit.column) for edit in new if not isinstance(edit.content, Blank)}
    rows = (min(edit.row for edit in new), area.bottom)
    last = plan.extension.last.at.column
    splices: dict[str, list[Splice]] = {
        part: list(given)
        for part, given in widened(package, sheet, last, len(plan.extension.years), rows, filled).items()
    }
    turn = turned(package, sheet, _right(workbook, plan))
    for part, given in (*styles.items(), *turn.items(), *column_formulas(package, sheet, edits).items()):
        splices.setdefault(part, []).extend(given)
    return patched(package, [*edits, *followers], splices), bool(turn)


def _right(workbook: Workbook, plan: Plan) -> int:
    """The last column of the table's rows that says something."""
    sheet, area = workbook.sheet(plan.extension.table.sheet), plan.extension.area
    every = sheet.cells.by_row.items() if sheet is not None else ()
    rows = [row for number, row in every if area.top <= number <= area.bottom]
    filled = (pair for row in rows for pair in zip(row.form.columns, row.values, strict=True))
    return max(area.right, max((column for column, value in filled if value is not None), default=0))


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
