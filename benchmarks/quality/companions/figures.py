"""Performance figures by year, with parts that make up the whole."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style
from benchmarks.quality.table import Facts, Figure, Figures
from benchmarks.quality.vocabulary import DEPARTMENTS


def add(book: Book, facts: Facts, random: Random, needs: frozenset[str]) -> None:
    """Two or three figures over three years."""
    del needs
    sheet = book.sheet(random.choice(("Leistungszahlen", "Kennzahlen")))
    sheet.put((1, 1), "Leistungszahlen", TITLE)
    first = random.randint(2019, 2024)
    heads: tuple[str | int, ...] = ("Leistungszahl", "Einheit", first, first + 1, first + 2)
    for column, text in enumerate(heads, 1):
        sheet.put((3, column), text, HEAD)
    sheet.widths[1] = 38
    department = random.choice(DEPARTMENTS)
    made, row = Figures(sheet, []), 4
    for name, unit, parts in department.figures:
        label = sheet.put((row, 1), name)
        sheet.put((row, 2), unit)
        wholes = [Decimal(random.randint(120, 4000))]
        for _ in range(2):
            wholes.append((wholes[-1] * random.randint(96, 108) / 100).quantize(Decimal(1)))
        style = Style(number="#,##0")
        values = [sheet.put((row, 3 + index), whole, style) for index, whole in enumerate(wholes)]
        firsts = [(whole * random.randint(35, 65) / 100).quantize(Decimal(1)) for whole in wholes]
        figure = Figure(label, values, [], True)
        for number, part in enumerate(parts):
            row += 1
            amounts = firsts if number == 0 else [w - f for w, f in zip(wholes, firsts, strict=True)]
            at = sheet.put((row, 1), f"davon {part}", Style(indent=1))
            sheet.put((row, 2), unit)
            places = [sheet.put((row, 3 + index), amount, style) for index, amount in enumerate(amounts)]
            figure.parts.append((at, places))
        made.rows.append(figure)
        row += 1
    facts.figures.append(made)
