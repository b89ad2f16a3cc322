"""How do edits get into a workbook so that nothing else changes?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pik_excel.errors import NotWritten, Refused
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.calc import calculate_on_load, without_formulas
from pik_excel.ooxml.edits import CellEdit
from pik_excel.ooxml.guards import refuse_harmful
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.readback import Plan, PlanMissed, check_against_plan
from pik_excel.ooxml.relations import workbook_part
from pik_excel.ooxml.sheetpatch import SheetPatch, sheet_patch
from pik_excel.ooxml.sheets import SheetPart, worksheets
from pik_excel.ooxml.sheetxml import sheet_xml
from pik_excel.ooxml.splice import Splice, spliced

PartSplices = Mapping[str, Sequence[Splice]]
"""Further splices by part, as offsets into `Package.text(part)`."""


def patched(package: Package, edits: Sequence[CellEdit], also: PartSplices | None = None) -> Package:
    """The workbook with the edits made, as a package that has been read back and compared with the plan.

    `also` are splices that `widened` gives. Raises `NotWritten` where an edit would damage the workbook; then nothing
    is changed. Without edits and splices the package comes back as it is.
    """
    if not edits and not any((also or {}).values()):
        return package
    splices: dict[str, list[Splice]] = defaultdict(list)
    for part, given in (also or {}).items():
        splices[part] += given
    by_part, patches = _sheet_patches(package, edits)
    for part, patch in patches.items():
        splices[part] += patch.splices
    book = workbook_part(package)
    splices[book] += calculate_on_load(package.text(book), package.structure(book))
    parts = {part: _put(package, part, given) for part, given in splices.items()}
    gone = {by_part[part].sheet_id: patch.formulas_gone for part, patch in patches.items()}
    chain_parts, removed = without_formulas(package, gone)
    new = _reopened(package, package.replaced(parts | chain_parts, removed))
    masters = {(by_part[part].name, *at) for part, patch in patches.items() for at in patch.new_masters}
    _check(Plan(package, new, tuple(edits), {*parts, *chain_parts}, removed, masters))
    return new


def _reopened(package: Package, data: bytes) -> Package:
    """The output as a package: it passes preflight as any other file must."""
    try:
        return package.followed_by(data)
    except Refused as error:
        raise PlanMissed(f"the output is not readable: {error.code}: {error.message}") from error


def _check(plan: Plan) -> None:
    try:
        check_against_plan(plan)
    except Refused as error:
        raise PlanMissed(f"the output is not well-formed: {error.code}: {error.message}") from error


def _sheet_patches(package: Package, edits: Sequence[CellEdit]) -> tuple[dict[str, SheetPart], dict[str, SheetPatch]]:
    sheets = {sheet.name.casefold(): sheet for sheet in worksheets(package)}
    by_part: dict[str, SheetPart] = {}
    wanted: dict[str, list[CellEdit]] = defaultdict(list)
    for edit in edits:
        sheet = sheets.get(edit.sheet.casefold())
        _refuse_unless_cells(edit, sheet)
        assert sheet is not None
        by_part[sheet.part] = sheet
        wanted[sheet.part].append(edit)
    patches = {}
    for part, own in wanted.items():
        found = sheet_xml(package, part)
        refuse_harmful(package, part, found, own)
        patches[part] = sheet_patch(found, own)
        found.forget_cells()
    return by_part, patches


def _put(package: Package, part: str, splices: Sequence[Splice]) -> bytes:
    """A part with its splices, in the encoding that it had."""
    return xml.encoded_as(package.part(part), spliced(package.text(part), splices))


def _refuse_unless_cells(edit: CellEdit, sheet: SheetPart | None) -> None:
    if sheet is None:
        raise NotWritten(
            "no-such-sheet",
            _("Ein Blatt „{sheet}“ gibt es in dieser Mappe nicht.").format(sheet=edit.sheet),
            _("Bitte den Namen des Blattes prüfen."),
        )
    if sheet.kind != "worksheet":
        raise NotWritten(
            "no-cells",
            _("„{sheet}“ ist kein Tabellenblatt, sondern ein Diagramm- oder Makroblatt; es hat keine Zellen.").format(
                sheet=edit.sheet
            ),
            _("Bitte ein Tabellenblatt angeben."),
        )
