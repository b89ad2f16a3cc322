"""Which measure of one side is which of the other?

By the same name, by a name on record (aliases of "Annahmen" and of `pik-excel.toml`, or what the user says), and by
nothing else. Measures that only resemble each other are proposed for a person to confirm, the same number helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pik_excel.budget.names import likely_pairs, resemblance, undated_key
from pik_excel.diff.sides import Item
from pik_excel.records import dataclass

NUMBER_HELPS = 0.25
"""How much less two names need to resemble each other where the measures carry the same number and product."""
MANY = 400
"""Unmatched measures on a side from which no likeness is sought: it would take minutes and propose nonsense."""


@dataclass(frozen=True)
class Pair:
    """The same measure on both sides. `renamed`: on record under another name."""

    old: Item
    new: Item

    @property
    def renamed(self) -> bool:
        """Whether its name is another one."""
        return self.old.key != self.new.key


@dataclass(frozen=True)
class Matching:
    """Who is who. `proposals` are among `dropped` and `new`: nothing is merged that nobody confirmed."""

    pairs: tuple[Pair, ...]
    dropped: tuple[Item, ...]
    new: tuple[Item, ...]
    proposals: tuple[Pair, ...]


def matched(old: Sequence[Item], new: Sequence[Item], names: Iterable[Iterable[str]], similar: float) -> Matching:
    """Match the measures; `names` are groups of names that are on record as one measure's."""
    same = _one_name_each(names)
    pairs: list[Pair] = []
    waiting: dict[tuple[str, str | None], list[Item]] = {}
    for item in new:
        waiting.setdefault((same.get(item.key, item.key), item.product), []).append(item)
    left: list[Item] = []
    for item in old:
        found = _taken(waiting, same.get(item.key, item.key), item.product)
        if found is None:
            left.append(item)
        else:
            pairs.append(Pair(item, found))
    matched_new = {id(pair.new) for pair in pairs}
    right = [item for item in new if id(item) not in matched_new]
    return Matching(tuple(pairs), tuple(left), tuple(right), tuple(_proposed(left, right, similar)))


def itself(items: Iterable[Item]) -> Matching:
    """Each measure with itself: for two years of one side."""
    return Matching(tuple(Pair(item, item) for item in items), (), (), ())


def _taken(waiting: dict[tuple[str, str | None], list[Item]], key: str, product: str | None) -> Item | None:
    """The next one of that name: of that product, or where only one side says a product, of any."""
    exact = waiting.get((key, product))
    if exact:
        return exact.pop(0)
    others = [group for (name, other), group in waiting.items() if name == key and group and not (other and product)]
    return others[0].pop(0) if len(others) == 1 else None


def _one_name_each(names: Iterable[Iterable[str]]) -> Mapping[str, str]:
    same: dict[str, str] = {}
    for group in names:
        keys = {undated_key(name) for name in group}
        stands = min({same.get(key, key) for key in keys}, default="")
        merged = {same.get(key, key) for key in keys}
        same.update({key: stands for key, value in same.items() if value in merged})
        same.update(dict.fromkeys(keys, stands))
    return same


def _proposed(left: Sequence[Item], right: Sequence[Item], similar: float) -> list[Pair]:
    if len(left) > MANY or len(right) > MANY:
        return []
    found = likely_pairs([one.name for one in left], [one.name for one in right], similar)
    proposals = [Pair(left[i], right[j]) for i, j in found]
    taken = {id(item) for pair in proposals for item in (pair.old, pair.new)}
    for one in left:
        same_number = [
            other
            for other in right
            if one.number is not None and (other.number, other.product) == (one.number, one.product)
        ]
        if len(same_number) != 1 or {id(one), id(same_number[0])} & taken:
            continue
        if resemblance(one.name, same_number[0].name) >= similar - NUMBER_HELPS:
            proposals.append(Pair(one, same_number[0]))
            taken |= {id(one), id(same_number[0])}
    return proposals
