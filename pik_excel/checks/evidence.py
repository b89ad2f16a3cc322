"""Is a typed number what a formula gives, and how much does their agreement prove?

People type results as they read them, rounded. Two small numbers are equal by chance, two long ones are not: what
counts is how many digits agree.
"""

from __future__ import annotations

from decimal import Decimal

from pik_excel.budget.money import round_half_up, same_money

_ONE = Decimal(1)


def agrees(typed: Decimal, computed: Decimal) -> bool:
    """Whether the typed number is the computed one, as exact as it was typed."""
    if same_money(typed, computed):
        return True
    if abs(typed - computed) > _ONE:
        return False  # as nearly always
    unit = min(_ONE.scaleb(-decimals(typed)), _ONE)
    if decimals(typed) and proof(typed, computed) >= 3 and 0 <= abs(computed) - abs(typed) < unit:
        return typed * computed > 0  # cut off
    return bool(typed) and abs(typed - computed) <= unit / 2 and proof(typed, computed) >= 2


def proof(typed: Decimal, computed: Decimal) -> int:
    """How many digits their agreement confirms: none for 0, one for 3000, four for 12.35.

    The zeros of 3000 prove nothing, unless the computation went into decimals to give them: 99.98 typed as 100.
    """
    if typed and decimals(computed) and not decimals(typed):
        return typed.adjusted() + 1
    return len(typed.normalize().as_tuple().digits) if typed else 0


def decimals(value: Decimal) -> int:
    """The places behind the point, as written."""
    return max(0, -int(value.as_tuple().exponent))


def as_exact_as(computed: Decimal, stated: Decimal) -> Decimal:
    """The computed number for people: two places more than the stated one has."""
    places = min(decimals(stated) + 2, 25 - max(0, computed.adjusted()))
    return round_half_up(computed, places).normalize() if places > 0 else computed


def is_near(typed: Decimal, computed: Decimal) -> bool:
    """Whether the typed number was meant to be the computed one: within a hundredth of it."""
    return abs(typed - computed) * 100 <= abs(computed)
