"""To which sheets may anything in an XML part refer by their names?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pik_excel.ooxml import xml

_DECLARED = 4  # bytes, behind which no declaration begins, whether there is a byte order mark or not
_PIECE = 1 << 20  # bytes that are looked at in one go: folding letters takes many times their room


def mentioned(text: bytes, sheets: Iterable[str]) -> frozenset[str]:
    """The sheets whose name may stand in the part (UTF-8), however it is written: in other letters, with its
    apostrophes doubled, with characters as references. In a part with comments or CDATA, which is not looked into, it
    may be all of them."""
    names = {sheet: _folded(sheet) for sheet in sheets}
    if not names or b"<!" in text or text.find(b"<?", _DECLARED) >= 0:
        return frozenset(names)
    found: set[str] = set()
    for piece in _pieces(text):
        folded = _folded(xml.unescaped(piece))
        found.update(sheet for sheet in names.keys() - found if names[sheet] in folded)
        if len(found) == len(names):
            break
    return frozenset(found)


def _folded(text: str) -> str:
    return text.casefold().replace("''", "'")


def _pieces(text: bytes) -> Iterator[str]:
    """The text in pieces that end before a tag, so that no attribute or content is cut."""
    start = 0
    while start < len(text):
        end = text.find(b"<", start + _PIECE)
        end = len(text) if end < 0 else end
        yield text[start:end].decode("utf-8")
        start = end
