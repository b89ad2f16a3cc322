"""`stellen_satz`: posts × rate a post and year (Stellen × Satz).

Sachkostenpauschale, 51,1 posts at 4.600 EUR:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {"stellen": cell(Decimal("51.1"), "Annahmen!$H5"), "satz": cell(Decimal(4600), "Annahmen!$I5")}
    >>> term = RULE.amount(Terms(literal(2023), fields))
    >>> term.value, term.text
    (Decimal('235060.0'), 'Annahmen!$H5*Annahmen!$I5')
"""

from __future__ import annotations

from pik_excel.projection.rules import Rule, Terms
from pik_excel.projection.term import Term, times


def amount(terms: Terms) -> Term:
    """Posts × rate."""
    return times(terms.needed("stellen"), terms.needed("satz"))


RULE = Rule("stellen_satz", amount)
