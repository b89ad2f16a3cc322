"""`liste`: only what is typed counts; a year without an amount stays blank.

>>> from pik_excel.projection.term import literal
>>> RULE.amount(Terms(literal(2022), {})) is None
True
"""

from __future__ import annotations

from pik_excel.projection.rules import Rule, Terms


def amount(_terms: Terms) -> None:
    """None: what is not typed is not known."""


RULE = Rule("liste", amount, limited=False, steady=True)
