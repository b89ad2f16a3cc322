"""`uebertrag`: a row takes over what the year before came to, by its own formula filled to the right.

"Stand 01.01." of 2028 is "Stand 31.12." of 2027. What that is depends on other rows, not on the measure's assumptions,
so the rule gives nothing by itself: see `projection.carried`.

>>> from pik_excel.projection.term import literal
>>> RULE.amount(Terms(literal(2022), {})) is None
True
"""

from __future__ import annotations

from pik_excel.projection.rules import Rule, Terms


def amount(_terms: Terms) -> None:
    """None: it is what the rows of the year before come to."""


RULE = Rule("uebertrag", amount, limited=False, steady=True)
