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
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path

LANGUAGES = ("de", "en")
MINUS = "−"
_MOST_DECIMALS = 30  # as many as Excel shows
_ANY_LENGTH = Context(prec=5000)  # a cell may hold 1e308
_SIGNS = {"de": (".", ","), "en": (",", ".")}  # between thousands, before the decimals
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
    return _catalogue(_active.get()).gettext(text)


def plural(one: str, many: str, count: int) -> str:
    """`one` or `many` (German), whichever fits `count`, in the language in force."""
    return _catalogue(_active.get()).ngettext(one, many, count)


def number(value: Decimal | int, digits: int | None = None, grouped: bool = True) -> str:
    """`1151` as "1.151" (German) or "1,151"; `digits` fixes the decimals, rounded half up, otherwise all that are not 0
    are shown. A negative one has the sign that people print, not a hyphen. The tests hold it to what Babel writes; to
    load that takes a tenth of a check."""
    shown = Decimal(value)
    if digits is not None:
        step = Decimal(1).scaleb(-min(digits, _MOST_DECIMALS))
        shown = shown.quantize(step, rounding=ROUND_HALF_UP, context=_ANY_LENGTH)
    whole, _point, decimals = (f"{shown:,f}" if grouped else f"{shown:f}").partition(".")
    if digits is None:
        decimals = decimals.rstrip("0")
    between_thousands, point = _SIGNS[_active.get()]
    whole = whole.replace(",", between_thousands).replace("-", MINUS)
    return f"{whole}{point}{decimals}" if decimals else whole


def day(value: date) -> str:
    """31 March 2023 as "31.03.2023" (German) or "2023-03-31"."""
    return value.strftime("%d.%m.%Y") if _active.get() == "de" else value.isoformat()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("pik_excel", LOCALE_DIR, languages=[language], fallback=language == "de")
