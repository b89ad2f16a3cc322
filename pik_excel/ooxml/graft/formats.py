"""Under which numbers does a workbook have the donor's number formats?"""

from __future__ import annotations

from itertools import count

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.section import Section
from pik_excel.ooxml.structure.rewrite import with_attribute

_FIRST_OWN = 164
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "($#,##0_);($#,##0)", 6: "($#,##0_);[Red]($#,##0)",
    7: "($#,##0.00_);($#,##0.00)", 8: "($#,##0.00_);[Red]($#,##0.00)", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "(#,##0_);(#,##0)",
    38: "(#,##0_);[Red](#,##0)", 39: "(#,##0.00_);(#,##0.00)", 40: "(#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', 44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""What XlsxWriter means by a built-in number; Excel shows some of them as the country of its user writes them."""


class Formats:
    """The number formats of a workbook while those of a donor are appended."""

    def __init__(self, own: Section, donor: Section) -> None:
        self._section = own
        self._own = _codes(own)
        self._donor = _codes(donor)

    def own(self, number: int) -> int:
        """The number of a donor's format; a built-in one stays unless the workbook means something else by it."""
        if number in self._donor:
            return self._place(self._donor[number])
        built_in = _BUILT_IN.get(number)
        if built_in is None or self._own.get(number, built_in) == built_in:
            return number
        return self._place(built_in)

    def code(self, number: int) -> str | None:
        """The workbook's format of that number; None where it is built in."""
        return self._own.get(number)

    def renumbered(self, element: bytes) -> bytes:
        """A `<numFmt>` of a differential style with the workbook's number for it."""
        given = dict(xml.attributes_of(element))
        if xml.whole(given, "numFmtId") < _FIRST_OWN:
            return element
        return with_attribute(element, "numFmtId", str(self._place(given.get("formatCode", ""))))

    def _place(self, code: str) -> int:
        for number, known in self._own.items():
            if known == code:
                return number
        fresh = next(number for number in count(_FIRST_OWN) if number not in self._own)
        self._own[fresh] = code
        self._section.append(f'<numFmt numFmtId="{fresh}" formatCode="{xml.escaped(code)}"/>'.encode())
        return fresh


def _codes(section: Section) -> dict[int, str]:
    given = [dict(xml.attributes_of(entry)) for entry in section.entries]
    return {int(one["numFmtId"]): one.get("formatCode", "") for one in given if one.get("numFmtId", "").isdigit()}
