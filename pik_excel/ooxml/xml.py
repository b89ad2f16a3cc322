"""Where in the bytes of an XML part do its elements lie?

A scanner, not a parser: it gives byte spans, so that an edit can be spliced in and the rest stay as it is. It works on
UTF-8; a part in UTF-16 is transcoded and back (`as_utf8`, `encoded_as`), which changes no character.
It expects a part without a DTD (preflight sees to that) and well-formed (expat checks each part before it is edited).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from pik_excel.ooxml.splice import Splice
from pik_excel.patterns import compiled, pattern

_MOST_DIGITS = 18
_MARKUP = pattern(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_TAG = pattern(rb"""<(/?)((?:([^\s/>"'<:=]++):)?([^\s/>"'<:=]++))((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = pattern(rb"""([^\s=<>"'/]++)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = pattern(r"&(?:#([0-9]+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot|apos));")
_DECLARED = pattern(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DIGITS, _NO_CHARACTER = 7, 0x110000
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_WITH_NAMESPACES = " "  # a prefix that is not declared is an error
_ONE_BYTE = pattern(r"(iso-?8859-\d+|latin-?1|windows-125\d|cp125\d)\Z", re.IGNORECASE)


class Element(NamedTuple):
    """One element: `start` to `end` with its tags, `inner` to `inner_end` between them (equal if self-closing)."""

    prefix: bytes
    name: bytes  # the local name
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether it is written as one self-closing tag."""
        return self.inner == self.end


def encoding_of(data: bytes) -> str:
    """The encoding of an XML part: by byte order mark, by its first bytes, then by its declaration."""
    if data[:3] == codecs.BOM_UTF8:
        return "utf-8"
    if data[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        return "utf-32"
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16-le" if data[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
    if data[:4] in (b"<\0?\0", b"\0<\0?"):
        return "utf-16-le" if data[0] else "utf-16-be"
    declared = _DECLARED.match(data[:200])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return name if name != "us-ascii" else "utf-8"


def as_utf8(data: bytes) -> bytes:
    """The part in UTF-8, itself where it is already; raises UnicodeDecodeError, or LookupError on a foreign encoding.

    A byte order mark stays as the character it is, and the declaration stays as it was.
    """
    encoding = encoding_of(data)
    if encoding in ("utf-8", "utf8"):
        return data
    if not encoding.startswith("utf-16-") and not _ONE_BYTE.match(encoding):
        raise LookupError(encoding)
    return data.decode(encoding).encode("utf-8")


def encoded_as(original: bytes, text: bytes) -> bytes:
    """`text` (UTF-8) in the encoding of `original`; what `as_utf8` gave comes back byte for byte."""
    encoding = encoding_of(original)
    if encoding in ("utf-8", "utf8"):
        return text
    return text.decode("utf-8").encode(encoding, "xmlcharrefreplace")


def check(text: bytes) -> None:
    """Raise ValueError unless `text` (UTF-8) is well-formed and free of a DTD; expat says so, not our scanner."""
    parser = expat.ParserCreate("utf-8", _WITH_NAMESPACES)
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def well_formed(text: bytes) -> bool:
    """Whether expat can read it to its end."""
    try:
        expat.ParserCreate("utf-8", _WITH_NAMESPACES).Parse(text, True)
    except expat.ExpatError:
        return False
    return True


def excess(text: bytes, depth: int, attributes: int, attribute_bytes: int) -> str | None:
    """ "depth" where elements are nested deeper, "attributes" where an element has more or longer ones, "damaged" where
    it is not well-formed; else None."""
    parser = expat.ParserCreate("utf-8")
    long = max(map(len, text.split(b"<"))) > attribute_bytes
    level = 0

    def start(_name: str, given: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise _Excess("depth")
        if len(given) > attributes or (long and any(len(value) > attribute_bytes for value in given.values())):
            raise _Excess("attributes")

    def end(_name: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text, True)
    except _Excess as found:
        return str(found)
    except expat.ExpatError:
        return "damaged"
    return None


class _Excess(Exception):
    """Ends the parser."""


def structure(text: bytes) -> bytes:
    """`text` with comments, CDATA and processing instructions blanked out, each byte in its place."""
    if text.find(b"<!") < 0 and text.find(b"<?", 1) < 0 and text[:2] != b"<?":
        return text
    return _MARKUP.sub(lambda match: b" " * len(match[0]), text)


def root(text: bytes) -> Element:
    """The outermost element of `structure(...)`; ValueError where there is none."""
    return next(elements(text, 0, len(text)))


def children(text: bytes, parent: Element) -> Iterator[Element]:
    """The elements directly inside `parent`, in their order."""
    return elements(text, parent.inner, parent.inner_end) if not parent.empty else iter(())


def elements(text: bytes, start: int, end: int) -> Iterator[Element]:
    """The outermost elements between two places of `structure(...)`; ValueError where tags do not match."""
    while tag := _TAG.search(text, start, end):
        if tag[1]:
            raise ValueError(f"end tag without start at {tag.start()}")
        element = _closed(text, tag, end)
        yield element
        start = element.end
    if start == 0:
        raise ValueError("no element")


def child(text: bytes, parent: Element, name: bytes) -> Element | None:
    """The first child of that local name."""
    return next((element for element in children(text, parent) if element.name == name), None)


def descendants(text: bytes, parent: Element, name: bytes) -> Iterator[Element]:
    """All elements of that local name below `parent`, outermost first, also inside mc:AlternateContent."""
    for element in children(text, parent):
        if element.name == name:
            yield element
        yield from descendants(text, element, name)


def attributes(text: bytes, element: Element) -> dict[str, str]:
    """The attributes as written ("r:id" with its prefix), their values unescaped."""
    return dict(attributes_of(text[element.start : element.inner]))


def attributes_of(tag: bytes) -> Iterator[tuple[str, str]]:
    """The attributes of a start tag given as bytes."""
    for name, double, single in _ATTRIBUTE.findall(tag):
        yield name.decode("utf-8"), unescaped((double or single).decode("utf-8"))


def whole(given: Mapping[str, str], name: str) -> int:
    """An attribute that counts or numbers something; 0 where there is none, or none that is a whole number."""
    text = given.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0


def attribute_splice(text: bytes, element: Element, name: str, value: str) -> Splice:
    """The splice that gives an attribute that is there another value; ValueError where it is not there."""
    for found in _ATTRIBUTE.finditer(text, element.start, element.inner):
        if found[1].decode("utf-8") == name:
            return Splice(found.end(1), found.end(), f'="{escaped(value)}"'.encode())
    raise ValueError(f"no attribute {name}")


def unescaped(text: str) -> str:
    """`text` with the five named and all numeric references resolved; nothing else is ever resolved."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def escaped(text: str) -> str:
    """`text` for element content or a value in double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def content(text: bytes, element: Element) -> str:
    """The character data directly and deeply inside an element, CDATA included, comments not."""
    raw = text[element.inner : element.inner_end] if not element.empty else b""
    if b"<" not in raw:
        return unescaped(raw.decode("utf-8"))
    parts = re.split(rb"(<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^>]*>)", raw, flags=re.DOTALL)
    return "".join(
        part[9:-3].decode("utf-8") if part.startswith(b"<![CDATA[") else unescaped(part.decode("utf-8"))
        for part in parts
        if part.startswith(b"<![CDATA[") or not part.startswith(b"<")
    )


def _closed(text: bytes, tag: re.Match[bytes], limit: int) -> Element:
    """The element that a start tag opens: its end is found by counting tags of the same name only, which is fast."""
    prefix, name = tag[3] or b"", tag[4]
    if tag[5].endswith(b"/"):
        return Element(prefix, name, tag.start(), tag.end(), tag.end(), tag.end())
    full, depth, at = tag[2], 1, tag.end()
    close = text.find(b"</" + full, at, limit)
    after = close + len(full) + 3
    if close >= 0 and text[after - 1 : after] == b">" and text.find(b"<" + full, at, close) < 0:
        return Element(prefix, name, tag.start(), at, close, after)
    same = _same_name(full)
    while found := same.search(text, at, limit):
        at = found.end()
        if found[1]:
            depth -= 1
        elif not found[2].endswith(b"/"):
            depth += 1
        if not depth:
            return Element(prefix, name, tag.start(), tag.end(), found.start(), found.end())
    raise ValueError(f"<{tag[2].decode('utf-8', 'replace')}> at {tag.start()} is not closed")


def _no_doctype(*_names: object) -> None:
    raise ValueError("DTD")


@lru_cache(maxsize=256)
def _same_name(full: bytes) -> re.Pattern[bytes]:
    return compiled(rb"<(/?)" + re.escape(full) + rb"""(?=[\s/>])((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    digits = (decimal or hexadecimal).lstrip("0")
    code = int(digits or "0", 10 if decimal else 16) if len(digits) <= _DIGITS else _NO_CHARACTER
    return chr(code) if code < _NO_CHARACTER and not 0xD800 <= code < 0xE000 else match[0]
