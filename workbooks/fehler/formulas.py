"""Sheets with defects in formulas."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from workbooks.fehler.plan import (
    FIRST,
    INCREASE,
    OFFICE,
    SIX_YEARS,
    Amount,
    Formula,
    Line,
    in_eur,
    lines,
    plan,
    shown,
    total,
)
from workbooks.page import Book


def nordstadt(book: Book) -> None:
    """FRM04: two amounts in a formula. NUM01: a number as text. NUM05: a negative amount."""
    page = plan(book, "Nordstadt", in_eur(SIX_YEARS))
    rows: tuple[Line, ...] = (
        ("Jugendcafé Kaktus", "Jugendhaus Beispielstadt e. V.", (84_000, 85_500, 87_000, 88_500, 90_000, 91_500)),
        (
            "Hausaufgabenhilfe",
            "Lernbrücke e. V.",
            (47_000, 47_500, 48_000, 48_200, Formula("=52000-3500", 48_500), 49_000),
        ),
        ("Streetwork am Marktplatz", "Stadtmission", (30_600, 31_000, 31_300, "31500", 31_800, 32_000)),
        ("Mädchentreff", "Wildwasser e. V.", (22_000, 22_400, 22_800, 23_200, 23_600, 24_000)),
        ("Nachbarschaftsfest", "Bürgerverein Nord", (3_000, 3_100, -3_200, 3_200, 3_300, 3_300)),
        ("Gemeinschaftsgarten", "Grüne Daumen e. V.", (8_000, 8_100, 8_200, 8_300, 8_400, 8_500)),
    )
    total(page, lines(page, rows), "Summe Nordstadt", rows)


WESTSTADT = (
    ("Fahrradwerkstatt", "Radhof e. V.", 41_000),
    ("Elternlotsen", "Familienbildungsstätte", 36_500),
    ("Theaterwerkstatt", "Kulturtreff West e. V.", 28_000),
    ("Sprachpatenschaften", "Freiwilligenagentur", 19_500),
    ("Repair-Treff", "Bürgerverein West", 12_000),
)


def weststadt(book: Book) -> None:
    """FRM01: one formula starts from the year before last. FRM02: a typed number in a row of copied formulas. MSR03: a
    star without its note."""
    page = plan(book, "Weststadt", in_eur(SIX_YEARS))
    rows: list[Line] = []
    for row, (name, payee, first) in enumerate(WESTSTADT, FIRST):
        amounts: list[Amount] = [first]
        for before in "CDEFG":
            if name == "Theaterwerkstatt" and before == "E":
                amounts.append(30_000)
                continue
            slipped = name == "Elternlotsen" and before == "F"
            base, start = ("E", amounts[-2]) if slipped else (before, amounts[-1])
            value = (shown(start) * (1 + INCREASE)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
            amounts.append(Formula(f"=ROUND({base}{row}*(1+Annahmen!$G{row}),0)", value))
        rows.append((f"{name}*" if name == "Sprachpatenschaften" else name, payee, amounts))
    total(page, lines(page, rows), "Summe Weststadt", rows)


SCALE_SHEET, SCALE_ROW = "Nebenrechnungen", 13


SCALE = ((10, 9_600), (20, 14_200), (30, 18_900), (40, 22_500))


def side_calculations(book: Book) -> None:
    """FRM07: the levy is a share of the cost that contains it; Excel stores 0 in both. The scale is for FRM09."""
    page = book.page(SCALE_SHEET, "Nebenrechnungen", OFFICE, (52, 18))
    page.write("A4", "Umlage der Geschäftsstelle 2025", "heading")
    page.row(5, ("Personal (EUR)", 96_000), ("name", "amount"))
    page.row(6, ("Räume und Sachmittel (EUR)", 18_000), ("name", "amount"))
    page.write("A7", "Verwaltung, 8 % von allem (EUR)", "name")
    page.formula("B7", "=ROUND(B8*8%,0)", 0, "amount")
    page.write("A8", "zusammen (EUR)", "name")
    page.formula("B8", "=B5+B6+B7", 0, "amount")
    page.write("A11", "Staffel für Trainings", "heading")
    page.row(SCALE_ROW - 1, ("Teilnehmende ab", "Zuschuss EUR"), ("head", "head_right"))
    for row, grade in enumerate(SCALE, SCALE_ROW):
        page.row(row, grade, ("amount", "amount"))
    page.print_to(SCALE_ROW + len(SCALE) - 1)


def bergviertel(book: Book) -> None:
    """FRM08: one rate is a word, and the product an error."""
    page = book.page("Bergviertel", "Honorare Bergviertel", OFFICE, (42, 14, 18, 18))
    page.row(4, ("Kurs", "Stunden", "Satz EUR/Stunde", "Honorar EUR"), ("head", *("head_right",) * 3))
    courses = (("Capoeira", 40, 45), ("Töpfern", 32, 38), ("Fotografie", 28, "nach Tarif"), ("Gitarre", 60, 42))
    paid = Decimal(0)
    for row, (name, hours, rate) in enumerate(courses, 5):
        page.row(row, (name, hours, rate), ("name", "amount", "amount"))
        value = hours * rate if isinstance(rate, int) else "#VALUE!"
        page.formula(f"D{row}", f"=B{row}*C{row}", value, "amount")
        paid += value if isinstance(value, int) else 0
    page.print_to(8)
