"""How is an XML part rewritten by rules, byte for byte where no rule speaks?

A rule changes an attribute or the text of an element of a given local name. Where it answers None the element goes, and
with it a container that it leaves empty; `count` attributes follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import lru_cache

from pik_excel.ooxml import xml
from pik_excel.records import dataclass

Change = Callable[[str], str | None]
Whole = Callable[[bytes, bytes], bytes | None]
"""An element rewritten as a whole: (its bytes, the same with comments blanked) -> its new bytes."""


@dataclass(frozen=True)
class Rules:
    """What changes in a part, by local names.

    `attributes`: element -> attribute -> change. `contents`: element -> change of its text, where
    it holds text and no further elements (the newer `x14:formula1` holds an `xm:f`). `whole`: element -> change
    of all its bytes. `containers` go with their last child element, `owners` with any of the children they name.
    """

    attributes: Mapping[bytes, Mapping[str, Change]] = field(default_factory=dict)
    contents: Mapping[bytes, Change] = field(default_factory=dict)
    whole: Mapping[bytes, Whole] = field(default_factory=dict)
    containers: frozenset[bytes] = frozenset()
    owners: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)


def rewritten(part: bytes, rules: Rules, blanked: bytes | None = None) -> bytes:
    """The part (UTF-8) after the rules; the same object where nothing changes. ValueError if the root would go.

    `blanked` is the part with all blanked out, byte for byte, in which the rules are not to look; comments unless told.
    """
    blanked = xml.structure(part) if blanked is None else blanked
    root = xml.root(blanked)
    fresh = _element(part, blanked, root, rules)
    if fresh is None:
        raise ValueError("the root element cannot go")
    if fresh == part[root.start : root.end]:
        return part
    return part[: root.start] + fresh + part[root.end :]


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with the attribute's value replaced, or added, or taken out (None)."""
    pattern = _named(name)
    if value is None:
        return pattern.sub(b"", tag, count=1)
    written = b'%s="%s"' % (name.encode(), xml.escaped(value).encode())
    if pattern.search(tag):
        return pattern.sub(lambda found: found[1] + written, tag, count=1)
    end = tag.rindex(b"/") if tag.rstrip(b">").endswith(b"/") else len(tag) - 1
    return tag[:end].rstrip() + b" " + written + tag[end:]


@lru_cache(maxsize=128)
def _named(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(\s)" + re.escape(name.encode()) + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""")


def element_text(text: str) -> bytes:
    """`text` between tags; quotation marks stay, as Excel writes them."""
    return xml.escaped(text).replace("&quot;", '"').encode()


def _element(part: bytes, blanked: bytes, element: xml.Element, rules: Rules) -> bytes | None:
    if element.name in rules.whole:
        return rules.whole[element.name](part[element.start : element.end], blanked[element.start : element.end])
    tag = _tag(part[element.start : element.inner], rules.attributes.get(element.name, {}))
    if tag is None:
        return None
    if element.name in rules.contents and next(xml.children(blanked, element), None) is None:
        return _with_text(part, element, tag, rules.contents[element.name])
    if element.empty:
        return tag
    return _with_children(part, blanked, element, tag, rules)


def _tag(tag: bytes, changes: Mapping[str, Change]) -> bytes | None:
    for name, value in xml.attributes_of(tag) if changes else ():
        change = changes.get(name)
        if change is None:
            continue
        fresh = change(value)
        if fresh is None:
            return None
        if fresh != value:
            tag = with_attribute(tag, name, fresh)
    return tag


def _with_text(part: bytes, element: xml.Element, tag: bytes, change: Change) -> bytes | None:
    text = xml.content(part, element)
    fresh = change(text)
    if fresh is None:
        return None
    if fresh == text:
        return tag + part[element.inner : element.end]
    return tag + element_text(fresh) + part[element.inner_end : element.end]


def _with_children(part: bytes, blanked: bytes, element: xml.Element, tag: bytes, rules: Rules) -> bytes | None:
    pieces, at, left, gone = [], element.inner, 0, 0
    for child in xml.children(blanked, element):
        fresh = _element(part, blanked, child, rules)
        if fresh is None and child.name in rules.owners.get(element.name, ()):
            return None
        pieces += [part[at : child.start], fresh or b""]
        at = child.end
        left, gone = (left, gone + 1) if fresh is None else (left + 1, gone)
    if gone and not left and element.name in rules.containers:
        return None
    if gone and any(name == "count" for name, _value in xml.attributes_of(tag)):
        tag = with_attribute(tag, "count", str(left))
    return b"".join([tag, *pieces, part[at : element.end]])
