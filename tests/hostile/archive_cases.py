"""Zip files again: what two readers would read differently, and what is rare and still right."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Sequence
from itertools import chain

from tests.hostile.case import SAFE, WHOLE, Case, Cases
from tests.hostile.rawzip import Ending, Entry, changed, deflated, entries, written
from tests.hostile.zip_cases import PARTS, PLAIN
from tests.ooxml.building import SHEET, zipped

FULL32 = 0xFFFFFFFF
MADE_ON_UNIX = 3 << 8


def cases() -> Cases:
    """All of this group."""
    for name, (code, make) in FILES.items():
        yield Case(f"archive-{name}", code, make)


def zip64_extra(*values: int) -> bytes:
    """The extra field with the 64-bit sizes and start."""
    body = struct.pack(f"<{len(values)}Q", *values)
    return struct.pack("<2H", 1, len(body)) + body


def _sheet64(extra: bytes, local_extra: bytes = b"", **more: object) -> bytes:
    """The sheet's sizes stand in the extra field, as said here."""
    lies = {"size": FULL32, "packed_size": FULL32, "extra": extra, "local_extra": local_extra or extra}
    return written(changed(PARTS, SHEET, **(lies | more)))


def also_called(name: str, crc: int | None = None, of: str = SHEET) -> bytes:
    """The extra field with a second, Unicode name; programs that know it go by it where the checksum fits."""
    body = struct.pack("<BL", 1, zlib.crc32(of.encode("cp437")) if crc is None else crc) + name.encode()
    return struct.pack("<2H", 0x7075, len(body)) + body


def _picture(name: str, also: str) -> bytes:
    extra = also_called(also, of=name)
    return _with(Entry(name.encode("cp437"), b"x", extra=extra, local_extra=extra))


PACKED = len(deflated(PLAIN.encode()))
SIZE = len(PLAIN.encode())


def _with(*more: Entry) -> bytes:
    return written([*entries(PARTS), *more])


def _described(data: bytes) -> bytes:
    """The first descriptor's bytes replaced: only a reader from the front sees it."""
    whole = written(entries(PARTS, descriptor=True))
    at = whole.find(b"PK\7\10")
    return whole[:at] + data.ljust(16, b"\0") + whole[at + 16 :]


def _without_descriptor_marks() -> bytes:
    """Descriptors of 12 bytes, without their mark: allowed, and old programs write them."""
    out, starts = bytearray(), []
    listed = entries(PARTS, flags=8)
    for one in listed:
        starts.append(len(out))
        out += struct.pack("<4s5H3L2H", b"PK\3\4", 20, 8, 8, 0, 0x5354, 0, 0, 0, len(one.name), 0) + one.name + one.data
        out += struct.pack("<3L", zlib.crc32(one.content), len(one.data), len(one.content))
    return _ended(out, listed, starts)


def _ended(out: bytearray, listed: Sequence[Entry], starts: Sequence[int]) -> bytes:
    """These bytes, then a directory that says where each entry starts."""
    start = len(out)
    for one, at in zip(listed, starts, strict=True):
        out += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, one.flags, one.method, 0, 0x5354, zlib.crc32(one.content), len(one.data),
            len(one.content), len(one.name), 0, 0, 0, 0, 0, at,
        ) + one.name  # fmt: skip
    size = len(out) - start
    out += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(listed), len(listed), size, start, 0)
    return bytes(out)


def _polyglot() -> bytes:
    """Two workbooks in one file: from the front the one is read, by the directory at the end the other."""
    other = written(entries(PARTS | {SHEET: PLAIN.replace("1000", "9999").encode()}))
    out, starts = bytearray(other), []
    listed = entries(PARTS)
    for one in listed:
        starts.append(len(out))
        head = (20, 0, 8, 0, 0x5354, zlib.crc32(one.content), len(one.data), len(one.content), len(one.name), 0)
        out += struct.pack("<4s5H3L2H", b"PK\3\4", *head) + one.name + one.data
    return _ended(out, listed, starts)


def _hidden_between() -> bytes:
    """An entry that the directory does not name lies between the others."""
    hidden = written([Entry(b"xl/worksheets/sheet1.xml", b"<a/>")])
    hidden = hidden[: hidden.find(b"PK\1\2")]
    listed = entries(PARTS)
    out, starts = bytearray(), []
    for one in listed:
        starts.append(len(out))
        head = (20, 0, 8, 0, 0x5354, zlib.crc32(one.content), len(one.data), len(one.content), len(one.name), 0)
        out += struct.pack("<4s5H3L2H", b"PK\3\4", *head) + one.name + one.data + hidden
    return _ended(out, listed, starts)


def _quoted_overlap() -> bytes:
    """David Fifield's bomb: the header of the second entry is quoted in the data of the first."""
    kernel = deflated(b"\0" * 100_000)
    second = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0x5354, zlib.crc32(b"\0" * 100_000), len(kernel), 100_000, 1, 0) + b"b"  # fmt: skip
    quoted = b"\0" + struct.pack("<2H", len(second), len(second) ^ 0xFFFF) + second + kernel
    content = second + b"\0" * 100_000
    listed = [*entries(PARTS), Entry(b"a", packed=quoted, size=len(content), crc=zlib.crc32(content))]
    start = written(listed).find(quoted) + 5
    return written([*listed, Entry(b"b", packed=b"", packed_size=len(kernel), size=100_000, crc=zlib.crc32(b"\0" * 100_000), start=start)])  # fmt: skip


def _two_endings() -> bytes:
    """The comment is a whole directory with its end, of another workbook."""
    inner = written(entries(PARTS))
    return written(entries(PARTS), Ending(comment=inner[inner.find(b"PK\1\2") :]))


def _linked(target: bytes, name: bytes = b"xl/media/image1.png") -> bytes:
    """An entry that a Unix program would unpack as a symbolic link."""
    whole = bytearray(_with(Entry(name, target, method=0)))
    at = whole.rfind(name) - 46
    struct.pack_into("<H", whole, at + 4, MADE_ON_UNIX | 20)
    struct.pack_into("<L", whole, at + 38, 0o120777 << 16)
    return bytes(whole)


def _needs(version: int) -> bytes:
    whole = bytearray(written(entries(PARTS)))
    at = whole.find(b"PK\1\2")
    while at >= 0:
        struct.pack_into("<H", whole, at + 6, version)
        at = whole.find(b"PK\1\2", at + 4)
    return bytes(whole)


def _many(count: int) -> bytes:
    listed = chain(entries(PARTS), (Entry(b"e/%d" % n, method=0) for n in range(count)))
    return written(list(listed), Ending(zip64=True))


def _signed() -> bytes:
    """With the digital signature record that the format allows between directory and end."""
    whole = written(entries(PARTS))
    end = whole.find(b"PK\5\6")
    return whole[:end] + b"PK\5\5\4\0abcd" + whole[end:]


FILES = {
    "zip64-right": (WHOLE, lambda: _sheet64(zip64_extra(SIZE, PACKED))),
    "zip64-size-lies": ("damaged", lambda: _sheet64(zip64_extra(SIZE + 1, PACKED))),
    "zip64-size-of-petabytes": ("damaged", lambda: _sheet64(zip64_extra(1 << 52, PACKED))),
    "zip64-packed-of-petabytes": ("damaged", lambda: _sheet64(zip64_extra(SIZE, 1 << 62))),
    "zip64-negative": ("damaged", lambda: _sheet64(zip64_extra((1 << 64) - 1, (1 << 64) - 5))),
    "zip64-start-of-petabytes": ("damaged", lambda: _sheet64(zip64_extra(SIZE, PACKED, 1 << 60), start=FULL32)),
    "zip64-cut-short": ("damaged", lambda: _sheet64(struct.pack("<2H4s", 1, 4, b"\1\0\0\0"))),
    "zip64-empty": ("damaged", lambda: _sheet64(struct.pack("<2H", 1, 0))),
    "zip64-length-lies": ("damaged", lambda: _sheet64(struct.pack("<2H", 1, 60_000) + b"\0" * 8)),
    "zip64-local-says-otherwise": ("damaged", lambda: _sheet64(zip64_extra(SIZE, PACKED), zip64_extra(9, 9))),
    "zip64-local-without": (SAFE, lambda: _sheet64(zip64_extra(SIZE, PACKED), b"\x55\x54\1\0a")),
    "zip64-for-nothing": (WHOLE, lambda: written(entries(PARTS, extra=zip64_extra(1, 2, 3), local_extra=zip64_extra(1, 2)))),
    "zip64-two-fields": ("damaged", lambda: _sheet64(zip64_extra(1, 1) + zip64_extra(SIZE, PACKED))),
    "zip64-second-disk": ("damaged", lambda: written(entries(PARTS), Ending(zip64=True, zip64_disk=1))),
    "zip64-of-five-disks": ("damaged", lambda: written(entries(PARTS), Ending(zip64=True, disks=5))),
    "zip64-some-entries-elsewhere": ("damaged", lambda: written(entries(PARTS), Ending(zip64=True, zip64_here=1))),
    "zip64-small-record-of-another-start": ("damaged", lambda: written(entries(PARTS), Ending(zip64=True, start=4))),
    "zip64-entry-on-another-disk": ("damaged", lambda: written(changed(PARTS, SHEET, disk=0xFFFF, extra=struct.pack("<2HL", 1, 4, 9)))),
    "some-entries-elsewhere": ("damaged", lambda: written(entries(PARTS), Ending(here=1))),
    "second-name-the-same": (WHOLE, lambda: written(changed(PARTS, SHEET, extra=also_called(SHEET)))),
    "second-name-of-another-entry": (WHOLE, lambda: written(changed(PARTS, SHEET, extra=also_called("xl/a.xml", crc=1)))),
    "second-name-spells-it-out": (WHOLE, lambda: _picture("xl/media/Maßnahme.png", "xl/media/Maßnahme.png")),
    "second-name-differs": ("damaged", lambda: written(changed(PARTS, SHEET, extra=also_called("xl/worksheets/sheet9.xml")))),
    "second-name-differs-locally": ("damaged", lambda: written(changed(PARTS, SHEET, local_extra=also_called("xl/worksheets/sheet9.xml")))),
    "second-name-leads-out": ("damaged", lambda: _picture("xl/media/aß.png", "../../../aß.png")),
    "second-name-is-no-utf8": ("damaged", lambda: written(changed(PARTS, SHEET, extra=also_called("")[:2] + b"\6\0" + also_called("")[4:] + b"\xff"))),
    "name-twice-with-a-dot": ("duplicate-entry", lambda: _with(Entry(SHEET.encode() + b".", b"<a/>"))),
    "name-twice-with-spaces": ("duplicate-entry", lambda: _with(Entry(SHEET.replace("/", " ./").encode(), b"<a/>"))),
    "zip64-locator-alone": ("damaged", lambda: written(entries(PARTS), Ending(between=b"PK\6\7" + b"\0" * 16))),
    "descriptors-without-mark": (WHOLE, _without_descriptor_marks),
    "descriptor-lies": ("damaged", lambda: _described(b"PK\7\10" + b"\1\2\3\4" * 3)),
    "descriptor-is-a-header": (SAFE, lambda: _described(b"PK\3\4")),
    "descriptor-announced-only": (SAFE, lambda: written(entries(PARTS, flags=8))),
    "directory-has-no-descriptors": (SAFE, lambda: written(entries(PARTS, local_flags=8, local_sizes=(0, 0, 0)))),
    "local-version-of-a-name": ("damaged", lambda: written(changed(PARTS, SHEET, local_name=SHEET.upper().encode()))),
    "local-utf8-flag-only": (WHOLE, lambda: written(entries(PARTS, local_flags=0x800))),
    "local-checksum-differs": ("damaged", lambda: written(changed(PARTS, SHEET, local_sizes=(7, PACKED, SIZE)))),
    "local-size-differs": ("damaged", lambda: written(changed(PARTS, SHEET, local_sizes=(zlib.crc32(PLAIN.encode()), PACKED, SIZE + 9)))),
    "local-extra-of-60000": (WHOLE, lambda: written(entries(PARTS, local_extra=struct.pack("<2H", 0xCAFE, 60_000) + b"x" * 60_000))),
    "comment-is-an-end": ("damaged", lambda: written(entries(PARTS), Ending(comment=struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)))),
    "comment-is-a-directory": ("damaged", _two_endings),
    "comment-of-65535": (WHOLE, lambda: written(entries(PARTS), Ending(comment=b"H" * 65_535))),
    "comment-with-terminal-codes": (WHOLE, lambda: written(entries(PARTS), Ending(comment=b"\x1b[2J\x1b]0;x\x07"))),
    "two-workbooks-in-one": ("damaged", _polyglot),
    "entry-not-listed": ("damaged", _hidden_between),
    "quoted-overlap": ("damaged", _quoted_overlap),
    "bytes-after-zeros": ("damaged", lambda: zipped(PARTS) + b"\0" * 512),
    "bytes-after-line-end": ("damaged", lambda: zipped(PARTS) + b"\r\n"),
    "bytes-after-70000": ("truncated", lambda: zipped(PARTS) + b"x" * 70_001),
    "signature-of-the-directory": (SAFE, _signed),
    "mac-binary-before": ("not-a-workbook", lambda: b"\0\nmappe.xlsx".ljust(128, b"\0") + zipped(PARTS)),
    "spanned-mark-before": ("damaged", lambda: b"PK\7\10" + zipped(PARTS)),
    "link-to-passwd": ("unsafe-name", lambda: _linked(b"/etc/passwd")),
    "link-upwards": ("unsafe-name", lambda: _linked(b"../../../etc/passwd", b"xl/worksheets/sheet2.xml")),
    "name-up-escaped": ("unsafe-name", lambda: _with(Entry(b"xl/%2e%2e/%2e%2e/evil.xml", b"<a/>"))),
    "name-up-slash-escaped": ("unsafe-name", lambda: _with(Entry(b"..%2f..%2fevil.xml", b"<a/>"))),
    "name-up-escaped-twice": ("unsafe-name", lambda: _with(Entry(b"..%252f..%252fevil.xml", b"<a/>"))),
    "name-nul-escaped": ("unsafe-name", lambda: _with(Entry(b"xl/a%00.xml", b"<a/>"))),
    "name-twice-escaped": ("duplicate-entry", lambda: _with(Entry(b"xl/%77orkbook.xml", b"<a/>"))),
    "name-twice-dotted": ("duplicate-entry", lambda: _with(Entry(b"xl/./workbook.xml", b"<a/>"))),
    "name-twice-slashes": ("duplicate-entry", lambda: _with(Entry(b"xl//workbook.xml", b"<a/>"))),
    "name-up-in-utf8": ("unsafe-name", lambda: _with(Entry("xl/ä/../../../evil.xml".encode(), b"<a/>", flags=0x800))),
    "name-only-dots": ("unsafe-name", lambda: _with(Entry(b"..", b"<a/>"))),
    "name-home": (WHOLE, lambda: _with(Entry(b"~/.ssh/authorized_keys", b"x"))),
    "name-device": (WHOLE, lambda: _with(Entry(b"xl/media/CON.png", b"x"), Entry(b"xl/media/aux.xml", b"<a/>"))),
    "name-format-codes": (WHOLE, lambda: _with(Entry(b"xl/media/{file} %s ${x}.png", b"x"))),
    "name-line-ends": (WHOLE, lambda: _with(Entry(b"xl/media/a\n::error::b\r.png", b"x"))),
    "name-with-letters-turned": (WHOLE, lambda: _with(Entry("xl/media/\u202egnp.exe".encode(), b"x", flags=0x800))),
    "name-of-65535": (WHOLE, lambda: _with(Entry(b"a" * 65_535, b"x"))),
    "name-of-1000-folders": (WHOLE, lambda: _with(Entry(b"a/" * 20_000 + b"b.png", b"x"))),
    "folder-with-content": (SAFE, lambda: _with(Entry(b"xl/media/", b"abc"))),
    "entries-100000-empty": ("too-many-entries", lambda: _many(100_000)),
    "entries-70000-zip64": ("too-many-entries", lambda: _many(70_000)),
    "count-of-zip64-small": ("damaged", lambda: written(entries(PARTS), Ending(zip64=True, zip64_count=1))),
    "deflate64": ("unknown-compression", lambda: written(entries(PARTS, method=9))),
    "zstandard": ("unknown-compression", lambda: written(entries(PARTS, method=20))),
    "method-for-a-picture": ("unknown-compression", lambda: _with(Entry(b"xl/media/a.jpg", b"x", method=96, packed=b"x"))),
    "needs-version-25.5": (SAFE, lambda: _needs(255)),
    "aes-extra": ("unknown-compression", lambda: _with(Entry(b"xl/media/a.png", b"x", method=99, extra=struct.pack("<2HH2sBH", 0x9901, 7, 2, b"AE", 3, 8)))),
    "stored-with-a-zip-inside": (WHOLE, lambda: _with(Entry(b"xl/embeddings/m.xlsx", zipped(PARTS), method=0))),
    "stored-with-a-directory-inside": (WHOLE, lambda: _with(Entry(b"xl/embeddings/m.bin", b"PK\1\2" * 500 + b"PK\5\6" + b"\0" * 18, method=0))),
    "deflate-in-many-blocks": (WHOLE, lambda: written(changed(PARTS, SHEET, packed=_in_blocks(PLAIN.encode())))),
    "deflate-of-empty-blocks": (WHOLE, lambda: written(changed(PARTS, SHEET, packed=b"\0\0\0\xff\xff" * 40_000 + deflated(PLAIN.encode())))),
    "deflate-with-zlib-head": ("damaged", lambda: written(changed(PARTS, SHEET, packed=zlib.compress(PLAIN.encode())))),
    "stored-sizes-differ": ("damaged", lambda: written(changed(PARTS, SHEET, method=0, packed=PLAIN.encode(), size=SIZE - 9))),
    "gzip-of-a-workbook": ("not-a-workbook", lambda: gzip.compress(zipped(PARTS))),
    "gzip-in-gzip": ("not-a-workbook", lambda: gzip.compress(gzip.compress(b"\0" * 10_000_000))),
    "zip-in-zip-in-zip": ("no-workbook", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.xlsx": zipped(PARTS)})})})),
    "many-alike-parts": (WHOLE, lambda: _with(*(Entry(b"customXml/item%d.xml" % n, b"<a/>") for n in range(5000)))),
}  # fmt: skip


def _in_blocks(content: bytes) -> bytes:
    """Deflated with a flush after each piece."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = (
        packer.compress(content[at : at + 7]) + packer.flush(zlib.Z_FULL_FLUSH) for at in range(0, len(content), 7)
    )
    return b"".join(pieces) + packer.flush()
