"""Tables of measures × years: a row a measure, a column a year, totals, key rows, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from pik_excel.budget.marks import opening_mark
from pik_excel.budget.money import Amount, Statement, Unit
from pik_excel.budget.tables import (
    Budget,
    Field,
    Kind,
    Measure,
    MeasureTable,
    ProductKey,
    Status,
    Total,
    TotalColumn,
    Year,
    YearColumn,
)
from pik_excel.grid.reference import Address, Area, column_number
from pik_excel.layout.amounts import AmountReader, text_numbers
from pik_excel.layout.blocks import YearBlock
from pik_excel.layout.families import Found
from pik_excel.layout.fields import field_at
from pik_excel.layout.headers import YearHead
from pik_excel.layout.labels import is_subtotal, label_of, product_key, role_of, total_strength
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page, is_number
from pik_excel.layout.structure import Item, Sum, sums
from pik_excel.layout.surroundings import footnotes_of, marks_around, status_of, title_of
from pik_excel.layout.units import scaled_to, unit_votes
from pik_excel.layout.vocabulary import Vocabulary, fold

ORDER = 50  # after the families that are known by their header words
_ENOUGH = 2  # points of evidence that a table with years is about money
_KEYS = ("produkt", "kontengruppe")
_SAYS_NOTHING = (Statement.BLANK, Statement.UNREADABLE)
_ASIDE = ("memo", "note", "head")
_BLANK = Statement.BLANK
_SUM = re.compile(
    r"(?:SUM|SUBTOTAL|AGGREGATE)\(|^[+\-]?\$?[A-Z]{1,3}\$?\d+(?:[+\-]\$?[A-Z]{1,3}\$?\d+)+$", re.IGNORECASE
)
_RANGE = re.compile(r"(?<![!A-Za-z0-9])\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?", re.IGNORECASE)
_EXTRA_FIELDS = frozenset(
    (
        *(
            "massnahme_id",
            "traeger",
            "amt",
            "teilhaushalt",
            "produkt",
            "kontengruppe",
            "richtung",
            "status",
            "bemerkung",
        ),
        *("quelle", "finanzierungsart", "verpflichtungsgrad", "bedingung", "szenario", "aliase", "haushaltsteil"),
        *("deckungskreis", "bedarf", "gesamtkosten"),
        *("von", "bis", "foerderzeitraum_von", "foerderzeitraum_bis", "foerderzeitraum"),
    )
)


def read(page: Page) -> Found:
    """The tables of measures by year on a sheet."""
    tables = [table for block in page.year_blocks if is_about_money(page, block) for table in _tables(page, block)]
    for table in tables:
        page.claimed.append(table.area)
    return Found(Budget(measure_tables=tuple(tables)), tuple(page.unclear_years))


def is_about_money(page: Page, block: YearBlock) -> bool:
    """Whether a table with years across is a budget's: a title of names, units, money words, total words are evidence;
    words of performance speak against it."""
    words = page.words
    texts = [str(cell.value) for cell in block.above[:6]] + [page.sheet.name]
    points = 2 * block.titled_strongly + 2 * _states_unit(page, block)
    points += any(words.money.search(fold(text)) for text in (*texts, *block.header_texts))
    points += any(head.kind is not Kind.UNSTATED or head.open_ended for head in block.heads)
    points += any(total_strength(page.text(row, block.name_column), words) == 2 for row in block.body[-3:])
    points += any(words.status_of(text) is not Status.UNSTATED for text in texts)
    if not _states_unit(page, block) and any(words.performance.search(fold(t)) for t in (*texts, *block.header_texts)):
        points -= 3
    return points >= _ENOUGH


def _states_unit(page: Page, block: YearBlock) -> bool:
    if any(head.unit for head in block.heads) or any(page.words.unit_of(text) for text in block.header_texts):
        return True
    if any(page.words.unit_of(str(cell.value)) for cell in block.above[:4]):
        return True
    return any(
        page.format(cell).unit is not None
        for row in block.body[:3]
        for head in block.heads
        if (cell := page.cell(row, head.column)) is not None and is_number(cell)
    )


class _Row(NamedTuple):
    """A row of the body: its label, the amounts of each column, and whether one of them is not blank."""

    number: int
    at: Address
    label: str
    amounts: tuple[Amount, ...]
    filled: bool


def _tables(page: Page, block: YearBlock) -> Iterator[MeasureTable]:
    """The table of the block; one for each group of columns where the years stand again under another heading."""
    groups = dict.fromkeys(block.groups)
    repeated = len(groups) > 1 and len({_claim(head) for head in block.heads}) < len(block.heads)
    for group in groups if repeated else (None,):
        heads = tuple(
            head for head, text in zip(block.heads, block.groups, strict=True) if group is None or text == group
        )
        yield _Reader(page, block, heads, group or "").table()


def _claim(head: YearHead) -> tuple[int, Kind, bool]:
    return head.year, head.kind, head.open_ended


class _Reader:
    """Reads one table."""

    def __init__(self, page: Page, block: YearBlock, heads: tuple[YearHead, ...], group: str) -> None:
        self.page, self.block, self.heads, self.group = page, block, heads, group
        self.words: Vocabulary = page.words
        self.columns = [head.column for head in heads]
        self.votes = unit_votes(page, block, self.columns)
        self.shown_in = scaled_to(page, block, self.columns)
        stated = next((head.unit for head in heads if head.unit), next((unit for unit, _ in self.votes), None))
        self.unit = Unit.EUR if self.shown_in else stated
        self.units = [self._unit(head) for head in heads]
        self.amount_columns = list(zip(self.columns, self.units, strict=True))
        texts = text_numbers(page, block.body, self.columns)
        self.has_texts = bool(texts)
        self.reader = AmountReader(page, texts)
        known = self._field_columns()
        self.key_columns = {key: column for column, key in known.items() if key in _KEYS}
        self.number_column = next((column for column, key in known.items() if key == "massnahme_id"), 0)
        self.other_fields = {column: key for column, key in known.items() if key not in {*_KEYS, "massnahme_id"}}
        self.field_headers = {column: self._header(column) for column in known}
        self.outside = frozenset(known)
        self.marks: list[tuple[str, Address]] = []

    def table(self) -> MeasureTable:
        """The table."""
        rows = [self._row(number) for number in self.block.body]
        kinds = self._kinds(rows)
        added = sums([self._item(row, kind) for row, kind in zip(rows, kinds, strict=True) if kind != "note"])
        keys, measures, memos, totals = self._sorted(rows, kinds, added)
        bottom = self.block.bottom
        title = title_of(self.page, self.block)
        total_columns = tuple(self._total_columns())
        right = max([self.columns[-1], self.block.name_column, *(one.at.column for one in total_columns)])
        return MeasureTable(
            sheet=self.page.sheet.name,
            area=Area(self.block.top, self.block.left, bottom, right),
            title=f"{title} – {self.group}".strip(" –") if self.group else title,
            unit=self.unit,
            unit_at=next((at for _, at in self.votes), None),
            columns=tuple(self._column(head, unit) for head, unit in zip(self.heads, self.units, strict=True)),
            measures=tuple(measures),
            totals=tuple(totals),
            keys=tuple(keys),
            footnotes=footnotes_of(self.page, self.block),
            status=status_of(self.page, self.block),
            header_rows=self.block.header_rows,
            name_column=self.block.name_column,
            unit_votes=self.votes,
            shown_in=self.shown_in,
            memos=tuple(memos),
            memo_columns=tuple(self._column(head, self._unit(head)) for head in self.block.memo_heads),
            total_columns=total_columns,
            marks=(*self.marks, *marks_around(self.page, self.block)),
        )

    # --- rows ---

    def _row(self, number: int) -> _Row:
        cells = self.page.row(number)
        column = self.block.name_column
        cell = cells.get(column)
        label = cell.value if cell is not None and type(cell.value) is str else self._label_beside(number)
        amounts = self.reader.read_row(number, self.amount_columns)
        filled = amounts[0].stated is not None or any(amount.statement is not _BLANK for amount in amounts)
        return _Row(number, Address(self.page.sheet.name, number, column), label, amounts, filled)

    def _label_beside(self, number: int) -> str:
        """The label of a row whose own name cell is empty: a number of a year, a merged cell, or a text left of it."""
        value = self.page.sheet.value(number, self.block.name_column)
        if isinstance(value, Decimal):
            return str(value)
        top, _ = self.page.anchor(number, self.block.name_column)
        if top == number and (merged := self.page.text(number, self.block.name_column)):
            return merged
        left = (column for column in self.block.label_columns if column not in self.outside)
        return next((text for column in left if (text := self.page.text(number, column))), "")

    def _kinds(self, rows: Sequence[_Row]) -> list[str]:
        """What each row is: head, measure, memo, total, note."""
        kinds = [self._kind(row) for row in rows]
        numbered = self._numbered(rows, kinds)
        last = max((index for index, kind in enumerate(kinds) if kind not in _ASIDE), default=-1)
        for index, row in enumerate(rows):
            if kinds[index] == "head" and numbered and label_of(row.label).number is not None:
                kinds[index] = "measure"
            elif kinds[index] == "perhaps total":
                kinds[index] = "total" if index >= last or self._adds_up(rows, kinds, index) else "measure"
            elif kinds[index] == "measure" and (
                _is_sum_formula(row) or (index == last and not row.label and self._sums_all_above(rows, kinds, index))
            ):
                kinds[index] = "total"
        return kinds

    def _kind(self, row: _Row) -> str:
        if not row.filled:
            return "head" if row.label and opening_mark(row.label) is None else "note"
        role = role_of(row.label, self.words)
        if (
            role == "measure"
            and row.amounts[0].stated is None
            and all(amount.statement in _SAYS_NOTHING for amount in row.amounts)
        ):
            return "head"
        return role

    def _numbered(self, rows: Sequence[_Row], kinds: Sequence[str]) -> bool:
        """Whether measures are numbered, so that a numbered row without amounts is one of them, and not a group."""
        if "head" not in kinds:
            return False
        named = [row for row, kind in zip(rows, kinds, strict=True) if kind == "measure"]
        numbers = [label_of(row.label).number for row in named]
        heads = [label_of(row.label).number for row, kind in zip(rows, kinds, strict=True) if kind == "head"]
        given = {number for number in numbers if number is not None}
        return len(given) * 2 > len(named) and not given.intersection(number for number in heads if number is not None)

    def _adds_up(self, rows: Sequence[_Row], kinds: Sequence[str], index: int) -> bool:
        """Whether a row that may be a total is one although others follow: it is a SUM, or adds up."""
        return _is_sum_formula(rows[index]) or self._sums_all_above(rows, kinds, index)

    def _sums_all_above(self, rows: Sequence[_Row], kinds: Sequence[str], index: int) -> bool:
        """Whether the row states the sums of the measures above it, in most columns at least."""
        above = [row for row, kind in zip(rows[:index], kinds, strict=False) if kind == "measure"]
        if len(above) < 2:
            return False
        hits = misses = 0
        for position, amount in enumerate(rows[index].amounts):
            if amount.stated:
                added = sum((row.amounts[position].stated or Decimal(0) for row in above), Decimal(0))
                hits, misses = hits + (added == amount.stated), misses + (added != amount.stated)
        return hits > 0 and hits >= misses

    def _item(self, row: _Row, kind: str) -> Item:
        below = False
        if kind == "total":
            added = [line for amount in row.amounts for line in _added_rows(amount)]
            below = bool(added) and min(added) > row.number
        return Item(
            kind, row.number, row.label, is_subtotal(row.label, self.words) if kind == "total" else False, below
        )

    def _sorted(
        self, rows: Sequence[_Row], kinds: Sequence[str], added: Mapping[int, Sum]
    ) -> tuple[list[ProductKey], list[Measure], list[Measure], list[Total]]:
        keys: list[ProductKey] = []
        measures: list[Measure] = []
        memos: list[Measure] = []
        totals: list[Total] = []
        key: ProductKey | None = None
        revenue = [row.number for row in rows if self.words.revenue.search(fold(row.label))] if added else []
        for row, kind in zip(rows, kinds, strict=True):
            if kind == "head":
                found = product_key(row.label, row.at)
                if found:
                    key = found
                    keys.append(found)
            elif kind == "measure":
                measures.append(self._measure(row, key))
            elif kind == "memo":
                memos.append(self._measure(row, key))
            elif kind == "total":
                totals.append(self._total(row, added[row.number], revenue))
        return keys, measures, memos, totals

    def _measure(self, row: _Row, key: ProductKey | None) -> Measure:
        label = label_of(row.label)
        marks = label.marks
        number = label.number
        if self.has_texts and any(amount.text for amount in row.amounts):
            marks = (*marks, *self._amount_marks(row))
        if label.marks:
            self.marks += [(mark, row.at) for mark in label.marks]
        fields = self._fields(row.number) if self.other_fields else ()
        if self.key_columns:
            key = self._own_key(row.number, key)
        if number is None and self.number_column:
            number = self._number(row.number)
        hidden = row.number in self.page.sheet.hidden_rows
        return Measure(
            label.name, row.label, row.at, row.amounts, number, tuple(dict.fromkeys(marks)), key, hidden, fields
        )

    def _amount_marks(self, row: _Row) -> list[str]:
        found: list[str] = []
        for amount in row.amounts:
            number = number_in(amount.text) if amount.text else None
            for mark in number.marks if number else ():
                self.marks.append((mark, amount.at))
                found.append(mark)
        return found

    def _total(self, row: _Row, one: Sum, revenue: Sequence[int]) -> Total:
        label = label_of(row.label)
        self.marks += [(mark, row.at) for mark in label.marks]
        self._amount_marks(row)
        rows = one.rows
        covered = [line for line in revenue if line in rows]
        if covered and len(covered) < len(rows) and not self._adds_plainly(row, rows):
            rows = ()
        return Total(label.name, row.at, row.amounts, rows, one.subtotal, row.number in self.page.sheet.hidden_rows)

    def _adds_plainly(self, row: _Row, rows: Sequence[int]) -> bool:
        """Whether a total over both Erträge and Aufwendungen is their plain sum in some column (signed amounts)."""
        values = self.page.sheet.value
        for amount in row.amounts:
            parts = [values(line, amount.at.column) for line in rows]
            numbers = [part for part in parts if isinstance(part, Decimal)]
            if amount.stated and sum(numbers, Decimal(0)) == amount.stated:
                return True
        return False

    # --- other columns ---

    def _field_columns(self) -> dict[int, str]:
        """The columns beside the years that the schema knows: recipient, product, remark …"""
        found: dict[int, str] = {}
        outer = range(self.block.left, self.block.right + 1)
        for column in outer:
            if column in self.columns or column == self.block.name_column:
                continue
            for row in self.block.header_rows:
                keys = [key for key in self.words.fields_of(self.page.text(row, column)) if key in _EXTRA_FIELDS]
                if keys and keys[0] not in found.values():
                    found[column] = keys[0]
        return found

    def _header(self, column: int) -> str:
        texts = (self.page.text(row, column) for row in self.block.header_rows)
        return " ".join(dict.fromkeys(filter(None, texts)))

    def _fields(self, row: int) -> tuple[tuple[str, Field], ...]:
        rules, page = self.words.schema.fields, self.page
        return tuple(
            (key, field_at(page, row, column, rules[key], self.field_headers[column]))
            for column, key in self.other_fields.items()
        )

    def _own_key(self, row: int, key: ProductKey | None) -> ProductKey | None:
        """The key that a row states in columns of its own, else that of its group."""
        cells = self.page.row(row)
        stated = {name: cells[column] for name, column in self.key_columns.items() if column in cells}
        if not stated:
            return key
        at = Address(self.page.sheet.name, row, next(iter(stated.values())).column)
        product = str(stated["produkt"].value) if "produkt" in stated else None
        group = str(stated["kontengruppe"].value) if "kontengruppe" in stated else None
        found = product_key(product, at) if product else None
        if found is None:
            return ProductKey(at, product, None, None, group, None)
        return replace(found, account_group=group or found.account_group)

    def _number(self, row: int) -> int | None:
        """What the column of numbers says."""
        cell = self.page.cell(row, self.number_column)
        text = str(cell.value).strip().rstrip(".)") if cell is not None else ""
        return int(text) if text.isdigit() else None

    def _total_columns(self) -> Iterator[TotalColumn]:
        """The columns right of the years that add them up."""
        plain = tuple(head.column for head in self.heads if not head.open_ended)
        taken = set(self.columns) | {head.column for head in self.block.memo_heads}
        for column in range(self.columns[0], self.block.right + 1):
            if column in taken or column in self.outside:
                continue
            for row in self.block.header_rows:
                text = self.page.text(row, column)
                if text and self.page.anchor(row, column)[1] == column and total_strength(text, self.words):
                    yield TotalColumn(text, self.page.at(row, column), plain)
                    break

    # --- header, unit, title ---

    def _column(self, head: YearHead, unit: Unit) -> YearColumn:
        hidden = head.column in self.page.sheet.hidden_columns
        year = Year(head.year, head.kind, head.open_ended)
        return YearColumn(year, self.page.at(head.row, head.column), unit, hidden)

    def _unit(self, head: YearHead) -> Unit:
        if self.shown_in:
            return Unit.EUR
        return head.unit or self.unit or self.words.default_unit


def _is_sum_formula(row: _Row) -> bool:
    """Whether most amounts are formulas that add up at least two other rows of their own column."""
    if row.amounts[-1].formula is None and row.amounts[0].formula is None:
        return False
    given = [amount for amount in row.amounts if amount.statement is not _BLANK]
    adding = sum(bool(_added_rows(amount)) for amount in given)
    return adding * 2 > len(given)


def _added_rows(amount: Amount) -> list[int]:
    """The rows of the amount's own column that its formula adds up; [] where it is another sort of formula."""
    if amount.formula is None or not _SUM.search(amount.formula):
        return []
    rows: list[int] = []
    for match in _RANGE.finditer(amount.formula):
        last = match[3] or match[1]
        if column_number(match[1]) == column_number(last) == amount.at.column:
            rows += [int(match[2]), int(match[4] or match[2])]
    return sorted(rows) if len(set(rows)) > 1 else []
