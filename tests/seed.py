"""The council paper itself, read from its text: three tables and single figures, without a word of the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tests.conftest import SHARED, needs

PAPER = SHARED / "seed" / "mitteilungsvorlage-2021-06-24.txt"
_STARS = re.compile(r"^\*+(?=\S)")


@dataclass(frozen=True)
class Table:
    """A table as it is printed: its rows of cells, header first, and the notes beneath it."""

    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def row(self, name: str) -> tuple[str, ...]:
        """The cells behind that name."""
        (found,) = (row[1:] for row in self.rows if row[0] == name)
        return found

    def figures(self, name: str) -> tuple[int | None, ...]:
        """The figures behind that name; None where nothing is printed."""
        return tuple(int(cell.replace(".", "")) if cell else None for cell in self.row(name))


@cache
def text() -> str:
    """The whole paper."""
    needs("shared folder", PAPER.is_file())
    return PAPER.read_text(encoding="utf-8")


@cache
def tables() -> tuple[Table, Table, Table]:
    """Decided, additional, provided: the tables whose header speaks of measures."""
    lines = text().splitlines()
    found = []
    for start in (number for number, line in enumerate(lines) if line.startswith("Maßnahme/")):
        end = next(number for number in range(start, len(lines)) if "\t" not in lines[number])
        rows = [line.split("\t") for line in lines[start:end]]
        width = max(map(len, rows))
        notes = []
        for line in filter(None, lines[end:]):
            if not _STARS.match(line):
                break
            notes.append(line)
        found.append(Table(tuple((*row, *[""] * (width - len(row))) for row in rows), tuple(notes)))
    decided, additional, provided = found
    return decided, additional, provided


def stated(pattern: str) -> Decimal:
    """The figure that the paper states where the pattern's only group is: 16.271.218,33 is 16271218.33."""
    matches = set(re.findall(pattern, text()))
    assert len(matches) == 1, (pattern, matches)
    return Decimal(matches.pop().replace(".", "").replace(",", "."))
