"""How does a finding stand in the protocol's table: a row with its place, its figures, its cause and the next step?"""

from __future__ import annotations

import textwrap
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pik_excel.checks.finding import Severity
from pik_excel.checks.wording import severity_word
from pik_excel.language import _, day
from pik_excel.patterns import pattern
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.entries import Entry
from pik_excel.writeback.protocol.looks import LINE, Looks

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (4.5, 10, 17, 15, 8.5, 20, 13, 13, 37, 28, 10, 14)
DONE_COLUMN = 10
_LONGEST = 44  # characters of a text in the columns of figures; the message has it whole
_LETTERS = 1.2  # of the text that a column holds for each unit of its width, which is a digit of 11 points
_MOST_LINKS = 65_000  # Excel has room for 65,530 on a sheet
_HIGHEST = 400  # points; Excel allows 409
_DAY = pattern(r"\d{4}-\d\d-\d\d\Z")
_GROUPED, _PLAIN = "#,##0", "0"


def heads() -> tuple[str, ...]:
    """What stands over the columns."""
    return (
        _("Nr."), _("Schwere"), _("Regel"), _("Blatt"), _("Zelle"), _("Zeile"), _("steht da"), _("erwartet"),
        _("Warum"), _("Was tun"), _("erledigt"), _("Bemerkung"),
    )  # fmt: skip


class Rows:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self._sheet = sheet
        self._looks = looks

    def write(self, row: int, entry: Entry) -> None:
        """The row (from 0), as high as its text needs it."""
        finding, sheet = entry.finding, self._sheet
        severity = finding.severity
        plain = self._looks.cell()
        texts = {
            2: f"{finding.code}\n{entry.title}",
            3: finding.sheet,
            5: entry.label,
            8: _without_place(entry),
            9: finding.hint,
        }
        sheet.write_number(row, 0, entry.number, self._looks.cell(align="center", indent=0, font_color=look.QUIET))
        strong = self._looks.cell(bold=True, font_color=look.dark(severity), bg_color=look.light(severity))
        sheet.write_string(row, 1, severity_word(severity), strong)
        for column, text in texts.items():
            sheet.write_string(row, column, text, plain)
        place = self._place(row, entry)
        stated = self._figure(row, 6, finding.stated, finding.code, entry.is_text)
        expected = self._figure(row, 7, finding.expected, finding.code)
        sheet.write_blank(row, DONE_COLUMN, None, self._looks.cell(align="center", indent=0, bold=True))
        sheet.write_blank(row, DONE_COLUMN + 1, None, plain)
        lines = max(_lines(text, column) for column, text in (texts | {4: place, 6: stated, 7: expected}).items())
        sheet.set_row(row, min(lines * LINE + 4, _HIGHEST))

    def _place(self, row: int, entry: Entry) -> str:
        finding = entry.finding
        if not entry.linked or entry.number > _MOST_LINKS:
            shown = finding.range if entry.linked else finding.range + "\n" + _("(Blatt verborgen)")
            self._sheet.write_string(row, 4, shown, self._looks.cell())
            return shown
        link = self._looks.cell(font_color=look.dark(Severity.NOTICE), underline=1)
        sheet = "'" + finding.sheet.replace("'", "''") + "'"
        tip = _("Zur Zelle {cell} auf „{sheet}“").format(cell=finding.range, sheet=finding.sheet)
        self._sheet.write_url(row, 4, f"internal:{sheet}!{finding.range}", link, finding.range, tip[:255])
        return finding.range

    def _figure(self, row: int, column: int, value: str | None, code: str, is_text: bool = False) -> str:
        """A number as a number, in the format of Excel's own language; a formula as the text it is."""
        if value is None:
            self._sheet.write_blank(row, column, None, self._looks.cell())
            return ""
        number = None if is_text else _decimal(value)
        if number is None:
            shown = _as_day(value) if len(value) <= _LONGEST else value[: _LONGEST - 2].rstrip() + " …"
            self._sheet.write_string(row, column, shown, self._looks.cell(quote_prefix=value.startswith("=")))
            return shown
        self._sheet.write_number(
            row, column, float(number), self._looks.cell(align="right", num_format=_number_format(number, code))
        )
        return ""


def _without_place(entry: Entry) -> str:
    """The message; the place stands in columns of its own."""
    finding = entry.finding
    return finding.message.removeprefix(f"{finding.sheet}!{finding.range.partition(':')[0]}: ")


def _lines(text: str, column: int) -> int:
    """How many lines a text takes in a column. Only Excel fits rows to their text by itself, and not every version."""
    width = int((WIDTHS[column] - 1.5) * _LETTERS)
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
