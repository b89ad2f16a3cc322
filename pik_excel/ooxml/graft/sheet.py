"""How do the parts of a grafted sheet read in their new workbook?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.donor import Donor
from pik_excel.ooxml.graft.metadata import Metadata
from pik_excel.ooxml.graft.naming import Arrival
from pik_excel.ooxml.graft.styles import Styles
from pik_excel.ooxml.structure.rewrite import Change, Rules, element_text, rewritten, with_attribute

_TABLE_STYLES = (
    "dataDxfId", "headerRowDxfId", "totalsRowDxfId", "headerRowBorderDxfId", "tableBorderDxfId",
    "totalsRowBorderDxfId",
)  # fmt: skip
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
            b"row": {"s": style},
            b"col": {"style": style},
            b"sheetView": {"tabSelected": lambda _value: "0"},  # two selected sheets are edited as one
            b"hyperlink": {"location": self.arrival.renaming.link},
            b"cfRule": different,
            b"colorFilter": different,
            b"sortCondition": different,
            b"cfvo": {"val": formula},
        }
        cells = {b"c": lambda data, _shape: self._cell(data, formula)}
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

    def _cell(self, data: bytes, formula: Change) -> bytes:
        cell = xml.root(data)
        given = dict(xml.attributes_of(data[: cell.inner]))
        if "vm" in given:
            raise ValueError(f"{given.get('r')}: pictures and data types in cells cannot be grafted")
        style = self.styles.cell(int(given.get("s", "0")))
        tag, inside = data[: cell.inner], data[cell.inner :]
        if style or "s" in given:
            tag = with_attribute(tag, "s", str(style))
        if "cm" in given:
            tag = with_attribute(tag, "cm", self.metadata.own(given["cm"]))
        if given.get("t") == "s":
            text = self.donor.texts[int(xml.content(data, cell))]
            return with_attribute(tag, "t", "inlineStr") + b"<is>" + text + b"</is></c>"
        if b"<f" not in inside:
            return tag + inside
        return tag + _with_formula(inside, formula)


def _with_formula(inside: bytes, change: Change) -> bytes:
    element = next(xml.elements(inside, 0, len(inside)))
    fresh = change(xml.content(inside, element)) or ""
    return inside[: element.inner] + element_text(fresh) + inside[element.inner_end :] if not element.empty else inside


def _number(change: Callable[[int], int]) -> Change:
    return lambda value: str(change(int(value)))
