"""A sheet for each group, and an overview sheet that fetches their totals."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import HEAD, TITLE, block, shape
from benchmarks.quality.book import Book, Style, adding, reference
from benchmarks.quality.plan import Item, plan
from benchmarks.quality.table import Added, Facts, Head, Line, Table, Total
from benchmarks.quality.vocabulary import Entry


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """The overview first or last."""
    announced = plan(random, count=random.randint(3, 5))
    look = shape(random, needs, key_rows=False)
    first = random.random() < 0.6
    overview = book.sheet("Übersicht") if first else None
    tables = []
    for title, items in announced.groups:
        sheet = book.sheet(title.split(",")[0])
        tables.append(block(sheet, announced.only(items, title), look, random))
    overview = overview or book.sheet("Übersicht")
    table = Table(overview, announced.unit, (1, 1), [], [], [], unit_at=[(1, 1)])
    overview.put((1, 1), f"{announced.department.name}, Übersicht in {announced.unit.text}", TITLE)
    overview.put((3, 1), random.choice(("Bereich", "Bezeichnung")), HEAD)
    overview.widths[1] = 34
    for index, year in enumerate(announced.years):
        text: str | int = f"{year.kind} {year.value}" if year.kind else year.value
        table.heads.append(Head(overview.put((3, 2 + index), text, HEAD), "year", year))
    style = Style(number=announced.unit.format)
    for row, (title, made) in enumerate(zip((title for title, _ in announced.groups), tables, strict=True), 4):
        line = Line(Item(Entry(title, "", 43, 0), (), "free"), overview.put((row, 1), title), {})
        for index in range(len(announced.years)):
            source = next(cell.at for cell in made.level("grand")[0].cells if cell.head == index)
            line.amounts[index] = overview.calc((row, 2 + index), reference(made.sheet, source), style)
        table.lines.append(line)
    row = 4 + len(tables)
    label = overview.put((row, 1), "Gesamt", Style(bold=True))
    cells = []
    for index in range(len(announced.years)):
        parts = [line.amounts[index] for line in table.lines]
        bold = Style(number=announced.unit.format, bold=True, top=True)
        cells.append(Added(overview.calc((row, 2 + index), adding(parts), bold), parts, index))
    table.totals.append(Total(label, cells, "grand", 0, len(tables) - 1))
    table.below, table.right = row + 2, 1 + len(announced.years)
    return Facts(tables=[*tables, table])
