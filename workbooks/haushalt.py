"""What stands in `haushalt.xlsx`? The council paper's figures, laid out as staff would lay them out."""

from __future__ import annotations

from workbooks import paper
from workbooks.assumptions import assumptions
from workbooks.measures import additional_need, provided, supplementary
from workbooks.page import Book
from workbooks.places import FIRST, MATERIAL_POSTS_ROW, OMID_TOTAL_ROW, PAPER
from workbooks.records import financing, indicators, posts


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


def names(book: Book) -> None:
    """The central assumptions by name."""
    omid = FIRST + 1
    book.name("OMID_Foerdersatz", f"Annahmen!$G${omid}")
    book.name("OMID_Hoechstbetrag", f"Annahmen!$H${omid}")
    book.name("OMID_Gesamtkosten", f"Finanzierung!$B${OMID_TOTAL_ROW}")
    book.name("Satz_Sachkostenpauschale", f"Stellen!$C${MATERIAL_POSTS_ROW}")
    book.name("Landeszuschuss_Stellen", "Stellen!$B$6")
