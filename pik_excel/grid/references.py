"""What does a formula read: cells, names, tables, other sheets, other workbooks?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pik_excel.grid.reference import Area, area_of
from pik_excel.grid.tokens import Token, tokens

_BOOK = re.compile(r"(?P<folder>.*?)\[(?P<book>[^\[\]]+)\](?P<sheet>.*)\Z", re.DOTALL)
_PARAMETER = "_xlpm."  # what LET and LAMBDA name inside the formula


@dataclass(frozen=True)
class Reference:
    """One place that a formula reads, in A1 of its own cell; which of the fields are set tells of what kind it is."""

    text: str  # as written
    sheet: str  # where it reads; for a name the sheet whose own names come first, "" for a name of another workbook
    area: Area | None = None  # whole columns and rows reach to the end of the sheet
    last_sheet: str = ""  # of a 3-D reference ("Jan:Dez!B4")
    book: str = ""  # another workbook: "1" is the first of `Workbook.external_links`; else its path
    name: str = ""  # a defined name
    table: str = ""  # an Excel table
    inside: str = ""  # what stands in the brackets behind the table's name
    lost: bool = False  # what it meant was deleted (#REF!)


def references(formula: str, sheet: str) -> tuple[Reference, ...]:
    """All that a formula (without its "=") on `sheet` reads by reference; INDIRECT and OFFSET may read more."""
    return tuple(_references(tokens(formula), sheet))


def _references(pieces: tuple[Token, ...], own: str) -> Iterator[Reference]:
    place = Reference("", own)
    for (kind, text), following in zip(pieces, (*pieces[1:], Token("", "")), strict=True):
        if kind == "sheet":
            place = _place(text)
            continue
        found = _read(kind, text, following, place)
        if found is not None:
            yield found
        place = Reference("", own)


def _read(kind: str, text: str, following: Token, place: Reference) -> Reference | None:
    """What this piece reads at the place that the piece before it named."""
    whole = replace(place, text=place.text + text)
    if kind == "area":
        area = area_of(text)
        return replace(whole, area=area) if area else replace(whole, name=text)
    if kind == "error" and text == "#REF!":
        return replace(whole, lost=True)
    if kind == "name" and following.kind == "brackets":
        return replace(whole, text=whole.text + following.text, table=text, inside=following.text[1:-1])
    if kind == "name" and not text.startswith(_PARAMETER):
        return replace(whole, name=text)
    return None


def _place(prefix: str) -> Reference:
    """The sheets and the workbook that a prefix such as `'[1]Jan:Dez'!` names."""
    if prefix == "#REF!":
        return Reference(prefix, "", lost=True)
    bare = prefix[:-1].replace("':'", ":")
    if bare.startswith("'"):
        bare = bare[1:-1].replace("''", "'")
    match = _BOOK.match(bare)
    book, sheets = (match["folder"] + match["book"], match["sheet"]) if match else ("", bare)
    first, _, last = sheets.partition(":")
    return Reference(prefix, first, book=book, last_sheet=last)
