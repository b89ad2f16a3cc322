"""`stellen_satz`: posts × rate a post and year (Stellen × Satz).

Sachkostenpauschale, 51,1 posts at 4.600 EUR:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {"stellen": cell(Decimal("51.1"), "Annahmen!$H$5"), "satz": cell(Decimal(4600), "Annahmen!$I$5")}
    >>> term = RULE.amount(Terms(literal(2023), fields))
    >>> term.value, term.text
    (Decimal('235060.0'), 'Annahmen!$H$5*Annahmen!$I$5')

Where no posts are stated, they follow from the cases (Fallzahl) and the ratio (Schlüssel 1:120), in whole posts. The
social counselling of the paper, 2.400 persons at 90.000 EUR a post:

    >>> fields = {
    ...     "fallzahl": cell(Decimal(2400), "Annahmen!$N$6"),
    ...     "schluessel": cell(Decimal(120), "Annahmen!$O$6"),
    ...     "satz": cell(Decimal(90000), "Annahmen!$M$6"),
    ... }
    >>> term = RULE.amount(Terms(literal(2023), fields))
    >>> term.value, term.text
    (Decimal('1800000'), 'ROUNDUP(Annahmen!$N$6/Annahmen!$O$6,0)*Annahmen!$M$6')

A rate of increase (Steigerung je Jahr) raises the rate a post from the base year on, and a cap (Höchstbetrag) is never
passed:

    >>> risen = fields | {
    ...     "dynamisierung": cell(Decimal("0.03"), "Annahmen!$G$6"),
    ...     "basisjahr": cell(Decimal(2023), "Annahmen!$H$6"),
    ...     "hoechstbetrag": cell(Decimal(1850000), "Annahmen!$K$6"),
    ... }
    >>> term = RULE.amount(Terms(literal(2024), risen))
    >>> term.value, term.text.startswith("MIN(ROUNDUP(")
    (Decimal('1850000'), True)
"""

from __future__ import annotations

from pik_excel.projection.growth import base_year, grown, rises
from pik_excel.projection.rules import Rule, Terms
from pik_excel.projection.term import Term, least, times, up


def amount(terms: Terms) -> Term:
    """Posts × rate, risen where a rate of increase is stated, at most the cap."""
    found = times(_posts(terms), terms.needed("satz"))
    if rises(terms):
        found = grown(found, terms, base_year(terms))
    cap = terms.stated("hoechstbetrag")
    return least(found, cap) if cap else found


def _posts(terms: Terms) -> Term:
    """As stated, else cases ÷ ratio, rounded up."""
    posts = terms.stated("stellen")
    ratio = terms.stated("schluessel")
    if posts is not None or ratio is None or not ratio.value:
        return terms.needed("stellen")
    return up(terms.needed("fallzahl"), ratio)


RULE = Rule("stellen_satz", amount)
