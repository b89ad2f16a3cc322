"""How are rows and cells spelled in the text of a `sheetData`?

`CELL` takes one step through any row. The rows of a long table differ from each other in numbers, texts and formulas
only: an expression made of one of them reads the next in a single step, several times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pik_excel.patterns import pattern

CELL = pattern(
    r'<c(?: r="([A-Z]++)(?P<row>[0-9]++)")?+(?P<attributes>(?:[\s/][^<>]*+)?)>'  # 1 column, 2 row, 3 attributes
    r"(?:(?<=/>)|"
    r"(?:<f(?P<formula_attributes>(?:[\s/][^<>]*+)?)>(?:(?<=/>)|(?P<formula>[^<]*+)</f>))?+"  # 4 attributes, 5 text
    r"(?:<v(?: ?/>|(?:\sxml:space=\"preserve\")?+>(?P<value>[^<]*+)</v>))?+"  # 6 value
    r"(?:<is>(?P<inline>.*?)</is>)?+</c>)"  # 7 inline string
    r'|<row(?: r="(?P<number>[0-9]++)")?+(?P<row_attributes>(?:[\s/][^<>]*+)?)>'  # 8 number, 9 attributes
    r"|</row>|\s++|(.)",  # 10 anything else
    re.DOTALL,
)
_MOST_CELLS = 200  # in a row; it takes long to make an expression of a wider one
_AT_ONCE = 1024  # rows
_FIRST = 16  # rows that are read one by one before: in a short sheet nothing is learned
_WORTH = 64  # rows that must fit an expression, or it was made in vain


class Column(NamedTuple):
    """What the cells of one column have in common; `type` is None for a number."""

    column: int
    style: int
    type: str | None
    formula_attributes: str | None


class Alike:
    """Reads rows that are spelled like one before. Where it learned in vain, it waits twice as long to learn again."""

    def __init__(self) -> None:
        self.columns: tuple[Column, ...] = ()
        self.hidden = False
        self._expression: re.Pattern[str] | None = None
        self._patience = _FIRST
        self._fitted = self._missed = 0

    def read(self, text: str, start: int, end: int) -> tuple[list[tuple[str | None, ...]], int]:
        """The next rows that are spelled like it, and where they end: of each its number, then formula and value of its
        `columns` (None where it has none). No rows where the next one is spelled otherwise."""
        rows: list[tuple[str | None, ...]] = []
        if self._expression is not None:
            match = self._expression.match
            while len(rows) < _AT_ONCE and (found := match(text, start, end)):
                rows.append(found.groups())
                start = found.end()
        self._fitted += len(rows)
        self._missed = 0 if rows else self._missed + 1
        return rows, start

    @property
    def wants_to_learn(self) -> bool:
        """Whether several rows one after the other did not fit."""
        return self._missed >= self._patience

    def learn(self, line: str, columns: Sequence[Column], hidden: bool) -> None:
        """Take this row for the one that others are like; `columns` are those of its cells."""
        self._patience = 2 if self._fitted >= _WORTH else 2 * self._patience
        self._fitted = self._missed = 0
        self.columns, self.hidden = tuple(columns), hidden
        expression = _expression(line) if len(columns) <= _MOST_CELLS else None
        self._expression = re.compile(expression) if expression else None


def _expression(line: str) -> str | None:
    """An expression for rows like this one; None where it holds more than one numbered row with cells of its own."""
    varying: list[tuple[int, int, str]] = []
    number = None
    for match in CELL.finditer(line):
        if match["row_attributes"] is not None:
            if number is not None or match["number"] is None:
                return None
            number = match["number"]
            varying.append((*match.span("number"), "([0-9]++)"))
        elif match["attributes"] is not None:
            if match["row"] is None or match["row"] != number or match["inline"] is not None:
                return None
            varying.append((*match.span("row"), r"\1"))
            varying += [_content(match, group) for group in ("formula", "value")]
    return _with_varying(line, varying) if number is not None else None


def _content(match: re.Match[str], group: str) -> tuple[int, int, str]:
    """Where that content of the cell stands and what may stand there; where it has none, a group that takes nothing."""
    return (*match.span(group), "(.){0}" if match[group] is None else "([^<]*+)")


def _with_varying(line: str, varying: Sequence[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for start, end, expression in varying:
        if start >= 0:
            pieces.append(re.escape(line[done:start]))
            done = end
        pieces.append(expression)
    return "".join([*pieces, re.escape(line[done:])])
