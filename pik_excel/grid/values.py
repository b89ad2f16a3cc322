"""What does the stored value of a cell mean?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import inf, isinf
from typing import cast

from pik_excel.grid.cell import ErrorValue, Value
from pik_excel.grid.dates import serial_of_iso
from pik_excel.grid.plain import Impossible, Unusual, shown, unescaped
from pik_excel.grid.reference import column_letters
from pik_excel.language import _
from pik_excel.patterns import pattern

_RUNS = pattern(
    r'<t(?: xml:space="preserve")?>([^<]*+)</t>|<t ?/>|</?r>|<rPr>(?:[^<]|<(?!/?[rt]\b))*?</rPr>|<rPr ?/>'
    r"|<rPh\b.*?</rPh>|<phoneticPr\b[^<>]*/>|\s++|(.)",
    re.DOTALL,
)
_NUMBER = pattern(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_NO_NUMBER = pattern(r"[^0-9.eE+-]")
_EXACT_DIGITS = 15
_SMALLEST = 2.2250738585072e-308  # beside 0; what is written smaller is 0
_OFTEN = 4  # digits of numbers that stand in many cells
_NAMED_AT_MOST = 20


class Values:
    """Makes values of what is stored; what cannot be one is noted as unread."""

    def __init__(self, strings: Sequence[str], date1904: bool, notes: Notes) -> None:
        self._strings = strings
        self._date1904 = date1904
        self._unread = notes
        self._short = _Short()
        self._texts: dict[str, str] = {}  # and one for those with this text, where the file has no list of them

    def of(self, type_: str | None, stored: str | None, inline: str | None, row: int, column: int) -> Value:
        """The value of a cell of that type with that content of `v` and `is`."""
        if type_ is None and inline is None:
            if stored is None:
                return None
            if len(stored) <= _EXACT_DIGITS and stored.isdecimal() and stored.isascii():
                return self._short[stored] if len(stored) <= _OFTEN else Decimal(stored)
            return self.number(stored, row, column)
        if type_ == "s" and stored is not None:
            if stored.isdecimal() and stored.isascii() and int(stored) < len(self._strings):
                return self._strings[int(stored)]
            return self._shared(stored.strip(), row, column)
        if inline is not None and type_ in ("inlineStr", None):
            return string_item(inline)
        if stored is None or type_ is None:
            return None
        text = unescaped(stored)
        if type_ in ("str", "inlineStr"):
            return shown(text)
        return self._rare(type_, text.strip(), row, column)

    def column(self, type_: str | None, stored: Sequence[str | None]) -> Sequence[Value] | None:
        """The values of cells of one type, all of which have a content of `v` or none has; None where one of them must
        be looked at by `of`."""
        first = stored[0]
        if stored.count(first) < len(stored):
            return None if None in stored else self._different(type_, cast("Sequence[str]", stored))
        if first is None or (not first and type_ in (None, "s")):
            return [None] * len(stored) if type_ in (None, "s", "str", "inlineStr") else None
        found = self._different(type_, [first])
        return None if found is None else list(found) * len(stored)

    def _different(self, type_: str | None, texts: Sequence[str]) -> Sequence[Value] | None:
        if type_ is None:
            return self._numbers(texts)
        if type_ == "s":
            return self._strings_at(texts)
        if type_ in ("str", "inlineStr"):
            joined = "".join(texts)
            plain = texts if "&" not in joined and "_x" not in joined else [shown(unescaped(text)) for text in texts]
            return list(map(self._texts.setdefault, plain, plain))
        if type_ == "b" and set(texts) <= {"0", "1"}:
            return [text == "1" for text in texts]
        return None

    def number(self, text: str, row: int, column: int) -> Value:
        """The number that is stored so."""
        value = _exact(text)
        if value is None:
            text = unescaped(text).strip()
            if not text:
                return None
            value = _exact(text)
        if value is None:
            self._unread.add(_("{at}: „{text}“ ist keine Zahl."), row, column, text)
        return value

    def _numbers(self, texts: Sequence[str]) -> Sequence[Value] | None:
        short = self._short
        joined, longest = "".join(texts), max(map(len, texts))
        if "" in texts or not joined.isascii():
            return None
        if joined.isdecimal() and longest <= _EXACT_DIGITS:
            if longest <= _OFTEN:
                return list(map(short.__getitem__, texts))
            return [short[text] if text in short else Decimal(text) for text in texts]
        return _fractions(texts, joined)

    def _strings_at(self, texts: Sequence[str]) -> Sequence[Value] | None:
        joined = "".join(texts)
        if "" in texts or not (joined.isdecimal() and joined.isascii()):
            return None
        numbers = list(map(int, texts))
        return list(map(self._strings.__getitem__, numbers)) if max(numbers) < len(self._strings) else None

    def _shared(self, stored: str, row: int, column: int) -> Value:
        if stored.isdecimal() and stored.isascii() and int(stored) < len(self._strings):
            return self._strings[int(stored)]
        if stored:
            at = f"{column_letters(column)}{row}"
            raise Impossible(
                "string-missing", _("{at}: Der Text Nr. {text} fehlt in der Datei.").format(at=at, text=stored[:20])
            )
        return None

    def _rare(self, type_: str, text: str, row: int, column: int) -> Value:
        if not text:
            return None
        if type_ == "b" and text in ("0", "1", "true", "false"):
            return text in ("1", "true")
        if type_ == "e":
            return ErrorValue(text)
        if type_ == "d":
            serial = serial_of_iso(text, self._date1904)
            if serial is not None:
                return serial
        if type_ == "rich":
            self._unread.add(_("{at}: Bild oder Datentyp in der Zelle ({text})."), row, column, text)
            return None
        self._unread.add(_("{at}: Der Inhalt „{text}“ passt nicht zur Art der Zelle."), row, column, text)
        return None


class _Short(dict[str, Decimal]):
    """Whole numbers of few digits as they are written: one record for all cells with the same."""

    def __missing__(self, digits: str) -> Decimal:
        value = self[digits] = Decimal(digits)
        return value


def _exact(text: str) -> Decimal | None:
    """The number; of more digits than Excel shows, those that the binary number really has: 1.1000000000000001 is 1.1.
    None where it is none."""
    number = float(text) if _NUMBER.match(text) else inf
    if isinf(number):
        return None
    if not -_SMALLEST < number < _SMALLEST:
        return Decimal(text) if len(text) <= _EXACT_DIGITS else Decimal(repr(number))
    return Decimal(0)  # for Excel too


def _fractions(texts: Sequence[str], joined: str) -> Sequence[Decimal] | None:
    """As `_exact` of each of them; `joined` is all of them, in ASCII. None where one is no number."""
    if _NO_NUMBER.search(joined):  # what `float` takes for one all the same
        return None
    try:
        numbers = list(map(float, texts))
    except ValueError:
        return None
    if inf in numbers or -inf in numbers:
        return None
    written = [
        text if len(text) <= _EXACT_DIGITS else repr(number) for text, number in zip(texts, numbers, strict=True)
    ]
    if min(map(abs, numbers)) < _SMALLEST:
        zero = (-_SMALLEST < number < _SMALLEST for number in numbers)
        written = ["0" if is_zero else text for is_zero, text in zip(zero, written, strict=True)]
    return list(map(Decimal, written))


class Notes:
    """Sentences about what could not be read; after twenty, only that there is more."""

    def __init__(self, sentences: list[str]) -> None:
        self._sentences = sentences

    def add(self, sentence: str, row: int, column: int, text: str = "") -> None:
        """Note the sentence (with `{at}` and `{text}`) unless there are many already."""
        if len(self._sentences) < _NAMED_AT_MOST:
            at = f"{column_letters(column)}{row}"
            self._sentences.append(sentence.format(at=at, text=text[:40]))
        elif len(self._sentences) == _NAMED_AT_MOST:
            self._sentences.append(_("Weitere Zellen sind nicht lesbar."))


def string_item(text: str) -> str:
    """The text of a string item (`si`, `is`) without its reading aids; raises `Unusual`."""
    if "<" not in text:
        raise Unusual(text)
    pieces = []
    for match in _RUNS.finditer(text):
        if match[2] is not None:
            raise Unusual(match[2])
        pieces.append(match[1] or "")
    joined = unescaped("".join(pieces))
    return shown(joined)
