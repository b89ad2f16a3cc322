"""Which findings does a text tell one by one, and which does it only count?

A rule that speaks at 100,000 cells of a sheet says the same 100,000 times. People read the first few; of the others
they want to know how many there are and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from pik_excel.checks.finding import Finding
from pik_excel.grid.reference import column_letters, column_number
from pik_excel.language import plural
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

MOST = 25  # of one kind are all told: a page or two of paper
FIRST = 20  # of more than that, so that no less than six are left out

_CORNER = pattern("([A-Z]+)([0-9]+)")

Extent = Literal["all", "first", "none"]
"""Which findings are told one by one: each, the first of each kind, none."""


@dataclass(frozen=True)
class Others:
    """The findings of one rule and severity on one sheet that are not told, in the order of their cells."""

    findings: tuple[Finding, ...]

    @property
    def sheet(self) -> str:
        """The sheet on which they lie."""
        return self.findings[0].sheet

    @property
    def first(self) -> str:
        """The first cell of the first of them."""
        return self.findings[0].range.partition(":")[0]

    @property
    def last(self) -> str:
        """The last cell of the last of them."""
        return self.findings[-1].range.rpartition(":")[2]

    @property
    def places(self) -> str:
        """The columns and rows in which all of them lie, in words."""
        corners = _CORNER.findall(" ".join(one.range for one in self.findings))
        columns, rows = {column_number(letters) for letters, _row in corners}, {int(row) for _letters, row in corners}
        left, right, top, bottom = min(columns), max(columns), min(rows), max(rows)
        across = _span(column_letters(left), column_letters(right))
        down = _span(str(top), str(bottom))
        return ", ".join(
            (
                plural("Spalte {columns}", "Spalten {columns}", right - left + 1).format(columns=across),
                plural("Zeile {rows}", "Zeilen {rows}", bottom - top + 1).format(rows=down),
            )
        )


def told(findings: Sequence[Finding]) -> Iterator[Finding | Others]:
    """The findings in their order; where some of a kind are left out, they stand together behind the last one told."""
    alike: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(findings):
        kind = one.sheet, one.code, one.severity.value  # an error of a rule is not left out behind its notices
        alike[kind].append(place)
    others = {places[FIRST - 1]: places[FIRST:] for places in alike.values() if len(places) > MOST}
    left_out = set(chain.from_iterable(others.values()))
    for place, one in enumerate(findings):
        if place not in left_out:
            yield one
        if place in others:
            yield Others(tuple(findings[each] for each in others[place]))


def singly(findings: Sequence[Finding], extent: Extent) -> Iterable[Finding]:
    """Those told one by one."""
    if extent == "first":
        return (one for one in told(findings) if isinstance(one, Finding))
    return findings if extent == "all" else ()


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
