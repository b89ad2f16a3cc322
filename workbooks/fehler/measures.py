"""Sheets with defects in measures, their names, numbers and codes."""

from __future__ import annotations

from workbooks.fehler.formulas import SCALE, SCALE_ROW, SCALE_SHEET
from workbooks.fehler.plan import OFFICE, SIX_YEARS, TWO_YEARS, Formula, Line, in_eur, lines, plan, total
from workbooks.page import Book


def projects(book: Book) -> None:
    """MSR04: the Ferienwerkstatt is decided for 2025 and missing from 2026. FRM09: an amount looked up in a scale."""
    grade = Formula(f"=VLOOKUP(36,{SCALE_SHEET}!$A${SCALE_ROW}:$B${SCALE_ROW + len(SCALE) - 1},2)", 18_900)
    decided: tuple[Line, ...] = (
        ("Demokratiewerkstatt", "Volkshochschule", (29_000, 29_500)),
        ("Jugendgemeinderat", "Stadtjugendring", (15_000, 15_200)),
        ("Ferienwerkstatt", "Naturfreunde", (24_000, 24_300)),
        ("Antigewalttraining", "Brücke e. V.", (18_000, 18_300)),
        ("Ehrenamtskarte", "Freiwilligenagentur", (6_000, 6_100)),
    )
    requested: tuple[Line, ...] = (
        ("Demokratiewerkstatt", "Volkshochschule", (30_000, 30_500)),
        ("Jugendgemeinderat", "Stadtjugendring", (15_400, 15_600)),
        ("Antigewalttraining", "Brücke e. V.", (18_600, grade)),
        ("Ehrenamtskarte", "Freiwilligenagentur", (6_200, 6_300)),
    )
    page = plan(book, "Beschluss 2024-2025", in_eur(TWO_YEARS), "Beschlossene stadtweite Projekte")
    total(page, lines(page, decided), "Summe Projekte", decided)
    page = plan(book, "Anmeldung 2026-2027", in_eur(SIX_YEARS[2:4]), "Angemeldete stadtweite Projekte")
    total(page, lines(page, requested), "Summe Projekte", requested)


def draft(book: Book) -> None:
    """DOC01: two rows of years above the same columns."""
    page = book.page(
        "Entwurf", "Entwurf Nachbarschaftszentren", f"Zuschüsse an freie Träger · {OFFICE}", (38, 30, 15, 15)
    )
    heads = ("head", "head", "head_right", "head_right")
    page.row(4, ("Maßnahme", "Träger", "Plan 2026 EUR", "Plan 2027 EUR"), heads)
    page.row(5, (None, None, "Plan 2028 EUR", "Plan 2029 EUR"), heads)
    rows: tuple[Line, ...] = (
        ("Begegnungshaus Talstraße", "Nachbarschaftshilfe", (64_000, 65_000)),
        ("Offenes Wohnzimmer", "Mehrgenerationenhaus", (28_000, 28_500)),
        ("Quartierskoordination", "Gemeinwesenarbeit e. V.", (51_000, 52_000)),
    )
    total(page, lines(page, rows), "Summe Entwurf", rows)


def muehlviertel(book: Book) -> None:
    """MSR05: there is no account group 46."""
    key = "36.20.01.00.00-510 Kinder- und Jugendarbeit/460 Transferaufwendungen"
    page = plan(book, "Mühlviertel", in_eur(TWO_YEARS), key=key)
    rows: tuple[Line, ...] = (
        ("Mühlradbau", "Lernwerkstatt gGmbH", (6_400, 6_500)),
        ("Bachpatenschaft", "Naturschutzbund", (2_900, 3_000)),
        ("Backhaus", "Bürgerverein Mühle", (4_100, 4_200)),
    )
    total(page, lines(page, rows), "Summe Mühlviertel", rows)


def gartenstadt(book: Book) -> None:
    """MSR06: no amount for 2025, and nobody can say whether none is needed."""
    page = plan(book, "Gartenstadt", in_eur(SIX_YEARS[:4]))
    rows: tuple[Line, ...] = (
        ("Schulgarten", "Gartenbauverein", (5_200, 5_300, 5_400, 5_500)),
        ("Obstwiese", "Streuobstinitiative", (3_100, None, 3_300, 3_400)),
        ("Imkerkurs", "Imkerverein", (2_400, 2_400, 2_500, 2_500)),
        ("Saatguttausch", "Volkshochschule", (1_100, 1_100, 1_200, 1_200)),
    )
    total(page, lines(page, rows), "Summe Gartenstadt", rows)


def kirchberg(book: Book) -> None:
    """MSR07: number 3 is missing."""
    page = plan(book, "Kirchberg", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("1. Kirchenasyl, Beratung", "Evangelische Jugend", (18_000, 18_300)),
        ("2. Orgelklasse", "Kirchenmusik", (6_200, 6_300)),
        ("4. Turmführungen", "Heimatverein", (2_100, 2_200)),
        ("5. Friedenswoche", "Dekanat", (3_800, 3_900)),
    )
    total(page, lines(page, rows), "Summe Kirchberg", rows)


def schlossplatz(book: Book) -> None:
    """MSR08: two blanks between the words."""
    page = plan(book, "Schlossplatz", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Schlossfest", "Kulturverein", (14_000, 14_200)),
        ("Offener  Bücherschrank", "Stadtbücherei", (1_900, 1_900)),
        ("Hofkonzerte", "Musikschule", (8_600, 8_700)),
    )
    total(page, lines(page, rows), "Summe Schlossplatz", rows)


def neubaugebiet(book: Book) -> None:
    """MSR09: a licence is bought, not given away."""
    page = plan(book, "Neubaugebiet", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Einzugsbegleitung", "Diakonie", (19_000, 19_300)),
        ("Softwarelizenzen Buchungsportal", "Stadtjugendring", (4_800, 4_900)),
        ("Spielstraße", "Bürgerverein Neubau", (3_300, 3_400)),
    )
    total(page, lines(page, rows), "Summe Neubaugebiet", rows)
