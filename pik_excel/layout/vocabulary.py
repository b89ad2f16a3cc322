"""Which words mean what on a sheet? The schema's word lists, made ready for looking up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Kind, Status
from pik_excel.layout.spans import may_be_span, span_of
from pik_excel.patterns import pattern, phrases
from pik_excel.schema import Schema

_HYPHEN = pattern(r"(?<=[^\W\d_])-[ \t]*\n\s*(?!(?:und|oder|u\.|bzw)(?!\w))(?=[a-zäöüß])")  # at the end of a line
_INVISIBLE = pattern("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BRACKETS = pattern(r"\s*\([^()]*\)")
_WORD = pattern(r"[^\W_]+(?:\.(?=\s|\Z|\)))?|[€%Σ∑]")
_NO_KIND = Kind.UNSTATED
_MOST_WORDS = 20_000  # kept in mind
_LONGEST_HEADER = 80
_NO_MONEY = (
    *("Anteil", "Quote", "Prozent", "v. H.", "Menge", "Seite", "Satz", "Hebesatz", "Hebesätze"),
    *("CO2", "t/a", "t CO2", "kWh", "MWh", "kW", "km", "m2", "qm", "ha", "Tonnen", "Schüler", "Einwohner"),
)
_FIRST_WORD = pattern(r"[^\W_]+|#")
_EDGES = " :;,.*-–/¹²³"
_PER_POST = pattern(r"(?<=[€ro])\s*(/|je|pro)\s*(stelle|vzä|jahr|vk)\b")
_PIECES = pattern(r"[^\W\d_]+|\d+")  # runs of letters and of digits
_LEFT_OUT = frozenset("(/%")  # with what stands in or behind them a header is one all the same
_AROUND = "in angaben je pro stelle vzä jahr vk"  # words beside a unit that say nothing of the field
_LONGEST = 1_000  # characters of a text that names a unit


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The text as it is compared: NFKC, no invisible characters or hyphens at line ends, one blank between words, no
    case."""
    text = _HYPHEN.sub("", text) if "-" in text and "\n" in text else text
    flat = text if text.isascii() else unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return " ".join(flat.casefold().split())


@lru_cache(maxsize=4)
def vocabulary(schema: Schema) -> Vocabulary:
    """The words of this schema."""
    return Vocabulary(schema)


class Vocabulary:
    """Look-ups over the word lists of a schema; all words folded."""

    def __init__(self, schema: Schema) -> None:
        words = schema.words
        self.schema = schema
        self.perhaps_year = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[hH][jJ]|[jJ][aA][hH][rR]")  # worth a closer look
        self.perhaps_short = re.compile(r"^\D{0,20}[\s'’][0-4]\d\b(?![.,/%-]?\d)|^(?:danach|später)", re.IGNORECASE)
        self.total = _set(words.total)
        self.balance = _set(words.balance)
        self.subtotal = _set(words.subtotal)
        self.total_first = self.total | self.balance | self.subtotal
        self.memo_first = {found[0] for word in words.memo if (found := _FIRST_WORD.search(fold(word)))}
        self.dash = _set(words.dash)
        self.not_given = _set(words.not_given)
        self.later_years = _set(words.later_years)
        self.memo = _pattern(words.memo)
        self.part = _pattern(words.part)
        self.subset = _pattern(words.subset)
        self.full_split = _pattern(words.full_split)
        self.revenue = _pattern(words.revenue)
        self.difference = _pattern(words.difference)
        self.money = _pattern(words.money)
        self.performance = _pattern(words.performance)
        self.no_money = _pattern((*words.performance, *schema.fields["stellen"].headers, *_NO_MONEY))
        self.measure = _pattern(words.measure)
        self.open_ended = _pattern(words.open_ended)
        self.header_words = {part for word in (*words.header, *words.money) for part in _words(fold(word))}
        self.kinds = tuple(
            (kind, tuple(sorted(map(fold, schema.kinds[key]), key=len, reverse=True)))
            for key, kind in (("result", Kind.RESULT), ("estimate", Kind.ESTIMATE), ("plan", Kind.PLAN))
        )
        self.statuses = tuple(
            (status, _pattern(listed))
            for status, listed in (
                (Status.PROVIDED, schema.status.provided),
                (Status.REQUESTED, schema.status.requested),
                (Status.DECIDED, schema.status.decided),
            )
        )
        self.stages = (
            (Status.PROPOSED, _pattern(schema.status.proposed)),
            (Status.REQUESTED, _pattern((*schema.status.requested, *schema.fields["bedarf"].headers))),
            (Status.DECIDED, _pattern(schema.status.decided)),
            (Status.PROVIDED, _pattern(schema.status.provided)),
        )
        self.stage_words = {
            part
            for listed in (schema.status.requested, schema.status.proposed, schema.status.decided)
            for word in listed
            for part in _words(fold(word))
        }
        self.rules = {fold(word): rule for rule, listed in schema.projection.rules.items() for word in listed}
        self.rules |= {rule: rule for rule in schema.projection.rules}
        self.default_unit = Unit(schema.default_unit)
        spellings = [(fold(word), Unit(name)) for name, listed in schema.units.items() for word in listed]
        self._units = {word.replace(" ", ""): unit for word, unit in spellings}
        self._unit = re.compile(
            r"(?<![^\W\d_])(?:"
            + "|".join(_spelled(word) for word, _ in sorted(spellings, key=_longest))
            + r")(?![^\W\d_])"
        )
        self._fields: dict[str, tuple[str, ...]] = {}
        for rule in schema.fields.values():
            for header in () if rule.structural else rule.headers:
                folded = _bare(fold(header))
                self._fields[folded] = (*self._fields.get(folded, ()), rule.key)
        spelled = (*self._fields, *(word for word, _unit in spellings), _AROUND)
        self._pieces = frozenset(piece for word in spelled for piece in _PIECES.findall(word))
        self._first_words = {found[0] for header in self._fields if (found := _FIRST_WORD.search(header))}
        self._kinds_found: dict[str, Kind] = {}
        self._found: dict[str, tuple[str, ...]] = {}

    def fields_of(self, text: str) -> tuple[str, ...]:
        """The keys of the fields that a header or label may name, () where it names none."""
        if len(text) > _LONGEST_HEADER:
            return ()
        first = _FIRST_WORD.search(text)
        if first is None or (fold(first[0]) not in self._first_words and not may_be_span(text)):
            return ()
        folded = fold(text)
        if _LEFT_OUT.isdisjoint(folded) and not self._pieces.issuperset(_PIECES.findall(folded)):
            return span_of(folded)  # a name that begins as a header does, and goes on as none
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = self._look_up(text)
        return known

    def unit_of(self, text: str) -> Unit | None:
        """The unit that a text states, None where it states none; an amount ("1,8 Mio. EUR") states none."""
        return next(self.units_of(text), None)

    def units_of(self, text: str) -> Iterator[Unit]:
        """All the units that a text states."""
        for match in self._unit.finditer(fold(text)) if len(text) <= _LONGEST else ():
            if _is_a_unit(match.string[: match.start()], match[0]):
                yield self._units[match[0].replace(" ", "")]

    def without_units(self, folded: str) -> str:
        """The folded text without the units in it."""
        return " ".join(self._unit.sub(" ", folded).split())

    def only_unit(self, text: str) -> bool:
        """Whether a text says nothing but a unit: "in TEUR", "(Angaben in Mio. EUR)"."""
        rest = set(_words(self.without_units(fold(text))))
        return self.unit_of(text) is not None and rest <= {
            "in",
            "angaben",
            "alle",
            "beträge",
            "werte",
            "betrag",
            "einheit",
        }

    def is_measure(self, text: str) -> bool:
        """Whether a header of names is one of budgets only: "Maßnahme", "Zweckbestimmung", not "Bezeichnung"."""
        return self.measure.search(fold(text)) is not None

    def kind_of(self, text: str) -> Kind:
        """The kind of figure that a header names; a word is of a kind when it is, or ends with, a word of that kind."""
        return next(
            (kind for word in _words(fold(text)) if (kind := self._kind_of_word(word)) is not _NO_KIND), _NO_KIND
        )

    def status_of(self, text: str) -> Status:
        """How firm the amounts below such a title are."""
        folded = fold(text)
        return next((status for status, words in self.statuses if words.search(folded)), Status.UNSTATED)

    def stage_of(self, text: str) -> Status:
        """The stage of approval that the head of a column names: beantragt, Verwaltungsvorschlag, beschlossen."""
        folded = fold(text)
        return next((status for status, words in self.stages if words.search(folded)), Status.UNSTATED)

    def is_header_text(self, words: Iterable[str]) -> bool:
        """Whether all these (folded) words may stand around a year in a column header."""
        return all(
            word in self.header_words
            or word.rstrip(".") in self.header_words
            or word in self.stage_words
            or self.kind_of(word) is not Kind.UNSTATED
            for word in words
        )

    def _kind_of_word(self, word: str) -> Kind:
        if len(self._kinds_found) > _MOST_WORDS:
            self._kinds_found.clear()
        kind = self._kinds_found.get(word)
        if kind is None:
            named = [
                (len(ending), kind)
                for kind, endings in self.kinds
                for ending in endings
                if word == ending or (len(ending) > 2 and word.endswith(ending))
            ]  # "Hochrechnung" is a plan, though it ends with "rechnung"
            kind = self._kinds_found[word] = max(named, key=itemgetter(0), default=(0, _NO_KIND))[1]
        return kind

    def _look_up(self, text: str) -> tuple[str, ...]:
        folded = fold(text)
        bare = _BRACKETS.sub("", folded)
        tried = [folded, bare]
        for one in (folded, bare):
            flat = re.sub(r"\(\s*\)", "", self.without_units(_PER_POST.sub("", one)).replace("%", ""))
            tried.append(re.sub(r"\b(in|angaben in)\s*\Z", "", flat.strip(_EDGES)).strip(_EDGES))
        tried += [part for part in (bare.partition("/")[0],) if part]
        for candidate in tried:
            if found := self._fields.get(_bare(candidate)):
                return found
        return span_of(bare)


def _bare(folded: str) -> str:
    """Without punctuation that says nothing: "Verwendungsnachweis: Frist" is "verwendungsnachweis frist"."""
    return " ".join(re.sub(r"[:,;*]", " ", folded).split()).strip(_EDGES) or folded


def _is_a_unit(before: str, word: str) -> bool:
    """Not where a number stands directly before it ("1,8 Mio. EUR"; a year or a day may: "2022 TEUR"), and "1.000 EUR"
    only after "in" or a bracket."""
    number = re.search(r"([\d.,]*\d)\s*\Z", before)
    if number is not None and not re.fullmatch(r"(\d?\d\.\d?\d\.)?(19|20)\d\d", number[1]):
        return False
    return not word[0].isdigit() or re.search(r"(\bin|[(\[:/])\s*\Z|^\s*\Z", before) is not None


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return phrases(map(fold, words))


def _words(folded: str) -> list[str]:
    return _WORD.findall(folded)


def _longest(spelling: tuple[str, Unit]) -> int:
    return -len(spelling[0])


def _spelled(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s*")
