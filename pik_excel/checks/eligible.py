"""Is a cost type booked on a source of funds that does not pay for it?

What a source pays for is known where the workbook says so ("förderfähig" in "Annahmen", a line on the sheet), or where
the sheet is about a programme whose rules the schema holds. Otherwise nothing is known: another programme of the same
Land may well pay for Sachkosten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from pik_excel.budget.names import undated_key
from pik_excel.checks.assumed import names_of
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.texts import short_texts
from pik_excel.checks.wording import money, plain
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _
from pik_excel.layout.vocabulary import Vocabulary, vocabulary

_GRANTS = re.compile(
    r"\W*(?:(?:zuschuss|zuschüsse|zuwendung|förderung|finanzierung|mittel|anteil|beitrag|erstattung)(?:en)?"
    r"(?:\s+(?:des|vom|der|durch|aus))?\s+)?(?:land(?!es)|bund(?!es)|eu|esf\+?|europäische[rn]? \w+"
    r"|(?:landes|bundes)(?:zuschuss|zuschüsse|mittel\w*|zuwendung(?:en)?|förderung|anteil|programm|zuweisung(?:en)?))(?!\w)"
    r"(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"\b[a-zäöüß]{4,}")  # a verb or adjective: no mere name of a source
_NOT = re.compile(r"\bnicht\b|\bkeine?\b|\bohne\b|\baußer\b|\bausgenommen\b|\bausgeschlossen\b", re.IGNORECASE)
_ELIGIBLE = re.compile(r"(?:förder|zuwendungs)fähig|wird gefördert|werden gefördert|gefördert werden", re.IGNORECASE)
_YES, _NO = (
    frozenset(("ja", "j", "x", "100 %", "1")),
    frozenset(("nein", "n", "nicht", "0", "0 %", "nicht förderfähig")),
)
_BETWEEN = re.compile(r"\s*(?:[;,/|\n.:()]|\bund\b|\bsowie\b|\bnur\b)\s*")
_LONGEST = 160  # characters of a line that states what is eligible
_ANYTHING = re.compile("")
_LABEL = 60  # characters of a header or label
_SOURCES = frozenset(("quelle_mittel", "gedeckt_aus"))
_HEADED = 30  # rows below a header that are looked at


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


@rule("FIN06", "cost-not-eligible", Severity.ERROR)
def cost_not_eligible(subject: Subject) -> Iterator[Found]:
    """Kosten auf einer Quelle, die sie nicht fördert

    Was: Eine Kostenart (Sachkosten, Miete, Verwaltung …) ist einem Geldgeber zugeordnet, der sie nach „Annahmen“, nach
    einer Zeile auf dem Blatt oder nach den hinterlegten Förderbedingungen nicht bezahlt.

    Warum: Nicht zuwendungsfähige Ausgaben erkennt die Bewilligungsbehörde im Verwendungsnachweis nicht an; der Betrag
    fällt auf die Stadt oder den Träger zurück.

    Quelle: VV zu § 44 LHO (zuwendungsfähige Ausgaben); VwV Integrationsmanagement BW.

    Falsch (B10):

    |    | A                                                 | B                | C                |
    |----|---------------------------------------------------|------------------|------------------|
    | 1  | Maßnahme                                          | 2022 TEUR        | 2023 TEUR        |
    | 2  | Lernräume                                         | 69               | 69               |
    | 3  | Jobcafé                                           | 10               | 10               |
    | 4  | Summe                                             | =SUM(B2:B3) → 79 | =SUM(C2:C3) → 79 |
    | 5  |                                                   |                  |                  |
    | 6  |                                                   |                  |                  |
    | 7  | Förderfähig sind Personal- und Fortbildungskosten |                  |                  |
    | 8  | Kostenart                                         | Land EUR         | Stadt EUR        |
    | 9  | Personalkosten                                    | 60000            | 4000             |
    | 10 | Sachkosten                                        | 4600             | 400              |

    Richtig:

    |    | A                                                 | B                | C                |
    |----|---------------------------------------------------|------------------|------------------|
    | 1  | Maßnahme                                          | 2022 TEUR        | 2023 TEUR        |
    | 2  | Lernräume                                         | 69               | 69               |
    | 3  | Jobcafé                                           | 10               | 10               |
    | 4  | Summe                                             | =SUM(B2:B3) → 79 | =SUM(C2:C3) → 79 |
    | 5  |                                                   |                  |                  |
    | 6  |                                                   |                  |                  |
    | 7  | Förderfähig sind Personal- und Fortbildungskosten |                  |                  |
    | 8  | Kostenart                                         | Land EUR         | Stadt EUR        |
    | 9  | Personalkosten                                    | 60000            | 4000             |
    | 10 | Sachkosten                                        | 0                | 5000             |

    Beheben: Den Betrag einer Quelle zuordnen, die ihn trägt (Stadt, Eigenmittel); ist er doch förderfähig, die
    Angabe „förderfähig“ in „Annahmen“ oder die Förderbedingungen in pik-excel.toml ([eligibility]) berichtigen.

    Schweigt: wenn nirgends steht, was gefördert wird, bei 0 und leeren Zellen, bei Quellen, die keine Zuwendung geben
    (Stadt, Eigenmittel, Spenden), und bei Kosten, deren Art sich nicht erkennen lässt."""
    terms = _KnownTerms(subject)
    if not terms.any:
        return
    known = set[Address]()
    for booking in _bookings(subject):
        against = terms.against(booking)
        if against and booking.at not in known:
            known.add(booking.at)
            yield _found(booking, against)


# --- What is paid for -------------------------------------------------------------------------------------------------


class _KnownTerms:
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
            for places in short_texts(self.subject).values()
            for text in places
            if len(text) <= _LABEL and _ELIGIBLE.search(text)
        )

    def against(self, booking: Booking) -> Terms | None:
        """The terms by which the booking's source does not pay for it; what is said of the measure goes first."""
        for terms in self._about(booking):
            words = terms.source
            of_source = _starts_with(booking.source, words) if words else _is_grant(booking.source)
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
            for at, text in _places(self.subject, sheet, _ELIGIBLE):
                if not _is_head(sheet, at):
                    said = text if _types_in(text, self.types) else f"{text}: {_right_of(sheet, at)}"
                    if terms := _terms(said, self.types, str(at)):
                        found.setdefault(sheet.name, []).append(terms)
        return found

    @cached_property
    def _programmes(self) -> list[tuple[str, Terms]]:
        """The programmes that a sheet is about, by its name or its first lines."""
        found = []
        for entry in self.subject.schema.eligibility.values():
            words = _whole_words(entry.programme)
            terms = Terms(frozenset(entry.eligible), frozenset(entry.not_eligible), entry.basis, entry.source)
            for sheet in self.subject.reading.workbook.sheets:
                titles = (text for at, text in _places(self.subject, sheet, words) if at.row <= _HEADED)
                if words.search(sheet.name) or any(titles):
                    found.append((sheet.name, terms))
        return found


def _terms(text: str, types: Mapping[str, tuple[str, ...]], at: str) -> Terms | None:
    """ "Personal- und Fortbildungskosten", "Sachkosten sind nicht förderfähig", "alles außer Miete"."""
    negated = _NOT.search(text)
    if negated is None:
        eligible = _types_in(text, types)
        return Terms(frozenset(eligible), frozenset(), at) if eligible else None
    before, after = _types_in(text[: negated.start()], types), _types_in(text[negated.end() :], types)
    says_no_of_what_follows = negated[0].casefold() not in {"nicht", "ausgenommen", "ausgeschlossen"}
    if says_no_of_what_follows:
        return Terms(frozenset(before), frozenset(after), at) if after else None
    return Terms(frozenset(), frozenset(before or after), at) if before or after else None


def _types_in(text: str, types: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The cost types that a list names; "Personal-" in "Personal- und Sachkosten" is one."""
    parts = [part.strip(" -–") for part in _BETWEEN.split(text)]
    return [name for name, words in types.items() if any(_whole_words(words).search(part) for part in parts)]


# --- What is booked ---------------------------------------------------------------------------------------------------


def _bookings(subject: Subject) -> Iterator[Booking]:
    yield from _in_financings(subject)
    yield from _in_assumptions(subject)
    for sheet in subject.reading.workbook.sheets:
        yield from _on_sheet(subject, sheet)


def _in_financings(subject: Subject) -> Iterator[Booking]:
    """Of a financing whose title names a cost type, and of a source that does ("Land, Sachkosten")."""
    types = subject.schema.cost_types
    for financing in subject.reading.budget.financings:
        whole = _only_type(financing.measure, types)
        for part in financing.parts:
            cost_type = _only_type(part.source, types) or whole
            if cost_type and part.amount.eur:
                about = (financing.measure,)
                yield Booking(part.amount.at, cost_type, financing.measure, part.source, part.amount.eur, about)


def _in_assumptions(subject: Subject) -> Iterator[Booking]:
    """Of a row that names a cost type and is covered from a grant."""
    types = subject.schema.cost_types
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            cost_type, source = _only_type(row.measure, types), row.field("gedeckt_aus") or row.field("quelle_mittel")
            if cost_type and source and source.text:
                amount = row.field("gedeckt") or row.field("bedarf")
                eur = amount.decimal if amount else None
                yield Booking(source.at, cost_type, row.measure, source.text, eur, (row.measure,))


def _on_sheet(subject: Subject, sheet: Sheet) -> Iterator[Booking]:
    """Under a header: cost types down and sources across, or both in columns of their own."""
    types = subject.schema.cost_types
    every = _whole_words(tuple(word for words in types.values() for word in words))
    labels = [(at, text) for at, text in _places(subject, sheet, every, _LABEL) if _only_type(text, types)]
    if not labels:
        return
    by_row: dict[int, list[tuple[Address, str]]] = {}
    for at, text in _places(subject, sheet, _ANYTHING, _LABEL):
        by_row.setdefault(at.row, []).append((at, text))
    words = vocabulary(subject.schema)
    claimed = [table.area for table in subject.reading.budget.assumptions if table.sheet == sheet.name]
    sources = {row: texts for row, texts in by_row.items() if any(_is_grant(text) for _at, text in texts)}
    for at, label in labels:
        if any(area.holds(at.row, at.column) for area in claimed):
            continue
        cost_type = _only_type(label, types)
        assert cost_type is not None
        beside = [(other, text) for other, text in by_row[at.row] if other != at and not _only_type(text, types)]
        numbers = _numbers(sheet, at)
        for other, text in beside:
            if _is_grant(text) and any(numbers.values()) and _heads_sources(sheet, other, words):
                eur = next((value for value in numbers.values() if value), None)
                yield Booking(other, cost_type, label, text, eur, tuple(one for _a, one in beside))
        if not any(_is_grant(text) for _other, text in beside):
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
    header = max((row for row in sources if at.row - _HEADED <= row < at.row), default=None)
    if header is None or len(sources[header]) < 2:
        return
    heads = {place.column: text for place, text in sources[header]}
    about = (*(text for _at, text in beside), *_captions(sheet, header))
    for column, value in numbers.items():
        if value and column in heads and _is_grant(heads[column]):
            unit = vocabulary(subject.schema).unit_of(heads[column])
            eur = value * unit.factor if unit else value
            terms = _said_in_row(sheet, at.row, heads, cost_type)
            yield Booking(sheet.address(at.row, column), cost_type, label, heads[column], eur, about, terms)


def _said_in_row(sheet: Sheet, row: int, heads: Mapping[int, str], cost_type: str) -> Terms | None:
    """What a column "förderfähig" says of the row: ja, nein."""
    for column, head in heads.items():
        if _ELIGIBLE.search(head):
            said = str(sheet.value(row, column) or "").strip().casefold()
            at = str(sheet.address(row, column))
            if said in _NO:
                return Terms(frozenset(), frozenset({cost_type}), at)
            if said in _YES:
                return Terms(frozenset({cost_type}), frozenset(), at)
    return None


def _heads_sources(sheet: Sheet, at: Address, words: Vocabulary) -> bool:
    """Whether a header above says that the column names who pays."""
    above = (sheet.value(row, at.column) for row in range(at.row - 1, max(0, at.row - _HEADED), -1))
    keys = (key for text in above if isinstance(text, str) for key in words.fields_of(text))
    return any(key in _SOURCES for key in keys)


def _captions(sheet: Sheet, header: int) -> list[str]:
    cells = (sheet.value(row, column) for row in range(max(1, header - 3), header) for column in range(1, 27))
    return [value for value in cells if isinstance(value, str) and value.strip()]


def _numbers(sheet: Sheet, at: Address) -> dict[int, Decimal]:
    values = ((column, sheet.value(at.row, column)) for column in range(at.column + 1, at.column + 16))
    return {column: value for column, value in values if isinstance(value, Decimal)}


def _only_type(text: str, types: Mapping[str, tuple[str, ...]]) -> str | None:
    """The cost type that a label names; None where it names none, or two."""
    found = _types_in(text, types)
    return found[0] if len(found) == 1 else None


def _is_grant(source: str) -> bool:
    """Whether a label names one who gives grants: "Land", "Zuschuss des Landes", "ESF Plus (EU)"."""
    found = _GRANTS.match(re.sub(r"\b(Land|Bund)es\b", r"\1", source))
    return found is not None and not _SENTENCE.search(found["rest"])


def _starts_with(source: str, words: Iterable[str]) -> bool:
    return _is_grant(source) and _whole_words(tuple(words)).search(source) is not None


def _names_it(text: str, names: set[str]) -> bool:
    key = f" {undated_key(text)} "
    return any(f" {name} " in key for name in names if len(name) > 2)


@lru_cache(maxsize=64)
def _whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in words) + r")(?![\w])", re.IGNORECASE)


def _places(
    subject: Subject, sheet: Sheet, pattern: re.Pattern[str], longest: int = _LONGEST
) -> Iterator[tuple[Address, str]]:
    """The short texts of the sheet in which the pattern is found, in the order of the sheet."""
    texts = short_texts(subject)[sheet.name]
    found = [
        (at, text) for text, places in texts.items() if len(text) <= longest and pattern.search(text) for at in places
    ]
    return ((sheet.address(*at), text) for at, text in sorted(found))


def _is_head(sheet: Sheet, at: Address) -> bool:
    """Whether a yes or no stands below: it is then a column's head, about its rows."""
    below = (sheet.value(row, at.column) for row in range(at.row + 1, at.row + 4))
    return any(isinstance(value, str) and value.strip().casefold() in _YES | _NO for value in below)


def _right_of(sheet: Sheet, at: Address) -> str:
    values = (sheet.value(at.row, column) for column in range(at.column + 1, at.column + 4))
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def _found(booking: Booking, terms: Terms) -> Found:
    amount = money(booking.eur) if booking.eur is not None else _("ein Betrag")
    if terms.eligible:
        reason = _("gefördert werden nur {types}").format(types=", ".join(sorted(terms.eligible)))
    else:
        reason = _("{types} werden nicht gefördert").format(types=", ".join(sorted(terms.not_eligible)))
    return Found(
        at=booking.at,
        stated=plain(booking.eur) if booking.eur is not None else booking.source,
        expected=None,
        message=_("{at}: „{label}“: {amount} auf „{source}“; {reason} ({where}).").format(
            at=booking.at,
            label=" ".join(booking.label.split()),
            amount=amount,
            source=" ".join(booking.source.split()),
            reason=reason,
            where=terms.said_at,
        ),
        hint=_("Bitte einer Quelle zuordnen, die diese Kosten trägt, oder „förderfähig“ in „Annahmen“ berichtigen."),
        related=(terms.said_at,) if "!" in terms.said_at else (),
        identity=(booking.label, booking.source),
    )
