"""The total stands above its rows, as in many Swiss and some German plans."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table whose first row below the header is the total."""
    announced = plan(random, few=True)
    look = shape(random, needs, total="top", key_rows=False, memo_rows=False)
    sheet = book.sheet(random.choice(("Gesamtübersicht", announced.department.short, "Ansätze")))
    return Facts(tables=[block(sheet, announced, look, random)])
