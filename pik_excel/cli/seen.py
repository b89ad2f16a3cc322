"""How are results looked at through a function without any being held?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

Result = TypeVar("Result")
Other = TypeVar("Other")


class Seen(Sequence[Other], Generic[Result, Other]):
    """A sequence seen through a function of index and result, called at each look, so that nothing is held."""

    def __init__(self, function: Callable[[int, Result], Other], results: Sequence[Result]) -> None:
        self._function, self._results = function, results

    def __len__(self) -> int:
        return len(self._results)

    @overload
    def __getitem__(self, index: int) -> Other: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Other]: ...
    def __getitem__(self, index: int | slice) -> Other | Sequence[Other]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        return self._function(index, self._results[index])
