"""What does the sheet "Annahmen" look like? One row a measure; what may be typed is listed or limited."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbooks.assumed import CARRIED, STATE_ENDS, STATE_GOES_ON, Row, assumption_rows
from workbooks.page import Book, Page, Value
from workbooks.places import FIRST, PAPER

RULES = ("halten", "befristet", "index", "stellen_satz", "anteil", "liste")
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
