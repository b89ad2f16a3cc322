"""How do the many ways to write the same XML become one?

Small parts are read as a tree (`tree`), without namespaces and prefixes. The cells of a sheet are too many for that:
`cells` reads them with one expression that knows the usual spelling, and where a sheet is spelled otherwise (prefixes,
comments, CDATA, other quotes or order), `usual_cells` writes its tree down in the usual spelling first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pik_excel.language import _, legible
from pik_excel.patterns import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
_OWN_ROOTS = ("workbook", "worksheet", "styleSheet", "sst")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION_ID = pattern(r"\{[^}]*/relationships\}id\Z")
_ATTRIBUTES = pattern(r'(?:\s+[\w:.]+="[^"<]*")*\s*/?\Z')
_ATTRIBUTE = pattern(r'([\w:.]+)="([^"]*)"')
_ESCAPED = pattern(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = pattern(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_DIGITS = 18  # of a number that counts anything
_DEEPEST = 256  # elements inside one another
_MUST_ESCAPE = pattern(r'[&<>"\r\n\t]')


class Unusual(ValueError):
    """XML that is spelled otherwise than programs spell it."""


class Impossible(ValueError):
    """What no program can read with one meaning; `code` is that of the refusal, the text says what and where."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(what)
        self.code = code


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a start tag in the usual spelling; raises `Unusual` on another."""
    if not _ATTRIBUTES.match(text):
        raise Unusual(text)
    found = _ATTRIBUTE.findall(text)
    given = {name: unescaped(value) for name, value in found}
    if len(given) < len(found):
        raise Unusual(text)
    return given


def text_of(data: bytes) -> str:
    """The part as text; `data` is UTF-8, line ends become one character as XML asks."""
    text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def tree(text: str | bytes) -> Element:
    """The root of the part: local names, `mc:AlternateContent` resolved, what is of another namespace named "".
    A root that is called like one of SpreadsheetML and is none is of another namespace, too.

    Raises ValueError where it is not well-formed.
    """
    from xml.etree.ElementTree import ParseError, fromstring  # 12 ms that `--help` does not need

    try:
        root = fromstring(text_of(text) if isinstance(text, bytes) else text)
    except ParseError as error:
        raise ValueError(str(error)) from None
    space, _brace, name = root.tag.rpartition("}")
    _simplify(root, space + "}" if space else "")
    if space and name in _OWN_ROOTS and space + "}" not in _MAIN:
        root.tag = ""
    return root


def usual_cells(root: Element) -> str:
    """The content of `sheetData` in the spelling that `cells` knows; only what it reads."""
    data = root.find("sheetData")
    return "".join(_row(row) for row in data.iter("row")) if data is not None else ""


def unescaped(text: str) -> str:
    """Text or attribute with its references (&amp;amp; &amp;#8364;) resolved."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def shown(text: str) -> str:
    """Text as people see it: `_x000D_` is how Excel writes characters that XML cannot hold, `_xD83D__xDE00_` how others
    write one in two halves. Half a character is none."""
    if "_x" not in text:
        return text
    return legible(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


def attribute(element: Element, name: str, default: bool = False) -> bool:
    """A yes/no attribute."""
    given = element.get(name)
    return default if given is None else given.strip() in ("1", "true", "on")


def number_of(element: Element, name: str, default: int = 0) -> int:
    """A whole-number attribute; `default` where there is none or it is no number."""
    given = (element.get(name) or "").strip()
    return int(given) if given.isdecimal() and len(given) <= _DIGITS else default


def _simplify(element: Element, own: str) -> None:
    """Local names for the root's namespace and the two of SpreadsheetML, "" for all others; in place."""
    level = [element]
    for _depth in range(_DEEPEST):
        for one in level:
            _simplify_one(one, own)
        level = [child for one in level for child in one]
        if not level:
            return
    raise Impossible("xml-too-deep", f"elements are nested deeper than {_DEEPEST}")


def _simplify_one(element: Element, own: str) -> None:
    element.tag = _local(element.tag, own)
    for name in [name for name in element.attrib if name.startswith("{")]:
        value = element.attrib.pop(name)
        if _RELATION_ID.match(name):
            element.attrib["r:id"] = value
    if any(child.tag.startswith(_COMPATIBILITY) for child in element):
        element[:] = list(_resolved(element))


def _local(tag: str, own: str) -> str:
    if not tag.startswith("{"):
        return tag if not own else ""
    space, _, name = tag.partition("}")
    return name if space + "}" == own or space + "}" in _MAIN else ""


def _resolved(element: Element) -> Iterator[Element]:
    """The children, with the fallback (what every program understands) instead of an AlternateContent."""
    for child in element:
        if child.tag == _COMPATIBILITY + "AlternateContent":
            fallback = child.find(_COMPATIBILITY + "Fallback")
            yield from fallback if fallback is not None else ()
        else:
            yield child


def _row(row: Element) -> str:
    return f"<row{_attributes(row, 'r')}>{''.join(_cell(cell) for cell in row.findall('c'))}</row>"


def _cell(cell: Element) -> str:
    names = [child.tag for child in cell]
    if "c" in names or any(names.count(one) > 1 for one in ("f", "v", "is")):
        raise Impossible("cell-twice", _("Eine Zelle hat zwei Inhalte oder enthält eine andere Zelle."))
    formula, value, inline = cell.find("f"), cell.find("v"), cell.find("is")
    content = ""
    if formula is not None:
        content += f"<f{_attributes(formula)}>{_quoted(formula.text or '')}</f>"
    if value is not None:
        content += f"<v>{_quoted(value.text or '')}</v>"
    if inline is not None:
        content += f"<is><t>{_quoted(rich_text(inline))}</t></is>"
    return f"<c{_attributes(cell, 'r')}>{content}</c>"


def rich_text(item: Element) -> str:
    """The text of a string item: its own and that of its runs, without the reading aids (phonetics)."""
    own = [piece.text or "" for piece in item.findall("t")]
    return "".join(own + [piece.text or "" for piece in item.findall("r/t")])


def _attributes(element: Element, first: str = "") -> str:
    names = sorted(element.attrib, key=lambda name: name != first)
    return "".join(f' {name}="{_quoted(element.attrib[name])}"' for name in names)


def _quoted(text: str) -> str:
    return _MUST_ESCAPE.sub(lambda match: _MARKUP[match[0]], text)


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED.get(match[3], match[0])
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if code < 0x110000 else match[0]
