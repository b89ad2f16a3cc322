"""How much work is something, in a figure that is the same on every machine and on every day?"""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile


def calls(work: Callable[[], object]) -> int:
    """How often a function is called, or a generator asked, while that is done."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())
