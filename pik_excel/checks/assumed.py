"""What does the sheet "Annahmen" say about a measure: by which names it goes, by which rule it goes on, until when?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from operator import itemgetter

from pik_excel.budget.names import by_name, name_key, undated_key
from pik_excel.budget.tables import Assumption, Field, Posts
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import Shape, formulas, once
from pik_excel.schema import Schema


@once
def rows_by_name(subject: Subject) -> Mapping[str, Sequence[Assumption]]:
    """The rows about each measure, by its own name and its aliases, as `undated_key`."""
    found: dict[str, list[Assumption]] = {}
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            for name in names_of(row):
                found.setdefault(name, []).append(row)
    return found


def rows_about(subject: Subject, name: str) -> Sequence[Assumption]:
    """The rows about the measure of that name, by its own name or one of its aliases."""
    known = rows_by_name(subject)
    return known.get(undated_key(name), ()) if known else ()


@once
def recorded_names(subject: Subject) -> tuple[set[str], ...]:
    """Names that are on record as one measure's, as `undated_key`: the aliases of "Annahmen" and of the schema."""
    rows = (row for table in subject.reading.budget.assumptions for row in table.rows)
    aliases = subject.schema.aliases.items()
    return (*map(names_of, rows), *({undated_key(one) for one in (name, *others)} for name, others in aliases))


@once
def also_called(subject: Subject) -> Mapping[str, set[str]]:
    """For each of the `recorded_names` all those that mean the same measure."""
    found: dict[str, set[str]] = {}
    for names in recorded_names(subject):
        for name in names:
            found.setdefault(name, set()).update(names)
    return found


@once
def taken_over(subject: Subject) -> AbstractSet[tuple[str, int, int]]:
    """The cells of the assumptions that take over one amount of the workbook, each from where its measure stands, or
    that staff typed another into: they are no copies of one formula."""
    found: set[tuple[str, int, int]] = set()
    for table in subject.reading.budget.assumptions:
        grid = formulas(subject).of(table.sheet)
        columns = range(table.area.left, table.area.right + 1)
        rows = range(table.area.top, table.area.bottom + 1)
        for column in columns if grid is not None else ():
            shapes = [shape for row in rows if (shape := grid.shapes.get((row, column)))] if grid is not None else []
            if shapes and all(_takes_over(shape) for shape in shapes):
                found |= {(table.sheet, row, column) for row in rows}
    return found


def _takes_over(shape: Shape) -> bool:
    """Whether it reads one cell of another sheet and no more, be it from TEUR: =Plan!C7*1000."""
    return len(shape.references) == 1 and shape.references[0].single and shape.references[0].sheet is not None


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


def cost_of(row: Assumption, subject: Subject) -> Decimal | None:
    """The total cost that a share is taken of, in EUR: from the row, else from the measure's last financing."""
    field = row.field("gesamtkosten")
    if field and field.decimal is not None:
        return field.decimal
    costs = _costs(subject)
    stated = [costs[name] for name in names_of(row) if name in costs] if costs else []
    return max(stated, key=itemgetter(0))[1] if stated else None


@once
def posts_by_name(subject: Subject) -> Mapping[str, Sequence[Posts]]:
    """The posts of each measure, by its name as `undated_key`."""
    return by_name((one.name, one) for one in subject.reading.budget.posts)


@once
def _costs(subject: Subject) -> Mapping[str, tuple[int, Decimal | None]]:
    """The total of the last financing of each measure, and which one that is."""
    financings = enumerate(subject.reading.budget.financings)
    return {undated_key(one.measure): (index, one.total.eur) for index, one in financings if one.total}


def years_of(row: Assumption) -> tuple[int | None, int | None]:
    """The first and the last year of the row, None where it is open."""
    return _edge(row.field("von")), _edge(row.field("bis"))


def year_of(field: Field) -> int | None:
    """The year that a cell names: a date, a year, "Ende 2023"."""
    if isinstance(field.value, date):
        return field.value.year
    found = re.search(r"(?:19|20)\d\d", str(field.value))
    return int(found[0]) if found else None


def is_filled(field: Field | None) -> bool:
    """Whether the cell states something or computes it."""
    return field is not None and (
        field.formula is not None or (field.value is not None and str(field.value).strip() != "")
    )


def _edge(field: Field | None) -> int | None:
    return year_of(field) if field else None


def _letters(text: str) -> str:
    return name_key(re.sub(r"[_×*·]", " x ", text)).replace(" x ", " ")
