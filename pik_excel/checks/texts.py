"""Where do the short texts of a workbook stand? Looked through once, however many rules ask."""

from __future__ import annotations

from collections.abc import Mapping

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once

LONGEST = 160  # characters; what is longer is prose
_SHORTEST = 3
Places = Mapping[str, list[tuple[int, int]]]


@once
def short_texts(subject: Subject) -> dict[str, Places]:
    """By sheet, each text of 3 to 160 characters with its cells."""
    found: dict[str, Places] = {}
    for sheet in subject.reading.workbook.sheets:
        places: dict[str, list[tuple[int, int]]] = {}
        for at, cell in sheet.cells.items():
            value = cell.value
            if type(value) is str and _SHORTEST <= len(value) <= LONGEST:
                known = places.get(value)
                if known is None:
                    places[value] = [at]
                else:
                    known.append(at)
        found[sheet.name] = places
    return found
