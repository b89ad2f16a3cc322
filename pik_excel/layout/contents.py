"""The rows of a table as measures, totals, keys, "davon" rows and rows left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import cached_property

from pik_excel.budget.tables import LeftOut, Measure, ProductKey, Total, Year
from pik_excel.grid.reference import Address, column_letters
from pik_excel.layout.amountless import without_amounts
from pik_excel.layout.asides import aside_row
from pik_excel.layout.fieldcolumns import FieldColumns
from pik_excel.layout.hierarchy import hierarchy_of
from pik_excel.layout.kinds import kinds_of
from pik_excel.layout.labels import is_subtotal, label_of, product_key, total_strength
from pik_excel.layout.numbers import number_in
from pik_excel.layout.page import Page
from pik_excel.layout.rows import Row, Sums, added_rows
from pik_excel.layout.structure import Item, Sum, sums
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_DIFFERENCE = pattern(r"\s*\$?([A-Z]{1,3})\$?(\d+)\s*-\s*\$?([A-Z]{1,3})\$?(\d+)\s*\Z")


@dataclass(frozen=False)
class Contents:
    """What the rows are, in their order; `marks` are the footnote marks in them."""

    keys: list[ProductKey] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    memos: list[Measure] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    marks: list[tuple[str, Address]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def contents_of(
    page: Page, rows: Sequence[Row], beside: FieldColumns, years: Mapping[int, Year] | None = None
) -> Contents:
    """The rows sorted; `years` are those that the rows of a long list state."""
    return _Sorter(page, rows, beside, years or {}).contents()


class _Sorter:
    def __init__(self, page: Page, rows: Sequence[Row], beside: FieldColumns, years: Mapping[int, Year]) -> None:
        self._page, self._rows, self._beside, self._years = page, rows, beside, years
        self._sums = Sums(rows)
        self._has_texts = any(amount.text for row in rows for amount in row.amounts)
        self._found = Contents()

    def contents(self) -> Contents:
        kinds = kinds_of(self._page, self._rows, self._sums, self._years)
        measures = without_amounts(self._page, self._rows, kinds, self._beside)
        kinds = ["measure" if row.number in measures else kind for row, kind in zip(self._rows, kinds, strict=True)]
        beside = self._beside
        levels = hierarchy_of(self._page, self._rows, kinds, beside.number_column, self._sums, beside.level_column)
        kinds = [
            "memo" if row.number in levels.within else "total" if row.number in levels.parts else kind
            for row, kind in zip(self._rows, kinds, strict=True)
        ]
        pairs = [(row, kind) for row, kind in zip(self._rows, kinds, strict=True) if kind not in {"note", "aside"}]
        added: dict[int, Sum] = {}
        if "total" in kinds:
            items = [self._item(row, kind, levels.parts.get(row.number, ())) for row, kind in pairs]
            added = sums(items, self._sums.fits)
        revenue = self._revenue(kinds) if added else frozenset[int]()
        key: ProductKey | None = None
        for row, kind in zip(self._rows, kinds, strict=True):
            if kind == "head":
                key = self._key(row) or key
            elif kind == "measure":
                self._found.measures.append(self._measure(row, key))
            elif kind == "memo":
                self._found.memos.append(self._measure(row, key))
            elif kind == "total":
                self._found.totals.append(self._total(row, added[row.number], revenue))
            elif kind == "aside" and (why := aside_row(self._page, row)) is not None:
                self._found.left_out.append(LeftOut(row.at, row.label, why, row=True))
        return self._found

    def _item(self, row: Row, kind: str, parts: tuple[int, ...]) -> Item:
        below = False
        if kind == "total":
            added = [line for amount in row.amounts for line in added_rows(amount)]
            below = bool(added) and min(added) > row.number
        named_sub = kind == "total" and is_subtotal(row.label, self._page.words)
        return Item(kind, row.number, row.label, named_sub, below, parts)

    def _key(self, row: Row) -> ProductKey | None:
        found = product_key(row.label, row.at)
        if found:
            self._found.keys.append(found)
        return found

    def _measure(self, row: Row, key: ProductKey | None) -> Measure:
        label = label_of(row.label)
        marks = label.marks
        if self._has_texts and any(amount.text for amount in row.amounts):
            marks = (*marks, *self._amount_marks(row))
        if label.marks:
            self._found.marks += [(mark, row.at) for mark in label.marks]
        number = self._beside.number_of(row.number) if label.number is None else label.number
        return Measure(
            name=label.name,
            label=row.label,
            at=row.at,
            amounts=row.amounts,
            number=number,
            footnotes=tuple(dict.fromkeys(marks)) if marks else (),
            key=self._beside.key_of(row.number, key),
            hidden=row.number in self._page.sheet.hidden_rows,
            fields=self._beside.of(row.number),
            year=self._years.get(row.number),
        )

    def _amount_marks(self, row: Row) -> list[str]:
        found: list[str] = []
        for amount in row.amounts:
            number = number_in(amount.text) if amount.text else None
            for mark in number.marks if number else ():
                self._found.marks.append((mark, amount.at))
                found.append(mark)
        return found

    def _total(self, row: Row, one: Sum, revenue: AbstractSet[int]) -> Total:
        label = label_of(row.label)
        self._found.marks += [(mark, row.at) for mark in label.marks]
        self._amount_marks(row)
        parts = self._without_what_it_is_set_against(row, one.rows)
        rows = () if self._is_no_plain_sum(row, parts, revenue) else parts
        number = self._beside.number_of(row.number) if label.number is None else label.number
        hidden = row.number in self._page.sheet.hidden_rows
        return Total(label.name, row.at, row.amounts, rows, one.subtotal, hidden, number=number)

    def _without_what_it_is_set_against(self, row: Row, rows: tuple[int, ...]) -> tuple[int, ...]:
        """The rows that a total adds: one from which it is taken off further below (need less means) is none of them,
        where it comes out without that one alone."""
        minuends = self._minuends.get(row.number, set()).intersection(rows)
        if not minuends or self._sums.fits(row.number, rows):
            return rows
        rest = tuple(line for line in rows if line not in minuends)
        return rest if rest and self._sums.fits(row.number, rest) else rows

    @cached_property
    def _minuends(self) -> dict[int, set[int]]:
        """By row, those from which formulas of other rows take it off: =C6-C11."""
        found: dict[int, set[int]] = {}
        for row in self._rows:
            for amount in row.amounts:
                match = _DIFFERENCE.match(amount.formula) if amount.formula is not None else None
                if match is not None and {match[1], match[3]} == {column_letters(amount.at.column)}:
                    found.setdefault(int(match[4]), set()).add(int(match[2]))
        return found

    def _is_no_plain_sum(self, row: Row, rows: Sequence[int], revenue: AbstractSet[int]) -> bool:
        """Whether a total is a difference: over both Erträge and Aufwendungen, or by its name and its arithmetic."""
        taken_off = [line for line in rows if line in revenue]
        if taken_off and len(taken_off) < len(rows):
            return not self._sums.adds_rather(row.number, rows, taken_off)
        if not rows or self._sums.fits_anywhere(row.number, rows):
            return False
        if len(rows) == 1 and self._sums.fits_nowhere(row.number, rows):
            return True  # the lone row beside it is something else
        return total_strength(row.label, self._page.words) > 0 and self._sums.is_balance(row.number, rows)

    def _revenue(self, kinds: Sequence[str]) -> frozenset[int]:
        """The rows of Erträge: by their own name, or by the heading above them."""
        found: list[int] = []
        section = False
        is_revenue = self._page.words.revenue.search
        for row, kind in zip(self._rows, kinds, strict=True):
            if kind == "head":
                section = is_revenue(fold(row.label)) is not None
            elif (section and kind != "total") or is_revenue(fold(row.label)):
                found.append(row.number)
        return frozenset(found)
