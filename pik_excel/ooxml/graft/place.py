"""At which place among the tabs may a new sheet stand?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import xml
from pik_excel.ooxml.graft.formula import named_sheets
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, workbook_part
from pik_excel.ooxml.sheets import worksheets
from pik_excel.patterns import pattern

_THROUGH = pattern(rb">([^<>]*:[^<>]*![^<>]*)<")


def place_after(package: Package, after: str | None) -> int:
    """The place (from 0) behind a sheet, or the last one.

    Raises `NotWritten` where there is no such sheet, or where a formula adds up all sheets from one to another
    (`SUM(Jan:Dez!B4)`) and the new one would stand between them.
    """
    sheets = [sheet.name.casefold() for sheet in worksheets(package)]
    if after is None:
        return len(sheets)
    if after.casefold() not in sheets:
        raise NotWritten(
            "no-such-sheet",
            _("Ein Blatt „{sheet}“ gibt es in dieser Mappe nicht.").format(sheet=after),
            _("Bitte den Namen des Blattes prüfen."),
        )
    at = sheets.index(after.casefold()) + 1
    for first, last in _spans(package) if at < len(sheets) else ():
        places = sorted(sheets.index(name.casefold()) for name in (first, last) if name.casefold() in sheets)
        if len(places) == 2 and places[0] < at <= places[1]:
            raise NotWritten(
                "inside-sheet-range",
                _(
                    "Hinter „{sheet}“ darf kein neues Blatt stehen: eine Formel fasst alle Blätter von „{first}“ "
                    "bis „{last}“ zusammen und zählte es mit."
                ).format(sheet=after, first=first, last=last),
                _("Bitte ein Blatt außerhalb dieser Reihe angeben, etwa das letzte."),
            )
    return at


def _spans(package: Package) -> Iterator[tuple[str, str]]:
    """First and last sheet of every reference through several sheets, in cells, names and charts."""
    texts = set(related(package, workbook_part(package), "sharedStrings"))
    for name in package.names:
        if name in texts or not name.casefold().endswith(".xml"):
            continue
        for formula in _THROUGH.findall(package.text(name)):
            for sheets in named_sheets(xml.unescaped(formula.decode())):
                if len(sheets) == 2:
                    yield sheets[0], sheets[1]
