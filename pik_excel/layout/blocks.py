"""Where on a sheet are tables with years across? Their header rows, year columns, rows, and the lines above."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Kind
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell
from pik_excel.language import _
from pik_excel.layout.headers import YearHead, year_heads
from pik_excel.layout.labels import role_of
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page, is_number, is_text
from pik_excel.layout.reading import Unclear
from pik_excel.layout.vocabulary import fold

_GAP = 4  # blank rows that end a table
_ABOVE = 3  # rows a stacked header may have above the years
_SAMPLE = 200  # rows looked at to tell a column of names
_BASE_YEAR = re.compile(r"(?:haushaltsjahr|hh?j|haushaltsplan|haushalt)\b\D{0,12}?((?:19|20)\d\d)(?!\d|\s*[/–-]\s*\d)")
_LONGEST = 60  # characters of a header cell


@dataclass(frozen=True)
class YearBlock:
    """A table with years across. `body` are the rows below the header up to the last with an amount; `heads` the
    columns of amounts, `memo_heads` those that no total adds (VE, davon)."""

    header_rows: tuple[int, ...]
    heads: tuple[YearHead, ...]
    memo_heads: tuple[YearHead, ...]
    name_column: int
    body: tuple[int, ...]
    left: int
    right: int
    label_columns: tuple[int, ...]
    titled: bool  # the names' column is headed as one: "Maßnahme"
    titled_strongly: bool  # … in a word of budgets, not "Bezeichnung"
    above: tuple[Cell, ...] = ()  # texts above the header, the nearest line first
    header_texts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()  # what stands above the years of each head besides kind and unit

    @property
    def top(self) -> int:
        """The first header row."""
        return self.header_rows[0]

    @property
    def bottom(self) -> int:
        """The last row with an amount."""
        return self.body[-1]


def year_blocks(page: Page) -> tuple[list[YearBlock], list[Unclear]]:
    """All tables with years across on a sheet, from the top; side by side from the left. Two header rows that name
    different years over the same columns are unclear, and their table is not read."""
    blocks: list[YearBlock] = []
    unclear: list[Unclear] = []
    passed: set[int] = set()
    for row in sorted(page.year_cells):
        heads = [head for head in year_heads(page, row) if not page.is_claimed(row, head.column)]
        if any(head.step is not None for head in heads):
            heads = _with_base(page, row, heads, unclear)
        edge = 0
        below = _stacked_years(page, row, heads)
        if below and _holding(blocks, row, heads) is None:
            if [head.year for head in heads] == [head.year for head in below]:
                continue
            if _is_a_budgets(page, row, [*heads, *below]):
                unclear.append(_two_headers(page, heads, below))
                passed.add(row + 1)
            continue
        if row in passed:
            continue
        for group in _side_by_side(page, row, heads):
            inside = _holding(blocks, row, group)
            if inside is not None and not _starts_anew(page, row, group, _left_of(blocks, row, group, edge)):
                continue
            if inside is not None:
                blocks = [_cut(page, one, row) if one is inside else one for one in blocks]
            block = _block(page, row, group, blocks, edge)
            if block is not None:
                blocks.append(block)
                edge = block.right
    return blocks, unclear


def _stacked_years(page: Page, row: int, heads: Sequence[YearHead]) -> list[YearHead]:
    """The years in the row below, where both rows are nothing but years over the same columns."""
    if len(heads) < 2 or row + 1 not in page.year_cells:
        return []
    below = year_heads(page, row + 1)
    if [head.column for head in heads] != [head.column for head in below]:
        return []
    are_headers = (any(not head.plain for head in one) or _are_years(page, one[0].row, one) for one in (heads, below))
    label = [page.text(row + 1, column) for column in range(1, heads[0].column)]
    named = any(label) and not any(_names(page, row + 1, column) for column in range(1, heads[0].column))
    return below if all(are_headers) and not named else []


def _with_base(page: Page, row: int, heads: list[YearHead], unclear: list[Unclear]) -> list[YearHead]:
    """The heads with "HJ+1" counted from the year that the row or a line above states; none where that is open."""
    stated = {head.year for head in heads if head.step is None}
    bases = stated if len(stated) == 1 else _base_years(page, row)
    if len(bases) == 1:
        base = next(iter(bases))
        return [head if head.step is None else replace(head, year=base + head.step) for head in heads]
    relative = [head for head in heads if head.step is not None]
    if len(relative) > 1 and _is_a_budgets(page, row, relative):
        first, last = relative[0], relative[-1]
        unclear.append(
            Unclear(
                page.at(row, first.column),
                Area(row, first.column, row, last.column),
                _("Die Spalten zählen von einem Haushaltsjahr aus, das nirgends darüber steht."),
                tuple(map(str, sorted(bases))),
            )
        )
    return [head for head in heads if head.step is None]


def _base_years(page: Page, row: int) -> set[int]:
    """The years that lines above name as the budget year."""
    texts = (str(cell.value) for cell in page.texts(max(1, row - 15), row - 1))
    return {int(found[1]) for text in texts for found in _BASE_YEAR.finditer(fold(text))}


def _is_a_budgets(page: Page, row: int, heads: Sequence[YearHead]) -> bool:
    """Whether a header row is one of a budget: units or kinds beside the years, or measures by name."""
    if any(head.unit or head.kind is not Kind.UNSTATED for head in heads):
        return True
    return any(page.words.is_measure(page.text(row, column)) for column in range(1, heads[0].column))


def _two_headers(page: Page, heads: Sequence[YearHead], below: Sequence[YearHead]) -> Unclear:
    first = next(one for one, other in zip(heads, below, strict=True) if one.year != other.year)
    return Unclear(
        page.at(first.row, first.column),
        Area(first.row, first.column, first.row, first.column),
        _("Zwei Kopfzeilen nennen verschiedene Jahre über denselben Spalten."),
        tuple(", ".join(str(head.year) for head in row) for row in (heads, below)),
    )


def _names(page: Page, row: int, column: int) -> bool:
    """Whether the cell heads a column of names: measures or performance figures."""
    keys = page.words.fields_of(page.text(row, column))
    return "bezeichnung" in keys or "leistungszahl" in keys


def _side_by_side(page: Page, row: int, heads: list[YearHead]) -> Iterator[list[YearHead]]:
    """The heads of a row, parted where a column of names begins anew between two years."""
    group: list[YearHead] = []
    for head in heads:
        if group and _names_between(page, row, group[-1].column, head):
            yield group
            group = []
        group.append(head)
    if group:
        yield group


def _names_between(page: Page, row: int, last: int, head: YearHead) -> bool:
    for column in range(last + 1, head.column):
        for line in (row, row - 1, row + 1):
            if _names(page, line, column):
                return True
        if head.column - last > 1 and _texts_below(page, row, column, head.column):
            return True
    return False


def _texts_below(page: Page, row: int, column: int, amounts: int) -> bool:
    """Whether the column holds names of the rows right of it: at least two, by the side of amounts, and no header that
    makes it something else."""
    head = page.text(row, column) or page.text(row - 1, column)
    if page.words.fields_of(head) or page.words.difference.search(fold(head)):
        return False
    beside = texts = 0
    for line in range(row + 1, row + 30):
        if is_number(page.cell(line, amounts)):
            beside += 1
            texts += is_text(page.cell(line, column)) and number_in(page.text(line, column)) is None
    return texts >= 2 and texts * 3 >= beside * 2


def _holding(blocks: Sequence[YearBlock], row: int, heads: Sequence[YearHead]) -> YearBlock | None:
    """The table found before within which these cells lie."""
    return next(
        (
            block
            for block in blocks
            if block.top <= row <= block.bottom and any(block.left <= head.column <= block.right for head in heads)
        ),
        None,
    )


def _cut(page: Page, block: YearBlock, row: int) -> YearBlock:
    """The table as far as above `row`, where another one begins."""
    body = [line for line in block.body if line < row]
    while body and not _has_amounts(page, body[-1], [head.column for head in block.heads]):
        body.pop()
    return replace(block, body=tuple(body)) if body else block


def _has_amounts(page: Page, row: int, columns: Sequence[int]) -> bool:
    cells = page.row(row)
    return any(column in cells and _may_be_amount(page, cells[column]) for column in columns)


def _left_of(blocks: Sequence[YearBlock], row: int, heads: Sequence[YearHead], edge: int) -> int:
    """The first column that may belong to a table whose years are `heads`."""
    first = heads[0].column
    beside = [block.right for block in blocks if block.top <= row <= block.bottom and block.right < first]
    return max([edge, *beside]) + 1


def _starts_anew(page: Page, row: int, heads: Sequence[YearHead], left: int) -> bool:
    """Whether a row with years is a header although it stands among a table's rows: amounts may look like years."""
    labels = [page.text(row, column) for column in range(left, heads[0].column) if page.text(row, column)]
    named = any(_names(page, row, column) for column in range(left, heads[0].column))
    if named and len(heads) == 1:
        return True
    if any(not head.plain for head in heads):
        return named or not labels or len(heads) > 1
    return (named or not labels) and _are_years(page, row, heads)


def _are_years(page: Page, row: int, heads: Sequence[YearHead]) -> bool:
    """Whether plain numbers in a row are years: in order, none left out by a number that is no year."""
    columns = {head.column for head in heads}
    between = [
        cell
        for column, cell in page.row(row).items()
        if heads[0].column <= column <= heads[-1].column and column not in columns
    ]
    if any(type(cell.value) is Decimal for cell in between):
        return False
    run = _first_run([head.year for head in heads])
    steps = [later - earlier for earlier, later in pairwise(run)]
    if not steps:
        return False
    up, down = all(0 <= step <= 5 for step in steps), all(-5 <= step <= 0 for step in steps)
    return (up or down) and any(steps)


def _first_run(years: list[int]) -> list[int]:
    """The years once, where the same run of years stands again beside itself (Aufwendungen and Erträge)."""
    for length in range(2, len(years) // 2 + 1):
        if years == years[:length] * (len(years) // length):
            return years[:length]
    return years


def _block(page: Page, row: int, heads: list[YearHead], blocks: Sequence[YearBlock], edge: int) -> YearBlock | None:
    if len(heads) == 1 and not any(line in page.field_cells for line in range(row - _ABOVE, row + 2)):
        return None
    left = _connected_left(page, row, heads[0].column, _left_of(blocks, row, heads, edge))
    header_rows = _header_rows(page, row, heads, left)
    if not _is_header(page, row, heads, header_rows, left):
        return None
    columns = _described(page, row, heads, header_rows)
    body = tuple(_body(page, header_rows[-1], [head.column for head in columns], left))
    if not body or not columns:
        return None
    name = _name_column(page, header_rows, body, columns, left)
    if name is None:
        return None
    name_column, titled = name
    labels = tuple(
        column for column in range(left, columns[0].column) if _is_label_column(page, column, body, header_rows)
    )
    right = _right_edge(page, header_rows, columns)
    return YearBlock(
        header_rows=header_rows,
        heads=tuple(head for head in columns if not head.memo),
        memo_heads=tuple(head for head in columns if head.memo),
        name_column=name_column,
        body=body,
        left=min([name_column, *labels]),
        right=max(right, name_column),
        label_columns=labels or (name_column,),
        titled=titled,
        titled_strongly=titled and _headed_strongly(page, header_rows, name_column),
        above=_lines_above(page, header_rows[0], left, right, blocks),
        header_texts=_header_texts(page, header_rows, min(left, name_column), right),
        groups=tuple(_group_text(page, head, header_rows) for head in columns if not head.memo),
    )


def _connected_left(page: Page, row: int, first: int, left: int) -> int:
    """The first column that belongs to a table: left of its years up to an empty column beyond the names."""
    rows = range(row, row + _SAMPLE)
    named = False
    for column in range(first - 1, left - 1, -1):
        if not any(column in page.row(line) for line in rows):
            if named:
                return column + 1
            continue
        named = named or any(is_text(page.cell(line, column)) for line in rows)
    return left


def _is_header(page: Page, row: int, heads: Sequence[YearHead], header_rows: tuple[int, ...], left: int) -> bool:
    if any(type(cell.value) is Decimal for cell in _not_years(page, row, heads, left)):
        return False
    named = any(_names(page, line, column) for line in header_rows for column in range(left, heads[0].column))
    if len(heads) > 1 and (not all(head.plain for head in heads) or _are_years(page, row, heads)):
        return True
    return named and (len(heads) == 1 or any(not head.plain for head in heads))


def _not_years(page: Page, row: int, heads: Sequence[YearHead], left: int) -> Iterator[Cell]:
    years = {head.column for head in heads}
    for column, cell in page.row(row).items():
        if left <= column <= heads[-1].column and column not in years:
            yield cell


def _header_rows(page: Page, row: int, heads: Sequence[YearHead], left: int) -> tuple[int, ...]:
    """The rows of a stacked header: those above with texts over the years, and one below with units or kinds."""
    rows = [row]
    first, last = heads[0].column, heads[-1].column
    for above in range(row - 1, max(0, row - 1 - _ABOVE), -1):
        if not _heads_columns(page, above, first, last, left):
            break
        rows.insert(0, above)
    if _describes_columns(page, row + 1, first, last):
        rows.append(row + 1)
    return tuple(rows)


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


def _is_description(page: Page, text: str) -> bool:
    words, folded = page.words, fold(text)
    if number_in(text) is not None or len(text) > 40:
        return False
    return (
        words.unit_of(text) is not None
        or words.kind_of(text) is not Kind.UNSTATED
        or words.memo.match(folded) is not None
        or words.difference.search(folded) is not None
        or folded.strip(" .") in {"%", "in %", "anteil"}
    )


def _described(page: Page, row: int, heads: Sequence[YearHead], header_rows: tuple[int, ...]) -> list[YearHead]:
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
        kind = head.kind if head.kind is not Kind.UNSTATED else page.words.kind_of(joined)
        unit = head.unit or next((unit for text in reversed(texts) if (unit := page.words.unit_of(text))), None)
        memo = head.memo or page.words.memo.search(fold(joined)) is not None
        columns.append(replace(head, kind=kind, unit=unit, memo=memo))
    return columns


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


def _group_text(page: Page, head: YearHead, header_rows: tuple[int, ...]) -> str:
    words = page.words
    texts = (page.text(row, head.column) for row in header_rows if row < head.row)
    kept = (
        text
        for text in texts
        if text
        and words.unit_of(text) is None
        and words.kind_of(text) is Kind.UNSTATED
        and not words.perhaps_year.search(text)
    )
    return " ".join(kept)


def _header_texts(page: Page, header_rows: tuple[int, ...], left: int, right: int) -> tuple[str, ...]:
    return tuple(
        str(cell.value) for cell in page.texts(header_rows[0], header_rows[-1]) if left <= cell.column <= right
    )


def _body(page: Page, header: int, columns: list[int], left: int) -> list[int]:
    """The rows of the table up to the last that has an amount."""
    rows: list[int] = []
    last, last_amount = header, 0
    parted = False  # a blank row lies since the last row with an amount
    right = columns[-1]
    for row in _rows_below(page, header):
        if row - last > _GAP:
            break
        cells = page.rows[row]
        here = [column for column in cells if left <= column <= right]
        if not here:
            continue
        plain = type(cells[right].value) is Decimal if right in cells else False
        if (not plain or page.claimed) and _is_another_table(page, row, here, columns, row - last > 1):
            break
        parted = parted or (row - last > 1 and last_amount > 0)
        rows.append(row)
        last = row
        if plain or _has_amounts(page, row, columns):
            if parted and not _goes_on(page, rows[last_amount - 1], row, columns, left):
                break
            last_amount = len(rows)
            parted = False
    return rows[:last_amount]


def _row_role(page: Page, row: int, first: int, left: int) -> str:
    label = next((text for column in range(left, first) if (text := page.text(row, column))), "")
    return role_of(label, page.words) if label else ""


def _goes_on(page: Page, before: int, row: int, columns: Sequence[int], left: int) -> bool:
    """Whether a row with amounts behind a blank row still belongs to the table. Behind a total: another total, a memo
    row, or a name with amounts in most columns; else a name, or amounts in most columns."""
    role, cells = _row_role(page, row, columns[0], left), page.row(row)
    full = sum(column in cells and _may_be_amount(page, cells[column]) for column in columns) * 2 > len(columns)
    if _row_role(page, before, columns[0], left) == "total":
        return role in {"total", "perhaps total", "memo"} or (bool(role) and full)
    return bool(role) or full


def _rows_below(page: Page, row: int) -> Iterator[int]:
    order = page.order
    for index in range(bisect_right(order, row), len(order)):
        yield order[index]


def _may_be_amount(page: Page, cell: Cell) -> bool:
    value = cell.value
    if type(value) is Decimal or cell.has_formula:
        return True
    return type(value) is str and (number_in(value) is not None or _is_placeholder(page, value))


def _is_another_table(page: Page, row: int, here: list[int], columns: list[int], after_blank: bool) -> bool:
    """Whether another table's header or another family's cells begin in this row."""
    if page.claimed and any(page.is_claimed(row, column) for column in here):
        return True
    cells = page.rows[row]
    if any(type(cells[column].value) is Decimal for column in here):
        return False
    texts = [str(cells[column].value) for column in here if column in columns and is_text(cells[column])]
    words = [text for text in texts if number_in(text) is None and not _is_placeholder(page, text)]
    if after_blank and words and len(words) == len(texts):
        return True
    return len(words) * 2 > len(columns) and len(words) > 1 and len(words) == len(texts)


def _is_placeholder(page: Page, text: str) -> bool:
    folded = fold(text)
    return folded in page.words.dash or folded in page.words.not_given


def _name_column(
    page: Page, header_rows: tuple[int, ...], body: Sequence[int], columns: Sequence[YearHead], left: int
) -> tuple[int, bool] | None:
    """The column of the measures' names, and whether its header says so."""
    first, last = columns[0].column, columns[-1].column
    amounts = [row for row in body if any(head.column in page.row(row) for head in columns)][:_SAMPLE]
    for candidates in (range(left, first), range(last + 1, last + 4)):
        titled = [column for column in candidates if any(_names(page, row, column) for row in header_rows)]
        counted = {column: _names_in(page, column, amounts) for column in (titled or candidates)}
        best = max(counted, key=lambda column: (counted[column], -column), default=None)
        if best is not None and (counted[best] > 0 or titled):
            return best, bool(titled)
    return None


def _names_in(page: Page, column: int, rows: Sequence[int]) -> float:
    """How much of a column is names: filled cells, and a little for their length, so that codes lose against names."""
    texts = [page.text(row, column) for row in rows if is_text(page.cell(row, column))]
    names = [text for text in texts if any(map(str.isalpha, text)) and number_in(text) is None]
    return len(names) + min(sum(map(len, names)) / (60 * max(1, len(names))), 0.9) if names else 0.0


def _headed_strongly(page: Page, header_rows: tuple[int, ...], column: int) -> bool:
    return any(page.words.is_measure(page.text(row, column)) for row in header_rows)


def _is_label_column(page: Page, column: int, body: Sequence[int], header_rows: tuple[int, ...]) -> bool:
    return any(page.text(row, column) for row in header_rows) or any(column in page.row(row) for row in body[:_SAMPLE])


def _right_edge(page: Page, header_rows: tuple[int, ...], columns: Sequence[YearHead]) -> int:
    """The last column that the header covers without a gap."""
    right = columns[-1].column
    while any(is_text(page.cell(line, right + 1)) for line in header_rows) and not any(
        _names(page, line, right + 1) for line in header_rows
    ):
        right += 1
    return right


def _lines_above(page: Page, top: int, left: int, right: int, blocks: Sequence[YearBlock]) -> tuple[Cell, ...]:
    """The texts above a header, nearest line first, up to another table or too many blank rows; those over the table
    itself where there are any."""
    floor = max((block.bottom for block in blocks if block.bottom < top and block.left <= right), default=0)
    found: list[Cell] = []
    nearest = top
    for row in range(top - 1, max(floor, top - 25), -1):
        cells = page.row(row)
        if not cells:
            continue
        if nearest - row > _GAP or any(is_number(cell) for column, cell in cells.items() if left <= column <= right):
            break
        found += [cells[column] for column in sorted(cells) if is_text(cells[column])]
        nearest = row
    own = tuple(cell for cell in found if left <= cell.column <= right)
    return own or tuple(found)


def units_above(page: Page, block: YearBlock) -> list[tuple[Unit, Cell]]:
    """Every statement of a unit in the lines above a table, nearest first."""
    return [(unit, cell) for cell in block.above if (unit := page.words.unit_of(str(cell.value)))]
