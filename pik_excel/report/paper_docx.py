"""The council paper's tables as a Word document, or put into a Vorlage where its placeholders stand.

Placeholders, each alone in its paragraph: {{tabellen}}, {{beschlossen}}, {{zusaetzlich}}, {{bereitgestellt}},
{{fristen}}, {{szenarien}}. What else stands in the Vorlage stays; its table style is used where it has one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pik_excel.budget.tables import Status
from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.report.columns import Columns
from pik_excel.report.paper import Paper, PaperRow, PaperTable
from pik_excel.report.visible import on_paper

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_UPRIGHT = 17.0  # centimetres of an A4 page between its margins
_SMALL = 8.0  # points; what would be smaller is turned
_PLACEHOLDER = pattern(r"\{\{\s*(\w+)\s*\}\}\Z")
_BLUE, _PALE, _LINE = "1F3864", "E9EEF6", "BFC8D6"
STYLES = ("Tabellenraster", "Table Grid")


def paper_docx(papers: Sequence[Paper], template: Path | None = None) -> bytes:
    """The document; raises BadConfiguration where the Vorlage is no Word document or has no placeholder."""
    import docx  # 0.16 s, and no other form needs it

    try:
        document = docx.Document(str(template)) if template else docx.Document()
    except Exception as error:  # python-docx raises whatever zipfile, lxml or its own parts raise
        raise BadConfiguration(
            "bad-template", _("{file}: keine lesbare Word-Vorlage ({error}).").format(file=template, error=error)
        ) from error
    if template:
        _fill(document, papers, template)
    else:
        _compose(document, papers)
    return _saved(document)


def _saved(document: Document) -> bytes:
    """The same bytes whenever it is saved: python-docx writes the time of each part."""
    out, timeless = io.BytesIO(), io.BytesIO()
    document.save(out)
    with ZipFile(out) as written, ZipFile(timeless, "w") as again:
        for name in written.namelist():
            again.writestr(ZipInfo(name), written.read(name), ZIP_DEFLATED)
    return timeless.getvalue()


def _compose(document: Document, papers: Sequence[Paper]) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if any(Columns.of(table, _UPRIGHT).points < _SMALL for paper in papers for table in paper.tables):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = "Arial", Pt(10)
    usual.paragraph_format.space_after = Pt(4)
    _replaced(document.add_paragraph(), (part for paper in papers for part in _in_order(paper)), Place(document))


def _in_order(paper: Paper) -> Iterator[Part]:
    yield from PARTS["tabellen"](paper)
    for title, name in ((_("Fristen"), "fristen"), (_("Szenarien"), "szenarien")):
        parts = PARTS[name](paper)
        yield from [_heading(title), *parts] if parts else ()


def _replaced(paragraph: Paragraph, parts: Iterable[Part], place: Place) -> None:
    """The parts instead of the paragraph, each written before it: at its end python-docx looks through the whole
    document for every addition."""
    for part in parts:
        part(paragraph.insert_paragraph_before(), place)
    paragraph._p.getparent().remove(paragraph._p)


def _fill(document: Document, papers: Sequence[Paper], template: Path) -> None:
    found, place = False, Place(document)
    for paragraph in list(document.paragraphs):
        placeholder = _PLACEHOLDER.match(paragraph.text.strip())
        if placeholder is None:
            continue
        name = placeholder[1].casefold()
        if name not in PARTS:
            raise BadConfiguration(
                "unknown-placeholder",
                _("{file}: den Platzhalter „{name}“ gibt es nicht.").format(file=template, name=placeholder[1]),
                _("Erlaubt: {names}.").format(names=", ".join(f"{{{{{one}}}}}" for one in PARTS)),
            )
        found = True
        _replaced(paragraph, (part for paper in papers for part in PARTS[name](paper)), place)
    if not found:
        raise BadConfiguration(
            "no-placeholder",
            _("{file}: die Vorlage hat keinen Platzhalter.").format(file=template),
            _("Zum Beispiel in einem eigenen Absatz: {{{{tabellen}}}}").format(),
        )


class Place:
    """What every table asks of its document, which looks through all of itself for an answer; so it is asked once."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def room(self) -> float:
        """Centimetres between the margins."""
        section = self._document.sections[-1]
        room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        return float(room) / 360_000

    @cached_property
    def style(self) -> str | None:
        """The id of the style for tables, where the document has it and does not use it anyway."""
        from docx.enum.style import WD_STYLE_TYPE

        names = {style.name for style in self._document.styles}
        style = next((name for name in STYLES if name in names), None)
        found: str | None = self._document.part.get_style_id(style, WD_STYLE_TYPE.TABLE)  # type: ignore[no-untyped-call]
        return found


Part = Callable[["Paragraph", Place], None]
"""Something that is written at an empty paragraph of the document."""


def _tables(*statuses: Status) -> Callable[[Paper], list[Part]]:
    def parts(paper: Paper) -> list[Part]:
        meant = [table for table in paper.tables if not statuses or table.status in statuses]
        return [
            part for table in meant for part in (_heading(table.title), _at(table), *map(_note, table.notes), _text(""))
        ]

    return parts


def _parts(table: PaperTable) -> list[Part]:
    return [_heading(table.title), _at(table), *map(_note, table.notes), _text("")]


PARTS: dict[str, Callable[[Paper], list[Part]]] = {
    "tabellen": _tables(),
    "beschlossen": _tables(Status.DECIDED, Status.UNSTATED),
    "zusaetzlich": _tables(Status.REQUESTED),
    "bereitgestellt": _tables(Status.PROVIDED),
    "fristen": lambda paper: [_text(one.text) for one in paper.deadlines],
    "szenarien": lambda paper: [_text(one.text) for one in paper.scenarios],
}


def _heading(text: str) -> Part:
    def write(paragraph: Paragraph, _place: Place) -> None:
        from docx.shared import Pt

        run = paragraph.add_run(on_paper(text))
        run.bold = True
        run.font.size = Pt(12)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(4)

    return write


def _text(text: str) -> Part:
    def write(paragraph: Paragraph, _place: Place) -> None:
        paragraph.add_run(on_paper(text))

    return write


def _note(text: str) -> Part:
    def write(paragraph: Paragraph, _place: Place) -> None:
        from docx.shared import Pt

        paragraph.add_run(on_paper(text)).font.size = Pt(8)
        paragraph.paragraph_format.space_after = Pt(0)

    return write


def _at(table: PaperTable) -> Part:
    def write(paragraph: Paragraph, place: Place) -> None:
        from docx.oxml.table import CT_Tbl
        from docx.shared import Cm
        from docx.table import Table

        columns = Columns.of(table, place.room)
        drawn = Table(CT_Tbl.new_tbl(0, len(columns.widths), Cm(place.room)), paragraph._parent)
        _styled(drawn, place)
        widths = [Cm(width) for width in columns.widths]
        for column, room in zip(drawn.columns, widths, strict=True):
            column.width = room
        for head in table.header:
            _header_row(drawn, [cell.text for cell in head], columns.points)
        for row in table.rows:
            _body_row(drawn, row, columns.points)
        for drawn_row in drawn.rows:
            for cell, room in zip(drawn_row.cells, widths, strict=True):
                cell.width = room
        _merged(drawn, table)
        paragraph._p.addnext(drawn._tbl)  # python-docx itself only appends
        paragraph._p.getparent().remove(paragraph._p)

    return write


def _styled(drawn: Table, place: Place) -> None:
    drawn._tbl.tblStyle_val = place.style
    drawn.autofit = False


def _header_row(drawn: Table, texts: Sequence[str], points: float) -> None:
    row = _new_row(drawn)
    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _put(cell, text, points, bold=True, right=index > 0, colour="FFFFFF", shade=_BLUE)
    _mark(row, "w:tblHeader")  # repeated on the next page


def _body_row(drawn: Table, row: PaperRow, points: float) -> None:
    strong = row.kind in {"total", "subtotal"}
    shade = _PALE if strong or row.kind == "key" else None
    new = _new_row(drawn)
    for index, (cell, content) in enumerate(zip(new.cells, row.cells, strict=True)):
        if content.text or row.kind != "key":
            _put(cell, content.text, points, bold=strong, italic=row.kind == "key", right=index > 0, shade=shade)
    _mark(new, "w:cantSplit")


def _merged(drawn: Table, table: PaperTable) -> None:
    """A head that stands once above several columns spans them, as in the workbook; a key spans its row."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for head in (head for row in table.heads for head in row if head.width > 1 or head.height > 1):
        first = drawn.cell(head.row, head.column)
        _join(first, drawn.cell(head.row + head.height - 1, head.column + head.width - 1))
        if head.width > 1:
            first.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for body, row in zip(table.rows, list(drawn.rows)[len(table.header) :], strict=True):
        if body.kind == "key":
            _join(row.cells[0], row.cells[-1])


def _join(first: _Cell, last: _Cell) -> None:
    """One cell of both; python-docx leaves the empty paragraphs of those that went."""
    for paragraph in first.merge(last).paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _put(
    cell: _Cell,
    text: str,
    points: float,
    *,
    bold: bool = False,
    italic: bool = False,
    right: bool = False,
    colour: str | None = None,
    shade: str | None = None,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(on_paper(text))
    run.bold, run.italic = bold, italic
    run.font.size = Pt(points)
    _size_of_mark(paragraph, points)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if shade:
        _shade(cell, shade)


def _size_of_mark(paragraph: Paragraph, points: float) -> None:
    """The end of the paragraph has a size too, which makes a row without text as high as it is."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(2 * points)))
    properties.append(size)
    paragraph._p.get_or_add_pPr().append(properties)


def _shade(cell: _Cell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _new_row(drawn: Table) -> _Row:
    row: _Row = drawn.add_row()  # type: ignore[no-untyped-call]  # python-docx annotates most
    return row


def _mark(row: _Row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
