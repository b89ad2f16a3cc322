"""What is refused, with its own code and sentence, and what must not be."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.errors import Refused
from pik_excel.ooxml.limits import Limits
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.sheets import worksheets
from tests.ooxml.building import SHEET, parts, sheet, zipped

PLAIN = sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def plain(**more: bytes) -> bytes:
    return zipped(parts(PLAIN) | more)


def stream(name: str) -> bytes:
    return OLE + (name + "\0").encode("utf-16-le").ljust(64, b"\0")


def other_package(kind: str) -> bytes:
    types = parts(PLAIN)["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", kind.encode())
    return plain(**{"[Content_Types].xml": types})


def with_entries(*names: str) -> bytes:
    return plain(**dict.fromkeys(names, b"<a/>"))


def with_flag(data: bytes, flag: int) -> bytes:
    at = data.find(b"PK\1\2")
    return data[: at + 8] + struct.pack("<H", flag) + data[at + 10 :]


def with_changed_content() -> bytes:
    stored = zipped(parts(PLAIN), zipfile.ZIP_STORED)
    at = stored.find(b"<v>1")
    return stored[: at + 3] + b"7" + stored[at + 4 :]


def with_overlap() -> bytes:
    """The first entry is said to be as long as the first two together."""
    stored = bytearray(zipped(parts(PLAIN), zipfile.ZIP_STORED))
    first, second = stored.find(b"PK\1\2"), stored.find(b"PK\3\4", 4)
    size = struct.unpack_from("<L", stored, first + 20)[0] + 40
    struct.pack_into("<2L", stored, first + 20, size, size)
    assert second > 0
    return bytes(stored)


def with_understated_size() -> bytes:
    data = bytearray(plain(**{"xl/media/big.bin": b"\0" * 100_000}))
    at = data.rfind(b"PK\1\2")
    struct.pack_into("<L", data, at + 24, 10)
    return bytes(data)


def bomb() -> bytes:
    return plain(**{"xl/media/image1.bin": b"\0" * 40_000_000})


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'
REFUSED = {
    "empty": b"",
    "encrypted": stream("EncryptedPackage"),
    "xls": stream("Workbook"),
    "ole": stream("WordDocument"),
    "xlsb": plain(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b""}),
    "opendocument": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
    "word": other_package("wordprocessingml.document.main"),
    "powerpoint": other_package("presentationml.presentation.main"),
    "no-workbook": zipped({"liesmich.txt": b"Hallo"}),
    "text": "Maßnahme;2022\nStelle;66\n".encode("cp1252"),
    "pdf": b"%PDF-1.7\n...",
    "html": b"<html><table><tr><td>1</td></tr></table></html>",
    "xml": b'<?xml version="1.0"?><Workbook/>',
    "not-a-workbook": b"\x00\x01\x02\x03" * 20,
    "truncated": plain()[:-30],
    "damaged": with_changed_content(),
    "encrypted-zip": with_flag(plain(), 1),
    "duplicate-entry": with_entries("xl/Styles.xml", "xl/styles.xml"),
    "unsafe-name": with_entries("../evil.xml"),
    "doctype": zipped(parts(PLAIN.replace("<worksheet", DOCTYPE + "<worksheet"))),
    "suspicious-ratio": bomb(),
}
MORE_REFUSED = [
    ("damaged", with_overlap()),
    ("damaged", with_understated_size()),
    ("unsafe-name", with_entries("/etc/passwd.xml")),
    ("unsafe-name", with_entries("C:/evil.xml")),
    ("unsafe-name", with_entries("xl\\..\\..\\evil.xml")),
    ("duplicate-entry", with_entries("xl\\workbook.xml")),
    ("doctype", zipped(parts((PLAIN.replace("<worksheet", DOCTYPE + "<worksheet")).encode("utf-16")))),
    ("doctype", zipped(parts((PLAIN.replace("<worksheet", DOCTYPE + "<worksheet")).encode("utf-16-be")))),
    ("doctype", plain(**{"docProps/custom.xml": b"<?x?><!-- c --><!doctype a><a/>"})),
    ("damaged", plain(**{"docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'})),
    ("damaged", plain(**{"docProps/custom.xml": "<a/>".encode("utf-32")})),
]


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        Package.from_bytes(data, Path("haushalt.xlsx"))
    assert "haushalt.xlsx" in refused.value.message
    assert refused.value.hint
    return refused.value.code


def test_an_ordinary_workbook_is_admitted() -> None:
    assert worksheets(Package.from_bytes(plain()))[0].name == "Blatt"


@pytest.mark.parametrize(
    "data",
    [
        plain(**{"xl/comment.xml": b"<a><!-- <!DOCTYPE b> --><![CDATA[<!ENTITY c>]]></a>"}),
        plain(**{"xl/utf16.xml": "<?xml version='1.0' encoding='UTF-16'?><a>ß</a>".encode("utf-16")}),
        plain(**{"xl/media/image1.png": b"<!DOCTYPE is no matter in a picture"}),
        plain(**{"xl/leer.xml": b""}),
        plain(**{"xl/small.bin": b"\0" * 1_000_000}),
    ],
)
def test_what_is_odd_but_harmless_is_admitted(data: bytes) -> None:
    assert Package.from_bytes(data).data == data


def test_zip64_is_admitted() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts(PLAIN).items():
            with file.open(name, "w", force_zip64=True) as entry:
                entry.write(content)
    package = Package.from_bytes(buffer.getvalue())
    new = Package.from_bytes(package.replaced({SHEET: package.part(SHEET).replace(b"<v>1", b"<v>2")}))
    assert b"<v>2" in new.part(SHEET)
    assert zipfile.ZipFile(io.BytesIO(new.data)).testzip() is None


@pytest.mark.parametrize(("code", "data"), [*REFUSED.items(), *MORE_REFUSED])
def test_each_is_named_for_what_it_is(code: str, data: bytes) -> None:
    assert code_of(data) == code


def test_every_kind_has_its_own_sentence() -> None:
    sentences = set()
    for data in REFUSED.values():
        with pytest.raises(Refused) as refused:
            Package.from_bytes(data)
        sentences.add(refused.value.message)
    assert len(sentences) == len(REFUSED)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=100), "file-too-large"),
        (Limits(entries=3), "too-many-entries"),
        (Limits(part_bytes=200), "part-too-large"),
        (Limits(total_bytes=1000), "part-too-large"),
    ],
)
def test_the_limits_can_be_set(limits: Limits, code: str) -> None:
    with pytest.raises(Refused) as refused:
        Package.from_bytes(plain(), limits=limits)
    assert refused.value.code == code


def test_a_bomb_costs_no_more_memory_than_the_limit() -> None:
    data = bomb()
    tracemalloc.start()
    with pytest.raises(Refused):
        Package.from_bytes(data, limits=Limits(part_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "fehlt.xlsx", "not-found"),
        (lambda folder: folder, "directory"),
        (lambda folder: folder / "~$haushalt.xlsx", "lock-file"),
        (lambda _folder: Path("/dev/zero"), "not-a-file"),
    ],
)
def test_a_path_that_is_no_workbook_is_named(tmp_path: Path, make: object, code: str) -> None:
    assert callable(make)
    with pytest.raises(Refused) as refused:
        open_package(make(tmp_path))
    assert refused.value.code == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rohr.xlsx")
    with pytest.raises(Refused) as refused:
        open_package(tmp_path / "rohr.xlsx")
    assert refused.value.code == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    file = tmp_path / "geheim.xlsx"
    file.write_bytes(plain())
    file.chmod(0)
    with pytest.raises(Refused) as refused:
        open_package(file)
    assert refused.value.code == "no-permission"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(plain()) - 1))
def test_no_truncated_file_is_ever_admitted(length: int) -> None:
    with pytest.raises(Refused):
        Package.from_bytes(plain()[:length])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(plain()) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_damage_is_refused_or_harmless_and_never_a_crash(damage: list[tuple[int, int]]) -> None:
    data = bytearray(plain())
    for at, value in damage:
        data[at] = value
    try:
        package = Package.from_bytes(bytes(data))
        worksheets(package)
        assert package.part(SHEET) == PLAIN.encode()  # the checksum holds
    except Refused:
        pass


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=0, max_size=3), st.sampled_from(list(parts(PLAIN))))
def test_damaged_xml_is_refused_or_read_and_never_a_crash(at: int, other: bytes, part: str) -> None:
    content = parts(PLAIN)
    content[part] = content[part][:at] + other + content[part][at + len(other) :]
    try:
        package = Package.from_bytes(zipped(content))
        for found in worksheets(package):
            package.structure(found.part)
    except Refused:
        pass
