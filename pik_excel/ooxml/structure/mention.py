"""May anything in an XML part refer to a sheet by its name?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.ooxml import xml

_DECLARED = 4  # bytes, behind which no declaration begins, whether there is a byte order mark or not
_PIECE = 1 << 20  # bytes that are looked at in one go: folding letters takes many times their room


def may_mention(text: bytes, sheet: str) -> bool:
    """False only where the name stands nowhere in the part (UTF-8), however it is written: in other letters, with its
    apostrophes doubled, with characters as references. A part with comments or CDATA is not looked into."""
    if b"<!" in text or text.find(b"<?", _DECLARED) >= 0:
        return True
    name = _folded(sheet)
    return any(name in _folded(xml.unescaped(piece)) for piece in _pieces(text))


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
