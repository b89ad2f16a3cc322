"""Two header rows: the unit or the kind stands above the years, merged."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import block, shape
from benchmarks.quality.book import Book
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table on one sheet; the unit stands in the upper header row or elsewhere."""
    announced = plan(random)
    head = random.choice(("stacked_unit", "stacked_unit", "stacked_kind"))
    unit_by = "head" if head == "stacked_unit" else random.choice(("title", "above"))
    sheet = book.sheet(random.choice(("Budget", "Maßnahmenliste", f"THH {announced.department.office}")))
    look = shape(random, needs, head=head, unit_by=unit_by)
    return Facts(tables=[block(sheet, announced, look, random, top=random.choice((1, 2, 5)))])
