"""What stands in `haushalt-fehler.xlsx`? The plan of a made-up office, in which each rule finds exactly one defect.

README.md lists the defects. Each has a table of its own or a place in one where no other rule has anything to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from workbooks.external import ExternalCell, with_external_workbook
from workbooks.page import Book, Page
from workbooks.paper import thousands

OFFICE = "Amt für Jugend · Quartiersarbeit 2024–2029"
KEY = "36.20.01.00.00-510 Kinder- und Jugendarbeit/430 Transferaufwendungen"
FIRST = 6  # the row of the first measure
SIX_YEARS = ("Ansatz 2024", "Ansatz 2025", "Plan 2026", "Plan 2027", "Plan 2028", "Plan 2029")
TWO_YEARS = SIX_YEARS[:2]
INCREASE = Decimal("0.02")
COLLEAGUE = ExternalCell(file="Kennzahlen_Jugend_2025.xlsx", sheet="Quartiere", cell="C7", value=325)


@dataclass(frozen=True)
class Formula:
    """A formula and the value stored with it."""

    text: str
    value: Decimal | int | str


Amount = int | str | Formula  # a str is a number stored as text
Line = tuple[str | None, str, Sequence[Amount]]  # Maßnahme, Träger, amounts


def build() -> bytes:
    """The workbook."""
    book = Book(
        {"title": OFFICE, "subject": "Frei erfundenes Beispiel mit eingebauten Fehlern", "author": "Amt für Jugend"},
        datetime(2025, 3, 14),
        letterhead="Beispielstadt · Amt für Jugend",
        reference="Frei erfundenes Beispiel",
    )
    for sheet in (nordstadt, weststadt, hafenviertel, suedhang, altes_werk, bahnhofsviertel, oststadt, am_kanal):
        sheet(book)
    for sheet in (innenstadt, rosenberg, lindenhof, projects, assumptions, financing, posts, indicators):
        sheet(book)
    for sheet in (side_calculations, draft):
        sheet(book)
    return with_external_workbook(book.content(), COLLEAGUE)


def plan(book: Book, name: str, heads: Sequence[str], title: str | None = None) -> Page:
    """A sheet with header and key row, ready for its measures."""
    widths = (38, 30, *(15,) * len(heads))
    page = book.page(
        name, title or f"Quartiersarbeit {name}", f"Zuschüsse an freie Träger · {OFFICE}", widths, len(heads) > 2
    )
    page.row(4, ("Maßnahme", "Träger", *heads), ("head", "head", *("head_right",) * len(heads)))
    page.row(5, (KEY, *(None,) * (len(heads) + 1)), ("key",) * (len(heads) + 2))
    page.sheet.freeze_panes(FIRST - 1, 2)
    return page


def in_eur(heads: Sequence[str]) -> tuple[str, ...]:
    """The heads of a table in EUR."""
    return tuple(f"{head} EUR" for head in heads)


def lines(page: Page, rows: Sequence[Line], first: int = FIRST) -> int:
    """One row a measure; gives the row after the last."""
    for row, (name, payee, amounts) in enumerate(rows, first):
        page.row(row, (name, payee), ("name", "text"))
        for column, amount in zip("CDEFGHIJ", amounts, strict=False):
            if isinstance(amount, Formula):
                page.formula(f"{column}{row}", amount.text, amount.value, "amount")
            else:
                page.write(f"{column}{row}", amount, "amount")
    return first + len(rows)


def shown(amount: Amount) -> Decimal:
    """What Excel's SUM makes of a cell: a text counts nothing."""
    if isinstance(amount, Formula):
        return Decimal(amount.value)
    return Decimal(0) if isinstance(amount, str) else Decimal(amount)


def total(page: Page, row: int, label: str, rows: Sequence[Line], other: Mapping[str, Amount] | None = None) -> None:
    """The total row; SUM over all rows above it, where `other` gives nothing else for a column."""
    page.row(row, (label, None), ("total_name", "total_name"))
    for index, column in enumerate("CDEFGHIJ"[: len(rows[0][2])]):
        own = (other or {}).get(column)
        if own is None:
            added = sum((shown(amounts[index]) for _, _, amounts in rows), Decimal(0))
            own = Formula(f"=SUM({column}{FIRST}:{column}{row - 1})", added)
        if isinstance(own, Formula):
            page.formula(f"{column}{row}", own.text, own.value, "total")
        else:
            page.write(f"{column}{row}", own, "total")
    page.print_to(row)


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


HOSTEL, HOSTEL_COST, HOSTEL_SHARE, HOSTEL_CAP = "Jugendgästehaus", 180_000, Decimal("0.5"), 85_000
SOFTWARE, SOFTWARE_YEARLY = "Fachverfahren Fallmanagement", 22_000


def assumptions(book: Book) -> None:
    """YRS05: the software is needed a year longer than it is paid for. FIN03: more than the Höchstbetrag."""
    page = book.page(
        "Annahmen",
        "Annahmen zur Fortschreibung",
        f"Eine Zeile je Maßnahme · {OFFICE}",
        (36, 13, 14, 9, 9, 13, 14, 10, 16, 15, 15, 44),
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
    heads += ("Höchstbetrag EUR", "finanziert bis", "benötigt bis", "Bemerkung")
    page.row(5, heads, ("head",) * len(heads))
    page.sheet.set_row(4, 30)
    looks = ("name", "amount", "text", "year", "year", "year", "permille", "percent", "amount", "day", "day", "text")
    for row, (name, _, start) in enumerate(WESTSTADT, FIRST):
        remark = "Tarifsteigerung auf den Ansatz 2024"
        page.row(row, (name, start, "index", 2025, 2029, 2024, INCREASE, None, None, None, None, remark), looks)
    row = FIRST + len(WESTSTADT)
    ends, needed = date(2025, 12, 31), date(2026, 12, 31)
    remark = "Lizenz; wird bis zum Abschluss der Förderung gebraucht"
    gap = (SOFTWARE, SOFTWARE_YEARLY, "halten", 2024, 2026, None, None, None, None, ends, needed, remark)
    page.row(row, gap, looks)
    remark = "Höchstens die Hälfte der Kosten, begrenzt auf den Höchstbetrag"
    above = (HOSTEL, 92_000, "anteil", 2025, 2026, None, None, HOSTEL_SHARE, HOSTEL_CAP, None, None, remark)
    page.row(row + 1, above, looks)
    page.sheet.freeze_panes(FIRST - 1, 1)
    page.print_to(row + 1)


def financing(book: Book) -> None:
    """FIN01: the parts miss the cost by 4.000 EUR. FIN02: 60.000 of 200.000 EUR are not 35 %."""
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
    after = financing_block(page, 4, f"{HOSTEL} – Finanzierung 2025", hostel, "permille", HOSTEL_COST)
    after = financing_block(page, after + 1, "Kinderstadt – Finanzierung 2025", town, "permille", 120_000)
    after = financing_block(page, after + 1, "Stadtteilzeitung – Finanzierung 2025", paper, "percent", 200_000)
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
    """FIN05: 4,5 posts do not cost 310.000 EUR. FRM06: a stored value that is out of date."""
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
    page.print_to(14)


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
