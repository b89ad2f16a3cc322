"""What is an amount of money, in which unit, and how is it rounded?

Money is Decimal, taken from the digits of the stored number. Rounding is commercial (kaufmännisch, ROUND_HALF_UP,
DIN 1333) and happens only at display and write-back.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from pik_excel.grid.reference import Address


class Unit(Enum):
    """The unit in which a table states its amounts (Einheit): a currency, its thousands or its millions."""

    EUR = "EUR"
    TEUR = "TEUR"
    MIO = "Mio. EUR"
    CHF, TCHF, MIO_CHF = "CHF", "TCHF", "Mio. CHF"
    GBP, TGBP, MIO_GBP = "GBP", "TGBP", "Mio. GBP"
    USD, TUSD, MIO_USD = "USD", "TUSD", "Mio. USD"
    PLN, TPLN, MIO_PLN = "PLN", "TPLN", "Mio. PLN"
    CZK, TCZK, MIO_CZK = "CZK", "TCZK", "Mio. CZK"
    DKK, TDKK, MIO_DKK = "DKK", "TDKK", "Mio. DKK"
    SEK, TSEK, MIO_SEK = "SEK", "TSEK", "Mio. SEK"
    NOK, TNOK, MIO_NOK = "NOK", "TNOK", "Mio. NOK"

    @cached_property
    def currency(self) -> str:
        """Its code: "EUR"."""
        return self.value[-_CODE:]

    @cached_property
    def factor(self) -> Decimal:
        """EUR per unit, or whatever its currency is."""
        return _FACTORS[self.value[:-_CODE]]

    @cached_property
    def digits(self) -> int:
        """Decimals to which amounts in it are stated at most."""
        return _DIGITS[self.value[:-_CODE]]

    def of(self, currency: str) -> Unit:
        """As many of another currency: TEUR of CHF is TCHF."""
        return Unit(f"{self.value[:-_CODE]}{currency}")


_CODE = 3  # letters of a currency
_FACTORS = {"": Decimal(1), "T": Decimal(1000), "Mio. ": Decimal(1_000_000)}
_DIGITS = {"": 2, "T": 3, "Mio. ": 6}


class Statement(Enum):
    """What a cell of an amount column says. Blank, 0, "–" and "k. A." are four different statements and stay so."""

    __hash__ = object.__hash__  # each is there once; asked for each of 100,000 amounts

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"  # "–": nothing, said on purpose
    NOT_GIVEN = "not given"  # "k. A.": there is an amount and it is not known
    ERROR = "error"  # #REF!, #DIV/0! …
    UNREADABLE = "unreadable"  # text that is no number
    NOT_STORED = "not stored"  # a formula without a stored value


class Amount(NamedTuple):
    """An amount of money and the cell it stands in. A NamedTuple because a large table has 100,000 of them.

    `stated` is the number as the cell shows it, in `unit`; None unless `statement` is NUMBER.
    """

    at: Address
    statement: Statement
    stated: Decimal | None
    unit: Unit
    formula: str | None = None  # without "=", None for a typed value
    text: str | None = None  # the cell's text where a number stands as text, or where it is unreadable
    style: int = 0
    other_reading: Decimal | None = None  # "8,500" read the English way, where nothing decides which is meant

    @property
    def eur(self) -> Decimal | None:
        """The amount in EUR, or whatever the currency of its unit is; None where the cell states no number."""
        return None if self.stated is None else self.stated * self.unit.factor

    @property
    def typed(self) -> bool:
        """Whether a person typed it: a number that is not a formula."""
        return self.statement is Statement.NUMBER and self.formula is None


_ONE, _RESIDUE = Decimal(1), Decimal("1e-9")
_ANY_LENGTH = Context(prec=5000)  # an amount may be 1e308, and a product of such ones longer


def round_half_up(value: Decimal, digits: int = 0) -> Decimal:
    """Commercial rounding: 65.5 becomes 66, -65.5 becomes -66."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_ANY_LENGTH)


def is_multiple(value: Decimal, of: Decimal | int) -> bool:
    """Whether the value is so and so many of them, however large it is: `%` fails beyond 28 digits."""
    return not _ANY_LENGTH.remainder(value, Decimal(of))


def median(amounts: Iterable[Decimal]) -> Decimal:
    """The one in the middle, or the mean of the two; that of the standard library takes as long to import as a small
    workbook to read."""
    ordered = sorted(amounts)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def same_money(one: Decimal, other: Decimal) -> bool:
    """Equal but for the residues of binary arithmetic (0.1+0.2): within 1e-9 of the larger, at least 1e-9."""
    return one == other or abs(one - other) <= max(abs(one), abs(other), _ONE) * _RESIDUE
