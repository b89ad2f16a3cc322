"""Which findings does a text tell one by one, and which does it only count?

A rule that speaks at 100,000 cells of a sheet says the same 100,000 times. People read the first few; of the others
they want to know how many there are and where.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pik_excel.checks.finding import Finding
from pik_excel.grid.reference import area_of, column_letters
from pik_excel.language import plural
from pik_excel.records import dataclass

MOST = 25  # of one kind are all told: a page or two of paper
FIRST = 20  # of more than that, so that no less than six are left out

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
        areas = [area for one in self.findings if (area := area_of(one.range))]
        tops, lefts, bottoms, rights = zip(*areas, strict=True)
        columns = _span(column_letters(min(lefts)), column_letters(max(rights)))
        rows = _span(str(min(tops)), str(max(bottoms)))
        return ", ".join(
            (
                plural("Spalte {columns}", "Spalten {columns}", max(rights) - min(lefts) + 1).format(columns=columns),
                plural("Zeile {rows}", "Zeilen {rows}", max(bottoms) - min(tops) + 1).format(rows=rows),
            )
        )


def told(findings: Sequence[Finding]) -> Iterator[Finding | Others]:
    """The findings in their order; where some of a kind are left out, they stand together behind the last one told."""
    alike: dict[_Kind, list[Finding]] = defaultdict(list)
    for one in findings:
        alike[_kind(one)].append(one)
    number = Counter[_Kind]()
    for one in findings:
        kind = _kind(one)
        if len(alike[kind]) <= MOST:
            yield one
            continue
        number[kind] += 1
        if number[kind] <= FIRST:
            yield one
        if number[kind] == FIRST:
            yield Others(tuple(alike[kind][FIRST:]))


def singly(findings: Sequence[Finding], extent: Extent) -> Iterable[Finding]:
    """Those told one by one."""
    if extent == "first":
        return (one for one in told(findings) if isinstance(one, Finding))
    return findings if extent == "all" else ()


_Kind = tuple[str, str, str]


def _kind(one: Finding) -> _Kind:
    return one.sheet, one.code, one.severity.value  # an error of a rule is not left out behind its notices


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
