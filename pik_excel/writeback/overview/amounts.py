"""By which formula does the sheet show what a measure needs in a year, and how much of it is there already?

What tables state is taken from their cells; what a rule gives is computed as in the tables, in their unit and rounded
as there, so that both show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from functools import cached_property, reduce

from pik_excel.budget.money import Unit
from pik_excel.grid.reference import Address, column_letters, quoted
from pik_excel.projection.carried import Carried
from pik_excel.projection.lines import Line
from pik_excel.projection.place import MainTables, Place, home_row, main_tables, place_in
from pik_excel.projection.record import Part, ProjectedAmount, ProjectedMeasure, Projection, Standing
from pik_excel.projection.term import Term, cell, converted, least, literal, plus
from pik_excel.records import dataclass

_THERE = {Standing.DECIDED, Standing.PROVIDED}


@dataclass(frozen=True)
class Amounts:
    """The formulas of one scenario. `columns` says where each year stands on the sheet, `head_row` in which row its
    number does."""

    projection: Projection
    sheet: str
    unit: Unit
    columns: Mapping[int, int]
    head_row: int
    rows: Mapping[Address, int] = field(default_factory=dict)  # where each measure stands, by its first cell
    _places: dict[int, Place] = field(default_factory=dict, repr=False)

    def need(self, measure: ProjectedMeasure, amount: ProjectedAmount) -> Term | None:
        """All that the measure needs in the year; None where nothing is stated."""
        if amount.not_readable or not amount.parts:
            return None
        terms = [self._reference(part, part.value) for part in amount.parts if not part.by_rule]
        terms += self._taken(amount)
        if any(part.at is None for part in amount.parts):
            terms.append(self._by_rule(measure, amount))
        return reduce(plus, terms)

    def provided(self, measure: ProjectedMeasure, amount: ProjectedAmount) -> Term | None:
        """As much of it as is decided or provided; None where that is nothing."""
        if amount.not_readable:
            return None
        stated = [part for part in amount.parts if part.standing in _THERE and not part.by_rule]
        terms = [self._reference(part, part.value) for part in stated]
        if any(part.by_rule for part in amount.parts) and self._funds(measure.line) is not None:
            terms.append(self._covered(measure, amount))
        return reduce(plus, terms) if terms else None

    def is_there_wholly(self, amount: ProjectedAmount) -> bool:
        """Whether the whole need is decided or provided, whatever the assumptions say."""
        return bool(amount.parts) and all(part.standing in _THERE and not part.by_rule for part in amount.parts)

    def _taken(self, amount: ProjectedAmount) -> list[Term]:
        """Cells of the tables that an earlier run projected: each once, also where funds cover a part of it."""
        found: dict[object, Term] = {}
        for part in amount.parts:
            if part.at is not None and part.by_rule:
                whole = sum((one.value for one in amount.parts if one.at == part.at), Decimal(0))
                found[part.at] = self._reference(part, whole)
        return list(found.values())

    def _reference(self, part: Part, eur: Decimal) -> Term:
        """The cell in the unit of the sheet; a dash is 0, a number that stands as text is written out."""
        assert part.at is not None
        reading = self.projection.reading
        there = reading.workbook.cell(part.at) if reading is not None else None
        stated = eur / part.unit.factor
        if there is None or not isinstance(there.value, Decimal):
            return converted(literal(stated, part.unit), self.unit)
        text = f"{quoted(part.at.sheet)}!{column_letters(part.at.column)}{part.at.row}"
        return converted(cell(stated, text, part.unit), self.unit)

    def _by_rule(self, measure: ProjectedMeasure, amount: ProjectedAmount) -> Term:
        if measure.carried is not None:
            return self._taken_over(measure.carried, amount)
        continuation = self.projection.continuation
        assert continuation is not None
        place = self._place(measure.line)
        term = continuation.term(measure.line, measure.line.assumption, amount.year, place, amount.start)
        assert term is not None
        return converted(term, self.unit)

    def _taken_over(self, carried: Carried, amount: ProjectedAmount) -> Term:
        """What this sheet shows of the rows that make up the closing stand of the year before."""
        assert amount.value is not None
        column = column_letters(self.columns[amount.year if carried.same_year else amount.year - 1])
        signs = {1: "+", -1: "-"}
        parts = (f"{signs.get(times, f'{times:+}*')}{column}{self.rows[at]}" for at, times in carried.adds.items())
        return Term(amount.value / self.unit.factor, "".join(parts).removeprefix("+"), self.unit, strength=0)

    def _covered(self, measure: ProjectedMeasure, amount: ProjectedAmount) -> Term:
        """What funds that are there cover of the need: never more than it, and never less than 0."""
        need, funds = self.need(measure, amount), self._funds(measure.line)
        assert need is not None
        assert funds is not None
        smaller = least(need, converted(funds, self.unit))
        return Term(max(Decimal(0), smaller.value), f"MAX(0,{smaller.text})", self.unit)

    def _funds(self, line: Line) -> Term | None:
        continuation = self.projection.continuation
        if continuation is None or continuation.covered(line.assumption) is None:
            return None
        return continuation.cells.terms(line.assumption, self.sheet).get("gedeckt")

    @cached_property
    def _mains(self) -> MainTables:
        assert self.projection.reading is not None
        return main_tables(self.projection.reading.budget.measure_tables)

    def _place(self, line: Line) -> Place:
        """A row of this sheet in which amounts stand in the unit of the line's own table, rounded as there."""
        reading = self.projection.reading
        assert reading is not None
        row = home_row(line, self._mains)
        table = row.table if row is not None else line.rows[0].table if line.rows else self._mains[0]
        if id(table) not in self._places:
            there = place_in(table, reading.workbook)
            heads = dict.fromkeys(self.columns, self.head_row)
            self._places[id(table)] = Place(self.sheet, 0, there.unit, there.digits, columns=self.columns, headed=heads)
        return self._places[id(table)]
