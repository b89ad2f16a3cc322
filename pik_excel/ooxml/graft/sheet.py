"""How do the parts of a grafted sheet read in their new workbook?"""

from __future__ import annotations

import re
from collections.abc import Callable

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.donor import Donor
from pik_excel.ooxml.graft.metadata import Metadata
from pik_excel.ooxml.graft.naming import Arrival
from pik_excel.ooxml.graft.styles import Styles
from pik_excel.ooxml.structure.rewrite import Change, Rules, rewritten, with_attribute
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_TABLE_STYLES = (
    "dataDxfId", "headerRowDxfId", "totalsRowDxfId", "headerRowBorderDxfId", "tableBorderDxfId",
    "totalsRowBorderDxfId",
)  # fmt: skip
_FORMULA = pattern(rb"<f>([^<]*)</f>")
_ROW_OR_CELL = pattern(
    rb"""(?P<row><row\b[^>]*>)|<c\b(?P<place>(?: r="[^"]*")?)(?P<rest>[^>]*>)(?P<inside>(?<!/>).*?</c>)?""", re.DOTALL
)
_FORMULAS = (b"f", b"formula", b"formula1", b"formula2")
_LINKS = (b"FmlaLink", b"FmlaRange", b"FmlaGroup", b"FmlaTxbx")


@dataclass(frozen=True)
class Translation:
    """All that parts which come along must be told: numbers of styles, names, texts."""

    donor: Donor
    styles: Styles
    arrival: Arrival
    metadata: Metadata

    def sheet(self, part: bytes, home: str) -> bytes:
        """A worksheet part."""

        def formula(text: str) -> str:
            return self.arrival.renaming.formula(text, home)

        style = _number(self.styles.cell)
        different = {"dxfId": _number(self.styles.differential)}
        attributes: dict[bytes, dict[str, Change]] = {
            b"col": {"style": style},
            b"sheetView": {"tabSelected": lambda _value: "0"},  # two selected sheets are edited as one
            b"hyperlink": {"location": self.arrival.renaming.link},
            b"cfRule": different,
            b"colorFilter": different,
            b"sortCondition": different,
            b"cfvo": {"val": formula},
        }
        cells = {b"sheetData": lambda data, _shape: self._cells(data, formula)}
        return rewritten(part, Rules(attributes, dict.fromkeys(_FORMULAS, formula), cells))

    def table(self, part: bytes, home: str, number: int) -> bytes:
        """A table part, with a number that is free."""

        def formula(text: str) -> str:
            return self.arrival.renaming.formula(text, home)

        different = dict.fromkeys(_TABLE_STYLES, _number(self.styles.differential))
        names = dict.fromkeys(("name", "displayName"), self.arrival.word)
        attributes: dict[bytes, dict[str, Change]] = {
            b"table": {"id": lambda _value: str(number), **names, **different},
            b"tableColumn": different,
            b"colorFilter": {"dxfId": different["dataDxfId"]},
        }
        return rewritten(
            part, Rules(attributes, dict.fromkeys((b"calculatedColumnFormula", b"totalsRowFormula"), formula))
        )

    def drawing(self, part: bytes) -> bytes:
        """A drawing, a chart or a VML drawing."""
        renaming = self.arrival.renaming
        contents: dict[bytes, Change] = {b"f": renaming.formula, **dict.fromkeys(_LINKS, renaming.link)}
        return rewritten(part, Rules({b"sp": {"textlink": renaming.formula}}, contents))

    def _cells(self, data: bytes, formula: Change) -> bytes:
        """All rows and cells at one go: a long list has many, and XlsxWriter writes them all alike."""
        tags: dict[bytes, tuple[bytes, bool]] = {}  # by what stands in the tag behind its place

        def told(match: re.Match[bytes]) -> bytes:
            row, place, rest, inside = match.groups()
            if row is not None:
                return self._styled(row, dict(xml.attributes_of(row)).get("s"))
            known = tags.get(rest)
            if known is None:
                known = tags[rest] = self._tag(place, rest)
            return b"<c" + place + known[0] + self._inside(inside or b"", known[1], formula)

        return _ROW_OR_CELL.sub(told, data)

    def _tag(self, place: bytes, rest: bytes) -> tuple[bytes, bool]:
        """How the tag of a cell goes on behind its place, and whether the cell holds the number of a text."""
        tag = b"<c" + rest
        given = dict(xml.attributes_of(tag))
        if "vm" in given:
            raise ValueError(f"{place.decode()[4:-1]}: pictures and data types in cells cannot be grafted")
        tag = self._styled(tag, given.get("s", "0"))
        if "cm" in given:
            tag = with_attribute(tag, "cm", self.metadata.own(given["cm"]))
        is_text = given.get("t") == "s"
        return (with_attribute(tag, "t", "inlineStr") if is_text else tag).removeprefix(b"<c"), is_text

    def _inside(self, inside: bytes, is_text: bool, formula: Change) -> bytes:
        if is_text:
            text = self.donor.texts[int(inside.removeprefix(b"<v>").removesuffix(b"</v></c>"))]
            return b"<is>" + text + b"</is></c>"
        if b"<f" in inside and not _stays(inside, formula):
            return rewritten(inside.removesuffix(b"</c>"), Rules(contents={b"f": formula})) + b"</c>"
        return inside

    def _styled(self, tag: bytes, style: str | None) -> bytes:
        own = self.styles.cell(int(style)) if style is not None else 0
        return with_attribute(tag, "s", str(own)) if str(own) != (style or "0") else tag


def _stays(inside: bytes, formula: Change) -> bool:
    """Whether a formula without attributes, as nearly all are, says the same afterwards."""
    found = _FORMULA.match(inside)
    text = xml.unescaped(found[1].decode("utf-8")) if found is not None else None
    return text is not None and formula(text) == text


def _number(change: Callable[[int], int]) -> Change:
    return lambda value: str(change(int(value)))
