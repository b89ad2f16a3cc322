"""How is a finding known again when the workbook has been worked on?

Not by its cell, which moves with every inserted row: by the rule, the sheet, what heads the cell's row and column, and
what the rule itself calls it. Findings that are alike in all of that are counted, from the top.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet, Value, Workbook

Named = tuple[str, Address, tuple[str, ...]]
"""A rule's code, the finding's cell and its identity."""


def fingerprints(workbook: Workbook, findings: Iterable[Named]) -> Iterator[str]:
    """For each finding, in their order, 16 hexadecimal digits; no two are the same."""
    findings = tuple(findings)
    places: dict[str, list[Address]] = {}
    for _code, at, _identity in findings:
        places.setdefault(at.sheet, []).append(at)
    headings = {name: _Headings(workbook, name, there) for name, there in places.items()}
    alike: Counter[tuple[str, ...]] = Counter()
    for code, at, identity in findings:
        what = (code, at.sheet, *headings[at.sheet].of(at), *identity)
        alike[what] += 1
        yield hashlib.sha256("\x1f".join((*what, str(alike[what]))).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class _Headings:
    """What heads the rows and columns in which a sheet has findings."""

    def __init__(self, workbook: Workbook, name: str, places: Sequence[Address]) -> None:
        self.rows = {at.row: "" for at in places}
        self.columns: dict[int, list[tuple[int, str]]] = {at.column: [] for at in places}
        self.words: dict[int, list[str]] = {}  # by column and entry, the nearest words so far
        if sheet := workbook.sheet(name):
            self._read(sheet)

    def of(self, at: Address) -> tuple[str, str, str]:
        """The first text of the row, the nearest text above the cell, and what stands at the top of its column."""
        column = self.columns[at.column]
        above = bisect_left(column, (at.row, ""))
        nearest = self.words[at.column][above - 1] if above else ""
        return self.rows[at.row], nearest, column[0][1] if above else ""

    def _read(self, sheet: Sheet) -> None:
        for number in self.rows:
            cells = sorted(sheet.cells.row(number).items())
            texts = (_shown(cell.value) for _column, cell in cells if isinstance(cell.value, str))
            self.rows[number] = next(filter(None, texts), "")
        lines = sorted(sheet.cells.by_row)
        for number, entries in self.columns.items():
            for row, value in zip(lines, sheet.cells.column(number, lines), strict=True):
                if value is None or (entries and isinstance(value, Decimal) and "E" not in str(value)):
                    continue  # no words: most cells below the first
                if (shown := _shown(value)) and (not entries or _is_words(shown)):
                    entries.append((row, shown))
            shown_so_far = accumulate(
                (shown for _row, shown in entries), lambda nearest, shown: shown if _is_words(shown) else nearest,
                initial="",
            )  # fmt: skip
            self.words[number] = list(shown_so_far)[1:]


def _shown(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split()).casefold()


def _is_words(shown: str) -> bool:
    return any(letter.isalpha() for letter in shown)
