"""How is a list of the styles (fonts, fills …) made longer, its entries keeping their numbers?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from pik_excel.ooxml import xml
from pik_excel.ooxml.splice import Splice
from pik_excel.ooxml.structure.rewrite import with_attribute
from pik_excel.records import dataclass

ORDER = (
    b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles", b"dxfs", b"tableStyles",
    b"colors", b"extLst",
)  # fmt: skip


@dataclass(frozen=False)
class Section:
    """One list: the entries that are there, and those that are appended."""

    name: bytes
    prefix: bytes  # with its colon
    element: xml.Element | None
    tag: bytes  # its start tag as it is
    entries: list[bytes]
    added: list[bytes] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many entries there will be."""
        return len(self.entries) + len(self.added)

    def entry(self, index: int) -> bytes:
        """An entry, old or new."""
        return self.entries[index] if index < len(self.entries) else self.added[index - len(self.entries)]

    def place(self, entry: bytes) -> int:
        """The number of an entry (written without a prefix): of one that is equal byte for byte, else of a new one."""
        own = self._prefixed(entry)
        for listed, offset in ((self.entries, 0), (self.added, len(self.entries))):
            if own in listed:
                return listed.index(own) + offset
        return self.append(entry)

    def append(self, entry: bytes) -> int:
        """The number of a new entry."""
        self.added.append(self._prefixed(entry))
        return self.length - 1

    def at_least(self, *first: bytes) -> None:
        """Fill up a list that lacks its first entries, which Excel takes for granted."""
        for entry in first[self.length :]:
            self.append(entry)

    def _prefixed(self, entry: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + self.prefix, entry) if self.prefix else entry


def section(text: bytes, structure: bytes, name: bytes) -> Section:
    """Read a list of a styles part; an empty one where it is not there."""
    root = xml.root(structure)
    prefix = root.prefix + b":" if root.prefix else b""
    element = xml.child(structure, root, name)
    if element is None:
        return Section(name, prefix, None, b"<" + prefix + name + b">", [])
    entries: list[bytes] = []
    for child in xml.children(structure, element):
        entries += _entries(text, structure, child)
    return Section(name, prefix, element, text[element.start : element.inner], entries)


def lengthened(structure: bytes, sections: Iterable[Section]) -> Iterator[Splice]:
    """The splices of the styles part for all lists that have new entries."""
    for one in sorted(sections, key=lambda one: ORDER.index(one.name)):
        if one.added:
            yield from _splices(structure, one)


def _entries(text: bytes, structure: bytes, child: xml.Element) -> list[bytes]:
    """The entry, or those that stand in the fallback of a choice (`mc:AlternateContent`), which all readers know."""
    if child.name != b"AlternateContent":
        return [text[child.start : child.end]]
    fallback = xml.child(structure, child, b"Fallback")
    branches = [fallback] if fallback is not None else list(xml.children(structure, child))[:1]
    return [text[one.start : one.end] for branch in branches for one in xml.children(structure, branch)]


def _splices(structure: bytes, one: Section) -> Iterator[Splice]:
    inside, close = b"".join(one.added), b"</" + one.prefix + one.name + b">"
    if one.element is None:
        at = _place(structure, one.name)
        yield Splice(at, at, with_attribute(one.tag, "count", str(one.length)) + inside + close)
        return
    tag = one.tag
    if any(name == "count" for name, _value in xml.attributes_of(tag)):
        tag = with_attribute(tag, "count", str(one.length))
    if one.element.empty:
        yield Splice(one.element.start, one.element.end, re.sub(rb"\s*/>\Z", b">", tag) + inside + close)
        return
    yield Splice(one.element.start, one.element.inner, tag)
    yield Splice(one.element.inner_end, one.element.inner_end, inside)


def _place(structure: bytes, name: bytes) -> int:
    root = xml.root(structure)
    before = ORDER[: ORDER.index(name)]
    ends = [child.end for child in xml.children(structure, root) if child.name in before]
    return ends[-1] if ends else root.inner
