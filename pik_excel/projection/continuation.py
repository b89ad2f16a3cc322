"""What does a measure need in a year nobody has stated, and by which formula?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property, reduce
from operator import is_
from typing import Any, NamedTuple, TypeVar  # Any: what a course was asked for

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Assumption
from pik_excel.errors import BadConfiguration
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.projection.carried import Carried
from pik_excel.projection.cells import AssumptionCells, reference_to
from pik_excel.projection.lines import Line
from pik_excel.projection.place import Place
from pik_excel.projection.rules import Lacking, Rule, Terms, rule_named, rules
from pik_excel.projection.term import Term, cell, converted, either, lies_within, literal, plus, rounded, within
from pik_excel.records import dataclass
from pik_excel.schema import Schema

_START = "START"  # stands for the last stated amount where only the figure matters, not the formula
_NOWHERE, _NOTHING = Place(), literal(0)
_EVERY = 0  # year: whichever it is
Found = TypeVar("Found")


class Start(NamedTuple):
    """The last amount that is stated for a measure, in EUR, and the cells that state it, each with its unit and what it
    holds in that unit."""

    year: int
    value: Decimal
    sources: tuple[tuple[Address, Unit, Decimal], ...] = ()
    exact: Decimal | None = None


@dataclass(frozen=True)
class _Course:
    """How a measure goes on from one start: the rule in force, None where it gives nothing, and the figures it takes.
    `asked` is what this was worked out for, `given` what came of it by year, under `_EVERY` where all have the same."""

    asked: tuple[Any, ...]
    rule: Rule | None
    fields: Mapping[str, Term]
    last: Term | None
    since: Term | None
    rates: Mapping[int, Term]
    given: dict[int, Any] = dataclasses.field(default_factory=dict)
    _figures: list[Any] = dataclasses.field(default_factory=list)

    @cached_property
    def period(self) -> tuple[Term | None, Term | None]:
        """The first and the last year."""
        return self.fields.get("von"), self.fields.get("bis")

    @cached_property
    def is_steady(self) -> bool:
        """Whether all years have the same amount."""
        return self.period == (None, None) and (self.rule is None or self.rule.steady)

    def once(self, year: int, find: Callable[[], Found]) -> Found:
        """What is found for the year, found once: several ask for it."""
        key = _EVERY if self.is_steady else year
        if key not in self.given:
            self.given[key] = find()
        return self.given[key]  # type: ignore[no-any-return]  # what `find` gave

    def figure(self, year: Term, made: Callable[[Term], Found]) -> Found | None:
        """What is made of what the rule gives in that year, whatever the period; raises `Lacking`. It is made once
        where the rule gives the same in every year: a course is asked for one figure only."""
        if self._figures:
            return self._figures[0]  # type: ignore[no-any-return]  # what `made` gave
        if self.rule is None:
            return None
        amount = self.rule.amount(Terms(year, self.fields, self.last, self.since, self.rates))
        found = None if amount is None else made(amount)
        if self.rule.steady:
            self._figures.append(found)
        return found


@dataclass(frozen=True)
class Continuation:
    """How measures go on: the schema's words and default, and the cells of the assumptions."""

    schema: Schema
    cells: AssumptionCells
    carried: Mapping[Address, Carried] = dataclasses.field(default_factory=dict)  # by the first cell of their lines
    _latest: dict[str, _Course] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    def rule(self, line: Line, assumption: Assumption | None) -> Rule | None:
        """The rule by which the line goes on under this assumption; None where the assumptions know the measure, but
        only in other scenarios. Raises `BadConfiguration` for a word that is no rule."""
        if assumption is None:
            default = "uebertrag" if line.at in self.carried else self.schema.projection.default_rule
            return None if line.assumptions else rules()[default]
        field = assumption.field("regel")
        if field is None or not field.text:
            return rules()[self.schema.projection.default_rule]
        rule = rule_named(field.text, self.schema.projection.rules)
        if rule is None:
            raise BadConfiguration(
                "unknown-rule",
                _("{at}: „{word}“ ist keine Regel der Fortschreibung.").format(at=field.at, word=field.text),
                _("Es gibt: {names}.").format(names=", ".join(rules())),
            )
        return rule

    def term(
        self, line: Line, assumption: Assumption | None, year: int, place: Place, start: Start | None
    ) -> Term | None:
        """The amount of that year in the unit of the place, with its formula; None where the rule gives none."""
        course = self._course(line, assumption, place, start)
        try:
            return course.once(year, lambda: _stated(course, place.year(year), place))
        except Lacking as lacking:
            raise self._lacks(line, assumption, lacking.field) from None

    def exact(self, line: Line, assumption: Assumption | None, year: int, start: Start | None) -> Decimal | None:
        """The amount of that year in EUR before any rounding; None where it rests on a rounded one."""
        if _rests_on_rounded(assumption, start):
            return None
        course = self._exact_course(line, assumption, start)
        try:
            return course.once(year, lambda: _exact(course, _NOWHERE.year(year), start))
        except Lacking:
            return None

    def is_steady(self, line: Line, assumption: Assumption | None, place: Place, start: Start | None) -> bool:
        """Whether what was last given for a year, rounded and exact, holds for all years from this start."""
        if _EVERY not in self._course(line, assumption, place, start).given:
            return False
        return _rests_on_rounded(assumption, start) or _EVERY in self._exact_course(line, assumption, start).given

    def covered(self, assumption: Assumption | None) -> Decimal | None:
        """EUR that are there already for what the assumption needs (gedeckt); None where it does not say."""
        field = assumption.field("gedeckt") if assumption is not None else None
        return field.decimal if field is not None else None

    def _course(self, line: Line, assumption: Assumption | None, place: Place, start: Start | None) -> _Course:
        """What is the same in all years; a measure is asked for year after year."""
        asked = (line, assumption, place, start)
        known = self._latest.get("term")
        if known is None or not _are_same(known.asked, asked):
            last = self._last(start, place) if start is not None else None
            since = place.fixed_year(start.year) if start is not None else None
            known = self._latest["term"] = self._new_course(asked, place.sheet, last, since)
        return known

    def _exact_course(self, line: Line, assumption: Assumption | None, start: Start | None) -> _Course:
        asked = (line, assumption, start)
        known = self._latest.get("exact")
        if known is None or not _are_same(known.asked, asked):
            last = since = None
            if start is not None:
                last = cell(start.value if start.exact is None else start.exact, _START)
                since = literal(start.year)
            known = self._latest["exact"] = self._new_course(asked, "", last, since)
        return known

    def _new_course(self, asked: tuple[Any, ...], sheet: str, last: Term | None, since: Term | None) -> _Course:
        line, assumption = asked[:2]
        rule = self.rule(line, assumption)
        if assumption is None and last is None:
            rule = None  # by default nothing goes on that nobody ever stated
        rates = self.cells.rates(assumption, sheet, rising=rule.name == "index") if rule is not None else {}
        return _Course(asked, rule, self.cells.terms(assumption, sheet), last, since, rates)

    def _last(self, start: Start, place: Place) -> Term:
        """The last stated amount as a formula at this place takes it: from its own row where that says the same, else
        from the cells that state it."""
        if not start.sources:
            return literal(start.value)
        terms = (rounded(self._source(source, place), place.unit, place.digits) for source in start.sources)
        total = reduce(plus, terms)
        if start.year in place.added or place.stated(start.year) == total.value:
            return place.amount(start.year, total.value)
        return total._replace(settled=True)

    def _source(self, source: tuple[Address, Unit, Decimal], place: Place) -> Term:
        at, unit, value = source
        there = self.cells.workbook.cell(at)
        reference = reference_to(at, place.sheet, place.row)
        if there is not None and not isinstance(there.value, Decimal):
            reference = f"N({reference})"  # a dash: 0 said on purpose
        return cell(value, reference, unit, settled=True)

    def _lacks(self, line: Line, assumption: Assumption | None, key: str) -> BadConfiguration:
        field = self.schema.fields.get(key)
        rule = self.rule(line, assumption)
        return BadConfiguration(
            "assumption-incomplete",
            _("{at}: die Regel „{rule}“ braucht für „{measure}“ die Angabe „{field}“.").format(
                at=assumption.at if assumption is not None else line.at,
                rule=rule.name if rule is not None else "",
                measure=line.name,
                field=field.name if field is not None else key,
            ),
            _("Bitte in „Annahmen“ eintragen oder eine andere Regel wählen."),
        )


def _stated(course: _Course, year: Term, place: Place) -> Term | None:
    """The figure of the year as the place states it, nothing outside the period."""
    figure = course.figure(year, lambda amount: rounded(amount, place.unit, place.digits))
    limits = within(year, *course.period) if figure is not None else None
    return figure if figure is None or limits is None else either(limits, figure, _NOTHING)


def _exact(course: _Course, year: Term, start: Start | None) -> Decimal | None:
    figure = course.figure(year, lambda amount: _unrounded(amount, start))
    return figure if figure is None or lies_within(year.value, *course.period) else Decimal(0)


def _unrounded(amount: Term, start: Start | None) -> Decimal | None:
    if start is not None and start.exact is None and _START in amount.text:
        return None
    return converted(amount, Unit.EUR).value


def _rests_on_rounded(assumption: Assumption | None, start: Start | None) -> bool:
    """Whether a rule has nothing to compute with but a rounded amount, or not even that."""
    return assumption is None and (start is None or start.exact is None)


def _are_same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(map(is_, one, other))
