"""What does a council paper print of a budget? Its tables cell for cell, the deadlines, and a line a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement, Unit, round_half_up
from pik_excel.budget.tables import Measure, MeasureTable, ProductKey, Status, Total
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _, day, number
from pik_excel.layout.formats import format_of
from pik_excel.layout.reading import Reading
from pik_excel.projection.record import Due, ProjectedTotal, Projection
from pik_excel.records import dataclass
from pik_excel.report.heads import Head, heads
from pik_excel.report.shown import Shown


@dataclass(frozen=True)
class PaperCell:
    """A cell as the paper prints it, where it stands in the workbook, and the amount in EUR behind it."""

    text: str
    at: Address | None = None
    eur: Decimal | None = None
    is_figure: bool = False


@dataclass(frozen=True)
class PaperRow:
    """A row of a table; `kind` is "key", "measure", "memo", "subtotal" or "total"."""

    kind: str
    cells: tuple[PaperCell, ...]


@dataclass(frozen=True)
class PaperTable:
    """One table: its heading, header rows, rows and the notes below. `source` is "Sheet!A4:G11"."""

    title: str
    status: Status
    unit: Unit | None
    source: str
    header: tuple[tuple[PaperCell, ...], ...]
    rows: tuple[PaperRow, ...]
    notes: tuple[str, ...]

    @property
    def heads(self) -> tuple[tuple[Head, ...], ...]:
        """The header as it is printed, row by row."""
        found = heads([[cell.text for cell in row] for row in self.header])
        return tuple(tuple(head for head in found if head.row == row) for row in range(len(self.header)))


@dataclass(frozen=True)
class Scenario:
    """A scenario's need by year, and what of it somebody else covers."""

    name: str
    text: str
    need: Mapping[int, Decimal]


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due, in words and with its source."""

    text: str
    due: Due


@dataclass(frozen=True)
class Paper:
    """All that the paper prints."""

    file: str
    tables: tuple[PaperTable, ...]
    deadlines: tuple[Deadline, ...]
    scenarios: tuple[Scenario, ...]


def paper(reading: Reading, projections: Sequence[Projection]) -> Paper:
    """The paper of a workbook; `projections` are those of its scenarios, to the last year that it states. A single one
    says nothing that the tables do not."""
    shown = Shown(reading.workbook)
    tables = tuple(_table(reading, table, shown) for table in reading.budget.measure_tables)
    dues = projections[0].due if projections else ()
    return Paper(
        file=reading.workbook.path.name,
        tables=tables,
        deadlines=tuple(Deadline(_due_text(due), due) for due in dues),
        scenarios=tuple(_scenario(one, tables) for one in projections if len(projections) > 1),
    )


def _table(reading: Reading, table: MeasureTable, shown: Shown) -> PaperTable:
    sheet = reading.workbook.sheet(table.sheet)
    columns = [table.name_column, *(column.at.column for column in table.columns)]
    return PaperTable(
        title=table.title,
        status=table.status,
        unit=table.unit,
        source=f"{table.sheet}!{table.area.a1}",
        header=tuple(_heads(sheet, table.header_rows, columns, shown)) if sheet else (),
        rows=tuple(_rows(table, sheet, shown, _printed(reading))) if sheet else (),
        notes=tuple(f"{note.mark}{note.text}" for note in table.footnotes),
    )


def _heads(sheet: Sheet, rows: Sequence[int], columns: Sequence[int], shown: Shown) -> Iterator[tuple[PaperCell, ...]]:
    for row in rows:
        yield tuple(
            PaperCell(shown.cell(sheet.cells.get((row, column))), sheet.address(row, column)) for column in columns
        )


def _rows(table: MeasureTable, sheet: Sheet, shown: Shown, printed: Callable[[Amount], str]) -> Iterator[PaperRow]:
    """All rows in the order of the sheet."""
    entries: list[tuple[int, str, Measure | Total | ProductKey]] = [
        *((key.at.row, "key", key) for key in table.keys),
        *((measure.at.row, "measure", measure) for measure in table.measures),
        *((memo.at.row, "memo", memo) for memo in table.memos),
        *((total.at.row, "subtotal" if total.subtotal else "total", total) for total in table.totals),
    ]
    for _row, kind, entry in sorted(entries, key=lambda one: one[0]):
        if isinstance(entry, ProductKey):
            text = shown.cell(sheet.cells.get((entry.at.row, entry.at.column)))
            yield PaperRow(kind, (PaperCell(text, entry.at), *(PaperCell("") for _column in table.columns)))
        else:
            label = PaperCell(" ".join(entry.label.split()), entry.at)
            yield PaperRow(kind, (label, *(_figure(amount, printed) for amount in entry.amounts)))


def _figure(amount: Amount, printed: Callable[[Amount], str]) -> PaperCell:
    return PaperCell(printed(amount), amount.at, amount.eur, is_figure=True)


def _printed(reading: Reading) -> Callable[[Amount], str]:
    """How an amount is printed: grouped, with the decimals that its cell shows; blank, dash and "k. A." as they are."""
    codes = reading.workbook.number_formats

    def printed(amount: Amount) -> str:
        if amount.statement is Statement.NUMBER and amount.stated is not None:
            shape = format_of(codes[amount.style] if amount.style < len(codes) else "General")
            return number(amount.stated, None if shape.scale != 1 else shape.decimals)
        if amount.statement is Statement.BLANK:
            return ""
        return amount.text or {Statement.DASH: "–", Statement.NOT_GIVEN: _("k. A.")}.get(amount.statement, "?")

    return printed


def _due_text(due: Due) -> str:
    said = _("{what} bis {day}: {measure}")
    return said.format(what=due.what, day=day(due.day), measure=due.measure)


def _scenario(projection: Projection, tables: Sequence[PaperTable]) -> Scenario:
    unit = next((table.unit for table in tables if table.unit), None) or Unit.EUR
    totals = [total for total in projection.totals if total.need]
    open_years = [total for total in totals if total.need != total.provided]  # what is decided needs no scenario
    years = "; ".join(_year(total, unit) for total in open_years or totals)
    said = _("Szenario „{name}“, Finanzbedarf in {unit}: {years}.").format(
        name=projection.scenario, unit=unit.value, years=years
    )
    return Scenario(projection.scenario, said, {total.year: total.need for total in totals if total.need is not None})


def _year(total: ProjectedTotal, unit: Unit) -> str:
    def money(value: Decimal | None) -> str:
        return number(round_half_up((value or Decimal(0)) / unit.factor))

    if not total.provided or total.provided == total.need:
        return f"{total.year}: {money(total.need)}"
    return _("{year}: {need} (davon bereitgestellt {provided})").format(
        year=total.year, need=money(total.need), provided=money(total.provided)
    )
