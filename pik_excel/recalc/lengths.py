"""Which formulas may give texts longer than a cell holds, or than there is memory for?

Excel gives #VALUE! beyond 32,767 letters. The engine knows no end: `=A1&A1`, sixty times below each other, would be a
text of a billion billion letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.form import Form
from pik_excel.recalc.functions import JOINING
from pik_excel.recalc.syntax import Call, Node, Number, Operation, Reference, Text, walk

_CELL = 32_767  # letters in a cell, at most
_LONGEST, _MOST = 1_000_000, 100_000_000  # letters in one, in all texts that are joined
_NUMBER = 25  # letters of a number written out
_FEW = 1_000  # cells of a range that are looked at one by one
_LENGTHENING = JOINING | {"REPLACE", "REPT", "SUBSTITUTE"}
_PASSING_ON = frozenset(
    {
        "CHOOSE", "HLOOKUP", "IF", "IFERROR", "IFNA", "IFS", "INDEX", "LEFT", "LOWER", "MID", "RIGHT", "SWITCH", "T",
        "TRIM", "VLOOKUP",
    }
)  # fmt: skip


def too_long(contents: Contents, cells: Collection[Address]) -> dict[Address, str]:
    """The formulas that together might give more text than there is memory for, the longest of them, with the
    reason."""
    joining = list(contents.having(cells, lambda tree: _lengthens(contents.form(tree))))
    lengths = _Lengths(contents)
    found, total = {}, 0
    for length, at in sorted((lengths.of(at), at) for at in joining):
        total += length
        if length > _LONGEST or total > _MOST:
            found[at] = reasons.long_text()
    return found


def longer_than_a_cell(values: Mapping[Address, Value]) -> dict[Address, str]:
    """The results that Excel would not give, with the reason."""
    return {at: reasons.long_text() for at, value in values.items() if type(value) is str and len(value) > _CELL}


def _lengthens(form: Form) -> bool:
    return "&" in form.operators or not form.functions.isdisjoint(_LENGTHENING)


class _Lengths:
    """The letters that a formula may give, at most; those of formulas in a circle, which are not calculated, aside."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._known: dict[Address, int] = {}
        self._plain: dict[tuple[str, int, int], int | None] = {}

    def of(self, at: Address) -> int:
        """The letters of what the formula at this address gives; first come those that it reads."""
        plain = self._of_stored_texts(at)
        if plain is not None:
            return plain
        waiting, begun = [at], set()
        while waiting:
            one = waiting[-1]
            if one not in begun:
                begun.add(one)
                waiting += (each for each in self._before(one) if each not in self._known and each not in begun)
                continue
            waiting.pop()
            if one not in self._known:
                tree = self._contents.ended(self._contents.trees[one], one)
                self._known[one] = min(self._length(tree, one), _LONGEST + 1)
        return self._known[at]

    def _of_stored_texts(self, at: Address) -> int | None:
        """The letters of what `=A2&" "&B2` gives in any row of a column, where it reads no
        formula that may give a text."""
        tree = self._contents.trees[at]
        key = at.sheet, at.column, id(tree)
        if key not in self._plain:
            reads = {(one.sheet or at.sheet, one.left.at(at.column)) for one in self._contents.references(tree)}
            plain = _only_joins(tree) and reads.isdisjoint(self._texts)
            self._plain[key] = self._longest * sum(1 for _ in walk(tree)) if plain else None
        return self._plain[key]

    def _before(self, at: Address) -> Iterator[Address]:
        """The formulas whose texts may go into what this one gives."""
        contents = self._contents
        for one in contents.once_per_shape("texts", at, lambda tree: tuple(_read_as_text(tree))):
            sheet, area = one.sheet or at.sheet, one.area(at.row, at.column)
            if one.single:
                cell = Address(sheet, area.top, area.left)
                if cell in contents.trees:
                    yield cell
            elif _size(one, at) <= _FEW:
                yield from contents.formulas_in(sheet, area)

    def _length(self, node: Node, at: Address) -> int:
        match node:
            case Text():
                return len(node.value)
            case Reference():
                return self._cells(node, at)
            case Operation(operator="&"):
                return self._length(node.left, at) + self._length(node.right, at)
            case Call():
                return self._call(node, at)
        return _NUMBER

    def _call(self, call: Call, at: Address) -> int:
        if call.name not in _LENGTHENING | _PASSING_ON:
            return _NUMBER
        if call.name == "REPT":
            return min(self._times(call.arguments[1], at) * self._length(call.arguments[0], at), _CELL)
        lengths = [self._length(each, at) for each in call.arguments]
        if call.name in _PASSING_ON:
            return max(lengths, default=0)
        if call.name == "SUBSTITUTE":
            return lengths[0] * max(1, lengths[2])
        if call.name == "TEXTJOIN":
            pieces = sum(_size(each, at) if isinstance(each, Reference) else 1 for each in call.arguments)
            return sum(lengths) + lengths[0] * pieces
        return sum(lengths)

    def _times(self, node: Node, at: Address) -> int:
        value: Value = node.value if isinstance(node, Number) else None
        if isinstance(node, Reference) and node.single:
            area = node.area(at.row, at.column)
            cell = Address(node.sheet or at.sheet, area.top, area.left)
            value = None if cell in self._contents.trees else self._contents.stored(cell)
        return min(max(int(value), 0), _CELL) if isinstance(value, Decimal) else _CELL

    def _cells(self, reference: Reference, at: Address) -> int:
        sheet, area = reference.sheet or at.sheet, reference.area(at.row, at.column)
        if reference.single:
            return self._cell(Address(sheet, area.top, area.left))
        if _size(reference, at) <= _FEW:
            cells = self._contents.cells_in(sheet, area)
            return sum(self._cell(Address(sheet, cell.row, cell.column)) for cell in cells)
        if any(True for _ in self._contents.formula_rows(sheet, area.left, area.right)):
            return _LONGEST + 1
        return _size(reference, at) * self._longest

    def _cell(self, at: Address) -> int:
        if at in self._contents.trees:
            return self._known.get(at, 0)
        value = self._contents.stored(at)
        return len(value) if isinstance(value, str) else _NUMBER

    @cached_property
    def _texts(self) -> set[tuple[str, int]]:
        """The columns with formulas that may give texts."""
        texts = ((sheet, own) for sheet, tree, own in self._contents.copies if any(True for _ in _read_as_text(tree)))
        return {(sheet, column) for sheet, own in texts for column in own.by_column}

    @cached_property
    def _longest(self) -> int:
        """The letters of the longest text in the file, or of a number."""
        words = (len(word) for cells in self._contents.cells.values() for word in cells.words)
        return max(_NUMBER, max(words, default=0))


def _only_joins(node: Node) -> bool:
    """Whether nothing stands in the formula but single cells and short texts, joined by &."""
    match node:
        case Operation(operator="&"):
            return _only_joins(node.left) and _only_joins(node.right)
        case Reference():
            return node.single
        case Text():
            return len(node.value) <= _NUMBER
    return False


def _read_as_text(node: Node) -> Iterator[Reference]:
    match node:
        case Reference():
            yield node
        case Operation(operator="&"):
            yield from _read_as_text(node.left)
            yield from _read_as_text(node.right)
        case Call() if node.name in _LENGTHENING | _PASSING_ON:
            for each in node.arguments:
                yield from _read_as_text(each)


def _size(reference: Reference, at: Address) -> int:
    top, left, bottom, right = reference.area(at.row, at.column)
    return (bottom - top + 1) * (right - left + 1)
