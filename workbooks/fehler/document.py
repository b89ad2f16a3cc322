"""What is wrong with the file as a whole: hidden sheets, settings, connections, dangerous texts."""

from __future__ import annotations

from workbooks.fehler.plan import OFFICE, TWO_YEARS, Formula, Line, in_eur, lines, plan, total
from workbooks.packaged import with_part
from workbooks.page import Book

_CONNECTION = (
    '<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<connection id="1" name="Kassenbestand" type="4" refreshedVersion="6" background="1" saveData="1">'
    '<webPr sourceData="1" parsePre="1" consecutive="1" xl2000="1" url="http://kasse.example/bestand"/>'
    "</connection></connections>"
)


def settings(book: Book) -> None:
    """DOC03: the workbook is calculated on demand only."""
    book.file.set_calc_mode("manual")


def with_connection(workbook: bytes) -> bytes:
    """DOC04: the workbook asks a server for figures."""
    return with_part(
        workbook,
        "xl/connections.xml",
        _CONNECTION,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/connections",
        key="rIdConnections",
    )


def reserve(book: Book) -> None:
    """DOC02: an amount of a total comes from a hidden sheet."""
    page = plan(book, "Rathaus", in_eur(TWO_YEARS))
    rows: tuple[Line, ...] = (
        ("Jugendsprechstunde", "Stadtjugendring", (4_600, 4_700)),
        ("Kinderbüro", "Stadt", (Formula("=Rücklage!B5", 12_300), 12_500)),
        ("Planspiel Gemeinderat", "Volkshochschule", (2_700, 2_800)),
    )
    total(page, lines(page, rows), "Summe Rathaus", rows)
    hidden = book.page("Rücklage", "Rücklage Kinderbüro", OFFICE, (38, 15))
    hidden.row(4, ("Grundlage", "Betrag EUR"), ("head", "head_right"))
    hidden.row(5, ("Zuführung", 12_300), ("name", "amount"))
    hidden.sheet.hide()


def feedback(book: Book) -> None:
    """DOC05: a text that would call up a page once it is exported."""
    page = book.page("Rückmeldungen", "Rückmeldungen der Träger", OFFICE, (38, 60))
    page.row(4, ("Träger", "Rückmeldung"), ("head", "head"))
    page.row(5, ("Stadtmission", "Anmeldung ist vollständig"), ("name", "text"))
    page.row(6, ("Kulturverein", '=HYPERLINK("http://kulturverein.example","siehe hier")'), ("name", "text"))
    page.row(7, ("Musikschule", "Nachreichung bis Ende März"), ("name", "text"))
    page.print_to(7)
