"""Which cells of the lists stand as this program wrote them?

The workbook remembers it in hidden names. For each cell written there are two fingerprints of its formula, under its
measure, year and scenario: of what the formula takes (this measure's "bedarf", the heading of 2028), which holds
whatever rows and columns are inserted, moved or renamed; and of where that stood from there, which holds when the
assumptions are sorted. A cell with another content, or with the formula of another measure or year, is the staff's own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from itertools import groupby
from typing import Any, NamedTuple  # Any: a class of nodes

from pik_excel.budget.money import Amount, Statement
from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Budget, Status
from pik_excel.grid.formula import r1c1
from pik_excel.grid.own import WRITTEN
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Workbook
from pik_excel.layout.reading import Reading
from pik_excel.projection.scenario import scenarios_of
from pik_excel.recalc.shapes import Shapes
from pik_excel.recalc.syntax import Number, Reference
from pik_excel.records import dataclass

MOST = 20_000
"""Cells that are remembered; a longer list is nobody's to go through measure by measure."""

_SIZE, _ENTRY = 4, 16  # bytes of a fingerprint; letters of an entry, which is three of them
_ON_A_NAME = 3_600  # letters; Excel takes 8,192 of a formula, and 255 of a text in it
_TEXT = 240
_Entries = Mapping[bytes, frozenset[bytes]]


class OwnCell(NamedTuple):
    """A cell that is written: for which measure and year, in which scenario; the formula, None where it stays empty."""

    at: Address
    measure: str
    year: int
    scenario: str
    formula: str | None
    status: Status = Status.UNSTATED  # of its table


@dataclass(frozen=True)
class OwnCells:
    """The fingerprints by measure and year, and what the cells of the workbook mean to a formula."""

    entries: _Entries
    scenarios: tuple[str, ...] = ()
    meanings: Mapping[tuple[str, int, int], str] | None = None

    @staticmethod
    def of(reading: Reading, scenarios: tuple[str, ...]) -> OwnCells:
        """What the workbook remembers; the scenarios are those a cell may have been written in."""
        entries = _remembered(reading.workbook)
        return OwnCells(entries, scenarios, _meanings(reading.budget) if entries else None)

    def scenario_of(self, names: Iterable[str], year: int, amount: Amount) -> str | None:
        """The scenario in which the cell was written as it stands, for a measure of one of these names; None for the
        staff's own, and for any cell of which nothing is remembered."""
        if not self.entries or (amount.formula is None and amount.statement is not Statement.BLANK):
            return None
        for name in names:
            known = self.entries.get(_key(name, year), frozenset())
            said = self._said(amount.at, amount.formula) if known else ()
            for scenario in self.scenarios if known else ():
                if not known.isdisjoint(_fingerprint(scenario, name, year, one) for one in said):
                    return scenario
        return None

    def once_wrote(self, names: Iterable[str], year: int) -> bool:
        """Whether a cell of that year was written for a measure of one of these names, whatever stands there now."""
        return bool(self.entries) and any(_key(name, year) in self.entries for name in names)

    def with_cells(self, cells: Iterable[OwnCell]) -> OwnCells:
        """These remembered too, in place of what was known of their measure and year."""
        found: dict[bytes, frozenset[bytes]] = {}
        for cell in cells:
            key, said = _key(cell.measure, cell.year), self._said(cell.at, cell.formula)
            marks = {_fingerprint(cell.scenario, cell.measure, cell.year, one) for one in said}
            found[key] = found.get(key, frozenset()) | marks
        return replace(self, entries={**self.entries, **found})

    def are_too_many_with(self, cells: Iterable[OwnCell]) -> bool:
        """Whether more would be remembered than should be."""
        keys = set(self.entries)
        for cell in cells:
            keys.add(_key(cell.measure, cell.year))
            if len(keys) > MOST:
                return True
        return len(keys) > MOST

    def names(self) -> dict[str, str]:
        """The hidden names with what they say, each a formula."""
        letters = "".join(_letters(key, marks) for key, marks in sorted(self.entries.items()))
        pieces = [letters[start : start + _ON_A_NAME] for start in range(0, len(letters), _ON_A_NAME)]
        return {f"{WRITTEN}_{number}": _as_formula(piece) for number, piece in enumerate(pieces, 1)}

    def _said(self, at: Address, formula: str | None) -> tuple[str, ...]:
        """What a formula takes, and where that stands."""
        if formula is None:
            return ("",)
        told = "".join([self._meaning(part, at) for part in self._words.of(formula, at)])
        return f"takes {told}", f"stands {r1c1(formula, at.row, at.column)}"

    def _meaning(self, part: str | Reference, at: Address) -> str:
        """What a reference takes is named by its meaning, or by its place where it has none."""
        if isinstance(part, str):
            return part
        sheet = (part.sheet if part.sheet is not None else at.sheet).casefold()
        place = (sheet, part.top.at(at.row), part.left.at(at.column))
        meaning = self.meanings.get(place) if part.single and self.meanings else None
        return f"{sheet}!{part.area(at.row, at.column).a1}" if meaning is None else meaning

    @cached_property
    def _words(self) -> _Words:
        return _Words()


class _Words:
    """Formulas in words, between which their references stand; those of one shape are put into words once."""

    def __init__(self) -> None:
        self._shapes = Shapes(rows_in_step=True)
        self._found: dict[int, list[str | Reference]] = {}  # by the tree, which the shapes keep

    def of(self, formula: str, at: Address) -> list[str | Reference]:
        tree = self._shapes.of(formula, at.row, at.column)
        if id(tree) not in self._found:
            self._found[id(tree)] = list(_together(_words(tree)))
        return self._found[id(tree)]


def with_written(
    before: OwnCells, reading: Reading, cells: Iterable[OwnCell], headed: Iterable[tuple[Address, int]] = ()
) -> OwnCells:
    """What is remembered once these cells are written, and the headings of their years, into the workbook as read."""
    cells = tuple(cells)
    meanings = _meanings(reading.budget)
    meanings |= {_place(at): f"year {year}" for at, year in headed}
    meanings |= {_place(one.at): _amount(one.status, one.measure, one.year) for one in cells}
    return replace(before, meanings=meanings).with_cells(cells)


def _together(parts: Iterable[str | Reference]) -> Iterator[str | Reference]:
    """The same with the words between two references as one."""
    for kind, group in groupby(parts, type):
        several = list(group)
        yield from ["".join(map(str, several))] if kind is str else several


def _words(node: object) -> Iterator[str | Reference]:
    if isinstance(node, Reference):
        yield node
    elif isinstance(node, Number):
        yield f"{Decimal(node.value).normalize():f}"
    elif isinstance(node, tuple):
        yield from _listed(node)
    elif not is_dataclass(node):
        yield repr(node)
    else:
        yield f"{node.__class__.__name__}("
        yield from _listed(getattr(node, name) for name in _names_of_fields(node.__class__))
        yield ")"


def _listed(nodes: Iterable[object]) -> Iterator[str | Reference]:
    for place, node in enumerate(nodes):
        yield from (",",) if place else ()
        yield from _words(node)


@cache
def _names_of_fields(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _meanings(budget: Budget) -> dict[tuple[str, int, int], str]:
    """What a single cell says: an assumption's field, a rate, a year, a measure's amount."""
    found: dict[tuple[str, int, int], str] = {}
    for table in budget.measure_tables:
        for column in table.columns:
            found[_place(column.at)] = f"year {column.year.value}"
        for measure in table.measures:
            for column, amount in zip(table.columns, measure.amounts, strict=True):
                found[_place(amount.at)] = _amount(table.status, measure.name, column.year.value)
    for rates in budget.rates:
        found |= {_place(rate.at): f"rate {name_key(rates.name)} {year}" for year, rate in rates.years}
    for assumptions in budget.assumptions:
        for row in assumptions.rows:
            whose = f"{name_key(row.measure)} {';'.join(scenarios_of(row))}"
            found |= {_place(field.at): f"{key} {whose}" for key, field in row.fields.items()}
    return found


def _amount(status: Status, measure: str, year: int) -> str:
    return f"amount {status.value} {name_key(measure)} {year}"


def _place(at: Address) -> tuple[str, int, int]:
    return at.sheet.casefold(), at.row, at.column


def _key(measure: str, year: int) -> bytes:
    return _hashed(f"cell\n{name_key(measure)}\n{year}")


def _fingerprint(scenario: str, measure: str, year: int, said: str) -> bytes:
    return _hashed(f"{scenario}\n{name_key(measure)}\n{year}\n{said}")


def _hashed(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_SIZE).digest()


def _letters(key: bytes, marks: frozenset[bytes]) -> str:
    """Entries of a key: two fingerprints each, the last one twice where they are odd."""
    known = sorted(marks)
    pairs = [(known[at], known[min(at + 1, len(known) - 1)]) for at in range(0, len(known), 2)]
    return "".join(base64.b64encode(key + one + other).decode() for one, other in pairs)


def _as_formula(letters: str) -> str:
    return "&".join(f'"{letters[start : start + _TEXT]}"' for start in range(0, len(letters), _TEXT))


def _remembered(workbook: Workbook) -> dict[bytes, frozenset[bytes]]:
    found: dict[bytes, frozenset[bytes]] = {}
    for name in workbook.names:
        if not name.name.casefold().startswith(f"{WRITTEN}_"):
            continue
        letters = "".join(filter(lambda letter: letter.isalnum() or letter in "+/", name.formula))
        for start in range(0, len(letters) - _ENTRY + 1, _ENTRY):
            entry = base64.b64decode(letters[start : start + _ENTRY])
            key, marks = entry[:_SIZE], {entry[_SIZE : 2 * _SIZE], entry[2 * _SIZE :]}
            found[key] = found.get(key, frozenset()) | marks
    return found
