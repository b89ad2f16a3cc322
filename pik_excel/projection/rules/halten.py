"""`halten`: a measure goes on with the last amount that is stated for it.

OMID has 290 TEUR in 2021 and nothing is said of 2022:

    >>> from decimal import Decimal
    >>> from pik_excel.budget.money import Unit
    >>> from pik_excel.projection.term import cell, literal
    >>> term = RULE.amount(Terms(literal(2022), {}, last=cell(Decimal(290), "$C7", Unit.TEUR), last_year=literal(2021)))
    >>> term.value, term.text
    (Decimal('290'), '$C7')

An amount to go on from (Ausgangsbetrag) that the assumptions state takes its place; where nothing was ever stated, the
need (Bedarf) is what is kept.
"""

from __future__ import annotations

from pik_excel.projection.rules import Rule, Terms
from pik_excel.projection.term import Term


def amount(terms: Terms) -> Term:
    """The amount to go on from, the last stated one, else the need."""
    return terms.stated("ausgangsbetrag") or terms.last or terms.needed("bedarf")


RULE = Rule("halten", amount, limited=False, steady=True)
