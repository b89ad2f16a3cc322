"""Odd tables in English, made up at random, in which every formula is right: stock lists, income statements, grades,
measurements, ledgers, shares of a total. And ways to type numbers over their formulas.

Stored values are computed here. Tables lie along rows or columns, with gaps, several to a sheet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Cell, Sheet, Value, Workbook

At = tuple[int, int]
Compute = Callable[["Made"], Decimal]
ITEMS = (
    "Bolts",
    "Washers",
    "Copper wire",
    "Oak boards",
    "Paint, white",
    "Sensors",
    "Valves",
    "Filters",
    "Pumps",
    "Hoses",
    "Lamps",
    "Switches",
    "Cables",
    "Gloves",
    "Batteries",
    "Tiles",
    "Seeds",
    "Fuses",
    "Motors",
    "Relays",
)
PEOPLE = ("Adams", "Baker", "Chen", "Diaz", "Evans", "Ford", "Gupta", "Hill", "Ito", "Jones", "Khan", "Lopez", "Moore")
PERIODS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class Made:
    """A sheet in the making. `groups` are the runs of formulas that were filled along, each a list of cells; `top` and
    `left` move a table, `across` turns rows into columns."""

    seed: int
    values: dict[At, Value] = field(default_factory=dict)
    formulas: dict[At, tuple[str, Compute]] = field(default_factory=dict)
    groups: list[list[At]] = field(default_factory=list)
    top: int = 0
    left: int = 0
    across: bool = False

    def at(self, row: int, column: int) -> At:
        """The cell of the sheet that a table means by its own row and column."""
        return (self.top + column, self.left + row) if self.across else (self.top + row, self.left + column)

    def name(self, at: At, fixed: bool = False) -> str:
        row, column = self.at(*at)
        return f"${column_letters(column)}${row}" if fixed else f"{column_letters(column)}{row}"

    def put(self, at: At, value: Value) -> None:
        self.values[self.at(*at)] = value

    def fill(self, cells: Iterable[At], write: Callable[[At], tuple[str, Compute]]) -> None:
        """A formula in each of the cells, as one group."""
        group = []
        for cell in cells:
            self.formulas[self.at(*cell)] = write(cell)
            group.append(self.at(*cell))
        self.groups.append(group)

    def number(self, place: At) -> Decimal:
        """What the cell of the sheet shows, 0 where that is nothing."""
        if place in self.formulas:
            return self.formulas[place][1](self)
        value = self.values.get(place)
        return value if isinstance(value, Decimal) else Decimal(0)

    def get(self, at: At) -> Callable[[Made], Decimal]:
        place = self.at(*at)
        return lambda made: made.number(place)

    def workbook(self) -> Workbook:
        cells = {at: Cell(*at, value, None, 0) for at, value in self.values.items()}
        cells |= {at: Cell(*at, as_stored(compute(self)), text, 0) for at, (text, compute) in self.formulas.items()}
        sheet = Sheet("Sheet1", dict(sorted(cells.items())))
        return Workbook(Path("made.xlsx"), "0" * 64, (sheet,), application="Microsoft Excel")


def as_stored(value: Decimal) -> Decimal:
    """With the digits that a file keeps."""
    return Decimal(f"{value:.15g}")


def total_of(made: Made, cells: list[At], style: str = "SUM") -> tuple[str, Compute]:
    reads = [made.get(cell) for cell in cells]
    if style == "plus":
        text = "+".join(map(made.name, cells))
    else:
        text = f"{style}({made.name(cells[0])}:{made.name(cells[-1])})"
    if style == "AVERAGE":
        return text, lambda one: sum((read(one) for read in reads), Decimal(0)) / len(reads)
    return text, lambda one: sum((read(one) for read in reads), Decimal(0))


def quotient(made: Made, upper: At, lower: At, factor: int = 1, fixed: bool = False) -> tuple[str, Compute]:
    over, under = made.get(upper), made.get(lower)
    text = f"{made.name(upper)}/{made.name(lower, fixed)}" + (f"*{factor}" if factor != 1 else "")
    return text, lambda one: over(one) / under(one) * factor


def product(made: Made, first: At, second: At, fixed: bool = False) -> tuple[str, Compute]:
    a, b = made.get(first), made.get(second)
    return f"{made.name(first)}*{made.name(second, fixed)}", lambda one: a(one) * b(one)


def difference(made: Made, first: At, second: At) -> tuple[str, Compute]:
    a, b = made.get(first), made.get(second)
    return f"{made.name(first)}-{made.name(second)}", lambda one: a(one) - b(one)


# --- Tables: each says how many rows and columns it takes -------------------------------------------------------------


def stock(made: Made, chance: random.Random) -> At:
    """Item, price, quantity, value; total value; share of the total."""
    rows = chance.randint(5, 16)
    heads(made, ("Item", "Unit price", "Quantity", "Value", "% of total"))
    body = list(range(1, rows + 1))
    for row, name in zip(body, chance.sample(ITEMS * 2, rows), strict=True):
        made.put((row, 0), name)
        made.put((row, 1), money(chance, 2, 900, 2))
        made.put((row, 2), Decimal(chance.choice((1, 1, 2, 3, 4, 6, 8, 10, 12, 24, 50))))
    last = rows + 1 + chance.randint(0, 1)
    made.put((last, 0), chance.choice(("Total", "TOTAL", "Grand total", "")))
    made.fill([(row, 3) for row in body], lambda at: product(made, (at[0], 1), (at[0], 2)))
    made.fill([(last, column) for column in (2, 3)], lambda at: total_of(made, [(row, at[1]) for row in body]))
    if chance.random() < 0.7:
        factor = chance.choice((1, 100))
        made.fill([(row, 4) for row in body], lambda at: quotient(made, (at[0], 3), (last, 3), factor, fixed=True))
    return last + 1, 5


def income(made: Made, chance: random.Random) -> At:
    """Sales, costs, gross profit, expenses, their total, net income, margin; by period, with a total column."""
    periods = chance.randint(4, 12)
    columns = range(1, periods + 1)
    costs = chance.sample(("Rent", "Salaries", "Insurance", "Travel", "Utilities", "Postage", "Repairs"), 4)
    labels = ["", "Sales", "Cost of goods", "Gross profit", "", *costs, "Total expenses", "Net income", "Margin"]
    for row, label in enumerate(labels):
        made.put((row, 0), label)
    for column in columns:
        made.put((0, column), PERIODS[column - 1])
        made.put((1, column), money(chance, 20_000, 90_000, 0))
        made.put((2, column), money(chance, 5_000, 19_000, 0))
        for row in range(5, 9):
            made.put((row, column), money(chance, 90, 3_000, 0))
    whole = [*columns, periods + 1] if chance.random() < 0.6 else list(columns)
    made.fill([(3, column) for column in whole], lambda at: difference(made, (1, at[1]), (2, at[1])))
    made.fill([(9, column) for column in whole], lambda at: total_of(made, [(row, at[1]) for row in range(5, 9)]))
    made.fill([(10, column) for column in whole], lambda at: difference(made, (3, at[1]), (9, at[1])))
    made.fill([(11, column) for column in whole], lambda at: quotient(made, (10, at[1]), (1, at[1])))
    if len(whole) > periods:
        made.put((0, periods + 1), chance.choice(("Total", "Year", "YTD")))
        rows = (1, 2, *range(5, 9))
        made.fill([(row, periods + 1) for row in rows], lambda at: total_of(made, [(at[0], c) for c in columns]))
    return 12, periods + 2


def grades(made: Made, chance: random.Random) -> At:
    """Scores, total and average of each student; average of each test."""
    students, tests = chance.randint(5, 13), chance.randint(3, 5)
    heads(made, ("Name", *(f"Test {number}" for number in range(1, tests + 1)), "Total", "Average"))
    body, scores = range(1, students + 1), range(1, tests + 1)
    for row in body:
        made.put((row, 0), PEOPLE[row - 1])
        for column in scores:
            made.put((row, column), Decimal(chance.randint(41, 100)))
    made.fill([(row, tests + 1) for row in body], lambda at: total_of(made, [(at[0], c) for c in scores]))
    made.fill([(row, tests + 2) for row in body], lambda at: total_of(made, [(at[0], c) for c in scores], "AVERAGE"))
    made.put((students + 1, 0), "Class average")
    made.fill(
        [(students + 1, column) for column in range(1, tests + 2)],
        lambda at: total_of(made, [(row, at[1]) for row in body], "AVERAGE"),
    )
    return students + 2, tests + 3


def people(made: Made, chance: random.Random) -> At:
    """Two parts, their sum, their shares, the ratio; totals of all rows."""
    rows = chance.randint(5, 14)
    heads(made, ("District", "Male", "Female", "Total", "% male", "% female", "Ratio"))
    body, last = range(1, rows + 1), rows + 1
    for row in body:
        made.put((row, 0), f"District {row}")
        made.put((row, 1), money(chance, 900, 90_000, 0))
        made.put((row, 2), money(chance, 900, 90_000, 0))
    made.put((last, 0), "All districts")
    style = chance.choice(("plus", "SUM"))
    made.fill([(row, 3) for row in (*body, last)], lambda at: total_of(made, [(at[0], 1), (at[0], 2)], style))
    made.fill([(last, column) for column in (1, 2)], lambda at: total_of(made, [(row, at[1]) for row in body]))
    for column in (4, 5):
        made.fill(
            [(row, column) for row in (*body, last)],
            lambda at, upper=column - 3: quotient(made, (at[0], upper), (at[0], 3), 100),  # type: ignore[misc]
        )
    made.fill([(row, 6) for row in (*body, last)], lambda at: quotient(made, (at[0], 1), (at[0], 2)))
    return last + 1, 7


def ledger(made: Made, chance: random.Random) -> At:
    """A balance that runs on from row to row."""
    rows = chance.randint(6, 18)
    heads(made, ("Day", "Text", "In", "Out", "Balance"))
    made.put((1, 1), "Opening balance")
    made.put((1, 4), money(chance, 500, 5_000, 2))
    for row in range(2, rows + 1):
        made.put((row, 0), Decimal(row))
        made.put((row, 1), chance.choice(("Cheque", "Cash", "Transfer")))
        made.put((row, chance.choice((2, 3))), money(chance, 5, 800, 2))
    made.fill([(row, 4) for row in range(2, rows + 1)], lambda at: _carried(made, at[0]))
    return rows + 1, 5


def _carried(made: Made, row: int) -> tuple[str, Compute]:
    before, more, less = (row - 1, 4), (row, 2), (row, 3)
    text = f"{made.name(before)}+{made.name(more)}-{made.name(less)}"
    a, b, c = made.get(before), made.get(more), made.get(less)
    return text, lambda one: a(one) + b(one) - c(one)


def growth(made: Made, chance: random.Random) -> At:
    """A figure by year, its change and its change in percent."""
    rows = chance.randint(6, 15)
    heads(made, ("Year", "Output", "Change", "% change"))
    for row in range(1, rows + 1):
        made.put((row, 0), Decimal(1985 + row))
        made.put((row, 1), money(chance, 300, 900, 1))
    body = range(2, rows + 1)
    made.fill([(row, 2) for row in body], lambda at: difference(made, (at[0], 1), (at[0] - 1, 1)))
    made.fill([(row, 3) for row in body], lambda at: quotient(made, (at[0], 2), (at[0] - 1, 1), 100))
    return rows + 1, 4


def plan_and_result(made: Made, chance: random.Random) -> At:
    """Groups with subtotals and a grand total; plan, result, what is left of it, and in percent."""
    heads(made, ("Account", "Budget", "Actual", "Variance", "% used"))
    row, subtotals, body = 1, [], []
    for group in range(chance.randint(2, 4)):
        made.put((row, 0), f"Group {'ABCD'[group]}")
        items = list(range(row + 1, row + 1 + chance.randint(3, 6)))
        for item in items:
            made.put((item, 0), chance.choice(ITEMS))
            made.put((item, 1), money(chance, 200, 9_000, 0))
            made.put((item, 2), money(chance, 200, 9_000, 2))
        row = items[-1] + 1
        made.put((row, 0), f"Total group {'ABCD'[group]}")
        made.fill([(row, c) for c in (1, 2)], lambda at, items=items: total_of(made, [(i, at[1]) for i in items]))  # type: ignore[misc]
        body += items
        subtotals.append(row)
        row += 1 + chance.randint(0, 1)
    made.put((row, 0), "Grand total")
    made.fill([(row, c) for c in (1, 2)], lambda at: total_of(made, [(one, at[1]) for one in subtotals], "plus"))
    lines = sorted([*body, *subtotals, row])
    made.fill([(line, 3) for line in lines], lambda at: difference(made, (at[0], 1), (at[0], 2)))
    made.fill([(line, 4) for line in lines], lambda at: quotient(made, (at[0], 2), (at[0], 1)))
    return row + 1, 5


def readings(made: Made, chance: random.Random) -> At:
    """Replicates of a measurement, their mean, corrected by a blank and a factor that stand above."""
    rows = chance.randint(5, 15)
    made.put((0, 0), "Blank")
    made.put((0, 1), money(chance, 0, 1, 3))
    made.put((1, 0), "Dilution")
    made.put((1, 1), Decimal(chance.choice((5, 10, 20, 50))))
    for column, head in enumerate(("Sample", "A", "B", "C", "Mean", "Corrected", "mg/l")):
        made.put((3, column), head)
    body = range(4, 4 + rows)
    for row in body:
        made.put((row, 0), f"S{row}")
        for column in (1, 2, 3):
            made.put((row, column), money(chance, 1, 9, 3))
    made.fill([(row, 4) for row in body], lambda at: total_of(made, [(at[0], c) for c in (1, 2, 3)], "AVERAGE"))
    made.fill([(row, 5) for row in body], lambda at: _less(made, (at[0], 4), (0, 1)))
    made.fill([(row, 6) for row in body], lambda at: product(made, (at[0], 5), (1, 1), fixed=True))
    return 4 + rows, 7


def _less(made: Made, first: At, second: At) -> tuple[str, Compute]:
    a, b = made.get(first), made.get(second)
    return f"{made.name(first)}-{made.name(second, True)}", lambda one: a(one) - b(one)


def counts(made: Made, chance: random.Random) -> At:
    """Small whole numbers by type and channel, totals both ways."""
    rows, columns = chance.randint(4, 9), chance.randint(4, 9)
    heads(made, ("Type", *(f"Channel {c}" for c in range(1, columns + 1)), "Total"))
    body, across = range(1, rows + 1), range(1, columns + 1)
    for row in body:
        made.put((row, 0), f"Type {row}")
        for column in across:
            if chance.random() < 0.9:
                made.put((row, column), Decimal(chance.randint(0, 40)))
    made.put((rows + 1, 0), "Total")
    made.fill([(row, columns + 1) for row in body], lambda at: total_of(made, [(at[0], c) for c in across]))
    made.fill([(rows + 1, c) for c in (*across, columns + 1)], lambda at: total_of(made, [(r, at[1]) for r in body]))
    return rows + 2, columns + 2


def inputs(made: Made, chance: random.Random) -> At:
    """Nothing but typed numbers, some of which add up by chance or because they were copied from a report."""
    rows, columns = chance.randint(5, 14), chance.randint(3, 7)
    heads(made, ("Region", *(str(1990 + c) for c in range(columns))))
    for row in range(1, rows + 1):
        made.put((row, 0), f"Region {row}")
        for column in range(1, columns + 1):
            made.put((row, column), money(chance, 1, 60, chance.choice((0, 1))))
    return rows + 1, columns + 1


TABLES = (stock, income, grades, people, ledger, growth, plan_and_result, readings, counts, inputs)


def heads(made: Made, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts):
        made.put((0, column), text)


def money(chance: random.Random, low: int, high: int, digits: int) -> Decimal:
    return Decimal(chance.randint(low * 10**digits, high * 10**digits)).scaleb(-digits)


def sheet(seed: int) -> Made:
    """The sheet of this seed: one to three tables below each other."""
    chance = random.Random(seed)
    made = Made(seed)
    made.values[1, 1] = "Worksheet"
    row = chance.randint(3, 6)
    for table in chance.choices(TABLES, k=chance.choice((1, 2, 2, 3))):
        made.top, made.left, made.across = row, chance.choice((1, 1, 2, 3)), chance.random() < 0.3
        height, width = table(made, chance)
        row += (width if made.across else height) + chance.randint(1, 3)
    made.top = made.left = 0
    made.across = False
    return made


# --- Numbers typed over formulas --------------------------------------------------------------------------------------


def type_over(made: Made, cells: Iterable[At], exact: bool) -> set[At]:
    """The results of these cells typed in, as they are or as people read them, rounded."""
    typed: dict[At, Decimal] = {}
    for at in cells:
        value = made.number(at)
        if value:
            places = 12 if exact else max(0, 3 - max(0, value.adjusted() + 1)) if value else 0
            typed[at] = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP).normalize() + 0
    for at, value in typed.items():
        if value:
            del made.formulas[at]
            made.values[at] = Decimal(f"{value:f}")
    return set(typed)


def long_groups(made: Made, least: int = 4) -> list[list[At]]:
    return [group for group in made.groups if len(group) >= least]
