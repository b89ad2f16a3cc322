"""What are the columns of a table that are no years: totals of years, "davon", changes, remarks, or not to be told?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Aside, Kind, LeftOut, TotalColumn, Year, YearColumn
from pik_excel.grid.workbook import Cell
from pik_excel.layout.asides import aside_label
from pik_excel.layout.blocks import YearBlock
from pik_excel.layout.body import has_figures
from pik_excel.layout.fieldcolumns import FieldColumns
from pik_excel.layout.headers import YearHead
from pik_excel.layout.labels import total_strength, years_in
from pik_excel.layout.page import Page
from pik_excel.layout.rows import Row
from pik_excel.layout.vocabulary import fold
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_EARLIER = pattern(
    r"\b(?:bis|vor|until|before|to)\b\D{0,15}(?:\d{1,2}\.?\s?(?:\d{1,2}\.|[^\W\d_]+)\s?)?(?:19|20)\d\d\b|\bbisher\b|\bvorjahre\b"
)
_OWN_ROW = pattern(r"(?<![!A-Za-z0-9])\$?[A-Z]{1,3}\$?(\d+)")
_SAMPLE = 200  # rows looked at to tell what a column adds
_DAY = pattern(  # what has been booked by then is no year's figure
    r"(?:\d{1,2}\.?\s?)?(?:\d{1,2}\.|\b(?:jan|jän|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec|ende)[^\W\d_]*\.?)\s?(?:19|20)\d\d",
    re.IGNORECASE,
)
_SAYS_YEARS = pattern(
    r"(?<!\d)\d\d\s?/\s?\d\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:vor|folge|haushalts|plan)jahr", re.IGNORECASE
)


@dataclass(frozen=True)
class Beside:
    """The columns that are no amounts of a year; `unclear` those of them that might be."""

    totals: tuple[TotalColumn, ...]
    memos: tuple[YearColumn, ...]
    left_out: tuple[LeftOut, ...]
    unclear: tuple[LeftOut, ...]


def columns_beside(
    page: Page, block: YearBlock, heads: Sequence[YearHead], rows: Sequence[Row], fields: FieldColumns, unit: Unit
) -> Beside:
    """All columns of the table but those of `heads` and the names."""
    return _Columns(page, block, heads, rows, fields, unit).all()


class _Columns:
    def __init__(
        self,
        page: Page,
        block: YearBlock,
        heads: Sequence[YearHead],
        rows: Sequence[Row],
        fields: FieldColumns,
        unit: Unit,
    ) -> None:
        self._page, self._block, self._heads, self._rows = page, block, heads, rows
        self._fields, self._unit = fields, unit
        self._totals: list[TotalColumn] = []
        self._memos: list[YearColumn] = []
        self._left_out: list[LeftOut] = []
        self._unclear: list[LeftOut] = []

    def all(self) -> Beside:
        taken = {head.column for head in (*self._block.heads, *self._block.memo_heads)} | {self._block.name_column}
        for column in range(self._block.left, self._block.right + 1):
            if column not in taken:
                self._sort(column)
        return Beside(tuple(self._totals), tuple(self._memos), tuple(self._left_out), tuple(self._unclear))

    def _sort(self, column: int) -> None:
        header = self._own_header(column)
        first = self._heads[0].column
        if header and column > first and column not in self._fields.known and self._is_total(column, header):
            self._totals.append(self._total(column, header))
            return
        if added := self._span(column):
            self._totals.append(TotalColumn(header, self._page.at(self._header_row(column), column), added))
            return
        figures = has_figures(self._page, column, self._block.body)
        if header and column > first and figures and self._is_memo(header):
            self._memos.append(self._memo(column))
            return
        if not header and not figures:
            return
        one = LeftOut(self._page.at(self._header_row(column), column), header, self._why(column, header, figures))
        (self._unclear if self._names_years(column, header, figures) else self._left_out).append(one)

    def _is_total(self, column: int, header: str) -> bool:
        """Whether the column is headed as a total; a word like "Gesamtauszahlungen" must add up as well."""
        if total_strength(header, self._page.words):
            return True
        return fold(header).startswith("gesamt") and any(
            states_sums(self._page, self._rows, column, one) for one in self._readings(column, header)
        )

    def _own_header(self, column: int) -> str:
        """What the header says above this column, merged cells that begin left of it left out."""
        texts = (
            self._page.text(row, column)
            for row in self._block.header_rows
            if self._page.anchor(row, column)[1] == column
        )
        return " ".join(dict.fromkeys(filter(None, texts)))

    def _header_row(self, column: int) -> int:
        rows = [row for row in self._block.header_rows if self._page.cell(row, column) is not None]
        return rows[-1] if rows else self._block.header_rows[-1]

    def _why(self, column: int, header: str, figures: bool) -> Aside:
        words = self._page.words
        if column in self._fields.known or (column in self._block.label_columns and not figures):
            return Aside.FIELD
        if why := aside_label(header):
            return why
        if "%" in header or "anteil" in fold(header):
            return Aside.SHARE
        if words.difference.search(fold(header)):
            return Aside.DIFFERENCE
        if not figures:
            return Aside.TEXT
        if _EARLIER.search(fold(header)):
            return Aside.EARLIER
        return Aside.COUNT if words.no_money.search(fold(header)) else Aside.UNKNOWN

    def _names_years(self, column: int, header: str, figures: bool) -> bool:
        """Whether figures stand below a header that names a year in a way not understood."""
        if not figures or self._why(column, header, figures) is not Aside.UNKNOWN:
            return False
        doubtful = [head for head in self._block.doubtful if head.column == column]
        if not doubtful and _SAYS_YEARS.search(_DAY.sub("", header)) is None:
            return False
        if not doubtful and self._is_apart(column, header):
            return False
        return not self._is_computed(column) and not any(self._is_beside_the_years(head) for head in doubtful)

    def _is_apart(self, column: int, header: str) -> bool:
        """Whether a column left of the years is about years that have theirs, or parted from the run by other figures:
        "Schüler 2024", "Hebesatz 2024"; but not where another is headed alike."""
        first, years = self._heads[0].column, {one.year for one in self._heads}
        between = (one for one in range(column + 1, first) if has_figures(self._page, one, self._block.body))
        parted = any(_SAYS_YEARS.search(_DAY.sub("", self._own_header(one))) is None for one in between)
        named = years_in(header)
        again = any(self._own_header(one) == header for one in range(column + 1, self._block.right + 1))
        return column < first and not again and (parted or (bool(named) and years.issuperset(named)))

    def _is_computed(self, column: int) -> bool:
        """Whether formulas make the figures of other columns: they state nothing that these do not say."""
        cells = [cell for row in self._rows if (cell := self._page.cell(row.number, column)) is not None]
        return 2 * sum(_reads_its_row(cell) for cell in cells) > len(cells)

    def _is_beside_the_years(self, head: YearHead) -> bool:
        """Whether it is one more figure of a year that has its column, or of one before them all, or the table has but
        one year: the run of years goes on without it."""
        years = {one.year for one in self._heads}
        return head.until is None and (len(years) == 1 or head.year in years or head.year < min(years))

    def _is_memo(self, header: str) -> bool:
        found = self._page.words.memo.match(fold(header).lstrip(" -–•("))
        return found is not None

    def _memo(self, column: int) -> YearColumn:
        """A "davon" column of the year left of it."""
        head = [head for head in self._heads if head.column < column][-1]
        hidden = column in self._page.sheet.hidden_columns
        year = Year(head.year, head.kind, head.open_ended)
        return YearColumn(year, self._page.at(self._header_row(column), column), head.unit or self._unit, hidden)

    # --- totals of years ---

    def _span(self, column: int) -> tuple[int, ...]:
        """The years that a column headed "2024–2026" adds up; () where it is headed otherwise, or does not."""
        head = next((head for head in self._block.doubtful if head.column == column and head.until), None)
        if head is None or head.until is None:
            return ()
        added = tuple(one.column for one in self._heads if head.year <= one.year <= head.until and not one.open_ended)
        return added if states_sums(self._page, self._rows, column, added) else ()

    def _total(self, column: int, header: str) -> TotalColumn:
        readings = list(dict.fromkeys(self._readings(column, header)))
        added = next((one for one in readings if states_sums(self._page, self._rows, column, one)), readings[0])
        return TotalColumn(header, self._page.at(self._header_row(column), column), added)

    def _readings(self, column: int, header: str) -> Iterator[tuple[int, ...]]:
        """Which years the column may add: those it names, or those of the kind it names; all; all left of it; all but
        results; those since the last total."""
        plain = [head for head in self._heads if not head.open_ended]
        named = set(years_in(header))
        if any(head.year in named for head in plain) and len(named) > 1:
            yield tuple(head.column for head in plain if head.year in named)
        kind = self._page.words.kind_of(header)
        if kind is not Kind.UNSTATED and any(head.kind is kind for head in plain):
            yield tuple(head.column for head in plain if head.kind is kind)
        yield tuple(head.column for head in plain)
        left = [head for head in plain if head.column < column]
        yield tuple(head.column for head in left)
        yield tuple(head.column for head in left if head.kind is not Kind.RESULT)
        last = max((one.at.column for one in self._totals if one.at.column < column), default=0)
        yield tuple(head.column for head in left if head.column > last)


def _reads_its_row(cell: Cell) -> bool:
    return cell.formula is not None and str(cell.row) in _OWN_ROW.findall(cell.formula)


def states_sums(page: Page, rows: Sequence[Row], column: int, added: Collection[int]) -> bool:
    """Whether most rows state, in `column`, the sum of their amounts in these columns."""
    hits = misses = 0
    for row in rows[:_SAMPLE]:
        stated = page.sheet.value(row.number, column)
        parts = [amount.stated for amount in row.amounts if amount.at.column in added and amount.stated is not None]
        if len(parts) > 1 and stated is not None:
            hits, misses = hits + (sum(parts) == stated), misses + (sum(parts) != stated)
    return hits > misses
