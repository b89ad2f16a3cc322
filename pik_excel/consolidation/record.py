"""What is known of several workbooks together: each measure with its figures, and each file with what became of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import NamedTuple

from pik_excel.budget.money import Statement, Unit
from pik_excel.budget.tables import Status
from pik_excel.errors import PikError
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.records import dataclass

INCOMPLETE = frozenset(("not-readable", "columns-unclear"))
"""Codes of the notes by which amounts are missing in the totals."""


class Column(NamedTuple):
    """A column of amounts. What was spent (`result`) stands apart from what is planned for the same year, "2027 ff."
    apart from 2027; `year` is None for amounts of which nothing states the year."""

    year: int | None
    result: bool = False
    open_ended: bool = False

    @property
    def order(self) -> tuple[int, int]:
        """Results first, then the years, then what is open-ended, at last what has no year."""
        return (0 if self.result else 3 if self.year is None else 2 if self.open_ended else 1), self.year or 0

    @property
    def is_added(self) -> bool:
        """Whether a sum over the years takes it: never results, "ff." or what has no year."""
        return self.order[0] == 1

    @property
    def shown(self) -> str:
        """Its heading in the language in force."""
        if self.year is None:
            return _("ohne Jahr (Ist)") if self.result else _("ohne Jahr")
        return _("Ist {year}").format(year=self.year) if self.result else f"{self.year}{' ff.' * self.open_ended}"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell states; `eur` is None unless it is a number. `repeats`: it states again what that cell does, and is
    not counted. `projected`: its formula takes the assumptions. `text`: what stands there instead of a number."""

    column: Column
    at: Address
    statement: Statement
    eur: Decimal | None
    unit: Unit
    text: str | None = None
    formula: bool = False
    projected: bool = False
    repeats: Address | None = None


class WhyNot(Enum):
    """Why a line is shown and not counted."""

    COUNTED = ""
    REVENUE = "revenue"
    OTHER_STAGE = "other-stage"
    OTHER_COLUMN = "other-column"
    COLUMN_UNCLEAR = "column-unclear"
    REPEATS = "repeats"
    STAGES_OF_LISTED = "stages-of-listed"
    OTHER_CURRENCY = "other-currency"

    @property
    def shown(self) -> str:
        """The reason in the language in force."""
        return {
            WhyNot.COUNTED: "",
            WhyNot.REVENUE: _("Ertrag, kein Bedarf"),
            WhyNot.OTHER_STAGE: _("anderer Stand desselben Betrags zählt"),
            WhyNot.OTHER_COLUMN: _("Gesamtkosten oder Geld anderer"),
            WhyNot.COLUMN_UNCLEAR: _("mehrere Betragsspalten; welche zählt, steht nirgends"),
            WhyNot.REPEATS: _("steht schon in einer anderen Tabelle"),
            WhyNot.OTHER_CURRENCY: _("Beträge in anderer Währung"),
            WhyNot.STAGES_OF_LISTED: _("Beratungsstand von Maßnahmen, die in einer Tabelle nach Jahren zählen"),
        }[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the overview: a measure as one table states it, with one status."""

    at: Address
    table: str  # "Maßnahmen!A4:G11"
    department: str  # "" where the workbook does not say
    number: int | None
    name: str
    key: str  # the name as it is compared
    product: str | None
    product_name: str | None
    account: str | None
    account_name: str | None
    status: Status
    stage: str  # the head of its column, where a list's column has no status
    revenue: bool
    figures: tuple[Figure, ...]
    why_not: WhyNot = WhyNot.COUNTED

    @property
    def counted(self) -> bool:
        """Whether totals add it."""
        return self.why_not is WhyNot.COUNTED

    @property
    def group(self) -> str | None:
        """The account group: 430 and 4318 are of 43; None where the account does not begin with two digits."""
        digits = (self.account or "").strip()[:2]
        return digits if len(digits) == 2 and digits.isdigit() and digits.isascii() else None


@dataclass(frozen=True)
class Taken:
    """A table whose measures are in the overview."""

    at: str
    family: str
    unit: Unit | None
    measures: int
    department_from: str  # what says whose it is: a cell, a sheet's or the file's name; "" where nothing does


@dataclass(frozen=True)
class LeftOut:
    """A part of a workbook that is not in the overview, and why; `grave` where amounts may be missing by it."""

    at: str
    code: str
    why: str
    grave: bool = False


@dataclass(frozen=True)
class Note:
    """Something that a person must know of before trusting the totals: where, what, what to do."""

    code: str
    where: tuple[str, ...]
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Gathered:
    """What one workbook gives."""

    entries: tuple[Entry, ...] = ()
    taken: tuple[Taken, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Source:
    """One file. `refused` is why it gives nothing; `codes` are how many findings each rule has, the gravest first;
    `same_as` is the file of which this is a copy, byte for byte."""

    path: PurePath
    sha256: str | None = None
    day: date | None = None  # of its last change
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    codes: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()
    gathered: Gathered = Gathered()
    refused: PikError | None = None
    same_as: PurePath | None = None

    @property
    def complete(self) -> bool:
        """Whether all of it that may hold amounts was read and is counted."""
        found = self.gathered
        doubtful = any(one.grave for one in found.left_out) or any(note.code in INCOMPLETE for note in found.notes)
        return self.refused is None and not self.unread and not doubtful


@dataclass(frozen=True)
class Line:
    """An entry, its running number, its file and the spelling under which it is grouped."""

    number: int
    source: int
    entry: Entry
    department: str
    product: str
    account: str


@dataclass(frozen=True)
class Consolidation:
    """All files together. Amounts are shown in `unit` with `digits` decimals, which lose nothing."""

    sources: tuple[Source, ...]
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    unit: Unit
    digits: int
    notes: tuple[Note, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        """In the order of the lines."""
        return tuple(dict.fromkeys(line.department for line in self.lines))

    @property
    def added(self) -> tuple[Column, ...]:
        """The columns that a sum over the years takes."""
        return tuple(column for column in self.columns if column.is_added)
