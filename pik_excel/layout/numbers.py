"""Which number does a text mean? "16.271.218,33 EUR", "1,8 Mio. EUR", "'66", "520,86-", "(1.234)", "150*", "rd. 65".

"1.151" is 1151 in German and 1.151 in English, "8,500" the other way round. A number says both readings; what stands
around it decides (`decided_locale`), German where nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from pik_excel.budget.marks import plain_mark
from pik_excel.budget.money import Unit
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_NUMBER = pattern(
    r"""\s*'?\s*
    (?P<about>rd\.|ca\.|rund|circa|etwa|knapp|gut|~|≈|max\.|mind\.|bis\ zu)?\s*
    (?P<open>\()?\s*(?P<sign>[+\-–−—])?\s*
    (?P<unit_before>€|EUR)?\s*(?P<sign_after_unit>[-–−])?\s*
    (?P<digits>\d(?:[\d.,'’\s]*\d)?)
    (?P<cents>,\s?[-–—]{1,2})?\s*
    (?P<minus>[-–−])?\s*(?P<close>\))?\s*
    (?P<rest>%|v\.\s?H\.|[A-Za-z€.,/\s]*?)?\s*\Z""",
    re.VERBOSE,
)
_LONGEST = 200  # characters; what is longer is no number, and takes long to be found none
_MARK = pattern(r"(?:\s*(\*{1,5}\)?|[¹²³⁴⁵⁶⁷⁸⁹]\)?)|\s+(\d\)))\s*\Z")
_GERMAN = pattern(r"(\d{1,3}(\.\d{3})+|\d+)(,\d+)?\Z")
_ENGLISH = pattern(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\Z")
_SPACED = pattern(r"\d{1,3}([\s'’]\d{3})+([.,]\d+)?\Z")
_UNITS = {
    "": None,
    "€": Unit.EUR,
    "eur": Unit.EUR,
    "euro": Unit.EUR,
    "teur": Unit.TEUR,
    "t€": Unit.TEUR,
    "tsd€": Unit.TEUR,
    "tsdeur": Unit.TEUR,
    "tsdeuro": Unit.TEUR,
    "keur": Unit.TEUR,
    "k€": Unit.TEUR,
    "mio": Unit.MIO,
    "mio€": Unit.MIO,
    "mioeur": Unit.MIO,
    "mioeuro": Unit.MIO,
}
_PER = pattern(r"(/|je|pro|p\.\s?a\.|jährlich|im jahr).*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number written as text. `english` is the other reading, None where there is but one; `proves` the locale that
    alone allows the text ("de", "en"), None where both do."""

    value: Decimal
    english: Decimal | None = None
    proves: str | None = None
    unit: Unit | None = None
    percent: bool = False
    about: bool = False
    marks: tuple[str, ...] = ()

    def read(self, locale: str) -> Decimal:
        """The value in that locale."""
        return self.english if locale == "en" and self.english is not None else self.value


@lru_cache(maxsize=4096)
def number_in(text: str) -> Number | None:
    """The number that the whole text is, None where it is none. A percentage is its share: "44,7 %" is 0.447."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    bare, marks = _without_marks(text)
    found = _NUMBER.match(bare)
    if found is None:
        return None
    rest = _PER.sub("", found["rest"] or "")
    unit_key = re.sub(r"[\s.]", "", rest).casefold()
    percent = unit_key in {"%", "vh"}
    if (unit_key not in _UNITS and not percent) or bool(found["open"]) != bool(found["close"]):
        return None
    german, english = _read(found["digits"])
    if german is None and english is None:
        return None
    sign = -1 if any(found[name] in {"-", "–", "−", "—"} for name in ("sign", "sign_after_unit", "minus")) else 1
    factor = Decimal(-1 if found["open"] else sign) / (100 if percent else 1)
    first = german if german is not None else english
    assert first is not None
    differ = german is not None and english is not None and german != english
    return Number(
        value=first * factor,
        english=english * factor if differ and english is not None else None,
        proves=None if german is not None and english is not None else ("de" if german is not None else "en"),
        unit=_UNITS.get(unit_key) or (Unit.EUR if found["unit_before"] else None),
        percent=percent,
        about=bool(found["about"]),
        marks=marks,
    )


def decided_locale(numbers: Iterable[Number]) -> str | None:
    """The locale in which all these numbers can be read: "de", "en", None where they leave it open or disagree."""
    proofs = {number.proves for number in numbers if number.proves}
    return proofs.pop() if len(proofs) == 1 else None


def _without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A number may bear a mark right behind its last digit, where in a name "43*" would be a wildcard."""
    found = _MARK.search(text)
    return (text[: found.start()], (plain_mark(found[1] or found[2]),)) if found else (text, ())


def _read(digits: str) -> tuple[Decimal | None, Decimal | None]:
    if _SPACED.match(digits):
        digits = re.sub(r"[\s'’]", "", digits)
    elif re.search(r"[\s'’]", digits):
        return None, None
    german = Decimal(digits.replace(".", "").replace(",", ".")) if _GERMAN.match(digits) else None
    english = Decimal(digits.replace(",", "")) if _ENGLISH.match(digits) else None
    return german, english
