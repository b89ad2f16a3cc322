"""The sheet "Annahmen": a row a measure, how it goes on, in columns of the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pik_excel.budget.tables import Assumption, AssumptionTable, Budget, Field
from pik_excel.grid.reference import Area
from pik_excel.language import _
from pik_excel.layout.families import Found
from pik_excel.layout.headed import Column, HeadedTable, headed_tables
from pik_excel.layout.labels import label_of, total_strength
from pik_excel.layout.page import Page
from pik_excel.layout.reading import Unclear
from pik_excel.layout.vocabulary import fold

ORDER = 10
_TELLING = frozenset(
    (
        *(
            "regel",
            "bedarf",
            "von",
            "bis",
            "anteil",
            "hoechstbetrag",
            "dynamisierung",
            "basisjahr",
            "aliase",
            "szenario",
        ),
        *("bedingung", "foerderzeitraum_bis", "bedarfszeitraum_bis", "gedeckt_aus", "mindesteigenanteil"),
    )
)
_ENOUGH = 3
_CALLED = "annahme"


def read(page: Page) -> Found:
    """The tables of assumptions on a sheet."""
    tables: list[AssumptionTable] = []
    unclear: list[Unclear] = []
    for table in headed_tables(page, lambda columns: _is_one(page, columns), with_gaps=True):
        rows = tuple(_rows(table))
        if not rows:
            continue
        tables.append(AssumptionTable(page.sheet.name, table.area, rows))
        unclear += _unknown_rules(table, rows)
        page.claimed.append(table.area)
    return Found(Budget(assumptions=tuple(tables)), tuple(unclear))


def _is_one(page: Page, columns: Mapping[str, Column]) -> bool:
    if "bezeichnung" not in columns:
        return False
    if "regel" not in columns and not page.words.is_measure(columns["bezeichnung"].header):
        return False
    telling = {column.number for key, column in columns.items() if key in _TELLING}
    if "regel" in columns and len(telling) > 1:
        return True
    return len(telling) >= (1 if _CALLED in fold(page.sheet.name) else _ENOUGH)


def _rows(table: HeadedTable) -> Iterator[Assumption]:
    name_column = table.column("bezeichnung")
    assert name_column is not None
    for row in table.rows:
        text = table.page.text(row, name_column.number)
        if not text or total_strength(text, table.page.words) == 2:
            continue
        fields = dict(_fields(table, row, name_column))
        yield Assumption(label_of(text).name, table.page.at(row, name_column.number), fields)


def _fields(table: HeadedTable, row: int, name_column: Column) -> Iterator[tuple[str, Field]]:
    taken = set[str]()
    for column in table.columns:
        key = next((key for key in column.keys if key not in taken), None)
        if column is name_column or key is None:
            continue
        taken.add(key)
        field = table.field(row, column, key)
        if key == "regel" and (rule := table.page.words.rules.get(fold(field.text))):
            field = replace(field, value=rule, stated=field.text)
        yield key, field


def _unknown_rules(table: HeadedTable, rows: tuple[Assumption, ...]) -> Iterator[Unclear]:
    rules = table.page.words.schema.projection.rules
    for row in rows:
        field = row.field("regel")
        if field is not None and field.text and field.text not in rules:
            yield Unclear(
                field.at,
                Area(field.at.row, field.at.column, field.at.row, field.at.column),
                _("„{stated}“ ist keine Regel der Fortschreibung. Möglich sind: {rules}.").format(
                    stated=field.text, rules=", ".join(rules)
                ),
            )
