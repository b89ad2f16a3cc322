"""Which amounts of a cost type are booked on which source of funds?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.kinds_of_cost import ELIGIBLE, HEADED, LABEL, NO, YES, is_grant, only_type, places_of, whole_words
from pik_excel.checks.paid_for import Booking, Terms
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import Vocabulary, vocabulary
from pik_excel.patterns import pattern

_ANYTHING = pattern("")
_SOURCES = frozenset(("quelle_mittel", "gedeckt_aus"))


def bookings(subject: Subject) -> Iterator[Booking]:
    """In financings, in "Annahmen" and in tables of cost types."""
    yield from _in_financings(subject)
    yield from _in_assumptions(subject)
    for sheet in subject.reading.workbook.sheets:
        yield from _on_sheet(subject, sheet)


def _in_financings(subject: Subject) -> Iterator[Booking]:
    """Of a financing whose title names a cost type, and of a source that does ("Land, Sachkosten")."""
    types = subject.schema.cost_types
    for financing in subject.reading.budget.financings:
        whole = only_type(financing.measure, types)
        for part in financing.parts:
            cost_type = only_type(part.source, types) or whole
            if cost_type and part.amount.eur:
                about = (financing.measure,)
                yield Booking(part.amount.at, cost_type, financing.measure, part.source, part.amount.eur, about)


def _in_assumptions(subject: Subject) -> Iterator[Booking]:
    """Of a row that names a cost type and is covered from a grant."""
    types = subject.schema.cost_types
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            cost_type, source = only_type(row.measure, types), row.field("gedeckt_aus") or row.field("quelle_mittel")
            if cost_type and source and source.text:
                amount = row.field("gedeckt") or row.field("bedarf")
                eur = amount.decimal if amount else None
                yield Booking(source.at, cost_type, row.measure, source.text, eur, (row.measure,))


def _on_sheet(subject: Subject, sheet: Sheet) -> Iterator[Booking]:
    """Under a header: cost types down and sources across, or both in columns of their own."""
    types = subject.schema.cost_types
    every = tuple(word for words in types.values() for word in words)
    found = places_of(subject, sheet, whole_words(every), LABEL, every)
    labels = [(at, text) for at, text in found if only_type(text, types)]
    if not labels:
        return
    by_row: dict[int, list[tuple[Address, str]]] = {}
    for at, text in places_of(subject, sheet, _ANYTHING, LABEL):
        by_row.setdefault(at.row, []).append((at, text))
    words = vocabulary(subject.schema)
    claimed = [table.area for table in subject.reading.budget.assumptions if table.sheet == sheet.name]
    sources = {row: texts for row, texts in by_row.items() if any(is_grant(text) for _at, text in texts)}
    for at, label in labels:
        if any(area.holds(at.row, at.column) for area in claimed):
            continue
        cost_type = only_type(label, types)
        assert cost_type is not None
        beside = [(other, text) for other, text in by_row[at.row] if other != at and not only_type(text, types)]
        numbers = _numbers(sheet, at)
        for other, text in beside:
            if is_grant(text) and any(numbers.values()) and _heads_sources(sheet, other, words):
                eur = next((value for value in numbers.values() if value), None)
                yield Booking(other, cost_type, label, text, eur, tuple(one for _a, one in beside))
        if not any(is_grant(text) for _other, text in beside):
            yield from _under_sources(subject, sheet, at, label, cost_type, numbers, sources, beside)


def _under_sources(
    subject: Subject,
    sheet: Sheet,
    at: Address,
    label: str,
    cost_type: str,
    numbers: Mapping[int, Decimal],
    sources: Mapping[int, list[tuple[Address, str]]],
    beside: list[tuple[Address, str]],
) -> Iterator[Booking]:
    """The amounts of the row that stand below a source in the nearest header above."""
    header = next((row for row in range(at.row - 1, at.row - HEADED - 1, -1) if row in sources), None)
    if header is None or len(sources[header]) < 2:
        return
    heads = {place.column: text for place, text in sources[header]}
    about = (*(text for _at, text in beside), *_captions(sheet, header))
    for column, value in numbers.items():
        if value and column in heads and is_grant(heads[column]):
            unit = vocabulary(subject.schema).unit_of(heads[column])
            eur = value * unit.factor if unit else value
            terms = _said_in_row(sheet, at.row, heads, cost_type)
            yield Booking(sheet.address(at.row, column), cost_type, label, heads[column], eur, about, terms)


def _said_in_row(sheet: Sheet, row: int, heads: Mapping[int, str], cost_type: str) -> Terms | None:
    """What a column "förderfähig" says of the row: ja, nein."""
    for column, head in heads.items():
        if ELIGIBLE.search(head):
            said = str(sheet.value(row, column) or "").strip().casefold()
            at = str(sheet.address(row, column))
            if said in NO:
                return Terms(frozenset(), frozenset({cost_type}), at)
            if said in YES:
                return Terms(frozenset({cost_type}), frozenset(), at)
    return None


def _heads_sources(sheet: Sheet, at: Address, words: Vocabulary) -> bool:
    """Whether a header above says that the column names who pays."""
    above = (sheet.value(row, at.column) for row in range(at.row - 1, max(0, at.row - HEADED), -1))
    keys = (key for text in above if isinstance(text, str) for key in words.fields_of(text))
    return any(key in _SOURCES for key in keys)


def _captions(sheet: Sheet, header: int) -> list[str]:
    cells = (sheet.value(row, column) for row in range(max(1, header - 3), header) for column in range(1, 27))
    return [value for value in cells if isinstance(value, str) and value.strip()]


def _numbers(sheet: Sheet, at: Address) -> dict[int, Decimal]:
    values = ((column, sheet.value(at.row, column)) for column in range(at.column + 1, at.column + 16))
    return {column: value for column, value in values if isinstance(value, Decimal)}
