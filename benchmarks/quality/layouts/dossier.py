"""A whole file: measures, assumptions, financing, posts and performance figures, each on a sheet of its own."""

from __future__ import annotations

from random import Random

from benchmarks.quality.book import Book
from benchmarks.quality.companions import COMPANIONS
from benchmarks.quality.layouts import plain
from benchmarks.quality.table import Facts


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """The plain table and every companion."""
    facts = plain.build(book, random, needs)
    for companion in COMPANIONS.values():
        companion(book, facts, random, needs)
    return facts
