"""Measures by years under one header row, the total below."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table on one sheet."""
    announced = plan(random, few=random.random() < 0.4)
    look = shape(random, needs, head=random.choice(("single", "with_unit")))
    sheet = book.sheet(random.choice(("Anmeldung", announced.department.short, "Maßnahmen", "Übersicht")))
    return Facts(tables=[block(sheet, announced, look, random, top=random.choice((1, 1, 3)))])
