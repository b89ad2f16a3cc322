"""Where in the bytes of a zip file does each entry lie, and how is a new zip made that copies the rest as it is?

The standard library's `zipfile` cannot copy an entry without inflating it, and it rewrites headers.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_UTF8_NAME, _DESCRIPTOR, _ENCRYPTED = 0x800, 0x8, 0x1 | 0x40 | 0x2000
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_FIRST_OF_1980 = 0x21


class Damaged(ValueError):
    """The bytes are no zip file that can be read without doubt; the text says where (English, for the log)."""


@dataclass(frozen=True)
class Entry:
    """One entry: what the directory says of it, and where its record (local header to the next record) lies."""

    name: str
    method: int
    flags: int
    crc: int
    compressed: int
    size: int
    start: int
    data_start: int
    end: int
    central: bytes  # its record in the central directory, as it is

    @property
    def encrypted(self) -> bool:
        """Whether a password protects it (the old zip way; Excel's own encryption is another container)."""
        return bool(self.flags & _ENCRYPTED)


@dataclass(frozen=True)
class Container:
    """A zip file's directory: the entries in the order of the directory, and where it lies."""

    entries: tuple[Entry, ...]
    directory: int
    tail: int  # where the end records begin


def container(data: bytes) -> Container:
    """Read the directory of a zip file; `Damaged` where two readers could read it differently."""
    tail, count, size, start = _end_records(data)
    if start + size != tail:
        raise Damaged(f"central directory at {start}+{size} does not end at {tail}")
    raw = list(_central_records(data, start, tail))
    if len(raw) != count:
        raise Damaged(f"{len(raw)} entries, {count} announced")
    order = sorted({record[6] for record in raw} | {start})
    following = dict(pairwise(order))
    return Container(tuple(_entry(data, record, following) for record in raw), start, tail)


def inflated(data: bytes, entry: Entry, limit: int) -> bytes:
    """The entry's content, counted while it inflates; `OverflowError` beyond `limit`, `Damaged` on a wrong checksum."""
    packed = memoryview(data)[entry.data_start : entry.data_start + entry.compressed]
    content = bytes(packed) if entry.method == STORED else _inflate(packed, min(limit, entry.size), entry.name)
    if len(content) > limit:
        raise OverflowError(entry.name)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise Damaged(f"{entry.name}: content does not match its checksum")
    return content


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


def _end_records(data: bytes) -> tuple[int, int, int, int]:
    """Where the end records begin, and the directory's entry count, size and offset."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - _FULL16))
    while at >= 0:
        if len(data) - at >= _END.size and _END.unpack_from(data, at)[7] == len(data) - at - _END.size:
            break
        at = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - _FULL16), at)
    else:
        raise Damaged("no end of central directory")
    _, disk, first_disk, _here, count, size, start, _comment = _END.unpack_from(data, at)
    if disk not in (0, _FULL16) or first_disk not in (0, _FULL16):
        raise Damaged("several disks")
    locator = at - _LOCATOR64.size
    if locator >= 0 and data[locator : locator + 4] == b"PK\6\7":
        at64 = _LOCATOR64.unpack_from(data, locator)[2]
        if at64 + _END64.size > locator or data[at64 : at64 + 4] != b"PK\6\6":
            raise Damaged("zip64 end record not where it is said to be")
        count, size, start = _END64.unpack_from(data, at64)[7:10]
        at = at64
    return at, count, size, start


def _central_records(data: bytes, at: int, end: int) -> Iterable[tuple[str, int, int, int, int, int, int, bytes]]:
    while at < end:
        if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\1\2":
            raise Damaged(f"no directory record at {at}")
        (_s, _made, _needed, flags, method, _time, _date, crc, packed, size, n, e, c, _disk, _i, _x, start) = (
            _CENTRAL.unpack_from(data, at)
        )
        after = at + _CENTRAL.size + n + e + c
        if after > end:
            raise Damaged(f"directory record at {at} runs over the end")
        name_at = at + _CENTRAL.size
        extra = _zip64_extra(data[name_at + n : name_at + n + e])
        values = [size, packed, start]
        for index, value in enumerate(values):
            if value == _FULL32 and extra:
                values[index], extra = int.from_bytes(extra[:8], "little"), extra[8:]
        name = _decoded(data[name_at : name_at + n], flags)
        yield name, method, flags, crc, values[1], values[0], values[2], data[at:after]
        at = after


def _entry(data: bytes, record: tuple[str, int, int, int, int, int, int, bytes], following: Mapping[int, int]) -> Entry:
    name, method, flags, crc, packed, size, start, central = record
    if start + _LOCAL.size > len(data) or data[start : start + 4] != b"PK\3\4":
        raise Damaged(f"{name}: no local header at {start}")
    _s, _needed, local_flags, local_method, *_rest, n, e = _LOCAL.unpack_from(data, start)
    local_name = _decoded(data[start + _LOCAL.size : start + _LOCAL.size + n], local_flags)
    if local_method != method or local_name != name:
        raise Damaged(f"{name}: local header says {local_name}, method {local_method}")
    data_start = start + _LOCAL.size + n + e
    end = following.get(start, start)
    if data_start + packed > end:
        raise Damaged(f"{name}: overlaps what follows")
    return Entry(name, method, flags | local_flags, crc, packed, size, start, data_start, end, central)


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & _UTF8_NAME else "cp437")
    except UnicodeDecodeError:
        raise Damaged(f"name {name!r} is not UTF-8") from None


def _inflate(packed: memoryview, limit: int, name: str) -> bytes:
    stream = zlib.decompressobj(-15)
    try:
        content = stream.decompress(packed, limit + 1)
    except zlib.error as error:
        raise Damaged(f"{name}: {error}") from None
    if len(content) > limit:
        return content  # its caller knows whether this is too much or only more than was announced
    if not stream.eof or stream.unused_data:
        raise Damaged(f"{name}: compressed data incomplete")
    return content


def _zip64_extra(extra: bytes) -> bytes:
    """The content of the zip64 field among the extra fields, empty where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""


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
    _s, needed, flags, method, time, date, *_sizes, n, e = _LOCAL.unpack_from(data, entry.start)
    name = data[entry.start + _LOCAL.size : entry.start + _LOCAL.size + n]
    extra = _without_zip64(data[entry.start + _LOCAL.size + n : entry.start + _LOCAL.size + n + e])
    flags &= ~_DESCRIPTOR
    fields = (flags, method, time, date, crc, len(packed), len(content), n)
    local = _LOCAL.pack(b"PK\3\4", needed, *fields, len(extra)) + name + extra + packed
    s, made, central_needed, *_f, n, e, c, disk, internal, external, _o = _CENTRAL.unpack_from(entry.central)
    names = entry.central[_CENTRAL.size : _CENTRAL.size + n]
    extra = _without_zip64(entry.central[_CENTRAL.size + n : _CENTRAL.size + n + e])
    comment = entry.central[_CENTRAL.size + n + e :]
    head = _CENTRAL.pack(s, made, central_needed, *fields, len(extra), c, disk, internal, external, offset)
    return local, head + names + extra + comment


def _new(name: str, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """The two records of an entry that was not there; its time is fixed: the same change gives the same file."""
    packed, raw = _packed(content, DEFLATED), name.encode("utf-8")
    flags = 0 if raw.isascii() else _UTF8_NAME
    fields = (flags, DEFLATED, 0, _FIRST_OF_1980, zlib.crc32(content), len(packed), len(content), len(raw))
    local = _LOCAL.pack(b"PK\3\4", 20, *fields, 0) + raw + packed
    return local, _CENTRAL.pack(b"PK\1\2", 20, 20, *fields, 0, 0, 0, 0, 0, offset) + raw


def _packed(content: bytes, method: int) -> bytes:
    if method == STORED:
        return content
    stream = zlib.compressobj(6, zlib.DEFLATED, -15)
    return stream.compress(content) + stream.flush()


def _moved(central: bytes, offset: int) -> bytes:
    """The directory record with another offset, also where the offset stands in the zip64 field."""
    *head, start = _CENTRAL.unpack_from(central)
    if start != _FULL32:
        return _CENTRAL.pack(*head, offset) + central[_CENTRAL.size :]
    name, extra = head[10], head[11]
    begin = _CENTRAL.size + name
    field = _zip64_extra(central[begin : begin + extra])
    skip = 8 * ((head[9] == _FULL32) + (head[8] == _FULL32))
    patched = field[:skip] + offset.to_bytes(8, "little") + field[skip + 8 :]
    tag = struct.pack("<2H", 1, len(field))
    return (
        central[:begin] + central[begin : begin + extra].replace(tag + field, tag + patched) + central[begin + extra :]
    )


def _new_tail(tail: bytes, count: int, start: int, size: int) -> bytes:
    """The end records for the new directory; what was written as zip64 stays so."""
    head = b""
    if tail[:4] == b"PK\6\6":
        fields = list(_END64.unpack_from(tail))
        fields[6:10] = [count, count, size, start]
        at = tail.rfind(b"PK\6\7", 0, len(tail))
        head = _END64.pack(*fields) + tail[_END64.size : at] + _LOCATOR64.pack(b"PK\6\7", 0, start + size, 1)
        tail = tail[at + _LOCATOR64.size :]
    s, disk, first, here, total, old_size, old_start, comment = _END.unpack_from(tail)
    counts = [value if value == _FULL16 and head else count for value in (here, total)]
    spans = [o if o == _FULL32 and head else n for o, n in ((old_size, size), (old_start, start))]
    return head + _END.pack(s, disk, first, *counts, *spans, comment) + tail[_END.size :]
