"""What must a chart say that Excel 2007 takes for granted, so that it looks the same in any workbook?

XlsxWriter writes charts as Excel 2007 did. What such a chart leaves out (ticks, axes, straight lines, what a label
shows) later versions and LibreOffice read otherwise, unless the file's properties name version 12, as XlsxWriter's do
and those of the workbook that the chart comes into do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.ooxml import xml
from pik_excel.ooxml.splice import Splice, spliced

_LABEL = "showLegendKey=0 showVal=0 showCatName=0 showSerName=0 showPercent=0 showBubbleSize=0"
_AXIS = (
    "axId scaling delete=0 axPos majorGridlines minorGridlines title numFmt majorTickMark=out minorTickMark=none "
    "tickLblPos spPr txPr crossAx crosses crossesAt"
)
_LINE = "idx order tx spPr marker dPt dLbls trendline errBars cat val xVal yVal smooth=0"
_GRANTED = {
    "chartSpace": "date1904 lang roundedCorners=0",
    "chart": "title autoTitleDeleted=0 pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly "
    "dispBlanksAs=gap",
    "title": "tx layout overlay=0",
    "legend": "legendPos legendEntry layout overlay=0",
    "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl=0",
    "valAx": _AXIS,
    "dateAx": _AXIS,
    "serAx": _AXIS,
    "barChart": "barDir grouping varyColors=0",
    "lineChart": "grouping varyColors=0",
    "areaChart": "grouping varyColors=0",
    "scatterChart": "scatterStyle varyColors=0",
    "radarChart": "radarStyle varyColors=0",
    "bubbleChart": "varyColors=0",
    "barChart/ser": "idx order tx spPr invertIfNegative=0",
    "bubbleChart/ser": "idx order tx spPr invertIfNegative=0",
    "lineChart/ser": _LINE,
    "stockChart/ser": _LINE,
    "scatterChart/ser": _LINE,
    "dPt": "idx invertIfNegative=0 marker bubble3D=0",
    "dLbl": f"idx layout tx numFmt spPr txPr dLblPos {_LABEL}",
    "dLbls": f"dLbl numFmt spPr txPr dLblPos {_LABEL} separator showLeaderLines=0",
    "trendline": "name spPr trendlineType order period forward backward intercept dispRSqr=0 dispEq=0",
    "errBars": "errDir errBarType errValType noEndCap=0",
}
"""By element (with its parent where that matters): its first children in their order, with what is granted."""


def outspoken(part: bytes) -> bytes:
    """The chart part (UTF-8) with all that says so."""
    structure = xml.structure(part)
    return spliced(part, _said(structure, xml.root(structure), ""))


def _said(structure: bytes, element: xml.Element, parent: str) -> Iterator[Splice]:
    name = element.name.decode()
    children = list(xml.children(structure, element))
    order = _GRANTED.get(f"{parent}/{name}") or _GRANTED.get(name)
    if order is not None and children and all(child.name != b"delete" for child in children if name.startswith("dLbl")):
        yield from _missing(element, children, order.split())
    for child in children:
        yield from _said(structure, child, name)


def _missing(element: xml.Element, children: list[xml.Element], order: list[str]) -> Iterator[Splice]:
    prefix = element.prefix.decode() + ":" if element.prefix else ""
    there = {child.name.decode() for child in children}
    at = element.inner
    for name, _equals, value in (one.partition("=") for one in order):
        at = max((child.end for child in children if child.name.decode() == name), default=at)
        if value and name not in there:
            yield Splice(at, at, f'<{prefix}{name} val="{value}"/>'.encode())
