"""How does an amount rise from its base year on?

By one rate (Steigerung je Jahr) that holds every year:

    >>> from decimal import Decimal
    >>> from pik_excel.projection.term import cell, literal
    >>> fields = {"dynamisierung": cell(Decimal("0.025"), "Annahmen!$G$5"), "von": cell(Decimal(2022), "Annahmen!$E$5")}
    >>> need, year = cell(Decimal(150000), "Annahmen!$C$5"), literal(2024)
    >>> term = grown(need, Terms(year, fields), literal(2022))
    >>> term.value, term.text
    (Decimal('157593.750000'), 'Annahmen!$C$5*(1+Annahmen!$G$5)^(2024-2022)')

Or by a rate for each year (Orientierungsdaten), each in its own cell. A year later than all rates rises by the last:

    >>> rates = {2023: cell(Decimal("0.03"), "Annahmen!$C$20"), 2024: cell(Decimal("0.02"), "Annahmen!$D$20")}
    >>> term = grown(need, Terms(year, fields, rates=rates), literal(2022))
    >>> term.value, term.text
    (Decimal('157590.0000'), 'Annahmen!$C$5*(1+Annahmen!$C$20)*(1+Annahmen!$D$20)')

A base year that stands in a cell may be changed there, so that the formula asks for it:

    >>> grown(need, Terms(year, fields, rates=rates), fields["von"]).text
    'Annahmen!$C$5*(1+IF(2023>Annahmen!$E$5,Annahmen!$C$20,0))*(1+IF(2024>Annahmen!$E$5,Annahmen!$D$20,0))'
"""

from __future__ import annotations

from pik_excel.projection.rules import Lacking, Terms
from pik_excel.projection.term import Condition, Term, either, literal, minus, plus, power, times


def grown(base: Term, terms: Terms, since: Term) -> Term:
    """The base × (1 + rate) for each year after `since`. Before it one rate leads backwards, rates by year do not."""
    if terms.rates:
        return _by_year(base, terms, since)
    rate = plus(literal(1), terms.needed("dynamisierung"))
    return times(base, power(rate, minus(terms.year, since)))


def rises(terms: Terms) -> bool:
    """Whether the assumptions state a rate."""
    return bool(terms.rates) or terms.stated("dynamisierung") is not None


def base_year(terms: Terms) -> Term:
    """The base year that is stated, else the year from which the measure runs, else that of the last stated amount;
    raises `Lacking` where there is none."""
    found = terms.stated("basisjahr", "von") or terms.last_year
    if found is None:
        raise Lacking("basisjahr")
    return found


def _by_year(base: Term, terms: Terms, since: Term) -> Term:
    for year in range(min(terms.rates), int(terms.year.value) + 1):
        rate = terms.rates[max(one for one in terms.rates if one <= year)]
        after = Condition(year > since.value, f"{year}>{since.text}")
        if since.cell and since is not terms.last_year:  # nobody changes the year of a column
            rate = either(after, rate, literal(0))
        elif not after.holds:
            continue
        base = times(base, plus(literal(1), rate))
    return base
