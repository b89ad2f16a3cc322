"""Groups with subtotals, and subtotals of subtotals."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table of two or three groups."""
    announced = plan(random)
    levels = random.choice((1, 1, 2)) if len(announced.groups) > 2 else 1
    function = levels == 1 and "memo_rows" not in needs and random.random() < 0.3
    memo = False if function else "memo_rows" in needs
    look = shape(random, needs, groups=levels, key_rows=False, subtotal_function=function, memo_rows=memo)
    sheet = book.sheet(random.choice(("Teilhaushalt", "Produktgruppen", announced.department.short)))
    return Facts(tables=[block(sheet, announced, look, random, top=random.choice((1, 4)))])
