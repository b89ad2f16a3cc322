"""Plans made up at random in which every formula is right, and ways to break each of them in one place.

Stored values are computed here as Excel would: SUM skips text, errors are passed on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pik_excel.grid.reference import column_letters
from pik_excel.grid.workbook import Cell, ErrorValue, Sheet, Value, Workbook

NAMES = (
    "Jobkraftwerk, EDV-Lizenzkosten",
    "OMID",
    "Sprachcafé Süd",
    "Kita Am Wasserturm",
    "Quartiersmanagement Nord (Stufe 2)",
    "Gesamtelternbeirat",
    "Radweg Hauptstraße",
    "E-Ladesäulen",
    "Notunterkunft 2. Bauabschnitt",
    "Refugio e. V.",
    "Beratung für Zugewanderte",
    "Schulsanierung Ostpark",
    "Planungsmittel Hallenbad",
    "Zuschuss Tafel",
    "Dolmetschereinsätze",
    "Empowerment von Geflüchteten",
)
At = tuple[int, int]
Compute = Callable[["Plan"], Value]


@dataclass
class Plan:
    """A sheet "Plan" (and "Annahmen" where it takes its amounts from there), and where its parts stand."""

    seed: int
    unit: str
    years: list[int]
    heads: list[str]
    head_row: int
    first: int  # the first column of amounts
    rows: list[list[int]] = field(default_factory=list)  # measure rows by group
    subtotals: list[int] = field(default_factory=list)
    total: int = 0
    values: dict[At, Value] = field(default_factory=dict)
    formulas: dict[At, tuple[str, Compute]] = field(default_factory=dict)
    needs: dict[At, Value] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    style: str = "SUM"
    body: str = "typed"

    @property
    def measures(self) -> list[int]:
        return [row for group in self.rows for row in group]

    @property
    def columns(self) -> list[int]:
        return list(range(self.first, self.first + len(self.years)))

    def value(self, at: At) -> Value:
        """What the cell shows."""
        return self.formulas[at][1](self) if at in self.formulas else self.values.get(at)

    def amount(self, at: At) -> Decimal:
        """The amount in the cell, 0 where there is none."""
        value = self.value(at)
        return value if isinstance(value, Decimal) else Decimal(0)

    def name(self, at: At) -> str:
        return f"{column_letters(at[1])}{at[0]}"

    def put(self, at: At, value: Value, formula: str | None = None, compute: Compute | None = None) -> None:
        self.values.pop(at, None)
        self.formulas.pop(at, None)
        if formula is None:
            self.values[at] = value
        else:
            self.formulas[at] = (formula, compute or (lambda _plan: value))

    def sum_of(self, cells: list[At]) -> Compute:
        def total(plan: Plan) -> Value:
            values = [plan.value(cell) for cell in cells]
            error = next((value for value in values if isinstance(value, ErrorValue)), None)
            return error or sum((value for value in values if isinstance(value, Decimal)), Decimal(0))

        return total

    def workbook(self) -> Workbook:
        """The workbook, with stored values."""
        cells = {at: Cell(*at, value, None, int(at[0] != self.head_row)) for at, value in self.values.items()}
        for at, (formula, compute) in self.formulas.items():
            cells[at] = Cell(*at, compute(self), formula, 1)
        sheets = [Sheet("Plan", dict(sorted(cells.items())), hidden_rows=self.hidden)]
        if self.needs:
            sheets.append(Sheet("Bedarf", {at: Cell(*at, value) for at, value in self.needs.items()}))
        return Workbook(
            Path("plan.xlsx"),
            "0" * 64,
            tuple(sheets),
            number_formats=("General", "#,##0"),
            application="Microsoft Excel",
        )


def plan(seed: int) -> Plan:
    """The plan of this seed: layout, unit, years, groups and the way it adds up all vary."""
    chance = random.Random(seed)
    years = list(range(start := chance.randint(2018, 2032), start + chance.randint(2, 6)))
    unit = chance.choice(("TEUR", "EUR"))
    in_heads = chance.random() < 0.6
    heads = [f"{year} {unit}" if in_heads else str(year) for year in years]
    if in_heads and len(years) > 3 and chance.random() < 0.4:
        heads[-1] = f"{years[-1]} ff. {unit}"
    made = Plan(seed, unit, years, heads, chance.randint(3, 7), chance.randint(2, 5))
    made.style = chance.choice(("SUM", "plus", "SUBTOTAL"))
    made.body = chance.choice(("typed", "projected", "from needs"))
    _head(made, chance, in_heads)
    _rows(made, chance)
    return made


def _head(made: Plan, chance: random.Random, in_heads: bool) -> None:
    label = made.first - 1
    made.put((1, label), f"Übersicht der Maßnahmen{'' if in_heads else f' in {made.unit}'}")
    made.put((made.head_row, label), chance.choice(("Maßnahme", "Maßnahme/Angebot", "Vorhaben")))
    for column, head, year in zip(made.columns, made.heads, made.years, strict=True):
        made.put((made.head_row, column), head if in_heads else Decimal(year))


def _rows(made: Plan, chance: random.Random) -> None:
    label, row = made.first - 1, made.head_row + 1
    groups = chance.choice((1, 1, 2, 3))
    names = iter(chance.sample(NAMES, k=min(len(NAMES), groups * chance.randint(3, 5))))
    for group, size in enumerate(_sizes(groups, names)):
        if groups > 1:
            made.put((row, label), f"Bereich {'ABC'[group]}")
            row += 1
        made.rows.append([])
        for name in size:
            _measure(made, chance, row, name)
            made.rows[-1].append(row)
            row += 1
        if groups > 1:
            made.put((row, label), "Zwischensumme")
            made.subtotals.append(row)
            for column in made.columns:
                _add(made, (row, column), [(one, column) for one in made.rows[-1]])
            row += 1
    made.total = row + chance.randint(0, 1)
    made.put((made.total, label), chance.choice(("Summe", "Gesamt", "Finanzbedarf", "Insgesamt")))
    for column in made.columns:
        if made.subtotals and made.style != "SUBTOTAL":
            cells = [(one, column) for one in made.subtotals]
            made.put((made.total, column), None, "+".join(map(made.name, cells)), made.sum_of(cells))
        else:
            _add(made, (made.total, column), [(one, column) for one in made.measures])


def _sizes(groups: int, names: Iterator[str]) -> Iterator[list[str]]:
    listed = list(names)
    size = len(listed) // groups
    for group in range(groups):
        yield listed[group * size : (group + 1) * size if group < groups - 1 else None]


def _add(made: Plan, at: At, cells: list[At]) -> None:
    first, last = made.name(cells[0]), made.name(cells[-1])
    formula = {
        "SUM": f"SUM({first}:{last})",
        "plus": "+".join(map(made.name, cells)),
        "SUBTOTAL": f"SUBTOTAL(9,{first}:{last})",
    }[made.style]
    made.put(at, None, formula, made.sum_of(cells))


def _measure(made: Plan, chance: random.Random, row: int, name: str) -> None:
    made.put((row, made.first - 1), name)
    usual = chance.choice((18, 40, 66, 100, 150, 227, 290)) * (1000 if made.unit == "EUR" else 1)
    decided = min(2, len(made.years) - 1)
    if made.body == "from needs" and made.unit == "TEUR":
        made.needs[row, 1], made.needs[row, 2] = name, Decimal(usual * 1000)
    for index, column in enumerate(made.columns):
        at = (row, column)
        if made.body == "from needs" and made.unit == "TEUR":
            made.put(at, None, f"ROUND(Bedarf!$B{row}/1000,0)", lambda _plan, usual=usual: Decimal(usual))  # type: ignore[misc]
        elif made.body == "projected" and index >= decided:
            before = (row, column - 1)
            made.put(at, None, f"ROUND({made.name(before)}*1.02,0)", _raised(before))
        else:
            step = chance.randint(-usual // 20, usual // 20)
            made.put(at, Decimal(usual + step))
    if made.body == "typed" and chance.random() < 0.3:
        made.put((row, made.columns[-1]), chance.choice((None, Decimal(0))))


def _raised(before: At) -> Compute:
    return lambda plan: (
        value
        if isinstance(value := plan.value(before), ErrorValue)
        else (plan.amount(before) * Decimal("1.02")).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    )


# --- One defect each: change the plan, say where it must be found; None where the plan has no place for it ------------


def wrong_total(made: Plan, chance: random.Random) -> At | None:
    at = (made.total, chance.choice(made.columns))
    made.put(at, made.amount(at) + chance.choice((-9, 7, 90)))
    return at


def typed_total(made: Plan, chance: random.Random) -> At | None:
    at = (made.total, chance.choice(made.columns))
    if not made.amount(at):
        return None
    made.put(at, made.amount(at))
    return at


def short_sum(made: Plan, chance: random.Random) -> At | None:
    column = chance.choice(made.columns)
    rows = made.rows[-1]
    line = made.subtotals[-1] if made.subtotals else made.total
    if made.style == "SUBTOTAL" or len(rows) < 3:
        return None
    cells = [(row, column) for row in chance.choice((rows[1:], rows[:-1]))]
    missed = ({(row, column) for row in rows} - set(cells)).pop()
    if not made.amount(missed):
        return None
    _add(made, (line, column), cells)
    return line, column


def doubled(made: Plan, chance: random.Random) -> At | None:
    at = (made.total, chance.choice(made.columns))
    if not made.subtotals or made.style == "SUBTOTAL":
        return None
    cells = [(row, at[1]) for row in range(made.measures[0], made.subtotals[-1] + 1)]
    made.put(at, None, f"SUM({made.name(cells[0])}:{made.name(cells[-1])})", made.sum_of(cells))
    return at


def hidden_row(made: Plan, chance: random.Random) -> At | None:
    row = chance.choice(made.rows[0])
    if len(made.rows[0]) < 2 or not any(made.amount((row, column)) for column in made.columns):
        return None
    made.hidden = frozenset({row})
    return row, made.first - 1


def overtyped(made: Plan, chance: random.Random) -> At | None:
    computed = [at for at in made.formulas if at[0] in made.measures]
    inner = [at for at in computed if {(at[0] - 1, at[1]), (at[0] + 1, at[1])} <= set(computed)]
    long = [at for at in inner if (at[0] - 2, at[1]) in computed and (at[0] + 2, at[1]) in computed]
    if not long:
        return None
    at = chance.choice(long)
    made.put(at, made.amount(at) + 3)
    return at


def error(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    made.put(at, ErrorValue("#DIV/0!"), "12/XFD9")
    return at


def lost_reference(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    made.put(at, ErrorValue("#REF!"), "#REF!*2")
    return at


def typed_amount(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    half = made.amount(at) // 2 + 10
    made.put(at, half + 10, f"{half}+10")
    return at


def link(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    made.put(at, made.amount(at), "'[Ansatz 2022.xlsx]Blatt1'!$B$7")
    return at


def stale(made: Plan, chance: random.Random) -> At | None:
    at = (made.total, chance.choice(made.columns))
    formula, compute = made.formulas[at]
    if formula.startswith("SUBTOTAL"):
        return None
    made.put(at, None, formula, lambda plan: _old(compute(plan)))
    return at


def _old(value: Value) -> Value:
    return value + 11 if isinstance(value, Decimal) else value


def text_number(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    if made.body != "typed" or not made.amount(at):
        return None
    made.put(at, chance.choice(("{} ", "{}", "'{}", "{} €")).format(made.amount(at)))
    return at


def unit_slip(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    if made.unit != "TEUR" or made.body != "typed":
        return None
    made.put(at, made.amount(at) * 1000)
    return at


def wrong_sign(made: Plan, chance: random.Random) -> At | None:
    at = (chance.choice(made.measures), made.columns[0])
    positive = sum(made.amount((row, column)) > 0 for row in made.measures for column in made.columns)
    others = [column for column in made.columns[1:] if made.amount((at[0], column)) > 0]
    if made.body != "typed" or positive < 9 or not others:
        return None
    made.put(at, -made.amount(at))
    return at


def year_twice(made: Plan, chance: random.Random) -> At | None:
    index = chance.randrange(1, len(made.years))
    if len(made.years) < 3 or " " not in made.heads[0]:
        return None
    at = (made.head_row, made.columns[index])
    made.put(at, made.heads[index - 1])
    return at


def year_missing(made: Plan, chance: random.Random) -> At | None:
    index = chance.randrange(1, len(made.years) - 1) if len(made.years) > 3 else 0
    if not index or " ff." in made.heads[-1]:
        return None
    for later in range(index, len(made.years)):
        year = made.years[later] + 1
        head = f"{year} {made.unit}" if " " in made.heads[0] else Decimal(year)
        made.put((made.head_row, made.columns[later]), head)
    return made.head_row, made.columns[index]


DEFECTS: dict[str, tuple[str, Callable[[Plan, random.Random], At | None]]] = {
    "wrong total": ("SUM01", wrong_total),
    "typed total": ("SUM02", typed_total),
    "short sum": ("SUM03", short_sum),
    "doubled subtotals": ("SUM04", doubled),
    "hidden row": ("SUM05", hidden_row),
    "overtyped formula": ("FRM02", overtyped),
    "error": ("FRM03", error),
    "lost reference": ("FRM03", lost_reference),
    "typed amount": ("FRM04", typed_amount),
    "link": ("FRM05", link),
    "stale": ("FRM06", stale),
    "text number": ("NUM01", text_number),
    "unit slip": ("NUM03", unit_slip),
    "wrong sign": ("NUM05", wrong_sign),
    "year twice": ("YRS01", year_twice),
    "year missing": ("YRS02", year_missing),
}
