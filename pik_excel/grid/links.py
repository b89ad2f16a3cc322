"""What does a file remember of the other workbooks that its formulas refer to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pik_excel.grid.plain import attribute, number_of, tree
from pik_excel.grid.reference import area_of
from pik_excel.grid.values import Notes, Values
from pik_excel.grid.workbook import Cell, Value
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.relations import relations

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Cells = Mapping[tuple[int, int], Cell]


class Links:
    """The parts of the links to other workbooks, in the order in which formulas count them: [1] first."""

    def __init__(self, package: Package, book: str, root: Element) -> None:
        self._package = package
        parts = {relation.id: relation.part for relation in relations(package, book)}
        self._parts = [
            parts.get(item.get("r:id", "")) for item in root.iterfind("externalReferences/externalReference")
        ]

    @property
    def targets(self) -> tuple[str, ...]:
        """The files they name; "" where one names none."""
        return tuple(_target(self._package, part) if part else "" for part in self._parts)

    @property
    def remembered(self) -> Mapping[str, Cells]:
        """The cells whose values came along, by sheet as formulas name it: "[1]Ansatz"."""
        return _Remembered(self._package, self._parts) if self._parts else {}


class _Remembered(Mapping[str, Cells]):
    """Read when first asked: the parts are large, and few formulas refer to them."""

    def __init__(self, package: Package, parts: list[str | None]) -> None:
        self._package = package
        self._parts = parts

    def __getitem__(self, sheet: str) -> Cells:
        return self._sheets[sheet]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)

    @cached_property
    def _sheets(self) -> dict[str, Cells]:
        found: dict[str, Cells] = {}
        for number, part in enumerate(self._parts, 1):
            found |= {f"[{number}]{name}": cells for name, cells in self._sheets_of(part)}
        return found

    def _sheets_of(self, part: str | None) -> Iterator[tuple[str, Cells]]:
        """The sheets in one part; none where it is not readable: what is not remembered is not calculated with."""
        try:
            root = tree(self._package.text(part)) if part else None
        except ValueError:
            return
        book = root.find("externalBook") if root is not None else None
        if book is None:
            return
        names = [item.get("val", "") for item in book.iterfind("sheetNames/sheetName")]
        data = {number_of(item, "sheetId", -1): item for item in book.iterfind("sheetDataSet/sheetData")}
        for number, name in enumerate(names):
            yield name, _cells(data[number]) if number in data else {}


def _cells(data: Element) -> Cells:
    """None where the program that saved the file says that it could not refresh them."""
    if attribute(data, "refreshError"):
        return {}
    values = Values((), False, Notes([]))
    found = {}
    for item in data.iterfind("row/cell"):
        area = area_of(item.get("r", ""))
        value = None if area is None else _value(item, values, area.top, area.left)
        if area is not None and value is not None:
            found[area.top, area.left] = Cell(area.top, area.left, value)
    return found


def _value(item: Element, values: Values, row: int, column: int) -> Value:
    kind = item.get("t", "n").strip()
    return values.of(None if kind == "n" else kind, item.findtext("v"), None, row, column)


def _target(package: Package, part: str) -> str:
    return next((relation.target for relation in relations(package, part) if relation.external), "")
