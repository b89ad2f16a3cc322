"""How does the protocol look as a sheet that is printed, ticked off and signed? A4 landscape, one page wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pik_excel.checks.finding import Severity
from pik_excel.grid.own import DONE, NUMBERS
from pik_excel.grid.reference import quoted
from pik_excel.language import _, day, plural
from pik_excel.writeback.new_workbook import new_workbook
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.entries import About, Entry
from pik_excel.writeback.protocol.looks import Looks
from pik_excel.writeback.protocol.rows import DONE_COLUMN, WIDTHS, Rows, heads

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD = 6  # the row of the table's head, from 0
_FIRST = _HEAD + 1
_TILES = ((Severity.ERROR, 0, 1), (Severity.WARNING, 2, 2), (Severity.NOTICE, 3, 3))


def answers() -> tuple[str, str, str]:
    """What can be said of a finding; with the first two its mark vanishes."""
    return _("ja"), _("nicht nötig"), _("nein")


def protocol_sheet(name: str, entries: Sequence[Entry], about: About) -> bytes:
    """A workbook with that one sheet, to be grafted."""
    return new_workbook(lambda workbook: _Protocol(workbook, workbook.add_worksheet(name), entries, about).write())


class _Protocol:
    """The sheet while it is written."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, entries: Sequence[Entry], about: About) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._entries = entries
        self._about = about
        self._looks = Looks(workbook)
        self._last = _FIRST + max(len(entries), 1) - 1

    def write(self) -> None:
        """All of it."""
        self._set_up()
        self._title()
        self._tiles()
        self._head()
        rows = Rows(self._sheet, self._looks)
        for row, entry in enumerate(self._entries, _FIRST):
            rows.write(row, entry)
        if self._entries:
            self._make_it_answer()
        else:
            self._nothing_found()
        end = self._signature(self._unread(self._last + 2))
        self._sheet.print_area(0, 0, end, len(WIDTHS) - 1)
        for word, column in ((NUMBERS, "A"), (DONE, "K")):
            place = f"{quoted(self._sheet.get_name())}!${column}${_FIRST + 1}:${column}${self._last + 1}"
            self._workbook.define_name(word, f"={place}")

    def _set_up(self) -> None:
        sheet = self._sheet
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#" + look.dark(Severity.ERROR if self._count(Severity.ERROR) else Severity.NOTICE))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.center_horizontally()
        sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.freeze_panes(_FIRST, 0)
        page = _("Seite {page} von {pages}").format(page="&P", pages="&N")
        sheet.set_footer(f"&L&8{self._about.file.replace('&', '&&')[:120]}&C&8{_('Prüfprotokoll')}&R&8{page}")

    def _title(self) -> None:
        sheet, about = self._sheet, self._about
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, _("Prüfprotokoll"), self._looks.of(bold=True, font_size=20, valign="vcenter"))
        said = _("{file} · geprüft am {day} mit {tool}, {rules} · Prüfsumme {sum}").format(
            file=about.file, day=day(about.day), tool=about.tool, rules=self._rules(), sum=about.sha256[:12]
        )
        sheet.write_string(1, 0, said, self._looks.of(font_color=look.QUIET, valign="vcenter"))
        sheet.set_row(2, 7)

    def _rules(self) -> str:
        return plural("{n} Regel", "{n} Regeln", self._about.rules).format(n=self._about.rules)

    def _tiles(self) -> None:
        """How many findings of each severity, and how many are done; the last counts while staff tick off."""
        self._sheet.set_row(3, 27)
        self._sheet.set_row(5, 8)
        for severity, first, last in _TILES:
            count = self._count(severity)
            colour = look.dark(severity) if count else look.QUIET
            self._tile(first, last, count, _plural_word(severity, count), colour)
        if not self._entries:
            return
        yes, needless, _no = answers()
        done = f"K{_FIRST + 1}:K{self._last + 1}"
        formula = f'=COUNTIF({done},"{yes}")+COUNTIF({done},"{needless}")'
        self._tile(4, 5, formula, _("von {count} erledigt").format(count=len(self._entries)), look.INK)
        how = (
            _("Ein Klick auf die Zelle führt zur Stelle; dort ist sie farbig markiert. ")
            + _("Die Markierung verschwindet, sobald unter „erledigt“ „{yes}“ oder „{needless}“ steht. ").format(
                yes=yes, needless=needless
            )
            + _("Sonst ist an der Mappe nichts geändert.")
        )
        text = self._looks.of(font_color=look.QUIET, text_wrap=True, valign="vcenter", indent=1)
        self._sheet.merge_range(3, 6, 4, len(WIDTHS) - 1, how, text)

    def _tile(self, first: int, last: int, value: int | str, label: str, colour: str) -> None:
        number = self._looks.of(
            bold=True, font_size=18, font_color="FFFFFF", bg_color=colour, align="center", valign="vcenter",
            left=5, left_color="FFFFFF", right=5, right_color="FFFFFF",
        )  # fmt: skip
        word = self._looks.of(
            font_color="FFFFFF", bg_color=colour, align="center", valign="top",
            left=5, left_color="FFFFFF", right=5, right_color="FFFFFF",
        )  # fmt: skip
        for row, look_ in ((3, number), (4, word)):
            if last > first:
                self._sheet.merge_range(row, first, row, last, "", look_)
        if isinstance(value, str):
            self._sheet.write_formula(3, first, value, number, 0)
        else:
            self._sheet.write_number(3, first, value, number)
        self._sheet.write_string(4, first, label, word)

    def _head(self) -> None:
        head = {"bold": True, "font_color": "FFFFFF", "bg_color": look.INK, "valign": "vcenter", "text_wrap": True}
        self._sheet.set_row(_HEAD, 24)
        for column, word in enumerate(heads()):
            self._sheet.write_string(_HEAD, column, word, self._looks.of(**head, indent=min(column, 1)))

    def _make_it_answer(self) -> None:
        sheet, yes, needless = self._sheet, *answers()[:2]
        sheet.autofilter(_HEAD, 0, self._last, len(WIDTHS) - 1)
        sheet.data_validation(
            _FIRST, DONE_COLUMN, self._last, DONE_COLUMN,
            {
                "validate": "list",
                "source": [yes, _("nein"), needless],
                "error_title": _("erledigt"),
                "error_message": _("Bitte aus der Liste wählen: ja, nein oder nicht nötig."),
            },
        )  # fmt: skip
        first = f"$K{_FIRST + 1}"
        quiet = self._workbook.add_format({"font_color": "#9AA1AB"})
        done = {"type": "formula", "criteria": f'=OR({first}="{yes}",{first}="{needless}")', "format": quiet}
        sheet.conditional_format(_FIRST, 0, self._last, len(WIDTHS) - 1, done)

    def _nothing_found(self) -> None:
        good = self._looks.of(bold=True, font_size=12, font_color="1B7F4B", valign="vcenter", align="center")
        self._sheet.set_row(_FIRST, 34)
        said = _("Keine Befunde. Geprüft: {rules}.").format(rules=self._rules())
        self._sheet.merge_range(_FIRST, 0, _FIRST, len(WIDTHS) - 1, said, good)

    def _unread(self, row: int) -> int:
        """What was not checked stands on the protocol too: incomplete is not clean."""
        if not self._about.unread:
            return row
        bold = self._looks.of(bold=True, font_color=look.dark(Severity.ERROR))
        self._sheet.write_string(row, 0, _("Nicht gelesen und darum nicht geprüft:"), bold)
        for below, what in enumerate(self._about.unread, 1):
            self._sheet.write_string(row + below, 0, what, self._looks.of())
        return row + len(self._about.unread) + 2

    def _signature(self, row: int) -> int:
        self._sheet.set_row(row, 34)
        line = self._looks.of(top=1, top_color=look.INK, font_color=look.QUIET, font_size=9, valign="top")
        for first, last, what in (
            (1, 3, _("Ort, Datum")),
            (5, 6, _("geprüft: Name, Unterschrift")),
            (8, 8, _("bearbeitet: Name, Unterschrift")),
            (10, 11, _("freigegeben: Name, Unterschrift")),
        ):
            for column in range(first, last + 1):
                self._sheet.write_blank(row + 1, column, None, line)
            self._sheet.write_string(row + 1, first, what, line)
        return row + 1

    def _count(self, severity: Severity) -> int:
        return sum(entry.finding.severity is severity for entry in self._entries)


def _plural_word(severity: Severity, count: int) -> str:
    return {
        Severity.ERROR: plural("Fehler", "Fehler", count),
        Severity.WARNING: plural("Warnung", "Warnungen", count),
        Severity.NOTICE: plural("Hinweis", "Hinweise", count),
    }[severity]
