"""Which other money than euros does a text name, and how many of it: CHF, £, "in 1000 CHF", "Mio. Franken"?"""

from __future__ import annotations

from pik_excel.budget.money import Unit
from pik_excel.patterns import pattern

_MARKS = ("chf", "frank", "fr.", "gbp", "£", "usd", "us$", "pln", "czk", "dkk", "sek", "nok")  # one is in any of them
_THOUSANDS = r"tsd\.?|tausend|thousands?(?: of)?|1[.' ’]?000|k"
_MILLIONS = r"mio\.?|mill\.?|millionen|millions?(?: of)?"
_CURRENCY = pattern(
    r"(?P<CHF>\b[tk]?chf\b|\bschweizer franken\b|\bin s?fr\.(?=\s*(?:\)|\Z))"
    rf"|\bin (?:(?:{_THOUSANDS}|{_MILLIONS}) ?)?franken\b|\b(?:{_THOUSANDS}|{_MILLIONS}) ?s?fr\.(?=\s*(?:\)|\Z)))"
    r"|(?P<GBP>\b[tk]?gbp\b|£)"
    r"|(?P<USD>\b[tk]?usd\b|\bus\$)|(?P<PLN>\b[tk]?pln\b)|(?P<CZK>\b[tk]?czk\b)|(?P<DKK>\b[tk]?dkk\b)|(?P<SEK>\b[tk]?sek\b)"
    r"|(?P<NOK>\b[tk]?nok\b)"
)
_BEFORE = pattern(rf"(?:\b(?P<thousand>{_THOUSANDS})|\b(?P<million>{_MILLIONS}))\s*\Z")
_AFTER = pattern(
    rf"\s?(?:(?P<thousand>['’]?000\b|k\b|\(?(?:{_THOUSANDS})(?=\W*\Z))|(?P<million>m\b|\(?(?:{_MILLIONS})(?=\W*\Z)))"
)  # £000, £m, "CHF 1000"
_BESIDE = pattern(
    rf"\b(?:{_THOUSANDS}|{_MILLIONS}|alle|angaben|beträge|werte|zahlen|sind|in|auf|gerundet)(?!\w)|[\W\d_]"
)
_WITHIN = pattern(
    rf"(?:in )?(?:(?P<thousand>[tk](?=[a-z]{{3}}\Z)|\b(?:{_THOUSANDS})\b)|(?P<million>\b(?:{_MILLIONS})))"
)


def other_unit_of(text: str) -> Unit | None:
    """The unit of another currency that a text names: "in TCHF", "Mio. CHF", "£000"."""
    folded = text.casefold()
    if not any(mark in folded for mark in _MARKS):
        return None
    found = _CURRENCY.search(folded)
    if found is None or found.lastgroup is None:
        return None
    around = (
        _WITHIN.match(found[0]),
        _BEFORE.search(folded, 0, found.start()),
        _AFTER.match(folded, found.end()),
    )
    said = {kind for one in around if one is not None for kind in one.groupdict() if one[kind]}
    whole = Unit.MIO if "million" in said else Unit.TEUR if "thousand" in said else Unit.EUR
    return whole.of(found.lastgroup)


def other_unit_alone(text: str) -> Unit | None:
    """The same where the text says nothing else: "Angaben in TCHF"."""
    unit = other_unit_of(text)
    return unit if unit and not _BESIDE.sub("", _CURRENCY.sub(" ", text.casefold())) else None


def without_other_unit(text: str) -> str:
    """The text without the unit of another currency; as it is where it names none."""
    if other_unit_of(text) is None:
        return text
    return _WITHIN.sub(" ", _CURRENCY.sub(" ", text.casefold()))
