"""What does the sheet "Annahmen" say about a measure: by which names it goes, by which rule it goes on, until when?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pik_excel.budget.names import name_key, undated_key
from pik_excel.budget.tables import Assumption, Budget, Field
from pik_excel.checks.catalogue import Subject
from pik_excel.schema import Schema


def rows_about(budget: Budget, name: str) -> Iterator[Assumption]:
    """The rows about the measure of that name, by its own name or one of its aliases."""
    key = undated_key(name)
    for table in budget.assumptions:
        for row in table.rows:
            if key in names_of(row):
                yield row


def recorded_names(subject: Subject) -> Iterator[set[str]]:
    """Names that are on record as one measure's, as `undated_key`: the aliases of "Annahmen" and of the schema."""
    for table in subject.reading.budget.assumptions:
        yield from (names_of(row) for row in table.rows)
    for name, others in subject.schema.aliases.items():
        yield {undated_key(one) for one in (name, *others)}


def names_of(row: Assumption) -> set[str]:
    """The measure's name and its aliases, as `undated_key`."""
    return {undated_key(one) for one in (row.measure, *row.aliases)}


def rule_of(row: Assumption, schema: Schema) -> str | None:
    """The projection rule that the row names ("stellen_satz"), None where it names none that we know."""
    field = row.field("regel")
    if field is None or not field.text.strip():
        return None
    said = _letters(field.text)
    for rule, words in schema.projection.rules.items():
        if said == _letters(rule) or said in map(_letters, words):
            return rule
    return None


def cost_of(row: Assumption, budget: Budget) -> Decimal | None:
    """The total cost that a share is taken of, in EUR: from the row, else from the measure's financing."""
    field = row.field("gesamtkosten")
    if field and field.decimal is not None:
        return field.decimal
    totals = [one.total.eur for one in budget.financings if one.total and undated_key(one.measure) in names_of(row)]
    return totals[-1] if totals else None


def years_of(row: Assumption) -> tuple[int | None, int | None]:
    """The first and the last year of the row, None where it is open."""
    return _edge(row.field("von")), _edge(row.field("bis"))


def year_of(field: Field) -> int | None:
    """The year that a cell names: a date, a year, "Ende 2023"."""
    if isinstance(field.value, date):
        return field.value.year
    found = re.search(r"(?:19|20)\d\d", str(field.value))
    return int(found[0]) if found else None


def _edge(field: Field | None) -> int | None:
    return year_of(field) if field else None


def _letters(text: str) -> str:
    return name_key(re.sub(r"[_×*·]", " x ", text)).replace(" x ", " ")
