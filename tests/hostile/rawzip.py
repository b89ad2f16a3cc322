"""A zip file whose every number can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR64 = struct.Struct("<4sLQL")


@dataclass(frozen=True)
class Entry:
    """An entry as it shall be written; None means the truth. `local_…` is what its own header says."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    local_name: bytes | None = None
    local_method: int | None = None
    local_flags: int | None = None
    local_sizes: tuple[int, int, int] | None = None  # crc, packed, size
    start: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    descriptor: bool = False
    comment: bytes = b""
    disk: int = 0

    @property
    def data(self) -> bytes:
        """The bytes between its header and the next."""
        if self.packed is not None:
            return self.packed
        return self.content if self.method == 0 else deflated(self.content)


def deflated(content: bytes) -> bytes:
    """Deflate without a zlib header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def entries(parts: Mapping[str, bytes], **more: object) -> list[Entry]:
    """The parts as honest entries, or with one lie in all of them."""
    return [replace(Entry(name.encode(), content), **more) for name, content in parts.items()]  # type: ignore[arg-type]


def changed(parts: Mapping[str, bytes], name: str, **lies: object) -> list[Entry]:
    """The parts as honest entries but for this one."""
    return [
        replace(one, **lies) if one.name == name.encode() else one  # type: ignore[arg-type]
        for one in entries(parts)
    ]


@dataclass(frozen=True)
class Ending:
    """What the end record says; None means the truth."""

    count: int | None = None
    size: int | None = None
    start: int | None = None
    comment: bytes = b""
    comment_size: int | None = None
    disk: int = 0
    here: int | None = None  # entries on this disk
    zip64: bool = False
    zip64_start: int | None = None
    zip64_count: int | None = None
    zip64_here: int | None = None
    zip64_disk: int = 0
    disks: int = 1
    between: bytes = b""  # between directory and end
    after: bytes = b""


def written(found: Sequence[Entry], ending: Ending = Ending(), before: bytes = b"") -> bytes:
    """The file."""
    out = bytearray(before)
    starts = []
    for one in found:
        starts.append(len(out))
        out += _local(one) + one.data
        if one.descriptor:
            out += struct.pack("<4s3L", b"PK\7\10", zlib.crc32(one.content), len(one.data), len(one.content))
    start = len(out)
    for one, at in zip(found, starts, strict=True):
        out += _central(one, at)
    size = len(out) - start
    out += ending.between
    count = len(found) if ending.count is None else ending.count
    if ending.zip64:
        at64 = len(out)
        many = count if ending.zip64_count is None else ending.zip64_count
        here = many if ending.zip64_here is None else ending.zip64_here
        out += END64.pack(b"PK\6\6", 44, 45, 45, ending.zip64_disk, ending.zip64_disk, here, many, size, start)
        at = at64 if ending.zip64_start is None else ending.zip64_start
        out += LOCATOR64.pack(b"PK\6\7", ending.zip64_disk, at, ending.disks)
    few = min(count, 0xFFFF) if ending.zip64 else count & 0xFFFF
    out += END.pack(
        b"PK\5\6",
        ending.disk,
        ending.disk,
        few if ending.here is None else ending.here,
        few,
        size if ending.size is None else ending.size,
        start if ending.start is None else ending.start,
        len(ending.comment) if ending.comment_size is None else ending.comment_size,
    )
    return bytes(out + ending.comment + ending.after)


def _local(one: Entry) -> bytes:
    name = one.name if one.local_name is None else one.local_name
    method = one.method if one.local_method is None else one.local_method
    flags = (one.flags if one.local_flags is None else one.local_flags) | (8 if one.descriptor else 0)
    sizes = (0, 0, 0) if one.descriptor else one.local_sizes or _sizes(one)
    head = LOCAL.pack(b"PK\3\4", 20, flags, method, 0, 0x5354, *sizes, len(name), len(one.local_extra))
    return head + name + one.local_extra


def _sizes(one: Entry) -> tuple[int, int, int]:
    return (
        zlib.crc32(one.content) if one.crc is None else one.crc,
        len(one.data) if one.packed_size is None else one.packed_size,
        len(one.content) if one.size is None else one.size,
    )


def _central(one: Entry, at: int) -> bytes:
    flags = one.flags | (8 if one.descriptor else 0)
    start = at if one.start is None else one.start
    head = CENTRAL.pack(
        b"PK\1\2", 20, 20, flags, one.method, 0, 0x5354, *_sizes(one), len(one.name), len(one.extra),
        len(one.comment), one.disk, 0, 0, start,
    )  # fmt: skip
    return head + one.name + one.extra + one.comment
