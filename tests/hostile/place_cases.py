"""Files by what they are and where they lie: names, links, other formats again."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.hostile.case import SAFE, WHOLE, Case, Cases
from tests.hostile.file_cases import OLE, stream
from tests.hostile.zip_cases import PARTS
from tests.ooxml.building import zipped


def cases() -> Cases:
    """All of this group."""
    for name, (code, data, file) in FILES.items():
        yield Case(f"place-{name}", code, lambda data=data: data, file)  # type: ignore[misc]
    for name in NAMES:
        yield Case(f"place-named-{name.encode('unicode_escape').decode()}", WHOLE, lambda: zipped(PARTS), name)
    if sys.platform == "linux":
        for name, (code, make) in PLACES.items():
            yield Case(f"place-{name}", code, place=make)


NAMES = (
    "mit\nZeilenende.xlsx", "mit\tTabulator.xlsx", "mit\x1b[31mFarbe\x07.xlsx", "📊 Haushalt 2022.xlsx", "\u202excod.xlsx",
    "{file} %s ${HOME} `id`.xlsx", "'\"\\.xlsx", "[a-z]*.xlsx", "=1+1.xlsx", "::error::.xlsx", "a;b|c&d.xlsx", ".xlsx",
    ".versteckt.xlsx", "Ma\u0308rz.xlsx", "mappe.xlsx.exe", "mappe.docx", "mappe.zip", "-", "--help.xlsx", "x" * 240 + ".xlsx",
)  # fmt: skip

FILES = {
    "one-byte": ("not-a-workbook", b"\0", "mappe.xlsx"),
    "one-letter": ("text", b"a", "mappe.xlsx"),
    "word": ("word", zipped({"[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>', "word/document.xml": b"<a/>"}), "mappe.xlsx"),
    "odt": ("opendocument", zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "mappe.xlsx"),
    "flat-ods": ("xml", b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "mappe.fods"),
    "epub": ("no-workbook", zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<a/>"}), "mappe.xlsx"),
    "jar": ("no-workbook", zipped({"META-INF/MANIFEST.MF": b"Main-Class: X"}), "mappe.xlsx"),
    "xls-named-xlsx": ("xls", stream("Workbook"), "haushalt.xlsx"),
    "xls-without-ole": ("xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 200, "mappe.xls"),
    "xls-of-excel-2": ("xls", b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 200, "mappe.xls"),
    "xls-of-excel-4": ("xls", b"\x09\x04\x06\x00\x00\x00\x10\x00" + b"\0" * 200, "mappe.xls"),
    "message": ("ole", stream("__substg1.0_0037001F"), "mappe.xlsx"),
    "ole-cut": ("ole", OLE[:100], "mappe.xlsx"),
    "encrypted-and-cut": ("encrypted", stream("EncryptedPackage")[:560], "mappe.xlsx"),
    "encrypted-xls": ("encrypted", stream("Workbook") + stream("EncryptedPackage")[512:], "mappe.xlsx"),
    "mhtml": ("html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "mappe.xls"),
    "html-as-xls": ("html", b"\xef\xbb\xbf<table border=1><tr><td>1</td></tr></table>", "mappe.xls"),
    "html-in-utf16": ("html", "<html><table/></html>".encode("utf-16"), "mappe.xls"),
    "html-behind-a-comment": ("html", b"<!-- saved -->\n<html><body/></html>", "mappe.xls"),
    "xml-2003-in-utf16": ("xml", '<?xml version="1.0"?><Workbook/>'.encode("utf-16"), "mappe.xls"),
    "rtf": ("text", b"{\\rtf1 Hallo}", "mappe.xlsx"),
    "sylk": ("text", b"ID;PWXL;N;E\nC;Y1;X1;K1\n", "mappe.slk"),
    "dbase": ("not-a-workbook", b"\x03\x7a\x01\x01" + b"\0" * 60, "mappe.dbf"),
    "lotus": ("not-a-workbook", b"\0\0\2\0\4\4" + b"\0" * 60, "mappe.wk1"),
    "csv-of-20-mb": ("text", b"a;b;c\n" * 3_500_000, "mappe.csv"),
    "csv-utf16-without-mark": ("not-a-workbook", "Maßnahme;2022\n".encode("utf-16-le"), "mappe.csv"),
    "mac-shadow": ("not-a-workbook", b"\0\5\x16\7\0\2\0\0Mac OS X" + b"\0" * 100, "._mappe.xlsx"),
    "office-lock": ("lock-file", b",Frau Muster,rechner,22.11.2026 14:00,file:///home/x;", ".~lock.mappe.xlsx#"),
    "lock-of-165-bytes": ("lock-file", b"\x0bFrau Muster" + b" " * 153, "~$mappe.xlsx"),
    "bzip2": ("not-a-workbook", b"BZh91AY&SY" + b"\x17" * 50, "mappe.xlsx"),
    "xz": ("not-a-workbook", b"\xfd7zXZ\0" + b"\0" * 50, "mappe.xlsx"),
    "tar": ("not-a-workbook", b"mappe.xlsx".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 247, "mappe.xlsx"),
    "sqlite": ("not-a-workbook", b"SQLite format 3\0" + b"\0" * 84, "mappe.xlsx"),
    "parquet": ("not-a-workbook", b"PAR1\x15\x04" + b"\0" * 50 + b"PAR1", "mappe.xlsx"),
    "git-lfs": ("text", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "mappe.xlsx"),
    "conflict": ("not-a-workbook", b"<<<<<<< HEAD\nPK\3\4\n=======\n>>>>>>> x\n", "mappe.xlsx"),
    "line-ends-changed": (SAFE, zipped(PARTS).replace(b"\n", b"\r\n"), "mappe.xlsx"),
    "through-a-mail-in-7-bits": ("truncated", bytes(byte & 0x7F for byte in zipped(PARTS))[:200], "mappe.xlsx"),
    "base64": ("text", b"UEsDBBQAAAAIAAAAIQBiX1nQ", "mappe.xlsx"),
}  # fmt: skip


def _link(target: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "verweis.xlsx"
        path.symlink_to(target)
        return path

    return make


def _two_links(folder: Path) -> Path:
    (folder / "a.xlsx").symlink_to("b.xlsx")
    (folder / "b.xlsx").symlink_to("a.xlsx")
    return folder / "a.xlsx"


def _pipe_behind_a_link(folder: Path) -> Path:
    os.mkfifo(folder / "rohr")
    return _link("rohr")(folder)


def _in_a_deep_folder(folder: Path) -> Path:
    deep = folder.joinpath(*["x" * 50] * 30)
    deep.mkdir(parents=True)
    (deep / "mappe.xlsx").write_bytes(zipped(PARTS))
    return deep / "mappe.xlsx"


def _link_to_a_folder(folder: Path) -> Path:
    (folder / "ordner").mkdir()
    return _link("ordner")(folder)


def _hard_link(folder: Path) -> Path:
    (folder / "wahr.xlsx").write_bytes(zipped(PARTS))
    os.link(folder / "wahr.xlsx", folder / "zweiter.xlsx")
    return folder / "zweiter.xlsx"


def _no_text(folder: Path) -> Path:
    path = folder / "ma\udcffppe.xlsx"
    path.write_bytes(zipped(PARTS))
    return path


PLACES = {
    "link-to-dev-zero": ("not-a-file", _link("/dev/zero")),
    "link-to-its-own-folder": (SAFE, _link(".")),
    "link-to-an-empty-folder": ("directory", _link_to_a_folder),
    "link-to-passwd": ("text", _link("/etc/passwd")),
    "links-in-a-circle": ("not-readable", _two_links),
    "link-to-a-pipe": ("not-a-file", _pipe_behind_a_link),
    "link-to-memory": (SAFE, _link("/proc/self/mem")),
    "link-to-the-kernels-log": (SAFE, _link("/proc/kmsg")),
    "link-to-the-environment": (SAFE, _link("/proc/self/environ")),
    "link-to-own-output": (SAFE, _link("/proc/self/fd/1")),
    "deep-folder": (WHOLE, _in_a_deep_folder),
    "hard-link": (WHOLE, _hard_link),
    "name-is-no-text": (WHOLE, _no_text),
    "slash-at-the-end": ("not-found", lambda folder: folder / "weg" / ""),
    "an-address": ("not-found", lambda _folder: Path("https://example.invalid/mappe.xlsx")),
}  # fmt: skip
