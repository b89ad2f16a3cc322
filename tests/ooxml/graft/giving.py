"""Workbooks to graft from, as XlsxWriter writes them."""

from __future__ import annotations

import datetime
import io
import struct
import zlib
from collections.abc import Callable

import xlsxwriter

SHEETS = ("Projektion", "Bau & Planung")


def made(build: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    """The file that `build` makes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        build(book)
    return buffer.getvalue()


def plain(*names: str, formula: str = "") -> bytes:
    """Sheets with a text, a number and perhaps a formula (B1)."""

    def build(book: xlsxwriter.Workbook) -> None:
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(1, 0, [f"aus {name}", 12.5])
            if formula:
                sheet.write_formula("B1", formula, None, 7)

    return made(build)


def furnished(*, from_1904: bool = False) -> bytes:
    """Two sheets with all that a report may bring: three charts, data bars, sparklines, links, a table, comments …"""
    return made(_furnish, date_1904=from_1904, default_date_format="dd.mm.yyyy")


def picture() -> io.BytesIO:
    """A small red square (PNG)."""
    rows = b"".join(b"\0" + bytes((200, 30, 30)) * 16 for _row in range(16))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(body))


def _furnish(book: xlsxwriter.Workbook) -> None:
    sheet, other = book.add_worksheet(SHEETS[0]), book.add_worksheet(SHEETS[1])
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 2, "text_wrap": True, "valign": "top"})
    amount = book.add_format({"num_format": '#,##0.00 "EUR"', "font_name": "Arial", "border": 1})
    share = book.add_format({"num_format": "0.0 %", "italic": True, "align": "center", "locked": False})
    _cells(sheet, other, head, amount, share)
    _formats(book, sheet)
    _links(sheet)
    _pictures(book, sheet)
    sheet.add_table(
        "H1:J6",
        {
            "name": "Posten",
            "total_row": True,
            "columns": [
                {"header": "Stelle", "total_string": "Summe"},
                {"header": "Satz", "format": amount},
                {
                    "header": "Kosten",
                    "formula": "=Posten[[#This Row],[Satz]]*2",
                    "total_function": "sum",
                    "format": amount,
                },
            ],
            "data": [["A", 1.5], ["B", 2.5], ["C", 3], ["D", 4]],
        },
    )
    sheet.write_formula("L1", "=SUM(Posten[Kosten])", amount, 22)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area("A1:L60")
    sheet.set_header("&L&G&C&A", {"image_left": "wappen.png", "image_data_left": picture()})
    book.define_name("Faktor", f"='{SHEETS[1]}'!$B$1")
    book.define_name(f"{SHEETS[0]}!Grenze", f"={SHEETS[0]}!$B$3")


def _cells(
    sheet: xlsxwriter.worksheet.Worksheet,
    other: xlsxwriter.worksheet.Worksheet,
    head: object,
    amount: object,
    share: object,
) -> None:
    sheet.write_row("A1", ["Jahr", "Betrag", "Verlauf", "Anteil", "Stand"], head)
    for row in range(1, 7):
        sheet.write_number(row, 0, 2019 + row)
        sheet.write_number(row, 1, 100.5 * row - 250, amount)
        sheet.write_formula(row, 3, f"=B{row + 1}*Faktor/'{SHEETS[1]}'!$B$2", share, 0.5)
        sheet.write_datetime(row, 4, datetime.datetime(2021, row, 24, 12))
    sheet.write_rich_string("A8", head, "fett ", amount, " und <schräg>", share)
    sheet.write_string("A9", "  mit Rand\n und Umbruch & Zeichen <>\"' ")
    sheet.write_boolean("B9", True)
    sheet.merge_range("A10:C10", "verbunden", head)
    sheet.set_column("A:A", 24)
    sheet.set_column("F:G", 3, head, {"hidden": True})
    sheet.set_row(2, 30, share)
    other.write_row("A1", ["Faktor", 2], head)
    other.write_row("A2", ["Teiler", 4], amount)
    other.write_array_formula("A4:A5", "{=B1:B2*2}", None, 4)
    other.data_validation("B1", {"validate": "list", "source": f"={SHEETS[0]}!$A$2:$A$7"})
    other.protect("geheim")


def _formats(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    red = book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE", "num_format": "0.00"})
    sheet.conditional_format("B2:B7", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("D2:D7", {"type": "data_bar"})
    sheet.conditional_format("A2:A7", {"type": "cell", "criteria": ">", "value": "=Projektion!$A$4", "format": red})
    sheet.conditional_format("D2:D7", {"type": "3_color_scale"})
    sheet.conditional_format("E2:E7", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.data_validation("B2:B7", {"validate": "decimal", "criteria": ">=", "value": "=Grenze*0"})
    sheet.add_sparkline("C2", {"range": "Projektion!B2:B7", "markers": True})
    sheet.add_sparkline("C3", {"range": f"'{SHEETS[1]}'!B1:B2", "type": "column"})


def _links(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_url("A12", "https://example.org/?a=b&c=d#e", string="im Netz")
    sheet.write_url("A13", f"internal:'{SHEETS[1]}'!A1", string="dorthin")
    sheet.write_url("A14", "internal:Faktor", string="zum Namen")
    sheet.write_formula("A15", '=HYPERLINK("#Projektion!A1","nach oben")', None, "nach oben")
    sheet.write_comment("B2", "Bitte prüfen", {"author": "Kämmerei"})
    sheet.write_comment("B3", "ebenso", {"visible": True})


def _pictures(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for number, kind in enumerate(("column", "line", "pie")):
        chart = book.add_chart({"type": kind})
        chart.add_series(
            {
                "name": f"='{SHEETS[1]}'!$A$1",
                "categories": "=Projektion!$A$2:$A$7",
                "values": "=Projektion!$B$2:$B$7",
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": "=Projektion!$B$1"})
        sheet.insert_chart(16 + 15 * number, 0, chart)
    sheet.insert_image("N1", "wappen.png", {"image_data": picture(), "url": "internal:Projektion!B2"})
    sheet.insert_textbox("N5", "", {"textlink": "=Projektion!$A$1"})
