"""Does the new file say what was planned, and nothing else?

A difference is a bug of ours, never the user's fault; it is loud, and the file is not handed out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal, InvalidOperation

from pik_excel.ooxml import xml
from pik_excel.ooxml.compare import CellChange, CellState, compared_parts, differing_cells, states
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Formula, Number, Stand, Stored, Text, Truth
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.rowtext import CellText, usual
from pik_excel.records import dataclass


class PlanMissed(AssertionError):
    """The output differs from the plan; it was thrown away."""


@dataclass(frozen=True)
class Plan:
    """What was to happen: the edits, the parts that may differ or go, the cells that became masters."""

    old: Package
    new: Package
    edits: tuple[CellEdit, ...]
    parts: AbstractSet[str]
    removed: AbstractSet[str]
    masters: AbstractSet[tuple[str, int, int]]


def check_against_plan(plan: Plan) -> None:
    """Raise `PlanMissed` unless the new package differs from the old one in exactly the planned way."""
    found = compared_parts(plan.old, plan.new)
    unplanned = {*found.changed} - plan.parts or {*found.added} or {*found.removed} ^ plan.removed
    if unplanned:
        raise PlanMissed(f"parts changed, added or removed without a plan: {sorted(unplanned)}")
    edits = {(edit.sheet.casefold(), edit.row, edit.column): edit for edit in plan.edits}
    masters = {(sheet.casefold(), row, column) for sheet, row, column in plan.masters}
    before: tuple[CellEdit, object] | None = None
    for cell in differing_cells(plan.old, plan.new, found.changed):
        at = (cell.sheet.casefold(), cell.row, cell.column)
        edit = edits.get(at)
        if edit is not None and (_is_the_same(edit, cell.new, before) or _is_as_planned(edit, cell.old, cell.new)):
            before = edit, cell.new
            del edits[at]
            continue
        change = cell.change
        if change.old == change.new:
            continue
        if edit is not None:
            _check_edit(edit, change)
            del edits[at]
        elif at in masters:
            _check_only_formula_text(change)
        else:
            raise PlanMissed(f"{change} changed without a plan: {change.old} -> {change.new}")
    _check_unchanged(plan.new, tuple(edits.values()))


def _is_the_same(edit: CellEdit, new: object, before: tuple[CellEdit, object] | None) -> bool:
    """Whether the same content and style were planned as for a cell that says what was planned, and the same bytes
    written; so it is where a rule gives the same in many years."""
    if before is None or edit.style is None or not isinstance(new, bytes) or new != before[1]:
        return False
    content = edit.content
    return content is before[0].content and edit.style == before[0].style and not isinstance(content, Stored)


def _is_as_planned(edit: CellEdit, old: object, new: object) -> bool:
    """Whether a cell written in the usual way says what was planned, as nearly all do; False also where it has to be
    looked at more closely."""
    said = usual(new) if isinstance(new, bytes) else None
    if said is None or said.inline_tag or said.kind:
        return False
    content = edit.content
    before = None
    if edit.style is None or isinstance(content, Stored):
        before = usual(old) if isinstance(old, bytes) else None
        if before is None:
            return False
    style = int(before.style or 0) if before is not None and edit.style is None else edit.style
    if int(said.style or 0) != style:
        return False
    if isinstance(content, Formula):
        formula = said.formula_tag == b"<f>" and xml.unescaped(said.formula.decode("utf-8")) == content.text
        return formula and _is_number(said, content.stored)
    if isinstance(content, Stored) and before is not None and before.formula:
        same = (said.formula_tag, said.formula) == (before.formula_tag, before.formula)
        return same and _is_number(said, content.value)
    return False


def _is_number(cell: CellText, value: Stand) -> bool:
    try:
        return isinstance(value, Decimal) and Decimal(cell.value.decode("utf-8")) == value
    except InvalidOperation:
        return False


def _check_unchanged(new: Package, edits: Sequence[CellEdit]) -> None:
    """Cells that were to be edited and do not differ: they must have said so before."""
    by_sheet: dict[str, list[CellEdit]] = defaultdict(list)
    for edit in edits:
        by_sheet[edit.sheet].append(edit)
    for sheet, own in by_sheet.items():
        found = states(new, sheet, {(edit.row, edit.column) for edit in own})
        for edit in own:
            here = found.get((edit.row, edit.column))
            if here is None and isinstance(edit.content, Blank) and edit.style is None:
                continue
            _check_edit(edit, CellChange(edit.sheet, edit.row, edit.column, here, here))


def _check_only_formula_text(change: CellChange) -> None:
    old, new = change.old, change.new
    if old is None or new is None or (old.value, old.style) != (new.value, new.style) or not new.formula:
        raise PlanMissed(f"{change} lost something as the new master: {old} -> {new}")


def _check_edit(edit: CellEdit, change: CellChange) -> None:
    new = change.new
    if new is None:
        raise PlanMissed(f"{edit}: no cell there")
    if edit.style is not None and new.style != edit.style:
        raise PlanMissed(f"{edit}: style {new.style}, planned {edit.style}")
    if edit.style is None and change.old is not None and new.style != change.old.style:
        raise PlanMissed(f"{edit}: style {new.style}, was {change.old.style}")
    if not _says(new, edit.content, change.old):
        raise PlanMissed(f"{edit}: {new}, planned {edit.content}")


def _says(new: CellState, content: Content, old: CellState | None) -> bool:
    match content:
        case Number(value):
            return new.formula is None and _same(new.value, value)
        case Truth(value):
            return new.formula is None and new.value is value
        case Text(value):
            return new.formula is None and new.value == value
        case Formula(text, stored):
            return new.formula == text and new.formula_kind == "normal" and _same(new.value, stored)
        case Blank():
            return new.formula is None and new.value is None
        case Stored(value):
            kept = old is not None and (new.formula == old.formula or (old.formula == "" and bool(new.formula)))
            return kept and _same(new.value, value)
    return False


def _same(found: Stand, planned: Stand) -> bool:
    return type(found) is type(planned) and found == planned
