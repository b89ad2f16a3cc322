"""What is a file that is no .xlsx, in the words of someone who wonders why it does not open?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pik_excel.errors import Refused
from pik_excel.language import _
from pik_excel.ooxml import xml

_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""How .xls of Excel 2 to 8 begins that lies in no compound file."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LIST_OF_TYPES = "[content_types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_TYPES = (b"spreadsheetml.sheet.main+xml", b"sheet.macroenabled.main+xml", b"spreadsheetml.template.main+xml",
                   b"template.macroenabled.main+xml", b"addin.macroenabled.main+xml")  # fmt: skip
_MACRO_TYPES = (b"macroenabled.main+xml", b"vnd.ms-office.vbaproject", b"vnd.ms-excel.macrosheet+xml",
                b"vnd.ms-excel.intlmacrosheet+xml")  # fmt: skip
"""Of the workbook, of its code whatever the part is called, and of the sheets that Excel 4 ran."""

_MACRO_RELATIONS = tuple(
    f"/relationships/{kind}{quote}".encode()
    for kind in ("vbaproject", "xlmacrosheet", "xlintlmacrosheet")
    for quote in "\"'"
)


def refuse_unless_zip(data: bytes, name: str) -> None:
    """Raise `Refused` unless the bytes begin like a zip file and end like one."""
    if not data:
        raise _refused(
            "empty", _("{file} ist leer (0 Byte)."), name, _("Bitte die Datei noch einmal speichern oder kopieren.")
        )
    if data.startswith(_OLE):
        raise _compound_file(data, name)
    if data.startswith(b"%PDF"):
        raise _refused(
            "pdf", _("{file} ist eine PDF-Datei."), name, _("Bitte die Arbeitsmappe angeben, aus der sie entstand.")
        )
    if not data.startswith(b"PK"):
        raise _no_zip(data, name)
    if b"PK\5\6" not in data[-70_000:]:
        raise _refused(
            "truncated",
            _("{file} ist abgeschnitten: das Ende der Datei fehlt."),
            name,
            _("Bitte die Datei noch einmal kopieren oder herunterladen."),
        )


def refuse_other_package(parts: Mapping[str, bytes], names: Sequence[str], name: str) -> None:
    """Raise `Refused` where the zip holds something else than an Excel workbook."""
    lower = {entry.lower().replace("\\", "/").lstrip("/"): entry for entry in names}
    types = _types(parts)
    if any(kind in types for kind in _WORKBOOK_TYPES):
        return
    if b"excel.sheet.binary" in types or "xl/workbook.bin" in lower:
        raise _refused(
            "xlsb",
            _("{file} ist eine binäre Arbeitsmappe (.xlsb)."),
            name,
            _("Bitte in Excel mit „Speichern unter“ als Excel-Arbeitsmappe (.xlsx) speichern."),
        )
    if "mimetype" in lower and "content.xml" in lower:
        raise _refused(
            "opendocument",
            _("{file} ist eine OpenDocument-Datei (.ods)."),
            name,
            _("Bitte in LibreOffice oder Excel mit „Speichern unter“ als .xlsx speichern."),
        )
    for marks, code, what in (
        ((b"wordprocessingml", b"ms-word"), "word", _("{file} ist ein Word-Dokument.")),
        ((b"presentationml", b"ms-powerpoint"), "powerpoint", _("{file} ist eine PowerPoint-Präsentation.")),
    ):
        if any(mark in types for mark in marks):
            raise _refused(code, what, name, _("Bitte die Excel-Arbeitsmappe angeben."))
    raise _refused(
        "no-workbook",
        _("{file} ist eine Zip-Datei, aber keine Excel-Arbeitsmappe."),
        name,
        _("Bitte die .xlsx-Datei selbst angeben; liegt sie in der Zip-Datei, diese vorher entpacken."),
    )


def refuse_disguised_macros(parts: Mapping[str, bytes], names: Sequence[str], name: str) -> None:
    """Raise `Refused` where a workbook with macros calls itself one without; Excel opens none of these either."""
    if not name.lower().endswith((".xlsx", ".xltx")):
        return
    types = _types(parts)
    typed = any(kind in types for kind in _MACRO_TYPES)
    if typed or any(map(_holds_macros, names)) or any(_refers_to_macros(*part) for part in parts.items()):
        raise _refused(
            "macros-as-xlsx",
            _("{file} enthält Makros, nennt sich aber .xlsx (Mappe ohne Makros)."),
            name,
            _("Bitte klären, woher die Datei stammt; sind die Makros gewollt, in .xlsm umbenennen."),
        )


def _types(parts: Mapping[str, bytes]) -> bytes:
    """What the package says its parts are, in small letters; comments say nothing."""
    found = next((parts[part] for part in parts if part.lower().replace("\\", "/").lstrip("/") == _LIST_OF_TYPES), b"")
    return _said(found)


def _said(found: bytes) -> bytes:
    """What a part says, in small letters, its references resolved and without its comments."""
    try:
        text = xml.structure(xml.as_utf8(found)).decode("utf-8")
    except (UnicodeDecodeError, LookupError):
        text = found.replace(b"\0", b"").decode("latin-1")
    return xml.unescaped(text).lower().encode()


def _refers_to_macros(part: str, content: bytes) -> bool:
    if not part.lower().endswith(".rels"):
        return False
    said = _said(content)
    return any(kind in said for kind in _MACRO_RELATIONS)


def _holds_macros(part: str) -> bool:
    return part.replace("\\", "/").rpartition("/")[2].lower() == "vbaproject.bin"


def _compound_file(data: bytes, name: str) -> Refused:
    if _stream(data, "EncryptedPackage"):
        return _refused(
            "encrypted",
            _("{file} ist mit einem Kennwort verschlüsselt."),
            name,
            _("Bitte in Excel öffnen, das Kennwort unter „Datei > Informationen“ entfernen und speichern."),
        )
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return _old_excel(name)
    return _refused(
        "ole",
        _("{file} ist keine Excel-Arbeitsmappe, sondern eine andere alte Office-Datei."),
        name,
        _("Bitte die .xlsx-Datei angeben."),
    )


def _old_excel(name: str) -> Refused:
    return _refused(
        "xls",
        _("{file} ist eine Arbeitsmappe im alten Format (.xls, bis Excel 2003)."),
        name,
        _("Bitte in Excel mit „Speichern unter“ als Excel-Arbeitsmappe (.xlsx) speichern."),
    )


def _stream(data: bytes, name: str) -> bool:
    """Whether the compound file has a stream of that name: its directory holds it in UTF-16, closed by a zero."""
    return (name + "\0").encode("utf-16-le") in data


def _no_zip(data: bytes, name: str) -> Refused:
    head = data[:4096]
    if head.startswith(_BARE_XLS):
        return _old_excel(name)
    letters = head.decode("utf-16", "replace").encode() if head[:2] in _UTF16 else head
    start = letters.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith(b"<!--"):
        start = letters.partition(b"-->")[2].lstrip()[:200].lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"mime-version:")):
        return _refused(
            "html",
            _("{file} ist eine Internetseite (HTML), auch wenn der Name nach Excel aussieht."),
            name,
            _("Bitte in Excel öffnen und mit „Speichern unter“ als .xlsx speichern."),
        )
    if start.startswith(b"<?xml"):
        return _refused(
            "xml",
            _("{file} ist eine einzelne XML-Datei, keine Arbeitsmappe."),
            name,
            _("Bitte in Excel öffnen und mit „Speichern unter“ als .xlsx speichern."),
        )
    if _is_text(head):
        return _refused(
            "text",
            _("{file} ist eine Textdatei (CSV), keine Arbeitsmappe."),
            name,
            _("Bitte in Excel über „Daten > Aus Text/CSV“ laden und als .xlsx speichern."),
        )
    return _refused(
        "not-a-workbook",
        _("{file} ist keine Excel-Arbeitsmappe (.xlsx)."),
        name,
        _("Bitte die richtige Datei angeben."),
    )


def _is_text(head: bytes) -> bool:
    """Whether the beginning reads as text: UTF-16 with its mark, or no control characters but tab and line ends."""
    if head[:2] in _UTF16:
        return True
    return not any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)


def _refused(code: str, message: str, name: str, hint: str) -> Refused:
    return Refused(code, message.format(file=name), hint)
