"""Which of the engine's results are not certainly what Excel gives, although it calculated?

Errors that nothing explains stand for something the engine cannot do. Texts that are read as numbers, and numbers that
are written out as text, come out by the user's language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import ErrorValue, Value
from pik_excel.patterns import pattern
from pik_excel.recalc import reasons
from pik_excel.recalc.contents import Contents, Key
from pik_excel.recalc.engine import knows_error
from pik_excel.recalc.functions import ADMITTED, JOINING, OWN_ERRORS, TEXTUAL
from pik_excel.recalc.gate import is_arithmetic, numeric_text
from pik_excel.recalc.scattered import Scattered
from pik_excel.recalc.syntax import Call, Failure, Node, Operation, Reference, Text, children, walk
from pik_excel.records import dataclass

Read = Callable[[Address], Value]
ErrorCells = Mapping[str, Scattered]
"""By each error the cells that show it."""
_OF_THEIR_OWN = frozenset({"#DIV/0!", "#N/A"})
"""Errors that a calculation rightly gives; the others the engine also gives where it does not know a thing."""
_WRITTEN_OUT = pattern(r"\d\.\d+|\d{16,}|\dE[+-]\d+")
_FIRST_WITH_EXPONENT = Decimal(10) ** 15


def error_cells(contents: Contents, values: Mapping[Address, Value]) -> ErrorCells:
    """The results that are errors, and the errors that are stored elsewhere."""
    cells: dict[str, list[Key]] = defaultdict(list)
    for at, value in values.items():
        if type(value) is ErrorValue:
            cells[value].append(at)
    for sheet, there in contents.cells.items():
        for row, column, error in there.errors():
            if (at := Address(sheet, row, column)) not in values:
                cells[error].append(at)
    return {error: Scattered(found) for error, found in cells.items()}


def unexplained_errors(contents: Contents, values: Mapping[Address, Value], errors: ErrorCells) -> dict[Address, str]:
    """The cells whose result is an error that does not come from a cell they read, with the reason."""
    found = {}
    for at, value in values.items():
        if type(value) is ErrorValue and not is_explained(contents, at, value, errors):
            found[at] = reasons.circular() if value == "#CIRC!" else reasons.engine_gave_up(value)
    return found


def is_explained(contents: Contents, at: Address, error: ErrorValue, errors: ErrorCells) -> bool:
    """Whether Excel gives this error too: in this formula, or in a cell that it reads."""
    if not knows_error(error):
        return False
    if error in _OF_THEIR_OWN or error == contents.stored(at):
        return True
    if any(_gives(node, error) for node in walk(contents.trees[at])):
        return True
    return error in errors and any(errors[error].meet(sheet, area) for sheet, area in contents.reads(at))


def _gives(node: Node, error: ErrorValue) -> bool:
    if isinstance(node, Failure):
        return node.code == error
    return isinstance(node, Call) and OWN_ERRORS.get(node.name) == error


def by_language(contents: Contents, values: Mapping[Address, Value], read: Read) -> dict[Address, str]:
    """The cells whose result depends on how the user's language writes numbers, with the reason."""
    found = {}
    numeric_texts = _numeric_texts(contents, values)

    def converts(tree: Node) -> bool:
        conversions = _conversions(tree)
        return conversions.writes or bool(numeric_texts and conversions.as_number)

    for at in contents.having(values, converts):
        conversions = contents.once_per_shape("conversions", at, _conversions)
        reason = conversions.doubtful_number(at, numeric_texts) if numeric_texts else None
        reason = reason or (conversions.doubtful_text(contents, at, values[at], read) if conversions.writes else None)
        if reason:
            found[at] = reason
    return found


def _numeric_texts(contents: Contents, values: Mapping[Address, Value]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for sheet, cells in contents.cells.items():
        numeric = set(filter(_may_be_numeric, cells.words))
        texts = cells.texts() if numeric else ()
        found |= {(sheet, row, column): text for row, column, text in texts if text in numeric}
    return found | {at: value for at, value in values.items() if type(value) is str and _may_be_numeric(value)}


def _may_be_numeric(text: str) -> bool:
    return not text[:1].isalpha() and numeric_text(text)


@dataclass(frozen=True)
class _Conversions:
    """The cells that a shape reads as numbers or as text, and whether it writes out numbers that it calculates."""

    as_number: tuple[Reference, ...]
    as_text: tuple[Reference, ...]
    texts: tuple[str, ...]
    writes: bool

    def doubtful_number(self, at: Address, numeric_texts: Mapping[Key, str]) -> str | None:
        for reference in self.as_number:
            text = numeric_texts.get(_cell(reference, at))
            if text is not None:
                return reasons.number_as_text(text)
        return None

    def doubtful_text(self, contents: Contents, at: Address, result: Value, read: Read) -> str | None:
        if any(_is_written_by_language(read(_cell(reference, at))) for reference in self.as_text):
            return reasons.characters_of_a_number()
        if type(result) is str and self._writes_out(contents, at, result, read):
            return reasons.characters_of_a_number()
        return None

    def _writes_out(self, contents: Contents, at: Address, result: str, read: Read) -> bool:
        numbers = set(_WRITTEN_OUT.findall(result))
        if not numbers:
            return False
        texts = [*self.texts, *(str(value) for cell in contents.cells_read(at) if type(value := read(cell)) is str)]
        return any(not any(number in text for text in texts) for number in numbers)


def _conversions(tree: Node) -> _Conversions:
    as_number: list[Reference] = []
    as_text: list[Reference] = []
    writes = False
    for node in walk(tree):
        if is_arithmetic(node):
            as_number += _single(children(node))
        elif isinstance(node, Operation) and node.operator == "&":
            as_text += _single(children(node))
            writes = True
        elif isinstance(node, Call):
            kinds = ADMITTED[node.name].kinds(len(node.arguments)) or ""
            as_number += _single(each for each, kind in zip(node.arguments, kinds, strict=True) if kind == "n")
            if node.name in TEXTUAL | JOINING:
                as_text += _single(each for each, kind in zip(node.arguments, kinds, strict=True) if kind in "vr")
                writes = True
    texts = tuple(node.value for node in walk(tree) if isinstance(node, Text))
    return _Conversions(tuple(as_number), tuple(as_text), texts, writes)


def _single(nodes: Iterable[Node]) -> list[Reference]:
    return [node for node in nodes if isinstance(node, Reference) and node.single]


def _cell(reference: Reference, at: Address) -> Address:
    area = reference.area(at.row, at.column)
    return Address(reference.sheet or at.sheet, area.top, area.left)


def _is_written_by_language(value: Value) -> bool:
    return isinstance(value, Decimal) and (value != value.to_integral_value() or abs(value) >= _FIRST_WITH_EXPONENT)
