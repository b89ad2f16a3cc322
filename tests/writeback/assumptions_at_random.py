"""Workbooks of any layout with a sheet "Annahmen" filled in at random: rules, amounts, periods, rates, scenarios.

The sheet is the one that this program makes, or one that a person laid out: columns in any order, amounts in EUR or
TEUR column by column, periods as years or as days, rates by year below.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Number, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.schema import built_in
from pik_excel.writeback.assumptions import with_assumptions
from pik_excel.writeback.assumptions.sheet import HEAD_ROW, heads
from tests.writeback.layouts_at_random import LAYOUTS, Made, made, workbook_of

SHEET = "Annahmen"
SCENARIOS = ("Tarif hoch", "Sparplan")
SERIES = ("Tarif", "Sachkosten")
_MONEY = ("Ausgangsbetrag", "Bedarf", "Gesamtkosten", "Höchstbetrag", "Satz EUR/Stelle")
_ALL = ("Regel", "Ausgangsbetrag", "von", "bis", "Bedarf", "Steigerung je Jahr", "Basisjahr", "Anteil", "Gesamtkosten",
        "Höchstbetrag", "Stellen", "Satz EUR/Stelle", "Fallzahl", "Schlüssel", "Szenario")  # fmt: skip
Values = dict[str, Decimal | str | None]


@dataclass(frozen=True)
class Sheet:
    """How the sheet is laid out: the column of each field, where its table begins and how many measures it has, which
    columns are in TEUR, and whether periods are days."""

    columns: dict[str, int]
    head: int
    measures: tuple[str, ...]
    thousands: frozenset[str] = frozenset()
    dated: bool = False

    def cell(self, row: int, key: str) -> str:
        """Its place."""
        return f"{chr(64 + self.columns[key])}{row}"


@dataclass(frozen=True)
class Assumed:
    """A workbook to be projected to the year `to`; `rows` are its assumptions by their row, `rates` the cells of rates
    by year."""

    package: Package
    to: int
    last: int
    sheet: Sheet
    rows: dict[int, Values]
    rates: tuple[str, ...] = ()


def assumed(seed: int) -> Assumed:
    """A workbook of a random layout."""
    dice = random.Random(seed)
    source = made(dice.choice(sorted(LAYOUTS)), seed)
    if dice.random() < 0.4:
        source, sheet = _by_hand(dice, source)
        package = source.package
    else:
        package, sheet = _by_program(source.package)
    rates = _rates(dice, sheet, source.last) if dice.random() < 0.4 else {}
    rows: dict[int, Values] = {}
    for number, _measure in enumerate(sheet.measures, 1):
        if dice.random() < 0.75 or sheet.thousands or sheet.dated:
            rows[sheet.head + number] = _drawn(dice, sheet, source.last, bool(rates))
    for place, scenario in enumerate(dice.sample(SCENARIOS, dice.randrange(0, 3)), len(sheet.measures) + 1):
        rows[sheet.head + place] = _drawn(dice, sheet, source.last, bool(rates)) | {
            "Maßnahme": dice.choice(sheet.measures), "Szenario": scenario,
        }  # fmt: skip
    edits = [_edit(sheet.columns[key], at, value) for at, values in rows.items() for key, value in values.items()]
    edits += [CellEdit(SHEET, row, column, content) for (row, column), content in rates.items()]
    figures = tuple(f"{chr(64 + column)}{row}" for (row, column), one in rates.items() if _is_rate(one))
    to = source.last + dice.randrange(1, 5)
    return Assumed(patched(package, edits), to, source.last, sheet, rows, figures)


def change(case: Assumed, seed: int) -> list[tuple[str, Decimal | None]]:
    """Some cells of the assumptions and what is typed into them: figures where there are figures, periods anywhere."""
    dice = random.Random(seed * 7919)
    found: list[tuple[str, Decimal | None]] = []
    for row, values in case.rows.items():
        there = [key for key, value in values.items() if isinstance(value, Decimal)]
        keys = [*dice.sample(there, min(len(there), 2)), *(("bis",) if dice.random() < 0.4 else ())]
        for key in dict.fromkeys(keys):
            none = key == "bis" and dice.random() < 0.3
            found.append((case.sheet.cell(row, key), None if none else _value(dice, case.sheet, key, case.last)))
    return [*found, *((cell, Decimal(dice.randrange(-50, 120)) / 1000) for cell in case.rates if dice.random() < 0.5)]


def redrawn(case: Assumed, seed: int) -> list[CellEdit]:
    """Other rules with other fields for some of the measures, typed into the sheet."""
    dice = random.Random(seed * 104_729)
    edits = []
    for row in case.rows:
        if dice.random() < 0.6:
            values = _drawn(dice, case.sheet, case.last, bool(case.rates))
            edits += [_edit(case.sheet.columns[key], row, one) for key, one in values.items() if key != "Szenario"]
    return edits


def changed(package: Package, cells: list[tuple[str, Decimal | None]]) -> Package:
    """The workbook with these cells typed."""
    return patched(
        package,
        [
            CellEdit(SHEET, int(cell[1:]), ord(cell[0]) - 64, Blank() if value is None else Number(value))
            for cell, value in cells
        ],
    )


def _by_program(package: Package) -> tuple[Package, Sheet]:
    first = with_assumptions(package, read_budget(read_workbook(package), built_in()), built_in())
    columns = {head.removesuffix(" EUR"): column for column, (head, _width, _format) in enumerate(heads(), 1)}
    measures = tuple(row.measure for row in first.reading.budget.assumptions[0].rows)
    return first.package, Sheet(columns, HEAD_ROW, measures)


def _by_hand(dice: random.Random, source: Made) -> tuple[Made, Sheet]:
    """The workbook with a sheet of assumptions that a person made, every rule still "halten"."""
    keys = ["Maßnahme", *dice.sample(_ALL, len(_ALL))]
    head = dice.randrange(2, 6)
    names = tuple(dict.fromkeys(row.name for one in source.lists for row in one.rows if not row.parts))
    thousands = frozenset(key for key in _MONEY[:-1] if dice.random() < 0.4)
    sheet = Sheet({key: column for column, key in enumerate(keys, 1)}, head, names, thousands, dice.random() < 0.5)

    def write(book: xlsxwriter.Workbook) -> None:
        there = book.add_worksheet(SHEET)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        there.write_string(0, 0, "Annahmen des Amtes")
        for key, column in sheet.columns.items():
            unit = "" if key not in _MONEY[:-1] else " TEUR" if key in thousands else " EUR"
            there.write_string(head - 1, column - 1, key + unit)
            if sheet.dated and key in ("von", "bis"):
                for row in range(head, head + len(names) + 4):
                    there.write_blank(row, column - 1, None, day)
        for row, name in enumerate(names, head):
            there.write_string(row, 0, name)

    return Made(workbook_of(source.lists, write), source.lists), sheet


def _rates(dice: random.Random, sheet: Sheet, last: int) -> dict[tuple[int, int], Content]:
    """Rates by year (Orientierungsdaten) under the table."""
    top, count = sheet.head + len(sheet.measures) + 6, dice.randrange(2, 5)
    found: dict[tuple[int, int], Content] = {(top, 1): Text("Steigerung je Jahr")}
    begin = last + dice.randrange(-1, 2)
    for step in range(count):
        found[top, 2 + step] = Number(Decimal(begin + step))
    for row, name in enumerate(SERIES, top + 1):
        found[row, 1] = Text(name)
        found |= {(row, 2 + step): Number(Decimal(dice.randrange(-50, 120)) / 1000) for step in range(count)}
    return found


def _is_rate(content: Content) -> bool:
    return isinstance(content, Number) and abs(content.value) < 1


def _drawn(dice: random.Random, sheet: Sheet, last: int, rates: bool) -> Values:
    rule = dice.choice(["halten", "befristet", "index", "stellen_satz", "anteil", "liste"])
    need = dice.choice(["Bedarf", "Ausgangsbetrag"])
    wanted = {
        "halten": dice.choice([[], ["Ausgangsbetrag"]]),
        "befristet": [need, "bis"],
        "index": [*dice.choice([[need], [need], []]), "Steigerung je Jahr", "Basisjahr"],
        "stellen_satz": [*dice.choice([["Stellen"], ["Fallzahl", "Schlüssel"]]), "Satz EUR/Stelle"],
        "anteil": dice.choice([["Anteil", "Gesamtkosten"], ["Anteil", "Gesamtkosten"], ["Bedarf"]]),
        "liste": [],
    }[rule]
    if rule in ("index", "stellen_satz", "anteil") and dice.random() < 0.5:
        wanted.append("Höchstbetrag")
    if rule in ("stellen_satz", "anteil") and dice.random() < 0.6:
        wanted += ["Steigerung je Jahr", *dice.choice([["Basisjahr"], []])]
    if dice.random() < 0.5:
        wanted += ["bis"]
    values: Values = dict.fromkeys(_ALL[1:])
    values |= {"Regel": rule, "von": _period(dice, sheet, last + 1, "von")}
    values |= {key: _value(dice, sheet, key, last) for key in dict.fromkeys(wanted)}
    if rates and "Steigerung je Jahr" in wanted and dice.random() < 0.6:
        values["Steigerung je Jahr"] = dice.choice(SERIES)
    return values


def _value(dice: random.Random, sheet: Sheet, key: str, last: int) -> Decimal:
    match key:
        case "von" | "bis":
            return _period(dice, sheet, last + dice.randrange(-1, 5), key)
        case "Basisjahr":
            return Decimal(last + dice.randrange(-3, 3))
        case "Steigerung je Jahr":
            return Decimal(dice.randrange(-50, 120)) / 1000
        case "Anteil":
            return Decimal(dice.randrange(0, 1001)) / 1000
        case "Stellen":
            return Decimal(dice.randrange(1, 900)) / 10
        case "Schlüssel":
            return Decimal(dice.randrange(10, 200))
        case "Fallzahl":
            return Decimal(dice.randrange(0, 5000))
    return Decimal(dice.randrange(0, 90_000_000)) / (100_000 if key in sheet.thousands else 100)


def _period(dice: random.Random, sheet: Sheet, year: int, key: str) -> Decimal:
    """A year, or a day of it."""
    if not sheet.dated:
        return Decimal(year)
    day = date(year, 1, 1) if key == "von" else date(year, dice.randrange(1, 13), dice.randrange(1, 29))
    return Decimal((day - date(1899, 12, 30)).days)


def _edit(column: int, row: int, value: Decimal | str | None) -> CellEdit:
    content: Content = Blank() if value is None else Text(value) if isinstance(value, str) else Number(value)
    return CellEdit(SHEET, row, column, content)
