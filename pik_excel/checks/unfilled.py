"""Does a formula divide by nothing only because nobody has filled in the form yet?"""

from __future__ import annotations

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import areas_of, cells_in, formulas
from pik_excel.grid.reference import Address

_CELLS = 500  # that are looked at


def is_not_filled_in(subject: Subject, at: Address) -> bool:
    """Whether all that the formula at this cell reads is empty: no typed number or text, also behind formulas."""
    shape = formulas(subject).shape(at)
    waiting = list(areas_of(shape, at)) if shape is not None else []
    seen: set[Address] = set()
    while waiting:
        name, area = waiting.pop()
        sheet = subject.reading.workbook.sheet(name)
        if sheet is None or area.top < 1 or area.left < 1 or area.size > _CELLS:
            return False
        for cell in cells_in(sheet, area):
            source = Address(sheet.name, cell.row, cell.column)
            if source in seen or (cell.value is None and not cell.has_formula):
                continue
            seen.add(source)
            behind = formulas(subject).shape(source)
            if behind is None or not behind.references or len(seen) > _CELLS:
                return False
            waiting += areas_of(behind, source)
    return shape is not None and bool(shape.references)
