"""A city at random: a workbook from each department, in a layout of its own, and what they state, known beforehand.

What is stated is written down while the cells are filled, in EUR, by department, measure, status and year; nothing of
it is taken from what the program reads.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

NAMES = (
    "Sprachkurse", "Beratungsstelle", "Jugendtreff Nord", "Dolmetscherdienst", "Hausaufgabenhilfe", "Stadtteilfest",
    "Mobile Jugendarbeit", "Frauenhaus", "Tafelladen", "Fahrradwerkstatt", "Elterncafé", "Lesepaten", "Winterdienst",
    "Baumpflege", "Schulsozialarbeit", "Musikschule", "Kulturpass", "Bücherbus", "Notrufsäulen", "Grünpatenschaften",
    "Seniorenbüro", "Wohnberatung", "Suchthilfe", "Ferienprogramm", "Integrationslotsen", "Sportgutscheine",
    "Trinkbrunnen", "Radwegenetz", "Brückenprüfung", "Spielplätze", "Archivbau", "Digitale Akte",
)  # fmt: skip
DEPARTMENTS = (
    "Sozialamt", "Jugendamt", "Amt 50/51", "Tiefbauamt", "Amt für Umwelt", "Kulturamt", "Schulverwaltungsamt",
    "Stabsstelle Klimaschutz", "Gartenamt", "Referat für Integration", "Amt 37", "Liegenschaftsamt",
)  # fmt: skip
UNITS = {"EUR": (1, "EUR"), "TEUR": (1000, "TEUR"), "Mio. EUR": (1_000_000, "Mio. EUR")}
Key = tuple[str, str, str, int]
"""Department, measure, status, year."""


@dataclass
class Made:
    """A workbook of a department."""

    path: Path
    department: str
    stated: dict[Key, Decimal] = field(default_factory=dict)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)  # measure -> product, account


@dataclass
class City:
    """All of them."""

    folder: Path
    made: list[Made]

    def totals(self) -> dict[int, Decimal]:
        """What all of them state, by year."""
        found: dict[int, Decimal] = {}
        for one in self.made:
            for (_department, _name, _status, year), eur in one.stated.items():
                found[year] = found.get(year, Decimal(0)) + eur
        return found

    def of_departments(self) -> dict[str, dict[int, Decimal]]:
        """The same by department."""
        found: dict[str, dict[int, Decimal]] = {}
        for one in self.made:
            for (department, _name, _status, year), eur in one.stated.items():
                own = found.setdefault(department, {})
                own[year] = own.get(year, Decimal(0)) + eur
        return found


def city(folder: Path, seed: int, count: int = 6, first: int = 2025, years: int = 4, measures: int = 6) -> City:
    """Departments with one workbook each; layouts, units and measures differ, the years mostly agree."""
    dice = random.Random(f"city {seed}")
    made = []
    layouts = list(LAYOUTS)
    for number, department in enumerate(dice.sample(DEPARTMENTS, min(count, len(DEPARTMENTS)))):
        layout = layouts[(seed + number) % len(layouts)]
        path = folder / f"{number + 1:02d} {layout}.xlsx"
        one = Made(path, department)
        begin = first + dice.choice((0, 0, 0, 1))
        names = [f"{name} {department}" for name in dice.sample(NAMES, measures)]
        with xlsxwriter.Workbook(path) as book:
            LAYOUTS[layout](_Desk(dice, book, one, names, tuple(range(begin, begin + years))))
        made.append(one)
    return City(folder, made)


@dataclass
class _Desk:
    """What a layout writes with."""

    dice: random.Random
    book: xlsxwriter.Workbook
    made: Made
    names: list[str]
    years: tuple[int, ...]

    def amount(self, unit: str) -> Decimal:
        """A plausible amount in the unit, 0 now and then."""
        if self.dice.random() < 0.08:
            return Decimal(0)
        thousands = self.dice.randrange(3, 900)
        if unit == "EUR":
            return Decimal(thousands * 1000 + self.dice.choice((0, 500, 37))) + self.dice.choice(
                (Decimal(0), Decimal("0.5"), Decimal("0.07"))
            )
        return Decimal(thousands) if unit == "TEUR" else Decimal(thousands) / 100

    def state(self, name: str, status: str, year: int, amount: Decimal, unit: str) -> Decimal:
        """Write down what a cell is going to say."""
        key = (self.made.department, name, status, year)
        self.made.stated[key] = self.made.stated.get(key, Decimal(0)) + amount * UNITS[unit][0]
        return amount


def _put(sheet: Worksheet, row: int, column: int, amount: Decimal | None) -> None:
    if amount is not None:
        sheet.write_number(row, column, float(amount))


def across(desk: _Desk) -> None:
    """A column a year, a total below, the status in the title."""
    unit = desk.dice.choice(("EUR", "TEUR"))
    word, status = desk.dice.choice((("Beschlossene Maßnahmen", "decided"), ("Anmeldungen", "requested")))
    sheet = desk.book.add_worksheet("Maßnahmen")
    sheet.write(0, 0, f"{word} {desk.made.department}, Angaben in {unit}")
    head = desk.dice.choice(("{year}", "Ansatz {year}", f"{{year}} {unit}"))
    sheet.write_row(2, 0, ["Nr.", "Maßnahme", *(head.format(year=year) for year in desk.years)])
    for row, name in enumerate(desk.names, 3):
        sheet.write_row(row, 0, [row - 2, name])
        for column, year in enumerate(desk.years, 2):
            if desk.dice.random() < 0.1 and column > 2:
                continue
            _put(sheet, row, column, desk.state(name, status, year, desk.amount(unit), unit))
    _sums(desk, sheet, 2, unit)


def grouped(desk: _Desk) -> None:
    """Products and account groups in rows of their own above their measures, a column "ff." at the end."""
    unit = "TEUR"
    sheet = desk.book.add_worksheet("Finanzielle Auswirkungen")
    sheet.write(0, 0, f"Ergebnishaushalt {desk.made.department} (zusätzliche Aufwendungen)")
    heads = [f"{year} {unit}" for year in desk.years]
    sheet.write_row(2, 0, ["Maßnahme/Kontengr.", *heads, f"{desk.years[-1] + 1} ff. {unit}"])
    row = 3
    half = len(desk.names) // 2
    for number, names in enumerate((desk.names[:half], desk.names[half:]), 1):
        product, account = f"31.{number}0.01.00.00", "430"
        sheet.write(row, 0, f"{product}-500 Bereich {number}/{account} Transferaufwendungen")
        row += 1
        for name in names:
            sheet.write(row, 0, name)
            desk.made.keys[name] = (product, "43")
            for column, year in enumerate(desk.years, 1):
                _put(sheet, row, column, desk.state(name, "requested", year, desk.amount(unit), unit))
            sheet.write_number(row, len(desk.years) + 1, 0)
            row += 1
    sheet.write(row, 0, "Finanzbedarf")


def long(desk: _Desk) -> None:
    """A row a measure and year."""
    sheet = desk.book.add_worksheet("Liste")
    sheet.write_row(0, 0, ["Amt", "Maßnahme", "Produkt", "Kontengruppe", "Jahr", "Betrag EUR"])
    row = 1
    for number, name in enumerate(desk.names):
        product, account = f"{41 + number % 3}.10.0{number % 4 + 1}", str(42 + number % 3)
        desk.made.keys[name] = (product, account)
        for year in desk.years:
            amount = desk.state(name, "unstated", year, desk.amount("EUR"), "EUR")
            sheet.write_row(row, 0, [desk.made.department, name, product, account, year, float(amount)])
            row += 1


def down(desk: _Desk) -> None:
    """Years down the side, a column a measure."""
    unit = "TEUR"
    sheet = desk.book.add_worksheet("Entwicklung")
    sheet.write(0, 0, f"Entwicklung der Ansätze {desk.made.department} in {unit}")
    sheet.write_row(2, 0, ["Jahr", *desk.names, "Summe"])
    for row, year in enumerate(desk.years, 3):
        sheet.write(row, 0, year)
        amounts = [desk.state(name, "unstated", year, desk.amount(unit), unit) for name in desk.names]
        for column, amount in enumerate(amounts, 1):
            _put(sheet, row, column, amount)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(desk.names)]
        sheet.write_formula(row, len(desk.names) + 1, f"=SUM(B{row + 1}:{letters}{row + 1})", None, float(sum(amounts)))


def need(desk: _Desk) -> None:
    """Provided and additional funds in two tables, and a third that adds them up by formulas."""
    unit = "EUR"
    parts: list[dict[tuple[str, int], Decimal]] = []
    sheets = []
    for title, status in (("Bisher bereitgestellte Mittel", "provided"), ("Zusätzlicher Bedarf", "requested")):
        sheet = desk.book.add_worksheet(title.split()[-1])
        sheets.append(sheet.get_name())
        sheet.write(0, 0, f"{desk.made.department}: {title} in {unit}")
        sheet.write_row(2, 0, ["Maßnahme", *desk.years])
        amounts = {}
        for row, name in enumerate(desk.names, 3):
            sheet.write(row, 0, name)
            for column, year in enumerate(desk.years, 1):
                amounts[name, year] = desk.state(name, status, year, desk.amount(unit), unit)
                _put(sheet, row, column, amounts[name, year])
        parts.append(amounts)
    sheet = desk.book.add_worksheet("Gesamtbedarf")
    sheet.write(0, 0, f"{desk.made.department}: Gesamtbedarf in {unit}")
    sheet.write_row(2, 0, ["Maßnahme", *desk.years])
    for row, name in enumerate(desk.names, 3):
        sheet.write(row, 0, name)
        for column, year in enumerate(desk.years, 1):
            cell = f"{'ABCDEFGHIJ'[column]}{row + 1}"
            both = parts[0][name, year] + parts[1][name, year]
            sheet.write_formula(row, column, f"={sheets[0]}!{cell}+{sheets[1]}!{cell}", None, float(both))


def parted(desk: _Desk) -> None:
    """Two sheets, and an overview that only fetches their totals."""
    unit = "EUR"
    overview = desk.book.add_worksheet("Übersicht")
    overview.write(0, 0, f"{desk.made.department}, Übersicht in {unit}")
    overview.write_row(2, 0, ["Bereich", *desk.years])
    half = len(desk.names) // 2
    for number, names in enumerate((desk.names[:half], desk.names[half:])):
        sheet = desk.book.add_worksheet(f"Bereich {'AB'[number]}")
        sheet.write(0, 0, f"Anmeldungen {desk.made.department} in {unit}")
        sheet.write_row(2, 0, ["Maßnahme", *desk.years])
        sums = dict.fromkeys(desk.years, Decimal(0))
        for row, name in enumerate(names, 3):
            sheet.write(row, 0, name)
            for column, year in enumerate(desk.years, 1):
                amount = desk.state(name, "requested", year, desk.amount(unit), unit)
                sums[year] += amount
                _put(sheet, row, column, amount)
        last = 2 + len(names)
        sheet.write(last + 1, 0, "Summe")
        overview.write(3 + number, 0, f"Bereich {'AB'[number]}")
        for column, year in enumerate(desk.years, 1):
            letter = "ABCDEFGHIJ"[column]
            sheet.write_formula(last + 1, column, f"=SUM({letter}4:{letter}{last + 1})", None, float(sums[year]))
            formula = f"='{sheet.get_name()}'!{letter}{last + 2}"
            overview.write_formula(3 + number, column, formula, None, float(sums[year]))


def millions(desk: _Desk) -> None:
    """Product and account in columns, amounts in millions."""
    unit = "Mio. EUR"
    sheet = desk.book.add_worksheet("Finanzplan")
    sheet.write(0, 0, f"{desk.made.department}: Investitionsfolgekosten ({unit})")
    sheet.write_row(2, 0, ["Produkt", "Kontengruppe", "Maßnahme", *(f"Plan {year}" for year in desk.years)])
    for row, name in enumerate(desk.names, 3):
        product, account = f"54.10.0{row % 3 + 1}", str(42 + row % 3)
        desk.made.keys[name] = (product, account)
        sheet.write_row(row, 0, [product, account, name])
        for column, year in enumerate(desk.years, 3):
            _put(sheet, row, column, desk.state(name, "unstated", year, desk.amount(unit), unit))
    _sums(desk, sheet, 3, unit)


def _sums(desk: _Desk, sheet: Worksheet, column: int, unit: str) -> None:
    """A total row below the measures."""
    row = 3 + len(desk.names)
    sheet.write(row, max(column - 1, 0), "Summe")
    for index, year in enumerate(desk.years, column):
        letter = "ABCDEFGHIJ"[index]
        stated = (eur for (_d, _n, _s, when), eur in desk.made.stated.items() if when == year)
        value = float(sum(stated, Decimal(0)) / UNITS[unit][0])
        sheet.write_formula(row, index, f"=SUM({letter}4:{letter}{row})", None, value)


LAYOUTS: dict[str, Callable[[_Desk], None]] = {
    "across": across, "grouped": grouped, "long": long, "down": down, "need": need, "parted": parted,
    "millions": millions,
}  # fmt: skip
