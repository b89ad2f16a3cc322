"""Which rows should each total add? Told from the order of rows and labels, never from a total's own formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from pik_excel.records import dataclass

Fits = Callable[[int, Sequence[int]], bool]
"""(total, rows) -> whether the rows add up to it; asked only where the order leaves several readings."""


_MOST_ABOVE = 5  # totals one right below the other; more of them are not the totals of what stands below


class Item(NamedTuple):
    """A row of a table as far as totals are concerned. `kind` is "head", "measure", "memo" or "total".

    `named_sub`: its label says that more follows ("Zwischensumme"). `below`: its own formula adds rows below it.
    `parts`: the rows below it that numbering or indentation makes its parts.
    """

    kind: str
    row: int
    label: str = ""
    named_sub: bool = False
    below: bool = False
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sum:
    """A total: the rows it should add, and whether it is a subtotal."""

    row: int
    rows: tuple[int, ...]
    subtotal: bool


def sums(items: Sequence[Item], fits: Fits | None = None) -> dict[int, Sum]:
    """For each total, by its row, what it should add."""
    if not any(item.kind == "total" for item in items):
        return {}
    if _stand_above(items):
        turned = _standing_below([item._replace(below=False) for item in _turned(items)], fits)
        return {row: replace(one, rows=tuple(sorted(one.rows))) for row, one in turned.items()}
    return _standing_below(_with_parts(items), fits)


def _stand_above(items: Sequence[Item]) -> bool:
    """Whether totals stand above what they add: the first row of all is a total, or a formula says so."""
    rows = [item for item in items if item.kind in {"measure", "total"}]
    totals = [item for item in rows if item.kind == "total" and not item.parts]
    if not totals or all(item.below for item in totals):
        return bool(totals)
    return rows[0] is totals[0] and rows[-1] is not totals[-1]


def _turned(items: Sequence[Item]) -> list[Item]:
    """The rows from the bottom, heads before what they head, so that totals above become totals below."""
    return [item for item in reversed(items) if item.kind != "head"]


def _with_parts(items: Sequence[Item]) -> list[Item]:
    """Totals whose formula adds rows below get the measures up to the next total or heading as their parts."""
    found = list(items)
    for index, item in enumerate(items):
        if item.kind == "total" and item.below and not item.parts:
            rows: list[int] = []
            for other in items[index + 1 :]:
                if other.kind in {"total", "head"}:
                    break
                rows += [other.row] if other.kind == "measure" else []
            found[index] = item._replace(parts=tuple(rows))
    return found


@dataclass(frozen=False)
class _Open:
    """The rows that a total further below may add."""

    rows: list[int]  # measures since the last total or head
    loose: list[int]  # measures that no subtotal covers
    subtotals: list[int]  # subtotals that no higher one covers
    headed: bool = False  # a heading stands between the last total and the measures

    def everything(self) -> list[int]:
        return sorted([*self.loose, *self.rows, *self.subtotals])


def _standing_below(items: Sequence[Item], fits: Fits | None) -> dict[int, Sum]:
    """Totals below what they add, but for those whose parts are known."""
    first = next(item for item in items if item.kind in {"measure", "total"})
    if first.kind == "total" and not first.parts and first is not items[-1]:
        return _first_of_all(items, fits)
    return _each_below(items, fits)


def _each_below(items: Sequence[Item], fits: Fits | None) -> dict[int, Sum]:
    """As `_standing_below`, where no total stands above all others."""
    found: dict[int, Sum] = {}
    open_ = _Open([], [], [])
    covered = {part for item in items for part in item.parts}
    rest = sum(item.kind == "total" and not item.parts for item in items)
    starts: dict[str, int] = {}  # position of the head of that name
    position = {item.row: index for index, item in enumerate(items)}
    last_measure = max((index for index, item in enumerate(items) if item.kind == "measure"), default=0)
    for index, item in enumerate(items):
        if item.kind == "head":
            open_.loose += open_.rows
            open_.rows = []
            open_.headed = True
            starts[_plain(item.label)] = index
        elif item.kind == "measure" and item.row not in covered:
            open_.rows.append(item.row)
        elif item.kind == "total" and item.parts:
            found[item.row] = Sum(item.row, item.parts, subtotal=True)
            if item.row not in covered:
                open_.rows.append(item.row)
        elif item.kind == "total":
            rest -= 1
            grand = rest == 0 and not item.named_sub and (index > last_measure or not found)
            head = None if grand else _named_head(item.label, starts)
            rows = _added_by(item, grand, head, open_, position, fits)
            found[item.row] = Sum(item.row, tuple(rows), subtotal=not grand)
    return found


def _first_of_all(items: Sequence[Item], fits: Fits | None) -> dict[int, Sum]:
    """The first row of all is the grand total, and the others stand below what they add. Where several totals come
    first, only their figures tell which of them add what stands below."""
    rows = [item for item in items if item.kind in {"measure", "total"}]
    above = list(takewhile(lambda item: item.kind == "total" and not item.parts, rows))
    if len(above) == len(rows):
        return _nothing_but_totals(above, fits)
    numbers = {item.row for item in above}
    rest = [item for item in items if item.row not in numbers]
    found = _each_below([*rest, above[0]], fits)
    every = found[above[0].row].rows
    for one in above if len(above) > 1 else ():
        adds = len(above) <= _MOST_ABOVE and (fits is None or fits(one.row, every))
        found[one.row] = Sum(one.row, every if adds else (), subtotal=one is not above[0])
    return found


def _nothing_but_totals(totals: Sequence[Item], fits: Fits | None) -> dict[int, Sum]:
    """What stands elsewhere is added up in these rows; the last of them may add the others."""
    *others, last = totals
    rows = tuple(item.row for item in others)
    adds = fits is not None and fits(last.row, rows)
    return {row: Sum(row, (), subtotal=True) for row in rows} | {last.row: Sum(last.row, rows if adds else (), False)}


def _added_by(
    item: Item, grand: bool, head: int | None, open_: _Open, position: dict[int, int], fits: Fits | None
) -> list[int]:
    """The rows that this total adds, which are then no longer open."""
    if grand or (not open_.rows and not open_.subtotals):
        rows = _all_that_is_open(item, open_, fits)
    elif head is not None:
        rows = [row for row in open_.everything() if position[row] > head]
    elif open_.rows:
        rows = _right_above(item, open_, fits)
    else:
        rows = _of_higher_level(item, open_, fits)
    taken = {*rows, *open_.rows}
    open_.loose = [row for row in open_.loose if row not in taken]
    if not taken.isdisjoint(open_.subtotals):
        open_.subtotals = [row for row in open_.subtotals if row not in taken]
    open_.subtotals.append(item.row)
    open_.rows, open_.headed = [], False
    return rows


def _all_that_is_open(item: Item, open_: _Open, fits: Fits | None) -> list[int]:
    """What the last total adds: all, unless it is only that of the last group, which has no other."""
    every = open_.everything()
    if fits is None or not open_.subtotals or not open_.rows or fits(item.row, every):
        return every
    return list(open_.rows) if fits(item.row, open_.rows) else every


def _right_above(item: Item, open_: _Open, fits: Fits | None) -> list[int]:
    """A total below measures adds these; where it rather states more, also the groups before that have no subtotal, or
    the subtotal that it carries on."""
    rows = list(open_.rows)
    if fits is None or fits(item.row, rows):
        return rows
    wider = [sorted([*open_.loose, *rows])] if open_.loose else []
    if open_.subtotals and not open_.headed and not item.named_sub:
        wider.append(sorted([open_.subtotals[-1], *rows]))
    return next((one for one in wider if fits(item.row, one)), rows)


def _of_higher_level(item: Item, open_: _Open, fits: Fits | None) -> list[int]:
    """A total right below a subtotal adds all that is open, unless it states the sum of the last subtotals alone."""
    every = sorted([*open_.subtotals, *open_.loose])
    if fits is None or fits(item.row, every):
        return every
    for count in range(1, len(every)):
        if fits(item.row, every[-count:]):
            return every[-count:]
    return every


def _named_head(label: str, starts: dict[str, int]) -> int | None:
    """The head whose name the total's label repeats: "Summe Sozialamt" below "Sozialamt"."""
    plain = _plain(label)
    named = [name for name in starts if len(name) > 3 and name in plain]
    return starts[max(named, key=len)] if named else None


def _plain(label: str) -> str:
    return " ".join(label.casefold().strip(" :.").split())
