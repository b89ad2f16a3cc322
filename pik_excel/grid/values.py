"""What does the stored value of a cell mean?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import inf, isinf

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
        self._short: dict[str, Decimal] = {}  # one record for all cells with this number

    def of(self, type_: str | None, stored: str | None, inline: str | None, row: int, column: int) -> Value:
        """The value of a cell of that type with that content of `v` and `is`."""
        if type_ is None and inline is None:
            if stored is None:
                return None
            found = self._short.get(stored)
            if found is not None:
                return found
            if len(stored) <= _EXACT_DIGITS and stored.isdecimal() and stored.isascii():
                return self._whole(stored)
            return self.number(stored, row, column)
        if type_ == "s" and stored is not None:
            if stored.isdecimal() and int(stored) < len(self._strings):
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
        if stored.count(None) == len(stored):
            return stored if type_ in (None, "s", "str") else None
        texts = [text for text in stored if text is not None]
        if len(texts) < len(stored):
            return None
        if type_ is None:
            return self._numbers(texts)
        if type_ == "s":
            return self._strings_at(texts)
        return [shown(unescaped(text)) for text in texts] if type_ == "str" else None

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
        known = self._short
        joined = "".join(texts)
        if (
            joined.isdecimal()
            and joined.isascii()
            and 0 < len(min(texts, key=len)) <= len(max(texts, key=len)) <= _EXACT_DIGITS
        ):
            return [known.get(text) or self._whole(text) if len(text) <= _OFTEN else Decimal(text) for text in texts]
        found = [known.get(text) or _exact(text) for text in texts]
        return None if None in found else found

    def _strings_at(self, texts: Sequence[str]) -> Sequence[Value] | None:
        if not all(map(str.isdecimal, texts)):
            return None
        strings = self._strings
        numbers = [int(text) for text in texts]
        return [strings[number] for number in numbers] if max(numbers) < len(strings) else None

    def _whole(self, digits: str) -> Decimal:
        value = Decimal(digits)
        if len(digits) <= _OFTEN:
            self._short[digits] = value
        return value

    def _shared(self, stored: str, row: int, column: int) -> Value:
        if stored.isdecimal() and int(stored) < len(self._strings):
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


def _exact(text: str) -> Decimal | None:
    """The number; of more digits than Excel shows, those that the binary number really has: 1.1000000000000001 is 1.1.
    None where it is none."""
    number = float(text) if _NUMBER.match(text) else inf
    if isinf(number):
        return None
    if not -_SMALLEST < number < _SMALLEST:
        return Decimal(text) if len(text) <= _EXACT_DIGITS else Decimal(repr(number))
    return Decimal(0)  # for Excel too


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
