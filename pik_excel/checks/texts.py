"""Which short texts stand in a workbook, and in which of them is a pattern found?

Each text is looked at once, on however many sheets it stands and however many rules ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once

LONGEST = 160  # characters; what is longer is prose
_SHORTEST = 3
_ANY = 32_767  # characters that a cell holds at most


class Texts:
    """Texts, each once, in which words are looked for."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self._found: dict[tuple[re.Pattern[str], int], frozenset[str]] = {}

    def found_by(self, pattern: re.Pattern[str], longest: int = _ANY, fragments: Iterable[str] = ()) -> frozenset[str]:
        """Those in which the pattern is found, up to that length. `fragments`: what it finds holds one of them, in
        whatever case; to look for these takes a hundredth of the time."""
        key = pattern, longest
        if key not in self._found:
            words = self._holding(fragments) if fragments else self.words
            self._found[key] = frozenset(text for text in words if len(text) <= longest and pattern.search(text))
        return self._found[key]

    def _holding(self, fragments: Iterable[str]) -> set[str]:
        folded, by_line = self._folded
        wanted = [fragment for fragment in map(str.casefold, fragments) if fragment in folded]
        return {text for fragment in wanted for text, line in by_line if fragment in line}

    @cached_property
    def _folded(self) -> tuple[str, list[tuple[str, str]]]:
        """All texts in lower case: as one, and each beside itself."""
        each = [(text, text.casefold()) for text in self.words]
        return "\n".join(folded for _text, folded in each), each


@once
def short_texts(subject: Subject) -> Texts:
    """Those of 3 to 160 characters of the subject's workbook."""
    texts = frozenset[str]().union(*(sheet.cells.words for sheet in subject.reading.workbook.sheets))
    return Texts(frozenset(text for text in texts if _SHORTEST <= len(text) <= LONGEST))
