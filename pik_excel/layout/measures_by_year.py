"""Tables of measures × years: a row a measure, a column a year, totals, key rows, footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Aside, Budget, Kind, LeftOut, MeasureTable, Status, Year, YearColumn
from pik_excel.grid.reference import Area
from pik_excel.grid.workbook import Cell
from pik_excel.language import _
from pik_excel.layout.amounts import AmountReader, text_numbers
from pik_excel.layout.beside import columns_beside
from pik_excel.layout.blocks import YearBlock
from pik_excel.layout.contents import contents_of
from pik_excel.layout.currencies import other_unit_of
from pik_excel.layout.factors import without_factors
from pik_excel.layout.families import Found
from pik_excel.layout.fieldcolumns import FieldColumns, header_of
from pik_excel.layout.foreign import in_own_currency
from pik_excel.layout.headers import YearHead
from pik_excel.layout.labels import total_strength
from pik_excel.layout.lists import says_stages
from pik_excel.layout.page import Page, is_number
from pik_excel.layout.reading import Unclear
from pik_excel.layout.rows import Rows
from pik_excel.layout.rowunits import row_units
from pik_excel.layout.stacked import counts_something
from pik_excel.layout.surroundings import footnotes_of, marks_around, status_of, title_of
from pik_excel.layout.units import headings_of_sheet, scaled_to, sheets_unit, tied_units, unit_votes
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern

ORDER = 50  # after the families that are known by their header words
_FIRST_ROWS = 5  # whose figures tell posts from amounts
_MANY = 1000  # posts are fewer
_OF_A_PLAN = 3  # years, of which statistics have fewer
_ENOUGH = 2  # points of evidence that a table with years is about money
_REVISED = pattern(
    r"\bneue?[rs]?\b|\bbeschluss\b|\bbeschlossen|\bendgültig|\baktualisiert|\bgeändert|\bfortgeschrieben"
)
_OF_A_BUDGET = frozenset({"traeger", "kontengruppe", "produkt", "foerderzeitraum_bis"})


def read(page: Page) -> Found:
    """The tables of measures by year on a sheet."""
    tables: list[MeasureTable] = []
    unclear = list(page.unclear_years)
    for block in page.year_blocks:
        if not says_stages(block.heads) and is_about_money(page, block):
            for table, not_read in _tables(page, block):
                tie = tied_units(block.heads[0].row, block.heads[0].column, table.unit_votes)
                tables.append(table)
                found = (*map(_unclear_column, not_read), *((tie,) if tie else ()))
                unclear += (one for one in found if one not in unclear)
    for table in tables:
        page.claimed.append(table.area)
    return Found(Budget(measure_tables=tuple(tables)), tuple(unclear))


def is_about_money(page: Page, block: YearBlock) -> bool:
    """Whether a table with years across is a budget's: a title of names, units, money words, total words are evidence;
    words of performance speak against it."""
    words = page.words
    texts = [str(cell.value) for cell in block.above[:6]] + [page.sheet.name]
    unit = _states_unit(page, block)
    points = 2 * block.titled_strongly + 2 * (unit or _is_in_the_sheets_unit(page, block))
    points += any(words.money.search(fold(text)) for text in (*texts, *block.header_texts))
    points += any(head.kind is not Kind.UNSTATED or head.open_ended for head in block.heads)
    ends = (*block.body[:1], *block.body[-3:])  # where a total stands
    points += any(total_strength(page.text(row, block.name_column), words) == 2 for row in ends)
    points += any(map(words.is_measure, texts)) or _says_who(page, block)
    points += any(words.status_of(text) is not Status.UNSTATED for text in texts)
    if not unit:
        performs = any(words.performance.search(fold(text)) for text in (*texts, *block.header_texts))
        points -= 3 * (performs or _is_titled_as_counts(page, block))
    return points >= _ENOUGH


def _is_titled_as_counts(page: Page, block: YearBlock) -> bool:
    """Whether the title speaks of posts or heads and of no money, over small figures: "Stellen nach Ämtern (VZÄ)"."""
    words, title = page.words, fold(title_of(page, block))
    if words.no_money.search(title) is None or words.money.search(title) is not None or words.is_measure(title):
        return False
    figures = (page.sheet.value(row, head.column) for row in block.body[:_FIRST_ROWS] for head in block.heads)
    return all(abs(value) < _MANY for value in figures if isinstance(value, Decimal))


def _says_who(page: Page, block: YearBlock) -> bool:
    """Whether a column says what only a budget says of a row: who gets the money, under which account."""
    return any(
        not _OF_A_BUDGET.isdisjoint(page.words.fields_of(page.text(row, column)))
        for row in block.header_rows
        for column in block.label_columns
    )


def _states_unit(page: Page, block: YearBlock) -> bool:
    if any(head.unit for head in block.heads) or any(map(page.words.unit_of, block.header_texts)):
        return True
    if any(page.words.unit_of(str(cell.value)) for cell in block.above[:4]) or _is_abroad(block, block.above[:4]):
        return True
    if row_units(page, block).mostly_money:
        return True
    return any(
        page.format(cell).unit is not None
        for row in block.body[:3]
        for head in block.heads
        if (cell := page.cell(row, head.column)) is not None and is_number(cell)
    )


def _is_in_the_sheets_unit(page: Page, block: YearBlock) -> bool:
    return bool(sheets_unit(page, block)) or _is_abroad(block, headings_of_sheet(page, block))


def _is_abroad(block: YearBlock, lines: Iterable[Cell]) -> bool:
    """Whether one of the lines names francs or pounds, over the years of a plan: with two of them, statistics compare
    costs a head."""
    plans = len({head.year for head in block.heads}) >= _OF_A_PLAN
    return plans and any(other_unit_of(str(cell.value)) for cell in lines)


def _tables(page: Page, block: YearBlock) -> Iterator[tuple[MeasureTable, tuple[LeftOut, ...]]]:
    """The table of the block, with its columns that might be years; one for each group of columns where the years stand
    again under another heading."""
    if not block.heads:
        return  # nothing but VE and "davon"
    groups = dict.fromkeys(block.groups)
    repeated = len(groups) > 1 and len({_claim(head) for head in block.heads}) < len(block.heads)
    money = [group for group in groups if not counts_something(page, group)] or list(groups)
    by_group = list(zip(block.heads, block.groups, strict=True))
    counts = tuple(
        LeftOut(page.at(head.row, head.column), f"{text} {head.year}", Aside.COUNT)
        for head, text in (by_group if repeated else ())
        if text not in money
    )
    for group in money if repeated else (None,):
        heads = tuple(head for head, text in by_group if group is None or text == group)
        table, unclear = _table(page, block, heads, group or "")
        yield replace(table, left_out=(*table.left_out, *counts)), unclear


def _claim(head: YearHead) -> tuple[int, Kind, bool]:
    return head.year, head.kind, head.open_ended


def _table(
    page: Page, block: YearBlock, heads: Sequence[YearHead], group: str
) -> tuple[MeasureTable, tuple[LeftOut, ...]]:
    columns = [head.column for head in heads]
    by_row = row_units(page, block)
    votes = unit_votes(page, block, columns) or (by_row.places[:1] if by_row.only else ()) or sheets_unit(page, block)
    shown_in = scaled_to(page, block, columns)
    stated = next((head.unit for head in heads if head.unit), next((unit for unit, _ in votes), None))
    unit = Unit.EUR if shown_in else stated
    years = _told_apart(page, block, [_column(page, head, unit, shown_in) for head in heads])
    fields = FieldColumns(page, block, [head.column for head in (*block.heads, *block.memo_heads)])
    reader = AmountReader(page, text_numbers(page, block.body, columns))
    amounts = [(year.at.column, year.unit) for year in years]
    units = {} if shown_in or by_row.only else by_row.money
    rows = without_factors(
        Rows(page, block, amounts, reader, frozenset(fields.known), units, counts=by_row.counts).all()
    )
    found = contents_of(page, rows, fields)
    beside = columns_beside(page, block, heads, rows, fields, unit or page.words.default_unit)
    title = title_of(page, block)
    right = max([columns[-1], block.name_column, *(one.at.column for one in beside.totals)])
    memos = [_column(page, head, unit, shown_in) for head in block.memo_heads]
    table = MeasureTable(
        sheet=page.sheet.name,
        area=Area(block.top, block.left, block.bottom, right),
        title=f"{title} – {group}".strip(" –") if group else title,
        unit=unit,
        unit_at=next((at for _, at in votes or by_row.places), None),
        columns=tuple(years),
        measures=tuple(found.measures),
        totals=tuple(found.totals),
        keys=tuple(found.keys),
        footnotes=footnotes_of(page, block),
        status=status_of(page, block),
        header_rows=block.header_rows,
        name_column=block.name_column,
        unit_votes=votes,
        shown_in=shown_in,
        memos=tuple(found.memos),
        memo_columns=tuple(sorted((*memos, *beside.memos), key=lambda one: one.at.column)),
        total_columns=beside.totals,
        marks=(*found.marks, *marks_around(page, block)),
        left_out=(*beside.left_out, *beside.unclear, *found.left_out),
        of_days=all(head.of_day for head in heads),
    )
    return in_own_currency(table, page, block), beside.unclear


def _column(page: Page, head: YearHead, unit: Unit | None, shown_in: Unit | None) -> YearColumn:
    hidden = head.column in page.sheet.hidden_columns
    own = Unit.EUR if shown_in else head.unit or unit or page.words.default_unit
    return YearColumn(Year(head.year, head.kind, head.open_ended), page.at(head.row, head.column), own, hidden)


def _told_apart(page: Page, block: YearBlock, columns: list[YearColumn]) -> list[YearColumn]:
    """The columns, of several of a year that marked which is headed as taking the place of the others."""
    years = Counter(column.year.value for column in columns)
    if len(years) == len(columns):
        return columns
    heads = (fold(header_of(page, block, column.at.column)) for column in columns)
    return [
        replace(column, revised=years[column.year.value] > 1 and _REVISED.search(head) is not None)
        for column, head in zip(columns, heads, strict=True)
    ]


def _unclear_column(one: LeftOut) -> Unclear:
    return Unclear(
        one.at,
        Area(one.at.row, one.at.column, one.at.row, one.at.column),
        _("Aus „{header}“ geht nicht hervor, für welches Jahr die Spalte gilt; sie ist nicht gelesen.").format(
            header=" ".join(one.label.split())
        ),
    )
