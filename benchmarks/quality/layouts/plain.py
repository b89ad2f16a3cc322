"""Measures by years under one header row, the total below."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import Plan, plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table on one sheet."""
    return _table(book, random, needs, plan(random, few=random.random() < 0.4))


def negative(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """The same, with expenses negative throughout, as finance systems show them."""
    announced = plan(random, few=random.random() < 0.4)
    groups = tuple(
        (title, tuple(replace(one, amounts=tuple(-abs(a) if a else a for a in one.amounts)) for one in items))
        for title, items in announced.groups
    )
    return _table(book, random, needs, replace(announced, groups=groups))


def _table(book: Book, random: Random, needs: frozenset[str], announced: Plan) -> Facts:
    look = shape(random, needs, head=random.choice(("single", "with_unit")))
    sheet = book.sheet(random.choice(("Anmeldung", announced.department.short, "Maßnahmen", "Übersicht")))
    return Facts(tables=[block(sheet, announced, look, random, top=random.choice((1, 1, 3)))])
