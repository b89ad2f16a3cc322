"""What do labels say of costs and of who pays them: a cost type, a giver of grants, what is eligible?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.texts import LONGEST, short_texts
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.patterns import pattern, phrases

ELIGIBLE = pattern(r"(?:förder|zuwendungs)fähig|wird gefördert|werden gefördert|gefördert werden", re.IGNORECASE)
IN_ELIGIBLE = ("fähig", "gefördert")  # what it finds holds one of them
YES = frozenset(("ja", "j", "x", "100 %", "1"))
NO = frozenset(("nein", "n", "nicht", "0", "0 %", "nicht förderfähig"))
LABEL = 60  # characters of a header or label
HEADED = 30  # rows below a header that are looked at
_GRANTS = pattern(
    r"\W*(?:(?:zuschuss|zuschüsse|zuwendung|förderung|finanzierung|mittel|anteil|beitrag|erstattung)(?:en)?"
    r"(?:\s+(?:des|vom|der|durch|aus))?\s+)?(?:land(?!es)|bund(?!es)|eu|esf\+?|europäische[rn]? \w+"
    r"|(?:landes|bundes)(?:zuschuss|zuschüsse|mittel\w*|zuwendung(?:en)?|förderung|anteil|programm|zuweisung(?:en)?))(?!\w)"
    r"(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = pattern(r"\b[a-zäöüß]{4,}")  # a verb or adjective: no mere name of a source
_BETWEEN = pattern(r"\s*(?:[;,/|\n.:()]|\bund\b|\bsowie\b|\bnur\b)\s*")


def types_in(text: str, types: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The cost types that a list names; "Personal-" in "Personal- und Sachkosten" is one."""
    parts = [part.strip(" -–") for part in _BETWEEN.split(text)]
    return [name for name, words in types.items() if any(whole_words(words).search(part) for part in parts)]


def only_type(text: str, types: Mapping[str, tuple[str, ...]]) -> str | None:
    """The cost type that a label names; None where it names none, or two."""
    found = types_in(text, types)
    return found[0] if len(found) == 1 else None


def is_grant(source: str) -> bool:
    """Whether a label names one who gives grants: "Land", "Zuschuss des Landes", "ESF Plus (EU)"."""
    found = _GRANTS.match(re.sub(r"\b(Land|Bund)es\b", r"\1", source))
    return found is not None and not _SENTENCE.search(found["rest"])


@lru_cache(maxsize=64)
def whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return phrases(words, before=r"(?<![\w-])", flags=re.IGNORECASE)


def places_of(
    subject: Subject, sheet: Sheet, pattern: re.Pattern[str], longest: int = LONGEST, fragments: Iterable[str] = ()
) -> Iterator[tuple[Address, str]]:
    """The short texts of the sheet in which the pattern is found, in the order of the sheet; `fragments` as for
    `Texts.found_by`."""
    texts = short_texts(subject).found_by(pattern, longest, fragments)
    return ((sheet.address(row, column), text) for row, column, text in sorted(sheet.cells.saying(texts)))
