"""What is a figure together with the Excel formula that gives it?

A rule is written once, with these terms; it then gives the amount in Decimal and the formula for the cell, so that the
two cannot drift apart:

    >>> stellen, satz = cell(Decimal("51.1"), "Annahmen!$H$5"), cell(Decimal(4600), "Annahmen!$I$5")
    >>> amount = rounded(times(stellen, satz), Unit.TEUR, 0)
    >>> amount.value, amount.text
    (Decimal('235'), 'ROUND(Annahmen!$H$5*Annahmen!$I$5/1000,0)')
"""

from __future__ import annotations

from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from pik_excel.budget.money import Unit, round_half_up

_ATOM, _POWER, _PRODUCT, _SUM = 9, 4, 3, 2


class Term(NamedTuple):
    """A figure and its formula (English function names, no "="). Money is in `unit`.

    `cell` is the one it was read from, `blank` marks one that holds nothing and counts as 0; `settled` is an amount as
    a table states it, which is not rounded again. `strength` says how tightly the outermost operator binds.
    """

    value: Decimal
    text: str
    unit: Unit = Unit.EUR
    cell: str = ""
    blank: bool = False
    settled: bool = False
    strength: int = _ATOM


class Condition(NamedTuple):
    """Whether something holds, and the formula that asks it."""

    holds: bool
    text: str


def cell(value: Decimal | None, reference: str, unit: Unit = Unit.EUR, settled: bool = False) -> Term:
    """A cell; None is a blank one."""
    figure = value if value is not None else Decimal(0)
    return Term(figure, reference, unit, reference, blank=value is None, settled=settled)


def literal(value: Decimal | int, unit: Unit = Unit.EUR) -> Term:
    """A number written into the formula itself."""
    return Term(Decimal(value), f"{Decimal(value):f}", unit, strength=_ATOM if value >= 0 else _SUM)


def plus(one: Term, other: Term) -> Term:
    """Both added, in the unit of `one`."""
    other = converted(other, one.unit)
    return Term(one.value + other.value, f"{_in(one, _SUM)}+{_in(other, _SUM)}", one.unit, strength=_SUM)


def minus(one: Term, other: Term) -> Term:
    """The difference, in the unit of `one`."""
    other = converted(other, one.unit)
    return Term(one.value - other.value, f"{_in(one, _SUM)}-{_in(other, _SUM + 1)}", one.unit, strength=_SUM)


def times(one: Term, other: Term) -> Term:
    """The product. One of them is money: what has no unit of its own (posts, a share) counts as EUR."""
    unit = other.unit if one.unit.factor == 1 else one.unit
    return Term(one.value * other.value, f"{_in(one, _PRODUCT)}*{_in(other, _PRODUCT)}", unit, strength=_PRODUCT)


def power(base: Term, exponent: Term) -> Term:
    """`base` to a whole number of times; 0 to a negative one, an error in Excel, is 0 here: no year needs it."""
    text = f"{_in(base, _POWER)}^{_in(exponent, _POWER + 1)}"
    years = int(exponent.value)
    value = base.value**years if base.value or years >= 0 else Decimal(0)
    return Term(value, text, base.unit, strength=_POWER)


def up(one: Term, other: Term) -> Term:
    """The quotient, rounded up to a whole number (away from 0, as Excel does)."""
    value = (one.value / other.value).to_integral_value(rounding=ROUND_UP)
    return Term(value, f"ROUNDUP({_in(one, _PRODUCT)}/{_in(other, _PRODUCT + 1)},0)", one.unit)


def least(one: Term, other: Term) -> Term:
    """The smaller of the two, in the unit of `one`."""
    other = converted(other, one.unit)
    return Term(min(one.value, other.value), f"MIN({one.text},{other.text})", one.unit)


def most(one: Term, other: Term) -> Term:
    """The larger of the two, in the unit of `one`."""
    other = converted(other, one.unit)
    return Term(max(one.value, other.value), f"MAX({one.text},{other.text})", one.unit)


def either(condition: Condition, then: Term, otherwise: Term) -> Term:
    """`then` where the condition holds; the unit is that of `then`."""
    chosen = then if condition.holds else otherwise
    return Term(chosen.value, f"IF({condition.text},{then.text},{otherwise.text})", then.unit)


def within(year: Term, first: Term | None, last: Term | None) -> Condition | None:
    """Whether the year lies from `first` to `last`, both included; a blank cell is no limit. None: no limit at all."""
    if not first and not last:
        return None
    limits = [_compared(year, ">=", first, "12,31")] if first else []
    if last:
        # A blank end would read as the year 0, so that the formula has to ask for it; a blank start may.
        before = _compared(year, "<=", last, "1,1")
        limits.append(f'OR({last.cell}="",{before})' if last.cell else before)
    text = limits[0] if len(limits) < 2 else f"AND({','.join(limits)})"
    return Condition(lies_within(year.value, first, last), text)


def lies_within(year: Decimal, first: Term | None, last: Term | None) -> bool:
    """Whether it does, without the formula that asks it."""
    begun = first is None or first.blank or year >= first.value
    return begun and (last is None or last.blank or year <= last.value)


def year_of(serial: Term, year: int) -> Term:
    """The year of a date cell, whose year is `year`."""
    return serial._replace(value=Decimal(year), text=f"YEAR({serial.text})")


def _compared(year: Term, operator: str, limit: Term, day: str) -> str:
    """The year against a limit; a cell with a date (see `year_of`) is compared as one, since a blank has no year."""
    if limit.cell and limit.text != limit.cell:
        return f"DATE({year.text},{day}){operator}{limit.cell}"
    return f"{year.text}{operator}{limit.text}"


def converted(term: Term, unit: Unit) -> Term:
    """The same money in another unit, not rounded."""
    if term.unit is unit:
        return term
    if term.text == "0":
        return term._replace(unit=unit)
    up, down = term.unit.factor, unit.factor
    if up == down:
        return term._replace(unit=unit)
    value = term.value * up / down
    if up > down:
        return Term(value, f"{_in(term, _PRODUCT)}*{up / down:f}", unit, strength=_PRODUCT)
    return Term(value, f"{_in(term, _PRODUCT)}/{down / up:f}", unit, strength=_PRODUCT)


def rounded(term: Term, unit: Unit, digits: int) -> Term:
    """The money in the unit of a table, rounded commercially; what a table states in that unit stays as it is."""
    inner = converted(term, unit)
    if inner is term and term.settled:
        return term
    return Term(round_half_up(inner.value, digits), f"ROUND({inner.text},{digits})", unit)


def _in(term: Term, strength: int) -> str:
    return term.text if term.strength >= strength else f"({term.text})"
