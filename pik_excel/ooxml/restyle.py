"""Which style shows a number as its neighbours do, and all else as the cell does that was formatted as text?"""

from __future__ import annotations

from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.section import Section, lengthened, section
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.rewrite import with_attribute

_TEXT = "49"  # Excel's own number for the format "@"; a file may give it another one too


class Restyling:
    """The cell styles of a workbook while further ones are appended; those that are there keep their numbers."""

    def __init__(self, package: Package) -> None:
        parts = related(package, workbook_part(package), "styles")
        self._part = parts[0] if parts else None
        self._structure = package.structure(parts[0]) if parts else b""
        self._own: Section | None = section(package.text(parts[0]), self._structure, b"cellXfs") if parts else None
        formats = section(package.text(parts[0]), self._structure, b"numFmts").entries if parts else []
        given = [dict(xml.attributes_of(entry)) for entry in formats]
        self._texts = {_TEXT, *(one.get("numFmtId", "") for one in given if one.get("formatCode") == "@")}

    def as_number(self, style: int, like: int | None) -> int | None:
        """The style for a number in a cell of `style`; None where its own will do.

        A cell formatted as text, or typed with an apostrophe, would turn the number into text again as soon as
        somebody edits it. It gets the number format of `like`, "General" where there is no such neighbour.
        """
        if self._own is None or style >= self._own.length:
            return None
        entry = self._own.entry(style)
        given = self._given(style)
        if given.get("numFmtId") not in self._texts and given.get("quotePrefix", "0") in ("0", "false"):
            return None
        tag = xml.structure(entry)[: entry.index(b">") + 1]
        shown = self._given(like).get("numFmtId", "0") if like is not None and like < self._own.length else "0"
        new = with_attribute(tag, "quotePrefix", None)
        if given.get("numFmtId") in self._texts:
            new = with_attribute(with_attribute(new, "numFmtId", shown), "applyNumberFormat", "1")
        changed = new + entry[len(tag) :]
        for listed, offset in ((self._own.entries, 0), (self._own.added, len(self._own.entries))):
            if changed in listed:
                return listed.index(changed) + offset
        self._own.added.append(changed)
        return self._own.length - 1

    def unlocked(self, style: int) -> bool:
        """Whether the cell may be changed though its sheet is protected."""
        return self._own is not None and style < self._own.length and self._is_unlocked(self._own.entry(style))

    def splices(self) -> dict[str, list[Splice]]:
        """For `patched`: the styles part with all that is new; empty where nothing is."""
        if self._own is None or self._part is None or not self._own.added:
            return {}
        return {self._part: list(lengthened(self._structure, [self._own]))}

    def _given(self, style: int) -> dict[str, str]:
        assert self._own is not None
        entry = self._own.entry(style)
        return dict(xml.attributes_of(entry[: entry.index(b">") + 1]))

    def _is_unlocked(self, entry: bytes) -> bool:
        protection = xml.child(entry, xml.root(entry), b"protection")
        return protection is not None and xml.attributes(entry, protection).get("locked") in ("0", "false")
