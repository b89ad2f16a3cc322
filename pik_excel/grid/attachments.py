"""What hangs on a workbook and its sheets in parts of its own: tables, comments, links, macros?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pik_excel.grid.plain import number_of, rich_text, shown, tree
from pik_excel.grid.reference import area_of
from pik_excel.grid.sheet import hides_rows
from pik_excel.grid.workbook import ExcelTable
from pik_excel.language import _
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import related, relations

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def tables_on(
    package: Package, sheet: str, hidden_rows: frozenset[int]
) -> tuple[tuple[ExcelTable, ...], bool, tuple[str, ...]]:
    """The tables of a sheet part, whether a filter of theirs hides rows, and what is not readable."""
    tables, filtered, unread = [], False, []
    for part in related(package, sheet, "table"):
        try:
            root = tree(package.text(part))
        except ValueError as error:
            unread.append(_("Eine Excel-Tabelle ist nicht lesbar ({reason}).").format(reason=error))
            continue
        table = _table(root)
        if table is not None and len(table.columns) != table.area.right - table.area.left + 1:
            reason = f"{len(table.columns)} tableColumn, {root.get('ref')}"
            unread.append(_("Eine Excel-Tabelle ist nicht lesbar ({reason}).").format(reason=reason))
        elif table is not None:
            tables.append(table)
        filtered = filtered or hides_rows(root.find("autoFilter"), hidden_rows)
    return tuple(tables), filtered, tuple(unread)


def comments_on(package: Package, sheet: str) -> tuple[Mapping[tuple[int, int], str], tuple[str, ...]]:
    """The comments of a sheet part by cell, threads joined, and what is not readable.

    A thread has a plain comment beside it that tells old programs to be updated; the thread is what was said.
    """
    comments: dict[tuple[int, int], str] = {}
    unread = []
    for kind, element in (("comments", "commentList/comment"), ("threadedComment", "threadedComment")):
        said: dict[tuple[int, int], list[str]] = {}
        for part in related(package, sheet, kind):
            try:
                items = tree(package.text(part)).findall(element)
            except ValueError as error:
                unread.append(_("Kommentare sind nicht lesbar ({reason}).").format(reason=error))
                continue
            for item in items:
                _note(said, item)
        comments |= {key: "\n".join(texts) for key, texts in said.items()}
    return comments, tuple(unread)


def application(package: Package) -> str:
    """The program that saved the file last, with its version: "Microsoft Excel 16.0300"; "" where it does not say."""
    for part in related(package, "", "extended-properties") or related(package, "", "extendedProperties"):
        try:
            root = tree(package.text(part))
        except ValueError:
            return ""
        return " ".join(filter(None, ((root.findtext(name) or "").strip() for name in ("Application", "AppVersion"))))
    return ""


def active_content(package: Package, book: str) -> tuple[str, ...]:
    """What in the file acts by itself or would break by an edit, in the user's words."""
    kinds = {relation.kind for relation in relations(package, book)} | {kind.kind for kind in relations(package)}
    names = [name.casefold() for name in package.names]
    there = {
        _("Makros (VBA)"): "vbaProject" in kinds or any(name.endswith("vbaproject.bin") for name in names),
        _("Makroblätter (Excel 4)"): bool(kinds & {"xlMacrosheet", "xlIntlMacrosheet"}),
        _("externe Datenverbindungen"): "connections" in kinds,
        _("ActiveX-Steuerelemente"): any("activex/" in name for name in names),
        _("eingebettete Objekte"): any("embeddings/" in name for name in names),
        _("Office-Add-ins"): any("webextensions/" in name for name in names),
        _("digitale Signatur"): "origin" in kinds or any(name.startswith("_xmlsignatures/") for name in names),
    }
    return tuple(what for what, is_there in there.items() if is_there)


def _table(root: Element) -> ExcelTable | None:
    area = area_of(root.get("ref", ""))
    if area is None:
        return None
    columns = tuple(shown(column.get("name", "")) for column in root.iterfind("tableColumns/tableColumn"))
    name = root.get("displayName", "") or root.get("name", "")
    return ExcelTable(name, area, columns, number_of(root, "headerRowCount", 1), number_of(root, "totalsRowCount"))


def _note(said: dict[tuple[int, int], list[str]], item: Element) -> None:
    area, text = area_of(item.get("ref", "")), item.find("text")
    if area is not None and text is not None:
        said.setdefault((area.top, area.left), []).append(shown(rich_text(text) or (text.text or "").strip()))
