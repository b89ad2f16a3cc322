"""Which cell heads a year's column? 2022, "2022", "Ansatz 2017 in EUR", "2027 ff. TEUR", "PJ 2013", "2019/20", a date
shown as its year, "weitere Jahre"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from pik_excel.budget.marks import split_marks
from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Kind
from pik_excel.grid.workbook import Cell
from pik_excel.layout.page import FIRST_YEAR, LAST_YEAR, Page
from pik_excel.layout.vocabulary import Vocabulary, fold

_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*/\s*(?P<to>(?:19|20)?\d\d)(?!\d))?")
_RELATIVE = re.compile(r"(?<!\w)(?:hj|hhj|haushaltsjahr)\s*(?P<sign>[+\-–−])?\s*(?P<step>\d)?(?!\d)(?!\w)")
_OPEN = re.compile(r"^\s*(?:u\.\s*)?f{1,2}\.?(?!\w)|^\s*[-–]\s*$")
_MORE_THAN_A_YEAR = re.compile(r"\s*[.,:–-]?\d")
_DAY_BEFORE = re.compile(r"\d[./-]\s*$")
_WORD = re.compile(r"[^\W_]+\.?|[€%+]")
_FIRST_DAY = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73416  # 1990 and 2100 as days


@dataclass(frozen=True)
class YearHead:
    """A year in a header cell. `plain`: nothing but the year stands there, so that it could be an amount as well.
    `step` is set for "HJ+1", whose year depends on a base year."""

    row: int
    column: int
    year: int
    kind: Kind = Kind.UNSTATED
    open_ended: bool = False
    unit: Unit | None = None
    memo: bool = False
    plain: bool = False
    marks: tuple[str, ...] = ()
    step: int | None = None
    follows: bool = False  # "weitere Jahre": the year after the last


def year_head(page: Page, cell: Cell) -> YearHead | None:
    """The year that a cell states as a column's header, None where it states none."""
    if isinstance(cell.value, Decimal):
        return _from_number(page, cell)
    if not isinstance(cell.value, str):
        return None
    found = _from_text(cell.value, page.words)
    return replace(found, row=cell.row, column=cell.column) if found else None


def year_heads(page: Page, row: int) -> list[YearHead]:
    """The year headers in a row, from the left; "weitere Jahre" only behind a year."""
    found = [head for cell in page.year_cells.get(row, ()) if (head := year_head(page, cell))]
    found.sort(key=lambda head: head.column)
    while found and found[0].follows:
        found.pop(0)
    for index, head in enumerate(found):
        if head.follows:
            found[index] = replace(head, year=found[index - 1].year + (not found[index - 1].open_ended))
    return found


def _from_number(page: Page, cell: Cell) -> YearHead | None:
    value, shown = cell.value, page.format(cell)
    assert isinstance(value, Decimal)
    if value != value.to_integral_value():
        return None
    if shown.is_year and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return YearHead(cell.row, cell.column, (_FIRST_DAY + timedelta(int(value))).year)
    if not FIRST_YEAR <= value <= LAST_YEAR or shown.is_year or not shown.may_be_year:
        return None
    return YearHead(cell.row, cell.column, int(value), plain=True)


def _from_text(text: str, words: Vocabulary) -> YearHead | None:
    bare, marks = split_marks(text)
    folded = fold(bare)
    if folded.strip(" .:()") in words.later_years:
        return YearHead(0, 0, 0, open_ended=True, follows=True)
    found = _YEAR.search(folded)
    if found is None:
        return _relative(folded, words, marks)
    before, after = folded[: found.start()], folded[found.end() :]
    if _MORE_THAN_A_YEAR.match(after) or _DAY_BEFORE.search(before) or _YEAR.search(after):
        return None
    open_ended = _OPEN.match(after) is not None or words.open_ended.match(after.lstrip(" (")) is not None
    rest = f"{before} {_OPEN.sub('', after)}"
    return _described(
        rest, YearHead(0, 0, int(found["year"]), open_ended=open_ended, marks=marks), words, bool(found["to"])
    )


def _described(rest: str, head: YearHead, words: Vocabulary, spans: bool = False) -> YearHead | None:
    """The head with what the words around the year say; None where they are not those of a header."""
    unit = words.unit_of(rest)
    memo = words.memo.search(rest) is not None
    if words.difference.search(rest):
        return None
    without = words.open_ended.sub(" ", words.memo.sub(" ", words.without_units(rest)))
    left = [word for word in _WORD.findall(without) if not word.isdigit()]
    if "%" in left or not words.is_header_text(left):
        return None
    plain = not left and unit is None and not head.open_ended and not memo and not spans
    return replace(head, kind=words.kind_of(rest), unit=unit, memo=memo, plain=plain)


def _relative(folded: str, words: Vocabulary, marks: tuple[str, ...]) -> YearHead | None:
    found = _RELATIVE.search(folded)
    if found is None or bool(found["sign"]) != bool(found["step"]):
        return None
    step = int(found["step"] or 0) * (1 if found["sign"] in {None, "+"} else -1)
    rest = folded[: found.start()] + " " + folded[found.end() :]
    return _described(rest, YearHead(0, 0, 0, marks=marks, step=step), words)
