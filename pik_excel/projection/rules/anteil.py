"""`anteil`: a share of the total cost, at most the cap (Anteil an den Gesamtkosten, höchstens der Höchstbetrag).

OMID: 50 % of 649.412 EUR, at most 290.000 EUR:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {
    ...     "gesamtkosten": cell(Decimal(649412), "Finanzierung!$B9"),
    ...     "anteil": cell(Decimal("0.5"), "Annahmen!$G7"),
    ...     "hoechstbetrag": cell(Decimal(290000), "Annahmen!$H7"),
    ... }
    >>> term = RULE.amount(Terms(literal(2022), fields))
    >>> term.value, term.text
    (Decimal('290000'), 'MIN(Annahmen!$G7*Finanzierung!$B9,Annahmen!$H7)')

Without a total cost the need (Bedarf) is what the share comes to already, as the workbook states or computes it, and
only the cap is put on top.
"""

from __future__ import annotations

from pik_excel.projection.rules import Rule, Terms
from pik_excel.projection.term import Term, least, times


def amount(terms: Terms) -> Term:
    """The share of the cost, at most the cap."""
    share = _share(terms)
    cap = terms.stated("hoechstbetrag")
    return least(share, cap) if cap else share


def _share(terms: Terms) -> Term:
    cost = terms.stated("gesamtkosten")
    return times(terms.needed("anteil"), cost) if cost else terms.needed("bedarf")


RULE = Rule("anteil", amount)
