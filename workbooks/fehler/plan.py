"""What does a sheet of the made-up office look like: header, key row, measures, total?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbooks.page import Book, Page

OFFICE = "Amt für Jugend · Quartiersarbeit 2024–2029"


KEY = "36.20.01.00.00-510 Kinder- und Jugendarbeit/430 Transferaufwendungen"


FIRST = 6  # the row of the first measure


SIX_YEARS = ("Ansatz 2024", "Ansatz 2025", "Plan 2026", "Plan 2027", "Plan 2028", "Plan 2029")


TWO_YEARS = SIX_YEARS[:2]


INCREASE = Decimal("0.02")


@dataclass(frozen=True)
class Formula:
    """A formula and the value stored with it."""

    text: str
    value: Decimal | int | str


Amount = int | Decimal | str | Formula | None  # a str is a number stored as text


Line = tuple[str | None, str, Sequence[Amount]]  # Maßnahme, Träger, amounts


def plan(book: Book, name: str, heads: Sequence[str], title: str | None = None, key: str = KEY) -> Page:
    """A sheet with header and key row, ready for its measures."""
    widths = (38, 30, *(15,) * len(heads))
    page = book.page(
        name, title or f"Quartiersarbeit {name}", f"Zuschüsse an freie Träger · {OFFICE}", widths, len(heads) > 2
    )
    page.row(4, ("Maßnahme", "Träger", *heads), ("head", "head", *("head_right",) * len(heads)))
    page.row(5, (key, *(None,) * (len(heads) + 1)), ("key",) * (len(heads) + 2))
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
    return Decimal(0) if amount is None or isinstance(amount, str) else Decimal(amount)


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
