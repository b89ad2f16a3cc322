"""Where does each part of the schema come from? The lines are counted when somebody asks; hardly a run does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pik_excel.schema.place import lines_of, nearest
from pik_excel.schema.records import Origin


class Stated(NamedTuple):
    """The keys that a TOML file states."""

    path: Path
    text: str
    keys: Sequence[str]


class Origins(Mapping[str, Origin]):
    """The origin of each key: the last file that states it, else where it came from before."""

    def __init__(self, stated: Sequence[Stated], before: Mapping[str, Origin] | None = None) -> None:
        self._by_key = {key: one for one in stated for key in one.keys}
        self._before = before or {}
        self._lines: dict[Path, dict[str, int]] = {}

    def __getitem__(self, key: str) -> Origin:
        stated = self._by_key.get(key)
        if stated is None:
            return self._before[key]
        if stated.path not in self._lines:
            self._lines[stated.path] = lines_of(stated.text)
        return Origin(stated.path, nearest(self._lines[stated.path], key))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._before, *self._by_key]))

    def __len__(self) -> int:
        return len({*self._before, *self._by_key})
