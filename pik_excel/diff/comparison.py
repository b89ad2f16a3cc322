"""What changed from one side to the other: by measure and year, and for each year the bridge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pik_excel.budget.bridge import Bridge, Position, bridge
from pik_excel.budget.tables import Kind
from pik_excel.diff.matching import Matching, Pair
from pik_excel.diff.sides import Item, Period, Side
from pik_excel.errors import BadConfiguration
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.records import dataclass

_BUDGETED_FIRST = (Kind.ESTIMATE, Kind.PLAN, Kind.UNSTATED, Kind.RESULT)


@dataclass(frozen=True)
class Span:
    """The year of either side that are compared, mostly the same one, and which sort of figure of it."""

    old: Period
    new: Period

    @property
    def shown(self) -> str:
        """ "2024", or "2021 → 2022"."""
        return str(self.new[0]) if self.old[0] == self.new[0] else f"{self.old[0]} → {self.new[0]}"

    @property
    def same_kind(self) -> bool:
        """Whether like is compared with like. An estimate, a plan and a figure that does not say are all budgeted."""
        return (self.old[1] is Kind.RESULT) == (self.new[1] is Kind.RESULT)


@dataclass(frozen=True)
class Difference:
    """A measure in a year, in EUR. None: nothing is stated there; `known` False: a cell that cannot be read."""

    span: Span
    before: Decimal | None
    after: Decimal | None
    before_at: Address | None
    after_at: Address | None
    known: bool = True

    @property
    def amount(self) -> Decimal:
        """The change; what is not stated counts as 0."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True)
class Comparison:
    """Two sides, who is who, and the years that are compared. `only_old` and `only_new` are years of one side alone."""

    old: Side
    new: Side
    matching: Matching
    spans: tuple[Span, ...]
    only_old: tuple[int, ...]
    only_new: tuple[int, ...]

    def differences(self, pair: Pair) -> tuple[Difference, ...]:
        """The years in which a measure changed, or could not be read."""
        found = (_difference(pair.old, pair.new, span) for span in self.spans)
        return tuple(one for one in found if one.amount or not one.known)

    @property
    def differs(self) -> bool:
        """Whether anything is dropped, new or changed."""
        changed = any(self.differences(pair) for pair in self.matching.pairs)
        return changed or bool(self.matching.dropped or self.matching.new)

    def bridge(self, span: Span) -> Bridge:
        """From the old need to the new one: between the totals stated where both sides state one."""
        start, end = self.old.totals.get(span.old), self.new.totals.get(span.new)
        both = start is not None and end is not None
        return bridge(self._positions(span), start if both else None, end if both else None)

    def _positions(self, span: Span) -> Iterator[Position]:
        for pair in self.matching.pairs:
            one = _difference(pair.old, pair.new, span)
            yield Position(pair.new.name, one.before, one.after, one.before_at, one.after_at)
        for item in self.matching.dropped:
            yield Position(item.name, item.amounts.get(span.old), None, item.cells.get(span.old), None)
        for item in self.matching.new:
            yield Position(item.name, None, item.amounts.get(span.new), None, item.cells.get(span.new))


def compared(old: Side, new: Side, matching: Matching, years: Iterable[tuple[int, int]] = ()) -> Comparison:
    """The comparison of two sides whose measures are matched; `years` are an old and a new one each, or else all that
    both sides have. Raises `BadConfiguration` for a year that a side does not have."""
    first, second = _kinds(old), _kinds(new)
    wanted = tuple(years) or tuple((year, year) for year in sorted(first.keys() & second.keys()))
    for before, after in wanted:
        _must_have(before, first, old)
        _must_have(after, second, new)
    return Comparison(
        old,
        new,
        matching,
        tuple(_span(before, first[before], after, second[after]) for before, after in wanted),
        tuple(sorted(first.keys() - second.keys())),
        tuple(sorted(second.keys() - first.keys())),
    )


def _must_have(year: int, kinds: Mapping[int, set[Kind]], side: Side) -> None:
    if year not in kinds:
        raise BadConfiguration(
            "no-such-year",
            _("{side}: das Jahr {year} steht dort nicht.").format(side=side.shown, year=year),
            _("Dort stehen: {years}.").format(years=", ".join(map(str, sorted(kinds)))),
        )


def _kinds(side: Side) -> Mapping[int, set[Kind]]:
    kinds: dict[int, set[Kind]] = {}
    for year, kind in side.periods:
        kinds.setdefault(year, set()).add(kind)
    return kinds


def _span(before: int, old: set[Kind], after: int, new: set[Kind]) -> Span:
    common = next((kind for kind in _BUDGETED_FIRST if kind in old and kind in new), None)
    return Span(
        (before, common if common is not None else min(old, key=_BUDGETED_FIRST.index)),
        (after, common if common is not None else min(new, key=_BUDGETED_FIRST.index)),
    )


def _difference(old: Item, new: Item, span: Span) -> Difference:
    return Difference(
        span,
        old.amounts.get(span.old),
        new.amounts.get(span.new),
        old.cells.get(span.old),
        new.cells.get(span.new),
        known=span.old not in old.unknown and span.new not in new.unknown,
    )
