"""A budget in English, as an international office or a foundation hands it in."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, adding
from benchmarks.quality.plan import Unit, Year, item, kinds
from benchmarks.quality.table import Added, Facts, Head, Line, Table, Total
from benchmarks.quality.vocabulary import Entry

GROUPS = {
    "Youth work": (
        ("Youth centre North", 240_000), ("Adventure playground", 118_000), ("Outreach in the city centre", 186_000),
        ("Midnight sports", 14_000), ("Holiday programme", 38_500),
    ),
    "Families": (
        ("Family centre East", 96_000), ("Parents' café", 21_000), ("Welcome visits", 44_000), ("Counselling", 132_000),
    ),
    "Integration": (
        ("Language classes", 64_000), ("Interpreters", 58_000), ("Mentoring for newcomers", 27_500),
        ("Neighbourhood festival", 9_800),
    ),
}  # fmt: skip
KINDS = {"Ist": "Actual", "Ansatz": "Budget", "Plan": "Forecast", "": ""}


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One table with or without groups; a total below."""
    unit = random.choice((Unit(1, "EUR", 0), Unit(1, "€", 0), Unit(1000, "k€", 0), Unit(1000, "TEUR", 0)))
    years = kinds(random, random.randint(2019, 2026), random.randint(3, 5))
    sheet = book.sheet(random.choice(("Budget", "Grants", "Overview")))
    title = sheet.put((1, 1), f"Social services: budget {years[0].value} to {years[-1].value} in {unit.text}", TITLE)
    lead = ["No."] * ("nr" in needs or random.random() < 0.3) + [random.choice(("Measure", "Project", "Item"))]
    names, grouped = len(lead), "groups" in needs or random.random() < 0.5
    row_total = "row_total" in needs or random.random() < 0.3
    table = Table(sheet, unit, title, [], [], [], unit_at=[title], label_column=names)
    for column, text in enumerate(lead, 1):
        sheet.put((3, column), text, HEAD)
    sheet.widths[names] = 36
    for index, year in enumerate(years):
        place = sheet.put((3, names + 1 + index), _text(year), HEAD)
        table.heads.append(Head(place, "year", year))
        sheet.widths[place[1]] = 14
    if row_total:
        table.heads.append(Head(sheet.put((3, names + 1 + len(years)), "Total", HEAD), "row_total"))
    style, bold = Style(number=unit.format), Style(number=unit.format, bold=True, top=True)
    row = 4
    for group, entries in random.sample(sorted(GROUPS.items()), 3 if grouped else 2):
        begin = len(table.lines)
        if grouped:
            sheet.put((row, names), group, Style(bold=True))
            row += 1
        for name, size in entries:
            made = item(random, Entry(name, "", 43, size), years, unit)
            line = Line(made, sheet.put((row, names), name), {})
            if len(lead) > 1:
                line.beside["nr"] = sheet.put((row, 1), len(table.lines) + 1)
            for index, amount in enumerate(made.amounts):
                line.amounts[index] = sheet.put((row, names + 1 + index), amount, style)
            if row_total:
                parts = [line.amounts[index] for index in range(len(years))]
                line.amounts[len(years)] = sheet.calc((row, names + 1 + len(years)), adding(parts), style)
            table.lines.append(line)
            row += 1
        if grouped:
            label = sheet.put((row, names), random.choice((f"Subtotal {group}", f"Total {group}")), Style(bold=True))
            table.totals.append(Total(label, _sums(table, row, begin, bold), "subtotal", begin, len(table.lines) - 1))
            row += 1
    label = sheet.put((row, names), random.choice(("Total", "Grand total", "Total budget")), Style(bold=True))
    cells = []
    for index, head in enumerate(table.heads):
        below = [next(cell.at for cell in one.cells if cell.head == index) for one in table.level("subtotal")]
        parts = below or [line.amounts[index] for line in table.lines]
        at = sheet.calc((row, head.at[1]), adding(parts), bold)
        cells.append(Added(at, parts, index, "totals" if below else "lines"))
    table.totals.append(Total(label, cells, "grand", 0, len(table.lines) - 1))
    for index in table.role("row_total"):
        rows = [Added(line.amounts[index], [line.amounts[one] for one in table.dated()], index) for line in table.lines]
        table.totals.append(Total(table.heads[index].at, rows, "row", 0, len(table.lines) - 1))
    table.below, table.right = row + 2, names + len(table.heads)
    return Facts(tables=[table])


def _text(year: Year) -> str | int:
    kind = KINDS[year.kind]
    return f"{kind} {year.value}" if kind else year.value


def _sums(table: Table, row: int, begin: int, style: Style) -> list[Added]:
    cells = []
    for index, head in enumerate(table.heads):
        parts = [line.amounts[index] for line in table.lines[begin:]]
        cells.append(Added(table.sheet.calc((row, head.at[1]), adding(parts), style), parts, index))
    return cells
