"""How is a regular expression written down that is compiled when it is first asked for?

A run needs a few of the three hundred that the modules hold, and compiling them all takes a tenth of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, AnyStr, Generic, cast  # Any: whatever a compiled pattern has under a name

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn", "pattern", "flags", "groups")


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for the constants of a module; a mistake in `text` shows at the first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


def phrases(words: Iterable[str], before: str = r"(?<!\w)", after: str = r"(?!\w)", flags: int = 0) -> re.Pattern[str]:
    """A pattern for any of these words. It is compiled when a text is searched that holds one of them: of a list of
    fifty words most workbooks hold none."""
    ordered = sorted(dict.fromkeys(words), key=len, reverse=True)
    written = f"{before}(?:{'|'.join(map(re.escape, ordered))}){after}"
    return cast("re.Pattern[str]", _Phrases(ordered, pattern(written, flags), bool(flags & re.IGNORECASE)))


class _Phrases:
    """Stands for its pattern where a text holds one of the words."""

    def __init__(self, words: Iterable[str], whole: re.Pattern[str], any_case: bool) -> None:
        self._whole, self._any_case = whole, any_case
        self._words = [word.casefold() for word in words] if any_case else list(words)

    def search(self, text: str) -> re.Match[str] | None:
        return self._whole.search(text) if self._holds_one(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._whole.match(text) if self._holds_one(text) else None

    def sub(self, instead: str, text: str) -> str:
        return self._whole.sub(instead, text) if self._holds_one(text) else text

    def _holds_one(self, text: str) -> bool:
        folded = text.casefold() if self._any_case else text
        return any(map(folded.__contains__, self._words))


class _Pattern(Generic[AnyStr]):
    """From the first use on, its methods are those of the compiled pattern and cost no more."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._written: tuple[AnyStr, int] = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(*self._written)
        vars(self).update({one: getattr(compiled, one) for one in _ASKED})
        return getattr(compiled, name)
