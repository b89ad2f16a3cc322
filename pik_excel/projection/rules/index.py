"""`index`: a need that rises by a rate every year from its base year on.

150.000 EUR in 2022, 2,5 % a year; in 2024:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {
    ...     "bedarf": cell(Decimal(150000), "Annahmen!$C$5"),
    ...     "dynamisierung": cell(Decimal("0.025"), "Annahmen!$G$5"),
    ...     "von": cell(Decimal(2022), "Annahmen!$E$5"),
    ... }
    >>> term = RULE.amount(Terms(literal(2024), fields))
    >>> term.value, term.text
    (Decimal('157593.750000'), 'Annahmen!$C$5*(1+Annahmen!$G$5)^(2024-Annahmen!$E$5)')

The base year is the one stated (Basisjahr), else the year from which the measure runs. Where no need is given, the
amount to go on from (Ausgangsbetrag) rises from that year, else the last stated one from its own year on. A cap
(Höchstbetrag) is never passed:

    >>> capped = fields | {"hoechstbetrag": cell(Decimal(155000), "Annahmen!$K$5")}
    >>> term = RULE.amount(Terms(literal(2024), capped))
    >>> term.value, term.text
    (Decimal('155000'), 'MIN(Annahmen!$C$5*(1+Annahmen!$G$5)^(2024-Annahmen!$E$5),Annahmen!$K$5)')

Rates may differ from year to year, see `growth`.
"""

from __future__ import annotations

from pik_excel.projection.growth import base_year, grown
from pik_excel.projection.rules import Lacking, Rule, Terms
from pik_excel.projection.term import Term, least


def amount(terms: Terms) -> Term:
    """Base × (1 + rate) ^ years since the base year, at most the cap."""
    cap, risen = terms.stated("hoechstbetrag"), grown(*_base(terms))
    return least(risen, cap) if cap else risen


def _base(terms: Terms) -> tuple[Term, Terms, Term]:
    need = terms.stated("bedarf")
    if need is not None:
        return need, terms, terms.needed("basisjahr", "von")
    amount = terms.stated("ausgangsbetrag")
    if amount is not None:
        return amount, terms, terms.stated("basisjahr") or terms.last_year or base_year(terms)
    if terms.last is None or terms.last_year is None:
        raise Lacking("bedarf")
    return terms.last, terms, terms.stated("basisjahr") or terms.last_year


RULE = Rule("index", amount)
