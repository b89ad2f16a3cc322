"""What does the workbook part say beside its list of sheets?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pik_excel.grid.plain import attribute, number_of
from pik_excel.grid.workbook import Calculation, DefinedName

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def names_of(root: Element, sheets: Sequence[str]) -> tuple[DefinedName, ...]:
    """The defined names; `sheets` are all tabs in their order, chart sheets too."""
    return tuple(_names(root, sheets))


def calculation_of(root: Element) -> Calculation:
    """How the file asks to be calculated."""
    settings, properties = root.find("calcPr"), root.find("workbookPr")
    date1904 = properties is not None and attribute(properties, "date1904")
    if settings is None:
        return Calculation(date1904=date1904)
    return Calculation(
        manual=settings.get("calcMode") == "manual",
        iterative=attribute(settings, "iterate"),
        date1904=date1904,
        as_displayed=not attribute(settings, "fullPrecision", True),
        full_on_load=attribute(settings, "fullCalcOnLoad"),
    )


def _names(root: Element, sheets: Sequence[str]) -> Iterator[DefinedName]:
    for item in root.iterfind("definedNames/definedName"):
        index = number_of(item, "localSheetId", -1)
        sheet = sheets[index] if 0 <= index < len(sheets) else None
        yield DefinedName(item.get("name", ""), (item.text or "").strip(), sheet, attribute(item, "hidden"))
