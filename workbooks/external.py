"""How does a cell refer to another workbook, as Excel stores it? XlsxWriter cannot write the part; it is added here."""

from __future__ import annotations

import io
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINK = "xl/externalLinks/externalLink1.xml"


@dataclass(frozen=True)
class ExternalCell:
    """One cell of another workbook and the value it had when the file was last open beside it."""

    file: str
    sheet: str
    cell: str
    value: int

    @property
    def formula(self) -> str:
        """The formula as Excel stores it: [1] is the first external workbook."""
        column, row = self.cell.rstrip("0123456789"), self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return f"=[1]{self.sheet}!${column}${row}"


def with_external_workbook(workbook: bytes, cell: ExternalCell) -> bytes:
    """The workbook with the part that `cell.formula` needs."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            _add(after, entry.filename, _linked(entry.filename, before.read(entry).decode("utf-8")))
        _add(after, _LINK, _link(cell))
        _add(after, _LINK.replace("externalLink1.xml", "_rels/externalLink1.xml.rels"), _target(cell))
    return written.getvalue()


def _add(package: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # as on Excel's machine, whatever this one is
    package.writestr(entry, text.encode("utf-8"))


def _linked(name: str, text: str) -> str:
    if name == "[Content_Types].xml":
        return text.replace("</Types>", f'<Override PartName="/{_LINK}" ContentType="{_CONTENT}"/></Types>')
    if name == "xl/_rels/workbook.xml.rels":
        own = f'<Relationship Id="rIdLink" Type="{_OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        return text.replace("</Relationships>", f"{own}</Relationships>")
    if name == "xl/workbook.xml":
        references = '<externalReferences><externalReference r:id="rIdLink"/></externalReferences>'
        return text.replace("</sheets>", f"</sheets>{references}")
    return text


def _link(cell: ExternalCell) -> str:
    row = cell.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (
        f'{_HEAD}<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1">'
        f'<sheetNames><sheetName val="{cell.sheet}"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
        f'<row r="{row}"><cell r="{cell.cell}"><v>{cell.value}</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook></externalLink>"
    )


def _target(cell: ExternalCell) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/externalLinkPath" '
        f'Target="{cell.file}" TargetMode="External"/></Relationships>'
    )
