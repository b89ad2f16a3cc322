"""A long list: measure, year, amount, one row each, as a finance system exports it."""

from __future__ import annotations

from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, adding
from benchmarks.quality.plan import plan
from benchmarks.quality.table import Added, Facts, Head, Line, Table, Total


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """Sorted by measure or by year; a total below."""
    announced = plan(random, count=random.randint(3, 5))
    unit = announced.unit
    sheet = book.sheet(random.choice(("Daten", "Export", "Liste")))
    top = 1
    if random.random() < 0.5:
        sheet.put((1, 1), f"Datenexport {announced.department.name}", TITLE)
        top = 3
    amount_head = random.choice(("Betrag in {unit}", "Betrag {unit}", "Ansatz ({unit})")).format(unit=unit.text)
    heads = ["Maßnahme", random.choice(("Jahr", "Haushaltsjahr")), amount_head]
    if "codes" in needs or random.random() < 0.5:
        heads[0:0] = ["Produkt", "Kontengruppe"]
    if "nr" in needs:
        heads.insert(0, "lfd. Nr.")
    for column, text in enumerate(heads, 1):
        sheet.put((top, column), text, HEAD)
        sheet.widths[column] = 30 if text == "Maßnahme" else 15
    table = Table(sheet, unit, (1, 1) if top > 1 else None, [], [], [], long=True)
    name, year_column = heads.index("Maßnahme") + 1, heads.index("Maßnahme") + 2
    amount_column = len(heads)
    table.unit_at, table.label_column = [(top, amount_column)], name
    table.heads = [Head((top, amount_column), "year", year) for year in announced.years]
    pairs = [(item, index) for item in announced.items for index in range(len(announced.years))]
    if random.random() < 0.3:
        pairs.sort(key=lambda pair: pair[1])
    style = Style(number=unit.format)
    lines: dict[str, Line] = {}
    for row, (item, index) in enumerate(pairs, top + 1):
        line = lines.setdefault(item.name, Line(item, (row, name), {}))
        values = {"Produkt": item.product, "Kontengruppe": str(item.entry.account), "lfd. Nr.": row - top}
        for column, text in enumerate(heads, 1):
            if text in values:
                place = sheet.put((row, column), values[text])  # type: ignore[arg-type]
                role = {"Produkt": "product", "Kontengruppe": "account", "lfd. Nr.": "nr"}[text]
                line.beside.setdefault(role, place)
        sheet.put((row, name), item.name)
        sheet.put((row, year_column), announced.years[index].value)
        line.amounts[index] = sheet.put((row, amount_column), item.amounts[index], style)
    table.lines = list(lines.values())
    last = top + len(pairs)
    label = sheet.put((last + 1, name), "Summe", Style(bold=True))
    parts = [(row, amount_column) for row in range(top + 1, last + 1)]
    at = sheet.calc((last + 1, amount_column), adding(parts), Style(number=unit.format, bold=True, top=True))
    table.totals = [Total(label, [Added(at, parts, 0)], "grand", 0, len(table.lines) - 1)]
    table.below, table.right = last + 3, amount_column
    if random.random() < 0.6:
        sheet.filter = ((top, 1), (last, amount_column))
    return Facts(tables=[table])
