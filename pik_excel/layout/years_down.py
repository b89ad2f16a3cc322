"""Years down the side: a column a measure, a row a year, with totals as columns and rows."""

from __future__ import annotations

from pik_excel.budget.money import Amount, Unit
from pik_excel.budget.tables import AmountColumn, Aside, Budget, Kind, LeftOut, Measure, MeasureList, Total, Year
from pik_excel.grid.reference import Address, Area
from pik_excel.layout.amounts import AmountReader, text_numbers
from pik_excel.layout.asides import aside_label
from pik_excel.layout.downblocks import DownBlock, down_blocks
from pik_excel.layout.families import Found
from pik_excel.layout.foreign import in_own_currency
from pik_excel.layout.headers import YearHead
from pik_excel.layout.labels import is_memo, is_subtotal, label_of, total_strength, years_in
from pik_excel.layout.page import Page
from pik_excel.layout.structure import Item, sums
from pik_excel.layout.surroundings import footnotes_of, marks_around, status_of, title_of
from pik_excel.layout.units import scaled_to, sheets_unit, unit_votes

ORDER = 34  # before the tables with years across


def read(page: Page) -> Found:
    """The tables with years down the side."""
    blocks = list(down_blocks(page))
    for block in blocks:
        frame = block.frame
        page.claimed.append(Area(frame.top, frame.left, frame.bottom, frame.right))
    return Found(Budget(lists=tuple(_Reader(page, block).table() for block in blocks)))


class _Reader:
    """Reads one table."""

    def __init__(self, page: Page, block: DownBlock) -> None:
        self._page, self._block, self._frame = page, block, block.frame
        self._votes = unit_votes(page, block.frame, block.columns) or sheets_unit(page, block.frame)
        self._shown_in = scaled_to(page, block.frame, block.columns)
        self._unit = Unit.EUR if self._shown_in else next((unit for unit, _ in self._votes), None)
        self._amounts = AmountReader(page, text_numbers(page, block.frame.body, block.columns))
        self._roles = {column: self._role(column) for column in block.columns}

    def table(self) -> MeasureList:
        """The table."""
        frame = self._frame
        measures = [self._measure(column) for column, role in self._roles.items() if role == "measure"]
        table = MeasureList(
            family="years-down",
            sheet=self._page.sheet.name,
            area=Area(frame.top, frame.left, frame.bottom, frame.right),
            title=title_of(self._page, frame),
            unit=self._unit,
            unit_at=next((at for _, at in self._votes), None),
            columns=tuple(self._year(head) for head in self._block.years),
            measures=tuple(measures),
            totals=tuple(self._totals()),
            footnotes=footnotes_of(self._page, frame),
            status=status_of(self._page, frame),
            header_rows=frame.header_rows,
            name_column=frame.name_column,
            unit_votes=self._votes,
            shown_in=self._shown_in,
            memos=tuple(self._measure(column) for column, role in self._roles.items() if role == "memo"),
            marks=(*((mark, one.at) for one in measures for mark in one.footnotes), *marks_around(self._page, frame)),
            left_out=tuple(self._left_out()),
            year_sums=tuple(self._year_sum(row) for row in self._block.sums),
        )
        return in_own_currency(table, self._page, frame)

    def _name(self, column: int) -> str:
        """What heads the column; of one column that only states its unit or kind, the title."""
        name = " ".join(self._page.text(self._block.names_row, column).split())
        words = self._page.words
        if len(self._block.columns) == 1 and (words.only_unit(name) or words.kind_of(name) is not Kind.UNSTATED):
            return words.without_units(title_of(self._page, self._frame)).strip(" ()") or name
        return name

    def _role(self, column: int) -> str:
        name, words = self._name(column), self._page.words
        if aside_label(name) or words.difference.search(name.casefold()) or "%" in name:
            return "aside"
        if words.no_money.search(name.casefold()):
            return "count"
        if is_memo(name, words):
            return "memo"
        return "total" if total_strength(words.without_units(name.casefold()), words) else "measure"

    def _at(self, column: int) -> Address:
        return self._page.at(self._block.names_row, column)

    def _unit_of(self, column: int) -> Unit:
        if self._shown_in:
            return Unit.EUR
        own = next((unit for row in self._frame.header_rows if (unit := self._stated(row, column))), None)
        return own or self._unit or self._page.words.default_unit

    def _stated(self, row: int, column: int) -> Unit | None:
        cell = self._page.cell(row, column)
        return self._page.words.unit_of(str(cell.value)) if cell is not None else None

    def _down(self, column: int) -> tuple[Amount, ...]:
        unit = self._unit_of(column)
        return tuple(self._amounts.read(head.row, column, head.unit or unit) for head in self._block.years)

    def _measure(self, column: int) -> Measure:
        label = label_of(self._name(column))
        hidden = column in self._page.sheet.hidden_columns
        return Measure(
            name=label.name,
            label=self._name(column),
            at=self._at(column),
            amounts=self._down(column),
            number=label.number,
            footnotes=label.marks,
            hidden=hidden,
        )

    def _year(self, head: YearHead) -> AmountColumn:
        cell = self._page.cell(head.row, head.column)
        hidden = head.row in self._page.sheet.hidden_rows
        at = self._page.at(head.row, head.column)
        year = Year(head.year, head.kind, head.open_ended)
        unit = Unit.EUR if self._shown_in else head.unit or self._unit or self._page.words.default_unit
        return AmountColumn(str(cell.value) if cell else "", at, unit, year, head.kind, hidden=hidden)

    def _totals(self) -> list[Total]:
        """The columns that add up measures: which ones, by the order in which they stand."""
        words = self._page.words
        items = [
            Item(role, column, self._name(column), role == "total" and is_subtotal(self._name(column), words))
            for column, role in self._roles.items()
            if role in {"measure", "total"}
        ]
        found = []
        for column, one in sums(items).items():
            hidden = column in self._page.sheet.hidden_columns
            label = label_of(self._name(column)).name
            found.append(Total(label, self._at(column), self._down(column), (), one.subtotal, hidden, one.rows))
        return sorted(found, key=lambda total: total.at.column)

    def _year_sum(self, row: int) -> Total:
        """A row that adds up the years of each measure, and of each total: those that are no "ff."."""
        label = label_of(self._page.text(row, self._frame.name_column))
        columns = [column for column, role in self._roles.items() if role in {"measure", "total"}]
        amounts = tuple(self._amounts.read(row, column, self._unit_of(column)) for column in columns)
        hidden = row in self._page.sheet.hidden_rows
        rows = self._summed(label.name)
        return Total(label.name, self._page.at(row, self._frame.name_column), amounts, rows, hidden=hidden)

    def _summed(self, label: str) -> tuple[int, ...]:
        """The rows of the years that a sum of this label adds: those it names ("Summe 2025–2029"), else all."""
        heads = [head for head in self._block.years if not head.open_ended]
        named = years_in(label)
        if len(named) > 1 and {head.year for head in heads} >= {min(named), max(named)}:
            heads = [head for head in heads if head.year in named]
        return tuple(head.row for head in heads)

    def _left_out(self) -> list[LeftOut]:
        found = []
        for column, role in self._roles.items():
            if role in {"aside", "count"}:
                why = Aside.COUNT if role == "count" else aside_label(self._name(column)) or Aside.DIFFERENCE
                found.append(LeftOut(self._at(column), self._name(column), why))
        return found
