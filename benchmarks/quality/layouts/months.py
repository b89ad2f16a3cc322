"""One budget year by months or quarters, with the year's sum, as offices plan how money flows off."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, adding
from benchmarks.quality.leading import few_columns, lead_in
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Added, Facts, Head, Table, Total

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
          "Dezember")  # fmt: skip
PARTS = (
    MONTHS,
    tuple(month[:3] for month in MONTHS),
    ("I. Quartal", "II. Quartal", "III. Quartal", "IV. Quartal"),
    ("1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"),
    ("Q1", "Q2", "Q3", "Q4"),
)


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """A row a measure, the year's sum at the right, the sums of months below."""
    announced = plan(random, count=2, few=True)
    unit, year, parts = announced.unit, announced.years[0].value, random.choice(PARTS)
    sheet = book.sheet(random.choice(("Mittelabfluss", "Jahresplanung", f"Plan {year}")))
    text = random.choice(("Mittelabflussplan {year} {name} in {unit}", "{name}: Budget {year} ({unit})"))
    title = sheet.put((1, 1), text.format(year=year, name=announced.department.name, unit=unit.text), TITLE)
    table = Table(sheet, unit, title, [], [], [], unit_at=[title])
    lead = few_columns(random, needs)
    table.label_column = lead.index("Maßnahme") + 1
    first = len(lead) + 1
    whole = random.choice(("Summe", "Gesamt", f"Jahr {year}", f"Ansatz {year}"))
    for column, one in enumerate([*lead, *parts, whole], 1):
        sheet.put((3, column), one, HEAD)
        sheet.widths[column] = 40 if one == "Maßnahme" else 11
    table.heads = [Head((3, first + index), "amount") for index in range(len(parts))]
    table.heads.append(Head((3, first + len(parts)), "row_total"))
    style = Style(number=unit.format)
    step = Decimal(1).scaleb(-unit.digits) * (100 if unit.factor == 1 else 1)
    for row, item in enumerate(announced.items, 4):
        line = lead_in(sheet, lead, row, item, row - 3)
        share = max((item.amounts[0] or item.amounts[1] or step) / len(parts) // step * step, step)
        for index in range(len(parts)):
            more = step if unit.factor < 1_000_000 and random.random() < 0.2 else 0
            line.amounts[index] = sheet.put((row, first + index), share + more, style)
        line.amounts[len(parts)] = (row, first + len(parts))
        sheet.calc(line.amounts[len(parts)], adding([line.amounts[one] for one in range(len(parts))]), style)
        table.lines.append(line)
    row = 4 + len(table.lines)
    label = sheet.put((row, table.label_column), random.choice(("Summe", "Gesamt", "Insgesamt")), Style(bold=True))
    bold = Style(number=unit.format, bold=True, top=True)
    cells = []
    for index, head in enumerate(table.heads):
        below = [line.amounts[index] for line in table.lines]
        cells.append(Added(sheet.calc((row, head.at[1]), adding(below), bold), below, index))
    table.totals.append(Total(label, cells, "grand", 0, len(table.lines) - 1))
    rows = [
        Added(line.amounts[len(parts)], [line.amounts[one] for one in range(len(parts))], len(parts))
        for line in table.lines
    ]
    table.totals.append(Total(table.heads[-1].at, rows, "row", 0, len(table.lines) - 1))
    table.below, table.right = row + 2, first + len(parts)
    return Facts(tables=[table])
