"""VE, "davon" and "ff." columns beside the years, "davon" rows below measures."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table with at least one of them, and a total column where there is "ff."."""
    announced = plan(random)
    tail: list[str] = [role for role in ("ff", "ve", "davon") if role in needs] or [
        random.choice(("ff", "ve", "davon"))
    ]
    tail += [role for role in ("delta", "share") if role in needs]
    if "row_total" in needs or random.random() < 0.5:
        tail.append("row_total")
    rows = "memo_rows" in needs or random.random() < 0.4
    look = shape(random, needs, tail=tuple(tail), memo_rows=rows, key_rows=False, dash=False)
    sheet = book.sheet(random.choice(("Haushaltsplan", "VE-Übersicht", announced.department.short)))
    return Facts(tables=[block(sheet, announced, look, random)])
