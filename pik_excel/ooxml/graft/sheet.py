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
_ROW_OR_CELL = pattern(rb"(?P<row><row\b[^>]*>)|(?P<cell><c\b[^>]*/>|<c\b[^>]*>)(?P<inside>(?<!/>).*?</c>)?", re.DOTALL)
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

        def told(match: re.Match[bytes]) -> bytes:
            if match["row"] is not None:
                return self._styled(match["row"], dict(xml.attributes_of(match["row"])).get("s"))
            return self._cell(match["cell"], match["inside"] or b"", formula)

        return _ROW_OR_CELL.sub(told, data)

    def _cell(self, tag: bytes, inside: bytes, formula: Change) -> bytes:
        given = dict(xml.attributes_of(tag))
        if "vm" in given:
            raise ValueError(f"{given.get('r')}: pictures and data types in cells cannot be grafted")
        tag = self._styled(tag, given.get("s", "0"))
        if "cm" in given:
            tag = with_attribute(tag, "cm", self.metadata.own(given["cm"]))
        if given.get("t") == "s":
            text = self.donor.texts[int(inside.removeprefix(b"<v>").removesuffix(b"</v></c>"))]
            return with_attribute(tag, "t", "inlineStr") + b"<is>" + text + b"</is></c>"
        if b"<f" in inside and not _stays(inside, formula):
            inside = rewritten(inside.removesuffix(b"</c>"), Rules(contents={b"f": formula})) + b"</c>"
        return tag + inside

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
