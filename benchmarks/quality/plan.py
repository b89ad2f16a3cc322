"""Which amounts would a department announce? Measures with a plausible history, apart from where they are written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from benchmarks.quality.formula import rounded
from benchmarks.quality.vocabulary import DEPARTMENTS, TOWNS, Department, Entry


@dataclass(frozen=True)
class Unit:
    """A unit: how many EUR one is, how it is written, and the decimals people use with it."""

    factor: int
    text: str
    digits: int

    @property
    def format(self) -> str:
        """A number format for amounts."""
        return "#,##0" + ("." + "0" * self.digits if self.digits else "")


EUR, TEUR = Unit(1, "EUR", 0), Unit(1000, "TEUR", 0)
UNITS = (EUR, EUR, Unit(1, "€", 0), Unit(1, "Euro", 0), TEUR, TEUR, Unit(1000, "T€", 0), Unit(1000, "Tsd. EUR", 0),
         Unit(1_000_000, "Mio. EUR", 2), Unit(1000, "TEUR", 1), Unit(1, "EUR", 2))  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A measure and its amounts in the unit of the plan, one a year; None is an empty cell."""

    entry: Entry
    amounts: tuple[Decimal | None, ...]
    course: str  # "equal", "growing", "ending", "starting", "step", "free"
    rate: Decimal = Decimal(0)
    product: str = ""
    until: int | None = None  # the last funded year

    @property
    def name(self) -> str:
        """The measure's name."""
        return self.entry.name


@dataclass(frozen=True)
class Year:
    """A column of a plan: year and kind ("Ist", "Ansatz", "Plan" or "")."""

    value: int
    kind: str = ""
    open_ended: bool = False


@dataclass(frozen=True)
class Plan:
    """A department's measures by group, over years, in a unit."""

    department: Department
    town: str
    years: tuple[Year, ...]
    unit: Unit
    groups: tuple[tuple[str, tuple[Item, ...]], ...] = field(default_factory=tuple)

    @property
    def items(self) -> tuple[Item, ...]:
        """All measures."""
        return tuple(item for _, items in self.groups for item in items)

    def only(self, items: tuple[Item, ...], title: str = "") -> Plan:
        """The same plan with these measures in one group."""
        return replace(self, groups=((title or self.groups[0][0], items),))


def kinds(random: Random, first: int, count: int) -> tuple[Year, ...]:
    """Years from `first`, with kinds as a budget has them: results, the estimate, then plans; or without any."""
    style = random.choice(("", "", "Ansatz", "Plan", "mixed"))
    if style != "mixed":
        return tuple(Year(first + index, style) for index in range(count))
    names = ["Ist", "Ansatz"] + ["Plan"] * count if count >= 4 else ["Ansatz"] + ["Plan"] * count
    return tuple(Year(first + index, names[index]) for index in range(count))


def plan(random: Random, count: int = 0, most: int = 0, few: bool = False, grants_only: bool = False) -> Plan:
    """A plan of 3 to 6 years (or `count`); at most `most` measures where given; `grants_only`: those of account 43."""
    department = random.choice(DEPARTMENTS)
    years = kinds(random, random.randint(2019, 2026), count or random.randint(3, 6))
    unit = random.choice(UNITS)
    groups = []
    for number, (title, entries) in enumerate(random.sample(department.groups, 2 if few else 3), 1):
        chosen = [entry for entry in entries if not grants_only or entry.account == 43]
        if len(chosen) > 3 and random.random() < 0.5:
            chosen = [entry for entry in chosen if entry is not chosen[-1]]
        if most:
            chosen = chosen[: max(2, most // (2 if few else 3))]
        code = f"{department.product}.{number:02d}"
        scale = Decimal(random.choice((1, 1, 1, 2, 3))) * (30 if unit.factor == 1_000_000 else 1)
        items = tuple(item(random, entry, years, unit, scale, code) for entry in chosen)
        if len(items) > 1:
            groups.append((title, items))
    if groups and not grants_only and random.random() < 0.05:
        groups[-1] = (groups[-1][0], (*groups[-1][1], cut(random, years, unit, groups[-1][1][0].product)))
    if sum(len(items) for _, items in groups) < 4 and not few:
        return plan(random, count, most, few, grants_only)
    return Plan(department, random.choice(TOWNS), years, unit, tuple(groups))


def item(
    random: Random, entry: Entry, years: tuple[Year, ...], unit: Unit, scale: Decimal = Decimal(1), code: str = ""
) -> Item:
    """A measure with a course of amounts."""
    base = Decimal(entry.size) * scale * Decimal(random.randint(85, 118)) / 100
    course = random.choices(("equal", "growing", "ending", "starting", "step"), (30, 44, 10, 6, 10))[0]
    rate = Decimal(random.randint(10, 50)) / 1000
    amounts: list[Decimal | None] = []
    until: int | None = None
    at = random.randrange(1, len(years))
    for index, year in enumerate(years):
        amount = base
        if course == "growing":
            amount = base * (1 + rate) ** index
        elif course == "step" and index >= at:
            amount = base * Decimal("1.15")
        amounts.append(in_unit(amount, unit, year.kind == "Ist"))
    if course == "ending":
        until = years[at - 1].value
        amounts[at:] = [Decimal(0)] * (len(years) - at)
    if course == "starting":
        amounts[:1] = [None if random.random() < 0.5 else Decimal(0)]
    return Item(entry, tuple(amounts), course, rate, code, until)


def cut(random: Random, years: tuple[Year, ...], unit: Unit, code: str) -> Item:
    """An overall cut (Globale Minderausgabe): negative by its nature, in every year."""
    entry = Entry("Globale Minderausgabe", "", 42, 20_000)
    scale = 30 if unit.factor == 1_000_000 else 1
    amount = -in_unit(Decimal(random.randrange(8_000, 40_000, 500)) * scale, unit)
    return Item(entry, (amount,) * len(years), "equal", Decimal(0), code)


def in_unit(eur: Decimal, unit: Unit, exact: bool = False) -> Decimal:
    """An amount as a plan states it: EUR to the hundred (results to the euro or cent), TEUR whole or to a tenth, Mio.
    EUR to cents."""
    if unit.factor == 1:
        return rounded(eur, unit.digits if exact else -2)
    return max(rounded(eur / unit.factor, unit.digits), Decimal(1).scaleb(-unit.digits))
