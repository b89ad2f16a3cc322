"""What stands on "Finanzierung", "Stellen" and "Leistungszahlen"?"""

from __future__ import annotations

from decimal import Decimal

from workbooks import paper
from workbooks.page import Book, Page
from workbooks.places import (
    CAMPUS_HEAD_ROW,
    DECIDED,
    MATERIAL,
    MATERIAL_POSTS_ROW,
    OMID_TOTAL_ROW,
    PAPER,
    POSTS_HEAD_ROW,
    SOCIAL_WORK,
    SOCIAL_WORK_POSTS_ROW,
    decided_2021,
    decided_row,
)


def financing(book: Book) -> None:
    """Who pays for OMID and for the Ausbildungscampus."""
    page = book.page("Finanzierung", "Finanzierung der Angebote", PAPER, (68, 16, 12))
    omid, omid_shares = "OMID – Finanzierung der Aufwendungen 2019", "permille"
    after = financing_block(page, 4, omid, paper.OMID_2019, omid_shares)
    page.notes(after, ("Förderhöchstsatz 50 % und Höchstbetrag 290.000 EUR/Jahr: siehe Blatt „Annahmen“.",))
    campus = "Ausbildungscampus – Finanzierung des Gesamtaufwands 2023"
    end = financing_block(page, CAMPUS_HEAD_ROW - 1, campus, paper.CAMPUS_2023, "percent")
    page.comment(
        f"C{OMID_TOTAL_ROW - 1}",
        "Anteile wie in der Vorlage gedruckt; der letzte Anteil ergänzt auf 100,0 %.",
        height=60,
    )
    page.sheet.freeze_panes(2, 0)
    page.print_to(end - 1)


def financing_block(page: Page, row: int, title: str, sources: tuple[paper.Source, ...], share: str) -> int:
    """Heading, header, one row a source, total; gives the row after it."""
    page.write(f"A{row}", title, "heading")
    page.row(row + 1, ("Quelle", "Betrag EUR", "Anteil"), ("head", "head_right", "head_right"))
    first = row + 2
    for number, source in enumerate(sources, first):
        page.row(number, (source.name, source.amount, source.share), ("name", "amount", share))
    total = first + len(sources)
    page.write(f"A{total}", "Summe", "total_name")
    page.formula(f"B{total}", f"=SUM(B{first}:B{total - 1})", paper.cost(sources), "total")
    shares = sum((source.share for source in sources), Decimal(0))
    page.formula(f"C{total}", f"=SUM(C{first}:C{total - 1})", shares, f"total_{share}")
    return total + 1


def posts(book: Book) -> None:
    """The grant of the Land, and the posts with their rates."""
    page = book.page("Stellen", "Stellen und Landeszuschuss", PAPER, (52, 17, 17, 21, 15, 46), landscape=True)
    page.write("A4", "Landeszuschuss für Integrationsmanagement (Bescheid vom 15.12.2020)", "heading")
    page.row(5, ("Zuschuss (EUR)", paper.GRANT), ("name", "cents"))
    page.row(6, ("Stellen", paper.GRANT_POSTS), ("name", "posts"))
    page.row(7, ("Bewilligungszeitraum von", paper.GRANT_FROM), ("name", "day"))
    page.row(8, ("Bewilligungszeitraum bis", paper.GRANT_TO), ("name", "day"))
    page.write("A9", "Bewilligungszeitraum in Monaten", "name")
    page.formula("B9", "=(YEAR(B8)-YEAR(B7))*12+MONTH(B8)-MONTH(B7)+1", paper.grant_months(), "amount")
    page.write("A10", "Zuschuss je Stelle und Jahr (EUR)", "name")
    page.formula("B10", "=ROUND(B5/B6/B9*12,2)", paper.grant_per_post_and_year(), "cents", bold=True)
    page.row(11, ("Verwendungsnachweis: Frist in Monaten", paper.EVIDENCE_MONTHS), ("name", "amount"))
    page.write("A12", "Verwendungsnachweis fällig am", "name")
    page.formula("B12", "=EOMONTH(B8,B11)", paper.evidence_due(), "day", bold=True)
    page.comment("B8", "Pakt für Integration, vom Land auf 60 Monate verlängert bis 31.12.2022.", height=60)
    post_rates(page)
    page.sheet.freeze_panes(2, 0)
    page.print_to(POSTS_HEAD_ROW + 4)


def post_rates(page: Page) -> None:
    """Posts × rate beside the amount in the budget."""
    page.write(f"A{POSTS_HEAD_ROW - 1}", "Stellen und Sätze", "heading")
    heads = ("Bezeichnung", "Stellen", "Satz EUR/Stelle", "Stellen × Satz (EUR)", "Ansatz TEUR", "Bemerkung")
    page.row(POSTS_HEAD_ROW, heads, ("head", *("head_right",) * 4, "head"))
    looks = ("name", "posts", "amount", "amount", "amount", "text")
    rate = paper.SOCIAL_WORK_BUDGET / paper.SOCIAL_WORK_POSTS
    remark = "Ansatz 2020/2021; Stellen laut Bescheid"
    page.row(MATERIAL_POSTS_ROW, (MATERIAL, None, paper.MATERIAL_RATE, None, None, remark), looks)
    page.row(
        SOCIAL_WORK_POSTS_ROW,
        (
            SOCIAL_WORK,
            paper.SOCIAL_WORK_POSTS,
            rate,
            None,
            paper.thousands(paper.SOCIAL_WORK_BUDGET),
            "Haushaltsentwurf 2023, Betreuungsschlüssel 1:120",
        ),
        looks,
    )
    after = SOCIAL_WORK_POSTS_ROW + 1
    page.row(after, ("OMID", paper.OMID_POSTS, None, None, None, "14 Mitarbeitende, Stand 2019"), looks)
    page.row(after + 1, ("Ausbildungscampus", paper.CAMPUS_POSTS, None, None, None, None), looks)
    page.formula(f"B{MATERIAL_POSTS_ROW}", "=B6", paper.GRANT_POSTS, "posts")
    page.formula(f"E{MATERIAL_POSTS_ROW}", f"='{DECIDED}'!$C${decided_row(MATERIAL)}", decided_2021(MATERIAL), "amount")
    products = (paper.GRANT_POSTS * paper.MATERIAL_RATE, paper.SOCIAL_WORK_POSTS * rate)
    for row, product in enumerate(products, MATERIAL_POSTS_ROW):
        page.formula(f"D{row}", f"=B{row}*C{row}", product, "amount")


def indicators(book: Book) -> None:
    """What OMID, the interpreters and the Empowerment programme did."""
    page = book.page("Leistungszahlen", "Leistungszahlen", PAPER, (58, 19, 12, 12))
    heads = ("head", "head", "head_year", "head_year")
    page.write("A4", "OMID – Angebot für traumatisierte Geflüchtete", "heading")
    page.row(5, ("Leistungszahl", "Einheit", 2018, 2019), heads)
    row = 6
    for name, unit, before, now in OMID_WORK:
        looks = ("part" if name.startswith(("davon", "darunter")) else "name", "text", "amount", "amount")
        page.row(row, (name, unit, before, now), looks)
        row += 1
    page.write(f"A{row + 1}", "Dolmetschereinsätze – Themenschwerpunkte 2019", "heading")
    page.row(row + 2, ("Leistungszahl", "Einheit", 2019, "Anteil"), heads)
    first = row + 3
    whole = ("Gespräche mit Unterstützung von Dolmetschern", "Gespräche", paper.INTERPRETED_TALKS_ALL, None)
    page.row(first, whole, ("name", "text", "amount", "percent"))
    for number, (name, talks, share) in enumerate(paper.INTERPRETED_TALKS, first + 1):
        page.row(number, (name, "Gespräche", talks, share), ("part", "text", "amount", "percent"))
    last = first + len(paper.INTERPRETED_TALKS)
    page.sheet.conditional_format(
        f"D{first + 1}:D{last}",
        {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#C9D5E3", "min_type": "num",
         "min_value": 0, "max_type": "num", "max_value": 1},
    )  # fmt: skip
    page.write(f"A{last + 2}", "Empowerment-Programm", "heading")
    page.row(last + 3, ("Leistungszahl", "Einheit", 2021), heads[:3])
    done = ("Umgesetzte Projekte seit Mai 2018", "Projekte", paper.EMPOWERMENT_PROJECTS)
    page.row(last + 4, done, ("name", "text", "amount"))
    page.sheet.freeze_panes(2, 0)
    page.print_to(last + 4)


OMID_WORK: tuple[tuple[str, str, int | None, int], ...] = (
    ("Einzelgespräche: Personen", "Personen", None, 203),
    ("Einzelgespräche: Gespräche", "Gespräche", 988, 1_050),
    ("darunter mit Dolmetscher", "Gespräche", None, 732),
    ("Offene Gruppen: Veranstaltungen", "Veranstaltungen", None, 108),
    ("davon für Kinder", "Veranstaltungen", None, 73),
    ("davon für Erwachsene", "Veranstaltungen", None, 17),
    ("Offene Gruppen: Teilnehmende", "Personen", 874, 1_078),
    ("davon weiblich", "Personen", None, 628),
    ("davon männlich", "Personen", None, 450),
    ("Geschlossene Gruppen: Teilnehmende", "Personen", 183, 281),
    ("davon männlich", "Personen", None, 155),
    ("davon weiblich", "Personen", None, 126),
)
