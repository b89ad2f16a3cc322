"""What does a workbook look like with its findings in it?

One sheet more, and at each cell that a finding names a colour for as long as the finding is not ticked off there. The
colours are conditional formats behind those of the staff, whose own colours win; the frame around the cell still shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pik_excel.checks.catalogue import catalogue
from pik_excel.checks.finding import Finding
from pik_excel.errors import NotWritten
from pik_excel.grid.own import DONE, NUMBERS, own_protocol
from pik_excel.grid.workbook import Workbook
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.graft import grafted
from pik_excel.ooxml.graft.naming import free_sheet_name
from pik_excel.ooxml.marks import Mark, marking
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.sheets import worksheets
from pik_excel.writeback.protocol.entries import About, Entry, entries
from pik_excel.writeback.protocol.look import mark_look
from pik_excel.writeback.protocol.sheet import answers, protocol_sheet


def annotated(package: Package, reading: Reading, findings: Sequence[Finding], about: About) -> Package:
    """The workbook with the protocol; `reading` is of this package. Raises `NotWritten` where it has one already."""
    _refuse_second_protocol(reading.workbook)
    rows = entries(reading, findings, catalogue())
    taken = {sheet.name.casefold() for sheet in worksheets(package)}
    name = free_sheet_name(_("Prüfprotokoll"), taken)
    package = grafted(package, protocol_sheet(name, rows, about))
    return patched(package, (), marking(package, list(_marks(rows))))


def _marks(rows: Sequence[Entry]) -> Iterator[Mark]:
    """The gravest first: at a cell with two findings its colour shows."""
    ticked_off = "".join(f',{DONE},"<>{answer}"' for answer in answers()[:2])
    for row in sorted(rows, key=lambda row: -row.finding.severity.weight):
        condition = f"COUNTIFS({NUMBERS},{row.number}{ticked_off})"
        yield Mark(row.finding.sheet, row.finding.range, condition, mark_look(row.finding.severity))


def _refuse_second_protocol(workbook: Workbook) -> None:
    sheet = own_protocol(workbook)
    if sheet is not None:
        raise NotWritten(
            "annotated-already",
            _("In {file} steht schon ein Prüfprotokoll („{sheet}“), mit Ihren Haken und Bemerkungen.").format(
                file=workbook.path.name, sheet=sheet
            ),
            _("Bitte die Mappe ohne Protokoll prüfen, oder das Blatt in Excel löschen; die Markierungen gehen mit."),
        )
