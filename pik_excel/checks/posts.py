"""Is posts × rate what is stated, and how many posts would fit?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pik_excel.budget.money import is_multiple
from pik_excel.budget.names import undated_key
from pik_excel.budget.tables import Assumption, Posts
from pik_excel.checks.assumed import names_of, rule_of
from pik_excel.checks.catalogue import Subject
from pik_excel.grid.reference import Address
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Mismatch:
    """Posts, rate and the stated amount in EUR, which is rounded to `slack` either way."""

    name: str
    at: Address
    stated: Decimal
    posts: Decimal
    rate: Decimal
    slack: Decimal
    related: tuple[Address, ...]

    @property
    def product(self) -> Decimal:
        """Posts × rate."""
        return self.posts * self.rate

    @property
    def fitting(self) -> tuple[Decimal, ...]:
        """The numbers of posts, to one decimal, that give the stated amount; the nearest two are tried."""
        exact = self.stated / self.rate
        nearest = {(exact * 10).to_integral_value(rounding=mode) / 10 for mode in (ROUND_FLOOR, ROUND_CEILING)}
        return tuple(sorted(one for one in nearest if abs(one * self.rate - self.stated) <= self.slack))


def mismatches(subject: Subject) -> Iterator[Mismatch]:
    """The posts tables first, then the rows of "Annahmen" for measures that stand in none of them."""
    known: set[str] = set()
    for posts in subject.reading.budget.posts:
        if _has_all(posts):
            known.add(undated_key(posts.name))
            yield from _mismatch(posts.name, posts, "ansatz")
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            if rule_of(row, subject.schema) == "stellen_satz" and not names_of(row) & known:
                yield from _mismatch(row.measure, row, "bedarf")


def _has_all(posts: Posts) -> bool:
    return all((field := posts.field(key)) and field.decimal is not None for key in ("stellen", "satz", "ansatz"))


def _mismatch(name: str, source: Posts | Assumption, amount: str) -> Iterator[Mismatch]:
    fields = [source.field(key) for key in (amount, "stellen", "satz")]
    stated, posts, rate = (field.decimal if field else None for field in fields)
    at = [field.at for field in fields if field]
    if stated is None or not posts or not rate:
        return
    found = Mismatch(name, at[0], stated, posts, rate, _slack(stated), tuple(at[1:]))
    if all(abs(stated - found.product * times) > found.slack for times in _periods(source)):
        yield found


def _slack(stated: Decimal) -> Decimal:
    """Half a unit: an amount in whole tens, hundreds or thousands is taken for one that was rounded so."""
    return next(Decimal(unit) for unit in (1000, 100, 10, 1) if is_multiple(stated, unit) or unit == 1) / 2


def _periods(source: Posts | Assumption) -> Iterator[Decimal]:
    """The times that the rate may be due: once, in each month, or over the period that the record states."""
    yield Decimal(1)
    yield Decimal(12)
    months = source.field("foerderzeitraum_monate")
    if months and months.decimal:
        yield months.decimal / 12
    for begin, end in (("von", "bis"), ("foerderzeitraum_von", "foerderzeitraum_bis")):
        first, last = (field.value if (field := source.field(key)) else None for key in (begin, end))
        if isinstance(first, date) and isinstance(last, date):
            yield Decimal((last.year - first.year) * 12 + last.month - first.month + 1) / 12
