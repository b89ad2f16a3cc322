"""Which tables may state again what another one states? All others need not be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pik_excel.budget.money import Statement
from pik_excel.budget.names import undated_key
from pik_excel.consolidation.record import Entry

Group = tuple[str, str | None]


def group_of(entry: Entry) -> Group:
    """What two lines have in common that may be about one measure."""
    return undated_key(entry.name), entry.product


class Known:
    """The tables gone through so far, by their place, found by a measure's amount in a year, or by measure and year.

    Amounts are kept as bare hashes, and only of measures that stand in several tables: two that have the same hash by
    chance are compared in vain. `lines` are the places of each table's entries, table after table.
    """

    def __init__(self, entries: Sequence[Entry], lines: Iterable[Sequence[int]]) -> None:
        self._entries = entries
        self._measures = _in_several(entries, lines)
        self._tables: Mapping[int, list[int]] = defaultdict(list)

    def add(self, place: int, lines: Sequence[int]) -> None:
        """A table of which it is known which of its lines count."""
        for key in {key for index in lines for with_amount in (True, False) for key in self._keys(index, with_amount)}:
            self._tables[key].append(place)

    def stating(self, lines: Sequence[int], fewest: int, with_amount: bool) -> list[int]:
        """The tables that have at least so many of these lines in common, with an amount or only with a year."""
        met: Counter[int] = Counter()
        for index in lines:
            met.update({place for key in self._keys(index, with_amount) for place in self._tables.get(key, ())})
        return sorted(place for place, count in met.items() if count >= fewest)

    def _keys(self, index: int, with_amount: bool) -> Iterator[int]:
        entry, measure = self._entries[index], self._measures.get(index)
        for figure in entry.figures if measure is not None and entry.counted else ():
            if figure.statement is Statement.NUMBER and figure.repeats is None and (figure.eur or not with_amount):
                yield hash((measure, figure.column, figure.eur if with_amount else None))


def _in_several(entries: Sequence[Entry], lines: Iterable[Sequence[int]]) -> dict[int, int]:
    """The lines whose measure stands in more than one table, each with the hash of its group."""
    groups: list[tuple[int, int]] = []
    first: dict[int, int] = {}
    several: set[int] = set()
    for place, indexes in enumerate(lines):
        for index in indexes:
            group = hash(group_of(entries[index]))
            groups.append((index, group))
            if first.setdefault(group, place) != place:
                several.add(group)
    return {index: group for index, group in groups if group in several}
