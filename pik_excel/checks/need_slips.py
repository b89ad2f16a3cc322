"""Which amounts of a need are in another unit than the rest says?

The sum of provided and additional need says it of a single amount. Of a whole row, which adds up in any unit, the other
rows say it, where all its amounts stand far above theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Unit, is_multiple
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.needs import Comparison, Part, needs
from pik_excel.checks.runs import once
from pik_excel.records import dataclass

_THOUSAND = Decimal(1000)
_ALONE = 100  # all amounts of the row exceed all others of their columns by this factor,
_ALONE_IN_MILLIONS = 20  # or this one
_PEERS = 3  # other rows
_WITHIN = 2  # and a thousandth of its total is this near to the smallest or largest of the others


@dataclass(frozen=True)
class NeedSlip:
    """An amount in the wrong unit, what was meant (as stated), and the amounts that say so."""

    name: str
    part: Part
    meant: Decimal
    evidence: tuple[Decimal, ...]
    by: str  # "need", "column"


@once
def need_slips(subject: Subject) -> tuple[NeedSlip, ...]:
    """All of them."""
    return tuple(slip for group in needs(subject) for slip in (*_by_sum(group), *_by_rows(group)))


def _by_sum(group: Sequence[Comparison]) -> Iterator[NeedSlip]:
    for one in group:
        found = None if one.sums else one.in_another_unit
        if found is not None:
            part, meant = found
            others = tuple(other.stated for other in _parts(one) if other is not part)
            yield NeedSlip(one.name, part, meant / part.unit.factor, others, "need")


def _by_rows(group: Sequence[Comparison]) -> Iterator[NeedSlip]:
    """In EUR a million is an amount like any other, so only where the table is not in EUR."""
    rows = [one for one in group if not one.sums and not one.differs and one.total.eur]
    if len(rows) <= _PEERS:
        return
    top = max(rows, key=lambda one: abs(one.total.eur))
    others = [one for one in rows if one is not top]
    parts = [part for part in _parts(top) if part.eur]
    if _is_usual(top, others) and all(_is_far_above(part, _beside(part, top, others)) for part in parts):
        for part in parts:
            largest = max(abs(other.stated) for other in _beside(part, top, others))
            yield NeedSlip(top.name, part, part.stated / _THOUSAND, (largest,), "column")


def _is_far_above(part: Part, others: Sequence[Part]) -> bool:
    sizes = [abs(other.stated) for other in others]
    value = abs(part.stated)
    in_millions = part.unit.factor == Unit.MIO.factor
    whole = is_multiple(value, 1 if in_millions else _THOUSAND)
    return (
        len(sizes) >= _PEERS
        and part.unit.factor != 1
        and whole
        and value >= (_ALONE_IN_MILLIONS if in_millions else _ALONE) * max(sizes)
    )


def _is_usual(one: Comparison, others: Sequence[Comparison]) -> bool:
    """Whether a thousandth of the row is a need like any other."""
    sizes = [abs(other.total.eur) for other in others]
    return min(sizes) / _WITHIN <= abs(one.total.eur) / _THOUSAND <= max(sizes) * _WITHIN


def _beside(part: Part, own: Comparison, others: Sequence[Comparison]) -> list[Part]:
    """The amounts of the other rows that are the same kind of need."""
    if part is own.total:
        return [one.total for one in others]
    kinds = [one.provided if part is own.provided else one.additional for one in others]
    return [one for one in kinds if one and one.eur]


def _parts(one: Comparison) -> list[Part]:
    return [part for part in (one.provided, one.additional, one.total) if part]
