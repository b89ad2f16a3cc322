"""What does `check` say of a workbook, and how much of it is right?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.quality.book import Place
from benchmarks.quality.formula import place_of
from benchmarks.quality.truth import Truth
from benchmarks.quality.workbook import Made


@dataclass(frozen=True)
class Said:
    """A finding, of whatever tool: where, under which code, how grave."""

    sheet: str
    range: str
    code: str
    severity: str
    message: str = ""

    def touches(self, truth: Truth) -> bool:
        """Whether it speaks of one of the cells at which the defect may be named."""
        if truth.anywhere:
            return True
        first, last = corners(self.range)
        return any(
            sheet == self.sheet and first[0] <= row <= last[0] and first[1] <= column <= last[1]
            for sheet, (row, column) in truth.cells
        )


def corners(area: str) -> tuple[Place, Place]:
    """First and last cell of "C3:C13"; nothing where it is no area."""
    first, _, last = area.replace("$", "").partition(":")
    try:
        return place_of(first), place_of(last or first)
    except (ValueError, IndexError):
        return (0, 0), (0, 0)


def said(path: Path) -> list[Said]:
    """The findings of this tool with the schema it has built in; a crash is a finding of its own."""
    from pik_excel.checks.catalogue import Subject, examine
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.schema import built_in

    schema = built_in()
    try:
        findings = examine(Subject(read_budget(read_workbook(path), schema), schema))
    except Exception as crash:  # whatever it is, it belongs into the table
        return [Said("", "A1", "CRASH", "error", repr(crash))]
    return [Said(one.sheet, one.range, one.code, one.severity.value, one.message) for one in findings]


def said_of(made: Made) -> list[Said]:
    """The findings of a workbook of the generator."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"mappe{made.suffix}"
        path.write_bytes(made.content)
        return said(path)


@dataclass(frozen=True)
class Outcome:
    """A planted workbook: found under its code (`exact`) or one as right, or only under another; what else was said."""

    found: bool
    exact: bool
    otherwise: tuple[str, ...]
    extra: tuple[Said, ...]  # errors and warnings that the defect does not explain


def judged(truth: Truth, findings: Iterable[Said]) -> Outcome:
    """The findings held against the truth."""
    right = {truth.code} | truth.same
    here = [one for one in findings if one.touches(truth)]
    found = any(one.code in right for one in here)
    others = sorted({one.code for one in here} - right)
    at_cell = set() if truth.anywhere else set(here)
    extra = [
        one
        for one in findings
        if one.severity != "notice" and one.code not in right | truth.beside and one not in at_cell
    ]
    exact = any(one.code == truth.code for one in here)
    return Outcome(found, exact, tuple(others), tuple(extra))


def wilson(found: int, all_: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score; 0 to 1 where nothing was tried."""
    if not all_:
        return 0.0, 1.0
    z = 1.959964
    share = found / all_
    middle = (share + z * z / (2 * all_)) / (1 + z * z / all_)
    half = z * sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_)) / (1 + z * z / all_)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass
class Tally:
    """How often a rule's defect was planted, found, and named otherwise only."""

    planted: int = 0
    found: int = 0
    exact: int = 0
    otherwise: int = 0
    layouts: Counter[str] = field(default_factory=Counter)
    forms: set[tuple[str, str]] = field(default_factory=set)
    missed: Counter[str] = field(default_factory=Counter)  # by layout

    def add(self, layout: str, form: str, outcome: Outcome) -> None:
        """One more workbook."""
        self.forms.add((layout, form))
        self.planted += 1
        self.layouts[layout] += 1
        self.found += outcome.found
        self.exact += outcome.exact
        if not outcome.found:
            self.missed[layout] += 1
            self.otherwise += bool(outcome.otherwise)
