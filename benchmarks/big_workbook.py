"""Write a large budget workbook: two sheets, 325,000 cells, 100,000 formulas with right stored values.

    python benchmarks/big_workbook.py big.xlsx [--seed 1] [--measures 25000]

The same seed gives the same cells. It is what the benchmarks time against one `openpyxl.load_workbook`.
"""

from __future__ import annotations

import argparse
import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MEASURES = 25_000
YEARS = (2022, 2023, 2024, 2025)
FIRST = 3  # rows above the first measure
SUBJECTS = ("Dolmetscher", "Ausbildung", "Empowerment", "Sprachkurs", "Beratung", "Lizenzen", "Schulung", "Quartier")
PLACES = ("Mitte", "Nord", "Süd", "Ost", "West", "Vaihingen", "Feuerbach", "Möhringen")


def main() -> None:
    """Read the command line and write the workbook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measures", type=int, default=MEASURES)
    arguments = parser.parse_args()
    write(arguments.target, arguments.seed, arguments.measures)


def write(target: Path, seed: int = 1, count: int = MEASURES) -> None:
    """The workbook of this seed at `target`, with so many measures and four formulas for each."""
    chance = random.Random(seed)
    measures = [(_name(chance, number), [_amount(chance) for _ in YEARS]) for number in range(1, count + 1)]
    with xlsxwriter.Workbook(target) as book:
        euro = book.add_format({"num_format": "#,##0"})
        share = book.add_format({"num_format": "0.00%"})
        heading = book.add_format({"bold": True})
        sheet = book.add_worksheet("Maßnahmen")
        sheet.write(0, 0, "Maßnahmen in EUR", heading)
        sheet.write_row(FIRST - 1, 0, ("Nr.", "Maßnahme", "Kontengr.", *YEARS, "Summe", "Veränderung"), heading)
        for row, (name, amounts) in enumerate(measures, FIRST):
            _write_measure(sheet, row, name, amounts, euro)
        overview = book.add_worksheet("Übersicht")
        overview.write(0, 0, "Übersicht in TEUR", heading)
        overview.write_row(FIRST - 1, 0, ("Nr.", "Maßnahme", "Summe", "Anteil"), heading)
        rounded = [int((Decimal(sum(amounts)) / 1000).quantize(Decimal(1), ROUND_HALF_UP)) for _, amounts in measures]
        total = sum(rounded)
        for row, ((name, _), amount) in enumerate(zip(measures, rounded, strict=True), FIRST):
            _write_share(overview, row, name, (amount, total), FIRST + count + 1, (euro, share))
        last = FIRST + count
        overview.write(last, 1, "Summe", heading)
        overview.write_formula(last, 2, f"=SUM(C{FIRST + 1}:C{last})", euro, total)


def _write_measure(sheet: Worksheet, row: int, name: str, amounts: list[int], euro: object) -> None:
    line = row + 1
    sheet.write(row, 0, row - FIRST + 1)
    sheet.write(row, 1, name)
    sheet.write(row, 2, "430")
    for column, amount in enumerate(amounts, 3):
        sheet.write_number(row, column, amount, euro)
    sheet.write_formula(row, 7, f"=SUM(D{line}:G{line})", euro, sum(amounts))
    sheet.write_formula(row, 8, f"=G{line}-D{line}", euro, amounts[-1] - amounts[0])


def _write_share(
    sheet: Worksheet, row: int, name: str, amounts: tuple[int, int], last: int, formats: tuple[object, object]
) -> None:
    line, (amount, total) = row + 1, amounts
    sheet.write(row, 0, row - FIRST + 1)
    sheet.write(row, 1, name)
    sheet.write_formula(row, 2, f"=ROUND(Maßnahmen!H{line}/1000,0)", formats[0], amount)
    sheet.write_formula(row, 3, f"=C{line}/C${last}", formats[1], amount / total)


def _name(chance: random.Random, number: int) -> str:
    return f"{chance.choice(SUBJECTS)} {chance.choice(PLACES)} {number}"


def _amount(chance: random.Random) -> int:
    return chance.choice((0, 1, 1, 1)) * chance.randrange(500, 400_000, 10)


if __name__ == "__main__":
    main()
