"""A workbook whose formats are numbered by what is no number is projected all the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml import xml
from pik_excel.ooxml.package import Package
from pik_excel.schema import built_in
from pik_excel.writeback.projected import projected_workbook

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "haushalt.xlsx"
STYLES = "xl/styles.xml"


@pytest.mark.parametrize("attribute", ["xfId", "fontId"])
@pytest.mark.parametrize("number", ["A1", "", "-1", "9" * 5000])
def test_a_format_with_such_a_number_has_that_of_the_first(attribute: str, number: str) -> None:
    example = Package.from_bytes(EXAMPLE.read_bytes(), EXAMPLE)
    styles = re.sub(rb'\b%s="\d+"' % attribute.encode(), f'{attribute}="{number}"'.encode(), example.part(STYLES))
    odd = Package.from_bytes(example.replaced({STYLES: styles}), EXAMPLE)
    written = projected_workbook(odd, read_budget(read_workbook(odd), built_in()), built_in(), 2027)
    assert written.package is not odd


def test_what_counts_or_numbers_something() -> None:
    given = {"count": " 7 ", "id": "A1", "minus": "-1", "large": "9" * 5000}
    assert [xml.whole(given, name) for name in ("count", "id", "minus", "large", "none")] == [7, 0, 0, 0, 0]
