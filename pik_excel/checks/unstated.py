"""Which tables need no unit of their own: because it stands somewhere else, or because they hold no money?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pik_excel.budget.tables import MeasureList, MeasureTable
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once
from pik_excel.checks.texts import Texts
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.numbers import number_in
from pik_excel.layout.vocabulary import Vocabulary, vocabulary
from pik_excel.patterns import pattern

_UNITS = (
    *("€", "eur", "mio", "mill", "tsd", "tausend", "1000", "1.000", "chf", "franken", "fr.", "$", "usd", "gbp", "£"),
    *("dollar", "thousand"),
)  # what a text that names a unit cannot do without
_OTHER_MONEY = pattern(
    r"\b(chf|sfr|franken|usd|gbp|dollars?|pounds?|kronen|cent)\b|\bfr\.|[$£]|\b(?:in|angaben|beträge|\()\s*\(?(?:tsd|tausend"
    r"|thousands?|millionen|millions?|1\.?000)\b|\btsd\.?\Z",
    re.IGNORECASE,
)
_COLUMN_OF_UNITS = pattern(r"\b(einheit|währung|unit|currency)\b", re.IGNORECASE)
_NO_MONEY = pattern(
    r"\bstellen?\b|stellenplan|stellenübersicht|\b(plan|vollzeit)stellen\b|\bvzä\b|\bvk\b|\banzahl\b|\bpersonen\b|\bquoten?\b"
    r"|(?<=\w)zahl(en)?\b|indikator|prozent|\bin %|\bstück\b|\bstunden\b|m²|\bqm\b|\bkm\b|kwh|headcount",
    re.IGNORECASE,
)
_NO_MONEY_EITHER = pattern(
    r"teilnehm|\bplätze\b|einwohner|\bschüler|\bbesuche|\bfälle\b|gespräche|\btage\b|%", re.IGNORECASE
)  # but a measure may be called after them, and a title too
_COUNTED = (
    *("stelle", "vzä", "vk", "anzahl", "person", "quote", "zahl", "indikator", "prozent", "%", "stück", "stunden"),
    *("m²", "qm", "km", "kwh", "headcount", "teilnehm", "plätze", "einwohner", "schüler", "besuche", "fälle"),
    *("gespräche", "tage"),
)  # one of these is in whatever the two find
_GENERAL = pattern(r"\b(angaben|beträge|werte|zahlen|alle)\b", re.IGNORECASE)
AnyTable = MeasureTable | MeasureList
_LONGEST = 240  # characters of a text that may name a unit
_BESIDE = 4  # columns right of the amounts that may name it for each row
_ROWS = 200  # looked at
_FEW = 2  # measures with amounts that make a table


def needs_no_unit(
    subject: Subject, words: Vocabulary, tables: Sequence[AnyTable], table: AnyTable, sheet: Sheet
) -> bool:
    """Whether nothing is missing where the table itself names no unit; `tables` are all of the sheet."""
    return (
        table.currency is not None
        or not _has_amounts(table)
        or _is_no_money(table, sheet)
        or any(_names_unit(text, words) for text in _own_texts(table))
        or _on_sheet(subject, sheet, table, tables, words)
        or _for_the_workbook(subject)
    )


def is_table(table: AnyTable) -> bool:
    """Whether it has columns and measures at all."""
    return bool(table.columns and table.measures)


@once
def tables_by_sheet(subject: Subject) -> dict[str, list[AnyTable]]:
    """The tables of each sheet that has any."""
    found: dict[str, list[AnyTable]] = {}
    for one in filter(is_table, subject.reading.budget.tables):
        found.setdefault(one.sheet, []).append(one)
    return found


def _has_amounts(table: AnyTable) -> bool:
    return sum(any(amount.stated for amount in measure.amounts) for measure in table.measures) >= _FEW


def _is_no_money(table: AnyTable, sheet: Sheet) -> bool:
    """Whether title, header or most of the names speak of posts, persons, shares."""
    own = {table.name_column, *(column.at.column for column in table.columns)}
    columns = range(table.area.left, table.area.right + _BESIDE)
    heads = {c: " ".join(str(sheet.value(row, c) or "") for row in table.header_rows) for c in columns}
    if any(_COLUMN_OF_UNITS.search(text) for text in heads.values()):
        return True
    texts = (table.title, sheet.name, *(text for column, text in heads.items() if column in own))
    if any(_NO_MONEY.search(text) for text in texts):
        return True
    names = [measure.label for measure in table.measures]
    listed = Texts(frozenset(names))
    counted = frozenset().union(
        *(listed.found_by(words, fragments=_COUNTED) for words in (_NO_MONEY, _NO_MONEY_EITHER))
    )
    return sum(name in counted for name in names) * 2 > len(names)


def _own_texts(table: AnyTable) -> Iterator[str]:
    """The labels of the rows, and the amounts that are text: "57,00 €"."""
    for measure in islice(table.measures, _ROWS):
        yield measure.label
        for amount in measure.amounts:
            if amount.text and (one := number_in(amount.text)) is not None and one.unit is not None:
                yield f"in {one.unit.value}"
    yield from (total.label for total in table.totals)


def _names_unit(text: str, words: Vocabulary) -> bool:
    """Whether a text names a unit of money, be it one that we do not calculate in."""
    folded = text.casefold() if len(text) <= _LONGEST else ""
    if not any(unit in folded for unit in _UNITS):
        return False
    return words.unit_of(text) is not None or _OTHER_MONEY.search(text) is not None


@once
def _known(_subject: Subject) -> dict[str, list[tuple[int, int]]]:
    """By sheet, where texts name a unit; filled by `_naming_units`, as few workbooks ask."""
    return {}


def _naming_units(subject: Subject, sheet: Sheet, words: Vocabulary) -> list[tuple[int, int]]:
    known = _known(subject)
    if sheet.name not in known:
        naming = {text for text in sheet.cells.words if _names_unit(text, words)}
        texts = sheet.cells.texts() if naming else ()
        known[sheet.name] = [(row, column) for row, column, text in texts if text in naming]
    return known[sheet.name]


def _on_sheet(subject: Subject, sheet: Sheet, table: AnyTable, tables: Sequence[AnyTable], words: Vocabulary) -> bool:
    """Whether the sheet's name or a text on it names a unit, other tables' own headers and rows left out."""
    if _names_unit(sheet.name, words):
        return True
    naming = _naming_units(subject, sheet, words)
    others = [one.area for one in tables if one is not table] if naming else []
    for row, column in naming:
        inside = row not in table.header_rows and table.area.holds(row, column)
        if not inside and not any(area.holds(row, column) for area in others):
            return True
    return any(_names_unit(text, words) for text in sheet.comments.values())


@once
def _for_the_workbook(subject: Subject) -> bool:
    """Whether a sheet without tables (a cover, notes) says for all amounts in which unit they are."""
    words, with_tables = vocabulary(subject.schema), tables_by_sheet(subject)
    return any(
        _names_unit(text, words) and _GENERAL.search(text)
        for sheet in subject.reading.workbook.sheets
        if sheet.name not in with_tables
        for text in sheet.cells.words
    )
