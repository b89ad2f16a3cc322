"""Whatever unit each column of "Annahmen" is in, and whatever limits a rule has: the amount is what it is in EUR."""

from __future__ import annotations

import os
import random
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

import pytest

from tests.writeback.building import package_of, projected

SEEDS = range(400 if os.environ.get("PIK_EXCEL_FULL") else 25)
MONEY = ("Bedarf", "Gesamtkosten", "Höchstbetrag", "Satz", "Eigenanteil")
LAST = 2025


def drawn(dice: random.Random) -> dict[str, Decimal | str | None]:
    """An assumption with amounts in EUR."""
    money = {key: Decimal(dice.randrange(1, 900)) * 1000 for key in MONEY[:3]} | {
        "Satz": Decimal(dice.randrange(20, 90)) * 1000
    }
    own = dice.choice(
        [None, Decimal(dice.randrange(1, 10)) / 10, "in gleicher Höhe", Decimal(dice.randrange(10, 400)) * 1000]
    )
    return {
        "Regel": dice.choice(["anteil", "index", "stellen_satz"]), **money,
        "Anteil": Decimal(dice.randrange(1, 100)) / 100, "Eigenanteil": own,
        "Höchstbetrag": dice.choice([None, money["Höchstbetrag"]]),
        "Steigerung je Jahr": dice.choice([None, Decimal(dice.randrange(1, 90)) / 1000]),
        "Basisjahr": Decimal(LAST), "bis": dice.choice([None, Decimal(LAST + 2)]),
        "Fallzahl": Decimal(dice.randrange(100, 3000)), "Schlüssel": "1:120",
    }  # fmt: skip


def meant(row: dict[str, Decimal | str | None], year: int) -> Decimal:
    """EUR of that year, worked out anew."""
    number = {key: value for key, value in row.items() if isinstance(value, Decimal)}
    if "bis" in number and year > number["bis"]:
        return Decimal(0)
    rise = (1 + number.get("Steigerung je Jahr", Decimal(0))) ** (year - LAST)
    match row["Regel"]:
        case "index":
            amount = number["Bedarf"] * rise
        case "stellen_satz":
            amount = ceil(number["Fallzahl"] / 120) * number["Satz"] * rise
        case _:
            cost, own = number["Gesamtkosten"] * rise, row["Eigenanteil"]
            kept = Decimal(0) if own is None else cost / 2 if isinstance(own, str) else own if own > 1 else cost * own
            assert isinstance(kept, Decimal)
            amount = min(number["Anteil"] * cost, max(cost - kept, Decimal(0)))
    return min(amount, number["Höchstbetrag"]) if "Höchstbetrag" in number else amount


@pytest.mark.parametrize("seed", SEEDS)
def test_the_amount_is_what_it_is_in_eur(seed: int) -> None:
    dice = random.Random(seed)
    row = drawn(dice)
    if row["Regel"] == "index" and row["Steigerung je Jahr"] is None:
        row["Steigerung je Jahr"] = Decimal("0.02")
    thousands = {key for key in MONEY if dice.random() < 0.5}
    if not isinstance(row["Eigenanteil"], Decimal) or row["Eigenanteil"] <= 1:
        thousands.discard("Eigenanteil")
    heads, cells = ["Maßnahme"], ["Sprachkurse"]
    for key in dice.sample(sorted(row), len(row)):
        value, money = row[key], key in MONEY[:4] or (key == "Eigenanteil" and key in thousands)
        unit = f" {'TEUR' if key in thousands else 'EUR'}" + ("/Stelle" if key == "Satz" else "") if money else ""
        heads.append(key + unit)
        shown = value / 1000 if key in thousands and isinstance(value, Decimal) else value
        cells.append("" if shown is None else f"{shown:f}" if isinstance(shown, Decimal) else shown)
    unit = dice.choice(["TEUR", "EUR"])
    text = f"""
Blatt "Maßnahmen":

|   | A           | B           | C           |
|---|-------------|-------------|-------------|
| 1 | Maßnahme    | 2024 {unit} | 2025 {unit} |
| 2 | Sprachkurse | 10          | 12          |
| 3 | Beratung    | 5           | 5           |

Blatt "Annahmen":

|   | {" | ".join("ABCDEFGHIJKLMNOP"[: len(heads)])} |
|---|{"---|" * len(heads)}
| 1 | {" | ".join(heads)} |
| 2 | {" | ".join(cells)} |
"""
    _projection, written = projected(package_of(text), LAST + 3)
    values = [Decimal(cell.value) for cell in written.cells if cell.at.row == 2 and cell.formula and cell.value]
    factor = 1000 if unit == "TEUR" else 1
    expected = [(meant(row, LAST + step) / factor).quantize(Decimal(1), ROUND_HALF_UP) for step in (1, 2, 3)]
    assert values == expected, (row, thousands)
