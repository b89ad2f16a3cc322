"""How are rows and cells spelled in the text of a `sheetData`?

`CELL` takes one step through any row. The rows of a long table are of a few sorts (a measure, one with a remark, a
subtotal), and those of one sort differ from each other in numbers, texts and formulas only: an expression made of one
of them reads the next in a single step, several times as fast.
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
_OWN_TO_A_ROW = pattern(r'(?<= spans=")[0-9: ]++(?=")|(?<= ht=")[1-9][0-9.]*+(?=")')  # whatever it says, none is hidden
_TEXT = r'<t(?: xml:space="preserve")?+>([^<]*+)</t>'  # that stands in the cell itself
_MOST_CELLS = 200  # in a row; it takes long to make an expression of a wider one
_AT_ONCE = 1024  # rows
_FIRST = 48  # rows that are read one by one before: in a short sheet nothing is learned
_WORTH = 64  # rows that must fit an expression, or it was made in vain
_SORTS = 8  # of rows that are known at a time

Given = tuple[str | None, ...]
"""What a row states: its number, then formula and value of each of its cells, None where it has none."""


class Column(NamedTuple):
    """What the cells of one column have in common; `type` is None for a number."""

    column: int
    style: int
    type: str | None
    formula_attributes: str | None


class Sort:
    """What rows of one sort have in common, and the expression that reads one."""

    __slots__ = ("columns", "expression", "hidden")

    def __init__(self, columns: Sequence[Column], hidden: bool, expression: re.Pattern[str]) -> None:
        self.columns, self.hidden, self.expression = tuple(columns), hidden, expression


class Alike:
    """Reads rows that are spelled like some before. Where it learned in vain, it waits twice as long to learn again."""

    def __init__(self) -> None:
        self._sorts: list[Sort] = []  # the one that fitted last first
        self._learned: Sort | None = None
        self._patience = _FIRST
        self._fitted = self._missed = 0  # since it learned last: by what was learned, and by nothing that is known

    def read(self, text: str, start: int, end: int) -> tuple[list[tuple[Sort, Given]], int]:
        """The next rows that are of a sort that is known, and where they end. No rows where the next one is not."""
        rows: list[tuple[Sort, Given]] = []
        sort = self._sorts[0] if self._sorts else None
        while sort is not None and len(rows) < _AT_ONCE:
            found = sort.expression.match(text, start, end) or self._of_another_sort(text, start, end)
            if found is None:
                break
            sort = self._sorts[0]
            rows.append((sort, found.groups()))
            start = found.end()
        self._fitted += sum(one is self._learned for one, _given in rows)
        self._missed += not rows
        return rows, start

    def _of_another_sort(self, text: str, start: int, end: int) -> re.Match[str] | None:
        for place, sort in enumerate(self._sorts):
            found = sort.expression.match(text, start, end) if place else None
            if found is not None:
                self._sorts.insert(0, self._sorts.pop(place))
                return found
        return None

    @property
    def wants_to_learn(self) -> bool:
        """Whether enough rows were of no sort that is known."""
        return self._missed >= self._patience

    def learn(self, line: str, columns: Sequence[Column], hidden: bool) -> None:
        """Take this row for the first of another sort; `columns` are those of its cells."""
        self._patience = 2 if self._fitted >= _WORTH else 2 * self._patience
        self._fitted = self._missed = 0
        expression = _expression(line) if len(columns) <= _MOST_CELLS else None
        self._learned = Sort(columns, hidden, re.compile(expression)) if expression else None
        if self._learned is not None:
            self._sorts = [self._learned, *self._sorts[: _SORTS - 1]]


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
            varying += [_like(own) for own in _OWN_TO_A_ROW.finditer(line, *match.span("row_attributes"))]
        elif match["attributes"] is not None:
            if match["row"] is None or match["row"] != number or (match["inline"] is not None and not _is_text(match)):
                return None
            varying.append((*match.span("row"), r"\1"))
            varying.append(_content(match, "formula"))
            varying.append(_content(match, "value") if match["inline"] is None else (*match.span("inline"), _TEXT))
    return _with_varying(line, varying) if number is not None else None


def _like(own: re.Match[str]) -> tuple[int, int, str]:
    """Where the attribute of a row stands that may differ from row to row, and what may stand there."""
    return (*own.span(), "[0-9: ]++" if ":" in own[0] else "[1-9][0-9.]*+")


def _content(match: re.Match[str], group: str) -> tuple[int, int, str]:
    """Where that content of the cell stands and what may stand there; where it has none, a group that takes nothing."""
    return (*match.span(group), "(.){0}" if match[group] is None else "([^<]*+)")


def _is_text(match: re.Match[str]) -> bool:
    """Whether a text that stands in the cell itself is all that it holds, in one piece."""
    usual = match["value"] is None and ' t="inlineStr"' in match["attributes"]
    return usual and re.fullmatch(_TEXT, match["inline"]) is not None


def _with_varying(line: str, varying: Sequence[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for start, end, expression in varying:
        if start >= 0:
            pieces.append(re.escape(line[done:start]))
            done = end
        pieces.append(expression)
    return "".join([*pieces, re.escape(line[done:])])
