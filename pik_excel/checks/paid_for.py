"""What do sources of funds pay for: by "Annahmen", by a line on the sheet, by the rules of a known programme?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from pik_excel.budget.names import undated_key
from pik_excel.checks.assumed import names_of
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.kinds_of_cost import (
    ELIGIBLE,
    HEADED,
    IN_ELIGIBLE,
    LABEL,
    NO,
    YES,
    is_grant,
    places_of,
    types_in,
    whole_words,
)
from pik_excel.checks.texts import short_texts
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_NOT = pattern(r"\bnicht\b|\bkeine?\b|\bohne\b|\baußer\b|\bausgenommen\b|\bausgeschlossen\b", re.IGNORECASE)


@dataclass(frozen=True)
class Terms:
    """What a source pays for: cost types by name. Where `eligible` is given, nothing else is paid for."""

    eligible: frozenset[str]
    not_eligible: frozenset[str]
    said_at: str  # where it is said, for people
    source: tuple[str, ...] = ()  # words of the source; () for any grant

    def excludes(self, cost_type: str) -> bool:
        """Whether the cost type is not paid for."""
        return cost_type in self.not_eligible or (bool(self.eligible) and cost_type not in self.eligible)


@dataclass(frozen=True)
class Booking:
    """An amount of a cost type on a source; `measure` where a row or title names one."""

    at: Address
    cost_type: str
    label: str
    source: str
    eur: Decimal | None
    about: tuple[str, ...]  # texts that name the measure or the programme
    terms: Terms | None = None  # where the row itself says whether it is paid for


class KnownTerms:
    """All that is known in a workbook of what sources pay for."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.types = subject.schema.cost_types

    @cached_property
    def any(self) -> bool:
        """Whether anything at all is known."""
        return bool(self._assumed or self._on_sheets or self._programmes or self._has_column)

    @cached_property
    def _has_column(self) -> bool:
        """Whether a table has a column "förderfähig"."""
        words = vocabulary(self.subject.schema)
        return any(
            "foerderfaehig" in words.fields_of(text)
            for text in short_texts(self.subject).found_by(ELIGIBLE, LABEL, IN_ELIGIBLE)
        )

    def against(self, booking: Booking) -> Terms | None:
        """The terms by which the booking's source does not pay for it; what is said of the measure goes first."""
        for terms in self._about(booking):
            words = terms.source
            of_source = _starts_with(booking.source, words) if words else is_grant(booking.source)
            if of_source:
                return terms if terms.excludes(booking.cost_type) else None
        return None

    def _about(self, booking: Booking) -> Iterator[Terms]:
        keys = {undated_key(text) for text in booking.about}
        for names, terms in self._assumed:
            if names & keys or any(_names_it(text, names) for text in booking.about):
                yield terms
        if booking.terms:
            yield booking.terms
        yield from self._on_sheets.get(booking.at.sheet, ())
        for sheet, terms in self._programmes:
            if sheet == booking.at.sheet:
                yield terms

    @cached_property
    def _assumed(self) -> list[tuple[set[str], Terms]]:
        found = []
        for table in self.subject.reading.budget.assumptions:
            for row in table.rows:
                field = row.field("foerderfaehig")
                if field and field.text and (terms := _terms(field.text, self.types, str(field.at))):
                    found.append((names_of(row), terms))
        return found

    @cached_property
    def _on_sheets(self) -> dict[str, list[Terms]]:
        """What lines on a sheet say, for the tables on it."""
        found: dict[str, list[Terms]] = {}
        assumed = {table.sheet for table in self.subject.reading.budget.assumptions}
        for sheet in self.subject.reading.workbook.sheets:
            if sheet.name in assumed:
                continue  # a column "förderfähig" there is about its rows
            for at, text in places_of(self.subject, sheet, ELIGIBLE, fragments=IN_ELIGIBLE):
                if not _is_head(sheet, at):
                    said = text if types_in(text, self.types) else f"{text}: {_right_of(sheet, at)}"
                    if terms := _terms(said, self.types, str(at)):
                        found.setdefault(sheet.name, []).append(terms)
        return found

    @cached_property
    def _programmes(self) -> list[tuple[str, Terms]]:
        """The programmes that a sheet is about, by its name or its first lines."""
        found = []
        for entry in self.subject.schema.eligibility.values():
            words = whole_words(entry.programme)
            terms = Terms(frozenset(entry.eligible), frozenset(entry.not_eligible), entry.basis, entry.source)
            for sheet in self.subject.reading.workbook.sheets:
                places = places_of(self.subject, sheet, words, fragments=entry.programme)
                titles = (text for at, text in places if at.row <= HEADED)
                if words.search(sheet.name) or any(titles):
                    found.append((sheet.name, terms))
        return found


def _terms(text: str, types: Mapping[str, tuple[str, ...]], at: str) -> Terms | None:
    """ "Personal- und Fortbildungskosten", "Sachkosten sind nicht förderfähig", "alles außer Miete"."""
    negated = _NOT.search(text)
    if negated is None:
        eligible = types_in(text, types)
        return Terms(frozenset(eligible), frozenset(), at) if eligible else None
    before, after = types_in(text[: negated.start()], types), types_in(text[negated.end() :], types)
    says_no_of_what_follows = negated[0].casefold() not in {"nicht", "ausgenommen", "ausgeschlossen"}
    if says_no_of_what_follows:
        return Terms(frozenset(before), frozenset(after), at) if after else None
    return Terms(frozenset(), frozenset(before or after), at) if before or after else None


def _starts_with(source: str, words: tuple[str, ...]) -> bool:
    return is_grant(source) and whole_words(words).search(source) is not None


def _names_it(text: str, names: set[str]) -> bool:
    key = f" {undated_key(text)} "
    return any(f" {name} " in key for name in names if len(name) > 2)


def _is_head(sheet: Sheet, at: Address) -> bool:
    """Whether a yes or no stands below: it is then a column's head, about its rows."""
    below = (sheet.value(row, at.column) for row in range(at.row + 1, at.row + 4))
    return any(isinstance(value, str) and value.strip().casefold() in YES | NO for value in below)


def _right_of(sheet: Sheet, at: Address) -> str:
    values = (sheet.value(at.row, column) for column in range(at.column + 1, at.column + 4))
    return next((value for value in values if isinstance(value, str) and value.strip()), "")
