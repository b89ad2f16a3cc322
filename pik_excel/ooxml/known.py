"""Which parts of a file are, byte for byte, those of the file that it was made from?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pik_excel.ooxml.container import Entry, packed
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Known:
    """A file that was admitted within the same limits: what is packed in the same bytes need not be inflated and looked
    at again. `parts` are its XML parts, inflated."""

    data: bytes = field(default=b"", repr=False)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def holds(self, data: bytes, entry: Entry) -> bool:
        """Whether this entry of another file holds what the entry of that name holds here."""
        own = self.entries.get(entry.name)
        if own is None or (own.method, own.crc, own.size) != (entry.method, entry.crc, entry.size):
            return False
        return bytes(packed(self.data, own)) == bytes(packed(data, entry))  # views are compared byte by byte


NOTHING = Known()
