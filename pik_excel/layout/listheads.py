"""Where are tables whose columns are no years, and what does each of their columns hold?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.tables import Kind, Status
from pik_excel.grid.workbook import Cell
from pik_excel.layout.asides import aside_label
from pik_excel.layout.body import body_of, has_figures
from pik_excel.layout.frame import Frame, lines_above
from pik_excel.layout.headers import YearHead, year_head, year_heads
from pik_excel.layout.labels import total_strength
from pik_excel.layout.names import heads_names
from pik_excel.layout.page import Page, is_number, is_text
from pik_excel.layout.stacked import described, header_rows_of, header_texts
from pik_excel.layout.vocabulary import fold
from pik_excel.layout.years import are_years
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_NAMES = ("bezeichnung", "traeger")
_MONEY_FIELDS = frozenset(("betrag", "ansatz", "bedarf", "zuschuss", "gesamtkosten"))
_SAYS_MONEY = pattern(
    r"betrag|zuschuss|zuschüsse|zuwendung|förder(?:summe|ung|betrag)|soll\b|verfügbar|kosten|mittel\b|wert\b"
)
_YEAR = pattern(r"(?:19|20)\d\d")
_LIMIT = pattern(r"höchst|max\b|maxim|obergrenze|deckel|mindest")  # what may be paid at most is no amount
_DATED = pattern(r"datum|buchungstag|valuta|wertstellung|rechnungsnr|belegnr")
_ENOUGH = 3  # points of evidence that a list is one of a budget
_SOON = 20  # rows below a header in which its columns must have something


@dataclass(frozen=True)
class ListHeads:
    """A header row of a list: the column of names, the heads of its columns of money, and the column of years if it has
    one. `known` are the columns that name fields of the schema."""

    frame: Frame
    amounts: tuple[YearHead, ...]
    year_column: int | None
    known: dict[str, int]
    named: str  # the field that heads the names


def list_heads(page: Page) -> Iterator[ListHeads]:
    """The headers on a sheet that nothing else has claimed and that have a column of names and one of money."""
    for row, named in page.field_cells.items():
        if not any(key in _NAMES for keys in named.values() for key in keys):
            continue
        if any(page.is_claimed(row, column) for column in named):
            continue
        for cells in _runs(page, row):
            found = _heads(page, row, cells)
            if found is not None:
                yield found


def _runs(page: Page, row: int) -> Iterator[list[int]]:
    """The columns of a row's texts, parted by empty columns that have nothing below them either."""
    run: list[int] = []
    for column in sorted(page.row(row)):
        if run and any(
            page.anchor(row, between) == (row, between) and not _has_something(page, row, between)
            for between in range(run[-1] + 1, column)
        ):
            yield run
            run = []
        run.append(column)
    if run:
        yield run


def _has_something(page: Page, row: int, column: int) -> bool:
    return any(page.cell(line, column) is not None for line in range(row + 1, row + _SOON))


def _heads(page: Page, row: int, columns: Sequence[int]) -> ListHeads | None:
    if not all(is_text(page.cell(row, column)) for column in columns):
        return None
    known = _known(page, row, columns)
    named = next((key for key in _NAMES if key in known), None)
    if named is None or any(_DATED.search(fold(page.text(row, column))) for column in columns):
        return None
    year_column = known.get("jahr")
    taken = {column for key, column in known.items() if key not in _MONEY_FIELDS}
    spare = [column for column in columns if column not in taken and _has_numbers(page, row, column)]
    if year_column is None and not _may_be_dated(page, row, columns):
        return None
    body = body_of(page, row, spare, columns[0]) if spare else []
    heads = [
        YearHead(
            row,
            column,
            0,
            kind=page.words.kind_of(text),
            unit=page.words.unit_of(text),
            stage=page.words.stage_of(text),
        )
        for column in spare
        if has_figures(page, column, body) and (text := page.text(row, column)) and _is_money(page, text)
    ]
    if not heads or not body or _has_years_across(page, row, heads, columns):
        return None
    header_rows = header_rows_of(page, row, heads, columns[0])
    amounts = tuple(head for head in described(page, row, heads, header_rows) if not head.memo)
    body = [line for line in body if line > header_rows[-1]]
    if not amounts or not body:
        return None
    left, right = columns[0], columns[-1]
    name_column = _name_column(page, row, columns, known[named])
    frame = Frame(
        header_rows=header_rows,
        name_column=name_column,
        body=tuple(body),
        left=left,
        right=right,
        label_columns=tuple(column for column in columns if column < amounts[0].column),
        above=lines_above(page, header_rows[0], left, right),
        header_texts=header_texts(page, header_rows, left, right),
    )
    return ListHeads(frame, amounts, year_column, known, named)


def _may_be_dated(page: Page, row: int, columns: Sequence[int]) -> bool:
    """Whether a list without years in it says of which year it is, or which stages its columns are."""
    stages = {page.words.stage_of(page.text(row, column)) for column in columns} - {Status.UNSTATED}
    above = (str(cell.value) for cell in lines_above(page, row, columns[0], columns[-1]))
    return len(stages) > 1 or any(_YEAR.search(text) for text in (*above, page.sheet.name))


def _has_numbers(page: Page, row: int, column: int) -> bool:
    return any(is_number(page.cell(line, column)) for line in range(row + 1, row + _SOON))


def _known(page: Page, row: int, columns: Sequence[int]) -> dict[str, int]:
    """The first column of each field; a column is one field."""
    found: dict[str, int] = {}
    for column in columns:
        keys = page.field_cells[row].get(column, ())
        key = next((key for key in keys if key not in found), None)
        if key is not None:
            found[key] = column
    return found


def _name_column(page: Page, row: int, columns: Sequence[int], first: int) -> int:
    """The column of the names: of those that may be headed so, the one in a word of budgets, else the first."""
    headed = [column for column in columns if "bezeichnung" in page.field_cells[row].get(column, ())]
    return next((column for column in headed if page.words.is_measure(page.text(row, column))), first)


def _is_money(page: Page, text: str) -> bool:
    """Whether a header says that money stands below it."""
    words, folded = page.words, fold(text)
    if words.no_money.search(folded) or words.difference.search(folded) or _LIMIT.search(folded):
        return False
    if "%" in folded or aside_label(text):
        return False
    if words.unit_of(text) or words.kind_of(text) is not Kind.UNSTATED or words.stage_of(text) is not Status.UNSTATED:
        return True
    if _MONEY_FIELDS.intersection(words.fields_of(text)) or words.money.search(folded):
        return True
    return _SAYS_MONEY.search(folded) is not None


def _has_years_across(page: Page, row: int, heads: Sequence[YearHead], columns: Sequence[int]) -> bool:
    """Whether a row of the header states years over these columns: then it is another sort of table. A heading that is
    merged over several columns counts for all of them."""
    right = columns[-1]
    if len([head for head in year_heads(page, row) if columns[0] <= head.column <= right]) > 1:
        return True  # "davon Zuschuss Land" behind them makes no list
    while page.anchor(row, right + 1) == page.anchor(row, right):
        right += 1
    for line in range(row - 2, row + 3):
        years = [head for head in year_heads(page, line) if heads[0].column <= head.column <= right]
        if line == row and years:
            return True
        if any(not head.plain for head in years) or (len(years) > 1 and _is_line_of_years(page, line, years)):
            return True
    return False


def _is_line_of_years(page: Page, row: int, years: Sequence[YearHead]) -> bool:
    return are_years(page, row, years) and not any(
        is_text(page.cell(row, column)) and not heads_names(page, row, column) for column in range(1, years[0].column)
    )  # a cell of its own: "Nr." may be merged from the row above


def says_budget(page: Page, heads: ListHeads) -> bool:
    """Whether a list is one of a budget: by its names' header, its units, money words, totals, title."""
    words, frame = page.words, heads.frame
    header = page.text(frame.header_rows[-1], frame.name_column) or " ".join(frame.header_texts)
    texts = [str(cell.value) for cell in frame.above[:6]] + [page.sheet.name]
    points = 2 * (words.is_measure(header) or heads.named == "traeger")
    points += 2 * (any(head.unit for head in heads.amounts) or any(map(words.unit_of, texts[:4])))
    points += any(words.money.search(fold(text)) or _SAYS_MONEY.search(fold(text)) for text in texts)
    points += len({head.stage for head in heads.amounts} - {Status.UNSTATED}) > 1
    points += any(head.kind is not Kind.UNSTATED for head in heads.amounts)
    points += any(total_strength(page.text(row, frame.name_column), words) == 2 for row in frame.body[-3:])
    if any(words.performance.search(fold(text)) for text in texts):
        points -= 2
    return points >= _ENOUGH


def column_of_years(page: Page, column: int, body: Sequence[int]) -> dict[int, YearHead]:
    """The years that the rows state in a column; empty where most of its cells are something else."""
    found: dict[int, YearHead] = {}
    known: dict[tuple[Decimal, int], YearHead | None] = {}
    others = 0
    for row in body:
        cell = page.cell(row, column)
        if cell is None or (is_text(cell) and total_strength(str(cell.value), page.words)):
            continue
        head = _year_at(page, cell, known)
        if head is not None and head.step is None:
            found[row] = head
        else:
            others += isinstance(cell.value, Decimal | str)
    return found if len(found) > 4 * others else {}


def _year_at(page: Page, cell: Cell, known: dict[tuple[Decimal, int], YearHead | None]) -> YearHead | None:
    """The year that the cell states in its row. Where it alone may be one, all cells with the same number and style
    state the same, and `known` are those that were asked for."""
    value = cell.value
    if type(value) is not Decimal or len(page.year_cells.get(cell.row, ())) > 1:
        return next((one for one in year_heads(page, cell.row) if one.column == cell.column), None)
    if (value, cell.style) not in known:
        known[value, cell.style] = year_head(page, cell)
    return known[value, cell.style]
