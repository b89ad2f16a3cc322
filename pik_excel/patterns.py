"""How is a regular expression written down that is compiled when it is first asked for?

A run needs a few of the three hundred that the modules hold, and compiling them all takes a tenth of a second.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast  # Any: whatever a compiled pattern has under a name

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn", "pattern", "flags", "groups")


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for the constants of a module; a mistake in `text` shows at the first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


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
