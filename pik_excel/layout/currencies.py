"""Which other money than euros does a text name: CHF, £?"""

from __future__ import annotations

from pik_excel.patterns import pattern

_MARKS = ("chf", "frank", "gbp", "£", "usd", "us$", "pln", "czk", "dkk", "sek", "nok")  # one is in any of them
_CURRENCY = pattern(
    r"(?P<CHF>\bt?chf\b|\bschweizer franken\b|\bin franken\b)|(?P<GBP>\bt?gbp\b|£)"
    r"|(?P<USD>\bt?usd\b|\bus\$)|(?P<PLN>\bpln\b)|(?P<CZK>\bczk\b)|(?P<DKK>\bdkk\b)|(?P<SEK>\bsek\b)|(?P<NOK>\bnok\b)"
)


def currency_of(text: str) -> str | None:
    """The code of the currency that a text names, None for euros and where it names none."""
    folded = text.casefold()
    if not any(mark in folded for mark in _MARKS):
        return None
    found = _CURRENCY.search(folded)
    return found.lastgroup if found else None
