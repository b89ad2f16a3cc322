"""Is a sheet protected, so that Excel would not let anybody change its locked cells?"""

from __future__ import annotations

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.sheets import sheet_named
from pik_excel.ooxml.sheetxml import sheet_xml


def is_protected(package: Package, sheet: str) -> bool:
    """Whether the sheet's protection is switched on, with a password or without."""
    found = sheet_named(package, sheet)
    if found is None or found.kind != "worksheet":
        return False
    own = sheet_xml(package, found.part)
    element = own.first(b"sheetProtection")
    return element is not None and xml.attributes(own.structure, element).get("sheet") in ("1", "true")
