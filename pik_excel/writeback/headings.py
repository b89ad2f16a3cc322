"""How is a new year column headed? As the last one is, for the later year."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pik_excel.budget.tables import Kind, MeasureTable
from pik_excel.errors import NotWritten
from pik_excel.grid.dates import day_of, serial_of
from pik_excel.grid.formula import shifted
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell
from pik_excel.language import _
from pik_excel.ooxml.edits import Content, Formula, Number, Text
from pik_excel.patterns import pattern

_SPAN = pattern(r"(?P<first>(?:19|20)\d\d)\s*/\s*(?P<second>(?:20)?\d\d)(?!\d)")
_RESULT = pattern(r"\b(?:Rechnungsergebnis|Jahresergebnis|Ergebnis|Rechnung|Ist)\b")
_ESTIMATE = pattern(r"\bAnsatz\b")


def heading(cell: Cell, at: Address, year: int, new: int, kind: Kind, date1904: bool) -> Content:
    """What stands above the column of `new`, where `cell` heads that of `year`; `kind` is what the new years are.
    Raises `NotWritten` where the year is not to be found."""
    if isinstance(cell.value, Decimal):
        return _number(cell, year, new, date1904) or _refused(at, year)
    if isinstance(cell.value, str):
        text = later_text(cell.value, year, new)
        if text is not None:
            return Text(in_words_of(kind, text))
    return _refused(at, year)


def in_words_of(kind: Kind, text: str) -> str:
    """The heading for a planned year: no later year is an "Ist", nor an "Ansatz" where the workbook says "Plan"."""
    return _ESTIMATE.sub("Plan", _RESULT.sub("Plan", text)) if kind is Kind.PLAN else text


def kind_of_later_years(table: MeasureTable, tables: tuple[MeasureTable, ...]) -> Kind:
    """What the years after the table's last single year are: what that one is, but "Plan" after a result, and after an
    "Ansatz" where the workbook calls later years so."""
    closed = (column for column in table.columns if not column.year.open_ended)
    last = max(closed, key=lambda column: column.at.column).year.kind
    if last is Kind.RESULT or (last is Kind.ESTIMATE and _says_plan_later(tables)):
        return Kind.PLAN
    return last


def later_text(text: str, year: int, new: int) -> str | None:
    """The text with the later year: "2021 TEUR" and "2020/21" become "2022 TEUR" and "2021/22"; None without a year."""
    span = _SPAN.search(text)
    if span and year in {int(span["first"]), int(span["first"]) + 1}:
        step = new - year
        second = str(int(span["first"]) + 1 + step)[-len(span["second"]) :]
        return f"{text[: span.start('first')]}{int(span['first']) + step}/{second}{text[span.end() :]}"
    if re.search(rf"(?<!\d){year}(?!\d)", text):
        return re.sub(rf"(?<!\d){year}(?!\d)", str(new), text)
    short = re.search(rf"(?:(?<=['’])|(?<![\w.,/-])){year % 100:02d}(?!\s?%)(?![\w.,-])", text)
    return f"{text[: short.start()]}{new % 100:02d}{text[short.end() :]}" if short else None


def _says_plan_later(tables: tuple[MeasureTable, ...]) -> bool:
    """Whether the workbook calls later years "Plan" after years called "Ansatz"."""
    for table in tables:
        kinds = [column.year.kind for column in sorted(table.columns, key=lambda column: column.year.value)]
        if Kind.ESTIMATE in kinds and Kind.PLAN in kinds[kinds.index(Kind.ESTIMATE) :]:
            return True
    return False


def _number(cell: Cell, year: int, new: int, date1904: bool) -> Content | None:
    assert isinstance(cell.value, Decimal)
    if cell.value == year:
        value = Decimal(new)
    else:
        day = day_of(cell.value, date1904)
        if day is None or day.year != year:
            return None
        value = serial_of(_moved(day, new), date1904)
    if cell.formula is not None:
        return Formula(shifted(cell.formula, 0, new - year), value)
    return Number(value)


def _moved(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _refused(at: Address, year: int) -> Content:
    raise NotWritten(
        "heading-unclear",
        _("{at}: aus dieser Überschrift lässt sich keine für das Jahr nach {year} bilden.").format(at=at, year=year),
        _("Bitte die Jahre über den Spalten ausschreiben, zum Beispiel {year}.").format(year=year),
    )
