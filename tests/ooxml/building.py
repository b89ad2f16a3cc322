"""Small workbooks made of the XML that a test wants to see, not of what a library would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from pik_excel.ooxml.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"


def sheet(inside: str, prefix: str = "") -> str:
    """A worksheet part around its inner elements; they must carry the prefix ("x:") themselves."""
    name = f'xmlns{":" + prefix[:-1] if prefix else ""}="{MAIN}"'
    return f'{HEAD}<{prefix}worksheet {name} xmlns:r="{RELATIONS}">{inside}</{prefix}worksheet>'


def parts(worksheet: bytes | str, workbook: str = "") -> dict[str, bytes]:
    """The parts of a workbook with one sheet "Blatt"; `workbook` is put behind its list of sheets."""
    content = worksheet.encode() if isinstance(worksheet, str) else worksheet
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/{SHEET}" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Blatt" sheetId="1" '
            f'r:id="rId1"/></sheets>{workbook}</workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.xml")),
        SHEET: content,
    }


def relationships(*rows: tuple[str, str, str]) -> bytes:
    """A relationships part; each row is id, kind and target."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in rows
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{listed}</Relationships>'.encode()


def zipped(content: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, data in content.items():
            file.writestr(zipfile.ZipInfo(name, (2021, 6, 24, 12, 0, 0)), data, compression)
    return buffer.getvalue()


def workbook(worksheet: bytes | str, inside_workbook: str = "", more: Mapping[str, bytes] | None = None) -> Package:
    """A package with one sheet "Blatt"; `more` are further parts, or other content for those above."""
    return Package.from_bytes(zipped(parts(worksheet, inside_workbook) | dict(more or {})))


def rows(inside: str, before: str = "", after: str = "") -> Package:
    """A workbook whose only sheet has these rows."""
    return workbook(sheet(f"{before}<sheetData>{inside}</sheetData>{after}"))


def text_of(package: Package) -> str:
    """The sheet's part as text."""
    return package.text(SHEET).decode()
