"""Posts, what one costs, and the amount that follows."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, a1, adding
from benchmarks.quality.formula import rounded
from benchmarks.quality.table import Facts, Post, Posts
from benchmarks.quality.vocabulary import DEPARTMENTS


def add(book: Book, facts: Facts, random: Random, needs: frozenset[str]) -> None:
    """Three or four jobs; the amount typed or computed."""
    sheet = book.sheet(random.choice(("Stellen", "Stellenplan", "Personal")))
    sheet.put((1, 1), "Stellen und Personalkosten", TITLE)
    heads = (
        random.choice(("Stelle", "Funktion", "Bezeichnung")),
        random.choice(("Stellen", "VZÄ", "Stellen (VZÄ)")),
        random.choice(("EUR je Stelle", "Satz EUR/Stelle", "Satz je Stelle EUR")),
        random.choice(("Ansatz EUR", "Personalkosten EUR", "Betrag EUR")),
    )
    for column, text in enumerate(heads, 1):
        sheet.put((3, column), text, HEAD)
        sheet.widths[column] = 36 if column == 1 else 16
    jobs = random.sample([job for one in DEPARTMENTS for job in one.jobs], random.randint(3, 4))
    made = Posts(sheet, [], {})
    typed = "posts_typed" in needs or random.random() < 0.5
    for row, job in enumerate(jobs, 4):
        posts = Decimal(random.randint(1, 60)) / random.choice((2, 4, 10))
        posts = max(Decimal("0.5"), rounded(posts, 1))
        rate = Decimal(random.randrange(52_000, 92_000, 400))
        name = sheet.put((row, 1), job)
        count = sheet.put((row, 2), posts, Style(number="0.0"))
        each = sheet.put((row, 3), rate, Style(number="#,##0"))
        amount = (row, 4)
        if typed:
            sheet.put(amount, posts * rate, Style(number="#,##0"))
        else:
            sheet.calc(amount, f"{a1(count)}*{a1(each)}", Style(number="#,##0"))
        made.rows.append(Post(name, count, each, amount))
    last = 4 + len(jobs)
    sheet.put((last, 1), "Summe", Style(bold=True))
    for column, number in ((2, "0.0"), (4, "#,##0")):
        formula = adding([(row, column) for row in range(4, last)])
        made.total[str(column)] = sheet.calc((last, column), formula, Style(number=number, bold=True, top=True))
    facts.posts.append(made)
