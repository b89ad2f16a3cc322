"""What is a workbook before it is written? Sheets of cells with formulas and styles, still to be changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Place = tuple[int, int]
"""Row and column, both from 1."""


class Fault(str):
    """An error value such as #REF!."""

    __slots__ = ()


Value = None | str | bool | int | Decimal | date | Fault


@dataclass(frozen=True)
class Style:
    """How a cell looks."""

    number: str = "General"
    bold: bool = False
    italic: bool = False
    fill: str = ""
    top: bool = False
    border: bool = False
    align: str = ""
    wrap: bool = False
    indent: int = 0
    size: int = 0
    colour: str = ""
    unlocked: bool = False


PLAIN = Style()


@dataclass
class Cell:
    """A value, or a formula without its equals sign. `written` is the formula as the file has it where that differs
    (structured references); `pinned` a stored value that is not what the formula gives."""

    value: Value = None
    formula: str | None = None
    style: Style = PLAIN
    written: str | None = None
    pinned: Value = None
    is_pinned: bool = False
    quoted: bool = False  # the apostrophe in front of a number typed as text


@dataclass
class ExcelTable:
    """A ListObject over header and body, with or without its totals row."""

    name: str
    first: Place
    last: Place
    totals_row: bool = False


@dataclass
class Sheet:
    """A worksheet."""

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    freeze: Place | None = None
    hidden: bool = False
    filter: tuple[Place, Place] | None = None
    tables: list[ExcelTable] = field(default_factory=list)
    lists: list[tuple[Place, Place, tuple[str, ...]]] = field(default_factory=list)  # drop-downs
    marks: list[tuple[Place, Place, str]] = field(default_factory=list)  # conditional formats
    charts: list[tuple[Place, str, Place, Place, Place, Place]] = field(default_factory=list)
    landscape: bool = False
    print_rows: tuple[int, int] | None = None
    footer: str = ""
    colour: str = ""
    protected: bool = False

    def put(self, place: Place, value: Value, style: Style = PLAIN) -> Place:
        """A value at a place."""
        self.cells[place] = Cell(value=value, style=style)
        return place

    def calc(self, place: Place, formula: str, style: Style = PLAIN, written: str | None = None) -> Place:
        """A formula at a place."""
        self.cells[place] = Cell(formula=formula, style=style, written=written)
        return place

    def cell(self, place: Place) -> Cell:
        """The cell there, made on first use."""
        return self.cells.setdefault(place, Cell())

    def retype(self, place: Place, value: Value) -> None:
        """A value typed over whatever stands there; the style stays."""
        self.cells[place] = Cell(value=value, style=self.cell(place).style)

    def reformulate(self, place: Place, formula: str) -> None:
        """A formula typed over whatever stands there; the style stays."""
        self.cells[place] = Cell(formula=formula, style=self.cell(place).style)

    @property
    def last_row(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self.cells), default=0)


@dataclass
class Book:
    """A workbook; `parts` are parts of the package that XlsxWriter cannot write."""

    title: str
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    manual: bool = False
    settings: dict[str, str] = field(default_factory=dict)  # further attributes of calcPr
    epoch_1904: bool = False
    attachments: list[str] = field(default_factory=list)  # "link:Name.xlsx", "connection", "macro"

    def sheet(self, name: str) -> Sheet:
        """A new sheet; the name is cut to what Excel allows and made unique."""
        wanted, number = name.replace("/", "-")[:28], 2
        while any(one.name == wanted for one in self.sheets):
            wanted, number = f"{name[:25]} {number}", number + 1
        self.sheets.append(Sheet(wanted))
        return self.sheets[-1]

    def named(self, name: str) -> Sheet:
        """The sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def letters(column: int) -> str:
    """A, B, … for a column."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def a1(place: Place, fixed: str = "") -> str:
    """The address of a place; `fixed` holds "c" and "r" where column and row take a dollar."""
    return f"{'$' * ('c' in fixed)}{letters(place[1])}{'$' * ('r' in fixed)}{place[0]}"


def quoted(sheet: str) -> str:
    """A sheet's name as a formula has it."""
    return sheet if sheet.isalnum() and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"


def reference(sheet: Sheet, place: Place, fixed: str = "") -> str:
    """A reference to a cell of another sheet."""
    return f"{quoted(sheet.name)}!{a1(place, fixed)}"


def spans(places: list[Place]) -> list[tuple[Place, Place]]:
    """Places of one row or column joined to runs, in their order."""
    runs: list[tuple[Place, Place]] = []
    for place in sorted(places):
        if runs:
            first, last = runs[-1]
            step = (place[0] - last[0], place[1] - last[1])
            along = (first == last) or (first[1] == last[1]) == (step == (1, 0))
            if step in {(1, 0), (0, 1)} and along:
                runs[-1] = (first, place)
                continue
        runs.append((place, place))
    return runs


def summed(sheet: Sheet, places: list[Place]) -> str:
    """As `adding`, in one range where nothing but texts and blanks lies between, as people write it."""
    first, last = min(places), max(places)
    inner = {(row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)}
    between = [sheet.cells[place] for place in inner - set(places) if place in sheet.cells]
    if any(cell.formula or isinstance(cell.value, int | Decimal) for cell in between):
        return adding(places)
    return f"SUM({a1(first)}:{a1(last)})"


def adding(places: list[Place]) -> str:
    """The formula that adds the places: one SUM, of several ranges where need be."""
    texts = [a1(first) if first == last else f"{a1(first)}:{a1(last)}" for first, last in spans(places)]
    return f"SUM({','.join(texts)})"
