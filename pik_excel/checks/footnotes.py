"""Which footnote marks of a sheet have no note, and which notes are referred to by no mark?

A mark is looked for where measures are named and where amounts stand; a note may stand anywhere on the sheet: below the
total, beside the table, under another table, in a comment, or on a sheet of notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import cache

from pik_excel.budget.marks import opening_mark, plain_mark, split_marks
from pik_excel.budget.tables import Footnote, MeasureList, MeasureTable
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet, Workbook
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

AnyTable = MeasureTable | MeasureList
_NOTES_SHEET = pattern(r"fu(ß|ss)note|legende|hinweis|erläuterung|anmerkung|notes?\b", re.IGNORECASE)
_LEGEND = pattern(r"\s*(=|:|bedeutet|steht für|–|-)")
_NUMBERED = pattern(r"\s*(\d{1,2})[\s.:]+[^\W\d_]{2}")
_WORDS_ONLY = pattern(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Mark:
    """A mark and the cells that carry it, in the order of the sheet."""

    mark: str
    cells: tuple[Address, ...]
    label: str  # what the first of them marks


def marks_without_note(workbook: Workbook, tables: Iterable[AnyTable]) -> Iterator[Mark]:
    """Each mark of a sheet that no note explains, once."""
    for sheet, own in _by_sheet(workbook, tables):
        used = _marks_in(sheet, own)
        if not used:
            continue
        explained = _explained(workbook, sheet, own)
        for mark, places in used.items():
            if mark not in explained and not any((at.row, at.column) in sheet.comments for at, _ in places):
                yield Mark(mark, tuple(at for at, _ in places), places[0][1])


def notes_without_mark(workbook: Workbook, tables: Iterable[AnyTable]) -> Iterator[Footnote]:
    """Each note of a table that nothing on its sheet refers to."""
    for sheet, own in _by_sheet(workbook, tables):
        notes = list({note.at: note for table in own for note in table.footnotes}.values())
        if not notes:
            continue
        places = {note.at for note in notes}
        texts = _texts_but(sheet, places)
        same = Counter(plain_mark(note.mark) for note in notes)
        used = _marks_in(sheet, own)
        numbers_are_used = any(mark.endswith(")") for mark in used)
        for note in notes:
            mark = plain_mark(note.mark)
            is_bullet = same[mark] > 1 or (mark.endswith(")") and not numbers_are_used)
            is_known = mark in used or is_bullet or _LEGEND.match(note.text)
            if not is_known and not _referred_to(mark, texts, workbook):
                yield note


def _by_sheet(workbook: Workbook, tables: Iterable[AnyTable]) -> Iterator[tuple[Sheet, list[AnyTable]]]:
    own: dict[str, list[AnyTable]] = {}
    for table in tables:
        own.setdefault(table.sheet, []).append(table)
    for name, members in own.items():
        sheet = workbook.sheet(name)
        if sheet is not None:
            yield sheet, members


def _marks_in(sheet: Sheet, tables: Iterable[AnyTable]) -> dict[str, list[tuple[Address, str]]]:
    found: dict[str, list[tuple[Address, str]]] = {}
    places = {(plain_mark(mark), at) for table in tables for mark, at in table.marks}
    for mark, at in sorted(places, key=lambda one: (one[1].row, one[1].column)):
        label = split_marks(str(sheet.value(at.row, at.column)))[0]
        found.setdefault(mark, []).append((at, " ".join(label.split())))
    return found


def _explained(workbook: Workbook, sheet: Sheet, tables: Iterable[AnyTable]) -> set[str]:
    labels = {row.at for table in tables for rows in (table.measures, table.totals) for row in rows}
    marks = {plain_mark(note.mark) for table in tables for note in table.footnotes}
    for one in (sheet, *(other for other in workbook.sheets if _NOTES_SHEET.search(other.name))):
        heads = {row for table in tables if table.sheet == one.name for row in table.header_rows}
        for text in _texts_but(one, labels, heads):  # "2. Quartal" in a head explains nothing
            marks.update(_marks_explained_by(text))
    return marks


def _marks_explained_by(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if opened := opening_mark(line):
            yield opened[0]
        elif numbered := _NUMBERED.match(line):
            yield f"{numbered[1]})"  # a superscript number is stored as a plain one
        elif not _WORDS_ONLY.search(line):
            yield plain_mark(line)  # the mark in a cell of its own, its note beside it
        elif len(line.split()) > 3:
            yield from re.findall(r"(?<=[\s\"„'(])\*{1,5}(?=[\s\"“')=:])", line)


def _texts_but(sheet: Sheet, places: Iterable[Address], rows: Container[int] = ()) -> set[str]:
    """The texts of the sheet but for those in these cells and rows, each once."""
    others = {(at.row, at.column) for at in places if at.sheet == sheet.name}
    return {text for row, column, text in sheet.cells.texts() if (row, column) not in others and row not in rows}


def _referred_to(mark: str, texts: Iterable[str], workbook: Workbook) -> bool:
    pattern = _reference(mark)
    return any(pattern.search(text) for text in texts) or any(
        f'"{mark}"' in code or f"\\{mark}" in code for code in workbook.number_formats
    )


@cache
def _reference(mark: str) -> re.Pattern[str]:
    """The mark behind a word or a figure; a plain number right behind a word counts too, as a superscript one is stored
    as such: "Refugio1", but not "Anlage 1"."""
    if mark.endswith(")"):
        digits = mark[:-1]
        superscript = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in digits)
        marked = rf"\s?\(?(?:{digits}\)|{superscript}\)?)"
        return re.compile(rf"[^\W\d_.)](?:{marked}|\(?{digits})(?![\w.,])")
    return re.compile(rf"[\w.)%€]\s?\(?(?<!\*){re.escape(mark)}(?![\w*])")
