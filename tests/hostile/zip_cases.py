"""Zip files that lie, are cut off, or are odd and still right."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile.case import WHOLE, Case, Cases
from tests.hostile.rawzip import Ending, Entry, changed, deflated, entries, written
from tests.ooxml.building import SHEET, parts, sheet, zipped

MIB = 1024 * 1024
ROWS = "".join(
    f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Posten {row}</t></is></c><c r="B{row}"><v>{row * 1000}</v></c></row>'
    for row in range(1, 6)
)
PLAIN = sheet(f"<sheetData>{ROWS}</sheetData>")
PARTS = parts(PLAIN)


def cases() -> Cases:
    """All of this group."""
    yield from _bombs()
    yield from _lies()
    yield from _names()
    yield from _cut_off()
    yield from _damaged()
    yield from _encrypted_and_packed()
    yield from _odd_and_right()


def zeros(megabytes: int) -> bytes:
    """Deflated zeros, made piece by piece."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = b"\0" * MIB
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def _with(*more: Entry) -> bytes:
    return written([*entries(PARTS), *more])


def _bomb(name: bytes, megabytes: int, size: int | None = None) -> Entry:
    crc, piece = 0, b"\0" * MIB
    for _ in range(megabytes):
        crc = zlib.crc32(piece, crc)
    return Entry(name, packed=zeros(megabytes), crc=crc, size=megabytes * MIB if size is None else size)


def _bombs() -> Cases:
    yield Case("bomb-picture", "suspicious-ratio", lambda: _with(_bomb(b"xl/media/image1.png", 60)))
    yield Case("bomb-4-gb", "suspicious-ratio", lambda: _with(_bomb(b"xl/media/image1.png", 300, 0xFFFFFFF0)))
    yield Case("bomb-says-10-bytes", "damaged", lambda: _with(_bomb(b"xl/media/image1.png", 60, 10)))
    yield Case("bomb-says-0-bytes", "damaged", lambda: _with(_bomb(b"xl/media/image1.png", 60, 0)))
    yield Case("bomb-many-parts", "suspicious-ratio", lambda: _with(*_many_bombs(40)))
    yield Case("bomb-of-spaces", "suspicious-ratio", lambda: zipped(PARTS | {SHEET: _padded(b" " * 60 * MIB)}))
    yield Case(
        "bomb-comment", "suspicious-ratio", lambda: zipped(PARTS | {SHEET: _padded(b"<!--" + b"x" * 60 * MIB + b"-->")})
    )
    yield Case(
        "bomb-cells",
        "suspicious-ratio",
        lambda: zipped(PARTS | {SHEET: _filled(b'<row><c t="s"/><c/></row>' * 2_000_000)}),
    )
    yield Case("bomb-rows", "suspicious-ratio", lambda: zipped(PARTS | {SHEET: _filled(b"<row/>" * 7_000_000)}))
    yield Case("spaces-20-mb", WHOLE, lambda: zipped(PARTS | {SHEET: _padded(b" " * 20 * MIB)}, zipfile.ZIP_STORED))
    yield Case(
        "comment-20-mb",
        WHOLE,
        lambda: zipped(PARTS | {SHEET: _padded(b"<!--" + b"x" * 20 * MIB + b"-->")}, zipfile.ZIP_STORED),
    )
    yield Case(
        "cells-beyond-all",
        "too-many-cells",
        lambda: zipped(PARTS | {SHEET: _filled(b"<row>" + b"<c/>" * 7_000_000 + b"</row>")}, zipfile.ZIP_STORED),
    )
    yield Case(
        "zip-in-zip",
        WHOLE,
        lambda: zipped(PARTS | {"xl/embeddings/inner.zip": zipped({f"{n}.zip": zeros(1) for n in range(20)})}),
    )
    yield Case("overlapping-kernel", "damaged", _shared_kernel)
    yield Case("same-data-two-names", "damaged", _same_data)


def _many_bombs(count: int) -> Iterator[Entry]:
    one = _bomb(b"", 1)
    for number in range(count):
        yield Entry(f"xl/media/{number}.png".encode(), packed=one.packed, crc=one.crc, size=one.size)


def _padded(inside: bytes) -> bytes:
    return PLAIN.encode().replace(b"</sheetData>", inside + b"</sheetData>")


def _filled(inside: bytes) -> bytes:
    return PLAIN.encode().replace(ROWS.encode(), inside)


def _shared_kernel() -> bytes:
    """All entries of the directory point at one local header."""
    kernel = Entry(b"xl/media/a.png", b"\0" * 1000)
    found = [*entries(PARTS), kernel]
    start = len(written(found[:-1])) - _tail(found[:-1])
    return written(
        [
            *found,
            *(Entry(f"xl/media/{n}.png".encode(), b"", packed=b"", crc=0, size=1000, start=start) for n in range(50)),
        ]
    )


def _tail(found: list[Entry]) -> int:
    data = written(found)
    return len(data) - struct.unpack_from("<L", data, len(data) - 6)[0]


def _same_data() -> bytes:
    found = entries(PARTS)
    start = len(written(found)) - _tail(found)
    real = Entry(b"xl/a.xml", b"<a/>")
    return written([*found, real, Entry(b"xl/b.xml", b"<a/>", packed=b"", packed_size=len(real.data), start=start)])


def _lies() -> Cases:
    def lie(name: str, code: str = "damaged", **lies: object) -> Case:
        return Case(name, code, lambda: written(changed(PARTS, SHEET, **lies)))

    yield lie("size-too-small", size=10)
    yield lie("size-too-large", size=100_000)
    yield lie("size-zero", size=0)
    yield lie("packed-size-too-small", packed_size=20)
    yield lie("packed-size-too-large", packed_size=5000)
    yield lie("packed-size-4-gb", packed_size=0xFFFFFFFE)
    yield lie("size-without-zip64", size=0xFFFFFFFF)
    yield lie("start-beyond-the-end", start=0x7FFFFFFF)
    yield lie("start-without-zip64", start=0xFFFFFFFF)
    yield lie("start-in-the-middle", start=7)
    yield lie("start-of-another-part", start=0)
    yield lie("local-name-differs", local_name=b"xl/worksheets/sheet9.xml")
    yield lie("local-name-traverses", local_name=b"../../etc/passwd00000.xml")
    yield lie("local-method-differs", local_method=0)
    yield lie("stored-but-deflated", method=0, packed=deflated(b"abc"), local_method=0)
    yield lie("deflated-but-stored", packed=PLAIN.encode())
    yield lie("packed-twice", packed=deflated(deflated(PLAIN.encode())))
    yield lie("garbage-behind-deflate", packed=deflated(PLAIN.encode()) + b"garbage")
    yield lie("deflate-without-end", packed=deflated(PLAIN.encode())[:-4])
    yield lie("nothing-packed", packed=b"")
    yield lie("local-sizes-differ", local_sizes=(1, 2, 3))
    yield lie("on-another-disk", disk=3)
    yield Case("count-too-small", "damaged", lambda: written(entries(PARTS), Ending(count=2)))
    yield Case("count-too-large", "damaged", lambda: written(entries(PARTS), Ending(count=50)))
    yield Case("count-65535", "damaged", lambda: written(entries(PARTS), Ending(count=0xFFFF)))
    yield Case("directory-size-lies", "damaged", lambda: written(entries(PARTS), Ending(size=10)))
    yield Case("directory-start-lies", "damaged", lambda: written(entries(PARTS), Ending(start=4)))
    yield Case("directory-start-beyond", "damaged", lambda: written(entries(PARTS), Ending(start=0xFFFFFFF0)))
    yield Case("several-disks", "damaged", lambda: written(entries(PARTS), Ending(disk=2)))
    yield Case("comment-size-lies", "damaged", lambda: written(entries(PARTS), Ending(comment=b"ab", comment_size=9)))
    yield Case("bytes-before", "not-a-workbook", lambda: written(entries(PARTS), before=b"\x00\x01MZ" * 50))
    yield Case("bytes-before-like-a-zip", "damaged", lambda: b"PK\3\4" + b"x" * 99 + zipped(PARTS))
    yield Case("bytes-between", "damaged", lambda: written(entries(PARTS), Ending(between=b"x" * 40)))
    yield Case("bytes-after", "damaged", lambda: written(entries(PARTS), Ending(after=b"x" * 40)))
    yield Case("two-zips-in-one", "damaged", lambda: zipped(PARTS) + zipped(PARTS))
    yield Case("no-entries", "no-workbook", lambda: written([]))
    yield Case("zip64-end-missing", "damaged", lambda: written(entries(PARTS), Ending(zip64=True, zip64_start=3)))
    yield Case("zip64-end-far-away", "damaged", lambda: written(entries(PARTS), Ending(zip64=True, zip64_start=2**31)))
    yield Case("zip64-count-lies", "damaged", lambda: written(entries(PARTS), Ending(zip64=True, zip64_count=2**40)))


def _names() -> Cases:
    def named(name: str, code: str, *added: bytes, content: bytes = b"<a/>") -> Case:
        return Case(f"name-{name}", code, lambda: _with(*(Entry(one, content) for one in added)))

    yield named("up", "unsafe-name", b"../evil.xml")
    yield named("up-deep", "unsafe-name", b"xl/../../evil.xml")
    yield named("up-backslash", "unsafe-name", b"xl\\..\\..\\evil.xml")
    yield named("absolute", "unsafe-name", b"/etc/passwd")
    yield named("drive", "unsafe-name", b"C:/evil.xml")
    yield named("drive-relative", "unsafe-name", b"c:evil.xml")
    yield named("network", "unsafe-name", b"\\\\server\\share\\evil.xml")
    yield named("nul", "unsafe-name", b"xl/sheet\0.xml")
    yield named("empty", "unsafe-name", b"")
    yield named("twice", "duplicate-entry", b"xl/a.xml", b"xl/a.xml")
    yield named("workbook-twice", "duplicate-entry", b"xl/workbook.xml")
    yield named("sheet-twice", "duplicate-entry", SHEET.encode())
    yield named("other-case", "duplicate-entry", b"XL/Workbook.XML")
    yield named("backslash-twice", "duplicate-entry", b"xl\\workbook.xml")
    yield named("content-types-twice", "duplicate-entry", b"[content_types].xml")
    yield named("very-long", WHOLE, b"xl/media/" + b"a" * 60_000 + b".png")
    yield named("umlaut", WHOLE, "xl/media/Maßnahme.png".encode("cp437"))
    yield (
        named("utf8-flag-broken", "damaged", b"xl/media/plain.png")
        if False
        else Case("name-utf8-flag-broken", "damaged", lambda: _with(Entry(b"xl/\xff\xfe.xml", b"<a/>", flags=0x800)))
    )
    yield named("control-characters", WHOLE, b"xl/media/a\x01\x1b[31m.png")
    yield named("right-to-left", WHOLE, b"xl/media/a.png")
    yield named("folder", WHOLE, b"xl/worksheets/", content=b"")
    yield Case(
        "entries-10001",
        "too-many-entries",
        lambda: _with(*(Entry(f"xl/media/{n}.png".encode()) for n in range(10_001))),
    )
    yield Case("entries-70000", "damaged", lambda: _with(*(Entry(f"xl/media/{n}.png".encode()) for n in range(70_000))))
    yield Case("entries-9000", WHOLE, lambda: _with(*(Entry(f"xl/media/{n}.png".encode(), b"x") for n in range(9000))))


def _cut_off() -> Cases:
    data = zipped(PARTS)
    directory = data.find(b"PK\1\2")
    end = data.rfind(b"PK\5\6")
    second = data.find(b"PK\3\4", 4)
    places = {
        "1-byte": (1, "text"),
        "2-bytes": (2, "truncated"),
        "signature": (4, "truncated"),
        "half-a-header": (15, "truncated"),
        "first-name": (35, "truncated"),
        "first-data": (120, "truncated"),
        "between-entries": (second, "truncated"),
        "half": (len(data) // 2, "truncated"),
        "before-directory": (directory, "truncated"),
        "half-a-record": (directory + 20, "truncated"),
        "before-end": (end, "truncated"),
        "end-signature": (end + 4, "damaged"),
        "half-an-end": (end + 11, "damaged"),
        "last-byte": (len(data) - 1, "damaged"),
    }
    for name, (length, code) in places.items():
        yield Case(f"cut-{name}", code, lambda length=length: data[:length])  # type: ignore[misc]
    yield Case("cut-beginning", "not-a-workbook", lambda: data[10:])
    yield Case("hole-in-the-middle", "damaged", lambda: data[:second] + data[second + 60 :])
    yield Case("only-the-end", "no-workbook", lambda: data[end:][:4] + b"\0" * 18)
    yield Case("only-directory-and-end", "damaged", lambda: data[directory:])
    yield Case("zeros-in-the-middle", "damaged", lambda: data[:second] + b"\0" * 60 + data[second + 60 :])


def _damaged() -> Cases:
    for name in PARTS:
        yield Case(f"crc-{name.replace('/', '_')}", "damaged", lambda name=name: written(changed(PARTS, name, crc=1)))  # type: ignore[misc]
    for seed in range(6):
        yield Case(f"bits-{seed}", "damaged", lambda seed=seed: _with_wrong_bits(seed))  # type: ignore[misc]


def _with_wrong_bits(seed: int) -> bytes:
    """Some bytes of the packed sheet are others."""
    data = bytearray(zipped(PARTS))
    chance = random.Random(seed)
    at = data.find(SHEET.encode()) + len(SHEET)
    for _ in range(8):
        data[at + chance.randrange(150)] ^= 1 << chance.randrange(8)
    return bytes(data)


def _encrypted_and_packed() -> Cases:
    for bit in (0x1, 0x40, 0x2000):
        yield Case(f"encrypted-{bit:x}", "encrypted-zip", lambda bit=bit: written(entries(PARTS, flags=bit)))  # type: ignore[misc]
    yield Case("encrypted-one-part", "encrypted-zip", lambda: written(changed(PARTS, SHEET, flags=1)))
    yield Case("encrypted-in-its-own-header", "encrypted-zip", lambda: written(changed(PARTS, SHEET, local_flags=1)))
    for method in (1, 6, 9, 12, 14, 93, 95, 98, 99, 65535):
        yield Case(
            f"method-{method}",
            "unknown-compression",
            lambda method=method: written(changed(PARTS, SHEET, method=method)),
        )  # type: ignore[misc]
    yield Case("bzip2", "unknown-compression", lambda: zipped(PARTS, zipfile.ZIP_BZIP2))
    yield Case("lzma", "unknown-compression", lambda: zipped(PARTS, zipfile.ZIP_LZMA))


def _odd_and_right() -> Cases:
    yield Case("plain", WHOLE, lambda: zipped(PARTS))
    yield Case("all-stored", WHOLE, lambda: zipped(PARTS, zipfile.ZIP_STORED))
    yield Case("zip64-sizes", WHOLE, _zip64)
    yield Case("zip64-end", WHOLE, lambda: written(entries(PARTS), Ending(zip64=True)))
    yield Case("descriptors", WHOLE, lambda: written(entries(PARTS, descriptor=True)))
    yield Case("zip-comment", WHOLE, lambda: written(entries(PARTS), Ending(comment=b"Haushalt 2022")))
    yield Case(
        "comment-like-an-end",
        WHOLE,
        lambda: written(entries(PARTS), Ending(comment=b"PK\5\6 und mehr davon, mehr als 22 Byte")),
    )
    yield Case(
        "extra-fields",
        WHOLE,
        lambda: written(entries(PARTS, extra=b"\x55\x54\5\0\1abcd", local_extra=b"\x55\x54\5\0\1abcd")),
    )
    yield Case("extra-fields-broken", WHOLE, lambda: written(entries(PARTS, extra=b"\x55\x54\xff\xffab")))
    yield Case("entry-comments", WHOLE, lambda: written(entries(PARTS, comment=b"von Hand")))
    yield Case("other-order", WHOLE, lambda: written(entries(dict(reversed(PARTS.items())))))
    yield Case("empty-picture", WHOLE, lambda: zipped(PARTS | {"xl/media/image1.png": b""}))
    yield Case("dates-of-1980", WHOLE, lambda: zipped(PARTS))


def _zip64() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in PARTS.items():
            with file.open(name, "w", force_zip64=True) as entry:
                entry.write(content)
    return buffer.getvalue()
