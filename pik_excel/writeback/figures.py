"""What is written for a measure in a new year: a formula on the cells that state the amount, else on its assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pik_excel.budget.money import Amount, Statement
from pik_excel.grid.reference import Address, column_letters, quoted
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.projection.lines import Row
from pik_excel.projection.place import Place, home_row, main_tables
from pik_excel.projection.record import ProjectedAmount, ProjectedMeasure, Projection
from pik_excel.projection.term import Term, cell, plus, rounded
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Skipped:
    """Amounts of a measure that are not written, and why, in the language in force; `at` is the first cell left empty,
    or the measure's own where it has no row in the table."""

    measure: str
    at: Address
    years: tuple[int, ...]
    reason: str


class Figure(NamedTuple):
    """A cell to write: `term` gives its formula and, in the unit of the table, its value. `by_rule`: no table states
    it."""

    at: Address
    term: Term
    by_rule: bool = False


def figures(
    years: Iterable[int], measure: ProjectedMeasure, row: Row, place: Place, projection: Projection
) -> Iterator[Figure | Skipped]:
    """The new cells of one row, year by year; a cell that stays empty comes as `Skipped`."""
    sources = {year: _sources(row, measure, year) for year in years}
    joined = _can_be_added(sources.values())
    starts = _Starts(row, measure)
    left: dict[int, str] = {}
    steady: tuple[ProjectedAmount, Term] | None = None
    for year, own in sources.items():
        at = Address(place.sheet, place.row, place.columns[year])
        amount = measure.amount(year)
        if steady is not None and not own and amount.goes_on(steady[0]):
            yield Figure(at, steady[1], by_rule=True)
            continue
        reason = _why_not(measure, amount, own, starts, left)
        if reason is not None:
            left[year] = reason
            yield Skipped(measure.name, at, (year,), reason)
            continue
        term = stated = _repeated(own, place, joined)
        if term is None and measure.carried is not None and amount.value is not None:
            term = measure.carried.term(year, amount.value, place)
        elif term is None and projection.continuation is not None:
            line = measure.line
            term = projection.continuation.term(line, line.assumption, year, place, amount.start)
        if term is not None:
            steady = (amount, term) if stated is None else None
            yield Figure(at, term, by_rule=stated is None)


def left_standing(reading: Reading, projection: Projection) -> Iterator[Skipped]:
    """Cells of an earlier projection, in another scenario, that keep their figures: what stands is not overwritten."""
    mains = main_tables(reading.budget.measure_tables)
    for measure in projection.measures:
        row = home_row(measure.line, mains)
        if row is None or not row.calculates:
            continue  # what was projected is a formula
        other = [cell for amount in measure.amounts if (cell := _other_figure(row, amount)) is not None]
        if other:
            years = tuple(year for year, _at in other)
            yield Skipped(measure.name, other[0][1], years, _("dort steht die Fortschreibung eines anderen Szenarios"))


def _other_figure(row: Row, amount: ProjectedAmount) -> tuple[int, Address] | None:
    if amount.not_readable or not all(part.by_rule for part in amount.parts):
        return None
    stated = row.stated(amount.year)
    if stated is None or stated[1].eur is None or stated[1].eur == (amount.value or 0):
        return None
    return amount.year, stated[1].at


def _why_not(
    measure: ProjectedMeasure,
    amount: ProjectedAmount,
    sources: Sequence[Amount],
    starts: _Starts,
    left: Mapping[int, str],
) -> str | None:
    """Why the cell stays empty; None where it does not. `left` are the years of the row that do, with the reason."""
    if amount.not_readable:
        return _("{at} ist kein lesbarer Betrag").format(at=amount.not_readable[0])
    if not amount.parts and amount.blank_at is not None:
        return _("{at} ist leer").format(at=amount.blank_at)
    if not amount.parts:
        known = measure.line.assumptions
        if known and measure.line.assumption is None:
            return _("{at} gilt nur in einem Szenario").format(at=known[0].at)
        if known and measure.rule == "liste":
            return _("nach der Regel „{rule}“ zählt nur, was eingetragen wird").format(rule=measure.rule)
        if known and measure.rule == "uebertrag":
            return _("die Regel „{rule}“ braucht in der letzten Jahresspalte eine Formel auf das Vorjahr").format(
                rule=measure.rule
            )
        empty = (one for one in measure.amounts if one.year < amount.year and one.value is None)
        blank = [one.blank_at for one in empty if one.blank_at is not None]
        if blank:
            return _("{at} ist leer, es gibt nichts fortzuschreiben").format(at=blank[-1])
        return _("für dieses Jahr ist nichts angegeben")
    if _is_stated(sources):
        return _text_among(sources)
    if amount.start is not None and amount.start.year in left:
        return left[amount.start.year]
    return _text_among(sources) or (starts.text_among(amount.start.year) if amount.start is not None else None)


def _text_among(sources: Iterable[Amount]) -> str | None:
    """That one of the cells holds its number as a text."""
    for source in sources:
        if source.statement is Statement.NUMBER and source.text is not None:
            return _("{at} steht als Text in der Zelle („{text}“)").format(at=source.at, text=source.text)
    return None


class _Starts:
    """The cells that state the amount from which the rule may go on: the row's own, and those it repeats. Looked at
    once for all years that go on from them."""

    def __init__(self, row: Row, measure: ProjectedMeasure) -> None:
        self._row = row
        self._measure = measure
        self._found: dict[int, str | None] = {}

    def text_among(self, year: int) -> str | None:
        """That one of the cells holds its number as a text."""
        if year not in self._found:
            own = self._row.stated(year)
            cells = [*([own[1]] if own is not None else []), *_sources(self._row, self._measure, year)]
            self._found[year] = _text_among(cells)
        return self._found[year]


def _sources(row: Row, measure: ProjectedMeasure, year: int) -> list[Amount]:
    """The cells of other tables that have a column for the year."""
    if len(measure.line.rows) == 1:
        return []
    others = (other for other in measure.line.rows if other is not row)
    return [pair[1] for other in others if (pair := other.stated(year)) is not None]


def _can_be_added(sources: Iterable[Sequence[Amount]]) -> bool:
    """Whether "+" serves in the whole row: every cell holds a number. Else SUM does, which passes over the others."""
    return all(source.statement is Statement.NUMBER for own in sources for source in own)


def _repeated(sources: Sequence[Amount], place: Place, joined: bool) -> Term | None:
    """The amount as other tables state it; None where none does."""
    if not _is_stated(sources):
        return None
    terms = [rounded(_reference(source), place.unit, place.digits) for source in sources]
    if len(terms) == 1:
        return terms[0]
    if not joined:
        value = sum((term.value for term in terms), Decimal(0))
        return Term(value, f"SUM({','.join(term.text for term in terms)})", place.unit)
    total = terms[0]
    for term in terms[1:]:
        total = plus(total, term)
    return total


def _is_stated(sources: Sequence[Amount]) -> bool:
    return bool(sources) and any(source.statement in {Statement.NUMBER, Statement.DASH} for source in sources)


def _reference(source: Amount) -> Term:
    at = source.at
    text = f"{quoted(at.sheet)}!{column_letters(at.column)}${at.row}"  # the row fixed, so that the list may be sorted
    if source.statement is Statement.DASH:
        return Term(Decimal(0), f"N({text})", source.unit, settled=True)
    return cell(source.stated, text, source.unit, settled=True)
