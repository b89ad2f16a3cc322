"""What stands on the three sheets of measures by year: decided, applied for, provided?"""

from __future__ import annotations

from decimal import Decimal

from workbooks import paper
from workbooks.assumed import assumption_rows
from workbooks.page import BLUE, YELLOW, Book, Page
from workbooks.places import DECIDED, FIRST, PAPER, decided_row


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
