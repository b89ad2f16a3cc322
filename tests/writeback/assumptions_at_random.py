"""Workbooks of any layout with a sheet "Annahmen" filled in at random: rules, amounts, periods, rates, scenarios."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.edits import Blank, CellEdit, Content, Number, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from pik_excel.schema import built_in
from pik_excel.writeback.assumptions import with_assumptions
from pik_excel.writeback.assumptions.sheet import FIRST_ROW, heads
from tests.writeback.layouts_at_random import LAYOUTS, made

SHEET = "Annahmen"
SCENARIOS = ("Tarif hoch", "Sparplan")
_COLUMNS = {head.removesuffix(" EUR"): column for column, (head, _width, _format) in enumerate(heads(), 1)}
_ALL = ("Regel", "Ausgangsbetrag", "von", "bis", "Bedarf", "Steigerung je Jahr", "Basisjahr", "Anteil", "Gesamtkosten",
        "Höchstbetrag", "Stellen", "Satz EUR/Stelle", "Fallzahl", "Schlüssel", "Szenario")  # fmt: skip
Values = dict[str, Decimal | str | None]


@dataclass(frozen=True)
class Assumed:
    """A workbook to be projected to the year `to`; `rows` are its assumptions by their row."""

    package: Package
    to: int
    rows: dict[int, Values]


def assumed(seed: int) -> Assumed:
    """A workbook of a random layout."""
    dice = random.Random(seed)
    source = made(dice.choice(sorted(LAYOUTS)), seed)
    reading = read_budget(read_workbook(source.package), built_in())
    first = with_assumptions(source.package, reading, built_in())
    table = first.reading.budget.assumptions[0]
    rows: dict[int, Values] = {}
    for row in table.rows:
        if dice.random() < 0.75:
            rows[row.at.row] = _drawn(dice, source.last)
    last = FIRST_ROW + len(table.rows)
    for place, scenario in enumerate(dice.sample(SCENARIOS, dice.randrange(0, 3))):
        rows[last + place] = _drawn(dice, source.last) | {
            "Maßnahme": dice.choice(table.rows).measure, "Szenario": scenario,
        }  # fmt: skip
    edits = [_edit(at, key, value) for at, values in rows.items() for key, value in values.items()]
    return Assumed(patched(first.package, edits), source.last + dice.randrange(1, 5), rows)


def change(case: Assumed, seed: int) -> list[tuple[str, Decimal | None]]:
    """Some cells of the assumptions and what is typed into them: figures where there are figures, periods anywhere."""
    dice = random.Random(seed * 7919)
    found = []
    for row, values in case.rows.items():
        there = [key for key, value in values.items() if isinstance(value, Decimal) and key not in ("von", "bis")]
        keys = [*dice.sample(there, min(len(there), 2)), *(("bis",) if dice.random() < 0.4 else ())]
        for key in keys:
            value = None if key == "bis" and dice.random() < 0.3 else _value(dice, key, case.to - 3)
            found.append((f"{chr(64 + _COLUMNS[key])}{row}", value))
    return found


def changed(package: Package, cells: list[tuple[str, Decimal | None]]) -> Package:
    """The workbook with these cells typed."""
    return patched(
        package,
        [
            CellEdit(SHEET, int(cell[1:]), ord(cell[0]) - 64, Blank() if value is None else Number(value))
            for cell, value in cells
        ],
    )


def _drawn(dice: random.Random, last: int) -> Values:
    rule = dice.choice(["halten", "befristet", "index", "stellen_satz", "anteil", "liste"])
    needs = {
        "halten": ["Ausgangsbetrag"],
        "befristet": [dice.choice(["Bedarf", "Ausgangsbetrag"]), "bis"],
        "index": [dice.choice(["Bedarf", "Ausgangsbetrag"]), "Steigerung je Jahr", "Basisjahr"],
        "stellen_satz": [*dice.choice([["Stellen"], ["Fallzahl", "Schlüssel"]]), "Satz EUR/Stelle"],
        "anteil": ["Anteil", "Gesamtkosten"],
        "liste": [],
    }[rule]
    if rule in ("index", "stellen_satz", "anteil") and dice.random() < 0.5:
        needs.append("Höchstbetrag")
    if rule in ("stellen_satz", "anteil") and dice.random() < 0.5:
        needs += ["Steigerung je Jahr", "Basisjahr"]
    if dice.random() < 0.5:
        needs += ["bis"]
    values: Values = dict.fromkeys(_ALL[1:])
    values |= {"Regel": rule, "von": Decimal(last + 1)}
    return values | {key: _value(dice, key, last) for key in needs}


def _value(dice: random.Random, key: str, last: int) -> Decimal:
    match key:
        case "von" | "bis":
            return Decimal(last + dice.randrange(-1, 5))
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
    return Decimal(dice.randrange(0, 90_000_000)) / 100


def _edit(row: int, key: str, value: Decimal | str | None) -> CellEdit:
    content: Content = Blank() if value is None else Text(value) if isinstance(value, str) else Number(value)
    return CellEdit(SHEET, row, _COLUMNS[key], content)
