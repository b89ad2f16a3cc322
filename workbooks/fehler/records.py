"""Sheets with defects in assumptions, financing, posts and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from workbooks.external import ExternalCell
from workbooks.fehler.formulas import WESTSTADT
from workbooks.fehler.plan import FIRST, INCREASE, OFFICE
from workbooks.page import Book, Page

HOSTEL, HOSTEL_COST, HOSTEL_SHARE, HOSTEL_CAP = "Jugendgästehaus", 180_000, Decimal("0.5"), 85_000


CAMP, CAMP_OWN = "Ferienfreizeit", Decimal("0.1")
SOFTWARE, SOFTWARE_YEARLY = "Fachverfahren Fallmanagement", 22_000


def assumptions(book: Book) -> None:
    """YRS05: the software is needed a year longer than it is paid for. FIN03: more than the Höchstbetrag."""
    page = book.page(
        "Annahmen",
        "Annahmen zur Fortschreibung",
        f"Eine Zeile je Maßnahme · {OFFICE}",
        (36, 13, 14, 9, 9, 13, 14, 10, 16, 16, 15, 15, 44),
        landscape=True,
    )
    heads: tuple[str, ...] = (
        "Maßnahme",
        "Bedarf EUR",
        "Regel",
        "von",
        "bis",
        "Basisjahr",
        "Steigerung p. a.",
        "Anteil",
    )
    heads += ("Höchstbetrag EUR", "Eigenanteil mind.", "finanziert bis", "benötigt bis", "Bemerkung")
    page.row(5, heads, ("head",) * len(heads))
    page.sheet.set_row(4, 30)
    looks: tuple[str, ...] = ("name", "amount", "text", "year", "year", "year", "permille", "percent", "amount")
    looks += ("percent", "day", "day", "text")
    for row, (name, _, start) in enumerate(WESTSTADT, FIRST):
        remark = "Tarifsteigerung auf den Ansatz 2024"
        page.row(row, (name, start, "index", 2025, 2029, 2024, INCREASE, None, None, None, None, None, remark), looks)
    row = FIRST + len(WESTSTADT)
    ends, needed = date(2025, 12, 31), date(2026, 12, 31)
    remark = "Lizenz; wird bis zum Abschluss der Förderung gebraucht"
    gap = (SOFTWARE, SOFTWARE_YEARLY, "halten", 2024, 2026, None, None, None, None, None, ends, needed, remark)
    page.row(row, gap, looks)
    remark = "Höchstens die Hälfte der Kosten, begrenzt auf den Höchstbetrag"
    above = (HOSTEL, 92_000, "anteil", 2025, 2026, None, None, HOSTEL_SHARE, HOSTEL_CAP, None, None, None, remark)
    page.row(row + 1, above, looks)
    remark = "Der Träger gibt mindestens ein Zehntel selbst"
    own = (CAMP, 30_000, "halten", 2025, 2026, None, None, None, None, CAMP_OWN, None, None, remark)
    page.row(row + 2, own, looks)
    page.sheet.freeze_panes(FIRST - 1, 1)
    page.print_to(row + 2)


def financing(book: Book) -> None:
    """FIN01: the parts miss the cost by 4.000 EUR. FIN02: 60.000 of 200.000 EUR are not 35 %. FIN04: 5 % of own money
    where 10 % are the least."""
    page = book.page("Finanzierung", "Finanzierung der Angebote", OFFICE, (54, 16, 12))
    hostel = (
        ("Beispielstadt", HOSTEL_CAP, Decimal("0.472")),
        ("Land", 50_000, Decimal("0.278")),
        ("Eigenmittel des Trägers", 45_000, Decimal("0.250")),
    )
    town = (
        ("Beispielstadt", 60_000, Decimal("0.500")),
        ("Land", 36_000, Decimal("0.300")),
        ("Eigenmittel des Trägers", 20_000, Decimal("0.167")),
    )
    paper = (
        ("Beispielstadt", 90_000, Decimal("0.45")),
        ("Bund", 60_000, Decimal("0.35")),
        ("Anzeigenerlöse", 50_000, Decimal("0.25")),
    )
    camp = (
        ("Beispielstadt", 30_000, Decimal("0.5")),
        ("Stiftung Jugend", 27_000, Decimal("0.45")),
        ("Eigenmittel des Trägers", 3_000, Decimal("0.05")),
    )
    after = financing_block(page, 4, f"{HOSTEL} – Finanzierung 2025", hostel, "permille", HOSTEL_COST)
    after = financing_block(page, after + 1, "Kinderstadt – Finanzierung 2025", town, "permille", 120_000)
    after = financing_block(page, after + 1, "Stadtteilzeitung – Finanzierung 2025", paper, "percent", 200_000)
    after = financing_block(page, after + 1, f"{CAMP} – Finanzierung 2025", camp, "percent", 60_000)
    page.print_to(after - 1)


def financing_block(
    page: Page, row: int, title: str, parts: Sequence[tuple[str, int, Decimal]], share: str, cost: int
) -> int:
    """Heading, header, one row a source, the cost; gives the row after it."""
    page.write(f"A{row}", title, "heading")
    page.row(row + 1, ("Quelle", "Betrag EUR", "Anteil"), ("head", "head_right", "head_right"))
    for number, part in enumerate(parts, row + 2):
        page.row(number, part, ("name", "amount", share))
    last = row + 2 + len(parts)
    page.row(last, ("Gesamtkosten", cost, None), ("total_name", "total", f"total_{share}"))
    return last + 1


def posts(book: Book) -> None:
    """FIN05: 4,5 posts do not cost 310.000 EUR. FRM06: a stored value that is out of date. YRS06: when the use of the
    grant must be proved."""
    page = book.page("Stellen", "Stellen und Zuschuss", OFFICE, (38, 15, 18, 22, 16), landscape=True)
    page.write("A4", "Stellen und Sätze", "heading")
    heads = ("Bezeichnung", "Stellen", "Satz EUR/Stelle", "Stellen × Satz (EUR)", "Ansatz EUR")
    page.row(5, heads, ("head", *("head_right",) * 4))
    rows = (
        ("Quartiersmanagement", Decimal(6), 64_000, 384_000),
        ("Jugendberatung", Decimal("4.5"), 62_000, 310_000),
        ("Verwaltung", Decimal("1.5"), 58_000, 87_000),
    )
    for row, (name, number, rate, estimate) in enumerate(rows, FIRST):
        page.row(row, (name, number, rate, None, estimate), ("name", "posts", "amount", "amount", "amount"))
        page.formula(f"D{row}", f"=B{row}*C{row}", number * rate, "amount")
    page.write("A11", "Zuschuss des Landes", "heading")
    granted, called = 960_000, 420_000
    page.row(12, ("Bewilligt (EUR)", granted), ("name", "amount"))
    page.row(13, ("Bereits abgerufen (EUR)", called), ("name", "amount"))
    page.write("A14", "Noch abzurufen (EUR)", "name")
    page.formula("B14", "=B12-B13", granted - called + 60_000, "amount")  # as before the last call of 60.000 EUR
    page.write("A17", "Bundeszuschuss Streetwork", "heading")
    page.row(18, ("Zuschuss EUR", 540_000), ("name", "amount"))
    page.row(19, ("Stellen", Decimal(3)), ("name", "posts"))
    page.row(20, ("Bewilligungszeitraum von", date(2024, 1, 1)), ("name", "day"))
    page.row(21, ("Bewilligungszeitraum bis", date(2026, 12, 31)), ("name", "day"))
    page.row(22, ("Frist in Monaten", 3), ("name", "amount"))
    page.print_to(22)


COLLEAGUE = ExternalCell(file="Kennzahlen_Jugend_2025.xlsx", sheet="Quartiere", cell="C7", value=325)


def indicators(book: Book) -> None:
    """FIN08: girls and boys are more than all. FRM03: divided by 0. FRM05: a figure from a colleague's workbook."""
    page = book.page("Leistungszahlen", "Leistungszahlen", OFFICE, (52, 18, 13, 13))
    page.row(4, ("Leistungszahl", "Einheit", 2024, 2025), ("head", "head", "head_year", "head_year"))
    looks = ("name", "text", "amount", "amount")
    part = ("part", *looks[1:])
    page.row(5, ("Offene Treffs: Besuche", "Besuche", 4_200, 4_380), looks)
    page.row(6, ("Beratungsgespräche", "Gespräche", 610, 642), looks)
    page.row(7, ("Ferienprogramm: Teilnehmende", "Personen", 240, 252), looks)
    page.row(8, ("davon Mädchen", "Personen", 118, 131), part)
    page.row(9, ("davon Jungen", "Personen", 122, 139), part)
    page.row(10, ("Sprachlotsen: Einsätze", "Einsätze", 310, None), looks)
    page.formula("D10", COLLEAGUE.formula, COLLEAGUE.value, "amount")
    page.row(11, ("Mobiler Treff: Einsatztage", "Tage", 46, 0), looks)
    page.row(12, ("Mobiler Treff: Kosten", "EUR", 18_400, 18_900), looks)
    page.row(13, ("Mobiler Treff: Kosten je Einsatztag", "EUR", None, None), looks)
    page.formula("C13", "=C12/C11", Decimal(18_400) / 46, "amount")
    page.formula("D13", "=D12/D11", "#DIV/0!", "amount")
    page.print_to(13)


def eligible(book: Book) -> None:
    """FIN06: the Land pays for staff, and material is booked on it."""
    page = book.page("Förderung", "Förderung durch das Land 2025", OFFICE, (38, 15, 15))
    page.write("A4", "Förderfähig sind Personal- und Fortbildungskosten", "note")
    page.row(5, ("Kostenart", "Land EUR", "Stadt EUR"), ("head", "head_right", "head_right"))
    for row, line in enumerate((("Personalkosten", 60_000, 4_000), ("Sachkosten", 4_600, 400)), 6):
        page.row(row, line, ("name", "amount", "amount"))
    page.print_to(7)


def needs(book: Book) -> None:
    """FIN07: 18.000 provided and 6.500 additional are not 26.500."""
    page = book.page("Gesamtbedarf", "Gesamtbedarf 2025", f"Beträge in EUR · {OFFICE}", (38, 18, 18, 18))
    page.row(4, ("Maßnahme", "bereitgestellt", "zusätzlich", "Gesamtbedarf"), ("head", *("head_right",) * 3))
    rows = (("Ausbildungslotsen", 40_000, 12_000, 52_000), ("Sommerakademie", 18_000, 6_500, 26_500))
    for row, line in enumerate((*rows, ("Jugendforum", 7_000, 900, 7_900)), 5):
        page.row(row, line, ("name", "amount", "amount", "amount"))
    page.print_to(7)
