"""Posts and rates: a table "Bezeichnung | Stellen | Satz | Ansatz", or a grant as labels with values beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pik_excel.budget.tables import Budget, Field, Posts
from pik_excel.grid.reference import Address, Area
from pik_excel.grid.workbook import Cell
from pik_excel.layout.families import Found
from pik_excel.layout.fields import field_at
from pik_excel.layout.headed import Column, HeadedTable, headed_tables
from pik_excel.layout.labels import label_of, total_strength
from pik_excel.layout.page import Page, is_text

ORDER = 30
_BESIDE = frozenset(("satz", "ansatz", "betrag", "produkt_stellen_satz"))
_LABELS = frozenset(
    (
        *(
            "zuschuss",
            "stellen",
            "satz",
            "ansatz",
            "zuschuss_je_stelle",
            "bescheid",
            "stichtag",
            "schluessel",
            "fallzahl",
        ),
        *(
            "foerderzeitraum",
            "foerderzeitraum_von",
            "foerderzeitraum_bis",
            "foerderzeitraum_monate",
            "nachweisfrist_monate",
            "nachweisfrist",
        ),
        *("gesamtkosten", "hoechstbetrag", "anteil", "bedarfszeitraum_von", "bedarfszeitraum_bis"),
    )
)
_OF_GRANTS = frozenset(
    ("zuschuss", "stellen", "foerderzeitraum", "foerderzeitraum_von", "foerderzeitraum_bis", "nachweisfrist_monate")
)
_PERIODS = ("foerderzeitraum", "foerderzeitraum_bis")
_DUE = ("nachweisfrist_monate", "nachweisfrist")
_GAP = 2  # rows between two labels of one group


def read(page: Page) -> Found:
    """The posts and grants on a sheet."""
    found: list[Posts] = []
    for table in headed_tables(page, _is_one):
        rows = list(_rows(table))
        if rows and not _has_years(page, table):
            found += rows
            page.claimed.append(table.area)
    for grant, area in _grants(page):
        found.append(grant)
        page.claimed.append(area)
    return Found(Budget(posts=tuple(found)))


def _is_one(columns: Mapping[str, Column]) -> bool:
    if any(key in columns for key in _PERIODS) and any(key in columns for key in _DUE):
        return "regel" not in columns  # a list of grants
    return "stellen" in columns and any(key in columns for key in _BESIDE) and "regel" not in columns


def _has_years(page: Page, table: HeadedTable) -> bool:
    """Whether it is a table of measures by year, which may say of each measure until when it is funded."""
    return (
        "stellen" not in {key for column in table.columns for key in column.keys}
        and len(page.year_cells.get(table.header_row, ())) > 1
    )


def _rows(table: HeadedTable) -> Iterator[Posts]:
    name = table.column("bezeichnung") or _names(table)
    for row in table.rows:
        text = table.page.text(row, name.number) if name else table.label(row)
        fields = dict(_fields(table, row, name))
        if not text or total_strength(text, table.page.words) == 2:
            continue
        if any(field.decimal is not None or field.formula or key in _PERIODS for key, field in fields.items()):
            column = name.number if name else table.left
            yield Posts(label_of(text).name, table.page.sheet.name, table.page.at(row, column), fields)


def _names(table: HeadedTable) -> Column | None:
    """A column headed "Stelle" that holds names, beside the one that counts them."""
    counted = [column for column in table.columns if "stellen" in column.keys]
    named = [
        column for column in counted if all(not _is_number(table.page.cell(row, column.number)) for row in table.rows)
    ]
    return named[0] if len(counted) > 1 and named else None


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and (isinstance(cell.value, Decimal) or cell.has_formula)


def _fields(table: HeadedTable, row: int, name: Column | None) -> Iterator[tuple[str, Field]]:
    taken = set[str]()
    for column in table.columns:
        key = next((key for key in column.keys if key not in taken), None)
        if column is name or key is None:
            continue
        taken.add(key)
        yield ("ansatz" if key == "betrag" and "ansatz" not in taken else key), table.field(row, column, key)


def _grants(page: Page) -> Iterator[tuple[Posts, Area]]:
    """Groups of labels with one value beside each, that together describe a grant."""
    group: list[tuple[str, int, int, Cell]] = []
    stated = {keys for named in page.field_cells.values() for keys in named.values()}
    if not any(_OF_GRANTS.intersection(keys) for keys in stated):
        return
    for row in page.field_cells:
        for label in _labelled(page, row):
            if group and (
                label[2] != group[-1][2] or row - group[-1][1] > _GAP or label[0] in {one[0] for one in group}
            ):
                yield from _grant(page, group)
                group = []
            group.append(label)
            break
    yield from _grant(page, group)


def _labelled(page: Page, row: int) -> Iterator[tuple[str, int, int, Cell]]:
    """The label in a row and the one value right of it: key, row, column of the label, cell of the value."""
    cells = page.row(row)
    for column, keys in page.field_cells[row].items():
        key = next((key for key in keys if key in _LABELS), None)
        right = [cells[other] for other in sorted(cells) if other > column] if key is not None else []
        if key is None or page.is_claimed(row, column) or not right or right[0].column - column > 3:
            continue
        value = right[0]
        alone = not any(isinstance(cell.value, Decimal) for cell in right[1:])
        if alone and (
            isinstance(value.value, Decimal) or value.formula or field_at(page, row, value.column, None).value
        ):
            yield key, row, column, value


def _grant(page: Page, group: list[tuple[str, int, int, Cell]]) -> Iterator[tuple[Posts, Area]]:
    keys = {key for key, *_ in group}
    if len(keys) < 2 or not keys & _OF_GRANTS or not ("zuschuss" in keys or len(keys & _OF_GRANTS) > 1):
        return
    _, top, column, _ = group[0]
    fields = {}
    for key, row, label_column, value in group:
        label = page.text(row, label_column)
        fields[key] = field_at(page, row, value.column, page.words.schema.fields.get(key), label)
    name, at = _caption(page, top, column)
    right = max(value.column for *_, value in group)
    yield Posts(name, page.sheet.name, at, fields), Area(top, column, group[-1][1], right)


def _caption(page: Page, top: int, column: int) -> tuple[str, Address]:
    for row in range(top - 1, max(0, top - 4), -1):
        cell = page.cell(row, column)
        if is_text(cell):
            return label_of(page.text(row, column)).name, page.at(row, column)
        if page.row(row):
            break
    return page.sheet.name, page.at(top, column)
