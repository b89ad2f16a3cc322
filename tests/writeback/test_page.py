"""When is a page turned to landscape, whatever its file says of widths and margins?"""

from __future__ import annotations

import pytest

from pik_excel.writeback.page import turned
from tests.ooxml.building import sheet, workbook

FITTED = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'


def page(columns: str, margins: str, last: int) -> bool:
    """Whether a sheet with these columns and margins is turned."""
    inside = f"{FITTED}<cols>{columns}</cols><sheetData/><pageMargins {margins}/><pageSetup paperSize='9'/>"
    return bool(turned(workbook(sheet(inside)), "Blatt", last))


def test_a_table_that_would_print_too_small_is_turned() -> None:
    assert not page('<col min="1" max="9" width="10"/>', 'left="0.7" right="0.7"', 9)
    assert page('<col min="1" max="30" width="10"/>', 'left="0.7" right="0.7"', 30)


@pytest.mark.parametrize("width", ["s", "", "NaN", "inf", "-inf", "1e999"])
@pytest.mark.parametrize("last", [3, 40])
def test_a_width_or_margin_that_measures_nothing_is_the_usual_one(width: str, last: int) -> None:
    usual = page('<col min="1" max="40"/>', "", last)
    assert page(f'<col min="1" max="40" width="{width}"/>', f'left="{width}" right="{width}"', last) is usual
