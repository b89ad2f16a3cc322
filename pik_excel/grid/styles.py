"""What do the styles of a workbook say about its cells?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pik_excel.grid.plain import attribute, number_of
from pik_excel.grid.workbook import Style

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST = 1024  # letters of a number format that is looked at; Excel takes 255
_ACCOUNTING = '_(* #,##0{0}_);_(* \\(#,##0{0}\\);_(* "-"{1}_);_(@_)'
_MONEY = '"$"* #,##0{0}_);_("$"* \\(#,##0{0}\\);_("$"* "-"{1}_);_(@_)'
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: _ACCOUNTING.format("", ""),
    42: "_(" + _MONEY.format("", ""),
    43: _ACCOUNTING.format(".00", "??"),
    44: "_(" + _MONEY.format(".00", "??"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in East Asian Excels and undefined elsewhere."""


def styles_of(root: Element) -> tuple[Style, ...]:
    """One style for each entry of cellXfs in the root of the styles part."""
    own = {number_of(item, "numFmtId"): item.get("formatCode", "") for item in root.iterfind("numFmts/numFmt")}
    codes = BUILT_IN | {key: code for key, code in own.items() if len(code) <= _LONGEST}
    bold = [_is_bold(font) for font in root.iterfind("fonts/font")]
    return tuple(_style(xf, codes, bold) for xf in root.iterfind("cellXfs/xf")) or (Style(),)


def _style(xf: Element, codes: dict[int, str], bold: list[bool]) -> Style:
    font = number_of(xf, "fontId")
    alignment = xf.find("alignment")
    return Style(
        number_format=codes.get(number_of(xf, "numFmtId")) or "General",
        bold=font < len(bold) and bold[font],
        indent=number_of(alignment, "indent") if alignment is not None else 0,
    )


def _is_bold(font: Element) -> bool:
    bold = font.find("b")
    return bold is not None and attribute(bold, "val", True)
