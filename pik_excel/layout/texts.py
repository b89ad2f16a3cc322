"""What may the texts of a workbook say as headers? Many cells and sheets say the same, and each is looked at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pik_excel.layout.vocabulary import Vocabulary

_LONGEST_HEADER = 60
_SHORT_HEADER = 24  # of a year in two digits: "Ansatz 24 in TEUR"


class Texts:
    """All texts of a workbook."""

    def __init__(self, words: Vocabulary, texts: Iterable[str]) -> None:
        self._words = words
        self._texts = texts

    @cached_property
    def years(self) -> frozenset[str]:
        """Those that may name a year, at a quick look."""
        headers = [text for text in self._texts if len(text) <= _LONGEST_HEADER]
        short = (text for text in headers if len(text) <= _SHORT_HEADER)
        words = self._words
        return frozenset((*filter(words.perhaps_year.search, headers), *filter(words.perhaps_short.match, short)))

    @cached_property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Those that may name fields of the schema, and which."""
        named = ((text, self._words.fields_of(text)) for text in self._texts)
        return {text: keys for text, keys in named if keys}
