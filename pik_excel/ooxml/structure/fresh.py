"""Which parts of a workbook have changed so far, and what is the workbook with them?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from pik_excel.ooxml import xml
from pik_excel.ooxml.calc import without_part
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.splice import Splice, spliced
from pik_excel.ooxml.structure.rewrite import Rules, rewritten
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_TEXT_BOX = pattern(rb"(<((?:[\w.-]+:)?textbox)(?=[\s>])[^>]*(?<!/)>)(.*?)(</\2\s*>)", re.DOTALL)


@dataclass(frozen=False)
class Fresh:
    """The parts as they become, in UTF-8."""

    package: Package
    parts: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def text(self, part: str) -> bytes:
        return self.parts[part] if part in self.parts else self.package.text(part)

    def put(self, part: str, text: bytes) -> None:
        if text != self.text(part):
            self.parts[part] = text

    def rewrite(self, part: str, rules: Rules) -> None:
        self.package.structure(part)  # refuses what is not well-formed
        self.put(part, rewritten(self.text(part), rules))

    def rewrite_boxes(self, part: str, rules: Rules) -> None:
        """The same for a VML drawing, whose texts Excel writes as HTML: `<br>` is not closed there."""
        text = self.text(part)
        blanked = _TEXT_BOX.sub(_blank_inside, xml.structure(text))
        try:
            xml.check(blanked)
        except ValueError:
            self.package.structure(part)  # refuses it, with the reason
        self.put(part, rewritten(text, rules, blanked))

    def splice(self, part: str, splices: Iterable[Splice]) -> None:
        self.put(part, spliced(self.text(part), splices))

    def remove(self, owner: str, part: str) -> None:
        """Without the part, and without what names it."""
        self.removed.add(part)
        for name, content in without_part(self.package, owner, part).items():
            self.put(name, xml.as_utf8(content))

    def encoded(self) -> Mapping[str, bytes]:
        return {part: xml.encoded_as(self.package.part(part), text) for part, text in self.parts.items()}

    def read_back(self) -> Package:
        """The workbook with the parts as they became, which passes preflight as any other file must."""
        return self.package.followed_by(self.package.replaced(self.encoded(), self.removed))


def _blank_inside(found: re.Match[bytes]) -> bytes:
    return found[1] + b" " * len(found[3]) + found[4]
