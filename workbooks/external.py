"""How does a cell refer to another workbook, as Excel stores it?"""

from __future__ import annotations

from dataclasses import dataclass

from workbooks.packaged import HEAD, with_part

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
_LINK = "xl/externalLinks/externalLink1.xml"
_KEY = "rIdLink"


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
    references = f'<externalReferences><externalReference r:id="{_KEY}"/></externalReferences>'
    return with_part(
        workbook,
        _LINK,
        _link(cell),
        _CONTENT,
        f"{_OFFICE}/externalLink",
        key=_KEY,
        in_workbook=("</sheets>", references),
        beside={_LINK.replace("externalLink1.xml", "_rels/externalLink1.xml.rels"): _target(cell)},
    )


def _link(cell: ExternalCell) -> str:
    row = cell.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (
        f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1">'
        f'<sheetNames><sheetName val="{cell.sheet}"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
        f'<row r="{row}"><cell r="{cell.cell}"><v>{cell.value}</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook></externalLink>"
    )


def _target(cell: ExternalCell) -> str:
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/externalLinkPath" '
        f'Target="{cell.file}" TargetMode="External"/></Relationships>'
    )
