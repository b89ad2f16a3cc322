"""How single measures are paid: sources with amounts and shares, and the conditions of the grant."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.quality.block import HEAD, SMALL, TITLE
from benchmarks.quality.book import Book, Place, Sheet, Style, a1, adding
from benchmarks.quality.formula import rounded
from benchmarks.quality.table import Facts, Financing, Line, need_of

MONEY = Style(number="#,##0")
BOLD = Style(number="#,##0", bold=True, top=True)
SOURCES = (
    ("Stadt", "Land", "Eigenmittel des Trägers"),
    ("Zuwendung der Stadt", "Drittmittel", "Eigenanteil Träger"),
    ("Stadt", "Bund", "Land", "Eigenmittel"),
    ("Städtischer Zuschuss", "Spenden", "Eigenmittel"),
)
COSTS = ("Personalkosten", "Fortbildungskosten", "Sachkosten", "Mietkosten")


def add(book: Book, facts: Facts, random: Random, needs: frozenset[str]) -> None:
    """Two measures one below the other, or a table with a row a measure."""
    lines = [line for line in facts.tables[0].lines if line.item.entry.size][:6]
    sheet = book.sheet(random.choice(("Finanzierung", "Finanzierungsplan")))
    sheet.put((1, 1), "Finanzierung der Maßnahmen", TITLE)
    sheet.widths[1] = 42
    row = 3
    if random.random() < 0.3 and not needs & {"cap", "own", "kinds"}:
        _across(sheet, row, lines, facts, random)
        return
    for line in random.sample(lines, min(2, len(lines))):
        row = _block(sheet, row, line, facts, random, needs) + 2
    if "kinds" in needs or random.random() < 0.2:
        _kinds(sheet, row, lines[0], facts, random)


def _split(need: Decimal, count: int, random: Random) -> list[Decimal]:
    """The town's money, which is what the measure needs of it, and what others pay."""
    share = random.choice((40, 50, 50, 60))
    rest = rounded(need * (100 - share) / share, -1)
    amounts = [rounded(need, -1)]
    while len(amounts) < count - 1:
        amounts.append(rounded(rest * random.choice((30, 50, 60)) / 100, -1))
        rest -= amounts[-1]
    return [*amounts, rest]


def _block(sheet: Sheet, row: int, line: Line, facts: Facts, random: Random, needs: frozenset[str]) -> int:
    name = line.item.name
    sources = random.choice(SOURCES)
    amounts = _split(need_of(facts, line), len(sources), random)
    cost = sum(amounts, Decimal(0))
    sheet.put((row, 1), f"{name} – Finanzierung {2024 + random.randrange(3)}", Style(bold=True))
    for column, text in enumerate((random.choice(("Quelle", "Finanzierungsquelle")), "Betrag EUR", "Anteil"), 1):
        sheet.put((row + 1, column), text, HEAD)
    made = Financing(sheet, name, [], None, None, own_part=len(sources) - 1)
    first = row + 2
    digits = random.choice((0, 1))
    percent = Style(number="0%" if digits == 0 else "0.0%")
    made.shares_typed = "share_typed" in needs or random.random() < 0.5
    last = first + len(sources)
    for index, (source, amount) in enumerate(zip(sources, amounts, strict=True)):
        at = sheet.put((first + index, 2), amount, MONEY)
        share: Place = (first + index, 3)
        if made.shares_typed:
            sheet.put(share, rounded(amount / cost, digits + 2), percent)
        else:
            sheet.calc(share, f"{a1(at)}/{a1((last, 2), 'r')}", percent)
        made.parts.append((sheet.put((first + index, 1), source), at, share))
    if made.shares_typed and sum(rounded(amount / cost, digits + 2) for amount in amounts) != 1:
        digits += 1  # printed exactly enough to add up, or not adjusted at all
        for (_, _, printed), amount in zip(made.parts, amounts, strict=True):
            assert printed is not None
            sheet.put(printed, rounded(amount / cost, digits + 2), Style(number="0.0%" if digits == 1 else "0.00%"))
    made.total_label = sheet.put((last, 1), random.choice(("Gesamtkosten", "Summe", "Gesamtaufwand")), Style(bold=True))
    if "cost_typed" in needs or (made.total_label and random.random() < 0.3 and sheet.cells[last, 1].value != "Summe"):
        made.total = sheet.put((last, 2), cost, BOLD)
    else:
        made.total = sheet.calc((last, 2), adding([part for _, part, _ in made.parts]), BOLD)
    row = last + 1
    if "cap" in needs or random.random() < 0.3:
        sheet.put((row, 1), random.choice(("Höchstbetrag der Zuwendung EUR", "Höchstbetrag Stadt EUR")), SMALL)
        made.cap = sheet.put((row, 2), rounded(amounts[0] * Decimal("1.05"), -3) + 1000, MONEY)
        sheet.put((row + 1, 1), random.choice(("Fördersatz höchstens", "max. Fördersatz Stadt")), SMALL)
        made.most = sheet.put((row + 1, 2), rounded(amounts[0] / cost, 1) + Decimal("0.1"), Style(number="0%"))
        row += 2
    if "own" in needs or random.random() < 0.2:
        sheet.put((row, 1), random.choice(("Mindesteigenanteil", "Eigenanteil mindestens")), SMALL)
        least = max(Decimal("0.01"), (amounts[-1] / cost * Decimal("0.9")).quantize(Decimal("0.01")))
        made.own = sheet.put((row, 2), least, Style(number="0%"))
        row += 1
    facts.financings.append(made)
    return row


def _across(sheet: Sheet, row: int, lines: list[Line], facts: Facts, random: Random) -> None:
    sources = random.choice(SOURCES)
    heads = ("Maßnahme", "Gesamtkosten EUR", *(f"{source} EUR" for source in sources), "Anteil Stadt")
    for column, text in enumerate(heads, 1):
        sheet.put((row, column), text, HEAD)
        sheet.widths[column] = 34 if column == 1 else 16
    for at, line in enumerate(lines, row + 1):
        amounts = _split(need_of(facts, line), len(sources), random)
        cost = sum(amounts, Decimal(0))
        name = sheet.put((at, 1), line.item.name)
        made = Financing(sheet, line.item.name, [], sheet.put((at, 2), cost, MONEY), name, own_part=len(sources) - 1)
        share = (at, 3 + len(sources))
        for index, amount in enumerate(amounts):
            place = sheet.put((at, 3 + index), amount, MONEY)
            made.parts.append((name, place, share if index == 0 else None))
        sheet.put(share, rounded(amounts[0] / cost, 3), Style(number="0.0%"))
        facts.financings.append(made)


def _kinds(sheet: Sheet, row: int, line: Line, facts: Facts, random: Random) -> None:
    """What each source pays of which kind of cost; the grant pays for the first two kinds only."""
    sheet.put((row, 1), f"{line.item.name} – Kostenplan nach Kostenarten", Style(bold=True))
    heads = ("Kostenart", "Land EUR", "Stadt EUR", "Gesamt EUR", "förderfähig (Land)")
    for column, text in enumerate(heads, 1):
        sheet.put((row + 1, column), text, HEAD)
        sheet.widths[max(column, 2)] = 18
    made = Financing(sheet, line.item.name, [], None, None)
    for index, kind in enumerate(COSTS):
        at = row + 2 + index
        amount = rounded(need_of(facts, line) * (60, 5, 20, 15)[index] / 100, -2)
        eligible = index < 2
        state = rounded(amount * Decimal(random.choice((50, 60, 80))) / 100, -2) if eligible else Decimal(0)
        name = sheet.put((at, 1), kind)
        places = {"Land": sheet.put((at, 2), state, MONEY), "Stadt": sheet.put((at, 3), amount - state, MONEY)}
        sheet.calc((at, 4), adding([(at, 2), (at, 3)]), MONEY)
        made.eligible.append(sheet.put((at, 5), "ja" if eligible else "nein"))
        made.kinds.append((name, places))
    last = row + 2 + len(COSTS)
    sheet.put((last, 1), "Summe", Style(bold=True))
    for column in (2, 3, 4):
        sheet.calc((last, column), adding([(one, column) for one in range(row + 2, last)]), BOLD)
    facts.financings.append(made)
