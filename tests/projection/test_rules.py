"""Each rule gives the amount of its worked example, and its formula always gives what its Decimal does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any  # a year that must not be asked for

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import pik_excel.projection
from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Assumption, Field
from pik_excel.grid.dates import serial_of
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Sheet, Workbook
from pik_excel.projection.cells import AssumptionCells
from pik_excel.projection.continuation import Continuation, Start
from pik_excel.projection.lines import Line
from pik_excel.projection.place import Place
from pik_excel.projection.rules import Terms, rule_named, rules
from pik_excel.projection.term import cell
from pik_excel.recalc.values import recalculate
from pik_excel.schema import built_in
from tests.tables import workbook

MODULES = [
    module.name
    for module in pkgutil.walk_packages(pik_excel.projection.__path__, "pik_excel.projection.")
    if not module.ispkg
]
FIELDS = ("bedarf", "von", "bis", "anteil", "hoechstbetrag", "stellen", "satz", "dynamisierung", "gesamtkosten")
MEASURE = "OMID"


@pytest.mark.parametrize("name", MODULES)
def test_the_worked_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_rules_are_those_of_the_schema() -> None:
    assert set(rules()) == set(built_in().projection.rules)


@pytest.mark.parametrize(
    ("words", "rule"),
    [("Stellen × Satz", "stellen_satz"), ("BEFRISTET", "befristet"), ("Index", "index"), ("nach Liste", "liste")],
)
def test_a_rule_is_known_by_the_words_of_the_schema(words: str, rule: str) -> None:
    found = rule_named(words, built_in().projection.rules)
    assert found is not None
    assert found.name == rule


def test_a_steady_rule_never_asks_for_the_year() -> None:
    fields = {"ausgangsbetrag": cell(Decimal(9), "$B$2"), "bedarf": cell(Decimal(7), "$C$2")}
    no_year: Any = None
    for rule in (rule for rule in rules().values() if rule.steady):
        for stated in ({}, fields, {"bedarf": fields["bedarf"]}):
            rule.amount(Terms(no_year, stated, last=cell(Decimal(290), "$C7"), last_year=no_year))


def test_a_word_that_is_no_rule_is_none() -> None:
    assert rule_named("irgendwie", built_in().projection.rules) is None


money = st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 10)
years = st.one_of(st.none(), st.integers(2018, 2030).map(Decimal))
days = st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2030, 12, 31)))
shares = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 1000)
posts = st.integers(0, 2000).map(lambda tenths: Decimal(tenths) / 10)
rises = st.integers(-200, 200).map(lambda tenths: Decimal(tenths) / 1000)
assumptions = st.fixed_dictionaries(
    {
        "regel": st.sampled_from(sorted(set(built_in().projection.rules) - {"liste", "uebertrag"})),
        "period": st.sampled_from(["years", "days"]),
        "von": years,
        "bis": years,
        "erster": days,
        "letzter": days,
        "bedarf": st.one_of(st.none(), money),
        "anteil": shares,
        "hoechstbetrag": st.one_of(st.none(), money),
        "stellen": posts,
        "satz": money,
        "dynamisierung": rises,
        "gesamtkosten": money,
    }
)


def _row(values: dict[str, object]) -> tuple[Workbook, Assumption]:
    """A sheet "Annahmen" whose second row holds the values, and a table of measures with the year heads D1 to G1."""
    period = ("erster", "letzter") if values["period"] == "days" else ("von", "bis")
    stated = {**values, "von": values[period[0]], "bis": values[period[1]]}
    cells, fields = {}, {"regel": Field(Address("Annahmen", 2, 1), str(values["regel"]))}
    for column, key in enumerate(FIELDS, 2):
        value = stated[key]
        fields[key] = Field(Address("Annahmen", 2, column), value)  # type: ignore[arg-type]
        if value is not None:
            stored = serial_of(value) if isinstance(value, date) else value
            cells[2, column] = Cell(2, column, stored)  # type: ignore[arg-type]
    measures = {(1, column): Cell(1, column, Decimal(2018 + column)) for column in range(3, 9)}
    measures[2, 3] = Cell(2, 3, Decimal(290))
    empty = workbook("| | A |\n|--|--|\n| 1 | x |")
    sheets = (Sheet("Maßnahmen", measures), Sheet("Annahmen", cells))
    return replace(empty, sheets=sheets), Assumption(MEASURE, Address("Annahmen", 2, 1), fields)


@settings(max_examples=150, deadline=None)
@given(values=assumptions, year=st.integers(2022, 2026), unit=st.sampled_from([Unit.EUR, Unit.TEUR]))
@example(
    values={
        "regel": "befristet", "period": "years", "von": Decimal(2022), "bis": None, "erster": None, "letzter": None,
        "bedarf": Decimal(65500), "anteil": Decimal(0), "hoechstbetrag": None, "stellen": Decimal(0),
        "satz": Decimal(0), "dynamisierung": Decimal(0), "gesamtkosten": Decimal(0),
    },
    year=2022,
    unit=Unit.TEUR,
)  # fmt: skip
def test_the_formula_always_gives_what_the_decimal_does(values: dict[str, object], year: int, unit: Unit) -> None:
    book, row = _row(values)
    assume(values["regel"] != "index" or values["bedarf"] is None or row.fields["von"].value is not None)
    line = Line(MEASURE, Address("Maßnahmen", 2, 1), (), row, (row,))
    place = Place(
        "Maßnahmen", 2, unit, 0, {each: each - 2018 for each in range(2021, 2027)}, dict.fromkeys(range(2021, 2027), 1)
    )
    continuation = Continuation(built_in(), AssumptionCells.of(book, [row]))
    term = continuation.term(
        line, row, year, place, Start(2021, 290 * unit.factor, ((Address("Maßnahmen", 2, 3), unit, Decimal(290)),))
    )
    assert term is not None
    at = Address("Maßnahmen", 2, year - 2018)
    assert recalculate(book, {at: f"={term.text}"}).values[at] == term.value, term.text
