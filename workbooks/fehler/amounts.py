"""Sheets with defects in amounts, units, codes and years."""

from __future__ import annotations

from decimal import Decimal

from workbooks.fehler.plan import OFFICE, SIX_YEARS, TWO_YEARS, Line, in_eur, lines, plan, total
from workbooks.page import Book


def innenstadt(book: Book) -> None:
    """NUM03: an amount in EUR in a table in TEUR."""
    page = plan(book, "Innenstadt", [f"{year} TEUR" for year in SIX_YEARS])
    rows: tuple[Line, ...] = (
        ("Anlaufstelle Rathausplatz", "Arbeiterwohlfahrt", (74, 75, 76, 77, 78, 79)),
        ("Mobile Beratung", "Stadtjugendring", (61, 62, 63, 64_000, 65, 66)),
        ("Kulturpass", "Kulturamt", (33, 33, 34, 34, 35, 35)),
        ("Sommerbühne", "Theaterverein", (18, 18, 19, 19, 19, 20)),
    )
    total(page, lines(page, rows), "Summe Innenstadt", rows)


def rosenberg(book: Book) -> None:
    """YRS01: 2025 stands above two columns."""
    page = plan(book, "Rosenberg", in_eur((*TWO_YEARS, "Ansatz 2025")))
    rows: tuple[Line, ...] = (
        ("Waldkindergruppe", "Waldpädagogik e. V.", (23_000, 23_400, 23_800)),
        ("Großelterndienst", "Seniorenrat", (8_800, 9_000, 9_100)),
        ("Schachschule", "Schachclub", (4_100, 4_200, 4_300)),
    )
    total(page, lines(page, rows), "Summe Rosenberg", rows)


def lindenhof(book: Book) -> None:
    """YRS02: 2026 is missing."""
    page = plan(book, "Lindenhof", in_eur((*TWO_YEARS, "Plan 2027", "Plan 2028")))
    rows: tuple[Line, ...] = (
        ("Bauwagen", "Evangelische Jugend", (17_000, 17_300, 17_900, 18_200)),
        ("Musikschule unterwegs", "Musikschule", (26_000, 26_500, 27_400, 27_900)),
        ("Erzählcafé", "Heimatverein", (3_600, 3_700, 3_800, 3_900)),
    )
    total(page, lines(page, rows), "Summe Lindenhof", rows)


def moorweg(book: Book) -> None:
    """NUM02: 8.615 was read as 8,615."""
    page = plan(book, "Moorweg", in_eur(SIX_YEARS[:4]))
    rows: tuple[Line, ...] = (
        ("Moorerlebnispfad", "Naturschutzbund", (14_200, 14_400, 14_600, 14_800)),
        ("Vogelwarte", "Ornithologischer Verein", (8_300, 8_400, Decimal("8.615"), 8_700)),
        ("Torfstecherhütte", "Heimatverein", (5_100, 5_200, 5_300, 5_400)),
    )
    total(page, lines(page, rows), "Summe Moorweg", rows)


def heide(book: Book) -> None:
    """NUM04: the title says EUR, the header TEUR."""
    heads = [f"{year} TEUR" for year in TWO_YEARS]
    page = plan(book, "Heide", heads, "Quartiersarbeit Heide, Beträge in EUR")
    rows: tuple[Line, ...] = (
        ("Heidelager", "Pfadfinder", (31, 32)),
        ("Reitpädagogik", "Reitverein", (18, 18)),
        ("Schäferei", "Landschaftspflege e. V.", (9, 9)),
    )
    total(page, lines(page, rows), "Summe Heide", rows)


def hafenstrasse(book: Book) -> None:
    """NUM06: Excel made a number of the product 36.20."""
    page = book.page(
        "Hafenstraße", "Quartiersarbeit Hafenstraße", f"Zuschüsse nach Produkten · {OFFICE}", (38, 18, 15, 15)
    )
    page.row(4, ("Maßnahme", "Produkt", *in_eur(TWO_YEARS)), ("head", "head", "head_right", "head_right"))
    rows: tuple[tuple[str, str | Decimal, int, int], ...] = (
        ("Hafenschule", "36.25", 22_000, 22_300),
        ("Segelprojekt", Decimal("36.2"), 13_500, 13_700),
        ("Seemannsclub", "31.60", 9_400, 9_500),
    )
    for row, line in enumerate(rows, 5):
        page.row(row, line, ("name", "text", "amount", "amount"))
    page.row(8, ("Summe Hafenstraße", None), ("total_name", "total_name"))
    page.formula("C8", "=SUM(C5:C7)", sum(line[2] for line in rows), "total")
    page.formula("D8", "=SUM(D5:D7)", sum(line[3] for line in rows), "total")
    page.print_to(8)


def talstrasse(book: Book) -> None:
    """YRS03: from 2025 to 2026 twice as much, and nothing says why."""
    page = plan(book, "Talstraße", in_eur(SIX_YEARS))
    rows: tuple[Line, ...] = (
        ("Nachtsport", "Sportverein Tal", (26_000, 26_400, 26_800, 27_200, 27_600, 28_000)),
        ("Mitternachtsbus", "Verkehrsbetriebe", (34_000, 34_500, 71_000, 72_000, 73_000, 74_000)),
        ("Talbühne", "Musikverein", (12_000, 12_200, 12_400, 12_600, 12_800, 13_000)),
    )
    total(page, lines(page, rows), "Summe Talstraße", rows)


def waldhof(book: Book) -> None:
    """YRS04: the model project ends in 2026 and has money in 2027."""
    page = plan(book, "Waldhof", in_eur(SIX_YEARS[:4]))
    rows: tuple[Line, ...] = (
        ("Modellprojekt Medienkompetenz*", "Medienzentrum", (24_000, 24_300, 24_600, 24_900)),
        ("Waldwerkstatt", "Waldpädagogik e. V.", (15_000, 15_200, 15_400, 15_600)),
        ("Hofladen", "Schülerfirma", (3_200, 3_200, 3_300, 3_300)),
    )
    row = lines(page, rows)
    total(page, row, "Summe Waldhof", rows)
    page.print_to(page.notes(row + 2, ("*befristet bis 31.12.2026",)) - 1)
