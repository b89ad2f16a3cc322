"""Lists with something to the right of their years, made at random, and what they must show once they go on.

The expectation is plain arithmetic on the amounts, not taken from any formula: without assumptions each measure repeats
its last amount; what "2027 ff." says holds for each year that it stood for.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pik_excel.grid.reference import column_letters
from pik_excel.ooxml.package import Package

SHEET, OTHER = "Maßnahmen", "Übersicht"
NAMES = (
    "Sprachkurse", "Beratungsstelle", "Jugendtreff Nord", "Dolmetscherdienst", "Hausaufgabenhilfe", "Stadtteilfest",
    "Mobile Jugendarbeit", "Frauenhaus", "Tafelladen", "Fahrradwerkstatt", "Elterncafé", "Lesepaten",
)  # fmt: skip
HEADS = {"sum": "Summe", "plus": "Gesamt", "difference": "Veränderung zum Vorjahr", "remark": "Bemerkung"}
Shown = int | str | None


@dataclass(frozen=True)
class Layout:
    """What stands around the years; `right` are the columns behind them, from the left."""

    right: tuple[str, ...] = ()
    head: str = "{year} TEUR"
    title: str = "Maßnahmen des Amtes"
    merged: bool = False  # a heading over the years and what follows
    subtotals: bool = False
    beside: str = ""
    lists: int = 1  # one below the other, in the same columns
    unit: str = "TEUR"
    above: bool = False  # the total stands above its rows
    table: bool = False  # the rows are an Excel table
    hidden: bool = False  # the first year is hidden


LAYOUTS = {
    "total": Layout(("sum",)),
    "total of single cells": Layout(("plus",)),
    "remark": Layout(("remark",)),
    "open end": Layout(("ff",)),
    "open end, total, remark": Layout(("ff", "sum", "remark")),
    "open end, single cells": Layout(("ff", "plus")),
    "difference": Layout(("difference", "remark")),
    "difference and total": Layout(("difference", "sum", "remark")),
    "contacts beside": Layout(beside="contacts"),
    "list beside": Layout(beside="list"),
    "excel table beside": Layout(("sum",), beside="object"),
    "chart beside": Layout(beside="chart"),
    "merged heading": Layout(("sum", "remark"), head="{year}", merged=True),
    "euro": Layout(("sum",), head="Ansatz {year} in EUR", unit="EUR"),
    "subtotals": Layout(("sum", "remark"), subtotals=True),
    "subtotals, open end": Layout(("ff", "sum"), subtotals=True),
    "two lists": Layout(("sum",), lists=2),
    "two lists, open end": Layout(("ff", "sum"), lists=2),
    "unit in title": Layout(("sum", "remark"), head="{year}"),
    "estimate and plan": Layout(("sum", "remark"), head="{kind} {year}", unit="EUR"),
    "total above": Layout(("ff", "remark"), above=True),
    "subtotals above": Layout(("sum",), head="{year}", subtotals=True, above=True),
    "excel table": Layout(("remark",), table=True),
    "hidden year": Layout(("ff", "sum"), hidden=True),
}


@dataclass(frozen=True)
class Row:
    """A measure with its amounts, or a total of the rows `parts` (counted within the list)."""

    name: str
    amounts: tuple[int, ...] = ()
    end: int = 0
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class List:
    """One list as it was made; its header stands in row `top`, its names in column `left`."""

    layout: Layout
    first: int
    count: int
    top: int
    left: int
    rows: tuple[Row, ...]

    @property
    def last(self) -> int:
        """The last stated year."""
        return self.first + self.count - 1

    def columns(self, to: int) -> list[tuple[str, int]]:
        """The columns behind the names: what they are, and their year."""
        years = [("year", year) for year in range(self.first, to + 1)]
        return years + [(kind, to + 1) for kind in self.layout.right]

    def heads(self, to: int) -> list[str]:
        """The header."""
        words = {"year": self.layout.head, "ff": self.layout.head.replace("{year}", "{year} ff.")} | HEADS
        columns = [(words[kind], year, "Ansatz" if year == self.first else "Plan") for kind, year in self.columns(to)]
        return ["Maßnahme", *(word.format(year=year, kind=stated) for word, year, stated in columns)]

    @property
    def total(self) -> int:
        """Which of the rows is the total of all."""
        return 0 if self.layout.above else len(self.rows) - 1

    def shown(self, to: int) -> list[list[Shown]]:
        """All rows, as they show themselves with years up to `to`."""
        return [[row.name, *(self.value(row, *column, to) for column in self.columns(to))] for row in self.rows]

    def value(self, row: Row, kind: str, year: int, to: int) -> Shown:
        """What a cell shows."""
        if kind == "remark":
            return None if row.parts else f"siehe {row.name}"
        if kind == "difference":
            return self.amount(row, self.last) - self.amount(row, self.last - 1)
        if kind in {"sum", "plus"}:
            return sum(self.amount(row, one) for one in range(self.first, to + 1))
        return self.amount(row, year)

    def amount(self, row: Row, year: int) -> int:
        """The amount of a year, of an open end too."""
        if row.parts:
            return sum(self.amount(self.rows[part], year) for part in row.parts)
        if year <= self.last:
            return row.amounts[year - self.first]
        return row.end if "ff" in self.layout.right else row.amounts[-1]

    def formula(self, index: int, kind: str, column: int) -> str | None:
        """The formula of a cell, as a person writes it; None where it is typed."""
        row, line = self.rows[index], self.top + 1 + index
        letters = [column_letters(self.left + 1 + one) for one in range(self.count)]
        if kind == "sum":
            return f"=SUM({letters[0]}{line}:{letters[-1]}{line})"
        if kind == "plus":
            return "=" + "+".join(f"{letter}{line}" for letter in letters)
        if kind == "difference":
            return f"={letters[-1]}{line}-{letters[-2]}{line}"
        if not row.parts or kind == "remark":
            return None
        own, lines = column_letters(column), [self.top + 1 + part for part in row.parts]
        if len(lines) == lines[-1] - lines[0] + 1:
            return f"=SUM({own}{lines[0]}:{own}{lines[-1]})"
        return "=" + "+".join(f"{own}{one}" for one in lines)


@dataclass(frozen=True)
class Made:
    """A workbook file and the lists in it."""

    package: Package
    lists: tuple[List, ...]

    @property
    def last(self) -> int:
        """The last stated year of all lists."""
        return max(one.last for one in self.lists)


def made(name: str, seed: int) -> Made:
    """A workbook of that layout."""
    dice = random.Random(f"{name} {seed}")
    layout, names = LAYOUTS[name], dice.sample(NAMES, len(NAMES))
    shape = List(
        layout, dice.randrange(2019, 2026), dice.randrange(2, 5), dice.randrange(4, 7), dice.randrange(1, 4), ()
    )
    lists = []
    for number in range(layout.lists):
        rows = _rows(dice, layout, shape.count, [f"{one} {number}" if number else one for one in names])
        lists.append(replace(shape, rows=rows))
        shape = replace(shape, top=shape.top + len(rows) + 6)
    if layout.beside == "list":
        right = lists[0].left + lists[0].count + 2
        rows = _rows(dice, layout, lists[0].count, [f"{one} Süd" for one in names])
        lists.append(replace(lists[0], left=right, rows=rows))
    return Made(workbook_of(lists), tuple(lists))


def _rows(dice: random.Random, layout: Layout, count: int, names: list[str]) -> tuple[Row, ...]:
    first = 1 if layout.above else 0  # where the first row comes to stand
    rows: list[Row] = []
    subtotals: list[int] = []
    for number in range(2 if layout.subtotals else 1):
        group = [_drawn(dice, name, count) for name in names[number * 4 : number * 4 + dice.randrange(2, 5)]]
        begin = first + len(rows)
        if not layout.subtotals:
            rows += group
            continue
        own, parts = (begin, begin + 1) if layout.above else (begin + len(group), begin)
        subtotal = Row(f"Zwischensumme {number + 1}", parts=tuple(range(parts, parts + len(group))))
        rows += [subtotal, *group] if layout.above else [*group, subtotal]
        subtotals.append(own)
    total = Row("Gesamtsumme", parts=tuple(subtotals or range(first, first + len(rows))))
    return (total, *rows) if layout.above else (*rows, total)


def _drawn(dice: random.Random, name: str, count: int) -> Row:
    amounts = tuple(dice.choice([0, *[dice.randrange(1, 900)] * 5]) for _year in range(count - 1))
    return Row(name, (*amounts, dice.randrange(1, 900)), dice.choice([0, dice.randrange(1, 900)]))


def workbook_of(lists: Sequence[List], more: Callable[[xlsxwriter.Workbook], None] = lambda _book: None) -> Package:
    """The file with these lists, and what `more` adds to it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet(SHEET), book.add_worksheet(OTHER)
        bold = book.add_format({"bold": True, "bottom": 1, "num_format": "General"})
        plain = book.add_format({"num_format": "#,##0", "border": 1})
        for one in lists:
            _write(sheet, one, bold, plain)
            _around(book, sheet, one, bold)
        first = lists[0]
        total, at = first.rows[first.total], first.top + first.total + 1
        for index, (kind, year) in enumerate(first.columns(first.last)):
            if kind not in {"remark", "year"}:
                cell = f"{SHEET}!{column_letters(first.left + 1 + index)}{at}"
                other.write_formula(index, 0, f"={cell}*2", None, 2 * first.value(total, kind, year, first.last))
        more(book)
    return Package.from_bytes(stream.getvalue(), Path("probe.xlsx"))


def _write(sheet: Worksheet, one: List, bold: object, plain: object) -> None:
    for index, head in enumerate(one.heads(one.last)):
        sheet.write(one.top - 1, one.left - 1 + index, int(head) if head.isdigit() else head, bold)
    for index, shown in enumerate(one.shown(one.last)):
        sheet.write(one.top + index, one.left - 1, shown[0], plain)
        for place, ((kind, _year), value) in enumerate(zip(one.columns(one.last), shown[1:], strict=True)):
            at = (one.top + index, one.left + place)
            formula = one.formula(index, kind, one.left + 1 + place)
            if formula is not None:
                sheet.write_formula(*at, formula, plain, value)
            else:
                sheet.write(*at, value, plain)


def _around(book: xlsxwriter.Workbook, sheet: Worksheet, one: List, bold: object) -> None:
    """What a person puts around a list: title, unit, colours, limits, things beside it."""
    left, right = one.left, one.left + one.count  # columns of the first and the last year, from 0
    top, bottom = one.top, one.top + len(one.rows) - 1
    sheet.write(one.top - 3, left - 1, f"{one.layout.title}, Angaben in {one.layout.unit}")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.conditional_format(
        top, left, bottom, right - 1, {"type": "cell", "criteria": "<", "value": 0, "format": bold}
    )
    sheet.data_validation(top, left, bottom - 1, right - 1, {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.set_column(right - 1, right - 1, 14)
    if one.layout.hidden:
        sheet.set_column(left, left, None, None, {"hidden": True})
    if one.layout.table:
        heads = [{"header": head, "header_format": bold} for head in one.heads(one.last)]
        sheet.add_table(top - 1, left - 1, bottom - 1, left - 2 + len(heads), {"columns": heads, "name": "Vorhaben"})
    if one.layout.merged:
        sheet.merge_range(one.top - 2, left, one.top - 2, right, "Budget in TEUR", bold)
    if one.layout.beside == "contacts":
        for index in range(3):
            sheet.write_row(one.top + index, right + 1, [f"Amt {index}", f"Zimmer {index}"])
    if one.layout.beside == "object":
        columns = [{"header": "Ansprechpartner"}, {"header": "Telefon"}]
        sheet.add_table(one.top - 1, right + 2, one.top + 1, right + 3, {"columns": columns, "name": "Kontakte"})
    if one.layout.beside == "chart":
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": [SHEET, bottom, left, bottom, right - 1]})
        sheet.insert_chart(one.top, right + 1, chart)
