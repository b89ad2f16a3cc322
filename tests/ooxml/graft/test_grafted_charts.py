"""A chart that XlsxWriter wrote as Excel 2007 did looks the same in a workbook of any other version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.ooxml.graft import grafted
from pik_excel.ooxml.graft.chart import outspoken
from pik_excel.ooxml.package import Package
from tests.ooxml.graft.giving import made, plain
from tests.oracles import validation_errors

SPACE = '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">{}</c:chartSpace>'
KINDS = ["area", "bar", "column", "doughnut", "line", "pie", "radar", "scatter", "stock"]


def said(inside: str) -> str:
    return outspoken(SPACE.format(inside).encode()).decode()


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        ("<c:lang/><c:chart/>", '<c:lang/><c:roundedCorners val="0"/><c:chart/>'),
        ("<c:catAx><c:axId/><c:scaling/><c:axPos/></c:catAx>", '<c:scaling/><c:delete val="0"/><c:axPos/>'),
        ("<c:valAx><c:axId/><c:numFmt/><c:tickLblPos/></c:valAx>", '<c:numFmt/><c:majorTickMark val="out"/>'
         '<c:minorTickMark val="none"/><c:tickLblPos/>'),
        ("<c:lineChart><c:ser><c:val>1</c:val></c:ser></c:lineChart>", '<c:val>1</c:val><c:smooth val="0"/></c:ser>'),
        ("<c:barChart><c:ser><c:idx/><c:val/></c:ser></c:barChart>", '<c:idx/><c:invertIfNegative val="0"/><c:val/>'),
        ('<c:dLbls><c:showVal val="1"/></c:dLbls>', '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/>'
         '<c:showCatName val="0"/>'),
    ],
)  # fmt: skip
def test_what_goes_without_saying_is_said_in_its_place(chart: str, says: str) -> None:
    assert says in said(chart)


@pytest.mark.parametrize(
    "chart",
    [
        '<c:roundedCorners val="1"/>',
        '<c:dLbls><c:delete val="1"/></c:dLbls>',
        '<c:lineChart><c:varyColors val="1"/><c:ser><c:idx/><c:smooth val="1"/></c:ser></c:lineChart>',
        '<c:pieChart><c:ser><c:idx/><c:val/></c:ser></c:pieChart>',
    ],
)  # fmt: skip
def test_what_is_said_already_stays(chart: str) -> None:
    assert chart.partition(">")[0] in said(chart)
    assert re.sub('<c:roundedCorners val="0"/>', "", said(chart)) == SPACE.format(chart)


def charts(book: xlsxwriter.Workbook) -> None:
    """One of each kind, with all that a series can have."""
    sheet = book.add_worksheet("Bilder")
    sheet.write_column("A1", [1, 2, 3])
    for name in ("B1", "C1", "D1"):
        sheet.write_column(name, [3, -1, 4])
    for number, kind in enumerate(KINDS):
        chart = book.add_chart({"type": kind})
        for column in "BCD":
            series = {
                "categories": "=Bilder!$A$1:$A$3",
                "values": f"=Bilder!${column}$1:${column}$3",
                "data_labels": {"value": True, "custom": [{"delete": True}, {"value": "=Bilder!$A$1"}]},
                "points": [{"fill": {"color": "red"}}],
            }
            if kind in ("bar", "column", "line", "scatter"):
                series |= {"trendline": {"type": "linear"}, "y_error_bars": {"type": "fixed", "value": 1}}
            chart.add_series(series)
        chart.set_title({"name": kind})
        chart.set_x_axis({"name": "x"})
        sheet.insert_chart(5 + 16 * number, 5, chart)


def test_every_kind_of_chart_stays_what_the_format_allows(tmp_path: Path) -> None:
    path = tmp_path / "charts.xlsx"
    after = grafted(Package.from_bytes(plain("Alt")), made(charts))
    path.write_bytes(after.data)
    assert len([name for name in after.names if "charts/chart" in name]) == len(KINDS)
    assert validation_errors(path) == []
