"""How do the sheets of the overview look, and how do texts and amounts get into their cells?"""

from __future__ import annotations

import math
import os
import textwrap
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any  # XlsxWriter's options have values of many types

from pik_excel.consolidation.record import Consolidation
from pik_excel.grid.reference import Address, quoted
from pik_excel.language import _, active, legible
from pik_excel.writeback.overview.drawn import apart, stored
from pik_excel.writeback.protocol import look
from pik_excel.writeback.protocol.looks import LINE, Looks

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_RUNS = ("=", "+", "-", "@")
_URL_ESCAPES = {one: f"%{ord(one):02X}" for one in '%#?"<>[]^`{}| '}
_LONGEST_URL = 2000
_LONGEST_TEXT = 32_000
SMALL = 1.15  # how many more of the smaller letters a column holds
_HIGHEST = 400  # points; Excel has 409
_LETTERS_A_UNIT = 1.3  # of the small letters of this font, in a unit of a column's width
_WIDEST = 240  # units of width on a page that is still legible
_UNWRITTEN = "\ufffe\uffff"


def yes() -> str:
    """What stands in "zählt" for a line that totals add."""
    return _("ja")


def no() -> str:
    """What stands there for one that they do not."""
    return _("nein")


def headed(text: str) -> str:
    """A word as it heads a column or names a sheet."""
    return text if active() == "de" else text[:1].upper() + text[1:]


class Forms:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, digits: int) -> None:
        self._looks = Looks(book)
        self.digits = digits
        self.number = apart("#,##0" + ("." + "0" * digits if digits else ""))

    @cached_property
    def title(self) -> Format:
        """The headline of a sheet."""
        return self._looks.of(bold=True, font_size=18, valign="vcenter")

    @cached_property
    def quiet(self) -> Format:
        """What is said below it."""
        return self._looks.of(font_color=look.QUIET, valign="vcenter")

    @cached_property
    def said(self) -> Format:
        """The same over several lines."""
        return self._looks.of(font_color=look.QUIET, valign="top", text_wrap=True)

    @cached_property
    def section(self) -> Format:
        """The headline of a block."""
        return self._looks.of(bold=True, font_size=12, valign="vcenter", bottom=1, bottom_color=look.INK)

    @cached_property
    def head(self) -> Format:
        """A column's head."""
        return self._looks.of(**_HEAD, indent=1)

    @cached_property
    def head_right(self) -> Format:
        """The head of a column of amounts."""
        return self._looks.of(**_HEAD, align="right", indent=1)

    @cached_property
    def text(self) -> Format:
        """A cell of words."""
        return self._looks.cell()

    @cached_property
    def small(self) -> Format:
        """A cell of words that only some read."""
        return self._looks.cell(font_size=8, font_color=look.QUIET)

    @cached_property
    def quoted(self) -> Format:
        """Words that Excel would take for a formula, were they typed anew."""
        return self._looks.cell(quote_prefix=True)

    @cached_property
    def centred(self) -> Format:
        """A short word or number."""
        return self._looks.cell(align="center", indent=0)

    @cached_property
    def link(self) -> Format:
        """A way to another file or sheet."""
        return self._looks.cell(font_color="1F5FA8", underline=1)

    @cached_property
    def amount(self) -> Format:
        """An amount of money."""
        return self._looks.cell(**_RIGHT, num_format=self.number)

    @cached_property
    def projected(self) -> Format:
        """An amount that was carried on by a rule."""
        return self._looks.cell(**_RIGHT, num_format=self.number, font_color="8A4B08", bg_color="FDF1DF", italic=True)

    @cached_property
    def part(self) -> Format:
        """What a group needs; a dash where that is nothing."""
        return self._looks.cell(**_RIGHT, num_format=self._dashed)

    @cached_property
    def part_sum(self) -> Format:
        """The same over the years."""
        return self._looks.cell(**_RIGHT, num_format=self._dashed, bold=True)

    @property
    def _dashed(self) -> str:
        figures, _semicolon, _rest = self.number.partition(";")
        return f"{figures};-{figures};–_x;@_x"

    @cached_property
    def sum(self) -> Format:
        """A sum over the years of a row."""
        return self._looks.cell(**_RIGHT, num_format=self.number, bold=True)

    @cached_property
    def count(self) -> Format:
        """A number of things."""
        return self._looks.cell(**_RIGHT, num_format=apart("#,##0"))

    @cached_property
    def total(self) -> Format:
        """A total."""
        return self._looks.cell(**_RIGHT, num_format=self.number, bold=True, bg_color=look.BAND, top=2)

    @cached_property
    def total_count(self) -> Format:
        """A total number of things."""
        return self._looks.cell(**_RIGHT, num_format=apart("#,##0"), bold=True, bg_color=look.BAND, top=2)

    @cached_property
    def total_name(self) -> Format:
        """What a total is of."""
        return self._looks.cell(bold=True, bg_color=look.BAND, top=2)

    @cached_property
    def choice(self) -> Format:
        """A cell to be changed."""
        return self._looks.cell(align="center", indent=0, bg_color="FFF4C2", font_color="1F4E9E")

    @cached_property
    def day(self) -> Format:
        """A date."""
        shape = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}[active()]
        return self._looks.cell(num_format=shape, align="center", indent=0)

    @cached_property
    def loud(self) -> Format:
        """A sentence that must not be overlooked, across the columns."""
        return self._looks.of(bold=True, font_color="B3261E", valign="vcenter")

    @cached_property
    def refused(self) -> Format:
        """Why a file was not read."""
        return self._looks.cell(font_color="B3261E", bg_color="FBDAD7", valign="vcenter")

    def light(self, colour: str) -> Format:
        """A cell in the colour of an Ampel: red, yellow, green."""
        ink, ground = _LIGHTS[colour]
        return self._looks.cell(bold=True, align="center", indent=0, font_color=ink, bg_color=ground)

    def tile(self, colour: str, label: bool) -> Format:
        """A large number on a ground, or the word below it."""
        wanted: dict[str, Any] = {"font_color": "FFFFFF", "bg_color": colour, "align": "center"}
        wanted |= {"left": 5, "left_color": "FFFFFF", "right": 5, "right_color": "FFFFFF"}
        return self._looks.of(**wanted, **({"valign": "top"} if label else {"bold": True, "font_size": 18}))


_HEAD: dict[str, Any] = {
    "bold": True, "font_color": "FFFFFF", "bg_color": look.INK, "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
_RIGHT: dict[str, Any] = {"align": "right", "indent": 0, "text_wrap": False}
_LIGHTS = {
    "red": ("B3261E", "FBDAD7"), "yellow": ("8A5A00", "FFE8C7"), "green": ("1B6B45", "E3F3EA"),
}  # fmt: skip


def put(sheet: Worksheet, row: int, column: int, text: str, form: Format, quoted_form: Format | None = None) -> None:
    """A text as a text, whatever it looks like."""
    shown = text if text.isascii() else "".join(one for one in text if one not in _UNWRITTEN and not _is_half(one))
    shown = shown[:_LONGEST_TEXT]
    if not shown:
        sheet.write_blank(row, column, None, form)
        return
    runs = quoted_form is not None and shown.lstrip().startswith(_RUNS)
    sheet.write_string(row, column, shown, quoted_form if runs else form)


def _is_half(letter: str) -> bool:
    """Whether it is one half of a letter beyond the first plane, which no file can hold alone."""
    return "\ud800" <= letter <= "\udfff"


def put_amount(sheet: Worksheet, row: int, column: int, value: Decimal | None, form: Format) -> None:
    """An amount; a blank stays one."""
    if value is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, stored(value), form)


def put_formula(
    sheet: Worksheet, row: int, column: int, formula: str, form: Format, value: Decimal | str | int | None
) -> None:
    """A formula (with "=") and the value that it gives."""
    shown = "" if value is None else stored(value) if isinstance(value, Decimal) else value
    sheet.write_formula(row, column, formula, form, shown)


def put_day(sheet: Worksheet, row: int, column: int, day: date | None, form: Format) -> None:
    """A date, or nothing."""
    if day is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), form)


def put_link(
    sheet: Worksheet, row: int, column: int, file: PurePath, at: Address | None, text: str, forms: Forms, folder: Path
) -> None:
    """The text as a link to the file's cell, as seen from `folder`; only the text where no link can say that."""
    if not isinstance(file, Path):
        put(sheet, row, column, text, forms.text, forms.quoted)
        return
    target = _way(file, folder)
    if at is not None:
        target += f"#{quoted(at.sheet)}!{at.a1}"
    if _can_be_linked(target) and len(text) <= _LONGEST_URL:
        sheet.write_url(row, column, f"external:{target}", forms.link, text)
    else:
        put(sheet, row, column, text, forms.text)


def _can_be_linked(target: str) -> bool:
    """Whether Excel takes it for an address; the name of a file may be no text, or of several lines."""
    return len(target) <= _LONGEST_URL and legible(target) == target and not {"\n", "\r"} & set(target)


@lru_cache(maxsize=4096)
def _way(file: Path, folder: Path) -> str:
    try:
        way = os.path.relpath(file.resolve(), folder.resolve())
    except ValueError:  # another drive
        way = str(file.resolve())
    return "".join(_URL_ESCAPES.get(one, one) for one in way.replace("\\", "/" if os.name == "nt" else "%5C"))


def height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Make the row as high as its texts need in columns of these widths, for programs that do not measure them."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, min(lines * LINE + 4, _HIGHEST))


def _lines(text: str, width: float) -> int:
    letters = max(int((width - 1.2) * _LETTERS_A_UNIT), 1)
    if len(text) <= letters and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(part, letters)) or 1 for part in text.split("\n"))


def print_setup(sheet: Worksheet, head_row: int, footer: str, width: float = 0, left: int = -1) -> None:
    """A4 landscape, the head on each page; one page wide, or as many as keep it legible, with the columns up to `left`
    on each of them."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
    pages = max(1, math.ceil(width / _WIDEST)) if left >= 0 else 1
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0, left)
        sheet.print_across()
    if head_row >= 0:
        sheet.repeat_rows(head_row)
    page = _("Seite {page} von {pages}").format(page="&P", pages="&N")
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')[:120]}&C&8&A&R&8{page}")


def subtitle(found: Consolidation, day_text: str) -> str:
    """What the sheets show, in a line."""
    return _("{lines} Maßnahmen aus {files} Dateien · Beträge in {unit} · zusammengeführt am {day}").format(
        lines=len({(line.source, line.entry.at) for line in found.lines}),
        files=len({line.source for line in found.lines}),
        unit=found.unit.value,
        day=day_text,
    )
