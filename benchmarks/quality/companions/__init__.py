"""Which further sheets accompany a table of measures? Each builder adds its sheet and what it knows about it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.quality.book import Book
from benchmarks.quality.companions import assumptions, figures, financing, grant, posts
from benchmarks.quality.table import Facts

Companion = Callable[[Book, Facts, Random, frozenset[str]], None]

COMPANIONS: dict[str, Companion] = {
    "assumptions": assumptions.add,
    "financing": financing.add,
    "posts": posts.add,
    "grant": grant.add,
    "figures": figures.add,
}
