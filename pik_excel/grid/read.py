"""What stands in a workbook file?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pik_excel.errors import Refused
from pik_excel.grid.attachments import active_content, application, comments_on, tables_on
from pik_excel.grid.book import calculation_of, names_of
from pik_excel.grid.links import Links
from pik_excel.grid.plain import Impossible, tree
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.grid.sheet import last_style, read_sheet, refuse_missing_style
from pik_excel.grid.spelling import Alike
from pik_excel.grid.strings import shared_strings
from pik_excel.grid.styles import styles_of
from pik_excel.grid.workbook import Sheet, Style, Workbook
from pik_excel.language import _, active
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.relations import only_related, workbook_part
from pik_excel.ooxml.sheets import SheetPart, worksheets


def read_workbook(source: Path | Package) -> Workbook:
    """Read a workbook; raises `Refused` where it cannot be opened. What is not readable in it is in `Sheet.unread`."""
    package = source if isinstance(source, Package) else open_package(source)
    with no_search_for_cycles():
        return _workbook(package)


def _workbook(package: Package) -> Workbook:
    parts = worksheets(package)
    book = workbook_part(package)
    with _understood(package, book):
        root = tree(package.text(book))
        if root.tag != "workbook":
            raise Impossible("wrong-part", _("Das Teil ist keine Arbeitsmappe."))
    calculation = calculation_of(root)
    links = Links(package, book, root)
    texts = _texts(package, book)
    styles, count = _styles(package, book)
    spelling = Alike()  # the sheets of a workbook are written by one program, and many have the same columns
    sheets = [
        _sheet(package, part, texts, calculation.date1904, count, spelling)
        for part in parts
        if part.kind == "worksheet"
    ]
    if count is None:
        styles += (Style(),) * (last_style(sheets) + 1 - len(styles))  # each cell has one, whatever number it names
    return Workbook(
        path=package.path,
        sha256=package.sha256,
        sheets=tuple(sheets),
        names=names_of(root, [part.name for part in parts]),
        calculation=calculation,
        number_formats=tuple(style.number_format for style in styles),
        external_links=links.targets,
        other_workbooks=links.remembered,
        application=application(package),
        active_content=active_content(package, book),
        styles=styles,
    )


class _Texts(NamedTuple):
    """The texts that all sheets share, and the bytes that state them."""

    part: bytes
    all: Sequence[str]


def _texts(package: Package, book: str) -> _Texts:
    part = only_related(package, book, "sharedStrings")
    if part is None:
        return _Texts(b"", ())
    with _understood(package, part):
        return _Texts(package.part(part), package.found_in(part, "texts", lambda: shared_strings(package.text(part))))


def _styles(package: Package, book: str) -> tuple[tuple[Style, ...], int | None]:
    """The styles that all sheets share, and how many there are, where the file has a list of them."""
    part = only_related(package, book, "styles")
    if part is None:
        return (Style(),), None
    with _understood(package, part):
        root = tree(package.text(part))
        if root.tag != "styleSheet":
            raise Impossible("wrong-part", _("Das Teil ist keine Liste von Formaten."))
        styles = styles_of(root)
    return styles, len(styles) if root.find("cellXfs") is not None else None


def _sheet(
    package: Package, part: SheetPart, texts: _Texts, date1904: bool, styles: int | None, spelling: Alike
) -> Sheet:
    with _understood(package, part.part, part.name):
        sheet = _cells(package, part.part, texts, date1904, spelling)
        refuse_missing_style(sheet, styles)
    tables, filtered, tables_unread = tables_on(package, part.part, sheet.hidden_rows)
    comments, comments_unread = comments_on(package, part.part)
    return replace(
        sheet,
        name=part.name,
        state=part.state,
        tables=tables,
        filtered=sheet.filtered or filtered,
        comments=comments,
        unread=(*sheet.unread, *tables_unread, *comments_unread),
    )


def _cells(package: Package, part: str, texts: _Texts, date1904: bool, spelling: Alike) -> Sheet:
    """The sheet as its part gives it: read once, as long as neither the part nor the texts that all sheets share
    change."""
    what = ("cells", texts.part, date1904, active())
    return package.found_in(part, what, lambda: read_sheet(package.text(part), texts.all, date1904, spelling))


@contextmanager
def _understood(package: Package, part: str, sheet: str | None = None) -> Iterator[None]:
    """A part without which nothing in the workbook can be trusted: the workbook is refused where it is not readable."""
    try:
        yield
    except ValueError as error:
        code = error.code if isinstance(error, Impossible) else "damaged-xml"
        where = _("Teil {part}").format(part=part) if sheet is None else _("Blatt „{sheet}“").format(sheet=sheet)
        raise Refused(
            code,
            _("{file} ist beschädigt: {where} ist nicht lesbar ({reason}).").format(
                file=package.path.name, where=where, reason=str(error).rstrip(".")[:200]
            ),
            _("Bitte die Mappe in Excel mit „Öffnen und reparieren“ öffnen und neu speichern."),
        ) from None
