"""One hostile or odd input: how it is made, and what must happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

WHOLE, PARTLY, SAFE = "whole", "partly", "safe"


@dataclass(frozen=True)
class Case:
    """`expected` is "whole" (read, nothing left out), "partly" (read, and said what was not), "safe" (any of the three
    ends, no crash), or the code of the refusal. `place` makes what is no
    ordinary file; else `make` gives the bytes. `heavy`: takes long."""

    name: str
    expected: str
    make: Callable[[], bytes] | None = None
    file: str = "mappe.xlsx"
    place: Callable[[Path], Path] | None = None
    heavy: bool = False

    def put(self, folder: Path) -> Path:
        """Make the input in this folder."""
        if self.place is not None:
            return self.place(folder)
        assert self.make is not None
        path = folder / self.file
        path.write_bytes(self.make())
        return path


Cases = Iterator[Case]
