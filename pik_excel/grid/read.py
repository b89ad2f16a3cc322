"""What stands in a workbook file?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pik_excel.grid.attachments import active_content, application, comments_on, tables_on
from pik_excel.grid.book import calculation_of, names_of
from pik_excel.grid.links import Links
from pik_excel.grid.plain import tree
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.grid.sheet import read_sheet
from pik_excel.grid.strings import shared_strings
from pik_excel.grid.styles import styles_of
from pik_excel.grid.workbook import Sheet, Style, Workbook
from pik_excel.language import _
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import SheetPart, worksheets


def read_workbook(source: Path | Package) -> Workbook:
    """Read a workbook; raises `Refused` where it cannot be opened. What is not readable in it is in `Sheet.unread`."""
    package = source if isinstance(source, Package) else open_package(source)
    with no_search_for_cycles():
        return _workbook(package)


def _workbook(package: Package) -> Workbook:
    parts = worksheets(package)
    book = workbook_part(package)
    root = tree(package.text(book))
    calculation = calculation_of(root)
    links = Links(package, book, root)
    strings, styles, unread = _shared(package, book)
    sheets = [
        _sheet(package, part, strings, calculation.date1904, unread) for part in parts if part.kind == "worksheet"
    ]
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


def _shared(package: Package, book: str) -> tuple[list[str], tuple[Style, ...], tuple[str, ...]]:
    """Texts and styles that all sheets share, and what of them is not readable."""
    strings: list[str] = []
    styles: tuple[Style, ...] = (Style(),)
    unread = []
    try:
        for part in related(package, book, "sharedStrings"):
            strings = shared_strings(package.text(part))
    except ValueError as error:
        unread.append(_("Die Texte der Mappe sind nicht lesbar ({reason}).").format(reason=error))
    try:
        for part in related(package, book, "styles"):
            styles = styles_of(tree(package.text(part)))
    except ValueError as error:
        unread.append(_("Die Formate der Mappe sind nicht lesbar ({reason}).").format(reason=error))
    return strings, styles, tuple(unread)


def _sheet(package: Package, part: SheetPart, strings: list[str], date1904: bool, unread: tuple[str, ...]) -> Sheet:
    sheet = read_sheet(package.text(part.part), strings, date1904)
    tables, filtered, tables_unread = tables_on(package, part.part, sheet.hidden_rows)
    comments, comments_unread = comments_on(package, part.part)
    return replace(
        sheet,
        name=part.name,
        state=part.state,
        tables=tables,
        filtered=sheet.filtered or filtered,
        comments=comments,
        unread=(*unread, *sheet.unread, *tables_unread, *comments_unread),
    )
