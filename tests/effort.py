"""How much work is done, as the number of calls: the same on every machine, however busy."""

from __future__ import annotations

import cProfile
from collections.abc import Callable


def effort(work: Callable[[], object]) -> int:
    """The calls of functions, Python's own too, until the work is done."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def growth(work: Callable[[int], object], size: int) -> float:
    """How much more work the step from twice the size to four times is than that from the size to twice: 2 where it
    grows with the size, 4 where with its square."""
    work(size)  # what is made ready once is no work of any size
    first, second, third = (effort(lambda times=times: work(size * times)) for times in (1, 2, 4))
    return (third - second) / (second - first)
