"""Which texts do the cells of a workbook share?"""

from __future__ import annotations

import re

from pik_excel.grid.plain import Impossible, Unusual, rich_text, shown, text_of, tree, unescaped
from pik_excel.grid.values import string_item
from pik_excel.language import _
from pik_excel.patterns import pattern

_ITEM = pattern(
    r'<si>(?:<t(?: xml:space="preserve")?>([^<]*+)</t></si>|(.*?)</si>)|<si ?/>|\s++|(.)',
    re.DOTALL,
)
_BODY = pattern(
    r'<sst\b(?=[^<>]*\sxmlns="http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml'
    r'/spreadsheetml)/main")[^<>]*>(.*)</sst>\s*\Z',
    re.DOTALL,
)


def shared_strings(data: bytes) -> list[str]:
    """The texts in their order, `data` in UTF-8; raises ValueError where the part is no well-formed XML."""
    text = text_of(data)
    body = _BODY.search(text)
    try:
        return _usual(text, *body.span(1)) if body else _any(text)
    except Unusual:
        return _any(text)


def _usual(text: str, start: int, end: int) -> list[str]:
    """Those between `start` and `end`; not cut out, as all texts together may be half of the workbook."""
    strings = []
    for match in _ITEM.finditer(text, start, end):
        plain, rich, other = match.groups()
        if plain is not None:
            strings.append(shown(unescaped(plain)) if "&" in plain or "_x" in plain else plain)
        elif rich is not None:
            strings.append(string_item(rich) if rich else "")
        elif other is not None:
            raise Unusual(other)
        elif match[0].startswith("<"):
            strings.append("")
    return strings


def _any(text: str) -> list[str]:
    root = tree(text)
    if root.tag != "sst":
        raise Impossible("wrong-part", _("Das Teil ist keine Liste von Texten."))
    return [shown(rich_text(item)) for item in root.iterfind("si")]
