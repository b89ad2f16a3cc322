"""Where do a table's names, amounts and totals stand? The facts a defect needs, noted as the table is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.quality.book import Place, Sheet
from benchmarks.quality.plan import Item, Unit, Year


@dataclass
class Head:
    """A column (or, with years down the side, a row) of amounts. `role`: year, amount (a column of money that is no
    year), ff, ve, davon, row_total, delta, share."""

    at: Place
    role: str
    year: Year | None = None


@dataclass
class Line:
    """A measure: its label, its amounts by head, and what else stands beside it, by role (nr, product, until …)."""

    item: Item
    label: Place
    amounts: dict[int, Place]
    beside: dict[str, Place] = field(default_factory=dict)
    memo: bool = False


@dataclass
class Added:
    """A cell that adds others: `parts` are the cells that it should add."""

    at: Place
    parts: list[Place]
    head: int
    made_of: str = "lines"  # or "totals"


@dataclass
class Total:
    """A total row (or column): its label and one cell a head. `level`: grand, subtotal, row."""

    label: Place
    cells: list[Added]
    level: str
    first: int = 0
    last: int = 0  # the lines it spans, by index


@dataclass
class Table:
    """One table of measures."""

    sheet: Sheet
    unit: Unit
    title: Place | None
    heads: list[Head]
    lines: list[Line]
    totals: list[Total]
    unit_at: list[Place] = field(default_factory=list)
    unit_by: str = "title"
    memos: list[Line] = field(default_factory=list)
    keys: list[Place] = field(default_factory=list)
    notes: list[tuple[str, Place]] = field(default_factory=list)  # mark and place of each footnote
    below: int = 0  # the next free row
    right: int = 0  # the last column
    down: bool = False  # years down the side
    long: bool = False  # a list of name, year, amount
    label_column: int = 1
    formulas: bool = False  # amounts computed from the year before
    decided: bool = False
    grants: bool = False  # every row is a grant to others

    def years(self) -> list[int]:
        """The heads of plain amounts, years above all."""
        return [index for index, head in enumerate(self.heads) if head.role in {"year", "amount"}]

    def dated(self) -> list[int]:
        """The heads that are plain years."""
        return [index for index, head in enumerate(self.heads) if head.role == "year"]

    def role(self, role: str) -> list[int]:
        """The heads of that role."""
        return [index for index, head in enumerate(self.heads) if head.role == role]

    def level(self, level: str) -> list[Total]:
        """The totals of that level."""
        return [total for total in self.totals if total.level == level]

    def adding(self, level: str = "") -> Iterator[tuple[Total, Added]]:
        """Every adding cell under a year column."""
        for total in self.totals:
            for cell in total.cells:
                if total.level == level or (not level and total.level != "row"):
                    yield total, cell

    def amounts(self) -> Iterator[tuple[Line, int, Place]]:
        """Every amount of a measure under a year."""
        for line in self.lines:
            for head in self.years():
                if head in line.amounts:
                    yield line, head, line.amounts[head]

    def typed(self) -> list[tuple[Line, int, Place]]:
        """The amounts that are typed numbers other than 0."""
        found = []
        for line, head, place in self.amounts():
            cell = self.sheet.cells.get(place)
            if cell is not None and cell.formula is None and isinstance(cell.value, int | Decimal) and cell.value:
                found.append((line, head, place))
        return found


@dataclass
class Financing:
    """How one measure's cost is paid: sources with amount and share, and the cost."""

    sheet: Sheet
    name: str
    parts: list[tuple[Place, Place, Place | None]]  # source, amount, share
    total: Place | None  # the cost or sum
    total_label: Place | None
    town: int = 0  # which part is the town's
    cap: Place | None = None  # Höchstbetrag
    most: Place | None = None  # highest share
    own: Place | None = None  # least own share
    own_part: int = 1
    eligible: list[Place] = field(default_factory=list)  # what the grant pays for
    kinds: list[tuple[Place, dict[str, Place]]] = field(default_factory=list)  # cost kinds with amounts by source
    shares_typed: bool = True


@dataclass
class Post:
    """Posts × rate = amount."""

    label: Place
    posts: Place
    rate: Place
    amount: Place


@dataclass
class Posts:
    """A table of posts."""

    sheet: Sheet
    rows: list[Post]
    total: dict[str, Place]


@dataclass
class Figure:
    """A performance figure by year, with its parts."""

    label: Place
    values: list[Place]
    parts: list[tuple[Place, list[Place]]]
    whole: bool  # the parts are declared to make up the whole


@dataclass
class Figures:
    """A table of performance figures."""

    sheet: Sheet
    rows: list[Figure]


@dataclass
class Grant:
    """A grant with its period and the time limit for proving its use."""

    sheet: Sheet
    name: Place
    start: Place
    end: Place
    months: Place
    due: Place


@dataclass
class Terms:
    """Assumptions a measure: paid until, needed until, share, cap."""

    sheet: Sheet
    rows: list[dict[str, Place]]


@dataclass
class Facts:
    """All that stands in a workbook."""

    tables: list[Table] = field(default_factory=list)
    financings: list[Financing] = field(default_factory=list)
    posts: list[Posts] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    form: str = ""  # how the tables look, where one layout comes in several forms
    successors: list[tuple[Table, Table]] = field(default_factory=list)  # decided, then announced
    needs: list[tuple[Table, tuple[Place, Place, Place]]] = field(default_factory=list)  # the same, within one row
    trios: list[tuple[Table, Table, Table]] = field(default_factory=list)  # provided, additional, whole


def need_of(facts: Facts, line: Line) -> Decimal:
    """The measure's highest amount in any table, in EUR."""
    stated = [
        abs(amount) * table.unit.factor
        for table in facts.tables
        for one in table.lines
        if one.item.name == line.item.name
        for amount in one.item.amounts
        if amount
    ]
    return max(stated, default=Decimal(line.item.entry.size))
