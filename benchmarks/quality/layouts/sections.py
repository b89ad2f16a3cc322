"""Income, expenses and what is left, of an association or a municipal enterprise; the newest year first at times."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, a1, adding
from benchmarks.quality.plan import EUR, TEUR, Item, Year, in_unit
from benchmarks.quality.table import Added, Facts, Head, Line, Table, Total
from benchmarks.quality.vocabulary import Entry

INCOME = (
    ("Zuschuss der Stadt", 120_000), ("Mitgliedsbeiträge", 18_000), ("Eintrittsgelder", 34_000), ("Spenden", 9_000),
    ("Mieteinnahmen", 22_000), ("Zuschuss des Landes", 45_000), ("Verkaufserlöse", 7_500),
)  # fmt: skip
SPENDING = (
    ("Löhne und Gehälter", 142_000), ("Miete und Nebenkosten", 36_000), ("Honorarkräfte", 24_000),
    ("Öffentlichkeitsarbeit", 8_400), ("Versicherungen", 3_600), ("Büro und Porto", 4_200), ("Reparaturen", 11_500),
    ("Fortbildung", 2_900),
)  # fmt: skip
WORDS = (
    ("Einnahmen", "Ausgaben", "Summe Einnahmen", "Summe Ausgaben", "Überschuss/Fehlbetrag"),
    ("Erträge", "Aufwendungen", "Summe Erträge", "Summe Aufwendungen", "Jahresergebnis"),
    ("I. Erträge", "II. Aufwendungen", "Erträge gesamt", "Aufwendungen gesamt", "Ergebnis"),
)


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """Two sections with their sums and the difference."""
    unit, start = random.choice((EUR, EUR, TEUR)), random.randint(2020, 2025)
    income, spending, first_sum, second_sum, rest = random.choice(WORDS)
    years = [Year(start, "Ergebnis"), Year(start + 1, "Ansatz"), Year(start + 2, "Plan")]
    years += [Year(start + 3, "Plan")] * (random.random() < 0.4)
    if random.random() < 0.4:
        years.reverse()
    sheet = book.sheet(random.choice(("Wirtschaftsplan", "Haushaltsplan", "Kostenplan", "GuV-Plan")))
    name = random.choice(("Musikschule", "Stadtbücherei e. V.", "Eigenbetrieb Bäder", "Bürgerhaus", "Jugendring"))
    title = sheet.put((1, 1), f"Wirtschaftsplan {name} ({unit.text})", TITLE)
    nr = "nr" in needs
    top, names = random.choice((3, 4)), 2 if nr else 1
    if nr:
        sheet.put((top, 1), "Nr.", HEAD)
    sheet.put((top, names), random.choice(("Position", "Bezeichnung", "Kostenart")), HEAD)
    sheet.widths[names] = 36
    table = Table(sheet, unit, title, [], [], [], unit_at=[title], label_column=names)
    for index, year in enumerate(years):
        place = sheet.put((top, names + 1 + index), f"{year.kind} {year.value}", HEAD)
        table.heads.append(Head(place, "year", year))
        sheet.widths[place[1]] = 14
    row, sums, style = top + 1, list[list[Added]](), Style(number=unit.format)
    bold = Style(number=unit.format, bold=True, top=True)
    for rows, heading, text in ((INCOME, income, first_sum), (SPENDING, spending, second_sum)):
        sheet.put((row, names), heading, Style(bold=True))
        row, begin = row + 1, len(table.lines)
        for entry, size in random.sample(rows, random.randint(4, len(rows))):
            rate, base = Decimal(random.randint(0, 40)) / 1000, Decimal(size) * random.randint(80, 130) / 100
            amounts = tuple(in_unit(base * (1 + rate) ** (year.value - start), unit) for year in years)
            line = Line(Item(Entry(entry, "", 42, size), amounts, "growing", rate), sheet.put((row, names), entry), {})
            if nr:
                line.beside["nr"] = sheet.put((row, 1), len(table.lines) + 1)
            for index, amount in enumerate(amounts):
                line.amounts[index] = sheet.put((row, names + 1 + index), amount, style)
            table.lines.append(line)
            row += 1
        label = sheet.put((row, names), text, Style(bold=True))
        cells = []
        for index, head in enumerate(table.heads):
            parts = [line.amounts[index] for line in table.lines[begin:]]
            cells.append(Added(sheet.calc((row, head.at[1]), adding(parts), bold), parts, index))
        table.totals.append(Total(label, cells, "grand", begin, len(table.lines) - 1))
        sums.append(cells)
        row += random.choice((1, 2))
    sheet.put((row, names), rest, Style(bold=True))
    for one, other in zip(*sums, strict=True):
        sheet.calc((row, one.at[1]), f"{a1(one.at)}-{a1(other.at)}", bold)
    table.below, table.right = row + 2, names + len(years)
    return Facts(tables=[table])
