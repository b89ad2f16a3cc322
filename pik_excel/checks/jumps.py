"""Which amounts change from one year to the next by more than passes without a word? (YRS03)"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.tables import Kind, Measure, MeasureTable, YearColumn
from pik_excel.checks.by_year import tables_over_years
from pik_excel.checks.catalogue import Subject, rule
from pik_excel.checks.finding import Found, Severity
from pik_excel.checks.separators import meant_readings
from pik_excel.checks.slips import slips, unexpected_signs
from pik_excel.checks.terms import Term, Terms
from pik_excel.checks.wording import money, percent, plain
from pik_excel.checks.years import are_sound
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.records import dataclass
from pik_excel.schema.records import Limits

_EXPLAINS = pattern(
    r"neu\b|neue[rsn]?\b|einmalig|verlager|umschicht|übertrag|verschob|verschieb|anpass|angepasst|bauabschnitt|fallzahl"
    r"|preis|nachhol|sonder|one-off",
    re.IGNORECASE,
)
_UP = pattern(
    r"erhöh|anstieg|steiger|gestiegen|steigt|aufstock|ausweit|ausbau|zusätzlich|mehr(bedarf|kosten|aufwand|ausgaben)"
    r"|tarif|höher|inbetriebnahme|eröffn|baubeginn|anschub|increase",
    re.IGNORECASE,
)
_DOWN = pattern(
    r"kürz|gekürzt|reduzier|senk|gesunken|sinkt|geringer|weniger|rückgang|wegfall|entfäll|entfall|ausl(auf|äuft)|endet"
    r"|abschluss|niedriger|decrease",
    re.IGNORECASE,
)
_RESTLESS = 3  # jumps from which a measure counts as one whose amounts differ every year, as those of buildings do
_MANY = 10  # measures that jump; where they are a third of the table too, its amounts are such
Corrected = Mapping[Address, Decimal]


@dataclass(frozen=True)
class _Step:
    """Two neighbouring years of a measure."""

    before: YearColumn
    after: YearColumn
    old: Decimal  # as meant, in the unit of its column
    new: Decimal
    amount: Amount

    @property
    def change(self) -> Decimal:
        """In EUR."""
        return self.new * self.after.unit.factor - self.old * self.before.unit.factor

    @property
    def share(self) -> Decimal:
        """The change as a share of the earlier amount."""
        return self.change / abs(self.old * self.before.unit.factor)


@rule(
    "YRS03",
    "jump-between-years",
    Severity.NOTICE,
    yields_to=("NUM02", "NUM03", "NUM05", "FRM01", "FRM02", "FRM04", "FRM06", "YRS01", "YRS02", "YRS04"),
)
def jump_between_years(subject: Subject) -> Iterator[Found]:
    """Sprung von Jahr zu Jahr

    Was: Ein Betrag ändert sich von einem Jahr zum nächsten um mehr als ein Viertel und mindestens 10.000 EUR, und
    nichts in der Zeile sagt, warum. Je Maßnahme wird der erste Sprung genannt.

    Warum: Danach wird in der Beratung gefragt; oft ist es auch ein Tippfehler.

    Quelle: § 10 GemHVO (sorgfältige Schätzung), § 17 GemHVO (Erläuterung erheblicher Abweichungen). Die Grenzen stehen
    im Schema: jump und jump_from.

    Falsch (C3):

    |   | A        | B         | C         | D         |
    |---|----------|-----------|-----------|-----------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR |
    | 2 | OMID     | 290       | 290       | 295       |
    | 3 | Lizenz   | 50        | 66        | 66        |
    | 4 | Refugio  | 40        | 40        | 41        |

    Richtig:

    |   | A        | B         | C         | D         | E                         |
    |---|----------|-----------|-----------|-----------|---------------------------|
    | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR | Bemerkung                 |
    | 2 | OMID     | 290       | 290       | 0         | bis 2023                  |
    | 3 | Lizenz   | 50        | 66        | 66        | Mehrkosten für 20 Plätze  |
    | 4 | Refugio  | 0         | 40        | 41        |                           |
    | 5 | Fest     | 3         | 9         | 9         |                           |

    Beheben: Den Betrag prüfen; stimmt er, den Grund in einer Bemerkung oder Fußnote nennen.

    Schweigt: am Anfang und Ende einer Maßnahme (leer, 0, befristet), zwischen Rechnungsergebnissen, bei „ff.“, wo
    Bemerkung oder Fußnote die Änderung erklären, bei Maßnahmen, deren Beträge jedes Jahr andere sind (Bauvorhaben),
    in Tabellen, in denen ein Drittel der Maßnahmen springt, und in anderen Währungen: die Grenze ist in EUR.
    """
    limits, terms = subject.schema.limits, Terms(subject)
    meant: Corrected = {**unexpected_signs(subject), **meant_readings(subject), **slips(subject)}
    for table in filter(are_sound, tables_over_years(subject)):
        if table.currency is not None:
            continue  # how much of it is worth a word, the limit in euros does not say
        pairs = _neighbours(table.columns)
        may_jump = (measure for measure in table.measures if _may_jump(measure, table, pairs, limits))
        steps = ((measure, list(_jumps(measure, table, pairs, meant, limits))) for measure in may_jump)
        jumping = ((measure, jumps) for measure, jumps in steps if jumps)
        too_many = max(_MANY, len(table.measures) // 3) + 1
        jumped = list(islice(jumping, too_many))
        if len(jumped) == too_many:
            continue
        for measure, jumps in jumped:
            told = [step for step in jumps if not _begins_or_ends(step, measure, table)]
            if told and not _is_restless(jumps, pairs) and not _is_explained(told[0], measure, table, terms):
                yield _found(measure, told[0])


def _neighbours(columns: Sequence[YearColumn]) -> list[tuple[int, int]]:
    """For each year the column of the year before, of its own kind where there is one; by position."""
    found: list[tuple[int, int]] = []
    for index, column in enumerate(columns):
        before = [
            other
            for other, one in enumerate(columns)
            if one.year.value == column.year.value - 1 and not one.year.open_ended and not column.year.open_ended
        ]
        kinds = {columns[other].year.kind: other for other in reversed(before)}
        order = (column.year.kind, Kind.ESTIMATE, Kind.PLAN, Kind.UNSTATED, Kind.RESULT)
        chosen = next((kinds[kind] for kind in order if kind in kinds), None)
        if chosen is not None and column.year.kind is not Kind.RESULT:
            found.append((_in_the_same_place(columns, chosen, index), index))
    return sorted(found, key=lambda pair: columns[pair[1]].year.value)  # the newest may stand first


def _in_the_same_place(columns: Sequence[YearColumn], before: int, after: int) -> int:
    """The column of the year before that stands among those of its year where this one stands among those of its own:
    Entwurf, Änderung and Neu of two years."""
    earlier, later = (
        [place for place, one in enumerate(columns) if one.year == columns[index].year] for index in (before, after)
    )
    return earlier[later.index(after)] if len(earlier) == len(later) else before


def _may_jump(measure: Measure, table: MeasureTable, pairs: Sequence[tuple[int, int]], limits: Limits) -> bool:
    """A first look, cheap enough for 50,000 measures: whether any step is large as a share."""
    amounts, columns, share = measure.amounts, table.columns, limits.jump
    for first, second in pairs:
        old, new = amounts[first].stated, amounts[second].stated
        if old and new and (abs(new - old) > share * abs(old) or columns[first].unit is not columns[second].unit):
            return True
    return False


def _jumps(
    measure: Measure, table: MeasureTable, pairs: Sequence[tuple[int, int]], meant: Corrected, limits: Limits
) -> Iterator[_Step]:
    for first, second in pairs:
        old, new = measure.amounts[first], measure.amounts[second]
        if old.statement is Statement.NUMBER and new.statement is Statement.NUMBER and old.stated and new.stated:
            before, after = old.stated, new.stated
            if meant:
                before, after = meant.get(old.at, before), meant.get(new.at, after)
            one, other = table.columns[first], table.columns[second]
            was, becomes = before * one.unit.factor, after * other.unit.factor
            change = abs(becomes - was)
            if before * after > 0 and change >= limits.jump_from and change > limits.jump * abs(was):
                yield _Step(one, other, before, after, new)


def _is_restless(jumps: Sequence[_Step], pairs: Sequence[tuple[int, int]]) -> bool:
    return len(jumps) >= _RESTLESS and 2 * len(jumps) >= len(pairs)


def _begins_or_ends(step: _Step, measure: Measure, table: MeasureTable) -> bool:
    """Whether the smaller of the two years is the first or last with an amount, and the table goes beyond it: a year
    in which the measure runs for some months only."""
    years = {
        column.year.value: bool(amount.stated)
        for column, amount in zip(table.columns, measure.amounts, strict=False)
        if not column.year.open_ended
    }
    if step.change > 0:
        return not years.get(step.before.year.value - 1, True)
    return not years.get(step.after.year.value + 1, True)


def _is_explained(step: _Step, measure: Measure, table: MeasureTable, terms: Terms) -> bool:
    words = (_EXPLAINS, _UP if step.change > 0 else _DOWN)
    beside = terms.said_of(replace(measure, at=step.amount.at), table) if step.amount.at.row != measure.at.row else []
    said = [*terms.said_of(measure, table), *beside]
    texts = [text for at, text in said if at not in (measure.at, step.amount.at)]
    if any(pattern.search(text) for pattern in words for text in texts):
        return True
    return any(_is_part_of_a_year(step, term) for term in terms.of(measure, table))


def _is_part_of_a_year(step: _Step, term: Term) -> bool:
    """Whether the smaller amount is that of a year in which the measure began or ended."""
    if step.change > 0:
        return term.first is not None and term.first.year == step.before.year.value
    return term.last is not None and term.last.year == step.after.year.value


def _found(measure: Measure, step: _Step) -> Found:
    share = percent(step.share, 0)
    return Found(
        at=step.amount.at,
        stated=plain(step.new),
        expected=None,
        message=_(
            "{at}: „{name}“ {before_year}: {before}, {after_year}: {after}; das sind {share} ohne Erklärung."
        ).format(
            at=step.amount.at,
            name=measure.name,
            before_year=step.before.year.shown,
            before=money(step.old, step.before.unit),
            after_year=step.after.year.shown,
            after=money(step.new, step.after.unit),
            share=f"+{share}" if step.share > 0 else share,
        ),
        hint=_("Den Betrag prüfen; stimmt er, den Grund in einer Bemerkung oder Fußnote nennen."),
        identity=(measure.name, str(step.after.year)),
    )
