"""NUM01: a text that is a number becomes one, where it can be read in one way only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import Amount, Unit
from pik_excel.budget.tables import MeasureTable
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once
from pik_excel.checks.wording import money
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.language import _, number
from pik_excel.layout.numbers import Number as Read
from pik_excel.layout.numbers import decided_locale, number_in
from pik_excel.ooxml.edits import Number
from pik_excel.writeback.repairs.catalogue import Case, NotSafe, Proposal, repair

_CENTS = 2  # decimals of an amount in EUR
_NEAR = 50  # rows in which a neighbour's format is looked for


@repair("NUM01", rank=3)
def number_from_text(case: Case) -> Iterator[Proposal | NotSafe]:
    """The number that the text is, in the cell's own format; a cell formatted as text gets its neighbours' format."""
    sheet = case.subject.reading.workbook.sheet(case.finding.sheet)
    if sheet is None:
        return
    units, locale = _units(case.subject), _locales(case.subject)[sheet.name]
    for at in case.cells():
        cell = sheet.cells.get((at.row, at.column))
        read = number_in(cell.value) if cell is not None and type(cell.value) is str else None
        if cell is None or read is None or cell.has_formula:
            continue
        doubt = _doubt(read, units.get(at))
        value = None if doubt else _certain(read, locale, units.get(at))
        if value is None:
            yield case.left(doubt or _two_readings(read), at)
            continue
        style = case.styles.as_number(cell.style, _neighbours_style(sheet, at))
        yield Proposal("NUM01", at, Number(value), _why(str(cell.value), read, locale, units.get(at)), style)


def _doubt(read: Read, unit: Unit | None) -> str:
    """Why the text says more than a number, "" where it does not."""
    if read.percent:
        return _("es ist ein Prozentsatz; die Zelle braucht ein anderes Format")
    if read.about:
        return _("der Betrag ist nur ungefähr angegeben")
    if read.marks:
        return _("das Fußnotenzeichen ginge verloren")
    if read.unit is not None and read.unit is not unit:
        return _("der Text nennt eine andere Einheit als die Spalte, oder die Spalte nennt keine")
    return ""


def _certain(read: Read, locale: str | None, unit: Unit | None) -> Decimal | None:
    """The value, where it has one reading, where the sheet's other texts prove how numbers are written on it, or where
    the other reading would have three decimals, which no amount in EUR has."""
    if read.english is None:
        return read.value
    if locale is not None:
        return read.read(locale)
    money = [one for one in (read.value, read.english) if int(one.as_tuple().exponent) >= -_CENTS]
    return money[0] if unit is not None and unit.factor == 1 and len(money) == 1 else None


@once
def _locales(subject: Subject) -> dict[str, str | None]:
    """How the texts of each sheet prove that its numbers are written; None where nothing does, or both."""
    return {sheet.name: decided_locale(_numbers(sheet)) for sheet in subject.reading.workbook.sheets}


def _numbers(sheet: Sheet) -> Iterator[Read]:
    texts = (cell.value for cell in sheet.cells.values() if type(cell.value) is str and not cell.has_formula)
    return (read for text in texts if (read := number_in(text)) is not None)


def _two_readings(read: Read) -> str:
    assert read.english is not None
    return _("es kann {one} oder {other} heißen").format(one=number(read.value), other=number(read.english))


def _why(text: str, read: Read, locale: str | None, unit: Unit | None) -> str:
    if read.english is not None and locale is not None:
        return _("Die anderen Zahlen des Blatts zeigen, wie „{text}“ zu lesen ist.").format(text=text.strip())
    if read.english is not None:
        return _("Ein Betrag in {currency} hat keine drei Nachkommastellen.").format(
            currency=(unit or Unit.EUR).currency
        )
    if read.unit is not None:
        return _("„{text}“ ist {value}, wie die Spalte sie führt.").format(
            text=text.strip(), value=money(read.value, read.unit)
        )
    return _("„{text}“ lässt nur diese Lesart zu.").format(text=text.strip())


@once
def _units(subject: Subject) -> dict[Address, Unit]:
    """The unit of the column of each amount."""
    return {at: unit for table in subject.reading.budget.measure_tables for at, unit in _of_table(table)}


def _of_table(table: MeasureTable) -> Iterator[tuple[Address, Unit]]:
    rows: list[tuple[Amount, ...]] = [one.amounts for one in (*table.measures, *table.memos)]
    for amounts in rows + [one.amounts for one in table.totals]:
        for amount, column in zip(amounts, table.columns, strict=False):
            yield amount.at, column.unit


def _neighbours_style(sheet: Sheet, at: Address) -> int | None:
    """The style of the nearest number above or below, which is formatted as this one should be."""
    for distance in range(1, _NEAR):
        for row in (at.row - distance, at.row + distance):
            cell = sheet.cells.get((row, at.column))
            if cell is not None and type(cell.value) is Decimal:
                return cell.style
    return None
