"""From when until when is a measure funded, as the workbook says in so many words?

The row itself comes first: its columns, remarks and footnotes; then the sheet "Annahmen". A text counts where it is
plain: "befristet bis 31.12.2023", "Mittel bis 2024"; not where it leaves open what follows ("zunächst bis 2023").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.names import undated_key
from pik_excel.budget.periods import dates_in, first_day, last_day, period_of
from pik_excel.budget.tables import Assumption, Measure, MeasureTable
from pik_excel.checks.assumed import rows_by_name
from pik_excel.checks.catalogue import Subject
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_OPEN = pattern(
    r"verlängerung (?!um|bis)|verlänger\w+ (ist |wird |soll )?(beantragt|geplant|vorgesehen|angestrebt|möglich)|option"
    r"|zunächst|vorerst|vorläufig|vorbehalt|danach|anschließend|im anschluss|weiterführ|fortführ|fortgeführt|fortsetz"
    r"|weiterhin|weiter geförd|unbefristet|nicht befristet|dauerhaft|entfrist|folgejahr|dann(?<=\bdann)\b"
    r"|auch(?<=\bauch)\b|bisher(?<=\bbisher)\b|war(?<=\bwar)(en)?\b|wurde(?<=\bwurde)n?\b|ursprünglich|eigenmittel"
    r"|städtische mittel|aus städtischen"
)  # all begin with a letter, of which a text has few: soon ruled out
_ENDS = pattern(
    r"befristet|befristung|laufzeit|läuft(?:(?<=ausläuft)|(?<=\bläuft)\b)|begrenzt|endet|auslaufend|projektende"
    r"|kw(?<=\bkw)\b|letztmal"
)
_FUNDED = pattern(
    r"förder|finanziert|finanzierung|mittel\b|bewillig|zuwendung|zuschuss|zuschüsse|bereitgestellt|gesichert|bezuschusst"
)
_LINKING = (
    r"zum|zur|am|mit|im|in|für|dem|das|des|den|ende|anfang|mitte|ablauf|jahr|jahres|jahresende|schluss|haushaltsjahr"
    r"|haushaltsjahres|einschl|einschließlich|inkl|inklusive|incl|längstens|spätestens"
)
_LINK = rf"(?:[\s:(]|\b(?:{_LINKING})\b\.?)*(?:\d{{1,2}}\.\s*)?\Z"
_OF_MONEY = pattern(r"mittel|finanzier", re.IGNORECASE)
_UNLIMITED = pattern(r"unbefristet|entfristet|auf dauer|dauerhaft", re.IGNORECASE)
_MAY_STATE = pattern(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\.\s?\d{1,2}\.\s?\d\d)")  # begins with a digit: soon ruled out
_WORDS = pattern(r"[^\W\d_]{2}")
_UNTIL = pattern(r"\bbis\b" + _LINK)
_END_AT = pattern(r"(?:ende(?:(?<=\bende)t)?|läuft(?:(?<=\bläuft)|(?<=ausläuft))|kw(?<=\bkw)|letztmal\w*)\b" + _LINK)
_RANGE = pattern(r"\d\s*[-–—]\s*\Z")
_END_AHEAD = pattern(rf"(?:bis|ende|läuft|kw|letztmal\w*)t?(?:[\s:(.]|{_LINKING})*(?=[\djfmasond])")
_RANGE_AHEAD = pattern(r"\d\s*[-–—]\s*(?=[\djfmasond])")  # one of both is in a text with a date behind one of the three
_FROM = pattern(r"\bab\b[^\d,;]{0,20}(\d{1,2}\.\s*)?\Z")
_ALONE = pattern(r"\s*\(?\s*(nur |längstens |maximal )?bis\b")
_ONLY = pattern(
    r"\s*(nur|einmalig)\b[^\d]{0,20}((?:19|20)\d\d)(?:\s*(?:und|/|bis|-|–)\s*((?:19|20)?\d\d))?\s*[.)]?\s*\Z"
)
_SENTENCES = pattern(r"\.(?<=[^\W\d]\.)\s+(?=[A-ZÄÖÜ])|[;\n]")
_LONGEST = 5_000  # characters; nobody states a term in a longer text
_SHORT = 6  # characters that say nothing: "bis 23" at least
_PERIODS = frozenset(("von", "bis", "foerderzeitraum_von", "foerderzeitraum_bis", "foerderzeitraum"))
Stated = tuple[date | None, date, bool]
"""The first and the last day that a text states, and whether it does so of the money."""
_BESIDE = 4  # columns right of a table in which its rows may have a remark


@dataclass(frozen=True)
class Term:
    """When a measure is funded: from the first to the last day, None where that is open, and the cells that say so.

    `of_money` where the statement is about the money ("Mittel bis 2021"), not about the measure ("befristet bis"): a
    table of additional requests is there to lengthen it. `needed` is the day until which it is needed nevertheless.
    """

    first: date | None
    last: date | None
    at: Address
    of_money: bool = False
    needed: date | None = None

    def holds(self, year: int) -> bool:
        """Whether the year, or a part of it, lies within the term, or the need goes on without money: YRS05 says so."""
        if self.needed is not None and self.last is not None and self.last.year < year <= self.needed.year:
            return True
        return (self.first is None or year >= self.first.year) and (self.last is None or year <= self.last.year)


class _Place(NamedTuple):
    """Where things are said of the measures of a table: the columns of remarks, the rows of the sheet with a term."""

    table: MeasureTable
    sheet: Sheet | None
    columns: tuple[int, ...]
    telling: set[int]


class Terms:
    """The terms of all measures of a workbook."""

    def __init__(self, subject: Subject) -> None:
        self._workbook, self._words = subject.reading.workbook, vocabulary(subject.schema)
        self._spans: dict[str, set[tuple[int, int]]] = {}  # by sheet, from the left to the right of its tables
        for table in subject.reading.budget.tables:
            self._spans.setdefault(table.sheet, set()).add((table.area.left, table.area.right))
        self._place: _Place | None = None  # of the table asked for last
        self._remarks_in: dict[str, tuple[set[int], set[int]]] = {}
        self._assumed = rows_by_name(subject)

    def of(self, measure: Measure, table: MeasureTable) -> list[Term]:
        """What is said of the measure: the row's own terms, else those of "Annahmen"."""
        may_tell = self._may_tell(measure, table)
        own = [*self._of_fields(measure, table), *self._of_texts(measure, table)] if may_tell else []
        assumed = self._assumed.get(undated_key(measure.name), ()) if self._assumed and not own else ()
        if not own and not assumed:
            return []
        if any(_UNLIMITED.search(text) for _at, text in self.said_of(measure, table)):
            return []
        return [_widest(own)] if own else list(_assumed(assumed))

    def said_of(self, measure: Measure, table: MeasureTable) -> list[tuple[Address, str]]:
        """All texts about the measure: its label, footnotes, remarks and comment."""
        texts = [(measure.at, measure.label)]
        if measure.footnotes:
            texts += [(note.at, note.text) for note in table.footnotes if plain_mark(note.mark) in measure.footnotes]
        place = self._place_of(table)
        if place.sheet is not None:
            texts += _remarks(place.sheet, measure, place.columns)
        return texts

    def _of_texts(self, measure: Measure, table: MeasureTable) -> Iterator[Term]:
        for at, text in self.said_of(measure, table):
            if (term := term_in(text, at)) is not None:
                yield term

    def _may_tell(self, measure: Measure, table: MeasureTable) -> bool:
        """Whether the row itself may state a term; few of 50,000 do."""
        place = self._place if self._place is not None and self._place.table is table else self._place_of(table)
        return (
            measure.at.row in place.telling
            or bool(measure.footnotes)
            or (bool(measure.fields) and not _PERIODS.isdisjoint(dict(measure.fields)))
            or _stated(measure.label) is not None
        )

    def _place_of(self, table: MeasureTable) -> _Place:
        if self._place is None or self._place.table is not table:
            sheet = self._workbook.sheet(table.sheet)
            beside = set(range(table.area.left, table.area.right + 1))
            beside -= {table.name_column, *(column.at.column for column in table.columns)}
            if len({measure.at.row for measure in table.measures}) == 1:  # side by side
                beside -= {measure.at.column for measure in table.measures}
            columns = [*sorted(beside), *(self._right_of(table, sheet) if sheet is not None else ())]
            if sheet is not None and sheet.name not in self._remarks_in:
                self._remarks_in[sheet.name] = _columns_with_remarks(sheet), _rows_with_terms(sheet)
            worth_a_look, telling = self._remarks_in.get(table.sheet, (set[int](), set[int]()))
            columns = [column for column in columns if column in worth_a_look]
            self._place = _Place(table, sheet, tuple(columns), telling)
        return self._place

    def _right_of(self, table: MeasureTable, sheet: Sheet) -> Iterator[int]:
        """The columns right of a table in which its rows may have remarks, up to another table."""
        for column in range(table.area.right + 1, table.area.right + _BESIDE + 1):
            heads = [sheet.value(row, column) for row in range(table.area.top - 1, table.area.top + 4)]
            if any(isinstance(text, str) and "bezeichnung" in self._words.fields_of(text) for text in heads):
                return
            if any(left <= column <= right for left, right in self._spans.get(table.sheet, ())):
                return
            yield column

    def _of_fields(self, measure: Measure, table: MeasureTable) -> Iterator[Term]:
        for start, end in (("von", "bis"), ("foerderzeitraum_von", "foerderzeitraum_bis")):
            first, last = measure.field(start), measure.field(end)
            days = first_day(first), last_day(last)
            if days != (None, None):
                at = last.at if last and days[1] is not None else first.at if first else measure.at
                yield Term(*days, at, self._is_of_money(at, table))
        whole = measure.field("foerderzeitraum")
        if whole is not None and (period := period_of(whole)) is not None:
            yield Term(*period, whole.at)

    def _is_of_money(self, at: Address, table: MeasureTable) -> bool:
        """Whether a column says until when there is money, not until when the measure runs."""
        sheet = self._place_of(table).sheet
        heads = [sheet.value(row, at.column) for row in table.header_rows] if sheet is not None else []
        return any(isinstance(text, str) and _OF_MONEY.search(text) for text in heads)


def _columns_with_remarks(sheet: Sheet) -> set[int]:
    """The columns in which any text is long enough for a remark."""
    return {
        one.form.columns[place]
        for one in sheet.cells.alike
        for place in one.form.others
        if any(type(value) is str and len(value) > _SHORT for value in one.columns[place])
    }


def _rows_with_terms(sheet: Sheet) -> set[int]:
    """The rows in which a text or a comment states one."""
    telling = {text for text in filter(_MAY_STATE.search, sheet.cells.words) if len(text) > _SHORT and _stated(text)}
    found = {row for row, _column, _text in sheet.cells.saying(telling)}
    return found | {row for (row, _column), text in sheet.comments.items() if _stated(text) is not None}


def term_in(text: str, at: Address) -> Term | None:
    """The term that a text states in plain words, None where it states none or leaves open what follows."""
    stated = _stated(text)
    return Term(stated[0], stated[1], at, stated[2]) if stated else None


def _stated(text: str) -> Stated | None:
    may_state = len(text) <= _LONGEST and _may_state_an_end(text) and _WORDS.search(text)
    return _read(text) if may_state else None


def _may_state_an_end(text: str) -> bool:
    """At a quick look, as nearly all texts state none, whatever dates they name."""
    if not _MAY_STATE.search(text):
        return False
    folded = text.lower()
    is_only = folded.lstrip().startswith(("nur", "einmalig"))
    return is_only or _END_AHEAD.search(folded) is not None or _RANGE_AHEAD.search(folded) is not None


@lru_cache(maxsize=4_096)
def _read(text: str) -> Stated | None:
    if only := _ONLY.match(text.casefold()):
        until = only[3] or only[2]
        until = until if len(until) == 4 else only[2][:2] + until
        return date(int(only[2]), 1, 1), date(int(until), 12, 31), False
    sentences = filter(_may_state_an_end, _SENTENCES.split(text))
    ends = [end for sentence in sentences for end in _ends_in(sentence.casefold())]
    if not ends or _OPEN.search(text.lower()):
        return None
    last = max(day for day, _ in ends)
    starts = [one.first for one in dates_in(text) if _FROM.search(text[: one.start].casefold())]
    if any(start > last for start in starts):
        return None
    return None, last, all(of_money for _, of_money in ends)


def _ends_in(sentence: str) -> Iterator[tuple[date, bool]]:
    for one in dates_in(sentence):
        before = sentence[: one.start]
        if not _is_an_end(before):
            continue
        if _ENDS.search(sentence) or _ALONE.match(sentence):
            yield one.last, False
        elif _FUNDED.search(sentence):
            yield one.last, True


def _is_an_end(before: str) -> bool:
    return any(pattern.search(before) for pattern in (_UNTIL, _END_AT, _RANGE))


def _remarks(sheet: Sheet, measure: Measure, columns: Sequence[int]) -> Iterator[tuple[Address, str]]:
    """The texts in the measure's row in these columns, and the comment at its name."""
    row, cells = measure.at.row, sheet.cells
    for column in columns:
        cell = cells.get((row, column))
        if cell is not None and type(cell.value) is str and len(cell.value) > _SHORT:
            yield Address(sheet.name, row, column), cell.value
    comment = sheet.comments.get((row, measure.at.column))
    if comment:
        yield measure.at, comment


def _widest(terms: Iterable[Term]) -> Term:
    """The longest of the terms that a row states; where one is of the measure, that is the telling one."""
    listed = list(terms)
    plain = [term for term in listed if not term.of_money] or listed
    longest = max(plain, key=lambda term: term.last or date.max)
    starts = [term.first for term in listed]
    first = None if any(start is None for start in starts) else min(start for start in starts if start)
    last = None if any(term.last is None for term in plain) else longest.last
    return Term(first if len(listed) > 1 else longest.first, last, longest.at, longest.of_money)


def _assumed(rows: Iterable[Assumption]) -> Iterator[Term]:
    """The terms that "Annahmen" states; rows of a scenario hold only in it."""
    certain = [row for row in rows if not (field := row.field("szenario")) or not field.text.strip()]
    ends = [(row, last_day(row.field("bis"))) for row in certain]
    if certain and all(end is not None for _, end in ends):
        row, last = max(ends, key=lambda pair: pair[1] or date.max)
        field = row.field("bis")
        yield Term(None, last, field.at if field else row.at)
    for row in certain[:1] if len(certain) == 1 else ():
        start, end = row.field("foerderzeitraum_von"), row.field("foerderzeitraum_bis")
        days = first_day(start), last_day(end)
        if days != (None, None):
            at = end.at if end is not None and days[1] is not None else start.at if start is not None else row.at
            yield Term(*days, at, True, last_day(row.field("bedarfszeitraum_bis")))
