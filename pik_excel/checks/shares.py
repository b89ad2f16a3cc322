"""Is a printed share the amount over the cost, rounded; if not, was it adjusted so that the shares make 100 %?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount
from pik_excel.budget.tables import Financing, FinancingPart
from pik_excel.grid.reference import Address
from pik_excel.records import dataclass
from pik_excel.schema import Schema

_RESIDUE = Decimal("1e-9")


@dataclass(frozen=True)
class Share:
    """A printed share (0.447 for 44,7 %) of `part` in `whole`; both may be off by `slack` because they are rounded."""

    label: str
    at: Address
    printed: Decimal
    digits: int  # decimals of the percentage as printed
    part: Decimal
    whole: Decimal
    part_at: Address
    slack: Decimal = Decimal(0)

    @property
    def exact(self) -> Decimal:
        """The share by calculation."""
        return self.part / self.whole

    @property
    def unit(self) -> Decimal:
        """One unit of the last printed decimal, as a share: 0.001 for 44,7 %."""
        return Decimal(1).scaleb(-self.digits - 2)

    @property
    def deviation(self) -> Decimal:
        """How far the printed share lies outside of what the part and the whole, rounded as they are, can give."""
        lowest = (self.part - self.slack) / (self.whole + self.slack)
        highest = (self.part + self.slack) / max(self.whole - self.slack, _RESIDUE)
        return max(lowest - self.printed, self.printed - highest, Decimal(0))


@dataclass(frozen=True)
class WrongShare:
    """A share that is not its amount over the cost. `adjusted`: by at most one unit, and all shares make 100 %."""

    share: Share
    adjusted: bool


def wrong_shares(shares: Sequence[Share], complete: bool) -> Iterator[WrongShare]:
    """The shares that are off by more than their rounding. `complete`: these are all the parts of the whole.

    None where all shares agree on another whole: they are then shares of that (the eligible cost, a subtotal).
    """
    wrong = [one for one in shares if one.deviation > one.unit / 2 + _RESIDUE]
    if len(wrong) > 1 and _agree_on_another_whole(shares):
        return
    makes_all = complete and sum(one.printed for one in shares) == 1
    yield from (WrongShare(one, adjusted=makes_all and one.deviation <= one.unit + _RESIDUE) for one in wrong)


def _agree_on_another_whole(shares: Sequence[Share]) -> bool:
    """Whether one whole gives every printed share within its rounding."""
    stated = [one for one in shares if one.printed > one.unit / 2]
    lowest = max((one.part / (one.printed + one.unit / 2) for one in stated), default=Decimal(0))
    highest = min((one.part / (one.printed - one.unit / 2) for one in stated), default=Decimal(0))
    return lowest <= highest


def main_parts(financing: Financing, schema: Schema) -> list[FinancingPart]:
    """The parts that make up the whole, without their "davon" rows."""
    memo = tuple(word.casefold() for word in schema.words.memo)
    return [part for part in financing.parts if not part.source.strip(" -–•").casefold().startswith(memo)]


def shares_of(financing: Financing, schema: Schema) -> tuple[list[Share], bool]:
    """The printed shares of a financing, and whether every part has one."""
    parts = main_parts(financing, schema)
    whole = _whole(financing, parts)
    if whole is None or whole <= 0:
        return [], False
    slack = slack_of([part.amount for part in parts])
    found = [
        Share(
            part.source,
            part.share_at or part.at,
            part.share,
            _digits(part.share, part.share_digits),
            amount,
            whole,
            part.amount.at,
            slack,
        )
        for part in parts
        if part.share is not None and (amount := part.amount.eur) is not None
    ]
    return found, len(found) == len(parts)


def slack_of(amounts: Sequence[Amount]) -> Decimal:
    """Half a unit of the last stated decimal, in EUR: amounts in TEUR or Mio. EUR are rounded, others are not."""
    rounded = [amount for amount in amounts if amount.unit.factor != 1 and amount.stated is not None]
    if not rounded:
        return Decimal(0)
    decimals = max(_decimals(amount.stated) for amount in rounded if amount.stated is not None)
    return max(amount.unit.factor for amount in rounded).scaleb(-decimals) / 2


def _decimals(stated: Decimal) -> int:
    if stated == stated.to_integral_value():
        return 0  # as nearly all
    return -int(stated.normalize().as_tuple().exponent)


def _whole(financing: Financing, parts: list[FinancingPart]) -> Decimal | None:
    """The total cost; where none is stated, what the parts add up to."""
    if financing.total is not None and financing.total.eur is not None:
        return financing.total.eur
    amounts = [part.amount.eur for part in parts]
    return sum((one for one in amounts if one is not None), Decimal(0)) if None not in amounts else None


def _digits(share: Decimal, printed: int | None) -> int:
    """The decimals of the percentage: as formatted, else as stored."""
    if printed is not None:
        return printed
    return max(-int((share * 100).normalize().as_tuple().exponent), 0)
