"""How does one need become another? The bridge (Überleitung): each measure's change, and what no measure explains.

In the council paper, with the measures that are already financed as in 2021: 1.156 − 227 − 20 − 18 = 891, +16 −20 = 887
in 2022, +27 = 914 in 2023.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.records import dataclass


class Change(Enum):
    """What happens to a measure from one side to the other; the order is that of the bridge."""

    DROPPED = "dropped"
    NEW = "new"
    CHANGED = "changed"

    @property
    def shown(self) -> str:
        """The word in the language in force."""
        return {Change.DROPPED: _("weggefallen"), Change.NEW: _("neu"), Change.CHANGED: _("geändert")}[self]


@dataclass(frozen=True)
class Position:
    """A measure on both sides, in EUR; what is not stated is None and counts as 0."""

    measure: str
    before: Decimal | None
    after: Decimal | None
    before_at: Address | None = None
    after_at: Address | None = None


@dataclass(frozen=True)
class Step:
    """One measure's change in EUR as stated, where its amounts stand, and what they are on both sides."""

    measure: str
    change: Change
    amount: Decimal
    before: Address | None
    after: Address | None
    old: Decimal | None = None
    new: Decimal | None = None


@dataclass(frozen=True)
class Bridge:
    """From `start` to `end`, in EUR."""

    start: Decimal
    steps: tuple[Step, ...]
    end: Decimal

    @property
    def rest(self) -> Decimal:
        """What the steps do not explain: 0 between sums of measures; between the totals that two tables state, what
        these totals are off their rows."""
        return self.end - self.start - sum((step.amount for step in self.steps), Decimal(0))

    def after(self, change: Change) -> Decimal:
        """Where the bridge stands when all steps up to this sort of change are taken: 891 after what was dropped."""
        order = list(Change)
        taken = (step.amount for step in self.steps if order.index(step.change) <= order.index(change))
        return self.start + sum(taken, Decimal(0))


def bridge(positions: Iterable[Position], start: Decimal | None = None, end: Decimal | None = None) -> Bridge:
    """The bridge over these measures, from the sum of one side to the sum of the other unless totals are given."""
    positions = tuple(positions)
    order = list(Change)
    steps = sorted((step for one in positions if (step := _step(one))), key=lambda step: order.index(step.change))
    return Bridge(
        _sum(one.before for one in positions) if start is None else start,
        tuple(steps),
        _sum(one.after for one in positions) if end is None else end,
    )


def _step(position: Position) -> Step | None:
    old, new = position.before or Decimal(0), position.after or Decimal(0)
    if old == new:
        return None
    change = Change.CHANGED if old and new else Change.NEW if new else Change.DROPPED
    places = position.before_at, position.after_at
    return Step(position.measure, change, new - old, *places, position.before, position.after)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
