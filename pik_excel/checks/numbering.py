"""Does the numbering of the measures leave a number out, or use one twice?

A numbering begins with 1 (or goes on from the table before), and goes up by one in nearly every row. What goes
otherwise is no numbering but a number of something else: of a catalogue, of an application, of an account.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, Total
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.grid.workbook import Sheet, Value
from pik_excel.language import _, plural
from pik_excel.patterns import pattern

_NUMBERED = pattern(
    r"\s*\(?(?:(?P<above>(?:\d{1,2}\.)+)(?P<below>\d{1,3})\.?|(?P<number>\d{1,3})[.)]\)?|(?P<roman>[IVX]{1,6})[.)])(?=\s+\S)"
)
_ALONE = pattern(r"(?P<above>(?:\d{1,2}\.)*)(?P<below>\d{1,3})\.?\Z")
_HEADING = pattern(r"(?:(?:lfd|laufende)\.?\s*)?(?:(?:nr|no|nummer|pos|position|ziffer|#)\.?)?\Z", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_FEWEST = 3
_MOST_GAPS = 2
_WIDEST = 3  # a step wider than that is no slip


class Numbered(NamedTuple):
    """A row's number; `series` tells "1.", "I." and the "2." of "2.1", "2.2" apart."""

    row: int
    column: int
    series: str
    value: int
    shown: str
    has_amounts: bool  # a measure; a heading or a row that says "entfällt" has none


@rule("MSR07", "numbering-gap", Severity.NOTICE)
def numbering_gap(subject: Subject) -> Iterator[Found]:
    """Lücke in der Nummerierung

    Was: Die laufende Nummer der Maßnahmen springt (1., 2., 4.) oder kommt zweimal vor (1., 2., 2., 3.).

    Warum: Oft ist eine Zeile gelöscht worden, und Verweise auf „Nr. 4“ in Vorlage und Antrag treffen nicht mehr zu.

    Quelle: Praxis der Gemeinderatsvorlagen.

    Falsch (A4):

    |   | A            | B                | C                |
    |---|--------------|------------------|------------------|
    | 1 | Maßnahme     | 2022 TEUR        | 2023 TEUR        |
    | 2 | 1. Jobcafé   | 66               | 66               |
    | 3 | 2. Lernräume | 290              | 290              |
    | 4 | 4. Sprachkurs | 60              | 60               |
    | 5 | 5. Radtreff  | 40               | 40               |
    | 6 | Summe        | =SUM(B2:B5) → 456 | =SUM(C2:C5) → 456 |

    Richtig:

    |   | A            | B                | C                |
    |---|--------------|------------------|------------------|
    | 1 | Maßnahme     | 2022 TEUR        | 2023 TEUR        |
    | 2 | 1. Jobcafé   | 66               | 66               |
    | 3 | 2. Lernräume | 290              | 290              |
    | 4 | 3. Sprachkurs | 60              | 60               |
    | 5 | 4. Radtreff  | 40               | 40               |
    | 6 | Summe        | =SUM(B2:B5) → 456 | =SUM(C2:C5) → 456 |

    Beheben: Neu nummerieren und Verweise nachziehen, oder die fehlende Zeile wieder aufnehmen („3. entfällt“).

    Schweigt: wenn jede Gruppe neu mit 1 beginnt, bei Nummern, die nicht fortlaufend gemeint sind (Antrags- oder
    Kontonummern, eine Auswahl aus einer längeren Liste), und bei mehr als zwei Lücken."""
    last: dict[str, dict[str, int]] = defaultdict(dict)
    for table in subject.reading.budget.tables:
        sheet = subject.reading.workbook.sheet(table.sheet)
        if sheet is None or table.family == "years-down" or _numbers_measures(table):
            continue
        for run in _runs(_numbers(sheet, table), last[table.sheet]):
            yield from _faults(sheet, run)


def _numbers_measures(table: MeasureTable | MeasureList) -> bool:
    """Whether the numbers of a long list are those of its measures, each of which has several rows."""
    if table.family != "long-list":
        return False
    numbered = [(measure.number, measure.name) for measure in table.measures if measure.number is not None]
    return len(set(numbered)) < len(numbered)


def _numbers(sheet: Sheet, table: MeasureTable | MeasureList) -> Iterator[Numbered]:
    """The numbers of the table's rows: before the name, or in a column of their own."""
    rows: tuple[Measure | Total, ...] = (*table.measures, *table.totals)
    by_row = {one.at.row: one for one in rows}
    lines, left = range(table.area.top, table.area.bottom + 1), table.area.left
    alone = _is_column_of_numbers(sheet, table, rows)
    labels, firsts = (sheet.cells.column(column, lines) for column in (table.name_column, left))
    for row, label, first in zip(lines, labels, firsts, strict=True):
        may_begin = isinstance(label, str) and (label[:1] in _ROMAN or not label[:1].isalpha())
        found = _NUMBERED.match(label) if may_begin and isinstance(label, str) else None
        measure = by_row.get(row)
        if found:
            yield _numbered(found, row, table.name_column, measure is not None)
        elif measure is not None and measure.number is not None:
            shown = str(measure.number)
            column = left if _says(first, shown) else _number_column(sheet, row, left + 1, measure.at.column, shown)
            if column is not None:
                yield Numbered(row, column, "column", measure.number, shown, True)
        elif alone and measure is not None and (found := _ALONE.match(str(first).strip())):
            yield Numbered(row, left, found["above"] or "column", int(found["below"]), str(first).strip(), True)


def _is_column_of_numbers(sheet: Sheet, table: MeasureTable | MeasureList, rows: Iterable[Measure | Total]) -> bool:
    """Whether the first column, with no heading or that of one, is left of the names and may number them."""
    left = table.area.left
    if left >= table.name_column or not table.header_rows or any(one.number is not None for one in rows):
        return False
    heads = (sheet.value(row, left) for row in table.header_rows)
    return all(head is None or (isinstance(head, str) and _HEADING.match(head.strip())) for head in heads)


def _numbered(found: re.Match[str], row: int, column: int, has_amounts: bool) -> Numbered:
    if found["roman"]:
        return Numbered(row, column, "roman", _roman(found["roman"]), found["roman"], has_amounts)
    if found["above"]:
        shown = f"{found['above']}{found['below']}"
        return Numbered(row, column, found["above"], int(found["below"]), shown, has_amounts)
    return Numbered(row, column, "", int(found["number"]), found["number"], has_amounts)


def _number_column(sheet: Sheet, row: int, left: int, right: int, number: str) -> int | None:
    return next((column for column in range(left, right + 1) if _says(sheet.value(row, column), number)), None)


def _says(value: Value, number: str) -> bool:
    return str(value).strip().rstrip(".)") == number


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _runs(numbers: Iterator[Numbered], last: dict[str, int]) -> Iterator[list[Numbered]]:
    """The numberings of a table: each begins with 1, the first also where the table before left off."""
    runs: dict[str, list[Numbered]] = {}
    for one in numbers:
        run = runs.get(one.series)
        if one.value == 1 or (run is None and one.value == last.get(one.series, -1) + 1):
            if run:
                yield run
            runs[one.series] = [one]
        elif run is not None:
            run.append(one)
    for series, run in runs.items():
        last[series] = run[-1].value
        yield run


def _faults(sheet: Sheet, run: list[Numbered]) -> Iterator[Found]:
    steps = [after.value - before.value for before, after in pairwise(run)]
    odd = [index for index, step in enumerate(steps) if step != 1]
    if len(run) < _FEWEST or not 0 < len(odd) <= _MOST_GAPS or len(odd) * 2 > len(steps):
        return
    if all(_is_a_slip(steps[index], run[index], run[index + 1]) for index in odd):
        yield from (_fault(sheet, run[index], run[index + 1]) for index in odd)


def _is_a_slip(step: int, before: Numbered, after: Numbered) -> bool:
    if step == 0:
        return before.has_amounts and after.has_amounts  # else a heading and a measure, each numbered for itself
    return 0 < step <= _WIDEST


def _fault(sheet: Sheet, before: Numbered, after: Numbered) -> Found:
    at, earlier = sheet.address(after.row, after.column), sheet.address(before.row, before.column)
    missing = [str(number) for number in range(before.value + 1, after.value)]
    if missing:
        message = plural(
            "{at}: Auf Nr. {before} folgt Nr. {after}; Nr. {missing} fehlt.",
            "{at}: Auf Nr. {before} folgt Nr. {after}; Nr. {missing} fehlen.",
            len(missing),
        )
    else:
        message = _("{at}: Nr. {after} steht zweimal da, auch in {other}.")
    return Found(
        at=at,
        stated=after.shown,
        expected=str(before.value + 1),
        message=message.format(
            at=at,
            before=before.shown,
            after=after.shown,
            missing=_(" und ").join(missing),
            other=earlier.a1,
        ),
        hint=_("Bitte prüfen, ob eine Zeile fehlt, sonst neu nummerieren."),
        related=(str(earlier),),
        identity=(before.series, before.shown, after.shown),
    )
