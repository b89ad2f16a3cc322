"""A workbook with everything that must follow when a column or row is inserted, and how to look into its parts."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import xlsxwriter

from pik_excel.ooxml.package import Package, open_package

MAIN = "Ergebnis HH"
OTHER = "Übersicht"


def furnished(folder: Path) -> Package:
    """The workbook: "Ergebnis HH" has its total in column F, rows 2 to 9; "Übersicht" refers to it."""
    path = folder / "moebliert.xlsx"
    book = xlsxwriter.Workbook(path)
    main, other, listing = (book.add_worksheet(name) for name in (MAIN, OTHER, "Liste"))
    _figures(book, main)
    _ranges(book, main)
    _objects(book, main, folder)
    _elsewhere(book, other)
    listing.write_row(3, 0, range(8))
    book.close()
    _by_hand(path)
    return open_package(path)


def _figures(book, sheet) -> None:
    money = book.add_format({"num_format": "#,##0", "bg_color": "#EEF3F8"})
    sheet.write_row(0, 0, ["Maßnahme", "2022", "2023", "2024", "2025", "Summe", "Anteil", "Rest"])
    for row in range(1, 9):
        sheet.write(row, 0, f"M{row}")
        sheet.write_row(row, 1, [row, row * 2, row * 3, row * 4], money)
        sheet.write_formula(row, 5, f"=SUM(B{row + 1}:E{row + 1})", money, row * 10)
        sheet.write_formula(row, 6, f"=F{row + 1}/$F$10+G1", None, 0.5)
        sheet.write_formula(row, 7, f"=SUM(C{row + 1}:G{row + 1})+F$2", None, 3009)
    sheet.write_formula("F10", "=SUM(F2:F9)", money, 360)
    sheet.write_formula("G10", "=SUM(F:F)+SUM($C:$F)", None, 1)
    sheet.write_formula("H10", "='Ergebnis HH'!F4+Liste!F4", None, 2)
    sheet.write_formula("G11", '="F4"&LOG10(F4)&INDIRECT("F4")', None, "F41")
    sheet.write_formula("H11", "=SUM(4:4)+SUM(Tab[Wert])", None, 4)
    sheet.write_array_formula("G12:H12", "{=F2:G2*2}", None, 1)
    sheet.write_dynamic_array_formula("G13:G14", "=UNIQUE(F2:F3)", None, 1)
    sheet.write_formula("H13", "=SUM((F2:G3,H4) F1:H9)", None, 0)


def _ranges(book, sheet) -> None:
    sheet.merge_range("E16:G16", "verbunden")
    sheet.merge_range("G17:H17", "rechts")
    red = book.add_format({"font_color": "red"})
    sheet.conditional_format("F2:F9", {"type": "formula", "criteria": "=$F2>$G2", "format": red})
    sheet.conditional_format(
        "G2:G9", {"type": "data_bar", "data_bar_2010": True, "min_type": "formula", "min_value": "=$F$2"}
    )
    sheet.conditional_format("H2:H9", {"type": "formula", "criteria": f"={OTHER}!$B$2>1", "format": red})
    sheet.data_validation("F2:G9", {"validate": "list", "source": "=$F$2:$F$9"})
    sheet.autofilter("A1:H9")
    sheet.filter_column("G", "x > 0")
    sheet.set_column("F:F", 18)
    sheet.set_column("G:G", 9, None, {"hidden": True})
    sheet.set_column("H:H", 11, None, {"level": 1})
    sheet.write_url("G20", "https://example.org/", string="Verweis")
    sheet.set_v_pagebreaks([6])
    sheet.set_h_pagebreaks([12])
    sheet.print_area("A1:H20")
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns("A:F")
    sheet.protect()
    sheet.unprotect_range("F2:G9", "Eingabe")
    sheet.ignore_errors({"number_stored_as_text": "F2:F9"})
    sheet.freeze_panes(1, 6)
    sheet.add_sparkline("H22", {"range": f"'{MAIN}'!B2:F2"})
    sheet.add_table(
        "A25:H28", {"name": "Tab", "columns": [{"header": f"S{n}"} for n in range(7)] + [{"header": "Wert"}]}
    )
    sheet.add_table("J25:K28", {"name": "Daneben"})


def _objects(book, sheet, folder: Path) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {"name": f"='{MAIN}'!$F$1", "categories": f"='{MAIN}'!$A$2:$A$9", "values": f"='{MAIN}'!$F$2:$F$9"}
    )
    chart.set_title({"name": f"='{MAIN}'!$G$1"})
    sheet.insert_chart("G30", chart)
    picture = folder / "bild.png"
    picture.write_bytes(_png())
    sheet.insert_image("H45", picture)
    sheet.write_comment("G3", "Anmerkung")
    sheet.write_comment("B3", "links davon")


def _elsewhere(book, sheet) -> None:
    sheet.write_formula("B2", f"='{MAIN}'!F4", None, 30)
    sheet.write_formula("B3", f"=SUM('{MAIN}'!B4:F4)", None, 60)
    sheet.write_formula("B4", "=F4", None, 0)
    sheet.write_formula("B5", f"=SUM('{MAIN}'!F:F)", None, 1)
    sheet.write_formula("B6", f"='[1]{MAIN}'!F4+SUM('{MAIN}:Liste'!F4)", None, 1)
    green = book.add_format({"font_color": "green"})
    sheet.conditional_format("A1:A9", {"type": "formula", "criteria": f"='{MAIN}'!$F$4>1", "format": green})
    sheet.data_validation("A1:A9", {"validate": "list", "source": f"='{MAIN}'!$F$2:$F$9"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"='{MAIN}'!$B$10:$F$10"})
    sheet.insert_chart("D2", chart)
    book.define_name("Zelle", f"='{MAIN}'!$F$4")
    book.define_name("Bereich", f"='{MAIN}'!$C$4:$F$4")
    book.define_name("Formel", f"=SUM('{MAIN}'!$F$2:$F$9)*2")
    book.define_name(f"'{MAIN}'!Lokal", f"='{MAIN}'!$G$4")
    book.define_name("Fremd", "=Liste!$F$4")


def _by_hand(path: Path) -> None:
    """What XlsxWriter cannot write: a shared formula over F15:H15, and a cell watch."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    shared = (
        b'<row r="15"><c r="E15"><f t="shared" ref="E15:H15" si="0">E4*2+$F$4</f><v>9</v></c>'
        b'<c r="F15"><f t="shared" si="0"/><v>9</v></c><c r="G15"><f t="shared" si="0"/><v>9</v></c>'
        b'<c r="H15"><f t="shared" si="0"/><v>9</v></c></row>'
    )
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb'<row r="15"[^>]*>.*?</row>|(?=<row r="16")', shared, sheet, count=1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x30\x60\x90" * 40 for _ in range(40))
    head = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
