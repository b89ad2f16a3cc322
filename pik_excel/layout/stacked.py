"""Which rows make up a table's header, and what do they say of each year column: kind, unit, memo?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pik_excel.budget.tables import Kind, Status
from pik_excel.layout.headers import YearHead
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page, is_number
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

_ABOVE = 3  # rows a stacked header may have above the years
_LONGEST = 60  # characters of a header cell
_SIDE = pattern(
    r"(?:ertrag|erträge|aufwand|aufwendung(?:en)?|einnahmen?|ausgaben?|einzahlung(?:en)?|auszahlung(?:en)?|erlöse?"
    r"|kosten|zuschuss|zuschüsse|saldo|zuschussbedarf|revenue|income|expenses?|expenditure|receipts|payments)"
    r"(?: \(?(?:in )?[^ ]+\)?)?"
)


def header_rows_of(page: Page, row: int, heads: Sequence[YearHead], left: int) -> tuple[int, ...]:
    """The rows of a stacked header: those above with texts over the years, and one below with units or kinds,
    be it behind an empty row."""
    rows = [row]
    first, last = heads[0].column, heads[-1].column
    for above in range(row - 1, max(0, row - 1 - _ABOVE), -1):
        if not _heads_columns(page, above, first, last, left):
            break
        rows.insert(0, above)
    below = row + 1 if page.row(row + 1) else row + 2
    if _describes_columns(page, below, first, last):
        rows.append(below)
        if _names_sides(page, below, first, last) and _describes_columns(page, below + 1, first, last):
            rows.append(below + 1)
    return tuple(rows)


def described(page: Page, row: int, heads: Sequence[YearHead], header_rows: tuple[int, ...]) -> list[YearHead]:
    """The year columns with what the other header rows say of kind, unit and memo; a year above several kinds is spread
    over their columns."""
    below = [line for line in header_rows if line > row]
    spread = _spread(page, row, heads, below[0]) if below else list(heads)
    columns: list[YearHead] = []
    for head in spread:
        texts = [_text_over(page, line, head.column, heads) for line in header_rows if line < row]
        texts += [page.text(line, head.column) for line in below]
        joined = " ".join(filter(None, reversed(texts)))
        if page.words.difference.search(fold(joined)) or "%" in joined:
            continue
        counts = counts_something(page, joined)
        kind = head.kind if head.kind is not Kind.UNSTATED or counts else page.words.kind_of(joined)
        unit = head.unit or next((unit for text in reversed(texts) if (unit := page.words.unit_of(text))), None)
        memo = head.memo or page.words.memo.search(fold(joined)) is not None
        stage = head.stage if head.stage is not Status.UNSTATED else page.words.stage_of(joined)
        columns.append(replace(head, kind=kind, unit=unit, memo=memo, stage=stage))
    return columns


def group_text(page: Page, head: YearHead, heads: Sequence[YearHead], header_rows: tuple[int, ...]) -> str:
    """What stands above a year besides unit and kind, be it above the first column of its group alone."""
    words = page.words
    texts = [_text_over(page, row, head.column, heads) for row in header_rows if row < head.row]
    texts += [text for row in header_rows if row > head.row and _is_side(text := page.text(row, head.column))]
    kept = (
        text
        for text in texts
        if text
        and words.unit_of(text) is None
        and (words.kind_of(text) is Kind.UNSTATED or counts_something(page, text))
        and not words.perhaps_year.search(text)
    )
    return " ".join((*kept, *filter(None, [head.words])))


def counts_something(page: Page, text: str) -> bool:
    """Whether a header speaks of figures that are no money: "Fahrplan-km in Tsd.", "CO2 in t/a"."""
    return page.words.no_money.search(fold(text)) is not None and page.words.unit_of(text) is None


def header_texts(page: Page, header_rows: tuple[int, ...], left: int, right: int) -> tuple[str, ...]:
    return tuple(str(cell.value) for cell in page.texts(header_rows[0], header_rows[-1], left, right))


def _heads_columns(page: Page, row: int, first: int, last: int, left: int) -> bool:
    """Whether a row above the years belongs to the header: short texts over the years, no numbers, no title."""
    cells = page.row(row)
    if any(is_number(cell) for column, cell in cells.items() if left <= column <= last):
        return False
    over = [
        page.text(*page.anchor(row, column))
        for column in range(first, last + 1)
        if page.text(row, column) and page.anchor(row, column)[1] >= first and page.anchor(row, column)[0] <= row
    ]
    return bool(over) and all(len(text) <= _LONGEST for text in over)


def _describes_columns(page: Page, row: int, first: int, last: int) -> bool:
    """Whether a row below the years still is header: units, kinds, "davon", nothing else, in most columns."""
    texts = [page.text(row, column) for column in range(first, last + 1)]
    if any(is_number(page.cell(row, column)) for column in range(first, last + 1)):
        return False
    given = [text for text in texts if text]
    return len(given) * 2 > len(texts) and all(_is_description(page, text) for text in given)


def _names_sides(page: Page, row: int, first: int, last: int) -> bool:
    """Whether the row tells income from expenses below each year."""
    texts = {fold(text) for column in range(first, last + 1) if (text := page.text(row, column))}
    return len(texts) > 1 and any(map(_is_side, texts))


def _is_side(text: str) -> bool:
    return _SIDE.fullmatch(fold(text)) is not None


def _is_description(page: Page, text: str) -> bool:
    words, folded = page.words, fold(text)
    if number_in(text) is not None or len(text) > 40:
        return False
    return (
        words.unit_of(text) is not None
        or words.kind_of(text) is not Kind.UNSTATED
        or words.stage_of(text) is not Status.UNSTATED
        or words.memo.match(folded) is not None
        or words.difference.search(folded) is not None
        or _is_side(folded)
        or folded.strip(" .") in {"%", "in %", "anteil"}
        or words.is_header_text(folded.split())  # "Entwurf", "neu"
    )


def _spread(page: Page, row: int, heads: Sequence[YearHead], below: int) -> list[YearHead]:
    spread: list[YearHead] = []
    for index, head in enumerate(heads):
        end = heads[index + 1].column if index + 1 < len(heads) else head.column + _last_span(page, head, below)
        spread.append(head)
        for column in range(head.column + 1, end):
            if page.cell(row, column) is None and page.text(below, column):
                spread.append(replace(head, column=column))
    return spread


def _last_span(page: Page, head: YearHead, below: int) -> int:
    """How many columns the last year spans: while kinds or units follow below it and nothing stands beside it."""
    span = 1
    while (
        page.cell(head.row, head.column + span) is None
        and page.text(below, head.column + span)
        and _is_description(page, page.text(below, head.column + span))
    ):
        span += 1
    return span


def _text_over(page: Page, row: int, column: int, heads: Sequence[YearHead]) -> str:
    """The text above a column: its own or merged one, else that of the nearest column to the left within the years."""
    for candidate in range(column, heads[0].column - 1, -1):
        text = page.text(row, candidate)
        if text:
            merged = page.anchor(row, candidate) in page.merged.values()
            return text if candidate == column or not merged else ""
    return ""
