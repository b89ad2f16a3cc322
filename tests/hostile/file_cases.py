"""What is no workbook at all, whatever it is called."""

# ruff: noqa: E501  one line a case
from __future__ import annotations

import os
import random
from pathlib import Path

from tests.hostile.case import WHOLE, Case, Cases
from tests.hostile.zip_cases import PARTS
from tests.ooxml.building import zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def cases() -> Cases:
    """All of this group."""
    for name, (code, data) in CONTENTS.items():
        yield Case(f"file-{name}", code, lambda data=data: data)  # type: ignore[misc]
    for name in ("mappe.xls", "mappe.csv", "mappe", "Mappe mit Leerzeichen & Umlaut ü.xlsx", "-v.xlsx", "mappe.XLSX"):
        yield Case(f"named-{name}", WHOLE, lambda: zipped(PARTS), name)
    yield Case("lock-file", "lock-file", lambda: b"\x05Frau Muster" + b" " * 150, "~$mappe.xlsx")
    yield Case("lock-file-that-is-a-workbook", "lock-file", lambda: zipped(PARTS), "~$mappe.xlsx")
    yield Case("not-there", "not-found", place=lambda folder: folder / "fehlt.xlsx")
    yield Case("folder", "directory", place=_folder)
    yield Case("pipe", "not-a-file", place=_pipe)
    yield Case("dev-zero", "not-a-file", place=lambda _folder: Path("/dev/zero"))
    yield Case("dev-null", "not-a-file", place=lambda _folder: Path("/dev/null"))
    yield Case("dev-random", "not-a-file", place=lambda _folder: Path("/dev/urandom"))
    yield Case("dev-stdin", "not-a-file", place=lambda _folder: Path("/dev/tty"))
    yield Case("link-to-a-workbook", WHOLE, place=_link)
    yield Case("link-to-nothing", "not-found", place=_broken_link)
    yield Case("link-to-itself", "not-readable", place=_own_link)
    yield Case("socket", "not-a-file", place=_socket)
    yield Case("name-too-long", "not-readable", place=lambda folder: folder / ("x" * 300 + ".xlsx"))
    yield Case("below-a-file", "not-readable", place=_below_a_file)
    yield Case("sparse-10-gb", "file-too-large", place=_sparse)
    if os.geteuid() != 0:
        yield Case("no-permission", "no-permission", place=_forbidden)


def stream(name: str) -> bytes:
    """An old Office file with one stream of that name."""
    return OLE + (name + "\0").encode("utf-16-le").ljust(64, b"\0")


CONTENTS = {
    "empty": ("empty", b""),
    "xls": ("xls", stream("Workbook")),
    "xls-95": ("xls", stream("Book")),
    "word-97": ("ole", stream("WordDocument")),
    "encrypted": ("encrypted", stream("EncryptedPackage")),
    "only-the-ole-mark": ("ole", OLE[:8]),
    "xlsb": ("xlsb", zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\1"})),
    "ods": ("opendocument", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})),
    "numbers": ("no-workbook", zipped({"Index/Document.iwa": b"\0" * 9, "preview.jpg": b"x"})),
    "zip": ("no-workbook", zipped({"liesmich.txt": b"Hallo"})),
    "zip-with-a-workbook": ("no-workbook", zipped({"haushalt.xlsx": zipped(PARTS)})),
    "csv": ("text", "Maßnahme;2022\nStelle;66\n".encode("cp1252")),
    "csv-utf8": ("text", "\ufeffMaßnahme;2022\n".encode()),
    "csv-utf16": ("text", "Maßnahme;2022\n".encode("utf-16")),
    "tabs": ("text", b"a\tb\n1\t2\n"),
    "json": ("text", b'{"a": 1}'),
    "pdf": ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    "html": ("html", b"<html><table><tr><td>1</td></tr></table></html>"),
    "html-doctype": ("html", b"\n <!DOCTYPE html><html></html>"),
    "xml-2003": ("xml", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    "xml-laughs": ("xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "png": ("not-a-workbook", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
    "gzip": ("not-a-workbook", b"\x1f\x8b\x08\0\0\0\0\0\0\3" + b"\0" * 30),
    "program": ("not-a-workbook", b"MZ\x90\0\3" + b"\0" * 200),
    "7z": ("not-a-workbook", b"7z\xbc\xaf\x27\x1c\0\4"),
    "rar": ("not-a-workbook", b"Rar!\x1a\7\0"),
    "zeros": ("not-a-workbook", b"\0" * 5000),
    "noise": ("not-a-workbook", b"\1" + random.Random(1).randbytes(5000)),
    "pk-only": ("truncated", b"PK"),
    "spaces": ("text", b" " * 5000),
    "script": ("text", b"#!/bin/sh\nrm -rf /\n"),
}  # fmt: skip


def _folder(folder: Path) -> Path:
    path = folder / "ordner.xlsx"
    path.mkdir()
    return path


def _pipe(folder: Path) -> Path:
    path = folder / "rohr.xlsx"
    os.mkfifo(path)
    return path


def _link(folder: Path) -> Path:
    (folder / "wahr.xlsx").write_bytes(zipped(PARTS))
    path = folder / "verweis.xlsx"
    path.symlink_to("wahr.xlsx")
    return path


def _broken_link(folder: Path) -> Path:
    path = folder / "verweis.xlsx"
    path.symlink_to("weg.xlsx")
    return path


def _own_link(folder: Path) -> Path:
    path = folder / "verweis.xlsx"
    path.symlink_to("verweis.xlsx")
    return path


def _socket(folder: Path) -> Path:
    import socket

    path = folder / "s.xlsx"
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket may have 107 bytes only
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)
    return path


def _below_a_file(folder: Path) -> Path:
    (folder / "datei").write_bytes(b"x")
    return folder / "datei" / "mappe.xlsx"


def _sparse(folder: Path) -> Path:
    path = folder / "riesig.xlsx"
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)
    return path


def _forbidden(folder: Path) -> Path:
    path = folder / "geheim.xlsx"
    path.write_bytes(zipped(PARTS))
    path.chmod(0)
    return path
