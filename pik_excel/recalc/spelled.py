"""What is the tree of a formula that differs from another one in its digits only? These are two of one spelling:
=U10*101+1, =U77*5+3.

Which digits are a row and which a number is the same in all of them. Where nothing else differs, only the first two are
parsed, the others are made like the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, count
from typing import NamedTuple, TypeGuard

from pik_excel.grid.reference import MAX_ROW
from pik_excel.patterns import pattern
from pik_excel.recalc.form import Form, form_of
from pik_excel.recalc.standing_in import Given, WithNumbers, number_standing_in, row_standing_in, with_numbers
from pik_excel.recalc.syntax import Beyond, Edge, Node, Number, parse, references, walk

_NUMERAL = pattern(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_ROW_OF_REFERENCE = pattern(
    r"""("(?:[^"]|"")*"                                          # a text
      |'(?:[^']|'')*'                                            # a quoted sheet
      |\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                 # the inside of a table or the number of a link
      |(?<![\w$.])\$?\d+:\$?\d+)                                 # whole rows
      |(?<![\w.])(?<![\w.]\$)(\$?[A-Za-z]{1,3})([1-9]\d{0,6})(?![\w.(!\[])  # a cell whose row is not fixed
    """,
    re.VERBOSE,
)
_ROW_OR_NUMBER = pattern(
    r"(?<=[A-Za-z]\$)([1-9]\d{0,5})(?![\w.(!\[])"  # a fixed row
    r"|(?<![\w.$:#])((?:\d+\.?\d*|\.\d+))(?![\w.(!:\[])"
)
_LONG = pattern(r"\d{7}")
_ROW, _FIXED_ROW, _NUMBER, _WORDS, _QUOTED, _WHOLE_ROWS = "row", "fixed row", "number", "words", "quoted", "whole rows"
_LONGEST = {_ROW: 7, _FIXED_ROW: 6, _NUMBER: 300}
"""What may be another one in the next formula, and its digits at most."""


def spelling_of(formula: str) -> str:
    """What formulas have in common that differ in their numerals only: the formula with 1 for each."""
    return _NUMERAL.sub("1", formula)


class Parts:
    """Rows and numbers, each there once however many formulas have it."""

    def __init__(self) -> None:
        self.rows = _Rows(fixed=False)
        self.fixed_rows = _Rows(fixed=True)
        self.numbers = _Numbers()


class _Rows(dict[int, Edge]):
    def __init__(self, *, fixed: bool) -> None:
        self._fixed = fixed

    def __missing__(self, number: int) -> Edge:
        self[number] = edge = Edge(number, self._fixed)
        return edge


class _Numbers(dict[str, Number]):
    def __missing__(self, text: str) -> Number:
        self[text] = number = Number(Decimal(text))
        return number


class _Made(NamedTuple):
    """How the trees of a spelling are made, and of what form they are."""

    make: WithNumbers
    form: Form


Shared = Callable[[Node, Form | None], Node]
"""Gives the one object that stands for all trees equal to this one, of which the form may be known."""


class Spelling:
    """The formulas of one spelling (see `spelling_of`) in a column. With `rows_in_step` a fixed row moves along where
    it lies as far from its formula as that of the formula before."""

    def __init__(self, spelling: str, column: int, parts: Parts, *, rows_in_step: bool = False) -> None:
        self._column, self._parts, self._rows_in_step = column, parts, rows_in_step
        self._before: tuple[int, Sequence[str]] | None = None
        self._roles = _roles(spelling)
        told = list(enumerate(self._roles or ()))
        self._given = [(role, at) for at, role in told if role in _LONGEST]
        self._words = [at for at, role in told if role not in _LONGEST]
        self._trees: dict[tuple[object, ...], Node] = {}
        self._made: dict[tuple[str, ...], _Made | None] = {}
        self._seen: set[tuple[str, ...]] = set()

    def tree(self, formula: str, row: int, shared: Shared) -> tuple[Node, Sequence[Given] | None]:
        """The tree of the formula in this row; where it was known from another row, its rows and numbers, too."""
        numerals = _NUMERAL.findall(formula)
        given = self._read(numerals, row) if self._roles is not None else None
        if given is None:
            return shared(parse(formula, row, self._column), None), None
        self._before = row, numerals
        words = tuple([numerals[at] for at in self._words])
        key = (words, *map(id, given))
        known = self._trees.get(key)
        if known is not None:
            return known, given
        made = self._made_by(formula, words)
        if made is not None:
            tree = self._trees[key] = shared(made.make(given), made.form)
            return tree, None
        tree = shared(parse(formula, row, self._column), None)
        if isinstance(tree, Beyond) or _moving_rows(tree) == sum(map(_moves, given)):
            self._trees[key] = tree
        return tree, None

    def filled_down(self, formula: str, given: Sequence[Given]) -> tuple[str, tuple[int, ...]]:
        """The formula with "%d" for each row that moves along, and their distances; `given` are its rows and
        numbers."""
        distances = {at: one.number for (_role, at), one in zip(self._given, given, strict=True) if _moves(one)}
        numerals = enumerate(_NUMERAL.findall(formula))
        written = ["%d" if at in distances else numeral for at, numeral in numerals]
        between = [text.replace("%", "%%") for text in _NUMERAL.split(formula)]
        return "".join(chain.from_iterable(zip(between, [*written, ""], strict=True))), tuple(distances.values())

    def _read(self, numerals: Sequence[str], row: int) -> list[Given] | None:
        """The rows and numbers in their order; None where one is beyond all that a sheet holds."""
        found: list[Given] = []
        for role, at in self._given:
            text = numerals[at]
            if len(text) > _LONGEST[role]:
                return None
            if role == _NUMBER:
                found.append(self._parts.numbers[text])
                continue
            if text[0] == "0" or not text.isdecimal() or (number := int(text)) > MAX_ROW:
                return None
            moves = role == _ROW or (self._rows_in_step and self._is_in_step(at, number, row))
            found.append(self._parts.rows[number - row] if moves else self._parts.fixed_rows[number])
        return found

    def _is_in_step(self, at: int, number: int, row: int) -> bool:
        """Whether the row there lies as far from its formula as that of the formula before, in another row."""
        if self._before is None or self._before[0] == row:
            return False
        before, numerals = self._before
        return int(numerals[at]) - before == number - row

    def _made_by(self, formula: str, words: tuple[str, ...]) -> _Made | None:
        """How the trees of all formulas with these words are made, but for the first one. Found out with the second:
        with rows and numbers in it that stand in for its own."""
        if words not in self._seen:
            self._seen.add(words)
            return None
        if words not in self._made:
            self._made[words] = _made(formula, self._column) if _roles(formula) == self._roles else None
        return self._made[words]


def _moves(given: Given) -> TypeGuard[Edge]:
    return isinstance(given, Edge) and not given.fixed


def _moving_rows(tree: Node) -> int:
    edges = (edge for one in references(tree) for edge in ((one.top,) if one.single else (one.top, one.bottom)))
    return sum(not edge.fixed for edge in edges)


def _roles(formula: str) -> list[str] | None:
    """What each numeral of the formula is; None where that is not plain, or where whole rows move along with it."""
    found: list[str] = []
    for role, text in _pieces(formula):
        numerals = _NUMERAL.findall(text)
        if role == _WHOLE_ROWS or (role in _LONGEST and numerals != [text]):
            return None
        found += [role] * len(numerals)
    return found if len(found) == len(_NUMERAL.findall(formula)) else None


def _made(formula: str, column: int) -> _Made | None:
    """None where it cannot be said what stands in for what."""
    places = count()
    written = []
    for role, text in _pieces(formula):
        if role == _WORDS and _LONG.search(text):
            return None
        stands_in = number_standing_in if role == _NUMBER else row_standing_in if role in _LONGEST else None
        written.append(stands_in(next(places)) if stands_in else text)
    tree = parse("".join(written), 0, column)
    make = with_numbers(tree, next(places))
    return _Made(make, form_of(walk(tree))) if make is not None else None


def _pieces(formula: str) -> Iterator[tuple[str, str]]:
    """The formula from left to right, cut at its rows and numbers and at what is quoted, each piece with its role."""
    careful = [*_ROW_OF_REFERENCE.split(formula), None, None, None]
    for text, literal, letters, row in zip(*(careful[at::4] for at in range(4)), strict=True):
        cut = [*_ROW_OR_NUMBER.split(text or ""), None, None]
        for before, fixed_row, number in zip(cut[::3], cut[1::3], cut[2::3], strict=True):
            yield _WORDS, before or ""
            if fixed_row or number:
                yield (_FIXED_ROW, fixed_row) if fixed_row else (_NUMBER, number or "")
        if literal:
            yield (_QUOTED if literal[0] in "\"'[" else _WHOLE_ROWS), literal
        elif letters and row:
            yield _WORDS, letters
            yield _ROW, row
