"""Years down the side, measures across."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, adding
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Added, Facts, Head, Line, Table, Total


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """A row a year, a column a measure, row totals at the right, column totals below."""
    del needs
    announced = plan(random, count=random.randint(4, 6), most=7, few=True)
    unit = announced.unit
    sheet = book.sheet(random.choice(("Zeitreihe", "Entwicklung", announced.department.short)))
    title = sheet.put((1, 1), f"Entwicklung der Ansätze {announced.department.name} in {unit.text}", TITLE)
    top = 3
    sheet.put((top, 1), random.choice(("Jahr", "Haushaltsjahr")), HEAD)
    table = Table(sheet, unit, title, [], [], [], unit_at=[title], down=True)
    style = Style(number=unit.format)
    for index, year in enumerate(announced.years):
        text: str | int = f"{year.kind} {year.value}" if year.kind else year.value
        table.heads.append(Head(sheet.put((top + 1 + index, 1), text), "year", year))
    for column, item in enumerate(announced.items, 2):
        line = Line(item, sheet.put((top, column), item.name, HEAD), {})
        sheet.widths[column] = 18
        for index, amount in enumerate(item.amounts):
            line.amounts[index] = sheet.put((top + 1 + index, column), amount, style)
        table.lines.append(line)
    bold = Style(number=unit.format, bold=True)
    right = len(table.lines) + 2
    label = sheet.put((top, right), random.choice(("Summe", "Gesamt", "Insgesamt")), HEAD)
    cells = []
    for index in range(len(announced.years)):
        parts = [line.amounts[index] for line in table.lines]
        cells.append(Added(sheet.calc((top + 1 + index, right), adding(parts), bold), parts, index))
    table.totals.append(Total(label, cells, "grand", 0, len(table.lines) - 1))
    below = top + 1 + len(announced.years)
    if random.random() < 0.5:
        at = sheet.put((below, 1), "Summe", Style(bold=True))
        for column in range(2, right + 1):
            rows = [(row, column) for row in range(top + 1, below)]
            added = Added(sheet.calc((below, column), adding(rows), bold), rows, 0)
            table.totals.append(Total(at, [added], "row", 0, 0))
    table.below, table.right = below + 2, right
    return Facts(tables=[table])
