"""The sheets "Dateien" and "Hinweise": how each file stands, what was taken from it and what not, what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pik_excel.consolidation.record import Consolidation, LeftOut, Note, Source
from pik_excel.language import _, plural
from pik_excel.writeback.consolidated.forms import (
    SMALL,
    Forms,
    headed,
    height,
    print_setup,
    put,
    put_amount,
    put_day,
    put_link,
)
from pik_excel.writeback.consolidated.summary_sheet import GREEN, RED, YELLOW, light_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEAD = 3
_MOST = 6  # places of one reason that are named
_MOST_TABLES = 12
_MARKS = {RED: "●", YELLOW: "◐", GREEN: "○"}
_LONGEST = 1500  # letters in a cell: a row is at most 409 points high


class FilesSheet:
    """The sheet "Dateien" while it is written."""

    def __init__(self, sheet: Worksheet, found: Consolidation, forms: Forms) -> None:
        self._sheet, self._found, self._forms = sheet, found, forms

    def write(self, folder: Path) -> None:
        """A row a file; one that was not read has its reason instead."""
        sheet, forms = self._sheet, self._forms
        put(sheet, 0, 0, headed(_("Dateien")), forms.title)
        how = _("Was aus welcher Datei kommt, was nicht, und wie es um sie steht; die Befunde nennt „pik-excel check“.")
        put(sheet, 1, 0, how, forms.quiet)
        heads = _heads()
        for column, (head, width) in enumerate(heads):
            put(sheet, _HEAD, column, headed(head), forms.head)
            sheet.set_column(column, column, width)
        for row, source in enumerate(self._found.sources, _HEAD + 1):
            self._row(row, source, folder)
        last = _HEAD + len(self._found.sources)
        sheet.autofilter(_HEAD, 0, last, len(heads) - 1)
        _set_up(sheet, last, len(heads), headed(_("Dateien")))

    def _row(self, row: int, source: Source, folder: Path) -> None:
        sheet, forms, light = self._sheet, self._forms, light_of(source)
        words = {RED: _("rot"), YELLOW: _("gelb"), GREEN: _("grün")}
        put(sheet, row, 0, f"{_MARKS[light]} {words[light]}", forms.light(light))
        put_link(sheet, row, 1, source.path, None, str(source.path), forms, folder)
        put_day(sheet, row, 2, source.day, forms.day)
        if source.refused is not None:
            refused = f"{_('nicht gelesen')}: {source.refused}"
            for column in range(3, 9):
                put(sheet, row, column, "", forms.text)
            sheet.merge_range(row, 3, row, 9, "", forms.light(RED))
            put(sheet, row, 3, refused, self._forms.refused)
            put(sheet, row, 10, source.sha256 or "", forms.small)
            sheet.set_row(row, 15 * max(1, -(-len(refused) // 95)) + 4)
            return
        for column, count in enumerate((source.errors, source.warnings, source.notices), 3):
            put_amount(sheet, row, column, Decimal(count), forms.count)
        codes = ", ".join(f"{code} ×{count}" if count > 1 else code for code, count in source.codes)
        taken, left = taken_shown(source), left_shown(source)
        put(sheet, row, 6, codes, forms.small)
        put_amount(sheet, row, 7, Decimal(len(source.gathered.entries)), forms.count)
        put(sheet, row, 8, taken, forms.text, forms.quoted)
        put(sheet, row, 9, left, forms.text, forms.quoted)
        put(sheet, row, 10, source.sha256 or "", forms.small)
        widths = [width for _head, width in _heads()]
        texts = ((1, str(source.path)), (6, codes), (8, taken), (9, left), (10, source.sha256 or ""))
        small = {6: SMALL, 10: SMALL}
        height(sheet, row, ((text, widths[column] * small.get(column, 1)) for column, text in texts))


class NotesSheet:
    """The sheet "Hinweise" while it is written."""

    def __init__(self, sheet: Worksheet, notes: Sequence[Note], forms: Forms) -> None:
        self._sheet, self._notes, self._forms = sheet, notes, forms

    def write(self) -> None:
        """A row a note."""
        sheet, forms = self._sheet, self._forms
        put(sheet, 0, 0, headed(_("Hinweise")), forms.title)
        put(
            sheet, 1, 0, _("Was vor der Verwendung der Summen anzusehen ist, vor allem doppelt Gezähltes."), forms.quiet
        )
        heads = ((_("Nr."), 5.0), (_("Datei"), 34.0), (_("Was"), 70.0), (_("Was zu tun ist"), 45.0))
        for column, (head, width) in enumerate(heads):
            put(sheet, _HEAD, column, headed(head), forms.head)
            sheet.set_column(column, column, width)
        if not self._notes:
            put(sheet, _HEAD + 1, 2, _("Nichts doppelt, nichts unklar."), forms.text)
        for row, note in enumerate(self._notes, _HEAD + 1):
            sheet.write_number(row, 0, row - _HEAD, forms.centred)
            where, message = "\n".join(note.where[:_MOST]), note.message[:_LONGEST]
            put(sheet, row, 1, where, forms.small, forms.quoted)
            put(sheet, row, 2, message, forms.text, forms.quoted)
            put(sheet, row, 3, note.hint, forms.text)
            texts = zip((where, message, note.hint), (width for _head, width in heads[1:]), strict=True)
            height(sheet, row, texts)
        _set_up(sheet, _HEAD + max(len(self._notes), 1), len(heads), headed(_("Hinweise")))


def taken_shown(source: Source) -> str:
    """The tables that are in the overview, or of which file this is a copy."""
    if source.same_as is not None:
        return _("dieselbe Datei wie {file}; nicht noch einmal gezählt").format(file=source.same_as)
    tables = source.gathered.taken
    if not tables:
        return _("keine Tabelle mit Maßnahmen")
    said = [
        _("{at}: {measures}, {unit}; Amt aus: {basis}").format(
            at=table.at,
            measures=plural("{count} Maßnahme", "{count} Maßnahmen", table.measures).format(count=table.measures),
            unit=table.unit.value if table.unit else _("Einheit nirgends genannt"),
            basis=table.department_from or _("Ordner oder Dateiname"),
        )
        for table in tables[:_MOST_TABLES]
    ]
    more = len(tables) - _MOST_TABLES
    return "\n".join(said + ([_("und {count} weitere Tabellen").format(count=more)] if more > 0 else []))


def left_shown(source: Source) -> str:
    """What is not in the overview, by reason."""
    grave = sorted(source.gathered.left_out, key=lambda one: (not one.grave, one.code, one.why))
    said = [f"{sheet} ({_('nicht gelesen')})" for sheet in source.unread]
    for why, group in groupby(grave, key=lambda one: one.why):
        said.append(f"{_places(list(group))}: {why}")
    return "\n".join(said)[:_LONGEST]


def _places(parts: Iterable[LeftOut]) -> str:
    every = list(dict.fromkeys(part.at for part in parts))
    more = len(every) - _MOST
    return ", ".join(every[:_MOST]) + (_(" und {count} weitere").format(count=more) if more > 0 else "")


def _heads() -> tuple[tuple[str, float], ...]:
    return (
        (_("Ampel"), 9.0), (_("Datei"), 28.0), (_("geändert"), 11.0), (plural("Fehler", "Fehler", 2), 8.0),
        (plural("Warnung", "Warnungen", 2), 11.0), (plural("Hinweis", "Hinweise", 2), 10.0), (_("Befunde"), 18.0),
        (_("Zeilen"), 8.0), (_("gelesen"), 42.0), (_("nicht enthalten"), 42.0), (_("Prüfsumme (SHA-256)"), 22.0),
    )  # fmt: skip


def _set_up(sheet: Worksheet, last: int, columns: int, name: str) -> None:
    sheet.set_row(0, 28)
    sheet.set_row(_HEAD, 24)
    sheet.freeze_panes(_HEAD + 1, 2)
    print_setup(sheet, _HEAD, name)
    sheet.print_area(0, 0, last, columns - 1)
