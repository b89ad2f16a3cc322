"""How does one year's need become another's? The bridge (Überleitung): each measure's change, closing to 0.

In the council paper, with the measures that are already financed as in 2021: 1.156 − 227 − 20 − 18 = 891, +16 −20 = 887
in 2022, +27 = 914 in 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pik_excel.grid.reference import Address
from pik_excel.projection.record import ProjectedMeasure, Projection


class Change(Enum):
    """What happens to a measure from one year to the other; the order is that of the bridge."""

    DROPPED = "dropped"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True)
class Step:
    """One measure's change in EUR as stated, and where its amounts stand."""

    measure: str
    change: Change
    amount: Decimal
    before: Address | None
    after: Address | None


@dataclass(frozen=True)
class Bridge:
    """From `start` to `end`, in EUR. `rest` is what the steps leave: 0, or it is a bug."""

    from_year: int
    to_year: int
    start: Decimal
    steps: tuple[Step, ...]
    end: Decimal

    @property
    def rest(self) -> Decimal:
        """What the steps do not explain."""
        return self.end - self.start - sum((step.amount for step in self.steps), Decimal(0))

    def after(self, change: Change) -> Decimal:
        """Where the bridge stands when all steps up to this sort of change are taken: 891 after what was dropped."""
        order = list(Change)
        taken = (step.amount for step in self.steps if order.index(step.change) <= order.index(change))
        return self.start + sum(taken, Decimal(0))


def bridge(projection: Projection, from_year: int, to_year: int) -> Bridge:
    """The bridge between two years of a projection; what is not stated counts as 0."""
    steps = [step for measure in projection.measures if (step := _step(measure, from_year, to_year)) is not None]
    order = list(Change)
    return Bridge(
        from_year,
        to_year,
        _need(projection, from_year),
        tuple(sorted(steps, key=lambda step: order.index(step.change))),
        _need(projection, to_year),
    )


def _step(measure: ProjectedMeasure, from_year: int, to_year: int) -> Step | None:
    before, after = measure.amount(from_year), measure.amount(to_year)
    old, new = before.value or Decimal(0), after.value or Decimal(0)
    if old == new:
        return None
    change = Change.CHANGED if old and new else Change.NEW if new else Change.DROPPED
    return Step(measure.name, change, new - old, before.at, after.at)


def _need(projection: Projection, year: int) -> Decimal:
    return sum((measure.amount(year).value or Decimal(0) for measure in projection.measures), Decimal(0))
