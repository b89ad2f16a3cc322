"""Row totals and column totals that meet in one corner."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table with a total column; groups at times."""
    announced = plan(random, count=random.randint(3, 5))
    wanted = tuple(role for role in ("ff", "ve", "davon", "delta", "share") if role in needs)
    look = shape(
        random, needs, tail=("row_total", *wanted), groups=random.choice((0, 0, 1)), key_rows=False, dash=False
    )
    sheet = book.sheet(random.choice(("Kreuzsumme", "Haushaltsplanung", announced.department.short)))
    return Facts(tables=[block(sheet, announced, look, random)])
