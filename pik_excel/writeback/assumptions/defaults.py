"""How does each measure go on if nobody has said so? From its last amounts, and from what its row, notes and remarks
say of its end.

Equal or not, the last amount is kept (`halten`); an end that is stated, and an explicit 0 in the last year, make a
measure one that ends (`befristet`); where the last year says nothing, or takes over what the year before it came to
("Stand 01.01."), nothing is carried on (`liste`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal

from pik_excel.budget.money import Unit
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Field
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.terms import Term, Terms
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.layout.reading import Reading
from pik_excel.projection.project import continued, last_stated
from pik_excel.projection.record import ProjectedAmount, ProjectedMeasure
from pik_excel.recalc.syntax import Reference, parse
from pik_excel.records import dataclass
from pik_excel.schema import Schema


@dataclass(frozen=True)
class Source:
    """A cell that states an amount: in which unit, how much in EUR, and whether a formula can take it as a number."""

    at: Address
    unit: Unit
    eur: Decimal
    is_number: bool


@dataclass(frozen=True)
class Default:
    """What is assumed of a measure. `sources` state the amount it goes on from, none where nothing goes on; `because`
    says in words why, `at` is the cell from which that follows. `stated` are fields that a file states, by their keys;
    with a `scenario` it holds only there."""

    name: str
    rule: str
    sources: tuple[Source, ...] = ()
    since: int | None = None
    until: int | None = None
    because: str = ""
    at: Address | None = None
    scenario: str = ""
    stated: Mapping[str, Field] = field(default_factory=dict)


def defaults(reading: Reading, schema: Schema) -> tuple[Default, ...]:
    """One for each measure, in the order of the tables; none for names that two measures share, which no row could
    tell apart."""
    projection = continued(reading, schema, last_stated(reading))
    terms = Terms(Subject(reading, schema))
    names = Counter(name_key(measure.name) for measure in projection.measures)
    return tuple(
        _default(measure, _term(measure, terms), reading)
        for measure in projection.measures
        if names[name_key(measure.name)] == 1
    )


def _default(measure: ProjectedMeasure, term: Term | None, reading: Reading) -> Default:
    stated = [one for one in measure.amounts if one.parts and not any(part.by_rule for part in one.parts)]
    last = stated[-1] if stated else None
    unknown = _unknown(measure, last)
    if last is None or unknown is not None:
        return _nothing_goes_on(measure, unknown)
    if measure.carried is not None:
        because = _("übernimmt {at} aus dem Vorjahr; die Formel ist nach rechts ausgefüllt")
        if measure.carried.same_year:
            because = _("übernimmt Beträge anderer Blätter; die Formel ist nach rechts ausgefüllt")
        return Default(measure.name, measure.rule or "", because=because.format(at=measure.carried.closing), at=last.at)
    if (taken := _taken_over(stated, reading)) is not None:
        because = _("übernimmt {at} aus dem Vorjahr; bitte nach rechts ausfüllen").format(at=taken)
        return Default(measure.name, "liste", because=because, at=last.at)
    if not last.value:
        return _ended(measure, stated, reading)
    sources = _sources(last, reading)
    if term is not None and term.last is not None:
        because = _("Ende laut {at}").format(at=term.at)
        return Default(measure.name, "befristet", sources, last.year + 1, term.last.year, because, term.at)
    return Default(measure.name, "halten", sources, last.year + 1, None, _constant(stated), last.at)


def _taken_over(stated: list[ProjectedAmount], reading: Reading) -> Address | None:
    """The result of the year before that the last amount repeats by its formula: "=E7"."""
    if len(stated) < 2 or stated[-1].at is None or stated[-2].at is None:
        return None
    at, before = stated[-1].at, stated[-2].at
    cell = reading.workbook.cell(at)
    tree = parse(cell.formula, at.row, at.column) if cell is not None and cell.formula is not None else None
    if not isinstance(tree, Reference) or not tree.single or tree.sheet is not None:
        return None
    taken = at._replace(row=tree.top.at(at.row), column=tree.left.at(at.column))
    source = reading.workbook.cell(taken)
    across = taken.column == before.column != at.column  # the years, or down
    is_of_that_year = taken != before and (across or taken.row == before.row != at.row)
    return taken if is_of_that_year and source is not None and source.has_formula else None


def _unknown(measure: ProjectedMeasure, last: ProjectedAmount | None) -> ProjectedAmount | None:
    """A later year than the last stated one that a table has a column for, and says nothing or nothing readable."""
    after = (one for one in measure.amounts if last is None or one.year > last.year)
    return next((one for one in after if one.blank_at is not None or one.not_readable), None)


def _nothing_goes_on(measure: ProjectedMeasure, unknown: ProjectedAmount | None) -> Default:
    at = measure.at
    because = _("kein Betrag angegeben")
    if unknown is not None and unknown.not_readable:
        at = unknown.not_readable[0]
        because = _("{at} ist kein lesbarer Betrag").format(at=at)
    elif unknown is not None and unknown.blank_at is not None:
        at = unknown.blank_at
        because = _("{year} ist leer, es wird nichts fortgeschrieben").format(year=unknown.year)
    return Default(measure.name, "liste", because=because, at=at)


def _ended(measure: ProjectedMeasure, stated: list[ProjectedAmount], reading: Reading) -> Default:
    """The last amount is an explicit 0: nothing goes on, but whoever lengthens the period finds the amount."""
    at, end = stated[-1].at, next((one for one in reversed(stated) if one.value), None)
    if end is None:
        because = _("immer 0")
        return Default(measure.name, "halten", _sources(stated[-1], reading), stated[-1].year + 1, None, because, at)
    zero = next(one for one in stated if one.year > end.year)
    because = _("ab {year} ausdrücklich 0").format(year=zero.year)
    since = _begin(stated, end)
    return Default(measure.name, "befristet", _sources(end, reading), since, end.year, because, zero.at)


def _begin(stated: list[ProjectedAmount], end: ProjectedAmount) -> int:
    """From when on every year up to the end has an amount."""
    years = {one.year for one in stated if one.value}
    since = end.year
    while since - 1 in years:
        since -= 1
    return since


def _constant(stated: list[ProjectedAmount]) -> str:
    value, since = stated[-1].value, stated[-1].year
    for one in reversed(stated):
        if one.value != value or one.year < since - 1:
            break
        since = one.year
    if since == stated[-1].year:
        return _("letzter Betrag ({year})").format(year=since)
    return _("{first} bis {last} gleich").format(first=since, last=stated[-1].year)


def _sources(amount: ProjectedAmount, reading: Reading) -> tuple[Source, ...]:
    return tuple(_source(part.at, part.unit, part.value, reading) for part in amount.parts if part.at is not None)


def _source(at: Address, unit: Unit, eur: Decimal, reading: Reading) -> Source:
    there = reading.workbook.cell(at)
    return Source(at, unit, eur, there is not None and isinstance(there.value, Decimal))


def _term(measure: ProjectedMeasure, terms: Terms) -> Term | None:
    """The longest term that a row of the measure states."""
    found = list(_terms(measure, terms))
    return max(found, key=lambda term: term.last, default=None)  # type: ignore[arg-type,return-value]  # none is None


def _terms(measure: ProjectedMeasure, terms: Terms) -> Iterator[Term]:
    for row in measure.line.rows:
        yield from (term for term in terms.of(row.measure, row.table) if term.last is not None)
