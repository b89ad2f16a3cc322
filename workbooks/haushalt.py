"""What stands in `haushalt.xlsx`? The council paper's figures, laid out as staff would lay them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbooks import paper
from workbooks.page import BLUE, YELLOW, Book, Page, Value

DECIDED = "Ergänzende Maßnahmen"
PAPER = f"Mitteilungsvorlage zum Haushaltsplan 2022/2023 · {paper.REFERENCE} vom {paper.DAY:%d.%m.%Y}"
LAST_DAY_2023 = date(2023, 12, 31)

FIRST = 6  # the row of the first measure, on every sheet that lists measures
RULES = ("halten", "befristet", "index", "stellen_satz", "anteil", "liste")
CARRIED, STATE_ENDS, STATE_GOES_ON = "Fortschreibung", "Land endet", "Land fördert weiter"
MATERIAL = "Sachkostenpauschale für Integrationsmanagement"
SOCIAL_WORK = "Soziale Betreuung in der Anschlussunterbringung"

OMID_TOTAL_ROW = 5 + len(paper.OMID_2019) + 1
CAMPUS_HEAD_ROW = OMID_TOTAL_ROW + 5
POSTS_HEAD_ROW = 15
MATERIAL_POSTS_ROW, SOCIAL_WORK_POSTS_ROW = POSTS_HEAD_ROW + 1, POSTS_HEAD_ROW + 2


def build() -> bytes:
    """The workbook."""
    book = Book(
        {
            "title": paper.TITLE,
            "subject": PAPER,
            "author": "Sozialamt",
            "company": "Landeshauptstadt Stuttgart",
            "category": "Haushaltsplan 2022/2023",
        },
        paper.DAY,
        letterhead="Landeshauptstadt Stuttgart · Sozialamt",
        reference=f"{paper.REFERENCE} · {paper.DAY:%d.%m.%Y}",
    )
    supplementary(book)
    additional_need(book)
    provided(book)
    assumptions(book)
    financing(book)
    posts(book)
    indicators(book)
    names(book)
    return book.content()


def decided_row(name: str) -> int:
    """The row of a measure on the first sheet."""
    return FIRST + [measure.name for measure in paper.SUPPLEMENTARY].index(name)


def decided_2021(name: str) -> int:
    """TEUR decided for 2021."""
    return paper.SUPPLEMENTARY[decided_row(name) - FIRST].year_2021


def supplementary(book: Book) -> None:
    """The eleven measures decided for 2020 and 2021."""
    page = book.page(
        DECIDED, "Ergänzende Maßnahmen im Doppelhaushalt 2020/2021", f"Beschlossene Mittel · {PAPER}", (74, 13, 13)
    )
    sheet = page.sheet
    sheet.merge_range("A4:A5", "Maßnahme/Angebot", book.look("head"))
    sheet.merge_range("B4:C4", "Budget in TEUR", book.look("head_center"))
    page.row(5, (2020, 2021), ("head_year", "head_year"), first="B")
    for row, measure in enumerate(paper.SUPPLEMENTARY, FIRST):
        label = f"{row - FIRST + 1}. {measure.name}{measure.stars}"
        page.row(row, (label, measure.year_2020, measure.year_2021), ("name", "amount", "amount"))
    last = FIRST + len(paper.SUPPLEMENTARY) - 1
    total = last + 1
    sheet.set_row(decided_row(paper.SUPPLEMENTARY[2].name) - 1, 30)
    page.write(f"A{total}", "Summe ergänzende Maßnahmen 2020 und 2021", "total_name")
    page.formula(f"B{total}", f"=SUM(B{FIRST}:B{last})", sum(m.year_2020 for m in paper.SUPPLEMENTARY), "total")
    page.formula(f"C{total}", f"=SUM(C{FIRST}:C{last})", sum(m.year_2021 for m in paper.SUPPLEMENTARY), "total")
    end = page.notes(total + 2, paper.FOOTNOTES)
    end = page.notes(end + 1, ("Gelb hinterlegt: Ansatz 2021 weicht vom Ansatz 2020 ab.",))

    changed = book.file.add_format({"bg_color": "#FFF2CC"})
    sheet.conditional_format(
        f"C{FIRST}:C{last}", {"type": "formula", "criteria": f"=$C{FIRST}<>$B{FIRST}", "format": changed}
    )
    whole_amounts(page, f"B{FIRST}:C{last}")
    page.comment(
        f"C{decided_row('Stuttgarter Ausbildungscampus')}",
        "Im Doppelhaushalt 2020/2021 beschlossen: 119.000 EUR für 2020, je 123.000 EUR für 2021 und 2022.",
    )
    sheet.freeze_panes(FIRST - 1, 1)
    page.print_to(end - 1, repeat=(4, 5))


def whole_amounts(page: Page, area: str) -> None:
    """Only whole numbers from 0 may be typed."""
    page.sheet.data_validation(
        area,
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "input_title": "Betrag in TEUR",
            "input_message": "Ganze Zahl ab 0.",
            "error_title": "Betrag in TEUR",
            "error_message": "Bitte eine ganze Zahl ab 0 eingeben.",
        },
    )


def year_table(page: Page, end: int) -> None:
    """Header and key row of the two tables "Finanzielle Auswirkungen", and what they share below."""
    heads = ("Maßnahme/Kontengr.", *paper.YEAR_HEADS)
    page.row(4, heads, ("head", *("head_right",) * len(paper.YEAR_HEADS)))
    page.sheet.set_row(3, 30)
    page.row(5, (paper.PRODUCT_KEY, *(None,) * len(paper.YEAR_HEADS)), ("key",) * (1 + len(paper.YEAR_HEADS)))
    page.sheet.set_row(4, 26)
    page.write("A5", paper.PRODUCT_KEY, "key", text_wrap=True)
    zero = page.book.file.add_format({"font_color": "#8A94A0"})
    page.sheet.conditional_format(
        f"B{FIRST}:G{end}", {"type": "formula", "criteria": f"=AND(ISNUMBER(B{FIRST}),B{FIRST}=0)", "format": zero}
    )
    page.sheet.freeze_panes(FIRST - 1, 1)


def additional_need(book: Book) -> None:
    """What is applied for beyond the funds provided; 2022 and 2023 come from the assumptions."""
    page = book.page(
        "Finanzielle Auswirkungen",
        "Ergebnishaushalt (zusätzliche Aufwendungen und Erträge)",
        f"Finanzielle Auswirkungen · {PAPER}",
        (58, 12, 12, 12, 12, 12, 15),
        landscape=True,
    )
    needs = [(row.name, row.need) for row in assumption_rows()[:5]]
    campus = FIRST + len(needs) - 1
    total = campus + 1
    year_table(page, total)
    for row, (name, need) in enumerate(needs, FIRST):
        page.row(row, (name, None, None, 0, 0, 0, 0), ("name", *("amount",) * 6))
        for column in "BC" if row != campus else "C":
            page.formula(f"{column}{row}", f"=ROUND(Annahmen!$C{row}/1000,0)", paper.thousands(need), "amount")
    rounded = [paper.thousands(need) for _, need in needs]
    sums = (sum(rounded[:-1], Decimal(0)), sum(rounded, Decimal(0)), *(Decimal(0),) * 4)
    page.write(f"A{total}", "Finanzbedarf", "total_name")
    for column, value in zip("BCDEFG", sums, strict=True):
        page.formula(f"{column}{total}", f"=SUM({column}{FIRST}:{column}{campus})", value, "total")
    end = page.notes(
        total + 2,
        (
            "Leere Zelle: kein zusätzlicher Bedarf, die Mittel sind bereits bereitgestellt. 0: kein Bedarf angemeldet.",
            "Die Beträge 2022 und 2023 sind je Maßnahme aus dem Blatt „Annahmen“ kaufmännisch auf TEUR gerundet.",
        ),
    )
    page.comment(
        f"B{campus}",
        "2022 leer: 123 TEUR sind im Haushalt/Finanzplan bereits bereitgestellt (Blatt „Bereitgestellte Mittel“). "
        "Ein zusätzlicher Bedarf entsteht erst 2023.",
    )
    page.comment(f"C{campus}", "Verlängerung des Förderzeitraums um ein Jahr bis 31.12.2023: 149.810 EUR.", height=60)
    whole_amounts(page, f"B{FIRST}:G{campus}")
    need_chart(book, page, end + 1, campus)
    page.print_to(end + 20, repeat=(4, 5))


def need_chart(book: Book, page: Page, row: int, last: int) -> None:
    """The need by year, one colour a measure."""
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    name = "Finanzielle Auswirkungen"
    for measure, colour in zip(range(FIRST, last + 1), (BLUE, YELLOW, "#5B84B1", "#A9B8C9", "#7A9E7E"), strict=True):
        chart.add_series(
            {
                "name": [name, measure - 1, 0],
                "categories": [name, 3, 1, 3, 6],
                "values": [name, measure - 1, 1, measure - 1, 6],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    font = {"name": "Arial", "size": 9, "color": "#333333"}
    chart.set_title(
        {"name": "Zusätzlicher Finanzbedarf nach Jahren (TEUR)", "name_font": {**font, "size": 11, "bold": True}}
    )
    chart.set_x_axis({"num_font": font, "line": {"color": "#B8C2CE"}})
    chart.set_y_axis(
        {"num_font": font, "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDE3EA"}}}
    )
    chart.set_legend({"position": "right", "font": font})
    chart.set_chartarea({"border": {"color": "#B8C2CE"}})
    chart.set_size({"width": 966, "height": 340})
    page.sheet.insert_chart(
        f"A{row}", chart, {"object_position": 1, "description": "Gestapelte Säulen: Finanzbedarf je Jahr und Maßnahme"}
    )


def provided(book: Book) -> None:
    """What budget and financial plan provide already for this purpose."""
    page = book.page(
        "Bereitgestellte Mittel",
        "Für diesen Zweck im Haushalt/Finanzplan bisher bereitgestellte Mittel",
        PAPER,
        (58, 12, 12, 12, 12, 12, 15),
        landscape=True,
    )
    year_table(page, FIRST)
    page.row(FIRST, ("Ausbildungscampus", paper.CAMPUS_PROVIDED_2022, 0, 0, 0, 0, 0), ("name", *("amount",) * 6))
    page.comment(f"B{FIRST}", "Im Doppelhaushalt 2020/2021 beschlossen (Fußnote ** im Blatt „Ergänzende Maßnahmen“).")
    whole_amounts(page, f"B{FIRST}:G{FIRST}")
    end = page.notes(
        FIRST + 2,
        (
            "Die Mittel für Willkommensräume, Refugio und pbv stehen für 2022 und 2023 ebenfalls bereit; "
            "ihre Höhe ist in der Vorlage nicht genannt.",
        ),
    )
    page.print_to(end - 1, repeat=(4, 5))


@dataclass(frozen=True)
class Row:
    """One row of "Annahmen". Where `formula` is given, `need` is its value."""

    name: str
    payee: str | None
    need: Decimal
    rule: str
    first: int
    last: int
    remark: str
    formula: str | None = None
    share: Decimal | None = None
    cap: Decimal | None = None
    posts: tuple[str, Decimal] | None = None  # the formula and its value
    rate: tuple[str, Decimal] | None = None
    funded_to: date | None = None
    needed_to: date | None = None
    aliases: str | None = None
    scenario: str | None = None
    covered_by: str | None = None
    covered: tuple[str, Decimal] | None = None


def assumption_rows() -> tuple[Row, ...]:
    """How each measure goes on. The first five stand in the rows of the additional need: so its formulas are alike."""
    return (*requested_rows(), *carried_rows(), *ended_rows(), *conditional_rows())


def requested_rows() -> tuple[Row, ...]:
    """What is applied for in 2022 and 2023."""
    return (
        Row(
            "Jobkraftwerk, EDV-Lizenzkosten",
            "Landeshauptstadt Stuttgart",
            paper.JOBKRAFTWERK,
            "befristet",
            2022,
            2023,
            "rd. 65.500 EUR jährlich. Mittel für die Lizenz nur bis Ende 2021, Kennzahlenberichte bis zum Ende des "
            "Bewilligungszeitraums des Landeszuschusses.",
            funded_to=paper.LICENCE_FUNDED_TO,
            needed_to=paper.GRANT_TO,
        ),
        Row(
            "OMID",
            "Caritasverband für Stuttgart e. V.",
            paper.omid_need(),
            "anteil",
            2022,
            2023,
            "Höchstens 50 % der Kosten, begrenzt auf 290.000 EUR/Jahr; Kosten 2019 aus dem Blatt „Finanzierung“.",
            formula="=MIN(OMID_Foerdersatz*OMID_Gesamtkosten,OMID_Hoechstbetrag)",
            share=paper.OMID_SHARE,
            cap=paper.OMID_CAP,
            aliases="OMID, Angebot des Caritasverbandes für Stuttgart e. V. für traumatisierte Flüchtlinge in "
            "Flüchtlingsunterkünften",
        ),
        Row(
            "Empowerment von Geflüchteten",
            "Abteilung Integrationspolitik",
            paper.EMPOWERMENT,
            "befristet",
            2022,
            2023,
            "Je 100.000 EUR für 2022 und 2023.",
            aliases="Förderprogramm Empowerment",
        ),
        Row(
            "Dolmetschereinsätze",
            "Liga der Wohlfahrtspflege Stuttgart",
            paper.INTERPRETERS,
            "befristet",
            2022,
            2023,
            "Bisher 80.000 EUR; geringerer Bedarf wegen besserer Deutschkenntnisse. Gemeinsamer Antrag aller Träger.",
            aliases="Dolmetscherkosten",
        ),
        Row(
            "Ausbildungscampus",
            "Stuttgarter Bildungscampus e. V.",
            paper.CAMPUS_2023[0].amount,
            "befristet",
            2023,
            2023,
            "Verlängerung um ein Jahr bis 31.12.2023; 53 % des Gesamtaufwands (Blatt „Finanzierung“).",
            formula=f"=Finanzierung!$B${CAMPUS_HEAD_ROW + 1}",
            aliases="Stuttgarter Ausbildungscampus",
        ),
    )


def carried_rows() -> tuple[Row, ...]:
    """The starred measures: money is there for 2022 and 2023, how much the paper does not say."""
    payees = {
        "Angebot Willkommensräume": None,
        "Refugio Stuttgart e. V.": "Refugio Stuttgart e. V.",
        "pbv, psychosoziales Zentrum Evangelische Gesellschaft Stuttgart e. V.": "Evangelische Gesellschaft "
        "Stuttgart e. V.",
    }
    return tuple(
        Row(
            name,
            payee,
            Decimal(decided_2021(name) * 1000),
            "halten",
            2022,
            2023,
            "Mittel stehen für 2022 und 2023 bereit, Betrag nicht genannt; hier wie 2021.",
            formula=f"='{DECIDED}'!$C${decided_row(name)}*1000",
            funded_to=LAST_DAY_2023,
            scenario=CARRIED,
        )
        for name, payee in payees.items()
    )


def ended_rows() -> tuple[Row, ...]:
    """What is not applied for again."""
    return tuple(
        Row(
            name,
            None,
            Decimal(decided_2021(name) * 1000),
            "befristet",
            2020,
            2021,
            remark,
            formula=f"='{DECIDED}'!$C${decided_row(name)}*1000",
        )
        for name, remark in (
            ("Schulung von Integrationsmanagerinnen und -managern", "Für 2022/2023 nicht angemeldet."),
            ("Arrival Aid", "Für 2022/2023 nicht angemeldet."),
            (MATERIAL, "Für 2022 nicht angemeldet; ab 2023 nur, wenn das Land weiter fördert (siehe unten)."),
        )
    )


def conditional_rows() -> tuple[Row, ...]:
    """Whether the Land goes on funding from 2023 is open."""
    return (
        Row(
            MATERIAL,
            "Träger des Integrationsmanagements",
            paper.GRANT_POSTS * paper.MATERIAL_RATE,
            "stellen_satz",
            2023,
            2023,
            "4.600 EUR/Stelle ab 01.01.2023, wenn das Land weiter fördert; Zahl der Stellen angenommen wie bisher. "
            "Gedeckt aus den 1,8 Mio. EUR des Haushaltsentwurfs, die dann nicht gebraucht werden.",
            formula="=I{row}*J{row}",
            posts=(f"=Stellen!$B${MATERIAL_POSTS_ROW}", paper.GRANT_POSTS),
            rate=("=Satz_Sachkostenpauschale", paper.MATERIAL_RATE),
            scenario=STATE_GOES_ON,
            covered_by=SOCIAL_WORK,
            covered=("=C{next}", paper.SOCIAL_WORK_BUDGET),
        ),
        Row(
            SOCIAL_WORK,
            None,
            paper.SOCIAL_WORK_BUDGET,
            "stellen_satz",
            2023,
            2023,
            "Wenn das Land nicht weiter fördert: 20 Stellen, Betreuungsschlüssel 1:120, im Haushaltsentwurf 2023 mit "
            "1,8 Mio. EUR veranschlagt.",
            formula="=I{row}*J{row}",
            posts=(f"=Stellen!$B${SOCIAL_WORK_POSTS_ROW}", paper.SOCIAL_WORK_POSTS),
            rate=(f"=Stellen!$C${SOCIAL_WORK_POSTS_ROW}", paper.SOCIAL_WORK_BUDGET / paper.SOCIAL_WORK_POSTS),
            scenario=STATE_ENDS,
        ),
    )


ASSUMPTION_HEADS = (
    "Maßnahme",
    "Träger",
    "Bedarf EUR",
    "Regel",
    "von",
    "bis",
    "Anteil",
    "Höchstbetrag EUR",
    "Stellen",
    "Satz EUR/Stelle",
    "finanziert bis",
    "benötigt bis",
    "Aliase",
    "Szenario",
    "gedeckt aus",
    "gedeckt EUR",
    "Bemerkung/Quelle",
)


def assumptions(book: Book) -> None:
    """How each measure goes on, one row a measure."""
    page = book.page(
        "Annahmen",
        "Annahmen zur Fortschreibung",
        f"Blau: Eingaben, schwarz: berechnet · {PAPER}",
        (40, 29, 11, 14, 7, 7, 8, 15, 9, 12, 13, 13, 36, 19, 27, 12, 60),
        landscape=True,
    )
    sheet = page.sheet
    page.row(5, ASSUMPTION_HEADS, ("head",) * len(ASSUMPTION_HEADS))
    sheet.set_row(4, 30)
    rows = assumption_rows()
    for number, row in enumerate(rows, FIRST):
        assumption(page, number, row)
    last = FIRST + len(rows) - 1
    end = page.notes(
        last + 2,
        (
            "Regeln: halten = letzter Betrag gilt weiter · befristet = Bedarf von … bis, danach 0 · index = jährliche "
            "Steigerung · stellen_satz = Stellen × Satz · anteil = Anteil der Kosten, höchstens der Höchstbetrag · "
            "liste = Beträge von Hand",
            "Szenario: Eine Zeile ohne Szenario gilt immer; eine Zeile mit Szenario gilt nur dort und ersetzt dann die "
            "Zeile derselben Maßnahme.",
            "Aliase: weitere Namen derselben Maßnahme in anderen Tabellen, durch Semikolon getrennt.",
        ),
    )
    assumption_choices(page, last)
    page.comment(
        f"K{FIRST}",
        "Der Bewilligungszeitraum des Landeszuschusses reicht bis 31.12.2022, die Mittel für die Lizenz nur bis "
        "31.12.2021. Verwendungsnachweise mit Kennzahlenbericht sind bis 31.03.2023 fällig.",
        height=110,
    )
    sheet.freeze_panes(FIRST - 1, 1)
    page.print_to(end - 1, repeat=(5, 5))
    page.print_wide(after_column=12, scale=66)


def assumption(page: Page, number: int, row: Row) -> None:
    """One row; what is typed is blue, what is computed black."""

    def amount(column: str, typed: Decimal | None, computed: tuple[str, Decimal] | None, look: str) -> None:
        if computed:
            formula = computed[0].format(row=number, next=number + 1)
            page.formula(f"{column}{number}", formula, computed[1], look, font_size=9)
        else:
            page.write(f"{column}{number}", typed, look, font_size=9, font_color="#1F4E9E")

    def typed(first: str, values: Sequence[Value | None], *looks: str) -> None:
        for index, (value, look) in enumerate(zip(values, looks, strict=True)):
            page.write(f"{chr(ord(first) + index)}{number}", value, look, font_size=9, font_color="#1F4E9E")

    page.write(f"A{number}", row.name, "name", font_size=9, bold=True)
    page.write(f"B{number}", row.payee, "text")
    amount("C", row.need, (row.formula, row.need) if row.formula else None, "amount")
    typed("D", (row.rule, row.first, row.last, row.share, row.cap), "text", "year", "year", "percent", "amount")
    amount("I", None, row.posts, "posts")
    amount("J", None, row.rate, "amount")
    typed("K", (row.funded_to, row.needed_to), "day", "day")
    page.row(number, (row.aliases, row.scenario, row.covered_by), ("text",) * 3, first="M")
    amount("P", None, row.covered, "amount")
    page.write(f"Q{number}", row.remark, "text", font_size=8)
    page.sheet.set_row(number - 1, 48 if len(row.aliases or "") > 60 or len(row.remark) > 120 else 32)


def assumption_choices(page: Page, last: int) -> None:
    """What may be typed, and a tint for rows that hold in one scenario only."""
    sheet = page.sheet
    sheet.data_validation(f"D{FIRST}:D{last}", {"validate": "list", "source": list(RULES)})
    sheet.data_validation(
        f"E{FIRST}:F{last}", {"validate": "integer", "criteria": "between", "minimum": 2018, "maximum": 2100}
    )
    sheet.data_validation(
        f"G{FIRST}:G{last}", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    )
    sheet.data_validation(
        f"N{FIRST}:N{last}",
        {"validate": "list", "source": [CARRIED, STATE_ENDS, STATE_GOES_ON], "error_type": "warning"},
    )
    tint = page.book.file.add_format({"bg_color": "#FFF8E1"})
    sheet.conditional_format(f"A{FIRST}:Q{last}", {"type": "formula", "criteria": f'=$N{FIRST}<>""', "format": tint})


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


def names(book: Book) -> None:
    """The central assumptions by name."""
    omid = FIRST + 1
    book.name("OMID_Foerdersatz", f"Annahmen!$G${omid}")
    book.name("OMID_Hoechstbetrag", f"Annahmen!$H${omid}")
    book.name("OMID_Gesamtkosten", f"Finanzierung!$B${OMID_TOTAL_ROW}")
    book.name("Satz_Sachkostenpauschale", f"Stellen!$C${MATERIAL_POSTS_ROW}")
    book.name("Landeszuschuss_Stellen", "Stellen!$B$6")
