"""Sheets with defects in totals."""

from __future__ import annotations

from decimal import Decimal

from workbooks.fehler.plan import FIRST, SIX_YEARS, TWO_YEARS, Amount, Formula, Line, in_eur, lines, plan, shown, total
from workbooks.page import Book
from workbooks.paper import thousands

HAFENVIERTEL = (
    ("Kletterhalle, Betreuung", "Sportjugend", (42_600, 43_300, 44_100)),
    ("Medienwerkstatt", "Offener Kanal e. V.", (27_300, 27_300, 27_800)),
    ("Kinderküche", "Tafel Beispielstadt", (18_100, 18_400, 18_800)),
    ("Bandprobenraum", "Rockbüro e. V.", (15_200, 15_600, 16_200)),
)


def hafenviertel(book: Book) -> None:
    """SUM07: in 2027 the rounded rows add up to 104, the exact amounts to 104,6."""
    years = SIX_YEARS[2:5]
    page = plan(book, "Hafenviertel", [f"{year} TEUR" for year in years])
    rounded: list[Line] = []
    for row, (name, payee, amounts) in enumerate(HAFENVIERTEL, FIRST):
        cells = [
            Formula(f"=ROUND('Hafenviertel EUR'!{column}{row}/1000,0)", thousands(amount))
            for column, amount in zip("CDE", amounts, strict=True)
        ]
        rounded.append((name, payee, cells))
    total(page, lines(page, rounded), "Summe Hafenviertel", rounded)
    exact = plan(book, "Hafenviertel EUR", in_eur(years), "Quartiersarbeit Hafenviertel, Beträge genau")
    total(exact, lines(exact, HAFENVIERTEL), "Summe Hafenviertel", HAFENVIERTEL)


def suedhang(book: Book) -> None:
    """SUM01: a total with two digits changed over. MSR02: the Zirkuswoche stands there twice."""
    page = plan(book, "Südhang", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Abenteuerspielplatz", "Aktivspielplatz e. V.", (96_000, 98_000)),
        ("Zirkuswoche", "Kinderzirkus Südhang", (21_000, 21_500)),
        ("Berufsorientierung", "Handwerkskammer", (34_000, 34_500)),
        ("Zirkuswoche", "Kinderzirkus Südhang", (20_500, 21_000)),
        ("Babysitterbörse", "Familienzentrum", (6_500, 6_700)),
    )
    total(page, lines(page, rows), "Summe Südhang", rows, {"D": 187_100})


def altes_werk(book: Book) -> None:
    """SUM02: the right total, typed. MSR01: amounts without a measure."""
    page = plan(book, "Altes Werk", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Tonstudio", "Klangwerk e. V.", (31_000, 31_600)),
        ("Holzwerkstatt", "Lernwerkstatt gGmbH", (27_500, 28_000)),
        (None, "Kinderschutzbund", (14_000, 14_300)),
        ("Tanzprojekt", "Tanzhaus e. V.", (18_200, 18_500)),
    )
    typed = sum((shown(amounts[1]) for _, _, amounts in rows), Decimal(0))
    total(page, lines(page, rows), "Summe Altes Werk", rows, {"D": int(typed)})


def bahnhofsviertel(book: Book) -> None:
    """SUM03: the total of 2025 leaves out the last row."""
    page = plan(book, "Bahnhofsviertel", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Notschlafstelle*", "Stadtmission", (120_000, 123_000)),
        ("Wärmestube", "Caritasverband", (58_000, 59_000)),
        ("Kleiderkammer", "Rotes Kreuz", (11_500, 11_800)),
        ("Suchtprävention", "Drogenhilfe e. V.", (44_000, 45_000)),
        ("Rechtsberatung", "Flüchtlingsrat", (16_000, 16_400)),
    )
    row = lines(page, rows)
    short = sum((shown(amounts[1]) for _, _, amounts in rows[:-1]), Decimal(0))
    total(page, row, "Summe Bahnhofsviertel", rows, {"D": Formula(f"=SUM(D{FIRST}:D{row - 2})", short)})
    page.print_to(page.notes(row + 2, ("*ganzjährig geöffnet",)) - 1)


def oststadt(book: Book) -> None:
    """SUM04: the total of 2025 adds rows and their subtotals."""
    page = plan(book, "Oststadt", in_eur(TWO_YEARS))
    groups: tuple[tuple[str, tuple[Line, ...]], ...] = (
        (
            "Zwischensumme Freizeit",
            (
                ("Spielmobil", "Spielmobil Ost e. V.", (52_000, 53_000)),
                ("Fußballnächte", "Sportverein Ost", (9_000, 9_200)),
                ("Graffitiwand", "Kunstverein", (4_500, 4_600)),
            ),
        ),
        (
            "Zwischensumme Beratung",
            (
                ("Schuldnerberatung", "Diakonie", (39_000, 39_800)),
                ("Elterntelefon", "Kinderschutzbund", (13_000, 13_300)),
                ("Trennungsgruppe", "Familienberatung", (10_500, 10_700)),
            ),
        ),
    )
    row, subtotals = FIRST, []
    for label, rows in groups:
        end = lines(page, rows, row)
        page.row(end, (label, None), ("subtotal_name", "subtotal_name"))
        for index, column in enumerate("CD"):
            value = sum((shown(amounts[index]) for _, _, amounts in rows), Decimal(0))
            page.formula(f"{column}{end}", f"=SUM({column}{row}:{column}{end - 1})", value, "subtotal")
        subtotals.append(end)
        row = end + 1
    everything = [line for _, rows in groups for line in rows]
    added = [sum((shown(amounts[index]) for _, _, amounts in everything), Decimal(0)) for index in (0, 1)]
    right = Formula("=" + "+".join(f"C{subtotal}" for subtotal in subtotals), added[0])
    twice = Formula(f"=SUM(D{FIRST}:D{row - 1})", 2 * added[1])
    total(page, row, "Gesamtsumme Oststadt", everything, {"C": right, "D": twice})


def am_kanal(book: Book) -> None:
    """SUM05: a hidden row is added into the total."""
    page = plan(book, "Am Kanal", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Bootswerkstatt", "Wassersportverein", (25_000, 25_400)),
        ("Uferpatenschaft", "Naturschutzbund", (7_000, 7_100)),
        ("Angelschule", "Fischereiverein", (0, 5_300)),
        ("Lesecafé", "Stadtbücherei", (14_800, 15_000)),
    )
    total(page, lines(page, rows), "Summe Am Kanal", rows)
    page.sheet.set_row(FIRST + 1, None, None, {"hidden": True})


def nordpark(book: Book) -> None:
    """SUM06: the total of 2025 adds a "davon" row."""
    page = plan(book, "Nordpark", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Skateanlage, Aufsicht", "Rollsportverein", (38_000, 38_700)),
        ("davon Honorarkräfte", None, (21_000, 21_400)),
        ("Bolzplatzliga", "Sportverein Nord", (9_000, 9_200)),
        ("Parkkino", "Filmclub", (12_400, 12_600)),
    )
    row = lines(page, rows)
    parts = [shown(amounts[0]) for _, _, amounts in rows]
    without = Formula(f"=C{FIRST}+SUM(C{FIRST + 2}:C{row - 1})", sum(parts, Decimal(0)) - parts[1])
    total(page, row, "Summe Nordpark", rows, {"C": without})


def suedpark(book: Book) -> None:
    """SUM08: one row total is typed, and the grand totals differ."""
    page = plan(book, "Südpark", (*in_eur(TWO_YEARS), "Summe EUR"))
    rows: list[Line] = []
    for row, (name, payee, first, second) in enumerate(SUEDPARK, FIRST):
        added: Amount = Formula(f"=C{row}+D{row}", first + second)
        rows.append((name, payee, (first, second, added if name != "Parkranger" else first + second - 900)))
    after = lines(page, rows)
    right = sum(first + second for _, _, first, second in SUEDPARK)
    total(page, after, "Summe Südpark", rows, {"E": Formula(f"=C{after}+D{after}", right)})


SUEDPARK = (
    ("Naturerlebnisraum", "Waldpädagogik e. V.", 31_000, 31_500),
    ("Parkranger", "Stadtjugendring", 27_600, 28_000),
    ("Bienenlehrpfad", "Imkerverein", 4_200, 4_300),
)


def gaswerk(book: Book) -> None:
    """SUM09: nobody added up."""
    page = plan(book, "Gaswerk", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Probebühne", "Theaterverein", (16_000, 16_200)),
        ("Siebdruckwerkstatt", "Kunstverein", (7_400, 7_500)),
        ("Zirkuszelt", "Kinderzirkus Südhang", (11_800, 12_000)),
    )
    page.print_to(lines(page, rows) - 1)
