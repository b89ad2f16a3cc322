"""`befristet`: a measure needs its amount until an end, and 0 afterwards.

Jobkraftwerk needs 65.500 EUR in 2022 and 2023:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> term = RULE.amount(Terms(literal(2022), {"bedarf": cell(Decimal(65500), "Annahmen!$C$5")}))
    >>> term.value, term.text
    (Decimal('65500'), 'Annahmen!$C$5')

Where no need is given, the last stated amount goes on until the end.
"""

from __future__ import annotations

from pik_excel.projection.rules import Lacking, Rule, Terms
from pik_excel.projection.term import Term


def amount(terms: Terms) -> Term:
    """The need (Bedarf), else the amount to go on from (Ausgangsbetrag), else the last stated one."""
    found = terms.stated("bedarf", "ausgangsbetrag") or terms.last
    if found is None:
        raise Lacking("bedarf")
    return found


RULE = Rule("befristet", amount, limited=False, steady=True)
