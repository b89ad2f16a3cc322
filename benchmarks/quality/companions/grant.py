"""A grant of the Land: its period, and by when its use must be proved."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.quality.block import TITLE
from benchmarks.quality.book import Book, Style, a1
from benchmarks.quality.table import Facts, Grant, need_of

DAY = Style(number="dd.mm.yyyy")


def add(book: Book, facts: Facts, random: Random, needs: frozenset[str]) -> None:
    """Label and value side by side."""
    del needs
    line = facts.tables[0].lines[0]
    sheet = book.sheet(random.choice(("Zuwendungsbescheid", "Landeszuschuss", "Bescheid")))
    sheet.put((1, 1), f"Zuwendung des Landes: {line.item.name}", TITLE)
    sheet.widths[1], sheet.widths[2] = 44, 18
    start, length = date(random.randint(2021, 2025), 1, 1), random.randint(2, 5)
    end, months = date(start.year + length - 1, 12, 31), random.choice((3, 6))
    sheet.put((3, 1), "Maßnahme")
    name = sheet.put((3, 2), line.item.name)
    sheet.put((4, 1), "Zuwendung EUR")
    sheet.put((4, 2), need_of(facts, line) * length, Style(number="#,##0"))
    sheet.put((5, 1), "Bewilligungszeitraum von")
    sheet.put((5, 2), start, DAY)
    sheet.put((6, 1), "Bewilligungszeitraum bis")
    sheet.put((6, 2), end, DAY)
    sheet.put((7, 1), "Verwendungsnachweis: Frist in Monaten")
    sheet.put((7, 2), months)
    sheet.put((8, 1), "Verwendungsnachweis fällig am")
    sheet.calc((8, 2), f"EOMONTH({a1((6, 2))},{a1((7, 2))})", DAY)
    facts.grants.append(Grant(sheet, name, (5, 2), (6, 2), (7, 2), (8, 2)))
