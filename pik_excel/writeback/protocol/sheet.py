"""How does the protocol look as a sheet that is printed, ticked off and signed? A4 landscape, one page wide."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pik_excel.checks.finding import Severity
from pik_excel.checks.wording import severity_word
from pik_excel.grid.own import DONE, NUMBERS
from pik_excel.grid.reference import quoted
from pik_excel.language import _, day, plural
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.entries import About, Entry

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD = 6  # the row of the table's head, from 0
_FIRST = _HEAD + 1
_DONE_COLUMN = 10
_WIDTHS = (4.5, 10, 17, 15, 8.5, 20, 13, 13, 37, 28, 10, 14)
_LONGEST = 44  # characters of a text in the columns of figures; the message has it whole
_FONT, _SIZE, _LINE = "Arial", 9, 12  # points
_LETTERS = 1.2  # of the text that a column holds for each unit of its width, which is a digit of 11 points
_MOST_LINKS = 65_000  # Excel has room for 65,530 on a sheet
_TILES = ((Severity.ERROR, 0, 1), (Severity.WARNING, 2, 2), (Severity.NOTICE, 3, 3))
_HIGHEST = 400  # points; Excel allows 409
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_GROUPED, _PLAIN = "#,##0", "0"


def answers() -> tuple[str, str, str]:
    """What can be said of a finding; with the first two its mark vanishes."""
    return _("ja"), _("nicht nötig"), _("nein")


def protocol_sheet(name: str, entries: Sequence[Entry], about: About) -> bytes:
    """A workbook with that one sheet, to be grafted."""
    import xlsxwriter  # 0.1 s, and only an annotated copy needs it

    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as workbook:
        _Protocol(workbook, workbook.add_worksheet(name), entries, about).write()
    return data.getvalue()


class _Protocol:
    """The sheet while it is written; `_format` gives each look one number."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, entries: Sequence[Entry], about: About) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._entries = entries
        self._about = about
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._last = _FIRST + max(len(entries), 1) - 1

    def write(self) -> None:
        """All of it."""
        self._set_up()
        self._title()
        self._tiles()
        self._head()
        for row, entry in enumerate(self._entries, _FIRST):
            self._entry(row, entry)
        if self._entries:
            self._make_it_answer()
        else:
            self._nothing_found()
        end = self._signature(self._unread(self._last + 2))
        self._sheet.print_area(0, 0, end, len(_WIDTHS) - 1)
        for word, column in ((NUMBERS, "A"), (DONE, "K")):
            place = f"{quoted(self._sheet.get_name())}!${column}${_FIRST + 1}:${column}${self._last + 1}"
            self._workbook.define_name(word, f"={place}")

    def _set_up(self) -> None:
        sheet = self._sheet
        for column, width in enumerate(_WIDTHS):
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
        sheet.write_string(0, 0, _("Prüfprotokoll"), self._format(bold=True, font_size=20, valign="vcenter"))
        said = _("{file} · geprüft am {day} mit {tool}, {rules} · Prüfsumme {sum}").format(
            file=about.file, day=day(about.day), tool=about.tool, rules=self._rules(), sum=about.sha256[:12]
        )
        sheet.write_string(1, 0, said, self._format(font_color=look.QUIET, valign="vcenter"))
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
            + _("Die Markierung verschwindet, sobald unter „erledigt“ {yes} oder {needless} steht. ").format(
                yes=yes, needless=needless
            )
            + _("Sonst ist an der Mappe nichts geändert.")
        )
        text = self._format(font_color=look.QUIET, text_wrap=True, valign="vcenter", indent=1)
        self._sheet.merge_range(3, 6, 4, len(_WIDTHS) - 1, how, text)

    def _tile(self, first: int, last: int, value: int | str, label: str, colour: str) -> None:
        number = self._format(
            bold=True, font_size=18, font_color="FFFFFF", bg_color=colour, align="center", valign="vcenter",
            left=5, left_color="FFFFFF", right=5, right_color="FFFFFF",
        )  # fmt: skip
        word = self._format(
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
        words = (
            _("Nr."), _("Schwere"), _("Regel"), _("Blatt"), _("Zelle"), _("Zeile"), _("steht da"), _("erwartet"),
            _("Warum"), _("Was tun"), _("erledigt"), _("Bemerkung"),
        )  # fmt: skip
        head = {"bold": True, "font_color": "FFFFFF", "bg_color": look.INK, "valign": "vcenter", "text_wrap": True}
        self._sheet.set_row(_HEAD, 24)
        for column, word in enumerate(words):
            self._sheet.write_string(_HEAD, column, word, self._format(**head, indent=min(column, 1)))

    def _entry(self, row: int, entry: Entry) -> None:
        finding, sheet = entry.finding, self._sheet
        severity = finding.severity
        plain = self._cell()
        texts = {
            2: f"{finding.code}\n{entry.title}",
            3: finding.sheet,
            5: entry.label,
            8: _without_place(entry),
            9: finding.hint,
        }
        sheet.write_number(row, 0, entry.number, self._cell(align="center", indent=0, font_color=look.QUIET))
        strong = self._cell(bold=True, font_color=look.dark(severity), bg_color=look.light(severity))
        sheet.write_string(row, 1, severity_word(severity), strong)
        for column, text in texts.items():
            sheet.write_string(row, column, text, plain)
        place = self._place(row, entry)
        stated = self._figure(row, 6, finding.stated, finding.code, entry.is_text)
        expected = self._figure(row, 7, finding.expected, finding.code)
        sheet.write_blank(row, _DONE_COLUMN, None, self._cell(align="center", indent=0, bold=True))
        sheet.write_blank(row, _DONE_COLUMN + 1, None, plain)
        lines = max(_lines(text, column) for column, text in (texts | {4: place, 6: stated, 7: expected}).items())
        sheet.set_row(row, min(lines * _LINE + 4, _HIGHEST))

    def _place(self, row: int, entry: Entry) -> str:
        finding = entry.finding
        if not entry.linked or row - _FIRST >= _MOST_LINKS:
            shown = finding.range if entry.linked else finding.range + "\n" + _("(Blatt verborgen)")
            self._sheet.write_string(row, 4, shown, self._cell())
            return shown
        link = self._cell(font_color=look.dark(Severity.NOTICE), underline=1)
        sheet = "'" + finding.sheet.replace("'", "''") + "'"
        tip = _("Zur Zelle {cell} auf „{sheet}“").format(cell=finding.range, sheet=finding.sheet)
        self._sheet.write_url(row, 4, f"internal:{sheet}!{finding.range}", link, finding.range, tip[:255])
        return finding.range

    def _figure(self, row: int, column: int, value: str | None, code: str, is_text: bool = False) -> str:
        """A number as a number, in the format of Excel's own language; a formula as the text it is."""
        if value is None:
            self._sheet.write_blank(row, column, None, self._cell())
            return ""
        number = None if is_text else _decimal(value)
        if number is None:
            shown = _as_day(value) if len(value) <= _LONGEST else value[: _LONGEST - 2].rstrip() + " …"
            self._sheet.write_string(row, column, shown, self._cell(quote_prefix=value.startswith("=")))
            return shown
        self._sheet.write_number(
            row, column, float(number), self._cell(align="right", num_format=_number_format(number, code))
        )
        return ""

    def _make_it_answer(self) -> None:
        sheet, yes, needless = self._sheet, *answers()[:2]
        sheet.autofilter(_HEAD, 0, self._last, len(_WIDTHS) - 1)
        sheet.data_validation(
            _FIRST, _DONE_COLUMN, self._last, _DONE_COLUMN,
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
        sheet.conditional_format(_FIRST, 0, self._last, len(_WIDTHS) - 1, done)

    def _nothing_found(self) -> None:
        good = self._format(bold=True, font_size=12, font_color="1B7F4B", valign="vcenter", align="center")
        self._sheet.set_row(_FIRST, 34)
        said = _("Keine Befunde. Geprüft: {rules}.").format(rules=self._rules())
        self._sheet.merge_range(_FIRST, 0, _FIRST, len(_WIDTHS) - 1, said, good)

    def _unread(self, row: int) -> int:
        """What was not checked stands on the protocol too: incomplete is not clean."""
        if not self._about.unread:
            return row
        bold = self._format(bold=True, font_color=look.dark(Severity.ERROR))
        self._sheet.write_string(row, 0, _("Nicht gelesen und darum nicht geprüft:"), bold)
        for below, what in enumerate(self._about.unread, 1):
            self._sheet.write_string(row + below, 0, what, self._format())
        return row + len(self._about.unread) + 2

    def _signature(self, row: int) -> int:
        self._sheet.set_row(row, 34)
        line = self._format(top=1, top_color=look.INK, font_color=look.QUIET, font_size=9, valign="top")
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

    def _cell(self, **wanted: Any) -> Format:
        """A cell of the table: framed, wrapped, its text at the top."""
        usual = {
            "border": 1,
            "border_color": look.LINE,
            "text_wrap": True,
            "valign": "top",
            "align": "left",
            "indent": 1,
        }
        return self._format(**usual | wanted)

    def _format(self, **wanted: Any) -> Format:
        wanted = {"font_name": _FONT, "font_size": _SIZE, "font_color": look.INK} | wanted
        wanted = {key: f"#{value}" if key.endswith("color") else value for key, value in wanted.items()}
        key = tuple(sorted(wanted.items(), key=lambda item: item[0]))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(wanted)
        return self._formats[key]


def _plural_word(severity: Severity, count: int) -> str:
    return {
        Severity.ERROR: plural("Fehler", "Fehler", count),
        Severity.WARNING: plural("Warnung", "Warnungen", count),
        Severity.NOTICE: plural("Hinweis", "Hinweise", count),
    }[severity]


def _without_place(entry: Entry) -> str:
    """The message; the place stands in columns of its own."""
    finding = entry.finding
    return finding.message.removeprefix(f"{finding.sheet}!{finding.range.partition(':')[0]}: ")


def _lines(text: str, column: int) -> int:
    """How many lines a text takes in a column. Only Excel fits rows to their text by itself, and not every version."""
    width = int((_WIDTHS[column] - 1.5) * _LETTERS)
    return sum(max(1, len(textwrap.wrap(line, width))) for line in text.split("\n"))


def _as_day(text: str) -> str:
    """ "2025-12-31" as people write it."""
    with suppress(ValueError):
        return day(date.fromisoformat(text)) if _DAY.match(text) else text
    return text


def _decimal(text: str) -> Decimal | None:
    """A plain number as rules state it; None for anything else, and where a float could not hold it."""
    digits = text.removeprefix("-")
    if not digits.replace(".", "", 1).isdecimal() or not digits[0].isdigit() or len(digits) > 15:
        return None
    return Decimal(text)


def _number_format(value: Decimal, code: str) -> str:
    """Thousands are grouped, but not those of years."""
    decimals = max(0, -int(value.as_tuple().exponent))
    is_year = code.startswith("YRS") and not decimals and 1900 <= value <= 2199
    return (_PLAIN if is_year else _GROUPED) + ("." + "0" * decimals if decimals else "")
