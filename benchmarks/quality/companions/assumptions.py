"""Assumptions a measure: paid until, needed until, highest share, cap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style
from benchmarks.quality.formula import rounded
from benchmarks.quality.table import Facts, Terms, need_of

DAY = Style(number="dd.mm.yyyy")
MONEY = Style(number="#,##0")


def add(book: Book, facts: Facts, random: Random, needs: frozenset[str]) -> None:
    """The first measures of the first table, money in EUR."""
    del needs
    table = facts.tables[0]
    lines = [line for line in table.lines if line.item.entry.size][:5]
    years = [head.year.value for one in facts.tables for head in one.heads if head.year is not None]
    last = max(years, default=2026)
    sheet = book.sheet("Annahmen")
    sheet.put((1, 1), "Annahmen je Maßnahme", TITLE)
    paid = random.choice(("finanziert bis", "Finanzierung gesichert bis"))
    needed = random.choice(("benötigt bis", "Bedarf bis"))
    heads = ("Maßnahme", "Träger", "Bedarf EUR", "Anteil", "Höchstbetrag EUR", paid, needed, "Bemerkung")
    for column, text in enumerate(heads, 1):
        sheet.put((3, column), text, HEAD)
        sheet.widths[column] = 30 if column == 1 else 16
    terms = Terms(sheet, [])
    for row, line in enumerate(lines, 4):
        need = rounded(need_of(facts, line) * Decimal("1.05"), -2)
        until = date(last + random.randint(0, 3), 12, 31)
        places = {"name": sheet.put((row, 1), line.item.name)}
        sheet.put((row, 2), line.item.entry.payee or "Stadt")
        places["need"] = sheet.put((row, 3), need, MONEY)
        if random.random() < 0.5:
            places["share"] = sheet.put((row, 4), Decimal(random.choice((50, 60, 80))) / 100, Style(number="0%"))
        if random.random() < 0.5 or row == 4:
            places["cap"] = sheet.put((row, 5), rounded(need * Decimal("1.1"), -3) + 1000, MONEY)
        places["paid"] = sheet.put((row, 6), until, DAY)
        needed_until = date(until.year - random.choice((0, 0, 1)), 12, 31)
        places["needed"] = sheet.put((row, 7), needed_until, DAY)
        terms.rows.append(places)
    facts.terms.append(terms)
