"""Which cell heads a year's column? 2022, "2022", "Ansatz 2017 in EUR", "2027 ff. TEUR", "PJ 2013", "2019/20", a date
shown as its year, "weitere Jahre"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter

from pik_excel.budget.marks import plain_mark, split_marks
from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Kind, Status
from pik_excel.grid.reference import column_number
from pik_excel.grid.workbook import Cell
from pik_excel.layout.closing_days import day_in, stand_for_years
from pik_excel.layout.currencies import without_other_unit
from pik_excel.layout.page import FIRST_YEAR, LAST_YEAR, Page
from pik_excel.layout.vocabulary import Vocabulary, fold
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_NEAR = 2  # rows above and below closing days in which years or days may stand
_MOST = 1_000  # cells of a row that state a year; more are no header
_YEAR = pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*/\s*(?P<to>(?:19|20)?\d\d)(?!\d))?")
_SHORT = pattern(r"(?<![\w.,/-])(?:'|’)?(?P<year>[0-4]\d)(?![\w.,/%-])")
_RELATIVE = pattern(
    r"(?<!\w)(?P<word>hj|hhj|haushaltsjahr(?:es)?|planjahr|vorvorjahr(?:es)?|vorjahr(?:es)?)\s*(?P<sign>[+\-–−])?\s*(?P<step>\d)?(?!\d)(?!\w)(?!\s*['’]?[0-4]\d(?!\d))"
)
_STEPS = {"vorvorjahr": -2, "vorvorjahres": -2, "vorjahr": -1, "vorjahres": -1}
_FROM = pattern(r"(?:^|\s)(?:ab|from)\s*\Z")
_SPAN = pattern(r"^\s*(?:bis|–|-|—|und|u\.|\+|&|to)\s*(?:einschl\.\s*)?(?P<to>(?:19|20)?\d\d)(?!\d)")
_NEXT = pattern(r"\$?([A-Z]{1,3})\$?(\d+)\+1\Z")
_OPEN = pattern(r"^\s*(?:u\.\s*)?f{1,2}\.?(?!\w)|^\s*[-–]\s*$")
_MORE_THAN_A_YEAR = pattern(r"\s*[.,:–-]?\d")
_DAY_BEFORE = pattern(
    r"(?:\d[./-]|\b(?:jan|jänner|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[^\W\d_]*\.?|\bende)\s*$"
)
_WORD = pattern(r"[^\W_]+\.?|[€%+]")
_RAISED = pattern(r"(?<=(?:19|20)\d\d)[¹²³⁴⁵⁶⁷⁸⁹]\)?\s*\Z")
_BRACKETS = pattern(r"[()\[\]–—-]")
_CALLED_YEAR = pattern(r"(?<!\w)(?:hj|hhj|hh|jahr|haushalt|haushaltsjahr|fy)(?!\w)|['’]")
_LONGEST_SPAN = 20
_SHORT_WORD = 4  # letters of an abbreviation
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
    doubt: str = ""  # the words beside the year, where they are not those of a header
    until: int | None = None  # "2027–2030": the last year, where the column is about several
    short: bool = False  # "Ansatz 24"
    stage: Status = Status.UNSTATED  # "beantragt 2024"
    words: str = ""  # what tells it from the other column of its year: "Umlage", "Umlagegrundlagen"
    of_day: bool = False  # 31.12.2026


def year_head(page: Page, cell: Cell) -> YearHead | None:
    """The year that a cell states as a column's header, None where it states none."""
    if isinstance(cell.value, Decimal):
        return _from_number(page, cell)
    if not isinstance(cell.value, str):
        return None
    if cell.value not in page.known_texts:
        page.known_texts[cell.value] = _from_text(cell.value, page.words)
    found = page.known_texts[cell.value]
    return replace(found, row=cell.row, column=cell.column) if found else None


def year_heads(page: Page, row: int) -> list[YearHead]:
    """The year headers in a row, from the left; "weitere Jahre" only behind a year."""
    known = page.known_heads.get(row)
    if known is None:
        known = page.known_heads[row] = _year_heads(page, row)
    return list(known)


def years_over_columns(heads: Iterable[YearHead]) -> tuple[tuple[int, int], ...]:
    """Their columns and years, by which a header is known when it stands again."""
    return tuple((head.column, head.year) for head in heads)


def _year_heads(page: Page, row: int) -> list[YearHead]:
    found = _all_heads(page, row)
    while found and found[0].follows:
        found.pop(0)
    for index, head in enumerate(found):
        if head.follows:
            found[index] = replace(head, year=found[index - 1].year + (not found[index - 1].open_ended))
    found = _counted_on(page, row, found)
    return _credible(found) if any(head.doubt or head.short or head.until for head in found) else found


def doubtful_heads(page: Page, row: int, sure: Sequence[YearHead]) -> list[YearHead]:
    """The cells right of the first of the `sure` year headers that name a year, or several, and are not understood."""
    columns = {head.column for head in sure}
    first = min(columns)
    return [head for head in _all_heads(page, row) if head.column > first and head.column not in columns]


def _all_heads(page: Page, row: int) -> list[YearHead]:
    known = page.all_heads.get(row)
    if known is None:
        found = [head for cell in page.year_cells.get(row, ()) if (head := year_head(page, cell))]
        if all(head.doubt for head in found):
            found = _heads_of_days(page, row) or found
        found = found if len(found) <= _MOST else []
        known = page.all_heads[row] = sorted(found, key=lambda head: head.column)
    return list(known)


def _heads_of_days(page: Page, row: int) -> list[YearHead]:
    """The heads of a row of closing days, see `closing_days`: no years are written out near it, and no days below."""
    cells = sorted(page.year_cells.get(row, ()), key=attrgetter("column"))
    days = [day for cell in cells if (day := day_in(cell, page.format(cell)))]
    if not stand_for_years(days):
        return []
    for other in (one for one in range(row - _NEAR, row + _NEAR + 1) if one != row):
        there = [cell for day in days if (cell := page.cell(other, day.column)) is not None]
        named = sum(year_head(page, cell) is not None for cell in there)
        if 2 * named > len(days) or (other > row and any(_is_day(page, cell) for cell in there)):
            return []
    above = {text for day in days if (text := page.own_text(row - 1, day.column))}
    if len(above) > 1 and not all(page.words.is_header_text(_WORD.findall(fold(text))) for text in above):
        return []  # "Beginn", "Ende"
    heads = [_described(day.beside, YearHead(row, day.column, day.day.year), page.words) for day in days]
    return [replace(head, plain=False, of_day=True) for head in heads if head and not head.doubt] if all(heads) else []


def _is_day(page: Page, cell: Cell) -> bool:
    return page.format(cell).is_date if isinstance(cell.value, Decimal) else day_in(cell, page.format(cell)) is not None


def _credible(found: list[YearHead]) -> list[YearHead]:
    """The heads that say one year beyond doubt: in words of a header, in others that are put alike over several years
    and state a unit where those beside them do, or in a kind or a short word and in its place in the run of years; "24"
    is a year beside "25"."""
    sure = [head for head in found if not head.doubt and not head.short and not head.until]
    years = {head.year for head in found if head.short or not head.plain}
    kept = []
    for head in found:
        near = {head.year - 1, head.year + 1} & years or any(not one.plain for one in sure)
        if head.until or (head.short and not near):
            continue
        if head.doubt and not (_is_put_alike(head, found) or _joins_the_run(head, found)):
            continue
        kept.append(head)
    words = {head.doubt for head in kept}
    tell = (
        len(words) > 1 and len({head.year for head in kept}) < len(kept) and all(_is_put_alike(h, kept) for h in kept)
    )
    return [replace(head, doubt="", words=head.doubt if tell else "") for head in kept]


def _is_put_alike(head: YearHead, found: Sequence[YearHead]) -> bool:
    """Whether its words stand with other years too, and with a unit where any year has one."""
    alike = [one for one in found if one.doubt == head.doubt]
    return len({one.year for one in alike}) > 1 and (
        any(one.unit for one in alike) or not any(one.unit for one in found)
    )


def _joins_the_run(head: YearHead, found: Sequence[YearHead]) -> bool:
    """Whether a kind ("mittelfr. Planung 2026") or a short word ("R 2023") stands right beside the year before or after
    its own, which no other column has."""
    if head.kind is Kind.UNSTATED and len(head.doubt) > _SHORT_WORD:
        return False
    if any(one.year == head.year for one in found if one is not head):
        return False
    steps = (
        (one.column - head.column, one.year - head.year) for one in found if not one.doubt or _is_put_alike(one, found)
    )
    return any(step in {(1, 1), (-1, -1)} for step in steps)


def _counted_on(page: Page, row: int, found: list[YearHead]) -> list[YearHead]:
    """The heads, with the years that formulas count on from their neighbour (=B4+1) where no result is stored."""
    heads = list(found)
    for head in found:
        cell, last = page.cell(row, head.column + 1), head
        while head.plain and cell is not None and cell.value is None and _counts_on(cell, last):
            last = replace(last, column=cell.column, year=last.year + 1)
            heads.append(last)
            cell = page.cell(row, last.column + 1)
    return sorted(heads, key=lambda head: head.column) if len(heads) > len(found) else found


def _counts_on(cell: Cell, before: YearHead) -> bool:
    match = _NEXT.match(cell.formula or "")
    return match is not None and (int(match[2]), column_number(match[1])) == (before.row, before.column)


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
    bare, marks = _without_marks(text)
    folded = fold(bare)
    if _says_later_years(folded, words):
        return YearHead(0, 0, 0, open_ended=True, follows=True, unit=words.unit_of(folded))
    found = _YEAR.search(folded)
    if found is None:
        return _relative(folded, words, marks) or _two_digits(folded, words, marks)
    before, after = folded[: found.start()], folded[found.end() :]
    if _DAY_BEFORE.search(before):
        return None
    span = None if found["to"] else _span(int(found["year"]), after)
    if span is None and (_MORE_THAN_A_YEAR.match(after) or _YEAR.search(after)):
        return None
    head = YearHead(0, 0, int(found["year"]), marks=marks)
    if span is not None:
        return _described(f"{before} {_SPAN.sub('', after)}", replace(head, until=span), words, spans=True)
    from_then_on = _FROM.search(before) is not None
    later = _OPEN.match(after) is not None or words.open_ended.match(after.lstrip(" (")) is not None
    rest = f"{_FROM.sub('', before)} {_OPEN.sub('', after)}"
    return _described(rest, replace(head, open_ended=from_then_on or later), words, spans=bool(found["to"]))


def _without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A raised digit behind a year is a mark, where in a name it could belong to the number."""
    raised = _RAISED.search(text)
    return split_marks(text) if raised is None else (text[: raised.start()], (plain_mark(raised[0]),))


def _says_later_years(folded: str, words: Vocabulary) -> bool:
    """ "weitere Jahre", "Folgejahre in TEUR", "spätere Jahre – nachrichtlich –"."""
    if "jahr" not in folded and not folded.startswith(("danach", "später")):
        return False
    rest = words.memo.sub(" ", words.without_units(_BRACKETS.sub(" ", folded)))
    plain = " ".join(word for word in _WORD.findall(rest) if word not in {"in", "die", "der", "alle", "für", "angaben"})
    return plain in words.later_years


def _span(first: int, after: str) -> int | None:
    """The last year of "2027–2030", "2027 bis 30"."""
    found = _SPAN.match(after)
    if found is None:
        return None
    last = int(found["to"]) if len(found["to"]) == 4 else first // 100 * 100 + int(found["to"])
    return last if first < last <= first + _LONGEST_SPAN else None


def _described(rest: str, head: YearHead, words: Vocabulary, spans: bool = False) -> YearHead | None:
    """The head with what the words around the year say; None where they are about something else than an amount."""
    unit = words.unit_of(rest)
    memo = words.memo.search(rest) is not None
    if words.difference.search(rest) or words.no_money.search(rest):
        return None
    bare = without_other_unit(rest)
    without = words.open_ended.sub(" ", words.memo.sub(" ", words.without_units(bare)))
    left = [word for word in _WORD.findall(without) if not word.rstrip(".").isdigit()]
    if "%" in left:
        return None
    doubt = "" if words.is_header_text(left) else " ".join(left)
    if doubt and not words.total.isdisjoint(left):
        return None
    plain = not left and bare == rest and unit is None and not head.open_ended and not memo and not spans
    return replace(
        head, kind=words.kind_of(rest), unit=unit, memo=memo, plain=plain, doubt=doubt, stage=words.stage_of(rest)
    )


def _relative(folded: str, words: Vocabulary, marks: tuple[str, ...]) -> YearHead | None:
    found = _RELATIVE.search(folded)
    if found is None or bool(found["sign"]) != bool(found["step"]):
        return None
    step = int(found["step"] or 0) * (1 if found["sign"] in {None, "+"} else -1) + _STEPS.get(found["word"], 0)
    rest = folded[: found.start()] + " " + folded[found.end() :]
    head = _described(rest, YearHead(0, 0, 0, marks=marks, step=step), words)
    return None if head is None or head.doubt else head


def _two_digits(folded: str, words: Vocabulary, marks: tuple[str, ...]) -> YearHead | None:
    """ "Ansatz 24", "HH '25": two digits beside words of a header."""
    found = _SHORT.search(folded)
    if found is None:
        return None
    rest = folded[: found.start()] + " " + folded[found.end() :]
    head = _described(rest, YearHead(0, 0, 2000 + int(found["year"]), marks=marks, short=True), words)
    if head is None or head.doubt or not (head.kind is not Kind.UNSTATED or _CALLED_YEAR.search(rest)):
        return None
    open_ended = words.open_ended.match(folded[found.end() :].lstrip(" (")) is not None
    return replace(head, open_ended=open_ended, plain=False)
