"""What a projection costs grows with the workbook, not with the square of it: four times as much takes four times as
many calls, whatever there is more of."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.ooxml.package import Package
from tests.effort import effort
from tests.hostile.many_cases import measures, sheets
from tests.writeback.building import projected

YEARS = (2022, 2023, 2024)


def _excel_tables(count: int) -> bytes:
    """So many sheets, each with an Excel table that gets columns inserted and a formula on the sheet before."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for number in range(count):
            sheet = book.add_worksheet(f"Amt {number + 1}")
            rows = [[f"Posten {at} von {number}", *(1000 * at + year for year in YEARS)] for at in (1, 2, 3)]
            totals = [sum(row[at] for row in rows) for at in range(1, 1 + len(YEARS))]  # type: ignore[misc]
            heads = [
                {"header": str(year), "total_function": "sum", "total_value": total}
                for year, total in zip(YEARS, totals, strict=True)
            ]
            columns = [{"header": "Maßnahme", "total_string": "Summe"}, *heads]
            given = {"name": f"Liste_{number}", "data": rows, "columns": columns, "total_row": True}
            sheet.add_table(0, 0, 4, len(YEARS), given)
            sheet.write("G3", "siehe Vorlage")
            if number:
                sheet.write_formula("B8", f"='Amt {number}'!B8+1", None, number)
    return stream.getvalue()


def _lists(count: int) -> bytes:
    return sheets(*(measures(3, f"Posten {{n}} von {number}") for number in range(count)))


def _lists_of_the_same_names(count: int) -> bytes:
    return sheets(*(measures(3) for _number in range(count)))


def _sheets_that_add_each_other(count: int) -> bytes:
    row = '<row r="9"><c r="B9"><f>\'Amt {}\'!B9+1</f><v>{}</v></c></row>'
    return sheets(*(measures(3) + row.format(max(1, number - 1), number) for number in range(1, count + 1)))


@pytest.mark.parametrize("made", [_excel_tables, _lists, _lists_of_the_same_names, _sheets_that_add_each_other])
def test_four_times_the_sheets_take_four_times_the_calls(made: Callable[[int], bytes]) -> None:
    def cost(count: int) -> int:
        package = Package.from_bytes(made(count), Path("viele.xlsx"))
        return effort(lambda: projected(package, 2027))

    cost(2)  # what is worked out once and for all
    assert cost(48) < 4.5 * cost(12)
