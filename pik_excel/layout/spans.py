"""Which date does the header of a column name: "Finanzierung gesichert bis", "Mittel werden benötigt ab"?

Told from its last word or its first (bis, ab; Ende, Beginn) and the family of the others, so that no list has to hold
every phrase. Texts are looked at casefolded: "maßnahme" is "massnahme".
"""

from __future__ import annotations

from pik_excel.patterns import pattern

_FUNDING = (
    r"finanzier|gefördert|förder|bewilligt?|bewilligung|zuwend|bezuschuss|zuschuss|zuschüsse|zugesagt|zusage|gesichert"
    r"|gedeckt|bereitgestellt|gewährt|mittel\b|haushaltsmittel"
)
_NEED = r"benötigt|gebraucht|bedarf|erforderlich|notwendig|pflicht|verpflichtet"
_TERM = r"befrist|laufzeit|läuft|gültig|geltung|vertrag|projekt|massnahme|vorhaben|vereinbar"
_FAMILIES = tuple(
    (pattern(rf"(?<!\w)(?:{stems})"), keys)
    for stems, keys in (
        (_NEED, ("bedarfszeitraum_von", "bedarfszeitraum_bis")),  # "benötigte Mittel bis" is a need
        (_FUNDING, ("foerderzeitraum_von", "foerderzeitraum_bis")),
        (_TERM, ("von", "bis")),
    )
)
_TO = pattern(r"\bbis(?: einschl(?:\.|iesslich)| zum| ende)?\Z|^(?:ende|ablauf|auslaufen) (?:der|des|von)\b")
_FROM = pattern(r"\b(?:ab|seit)(?: dem)?\Z|^(?:beginn|anfang|start) (?:der|des|von)\b")
_LAST = ("bis", "ab", "seit", "einschl.", "einschliesslich", "zum", "ende", "dem")
_FIRST = ("ende ", "ablauf ", "auslaufen ", "beginn ", "anfang ", "start ")
_ENDS = frozenset(" :)." + "".join({word[-1] for word in _LAST} | {word[-1].upper() for word in _LAST}) + "ßſ")
_STARTS = frozenset(letter for word in _FIRST for letter in (word[0], word[0].upper())) | {"ſ"}
_MOST_WORDS = 6
_NO_DATE = pattern(r"\d|betrag|summe|höhe|eur\b|€|anteil|kosten")


def may_be_span(text: str) -> bool:
    """A quick look at a text as it stands."""
    if text[-1:] not in _ENDS and text[:1] not in _STARTS:
        return False
    folded = text.casefold()
    return folded.rstrip(" :)").endswith(_LAST) or folded.startswith(_FIRST)


def span_of(folded: str) -> tuple[str, ...]:
    """The key of the field that the folded header names, () where it names none."""
    bare = folded.strip(" :()*")
    end = _TO.search(bare)
    if (end is None and _FROM.search(bare) is None) or bare.count(" ") >= _MOST_WORDS or _NO_DATE.search(bare):
        return ()
    return next(((keys[end is not None],) for family, keys in _FAMILIES if family.search(bare)), ())
