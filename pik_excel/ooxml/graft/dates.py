"""From which day does a workbook count dates?"""

from __future__ import annotations

import re

from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import workbook_part
from pik_excel.patterns import pattern

_NOT_A_UNIT = pattern(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])


def counts_from_1904(package: Package) -> bool:
    """Whether it counts from 1904, as Excel for the Macintosh did; a sheet that is to be grafted must count alike."""
    book = workbook_part(package)
    text = package.structure(book)
    settings = xml.child(text, xml.root(text), b"workbookPr")
    return settings is not None and xml.attributes(text, settings).get("date1904") in ("1", "true")


def shows_dates(number_format: int, code: str | None) -> bool:
    """Whether a number format, by its id and its code if it has one of its own, shows dates or times."""
    if code is None:
        return number_format in _BUILT_IN_DATES
    return re.search("[ymdhs]", _NOT_A_UNIT.sub("", code), re.IGNORECASE) is not None and code != "General"
