"""How is a zip file made in which some entries are new and all others are copied byte for byte?

The standard library's `zipfile` cannot copy an entry without inflating it, and it rewrites headers.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping

from pik_excel.ooxml.container import (
    CENTRAL,
    DEFLATED,
    DESCRIPTOR,
    END,
    END64,
    FULL16,
    FULL32,
    LOCAL,
    LOCATOR64,
    STORED,
    UTF8_NAME,
    Container,
    Entry,
    zip64_field,
)

_FIRST_OF_1980 = 0x21


def rebuilt(
    data: bytes,
    zip_file: Container,
    replaced: Mapping[str, bytes],
    removed: Iterable[str] = (),
    added: Mapping[str, bytes] | None = None,
) -> bytes:
    """A new zip: `replaced` content in place, `added` entries at the end, all else copied byte for byte in order."""
    gone = set(removed)
    kept = [entry for entry in zip_file.entries if entry.name not in gone]
    first = min((entry.start for entry in zip_file.entries), default=zip_file.directory)
    body = bytearray(data[:first])
    directory: dict[str, bytes] = {}
    for entry in sorted(kept, key=lambda entry: entry.start):
        offset = len(body)
        if entry.name in replaced:
            record, directory[entry.name] = _written(entry, replaced[entry.name], data, offset)
            body += record
        else:
            body += data[entry.start : entry.end]
            directory[entry.name] = _moved(entry.central, offset)
    for name, content in (added or {}).items():
        record, directory[name] = _new(name, content, len(body))
        body += record
    start = len(body)
    body += b"".join(directory[name] for name in [*(entry.name for entry in kept), *(added or {})])
    return bytes(body + _new_tail(data[zip_file.tail :], len(directory), start, len(body) - start))


def _without_zip64(extra: bytes) -> bytes:
    at, kept = 0, b""
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept + extra[at:]


def _written(entry: Entry, content: bytes, data: bytes, offset: int) -> tuple[bytes, bytes]:
    """The local record and the directory record of an entry with new content; name, time and extra fields stay."""
    packed = _packed(content, entry.method)
    crc = zlib.crc32(content)
    _s, needed, flags, method, time, date, *_sizes, n, e = LOCAL.unpack_from(data, entry.start)
    name = data[entry.start + LOCAL.size : entry.start + LOCAL.size + n]
    extra = _without_zip64(data[entry.start + LOCAL.size + n : entry.start + LOCAL.size + n + e])
    flags &= ~DESCRIPTOR
    fields = (flags, method, time, date, crc, len(packed), len(content), n)
    local = LOCAL.pack(b"PK\3\4", needed, *fields, len(extra)) + name + extra + packed
    s, made, central_needed, *_f, n, e, c, disk, internal, external, _o = CENTRAL.unpack_from(entry.central)
    names = entry.central[CENTRAL.size : CENTRAL.size + n]
    extra = _without_zip64(entry.central[CENTRAL.size + n : CENTRAL.size + n + e])
    comment = entry.central[CENTRAL.size + n + e :]
    head = CENTRAL.pack(s, made, central_needed, *fields, len(extra), c, disk, internal, external, offset)
    return local, head + names + extra + comment


def _new(name: str, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """The two records of an entry that was not there; its time is fixed: the same change gives the same file."""
    packed, raw = _packed(content, DEFLATED), name.encode("utf-8")
    flags = 0 if raw.isascii() else UTF8_NAME
    fields = (flags, DEFLATED, 0, _FIRST_OF_1980, zlib.crc32(content), len(packed), len(content), len(raw))
    local = LOCAL.pack(b"PK\3\4", 20, *fields, 0) + raw + packed
    return local, CENTRAL.pack(b"PK\1\2", 20, 20, *fields, 0, 0, 0, 0, 0, offset) + raw


def _packed(content: bytes, method: int) -> bytes:
    if method == STORED:
        return content
    stream = zlib.compressobj(6, zlib.DEFLATED, -15)
    return stream.compress(content) + stream.flush()


def _moved(central: bytes, offset: int) -> bytes:
    """The directory record with another offset, also where the offset stands in the zip64 field."""
    *head, start = CENTRAL.unpack_from(central)
    if start != FULL32:
        return CENTRAL.pack(*head, offset) + central[CENTRAL.size :]
    name, extra = head[10], head[11]
    begin = CENTRAL.size + name
    field = zip64_field(central[begin : begin + extra])
    skip = 8 * ((head[9] == FULL32) + (head[8] == FULL32))
    patched = field[:skip] + offset.to_bytes(8, "little") + field[skip + 8 :]
    tag = struct.pack("<2H", 1, len(field))
    return (
        central[:begin] + central[begin : begin + extra].replace(tag + field, tag + patched) + central[begin + extra :]
    )


def _new_tail(tail: bytes, count: int, start: int, size: int) -> bytes:
    """The end records for the new directory; what was written as zip64 stays so."""
    head = b""
    if tail[:4] == b"PK\6\6":
        fields = list(END64.unpack_from(tail))
        fields[6:10] = [count, count, size, start]
        at = tail.rfind(b"PK\6\7", 0, len(tail))
        head = END64.pack(*fields) + tail[END64.size : at] + LOCATOR64.pack(b"PK\6\7", 0, start + size, 1)
        tail = tail[at + LOCATOR64.size :]
    s, disk, first, here, total, old_size, old_start, comment = END.unpack_from(tail)
    counts = [value if value == FULL16 and head else count for value in (here, total)]
    spans = [o if o == FULL32 and head else n for o, n in ((old_size, size), (old_start, start))]
    return head + END.pack(s, disk, first, *counts, *spans, comment) + tail[END.size :]
