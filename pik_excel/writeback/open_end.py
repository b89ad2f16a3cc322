"""What is written where the years of a column "2027 ff." become columns of their own?

Each year says what "2027 ff." says of it, by a formula on that column, which from then on is "2030 ff."; totals add up
their own column. Formulas for 2027 elsewhere that took the open-ended column take the year's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.tables import Kind, Measure
from pik_excel.grid.formula import Corner, pieces
from pik_excel.grid.reference import Address, column_letters, quoted
from pik_excel.grid.structured import TableColumns
from pik_excel.grid.structured import replaced as with_columns
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.ooxml.edits import Content, Formula, Number, Text
from pik_excel.projection.place import place_in
from pik_excel.projection.record import ProjectedAmount, Projection
from pik_excel.writeback.extension import Extension
from pik_excel.writeback.figures import Skipped
from pik_excel.writeback.filling import own_table
from pik_excel.writeback.headings import heading, later_text
from pik_excel.writeback.plan import NewCell, Plan, Remark, completed, rows_with_a_meaning
from pik_excel.writeback.totals import total_figures

_NO_AMOUNT = {Statement.ERROR, Statement.UNREADABLE, Statement.NOT_STORED}


def opened(extensions: Sequence[Extension], reading: Reading) -> tuple[Plan, ...]:
    """The plans for tables whose "2027 ff." is passed; the columns for the years are there already, empty."""
    *plans, last = (_opened(one, reading) for one in extensions)
    return (*plans, replace(last, cells=last.cells | _followed(extensions, reading)))


def _opened(extension: Extension, reading: Reading) -> Plan:
    sheet = reading.workbook.sheet(extension.table.sheet)
    assert sheet is not None
    found, skipped = _figures(extension, sheet)
    for year in extension.years:
        found |= _totals(extension, reading.workbook, year, found)
    plan = completed(extension, reading, found, skipped)
    end = _end_heading(extension, sheet, reading.workbook.calculation.date1904)
    return replace(plan, cells=plan.cells | end, remarks=(_told(extension, sheet, end), *plan.remarks))


def ruled(extension: Extension, reading: Reading, projection: Projection) -> Plan:
    """What the rules give for cells that "2027 ff." left empty, once the years are columns of the table."""
    cells: dict[Address, NewCell] = {}
    table = place_in(extension.table, reading.workbook)
    for row, measure in extension.measures:
        for amount in measure.amounts:
            told = row.stated(amount.year) if amount.year in extension.years else None
            if told is None or told[1].statement is not Statement.BLANK or not _is_by_rule(amount):
                continue
            assert projection.continuation is not None
            line = measure.line
            term = projection.continuation.term(line, line.assumption, amount.year, table.in_row(row), amount.start)
            if term is not None:
                cells[told[1].at] = NewCell(Formula(term.text, term.value), None, term.value, projected=True)
    return Plan(extension, cells)


def _is_by_rule(amount: ProjectedAmount) -> bool:
    return bool(amount.parts) and all(part.at is None for part in amount.parts)


def _figures(extension: Extension, sheet: Sheet) -> tuple[dict[Address, NewCell], tuple[Skipped, ...]]:
    """The measures, and what belongs to them ("davon"), as "2027 ff." states them."""
    cells: dict[Address, NewCell] = {}
    skipped = []
    for measure in (*extension.table.measures, *extension.table.memos):
        amount = _stated(measure, extension)
        if amount is None or amount.statement is Statement.BLANK:
            continue
        if amount.statement in _NO_AMOUNT or (amount.text is not None and amount.stated is not None):
            skipped.append(_left_out(measure, amount, extension))
            continue
        for column in extension.columns.values():
            cells[sheet.address(amount.at.row, column)] = _repeating(sheet.cells[amount.at[1:]])
    return cells | _unnamed(extension, sheet), tuple(skipped)


def _unnamed(extension: Extension, sheet: Sheet) -> dict[Address, NewCell]:
    """Amounts in rows that are neither a measure's nor a total's, as far as no formula beside them goes on."""
    end, last, told = extension.open_end, extension.last.at.column, rows_with_a_meaning(extension)
    cells: dict[Address, NewCell] = {}
    for row in range(extension.area.top, extension.area.bottom + 1):
        cell = sheet.cells.get((row, end.at.column)) if end is not None and row not in told else None
        model = sheet.cells.get((row, last))
        if cell is not None and isinstance(cell.value, Decimal) and (model is None or not model.has_formula):
            cells |= {sheet.address(row, column): _repeating(cell) for column in extension.columns.values()}
    return cells


def _stated(measure: Measure, extension: Extension) -> Amount | None:
    end = extension.open_end
    return next((amount for amount in measure.amounts if end is not None and amount.at.column == end.at.column), None)


def _left_out(measure: Measure, amount: Amount, extension: Extension) -> Skipped:
    reason = _("{at} ist kein lesbarer Betrag").format(at=amount.at)
    if amount.statement is Statement.NUMBER:
        reason = _("{at} steht als Text in der Zelle („{text}“)").format(at=amount.at, text=amount.text)
    first = Address(amount.at.sheet, amount.at.row, extension.area.left)
    return Skipped(measure.name, first, extension.years, reason)


def _repeating(cell: Cell) -> NewCell:
    """A cell that says what the one in the open-ended column says."""
    text = f"${column_letters(cell.column)}{cell.row}"
    if isinstance(cell.value, Decimal):
        return NewCell(Formula(text, cell.value), None, cell.value)
    return NewCell(Formula(text), None, own=True)


def _totals(
    extension: Extension, workbook: Workbook, year: int, cells: dict[Address, NewCell]
) -> Iterator[tuple[Address, NewCell]]:
    """Sums of the column itself; a total that takes more than that ("Gesamtbedarf") is taken from the open end."""
    end = extension.open_end
    assert end is not None
    written = {(at.row, at.column): new.expected for at, new in cells.items() if new.expected is not None}
    for total in total_figures(extension, workbook, written, year):
        there = workbook.cell(total.at._replace(column=end.at.column))
        if total.moved or there is None or not there.has_formula:
            yield total.at, NewCell(Formula(total.term.text, total.term.value), None, total.term.value, total.moved)
        else:
            yield total.at, _repeating(there)


def _end_heading(extension: Extension, sheet: Sheet, date1904: bool) -> dict[Address, NewCell]:
    """The open-ended column's heading for the year after the new ones; none where it names no year ("Folgejahre")."""
    end = extension.open_end
    assert end is not None
    old, new = end.year.value, extension.years[-1] + 1
    found = {}
    for row in {end.at.row, *extension.table.header_rows}:
        cell = sheet.cells.get((row, end.at.column))
        content = _later(cell, end.at, old, new, date1904) if cell is not None else None
        if content is not None:
            found[sheet.address(row, end.at.column)] = NewCell(content, None)
    return found


def _later(cell: Cell, at: Address, old: int, new: int, date1904: bool) -> Content | None:
    if isinstance(cell.value, Decimal):
        return heading(cell, at, old, new, Kind.UNSTATED, date1904) if cell.row == at.row else None
    text = later_text(cell.value, old, new) if isinstance(cell.value, str) and not cell.has_formula else None
    return Text(text) if text is not None else None


def _told(extension: Extension, sheet: Sheet, end: dict[Address, NewCell]) -> Remark:
    last = extension.open_end
    assert last is not None
    at = next(iter(end), last.at)
    new = end[at].content if end else None
    shown = {"old": _plain(sheet.value(*at[1:])), "first": extension.years[0], "last": extension.years[-1]}
    if isinstance(new, Text | Number):
        text = _("„{old}“ heißt jetzt „{new}“; {first} bis {last} stehen davor in eigenen Spalten.")
        return Remark(at, text.format(new=_plain(new.value), **shown))
    text = _("„{old}“ gilt jetzt für die Jahre nach {last}; {first} bis {last} stehen davor in eigenen Spalten.")
    return Remark(at, text.format(**shown))


def _plain(value: object) -> str:
    return " ".join(str(value if value is not None else "").split())


def _followed(extensions: Sequence[Extension], reading: Reading) -> dict[Address, NewCell]:
    """Formulas in columns of one of the years, in any table, that took the open-ended column."""
    found = {}
    for at, year, formula in _formulas_by_year(reading):
        new = formula
        for extension in extensions:
            if year in extension.columns:
                new = _with_year(new, at.sheet, extension, year)
                new = _with_year_of_table(new, at, extension, year, reading.workbook)
        if new != formula:
            found[at] = NewCell(Formula(new), None, own=True)
    return found


def _formulas_by_year(reading: Reading) -> Iterator[tuple[Address, int, str]]:
    """The formulas of all tables in columns of a single year."""
    for table in reading.budget.measure_tables:
        sheet = reading.workbook.sheet(table.sheet)
        for column in table.columns:
            for row in range(table.area.top, table.area.bottom + 1):
                cell = sheet.cells.get((row, column.at.column)) if sheet is not None else None
                if cell is not None and cell.formula is not None and not column.year.open_ended:
                    yield Address(table.sheet, row, column.at.column), column.year.value, cell.formula


def _with_year(formula: str, home: str, extension: Extension, year: int) -> str:
    """The formula with the year's own column for each single cell of the open-ended one."""
    end = extension.open_end
    assert end is not None
    cut = list(pieces(formula))
    text = ""
    for index, piece in enumerate(cut):
        if isinstance(piece, Corner) and piece.column == end.at.column and _names_sheet(text, home, end.at.sheet):
            alone = ":" not in (cut[index - 1 : index] + cut[index + 1 : index + 2])
            if alone and extension.area.top <= piece.row <= extension.area.bottom:
                text += str(piece._replace(column=extension.columns[year]))
                continue
        text += str(piece)
    return text


def _with_year_of_table(formula: str, at: Address, extension: Extension, year: int, workbook: Workbook) -> str:
    """The same for a column of an Excel table: `Vorhaben[2027 ff.]`."""
    sheet, end = workbook.sheet(extension.table.sheet), extension.open_end
    assert sheet is not None and end is not None

    def own(found: TableColumns) -> TableColumns:
        for table in sheet.tables:
            place = found.place(table)
            if place == (end.at.column, end.at.column) and table.area.holds(*extension.headed[year][1:]):
                name = table.columns[extension.columns[year] - table.area.left]
                return found._replace(first=name, last=name)
        return found

    new = with_columns(formula, own_table(at, workbook), own) if "[" in formula else formula
    return new if new != with_columns(formula, own_table(at, workbook), lambda same: same) else formula


def _names_sheet(before: str, home: str, sheet: str) -> bool:
    """Whether a reference behind this text is one to the sheet."""
    if not before.endswith("!"):
        return home.casefold() == sheet.casefold()
    names = {re.escape(name) for name in (quoted(sheet), "'" + sheet.replace("'", "''") + "'")}
    return re.search(rf"(?<![\w.'\]])(?:{'|'.join(names)})!\Z", before, re.IGNORECASE) is not None
