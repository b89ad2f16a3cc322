"""How is a regular expression written down that is compiled when it is first asked for?

A run needs a few of the three hundred that the modules hold, and compiling them all takes a tenth of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, AnyStr, Generic, cast  # Any: whatever a compiled pattern has under a name

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn", "pattern", "flags", "groups")
_PIECES = (  # of a pattern: an escaped character, a set of characters, a bracket with what is said of its repetition
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)(?:(?P<often>[*+?]|\{[\d,]*\})\+)?|."
)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for the constants of a module; a mistake in `text` shows at the first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


def compiled(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, also where Python itself is wrong on groups that are repeated and give nothing back."""
    return re.compile(with_atomic_groups(text) if _slips() else text, flags)


def with_atomic_groups(text: AnyStr) -> AnyStr:
    """The same pattern with `(?>(?:ab)*)` for `(?:ab)*+`."""
    if isinstance(text, bytes):
        return with_atomic_groups(text.decode("latin-1")).encode("latin-1")
    written: list[str] = []
    open_at: list[int] = []
    for piece in re.finditer(_PIECES, text, re.DOTALL):
        written.append(piece[0])
        if piece[0] == "(":
            open_at.append(len(written) - 1)
        elif piece[0].startswith(")"):
            start: int = open_at.pop()
            if piece["often"]:
                written[start:] = ["(?>", *written[start:-1], f"){piece['often']})"]
    return "".join(written)


@cache
def _slips() -> bool:
    """Whether this Python goes on behind what the last, failing round of such a group has read: Python 3.11 before
    3.11.5, https://github.com/python/cpython/issues/106052. Cells would be lost there."""
    found = re.match(r"(?:ab+c)*+", "abcabbd")
    return found is None or found.end() != len("abc")


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
        ready = compiled(*self._written)
        vars(self).update({one: getattr(ready, one) for one in _ASKED})
        return getattr(ready, name)
