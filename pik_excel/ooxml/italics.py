"""Which style looks as a cell does, but in italics?"""

from __future__ import annotations

import re

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.section import Section, lengthened, section
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.rewrite import with_attribute
from pik_excel.patterns import pattern


class Italics:
    """The cell styles of a workbook while those in italics are appended; those that are there keep their numbers."""

    def __init__(self, package: Package) -> None:
        parts = related(package, workbook_part(package), "styles")
        self._part = parts[0] if parts else None
        self._structure = package.structure(parts[0]) if parts else b""
        read = (lambda name: section(package.text(parts[0]), self._structure, name)) if parts else None
        self._styles: Section | None = read(b"cellXfs") if read else None
        self._fonts: Section | None = read(b"fonts") if read else None
        self._known: dict[int, int] = {}

    def of(self, style: int) -> int:
        """The style; the same one where it is in italics already, or where the file says nothing of it."""
        if style not in self._known:
            self._known[style] = self._slanted(style)
        return self._known[style]

    def _slanted(self, style: int) -> int:
        if self._styles is None or self._fonts is None or style >= self._styles.length:
            return style
        entry = self._styles.entry(style)
        tag = xml.structure(entry)[: entry.index(b">") + 1]
        font = xml.whole(dict(xml.attributes_of(tag)), "fontId")
        if font >= self._fonts.length:
            return style
        slanted = _slanted(self._fonts.entry(font), self._fonts.prefix)
        if slanted is None:
            return style
        new = with_attribute(with_attribute(tag, "fontId", str(_placed(self._fonts, slanted))), "applyFont", "1")
        return _placed(self._styles, new + entry[len(tag) :])

    def splices(self) -> dict[str, list[Splice]]:
        """For `patched`: the styles part with all that is new; empty where nothing is."""
        if self._part is None or self._styles is None or self._fonts is None or not self._styles.added:
            return {}
        return {self._part: list(lengthened(self._structure, [self._fonts, self._styles]))}


_IS_ITALIC = pattern(rb"""<(?:\w+:)?i(?:\s+val=["'](?:1|true)["'])?\s*/>""")
_NOT_ITALIC = pattern(rb"""<(?:\w+:)?i\s+val=["'](?:0|false)["']\s*/>""")
_BEGIN = pattern(rb"<(?:\w+:)?font\b[^>]*>(?:\s*<(?:\w+:)?b\b[^>]*/>)?")


def _slanted(font: bytes, prefix: bytes) -> bytes | None:
    """The font in italics; None where it is."""
    if _IS_ITALIC.search(font):
        return None
    font = _NOT_ITALIC.sub(b"", font)
    mark = b"<" + prefix + b"i/>"
    if re.fullmatch(rb"<[^>]*/>", font):
        return font[: font.rindex(b"/")].rstrip() + b">" + mark + b"</" + prefix + b"font>"
    begin = _BEGIN.match(font)
    return font if begin is None else font[: begin.end()] + mark + font[begin.end() :]


def _placed(listed: Section, entry: bytes) -> int:
    """Its number; of one that is equal byte for byte, else of a new one."""
    for entries, offset in ((listed.entries, 0), (listed.added, len(listed.entries))):
        if entry in entries:
            return entries.index(entry) + offset
    listed.added.append(entry)
    return listed.length - 1
