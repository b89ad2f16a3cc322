"""What does XlsxWriter not write? Links to other workbooks, connections, macros and settings are added here."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from benchmarks.quality.book import Book

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def attached(workbook: bytes, book: Book) -> bytes:
    """The package with the book's attachments and settings."""
    if not book.attachments and not book.settings:
        return workbook
    with ZipFile(io.BytesIO(workbook)) as before:
        parts = {entry.filename: before.read(entry) for entry in before.infolist()}
    for name, value in book.settings.items():
        _setting(parts, name, value)
    for number, attachment in enumerate(book.attachments, 1):
        kind, _, what = attachment.partition(":")
        {"link": _link, "connection": _connection, "macro": _macro}[kind](parts, number, what)
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as after:
        for name, content in parts.items():
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            after.writestr(entry, content)
    return stream.getvalue()


def _setting(parts: dict[str, bytes], name: str, value: str) -> None:
    _change(parts, "xl/workbook.xml", "<calcPr ", f'<calcPr {name}="{value}" ')


def _link(parts: dict[str, bytes], number: int, target: str) -> None:
    """`[1]Blatt!C7` in formulas means sheet "Blatt" of the first link."""
    part = f"xl/externalLinks/externalLink{number}.xml"
    parts[part] = (
        f'{_HEAD}<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="Blatt"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="7"><cell r="C7"><v>4711</v>'
        "</cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
    ).encode()
    parts[f"xl/externalLinks/_rels/externalLink{number}.xml.rels"] = (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/externalLinkPath" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()
    _register(parts, part, f"{_TYPES}.externalLink+xml")
    identity = f"rIdLink{number}"
    _relate(parts, identity, f"{_OFFICE}/externalLink", f"externalLinks/externalLink{number}.xml")
    reference = f'<externalReference r:id="{identity}"/>'
    text = parts["xl/workbook.xml"].decode()
    if "</externalReferences>" in text:
        _change(parts, "xl/workbook.xml", "</externalReferences>", f"{reference}</externalReferences>")
    else:
        _change(parts, "xl/workbook.xml", "</sheets>", f"</sheets><externalReferences>{reference}</externalReferences>")


def _connection(parts: dict[str, bytes], number: int, what: str) -> None:
    parts["xl/connections.xml"] = (
        f'{_HEAD}<connections xmlns="{_MAIN}"><connection id="1" name="{what}" type="1" refreshedVersion="6">'
        f'<dbPr connection="DSN={what};UID=leser" command="SELECT * FROM ansatz"/></connection></connections>'
    ).encode()
    _register(parts, "xl/connections.xml", f"{_TYPES}.connections+xml")
    _relate(parts, f"rIdData{number}", f"{_OFFICE}/connections", "connections.xml")


def _macro(parts: dict[str, bytes], number: int, what: str) -> None:
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + what.encode().ljust(504, b"\0")
    text = parts["[Content_Types].xml"].decode()
    text = text.replace("spreadsheetml.sheet.main+xml", "MACRO").replace(
        "application/vnd.openxmlformats-officedocument.MACRO", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    default = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    parts["[Content_Types].xml"] = re.sub(r"(<Types[^>]*>)", rf"\1{default}", text).encode()
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    _relate(parts, f"rIdMacro{number}", kind, "vbaProject.bin")


def _register(parts: dict[str, bytes], part: str, kind: str) -> None:
    _change(parts, "[Content_Types].xml", "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>')


def _relate(parts: dict[str, bytes], identity: str, kind: str, target: str) -> None:
    own = f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/></Relationships>'
    _change(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", own)


def _change(parts: dict[str, bytes], part: str, old: str, new: str) -> None:
    text = parts[part].decode()
    if text.count(old) != 1:
        raise ValueError(f"{part}: {old} stands there {text.count(old)} times")
    parts[part] = text.replace(old, new).encode()
