"""When do two names mean the same measure, and when might they?

Names are keys in these workbooks: "Ausbildungscampus" is "Stuttgarter Ausbildungscampus**" of last year. `name_key` is
for "the same"; `resemblance` only for a proposal that a person confirms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from pik_excel.budget.marks import split_marks
from pik_excel.patterns import pattern

Told = TypeVar("Told")
_MAY_END_IN_A_MARK = pattern(r"[*)¹²³⁴⁵⁶⁷⁸⁹]\s*\Z")
_INVISIBLE = pattern("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORDS = r"\w+|[+%<>]|-(?=\d)"
_WORD = pattern(_WORDS)
_WORD_OR_END = pattern(_WORDS + r"|\n")
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_YEAR = pattern(r"(?:19|20)\d\d\Z")
_HOLDS_A_YEAR = pattern(r"(?:19|20)\d\d(?!\w)")
# Words that say what sort of thing a measure is, not which one.
# fmt: off
_GENERIC = frozenset({
    "angebot", "angebote", "projekt", "projekte", "programm", "foerderprogramm", "foerderung", "massnahme",
    "massnahmen", "zuschuss", "zuschuesse", "kosten", "mittel", "neu", "neue", "neuer", "neues", "weitere",
    "sonstige", "sonstiges", "sonstiger", "allgemein", "laufende", "laufender", "jaehrlich", "fuer", "von", "und",
    "der", "die", "das", "des", "dem", "den", "an", "am", "auf", "aus", "bei", "im", "in", "mit", "zu", "zum",
    "zur", "nach", "e", "v", "ev", "ggmbh", "gmbh", "the", "of", "for", "and", "staedtisch", "staedtische",
    "staedtischer", "stadt", "landeshauptstadt",
})
# fmt: on
# Names that differ in one of these are different things, however alike they look.
_OPPOSITES = (
    ("ertrag", "ertraege", "einnahme", "einzahlung", "erloes"),
    ("aufwand", "aufwend", "ausgabe", "auszahlung"),
    ("intern",),
    ("extern",),
    ("maennlich",),
    ("weiblich",),
    ("personal",),
    ("sach",),
)


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The name as a key: case, umlaut spelling, punctuation, padding, invisible characters and footnote marks do not
    count; digits, signs and percent do ("Stufe 1" is not "Stufe 2")."""
    return " ".join(_WORD.findall(_folded(_unmarked(name))))


def name_keys(names: Sequence[str]) -> list[str]:
    """The `name_key` of each, all at once: that takes two thirds of the time."""
    lines = _folded("\n".join([_unmarked(name).replace("\n", " ") for name in names]))
    return [line.strip() for line in " ".join(_WORD_OR_END.findall(lines)).split("\n")] if names else []


def undated_key(name: str) -> str:
    """`name_key` without years: "Sommerfest 2021" and "Sommerfest 2022" are one measure in two years."""
    key = name_key(name)
    if not _HOLDS_A_YEAR.search(key):
        return key
    return " ".join(word for word in key.split() if not _YEAR.match(word)) or key


def by_name(named: Iterable[tuple[str, Told]]) -> dict[str, list[Told]]:
    """What goes by each name, by its `undated_key`, in the order given."""
    found: dict[str, list[Told]] = {}
    for name, told in named:
        found.setdefault(undated_key(name), []).append(told)
    return found


def resemblance(one: str, other: str) -> float:
    """How likely two different names mean one measure: 1.0 the same, 0.9 one contains the other's telling words, less
    where only stems agree, 0.0 where a number, a single letter or an opposite (Ertrag/Aufwand) tells them apart."""
    first, second = undated_key(one).split(), undated_key(other).split()
    if first == second:
        return 1.0
    if _opposed(first, second):
        return 0.0
    telling, rest = sorted((_telling(first), _telling(second)), key=len)
    if _contained(telling, rest):
        return 0.9
    if _short(first) != _short(second):
        return 0.0
    return 0.85 * min(_covered(telling, rest), _covered(rest, telling))


def likely_pairs(old: Sequence[str], new: Sequence[str], at_least: float) -> list[tuple[int, int]]:
    """Which name of `old` probably lives on as which of `new`: positions of pairs that resemble each other `at_least`
    so much and are each other's best match by more than a tie. Meant for the few names that have no equal."""
    scores = {
        (i, j): score
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (score := resemblance(one, other)) > 0 and score >= at_least
    }
    return [(i, j) for (i, j), score in scores.items() if all(score > rest for rest in _rivals(scores, i, j))]


def _rivals(scores: dict[tuple[int, int], float], i: int, j: int) -> list[float]:
    return [score for (a, b), score in scores.items() if (a == i) != (b == j)]


def _unmarked(name: str) -> str:
    return split_marks(name)[0] if _MAY_END_IN_A_MARK.search(name) else name


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
        for letter, spelt in _UMLAUTS:
            text = text.replace(letter, spelt)
    return text.casefold()


def _telling(words: Sequence[str]) -> set[str]:
    return {word for word in words if word not in _GENERIC}


def _short(words: Sequence[str]) -> set[str]:
    return {word for word in words if word not in _GENERIC and (len(word) <= 3 or any(map(str.isdigit, word)))}


def _contained(telling: set[str], rest: set[str]) -> bool:
    return telling <= rest and sum(map(len, telling)) >= 4 and any(not word.isdigit() for word in telling)


def _opposed(first: Sequence[str], second: Sequence[str]) -> bool:
    return _sides(first) != _sides(second) and bool(_sides(first)) and bool(_sides(second))


def _sides(words: Sequence[str]) -> set[int]:
    return {side for side, stems in enumerate(_OPPOSITES) for word in words if word.startswith(stems)}


def _covered(telling: set[str], rest: set[str]) -> float:
    letters = sum(map(len, telling))
    return sum(len(word) for word in telling if any(_akin(word, other) for other in rest)) / letters if letters else 0.0


def _akin(one: str, other: str) -> bool:
    """The same word, one stem ("Dolmetscherkosten", "Dolmetschereinsätze"), or a slip of the pen."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 5:
        return False
    stem = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if stem == len(short) or (stem >= 7 and stem * 2 >= len(long)):
        return True
    if stem < 3:
        return False
    from difflib import SequenceMatcher  # seldom needed

    return SequenceMatcher(None, short, long).ratio() >= 0.88
