"""How does the sheet "Überleitung" come into the new plan's workbook, and what happens to one of an earlier run?

One that says the same stays as it is, one that says something else gives way to the new one in its place. Where
somebody typed on it, nothing is written.
"""

from __future__ import annotations

from pik_excel.errors import NotWritten
from pik_excel.grid.own import BRIDGE, BRIDGE_STATE, own_bridge
from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import Workbook
from pik_excel.language import _
from pik_excel.ooxml.graft import grafted
from pik_excel.ooxml.graft.naming import free_sheet_name
from pik_excel.ooxml.graft.removal import without_sheet
from pik_excel.ooxml.names import hidden_names
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.sheets import worksheets
from pik_excel.writeback.bridge_sheet import BridgeSheet, bridge_sheet
from pik_excel.writeback.overview.state import digest_of


def with_bridge(package: Package, content: BridgeSheet) -> Package:
    """The workbook with the sheet; the package given where it has it already. Raises `NotWritten`."""
    workbook = read_workbook(package)
    there = own_bridge(workbook)
    name = there or free_sheet_name(_("Überleitung"), {sheet.name.casefold() for sheet in worksheets(package)})
    visible = {sheet.name for sheet in workbook.sheets if sheet.state == "visible"}
    data = bridge_sheet(name, content, visible)
    state = digest_of(read_workbook(Package.from_bytes(data, package.path)).sheets[0])
    after = None
    if there is not None:
        standing = digest_of(next(sheet for sheet in workbook.sheets if sheet.name == there))
        if standing == state:
            return package
        if standing != _remembered(workbook):
            raise _typed_on(workbook, there)
        package, place = without_sheet(package, there, {BRIDGE, BRIDGE_STATE})
        after = worksheets(package)[place - 1].name if place else None
    new = grafted(package, data, after=after)
    return patched(new, [], hidden_names(new, BRIDGE_STATE, {BRIDGE_STATE: f'"{state}"'}))


def _remembered(workbook: Workbook) -> str:
    found = (name.formula for name in workbook.names if name.name.casefold() == BRIDGE_STATE)
    return next(found, "").lstrip("=").strip('"')


def _typed_on(workbook: Workbook, sheet: str) -> NotWritten:
    return NotWritten(
        "bridge-typed-on",
        _("In {file} steht schon eine Überleitung („{sheet}“), in der etwas von Hand eingetragen ist.").format(
            file=workbook.path.name, sheet=sheet
        ),
        _("Bitte das Blatt in Excel löschen, oder eine Mappe ohne es angeben."),
    )
