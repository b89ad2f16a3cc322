"""In which language does the program speak, and how does it write numbers and dates?

The source speaks German; `locale/en/LC_MESSAGES/pik_excel.po` holds the English. Click's own words are the other way
round: `locale/de/LC_MESSAGES/click.po` holds their German.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

LANGUAGES = ("de", "en")
MINUS = "−"
_MOST_DECIMALS = 30  # as many as Excel shows
_ANY_LENGTH = Context(prec=5000)  # a cell may hold 1e308
LOCALE_DIR = Path(__file__).parent / "locale"
_active: ContextVar[str] = ContextVar("pik_excel_language", default="de")


def use(language: str) -> None:
    """Speak `language` ("de" or "en") from here on, click included."""
    _active.set(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", LOCALE_DIR)
    gettext.textdomain("click")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language within the block and in this thread only; threads begin in German."""
    token = _active.set(language)
    try:
        yield
    finally:
        _active.reset(token)


def active() -> str:
    """The language in force: "de" or "en"."""
    return _active.get()


def _(text: str) -> str:
    """`text` (German) in the language in force."""
    catalogue = _catalogue(_active.get())
    found = catalogue.gettext(text)
    if found is text and isinstance(catalogue, gettext.GNUTranslations):
        return catalogue.ngettext(text, text, 1)  # Python 3.11.2 does not look among those with a plural
    return found


def plural(one: str, many: str, count: int) -> str:
    """`one` or `many` (German), whichever fits `count`, in the language in force."""
    return _catalogue(_active.get()).ngettext(one, many, count)


def legible(text: str) -> str:
    """The text with "�" for half a character, as a file name holds it whose bytes are no text: no file can hold it."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number(value: Decimal | int, digits: int | None = None, grouped: bool = True) -> str:
    """`1151` as "1.151" (German) or "1,151"; `digits` fixes the decimals, rounded half up (Babel alone rounds half to
    even), otherwise it shows those that `value` has. A negative one has the sign that people print, not a hyphen."""
    if digits is None and (plain := str(value)).isdigit():  # most amounts; Babel takes a hundred times as long
        return (
            f"{int(plain):,}".replace(",", _between_thousands(_active.get())) if grouped and len(plain) > 3 else plain
        )
    whole = "#,##0." if grouped else "0."
    with localcontext(_ANY_LENGTH):
        if digits is None:
            return _written(value, whole + "#" * 15, decimal_quantization=False)
        digits = min(digits, _MOST_DECIMALS)
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        return _written(rounded, (whole + "0" * digits).rstrip("."))


def _written(value: Decimal | int, pattern: str, decimal_quantization: bool = True) -> str:
    locale = _locale(_active.get())
    written: str = _pattern(pattern).apply(value, locale, decimal_quantization=decimal_quantization)
    return written.replace("-", MINUS)


@cache
def _locale(name: str) -> Locale:
    from babel import Locale  # Babel takes 0.04 s, and `--help` needs no number

    return Locale(name)


@cache
def _between_thousands(name: str) -> str:
    from babel.numbers import get_group_symbol

    return get_group_symbol(_locale(name))


@cache
def _pattern(written: str) -> NumberPattern:
    from babel.numbers import parse_pattern

    return parse_pattern(written)


def day(value: date) -> str:
    """31 March 2023 as "31.03.2023" (German) or "2023-03-31"."""
    return value.strftime("%d.%m.%Y") if _active.get() == "de" else value.isoformat()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("pik_excel", LOCALE_DIR, languages=[language], fallback=language == "de")
