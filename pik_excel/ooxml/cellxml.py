"""How is a cell written, and what does a written cell say?"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pik_excel.ooxml import xml
from pik_excel.ooxml.edits import Blank, Content, Failed, Formula, Number, Stand, Stored, Text, Truth
from pik_excel.ooxml.sheetxml import CellSpan, SheetXml
from pik_excel.patterns import pattern

_DROPPED = pattern(rb"""\s+(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_KIND = pattern(rb"""\s+t\s*=\s*(?:"[^"]*"|'[^']*')""")
_STYLE = pattern(rb"""\s+s\s*=\s*(?:"[^"]*"|'[^']*')""")
_WITHOUT_TYPE = pattern(rb'(<c r="[A-Z]+\d+")(?: s="\d+")?')
_NOT_IN_XML = pattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENCODED = pattern(r"_x([0-9A-Fa-f]{4})_")


class Written(NamedTuple):
    """What a `<c>` says: type, style, formula and its attributes, and the value as written or resolved to text."""

    kind: str
    style: int
    formula: str | None
    formula_kind: str
    value: str | None

    @property
    def stand(self) -> Stand:
        """The stored value; a text of the shared strings is not resolved here."""
        if self.value is None:
            return None
        if self.kind == "b":
            return self.value.strip() in ("1", "true")
        if self.kind == "e":
            return Failed(self.value)
        if self.kind in ("n", ""):
            try:
                return Decimal(self.value.strip()) if self.value.strip() else None
            except InvalidOperation:
                return self.value
        return self.value


def with_content(tag: bytes, prefix: bytes, content: Content, kept: bytes = b"") -> bytes:
    """The `<c>` whose start tag is given as far as the style; `kept` is the `<f>` where only its value is set."""
    inside = kept + _value(prefix, content.value) if isinstance(content, Stored) else _inside(prefix, content)
    return _cell(tag, prefix, _kind(content), inside)


def changed_cell(
    sheet: SheetXml, cell: CellSpan, content: Content, style: int | None, formula: bytes | None = None
) -> bytes:
    """The `<c>` with new content: attributes that we do not know stay, and so does an extension list.

    `formula` is a new `<f>` for a cell whose stored value alone is set.
    """
    tag = sheet.text[cell.start : cell.inner].rstrip(b">").rstrip(b"/").rstrip()
    plain = _WITHOUT_TYPE.fullmatch(tag)
    if style is not None:
        tag = (plain[1] if plain is not None else _STYLE.sub(b"", tag)) + f' s="{style}"'.encode()
    prefix = sheet.prefix
    if isinstance(content, Stored):
        kept = formula if formula is not None else _part(sheet, cell, b"f")
        inside = kept + _value(prefix, content.value)
        tag = tag if plain is not None else _KIND.sub(b"", tag)
    else:
        inside = _inside(prefix, content)
        tag = tag if plain is not None else _DROPPED.sub(b"", tag)
    rest = _part(sheet, cell, b"extLst") if cell.inner < cell.inner_end else b""
    return _cell(tag, prefix, _kind(content), inside + rest)


def written(sheet: SheetXml, cell: CellSpan) -> Written:
    """What the cell says now."""
    given = dict(xml.attributes_of(sheet.structure[cell.start : cell.inner]))
    formula = value = None
    formula_kind = ""
    for element in sheet.inside(cell):
        if element.name == b"f":
            formula = xml.content(sheet.text, element)
            formula_kind = xml.attributes(sheet.structure, element).get("t", "normal")
        elif element.name == b"v":
            value = xml.content(sheet.text, element)
        elif element.name == b"is":
            value = rich_text(sheet.text, sheet.structure, element)
    kind = given.get("t", "n")
    if kind in ("str", "inlineStr") and value is not None:
        value = decoded(value)
    style = given.get("s", "0")
    return Written(kind, int(style) if style.isdigit() else 0, formula, formula_kind, value)


def rich_text(text: bytes, structure: bytes, parent: xml.Element) -> str:
    """The text of an `<is>` or `<si>`: its runs in a row, without the phonetic ones."""
    pieces = []
    for element in xml.children(structure, parent):
        if element.name == b"t":
            pieces.append(xml.content(text, element))
        elif element.name == b"r":
            pieces += [xml.content(text, run) for run in xml.children(structure, element) if run.name == b"t"]
    return "".join(pieces)


def number_text(value: Decimal) -> str:
    """A number as the file has it: plain digits where that is short."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number for a cell")
    return format(value, "f") if -18 <= value.adjusted() <= 20 else str(value)


def encoded(text: str) -> str:
    """Text with the characters that XML cannot hold written as Excel does: `_x000B_`."""
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def decoded(text: str) -> str:
    """What `encoded` wrote."""
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _cell(tag: bytes, prefix: bytes, kind: str, inside: bytes) -> bytes:
    start = tag + (f' t="{kind}"'.encode() if kind else b"")
    return start + b">" + inside + b"</" + prefix + b"c>" if inside else start + b"/>"


def _kind(content: Content) -> str:
    match content:
        case Formula(stored=value) | Stored(value=value):
            return _kind_of(value)
        case Text():
            return "inlineStr"
        case Truth():
            return "b"
    return ""


def _kind_of(value: Stand) -> str:
    match value:
        case Decimal():
            return ""
        case bool():
            return "b"
        case str():
            return "str"
        case Failed():
            return "e"
    return ""


def _inside(prefix: bytes, content: Content) -> bytes:
    match content:
        case Formula(text, stored):
            return _element(prefix, b"f", _escaped(text)) + _value(prefix, stored)
        case Number(value):
            return _value(prefix, value)
        case Truth(value):
            return _value(prefix, value)
        case Text(value):
            return _element(prefix, b"is", _element(prefix, b"t", _escaped(encoded(value)), value))
        case Blank() | Stored():
            return b""
    raise TypeError(content)


def _value(prefix: bytes, value: Stand) -> bytes:
    match value:
        case Decimal():
            return _element(prefix, b"v", number_text(value).encode())
        case None:
            return b""
        case bool():
            return _element(prefix, b"v", b"1" if value else b"0")
        case Failed(code):
            return _element(prefix, b"v", _escaped(code))
    return _element(prefix, b"v", _escaped(encoded(value)), value)


def _element(prefix: bytes, name: bytes, inside: bytes, spaces_of: str = "") -> bytes:
    full, keeps = prefix + name, b""
    if spaces_of and (spaces_of != spaces_of.strip() or "\n" in spaces_of):
        keeps = b' xml:space="preserve"'
    return b"<%b%b>%b</%b>" % (full, keeps, inside, full)


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode("utf-8")


def _part(sheet: SheetXml, cell: CellSpan, name: bytes) -> bytes:
    return b"".join(sheet.text[part.start : part.end] for part in sheet.inside(cell) if part.name == name)
