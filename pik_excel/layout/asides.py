"""Which rows and columns of a table hold no amounts but changes, shares and checks? "Veränderung zum Vorjahr", "in %",
"Kontrolle (muss 0 sein)"."""

from __future__ import annotations

import re

from pik_excel.budget.money import Statement
from pik_excel.budget.tables import Aside
from pik_excel.layout.page import Page
from pik_excel.layout.rows import Row
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

_CHANGE = pattern(
    r"""[\s(±+/–\-]*(?:veränderung(?:en|srate)?|abweichung(?:en)?|differenz|änderung|steigerung(?:srate)?|zuwachs(?:rate)?
    |zunahme|mehr\s?(?:\(\+\))?\s?/?\s?-?\s?weniger|diff\.?|abw\.?|delta|δ|change|variance|growth|unterschied|entwicklung)
    (?P<rest>.*)\Z""",
    re.VERBOSE | re.DOTALL,
)
_SHARE = pattern(
    r"[\s(]*(?:in\s+)?(?:%|v\.\s?h\.|prozent(?:ual)?\b|percent\b).*\Z|.*\((?:in\s*)?%\)?\s*\Z|anteil\s+in\b.*\Z"
)
_CONTROL = pattern(
    r"(?:kontroll(?:e|summe|rechnung|zeile)|prüfsumme|probe|abstimmung|check)\s*:?\s*(?:\(.*\)|(?:muss|soll|=)\s.*0.*)?\Z"
)
_WORD = pattern(r"[^\W\d_]+")
# Words that tie a change to what it is a change of, and no more.
_BINDING = frozenset(
    {
        *(
            "zum",
            "zur",
            "vom",
            "von",
            "gegenüber",
            "ggü",
            "ggb",
            "zu",
            "des",
            "der",
            "in",
            "im",
            "und",
            "je",
            "jährlich",
        ),
        *("v", "h", "p", "a", "t", "prozent", "absolut", "relativ", "prozentual", "eur", "teur", "mio", "tsd", "jahr"),
        *("vorjahr", "vorjahres", "vj", "ansatz", "ansatzes", "vorjahresansatz", "plan", "planung", "ist", "jahres"),
        *("haushalt", "haushaltsplan", "finanzplan", "saldo", "summe", "gesamt", "finanzbedarf", "to", "from", "vs"),
        *("year", "previous", "on", "over", "prior"),
    }
)
_OPENINGS = (
    *("verä", "abw", "diff", "änd", "steig", "zuwa", "zuna", "mehr", "delta", "change", "varia", "growth", "unters"),
    *("entw", "in ", "anteil in", "v.", "prozent", "percent", "kontroll", "prüfsumme", "probe", "abstimm", "check"),
)
_OPENING = 12  # letters that tell whether a label may be one of these
_SIGNS = frozenset("%(±+/–-δ")


def aside_label(text: str) -> Aside | None:
    """What a row or column of this label holds where it holds no amounts; None for any other label."""
    opening = text.lstrip()[:_OPENING].casefold()  # most labels need no closer look
    if not opening.startswith(_OPENINGS) and opening[:1] not in _SIGNS and "%" not in text:
        return None
    folded = fold(text)
    if _SHARE.match(folded):
        return Aside.SHARE
    if _CONTROL.match(folded):
        return Aside.DIFFERENCE
    found = _CHANGE.match(folded)
    if found is None or not _BINDING.issuperset(_WORD.findall(found["rest"])):
        return None
    return Aside.SHARE if "%" in found["rest"] else Aside.DIFFERENCE


def aside_row(page: Page, row: Row) -> Aside | None:
    """Why a row with figures holds no amounts; None where it does."""
    if row.counts:
        return Aside.COUNT
    if row.label and (why := aside_label(row.label)):
        return why
    return Aside.SHARE if page.share_styles and _all_shares(page, row) else None


def _all_shares(page: Page, row: Row) -> bool:
    """Whether all numbers of the row are shown as percentages."""
    styles = page.share_styles
    if row.amounts[0].style not in styles and row.amounts[-1].style not in styles:
        return False
    numbers = [amount for amount in row.amounts if amount.statement is Statement.NUMBER]
    return bool(numbers) and all(one.style in styles for one in numbers)
