"""`anteil`: a share of the total cost, at most the cap (Anteil an den Gesamtkosten, höchstens der Höchstbetrag).

OMID: 50 % of 649.412 EUR, at most 290.000 EUR:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {
    ...     "gesamtkosten": cell(Decimal(649412), "Finanzierung!$B$9"),
    ...     "anteil": cell(Decimal("0.5"), "Annahmen!$G$7"),
    ...     "hoechstbetrag": cell(Decimal(290000), "Annahmen!$H$7"),
    ... }
    >>> term = RULE.amount(Terms(literal(2022), fields))
    >>> term.value, term.text
    (Decimal('290000'), 'MIN(Annahmen!$G$7*Finanzierung!$B$9,Annahmen!$H$7)')

Without a total cost the need (Bedarf) is what the share comes to already, as the workbook states or computes it, and
only the cap is put on top.

A cost that rises (Steigerung je Jahr) takes the share along, up to the cap; the end (bis) is put around it as around
any rule. OMID without cap would need 331.200,12 EUR in 2023:

    >>> risen = fields | {"dynamisierung": cell(Decimal("0.02"), "Annahmen!$F$7"), "von": literal(2022)}
    >>> term = RULE.amount(Terms(literal(2023), risen))
    >>> term.value, term.text
    (Decimal('290000'), 'MIN(Annahmen!$G$7*Finanzierung!$B$9*(1+Annahmen!$F$7)^(2023-2022),Annahmen!$H$7)')

Where the Träger must pay a part of the cost (Eigenanteil mindestens), the share never takes more than the rest:

    >>> kept = {**fields, "anteil": literal(1), "mindesteigenanteil": cell(Decimal("0.6"), "Annahmen!$J$7")}
    >>> term = RULE.amount(Terms(literal(2022), kept))
    >>> term.value, term.text
    (Decimal('259764.8'), 'MIN(MIN(1,1-Annahmen!$J$7)*Finanzierung!$B$9,Annahmen!$H$7)')
"""

from __future__ import annotations

from pik_excel.projection.cells import OWN_AMOUNT
from pik_excel.projection.growth import base_year, grown, rises
from pik_excel.projection.rules import Rule, Terms
from pik_excel.projection.term import Term, least, literal, minus, most, times


def amount(terms: Terms) -> Term:
    """The share of the cost, at most what the own share leaves, and at most the cap."""
    found = _risen(_share(terms), terms)
    cost, own = terms.stated("gesamtkosten"), terms.stated(OWN_AMOUNT)
    if cost and own:
        found = least(found, most(minus(_risen(cost, terms), own), literal(0)))
    cap = terms.stated("hoechstbetrag")
    return least(found, cap) if cap else found


def _share(terms: Terms) -> Term:
    cost = terms.stated("gesamtkosten")
    if cost is None:
        return terms.needed("bedarf")
    share, own = terms.needed("anteil"), terms.stated("mindesteigenanteil")
    return times(least(share, minus(literal(1), own)) if own else share, cost)


def _risen(money: Term, terms: Terms) -> Term:
    return grown(money, terms, base_year(terms)) if rises(terms) else money


RULE = Rule("anteil", amount)
