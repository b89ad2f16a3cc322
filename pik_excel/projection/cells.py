"""In which cells do the figures stand that a rule computes with? Fields of "Annahmen" as terms of a formula.

A cell is referred to as it stands: a need in TEUR keeps its unit, a date is asked for its year, and what is written as
text ("65.500 EUR") or comes from a file of assumptions is put into the formula as a number.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Context, Decimal
from functools import cached_property

from pik_excel.budget.money import Unit
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption, Field, Rates
from pik_excel.grid.reference import Address, column_letters, quoted
from pik_excel.grid.workbook import Workbook
from pik_excel.layout.formats import format_of
from pik_excel.patterns import pattern
from pik_excel.projection.term import Term, cell, literal, times, year_of
from pik_excel.records import dataclass

YEARS = ("von", "bis", "basisjahr")
"""Fields of which a rule takes the year."""

_PERIOD = {"von", "bis"}
_AS_EXCEL = Context(prec=15)  # digits of a stored number that count
_LAST_YEAR = 9999
_RATIO = pattern(r"\s*1\s*(?::|zu|/)\s*([\d.,]+)\s*")
_SAME = pattern(r"(gleicher?|derselben|selber) höhe|genauso viel|mindestens so viel", re.IGNORECASE)  # as the city pays
_OWN = pattern(r"eigen", re.IGNORECASE)
_MONEY = pattern(r"(?P<thousand>TEUR|T€|Tsd|Tausend)|EUR|€", re.IGNORECASE)
OWN_AMOUNT = "eigenbetrag"
"""By which an own share that is stated as an amount is known to the rules."""


@dataclass(frozen=True)
class AssumptionCells:
    """The cells of the assumptions; `factors` says by column what a figure there must be multiplied with to be what
    its field states (1000 for a need in TEUR, 0.01 for a share headed "%")."""

    workbook: Workbook
    factors: Mapping[tuple[str, int], Decimal]
    dated: frozenset[tuple[str, int]] = frozenset()  # columns that hold days, not years, or would
    series: tuple[Rates, ...] = ()
    # by the identity of the row and the sheet that asks; the row is kept in them, so that its identity holds
    _known: dict[tuple[int, str], RowTerms] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(workbook: Workbook, rows: Iterable[Assumption], series: tuple[Rates, ...] = ()) -> AssumptionCells:
        """The cells of these rows, and of rates by year."""
        factors: dict[tuple[str, int], Decimal] = {}
        dated = set()
        periods: dict[tuple[str, int], bool] = {}  # whether anything stands in the column
        for row in rows:
            for field in row.fields.values():
                stored = _number(workbook, field.at)
                if field.decimal and stored:
                    factors.setdefault((field.at.sheet, field.at.column), field.decimal / stored)
                if stored is not None and stored > _LAST_YEAR and isinstance(field.value, date):
                    dated.add((field.at.sheet, field.at.column))
            for key in _PERIOD & row.fields.keys():
                at = row.fields[key].at
                filled = row.fields[key].value is not None
                periods[at.sheet, at.column] = filled or periods.get((at.sheet, at.column), False)
                if not filled and _holds_days(workbook, at):
                    dated.add((at.sheet, at.column))
        sheets = {sheet for sheet, _column in dated}
        dated |= {column for column, filled in periods.items() if not filled and column[0] in sheets}
        return AssumptionCells(workbook, factors, frozenset(dated), series)

    def terms(self, row: Assumption | None, sheet: str) -> Mapping[str, Term]:
        """The figures of a row by field, as a formula on `sheet` refers to them; texts are left out."""
        if row is None:
            return {}
        known = self._known.get((id(row), sheet))
        if known is None:
            known = self._known[id(row), sheet] = RowTerms(self._forgetful, row, sheet)
        return known

    @cached_property
    def _forgetful(self) -> AssumptionCells:
        """The same cells without what is known of them, for what is: nothing holds on to itself, and all goes with the
        last who asks."""
        return dataclasses.replace(self, _known={})

    def term(self, row: Assumption, key: str, sheet: str) -> Term | None:
        """The figure of one field; an own share that is an amount goes by a name of its own."""
        stated = "mindesteigenanteil" if key == OWN_AMOUNT else key
        field = row.fields.get(stated)
        name, term = self._named(stated, field, sheet) if field is not None else (key, None)
        return term if name == key else None

    def rates(self, row: Assumption | None, sheet: str, *, rising: bool) -> dict[int, Term]:
        """The rates by year that the row names in place of a rate; where it names none and its rule is one that rises
        (`rising`), those of the only table there is."""
        field = row.field("dynamisierung") if row is not None else None
        if field is not None and field.text:
            named = [one for one in self.series if name_key(one.name) == name_key(field.text)]
        else:
            named = list(self.series) if rising and (field is None or field.value is None) else []
        if len(named) != 1:
            return {}
        return {year: self._rate(rate, sheet) for year, rate in named[0].years}

    def _rate(self, field: Field, sheet: str) -> Term:
        assert field.decimal is not None
        stored = _number(self.workbook, field.at)
        if stored is None:
            return literal(field.decimal)
        figure = cell(_AS_EXCEL.plus(stored), reference_to(field.at, sheet))
        return figure if not stored or field.decimal == stored else times(figure, literal(field.decimal / stored))

    def _named(self, key: str, field: Field, sheet: str) -> tuple[str, Term | None]:
        """The field's figure; an own share that is an amount goes by a name of its own."""
        if key != "mindesteigenanteil":
            return key, self._term(key, field, sheet)
        unit = self._unit_above(field.at)
        if field.decimal is None or (field.decimal <= 1 and unit is None):
            same = isinstance(field.value, str) and _SAME.search(field.value)
            return key, literal(Decimal("0.5")) if same else self._term(key, field, sheet)
        stored = _number(self.workbook, field.at)
        if stored is None:
            return OWN_AMOUNT, literal(field.decimal * 100)  # a share is read from it: 5.000 EUR as 50
        return OWN_AMOUNT, cell(_AS_EXCEL.plus(stored), reference_to(field.at, sheet), unit or Unit.EUR)

    def _unit_above(self, at: Address) -> Unit | None:
        """The unit of money in the heading of the column."""
        sheet = self.workbook.sheet(at.sheet)
        above = (sheet.value(row, at.column) for row in range(at.row - 1, 0, -1)) if sheet is not None else ()
        heading = next((text for text in above if isinstance(text, str) and _OWN.search(text)), "")
        found = _MONEY.search(heading)
        return None if found is None else Unit.TEUR if found["thousand"] else Unit.EUR

    def _term(self, key: str, field: Field, sheet: str) -> Term | None:
        reference = reference_to(field.at, sheet)
        stored = _number(self.workbook, field.at)
        if key in YEARS:
            return self._year(field, stored, reference)
        if key == "schluessel" and field.text:
            persons = ratio(field.text)
            return None if persons is None else literal(persons)
        if field.value is None:
            return cell(None, reference, self._unit(field)) if self.workbook.sheet(field.at.sheet) else None
        if field.decimal is None:
            return None
        if stored is None:
            return literal(field.decimal)
        unit = self._unit(field)
        figure = cell(_AS_EXCEL.plus(stored), reference, unit)
        factor = self.factors.get((field.at.sheet, field.at.column), Decimal(1)) / unit.factor
        return figure if factor == 1 else times(figure, literal(factor))

    def _year(self, field: Field, stored: Decimal | None, reference: str) -> Term | None:
        if isinstance(field.value, date):
            year = field.value.year
        elif field.decimal is not None and field.decimal <= _LAST_YEAR:
            year = int(field.decimal)
        else:
            return self._blank_year(field, reference)
        if stored is None:
            return literal(year)
        figure = cell(stored, reference)
        return figure if stored == year else year_of(figure, year)

    def _blank_year(self, field: Field, reference: str) -> Term | None:
        if field.value is not None or self.workbook.sheet(field.at.sheet) is None:
            return None
        blank = cell(None, reference)
        return year_of(blank, 0) if (field.at.sheet, field.at.column) in self.dated else blank

    def _unit(self, field: Field) -> Unit:
        factor = self.factors.get((field.at.sheet, field.at.column))
        return next((unit for unit in Unit if unit.factor == factor), Unit.EUR)


class RowTerms(Mapping[str, Term]):
    """The figures of one row of assumptions, each worked out when it is asked for: a rule takes a few of many."""

    def __init__(self, cells: AssumptionCells, row: Assumption, sheet: str) -> None:
        self._cells = cells
        self._row = row
        self._sheet = sheet
        self._known: dict[str, Term | None] = {}

    def get(self, key: str, default: Term | None = None) -> Term | None:  # type: ignore[override]  # no other default
        """The figure of that field."""
        if key not in self._known:
            self._known[key] = self._cells.term(self._row, key, self._sheet)
        found = self._known[key]
        return default if found is None else found

    def __getitem__(self, key: str) -> Term:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for key in (*self._row.fields, OWN_AMOUNT) if key in self)

    def __len__(self) -> int:
        return sum(1 for _key in self)


def reference_to(at: Address, sheet: str, row: int = 0) -> str:
    """The cell as a formula on `sheet` refers to it: "Annahmen!$C$5", fixed, so that a list may be sorted. A cell in
    the formula's own `row` goes along with it: "$C5"."""
    own = at.sheet.casefold() == sheet.casefold()
    fixed = "" if own and at.row == row else "$"
    return f"{'' if own else quoted(at.sheet) + '!'}${column_letters(at.column)}{fixed}{at.row}"


def ratio(text: str) -> Decimal | None:
    """The persons a post of a ratio written out: 120 for "1:120"."""
    found = _RATIO.fullmatch(text)
    return Decimal(found[1].replace(".", "").replace(",", ".")) if found else None


def _holds_days(workbook: Workbook, at: Address) -> bool:
    """Whether a blank cell would show a day."""
    there = workbook.cell(at)
    if there is None or there.style >= len(workbook.number_formats):
        return False
    shape = format_of(workbook.number_formats[there.style])
    return shape.is_date and not shape.is_year


def _number(workbook: Workbook, at: Address) -> Decimal | None:
    there = workbook.cell(at)
    return there.value if there is not None and isinstance(there.value, Decimal) else None
