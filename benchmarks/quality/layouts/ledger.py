"""A partial budget (Teilergebnishaushalt): numbered lines of revenues and expenses with their sums and the balance."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Place, Style, a1, adding
from benchmarks.quality.formula import rounded
from benchmarks.quality.plan import EUR, TEUR, Item, Unit, Year, in_unit
from benchmarks.quality.table import Added, Facts, Head, Line, Table, Total
from benchmarks.quality.vocabulary import DEPARTMENTS, Entry

REVENUES = (
    ("Zuweisungen und Zuwendungen", "31", 180_000), ("Öffentlich-rechtliche Entgelte", "33", 96_000),
    ("Privatrechtliche Leistungsentgelte", "34", 41_000), ("Kostenerstattungen und Kostenumlagen", "34", 73_000),
    ("Sonstige ordentliche Erträge", "35", 12_000),
)  # fmt: skip
EXPENSES = (
    ("Personalaufwendungen", "40", 1_240_000), ("Versorgungsaufwendungen", "41", 18_000),
    ("Aufwendungen für Sach- und Dienstleistungen", "42", 386_000), ("Abschreibungen", "47", 152_000),
    ("Transferaufwendungen", "43", 415_000), ("Sonstige ordentliche Aufwendungen", "44", 87_000),
)  # fmt: skip


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """Revenues positive and expenses positive, or expenses negative throughout."""
    department, unit = random.choice(DEPARTMENTS), random.choice((EUR, EUR, TEUR))
    start = random.randint(2021, 2026)
    years = (Year(start, "Ergebnis"), Year(start + 1, "Ansatz"), *(Year(start + 2 + i, "Planung") for i in range(3)))
    sheet = book.sheet(random.choice(("Teilergebnishaushalt", f"THH {department.office}", "Ergebnisplan")))
    title = sheet.put((1, 1), f"Teilergebnishaushalt {department.name} ({unit.text})", TITLE)
    table = Table(sheet, unit, title, [], [], [], unit_at=[title], label_column=2)
    row_total = "row_total" in needs
    texts = ["Nr.", "Ertrags- und Aufwandsarten", *(["Kontengruppe"] if "codes" in needs else [])]
    first = len(texts) + 1
    for column, text in enumerate(texts, 1):
        sheet.put((3, column), text, HEAD)
        sheet.widths[column] = 44 if column == 2 else 8
    for index, year in enumerate(years):
        table.heads.append(Head(sheet.put((3, first + index), f"{year.kind} {year.value}", HEAD), "year", year))
        sheet.widths[first + index] = 14
    if row_total:
        planned = f"Summe {years[2].value}–{years[-1].value}"
        table.heads.append(Head(sheet.put((3, first + len(years)), planned, HEAD), "row_total"))
    negative = random.random() < 0.4
    row, sums = 4, list[list[Added]]()
    for rows, text, sign in (
        (REVENUES, "Summe ordentliche Erträge", 1),
        (EXPENSES, "Summe ordentliche Aufwendungen", -1),
    ):
        begin = len(table.lines)
        for name, account, size in random.sample(rows, len(rows) - random.choice((0, 1))):
            _line(table, row, name, account, size, -1 if negative and sign < 0 else 1, years, unit, random, first)
            row += 1
        label = sheet.put((row, 2), text, Style(bold=True))
        sheet.put((row, 1), row - 3)
        lines = table.lines[begin:]
        bold = Style(number=unit.format, bold=True, top=True)
        cells: list[Added] = []
        for head, one in enumerate(table.heads):
            parts = [line.amounts[head] for line in lines]
            cells.append(Added(sheet.calc((row, one.at[1]), adding(parts), bold), parts, head))
        table.totals.append(Total(label, cells, "grand", begin, len(table.lines) - 1))
        sums.append(cells)
        row += 1
    sheet.put((row, 2), "Ordentliches Ergebnis", Style(bold=True))
    sheet.put((row, 1), row - 3)
    for one, other in zip(*sums, strict=True):
        formula = f"{a1(one.at)}{'+' if negative else '-'}{a1(other.at)}"
        sheet.calc((row, one.at[1]), formula, Style(number=unit.format, bold=True, top=True))
    for head in table.role("row_total"):
        planned_ = [Added(line.amounts[head], [line.amounts[i] for i in (2, 3, 4)], head) for line in table.lines]
        table.totals.append(Total(table.heads[head].at, planned_, "row", 0, len(table.lines) - 1))
    table.below, table.right = row + 2, first + len(table.heads) - 1
    return Facts(tables=[table])


def _line(
    table: Table, row: int, name: str, account: str, size: int, sign: int, years: tuple[Year, ...], unit: Unit,
    random: Random, first: int,
) -> Place:  # fmt: skip
    sheet, rate = table.sheet, Decimal(random.randint(0, 40)) / 1000
    base = Decimal(size) * random.randint(80, 130) / 100
    entry = Entry(name, "", int(account), size)
    stated = tuple(
        sign * rounded(in_unit(base * (1 + rate) ** index, unit, year.kind == "Ergebnis"))
        for index, year in enumerate(years)
    )
    line = Line(Item(entry, stated, "growing", rate), sheet.put((row, 2), name), {})
    line.beside["nr"] = sheet.put((row, 1), row - 3)
    if first == 4:
        line.beside["account"] = sheet.put((row, 3), account)
    style = Style(number=unit.format)
    for index, amount in enumerate(stated):
        line.amounts[index] = sheet.put((row, first + index), amount, style)
    if table.role("row_total"):
        planned = [line.amounts[index] for index in (2, 3, 4)]
        line.amounts[len(years)] = sheet.calc((row, first + len(years)), adding(planned), style)
    table.lines.append(line)
    return line.label
