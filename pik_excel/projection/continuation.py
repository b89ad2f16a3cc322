"""What does a measure need in a year nobody has stated, and by which formula?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import reduce

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Assumption
from pik_excel.errors import BadConfiguration
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.projection.cells import AssumptionCells, reference_to
from pik_excel.projection.lines import Line
from pik_excel.projection.place import Place
from pik_excel.projection.rules import Lacking, Rule, Terms, rule_named, rules
from pik_excel.projection.term import Term, cell, converted, either, literal, plus, rounded, within
from pik_excel.records import dataclass
from pik_excel.schema import Schema

_START = "START"  # stands for the last stated amount where only the figure matters, not the formula


@dataclass(frozen=True)
class Start:
    """The last amount that is stated for a measure, in EUR, and the cells that state it, each with its unit and what it
    holds in that unit."""

    year: int
    value: Decimal
    sources: tuple[tuple[Address, Unit, Decimal], ...] = ()
    exact: Decimal | None = None


@dataclass(frozen=True)
class Continuation:
    """How measures go on: the schema's words and default, and the cells of the assumptions."""

    schema: Schema
    cells: AssumptionCells

    def rule(self, line: Line, assumption: Assumption | None) -> Rule | None:
        """The rule by which the line goes on under this assumption; None where the assumptions know the measure, but
        only in other scenarios. Raises `BadConfiguration` for a word that is no rule."""
        if assumption is None:
            return None if line.assumptions else rules()[self.schema.projection.default_rule]
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
        amount = self._amount(line, assumption, year, place, start)
        if amount is None:
            return None
        fields = self.cells.terms(assumption, place.sheet)
        limits = within(place.year(year), fields.get("von"), fields.get("bis"))
        stated = rounded(amount, place.unit, place.digits)
        return either(limits, stated, literal(0)) if limits else stated

    def exact(self, line: Line, assumption: Assumption | None, year: int, start: Start | None) -> Decimal | None:
        """The amount of that year in EUR before any rounding; None where it rests on a rounded one."""
        last = None
        if start is not None:
            last = cell(start.value if start.exact is None else start.exact, _START)
        try:
            term = self._raw(line, assumption, Place(), literal(year), last, literal(start.year) if start else None)
        except Lacking:
            return None
        if term is None or (start is not None and start.exact is None and _START in term.text):
            return None
        fields = self.cells.terms(assumption, "")
        limits = within(literal(year), fields.get("von"), fields.get("bis"))
        return converted(term, Unit.EUR).value if limits is None or limits.holds else Decimal(0)

    def covered(self, assumption: Assumption | None) -> Decimal | None:
        """EUR that are there already for what the assumption needs (gedeckt); None where it does not say."""
        field = assumption.field("gedeckt") if assumption is not None else None
        return field.decimal if field is not None else None

    def _amount(
        self, line: Line, assumption: Assumption | None, year: int, place: Place, start: Start | None
    ) -> Term | None:
        last = self._last(start, place) if start is not None else None
        since = place.fixed_year(start.year) if start is not None else None
        try:
            return self._raw(line, assumption, place, place.year(year), last, since)
        except Lacking as lacking:
            raise self._lacks(line, assumption, lacking.field) from None

    def _raw(
        self, line: Line, assumption: Assumption | None, place: Place, year: Term, last: Term | None, since: Term | None
    ) -> Term | None:
        rule = self.rule(line, assumption)
        if rule is None or (assumption is None and last is None):
            return None  # by default nothing goes on that nobody ever stated
        rates = self.cells.rates(assumption, place.sheet, rising=rule.name == "index")
        return rule.amount(Terms(year, self.cells.terms(assumption, place.sheet), last, since, rates))

    def _last(self, start: Start, place: Place) -> Term:
        """The last stated amount as a formula at this place takes it: from its own row where that says the same, else
        from the cells that state it."""
        if not start.sources:
            return literal(start.value)
        terms = (rounded(self._source(source, place), place.unit, place.digits) for source in start.sources)
        total = reduce(plus, terms)
        if start.year in place.added or place.own.get(start.year) == total.value:
            return place.amount(start.year, total.value)
        return replace(total, settled=True)

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
