"""Where in the bytes of a zip file does each entry lie?

The standard library's `zipfile` tells too little of that to copy entries as they are, and believes sizes it is told.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pik_excel.records import dataclass

STORED, DEFLATED = 0, 8
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR64 = struct.Struct("<4sLQL")
_PATH_HEAD = struct.Struct("<BL")  # version, checksum of the name it stands for
UTF8_NAME, DESCRIPTOR, _ENCRYPTED = 0x800, 0x8, 0x1 | 0x40 | 0x2000
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF
_FULL_END = (FULL16, FULL32, FULL32)  # "see the zip64 record": count, size and start of the directory
_ZIP64, _UNICODE_PATH = 1, 0x7075  # kinds of extra fields
_UNIX = (3, 19)  # systems that made an entry: Unix, macOS
_BOTH_SIZES = 16  # bytes of a zip64 field
_PIECE = 1024 * 1024


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

    @property
    def link(self) -> bool:
        """Whether a Unix program would unpack it as a symbolic link."""
        made_by, mode = self.central[5], int.from_bytes(self.central[40:42], "little")
        return made_by in _UNIX and stat.S_ISLNK(mode)


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
    if order[0] != 0:
        raise Damaged(f"{order[0]} bytes before the first entry of the directory")
    following = dict(pairwise(order))
    return Container(tuple(_entry(data, record, following) for record in raw), start, tail)


def packed(data: bytes, entry: Entry) -> memoryview:
    """The entry's content as it lies in the file."""
    return memoryview(data)[entry.data_start : entry.data_start + entry.compressed]


def inflated(data: bytes, entry: Entry, limit: int) -> bytes:
    """The entry's content, counted while it inflates; `OverflowError` beyond `limit`, `Damaged` on a wrong checksum."""
    given = packed(data, entry)
    content = bytes(given) if entry.method == STORED else _inflate(given, min(limit, entry.size), entry.name)
    if len(content) > limit:
        raise OverflowError(entry.name)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _wrong_checksum(entry)
    return content


def verified(data: bytes, entry: Entry, limit: int) -> int:
    """How long the entry's content is: as `inflated`, without keeping it."""
    given = packed(data, entry)
    length, crc = 0, 0
    for piece in (given,) if entry.method == STORED else _pieces(given, entry.name):
        length += len(piece)
        if length > min(limit, entry.size):
            break
        crc = zlib.crc32(piece, crc)
    if length > limit:
        raise OverflowError(entry.name)
    if length != entry.size or crc != entry.crc:
        raise _wrong_checksum(entry)
    return length


def _end_records(data: bytes) -> tuple[int, int, int, int]:
    """Where the end records begin, and the directory's entry count, size and offset."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - END.size - FULL16))
    while at >= 0:
        if len(data) - at >= END.size and END.unpack_from(data, at)[7] == len(data) - at - END.size:
            break
        at = data.rfind(b"PK\5\6", max(0, len(data) - END.size - FULL16), at)
    else:
        raise Damaged("no end of central directory")
    _, disk, first_disk, here, count, size, start, _comment = END.unpack_from(data, at)
    if disk not in (0, FULL16) or first_disk not in (0, FULL16):
        raise Damaged("several disks")
    locator = at - LOCATOR64.size
    if locator >= 0 and data[locator : locator + 4] == b"PK\6\7":
        large = _zip64_end(data, locator)
        if not all(
            own in (full, there) for own, full, there in zip((count, size, start), _FULL_END, large[1:], strict=True)
        ):
            raise Damaged("the two end records say different things")
        return large
    if here != count:
        raise Damaged(f"{here} entries on this disk, {count} in all")
    return at, count, size, start


def _zip64_end(data: bytes, locator: int) -> tuple[int, int, int, int]:
    """As `_end_records`, by the large end record that this locator points at."""
    _, disk, at, disks = LOCATOR64.unpack_from(data, locator)
    if at + END64.size > locator or data[at : at + 4] != b"PK\6\6":
        raise Damaged("zip64 end record not where it is said to be")
    _, _size, _made, _needed, own_disk, first_disk, here, count, size, start = END64.unpack_from(data, at)
    if disk or own_disk or first_disk or disks > 1 or here != count:
        raise Damaged("several disks")
    return at, count, size, start


def _central_records(data: bytes, at: int, end: int) -> Iterable[tuple[str, int, int, int, int, int, int, bytes]]:
    while at < end:
        if at + CENTRAL.size > end or data[at : at + 4] != b"PK\1\2":
            raise Damaged(f"no directory record at {at}")
        (_s, _made, _needed, flags, method, _time, _date, crc, packed, size, n, e, c, disk, _i, _x, start) = (
            CENTRAL.unpack_from(data, at)
        )
        after = at + CENTRAL.size + n + e + c
        if after > end:
            raise Damaged(f"directory record at {at} runs over the end")
        name_at = at + CENTRAL.size
        fields = data[name_at + n : name_at + n + e]
        extra = zip64_field(fields)
        values = [size, packed, start]
        for index, value in enumerate(values):
            if value == FULL32 and extra:
                values[index], extra = int.from_bytes(extra[:8], "little"), extra[8:]
        if disk and (disk != FULL16 or any(extra[:4])):
            raise Damaged("several disks")
        name = _decoded(data[name_at : name_at + n], flags)
        _refuse_second_name(name, data[name_at : name_at + n], fields)
        yield name, method, flags, crc, values[1], values[0], values[2], data[at:after]
        at = after


def _entry(data: bytes, record: tuple[str, int, int, int, int, int, int, bytes], following: Mapping[int, int]) -> Entry:
    name, method, flags, crc, packed, size, start, central = record
    if start + LOCAL.size > len(data) or data[start : start + 4] != b"PK\3\4":
        raise Damaged(f"{name}: no local header at {start}")
    _s, _needed, local_flags, local_method, _time, _date, *sizes, n, e = LOCAL.unpack_from(data, start)
    raw_name = data[start + LOCAL.size : start + LOCAL.size + n]
    local_name = _decoded(raw_name, local_flags)
    if local_method != method or local_name != name:
        raise Damaged(f"{name}: local header says {local_name}, method {local_method}")
    data_start = start + LOCAL.size + n + e
    _refuse_second_name(local_name, raw_name, data[data_start - e : data_start])
    if not local_flags & DESCRIPTOR:
        own = _own_sizes(sizes, zip64_field(data[data_start - e : data_start]))
        if not _says_the_same(own, (crc, packed, size)):
            raise Damaged(f"{name}: local header says other sizes")
    end = following.get(start, start)
    if data_start + packed > end:
        raise Damaged(f"{name}: overlaps what follows")
    rest = data[data_start + packed : end]
    if rest and (rest not in _descriptors(crc, packed, size) if local_flags & DESCRIPTOR else b"PK\3\4" in rest):
        raise Damaged(f"{name}: what follows it is not in the directory")
    return Entry(name, method, flags | local_flags, crc, packed, size, start, data_start, end, central)


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & UTF8_NAME else "cp437")
    except UnicodeDecodeError:
        raise Damaged(f"name {name!r} is not UTF-8") from None


def _refuse_second_name(name: str, raw: bytes, extra: bytes) -> None:
    """Programs that know the Unicode path field go by it, others by the name: it may only spell other letters out."""
    stated = _field(extra, _UNICODE_PATH)
    if len(stated) < _PATH_HEAD.size or _PATH_HEAD.unpack_from(stated) != (1, zlib.crc32(raw)):
        return  # of another name, so nobody goes by it
    other = _decoded(stated[_PATH_HEAD.size :], UTF8_NAME)
    if len(other) != len(name) or any(
        a != b and (a.isascii() or b.isascii()) for a, b in zip(other, name, strict=True)
    ):
        raise Damaged(f"{name}: also called {other}")


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


def _pieces(packed: memoryview, name: str) -> Iterator[bytes]:
    """The inflated content, a part at a time."""
    stream, rest = zlib.decompressobj(-15), bytes(packed)
    try:
        while rest and not stream.eof:
            yield stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
        yield stream.flush()
    except zlib.error as error:
        raise Damaged(f"{name}: {error}") from None
    if not stream.eof or stream.unused_data:
        raise Damaged(f"{name}: compressed data incomplete")


def _wrong_checksum(entry: Entry) -> Damaged:
    return Damaged(f"{entry.name}: content does not match its checksum")


def _own_sizes(sizes: Sequence[int], zip64: bytes) -> tuple[int, ...]:
    """Checksum, packed size and size of a local header, from its zip64 field where the header only points there."""
    crc, packed, size = sizes
    if FULL32 in (packed, size) and len(zip64) >= _BOTH_SIZES:
        size, packed = struct.unpack_from("<2Q", zip64)
    return crc, packed, size


def _descriptors(crc: int, packed: int, size: int) -> Iterator[bytes]:
    """How the record behind the data may look that repeats checksum and sizes."""
    for mark in (b"PK\7\10", b""):
        for shape in ("<L2L", "<L2Q"):
            if shape == "<L2Q" or max(packed, size) <= FULL32:
                yield mark + struct.pack(shape, crc, packed, size)


def _says_the_same(local: tuple[int, ...], central: tuple[int, int, int]) -> bool:
    """Whether checksum and sizes beside the data are those of the directory; 0 and 2³²-1 mean "not said here"."""
    return all(own in (0, FULL32, there) for own, there in zip(local, central, strict=True))


def zip64_field(extra: bytes) -> bytes:
    """The content of the zip64 field among the extra fields, empty where there is none."""
    return _field(extra, _ZIP64)


def _field(extra: bytes, wanted: int) -> bytes:
    """The content of the first extra field of that kind, empty where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""
