"""In which language does the program speak, and how does it write numbers and dates?

The source speaks German; `locale/en/LC_MESSAGES/pik_excel.po` holds the English. Click's own words are the other way
round: `locale/de/LC_MESSAGES/click.po` holds their German.
"""

from __future__ import annotations

import gettext
import os
from contextvars import ContextVar
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from pathlib import Path

LANGUAGES = ("de", "en")
_MOST_DECIMALS = 30  # as many as Excel shows
_ANY_LENGTH = Context(prec=5000)  # a cell may hold 1e308
LOCALE_DIR = Path(__file__).parent / "locale"
_GERMAN = str.maketrans(",.", ".,")
_active: ContextVar[str] = ContextVar("pik_excel_language", default="de")


def use(language: str) -> None:
    """Speak `language` ("de" or "en") from here on, click included."""
    _active.set(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", LOCALE_DIR)
    gettext.textdomain("click")


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
    """`1151` as "1.151" (German) or "1,151"; `digits` fixes the decimals, rounded half up, otherwise it shows those
    that `value` has. That is how the Unicode locale data (CLDR) have it in both languages."""
    with localcontext(_ANY_LENGTH):
        exact = Decimal(value)
        if digits is not None:
            exact = exact.quantize(Decimal(1).scaleb(-min(digits, _MOST_DECIMALS)), rounding=ROUND_HALF_UP)
        written = f"{exact:,f}" if grouped else f"{exact:f}"
    if digits is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    return written if _active.get() == "en" else written.translate(_GERMAN)


def day(value: date) -> str:
    """31 March 2023 as "31.03.2023" (German) or "2023-03-31"."""
    return value.strftime("%d.%m.%Y") if _active.get() == "de" else value.isoformat()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("pik_excel", LOCALE_DIR, languages=[language], fallback=language == "de")
