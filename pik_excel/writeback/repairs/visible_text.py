"""MSR08: a name loses the characters that nobody sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.invisible import mended
from pik_excel.checks.runs import once
from pik_excel.grid.reference import Address, area_of
from pik_excel.language import _
from pik_excel.ooxml.edits import Text
from pik_excel.ooxml.richtext import is_rich
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair


@repair("MSR08", rank=5)
def visible_text(case: Case) -> Iterator[Proposal | NotSafe]:
    """The name as it is seen, in the cell of the finding and in those that it says are alike."""
    sheet = case.subject.reading.workbook.sheet(case.finding.sheet)
    for at in (*case.cells(), *_alike(case)) if sheet is not None else ():
        cell = case.cell(at)
        if sheet is None or cell is None or type(cell.value) is not str:
            continue
        clean = mended(cell.value, (sheet.name, at.column) in _indented(case.subject))
        if clean == cell.value or not clean.strip():
            continue
        if cell.has_formula or clean.startswith("="):
            yield case.left(_("der Text entsteht aus einer Formel, oder er sähe danach aus wie eine"), at)
        elif is_rich(case.package, at.sheet, at.row, at.column):
            yield case.left(_("der Text ist in sich verschieden formatiert; das ginge verloren"), at)
        else:
            yield Proposal("MSR08", at, Text(clean), _("Zu sehen ist dasselbe wie vorher."))


def _alike(case: Case) -> Iterator[Address]:
    """A finding about many names of one kind has the others as related cells."""
    for place in case.finding.related:
        sheet, _mark, cells = place.rpartition("!")
        area = area_of(cells)
        if sheet == case.finding.sheet and area is not None and area.top == area.bottom and area.left == area.right:
            yield Address(sheet, area.top, area.left)


@once
def _indented(subject: Subject) -> frozenset[tuple[str, int]]:
    """The columns in which blanks in front are meant: several texts have them."""
    found = Counter(
        (sheet.name, cell.column)
        for sheet in subject.reading.workbook.sheets
        for cell in sheet.cells.values()
        if type(cell.value) is str and cell.value[:1] in (" ", "\t")
    )
    return frozenset(column for column, count in found.items() if count > 1)
