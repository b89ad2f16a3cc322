"""What stands in `haushalt-fehler.xlsx`? The plan of a made-up office, in which each rule finds exactly one defect.

README.md lists the defects. Each has a table of its own or a place in one where no other rule has anything to say.
"""

from __future__ import annotations

from datetime import datetime

from workbooks.external import with_external_workbook
from workbooks.fehler import amounts, document, formulas, measures, records, totals
from workbooks.fehler.plan import OFFICE
from workbooks.page import Book

SHEETS = (
    *(formulas.nordstadt, formulas.weststadt, totals.hafenviertel, totals.suedhang, totals.altes_werk),
    *(totals.bahnhofsviertel, totals.oststadt, totals.am_kanal, totals.nordpark, totals.suedpark, totals.gaswerk),
    *(amounts.innenstadt, amounts.rosenberg, amounts.lindenhof, amounts.moorweg, amounts.heide, amounts.hafenstrasse),
    *(amounts.talstrasse, amounts.waldhof, measures.projects, measures.muehlviertel, measures.gartenstadt),
    *(measures.kirchberg, measures.schlossplatz, measures.neubaugebiet, records.assumptions, records.financing),
    *(
        records.eligible,
        records.needs,
        records.posts,
        records.indicators,
        formulas.bergviertel,
        formulas.side_calculations,
        document.reserve,
    ),
    *(document.feedback, measures.draft),
)


def build() -> bytes:
    """The workbook."""
    book = Book(
        {"title": OFFICE, "subject": "Frei erfundenes Beispiel mit eingebauten Fehlern", "author": "Amt für Jugend"},
        datetime(2025, 3, 14),
        letterhead="Beispielstadt · Amt für Jugend",
        reference="Frei erfundenes Beispiel",
    )
    document.settings(book)
    for sheet in SHEETS:
        sheet(book)
    return document.with_connection(with_external_workbook(book.content(), records.COLLEAGUE))
