"""`index`: a need that rises by a rate every year from its base year on.

150.000 EUR in 2022, 2,5 % a year; in 2024:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {
    ...     "bedarf": cell(Decimal(150000), "Annahmen!$C5"),
    ...     "dynamisierung": cell(Decimal("0.025"), "Annahmen!$G5"),
    ...     "von": cell(Decimal(2022), "Annahmen!$E5"),
    ... }
    >>> term = RULE.amount(Terms(literal(2024), fields))
    >>> term.value, term.text
    (Decimal('157593.750000'), 'Annahmen!$C5*(1+Annahmen!$G5)^(2024-Annahmen!$E5)')

The base year is the one stated (Basisjahr), else the year from which the measure runs. Where no need is given, the last
stated amount rises, from its own year on.
"""

from __future__ import annotations

from pik_excel.projection.rules import Lacking, Rule, Terms
from pik_excel.projection.term import Term, literal, minus, plus, power, times


def amount(terms: Terms) -> Term:
    """Base × (1 + rate) ^ years since the base year."""
    base, since = _base(terms)
    growth = plus(literal(1), terms.needed("dynamisierung"))
    return times(base, power(growth, minus(terms.year, since)))


def _base(terms: Terms) -> tuple[Term, Term]:
    need = terms.stated("bedarf")
    if need is not None:
        return need, terms.needed("basisjahr", "von")
    if terms.last is None or terms.last_year is None:
        raise Lacking("bedarf")
    return terms.last, terms.stated("basisjahr") or terms.last_year


RULE = Rule("index", amount)
