"""What do the `<col>` entries of a sheet (width, format, outline) say of columns that are to look like another?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pik_excel.ooxml import xml
from pik_excel.ooxml.sheetxml import SheetXml
from pik_excel.ooxml.splice import Splice
from pik_excel.records import dataclass


def columns_alike(sheet: SheetXml, appended: Iterable[tuple[int, int]]) -> Iterator[Splice]:
    """The splices after which each column's entry is also said for as many columns to its right; one after the
    other. New columns are never hidden."""
    there = [[_entry(sheet, element)] for element in sheet.columns]  # what becomes of each element
    for column, by in appended:
        entries = list(chain.from_iterable(there))
        model = next((one for one in entries if one.low <= column <= one.high), None)
        if model is not None and not any(one.low <= column and column + by <= one.high for one in entries):
            there = [list(_parted(own, model, column + 1, column + by)) for own in there]
    for element, entries in zip(sheet.columns, there, strict=True):
        text = b"".join(entry.text for entry in entries)
        if text != sheet.text[element.start : element.end]:
            yield Splice(element.start, element.end, text)


@dataclass(frozen=True)
class _Entry:
    """What a `<col>` says of the columns from `low` to `high`."""

    low: int
    high: int
    text: bytes

    def of(self, low: int, high: int, drop: Iterable[bytes] = ()) -> _Entry:
        """The same said of other columns, without some attributes."""
        text = self.text
        for name in drop:
            text = re.sub(rb"\s" + name + rb"""\s*=\s*("[^"]*"|'[^']*')""", b"", text)
        for name, value in ((b"min", low), (b"max", high)):
            text = re.sub(rb"(\s" + name + rb"\s*=\s*[\"'])\d+", rb"\g<1>" + str(value).encode(), text, count=1)
        return _Entry(low, high, text)


def _parted(entries: Iterable[_Entry], model: _Entry, first: int, last: int) -> Iterator[_Entry]:
    """The entries, of which those from the `first` to the `last` column are as the model."""
    for entry in entries:
        if entry is not model and (entry.low > last or entry.high < first):
            yield entry
            continue
        if entry.low < first:
            yield entry.of(entry.low, min(entry.high, first - 1))
        if entry is model:
            yield entry.of(first, last, drop=(b"hidden", b"collapsed"))
        if entry.high > last:
            yield entry.of(max(entry.low, last + 1), entry.high)


def _entry(sheet: SheetXml, element: xml.Element) -> _Entry:
    given = xml.attributes(sheet.structure, element)
    return _Entry(int(given.get("min", "0")), int(given.get("max", "0")), sheet.text[element.start : element.end])
