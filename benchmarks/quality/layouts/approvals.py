"""A list of approvals (Bewilligungsliste): recipient, purpose, cost, grant, other money, share and cap."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, TITLE
from benchmarks.quality.book import Book, Style, a1, adding
from benchmarks.quality.formula import rounded
from benchmarks.quality.plan import EUR, plan
from benchmarks.quality.table import Added, Facts, Financing, Head, Line, Table, Total

MONEY = ("Gesamtkosten", "Zuwendung", "Drittmittel", "Eigenmittel")


def build(book: Book, random: Random, needs: frozenset[str]) -> Facts:
    """One row a recipient, in EUR; the financing of each row adds up to its cost."""
    year = random.randint(2022, 2027)
    granted = plan(random, count=3, grants_only=True)
    sheet = book.sheet(random.choice(("Bewilligungen", "Zuschussliste", "Förderliste")))
    title = sheet.put((1, 1), f"Zuschüsse an freie Träger {year}, Beträge in EUR", TITLE)
    lead = ["Lfd. Nr.", "Zuwendungsempfänger", "Zweck"]
    if "codes" in needs:
        lead += ["Produkt", "Kontengr."]
    percent = "share_typed" in needs or random.random() < 0.6
    computed = random.random() < 0.5 and "share_typed" not in needs
    tail = ["Fördersatz"] if percent else []
    tail += ["max. Fördersatz", "Höchstbetrag"] if "cap" in needs or random.random() < 0.4 else []
    top = 3
    heads = [*lead, *(f"{text} EUR" for text in MONEY), *tail]
    for column, text in enumerate(heads, 1):
        sheet.put((top, column), text, HEAD)
        sheet.widths[column] = 28 if text in {"Zuwendungsempfänger", "Zweck"} else 14
    table = Table(sheet, EUR, title, [], [], [], unit_at=[title], label_column=3, grants=True)
    first = len(lead) + 1
    table.heads = [Head((top, first + index), "amount") for index in range(len(MONEY))]
    facts = Facts(tables=[table])
    style = Style(number="#,##0")
    for row, item in enumerate(granted.items, top + 1):
        line = Line(item, (row, 3), {})
        values: dict[str, object] = {
            "Lfd. Nr.": row - top, "Zuwendungsempfänger": item.entry.payee, "Zweck": item.name,
            "Produkt": item.product, "Kontengr.": str(item.entry.account),
        }  # fmt: skip
        for column, text in enumerate(lead, 1):
            place = sheet.put((row, column), values[text])  # type: ignore[arg-type]
            role = {"Lfd. Nr.": "nr", "Produkt": "product", "Kontengr.": "account"}.get(text)
            if role:
                line.beside[role] = place
        cost = rounded(Decimal(item.entry.size) * random.randint(90, 110) / 100, -2)
        grant = rounded(cost * random.choice((40, 50, 50, 60, 70)) / 100, -2)
        other = rounded((cost - grant) * random.choice((0, 0, 20, 30)) / 100, -2)
        amounts = (cost, grant, other, cost - grant - other)
        line.item = replace(item, amounts=(grant,), until=None)
        for index, amount in enumerate(amounts):
            line.amounts[index] = sheet.put((row, first + index), amount, style)
        column = first + len(MONEY)
        financing = Financing(sheet, item.name, [], line.amounts[0], line.label)
        share = None
        if percent:
            formula = f"ROUND({a1(line.amounts[1])}/{a1(line.amounts[0])},3)"
            share = (row, column)
            if computed:
                sheet.calc(share, formula, Style(number="0.0%"))
                financing.shares_typed = False
            else:
                sheet.put(share, rounded(grant / cost, 3), Style(number="0.0%"))
            column += 1
        if "Höchstbetrag" in tail:
            financing.most = sheet.put((row, column), rounded(grant / cost, 1) + Decimal("0.1"), Style(number="0%"))
            financing.cap = sheet.put((row, column + 1), rounded(grant * Decimal("1.1"), -3) + 1000, style)
        financing.parts = [(line.label, line.amounts[1], share)]
        financing.parts += [(line.label, line.amounts[index], None) for index in (2, 3)]
        financing.own_part = 2
        facts.financings.append(financing)
        table.lines.append(line)
    last = table.lines[-1].label[0]
    label = sheet.put((last + 1, 2), random.choice(("Summe", "Gesamt")), Style(bold=True))
    cells = []
    for head in range(len(MONEY)):
        parts = [line.amounts[head] for line in table.lines]
        at = sheet.calc((last + 1, first + head), adding(parts), Style(number="#,##0", bold=True, top=True))
        cells.append(Added(at, parts, head))
    table.totals.append(Total(label, cells, "grand", 0, len(table.lines) - 1))
    table.below, table.right = last + 3, len(heads)
    return facts
