"""What does the engine give for each formula by itself, from the values stored in the cells that it reads?

So a wrong value shows where it is wrong, not in all that was computed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.recalc.contents import Contents, Key
from pik_excel.recalc.engine import Engine
from pik_excel.recalc.writing import Writer, write


def each_alone(
    contents: Contents, cells: Sequence[Address], read: Callable[[Key], Value] | None = None
) -> dict[Address, Value]:
    """The engine's values of these formulas; `read` gives what stands in the cells they read, the values in the file
    unless told. May raise `UnusableName`."""
    read = read or contents.original
    scratch = contents.scratch
    engine = Engine([*contents.sheets, scratch])
    for cell in contents.cells_read_by(cells):
        engine.put(cell, read(cell))
    places = [Address(scratch, index, 1) for index in range(1, len(cells) + 1)]
    writers = {sheet: Writer(sheet) for sheet in contents.sheets}
    written: dict[tuple[int, str, int], Callable[[int], str]] = {}
    for place, at in zip(places, cells, strict=True):
        tree = contents.trees[at]
        short = contents.ended(tree, at)
        kind = id(tree), at.sheet, at.column
        if short is not tree:
            engine.put_formula(place, write(short, at.row, at.column, at.sheet))
            continue
        if kind not in written:
            written[kind] = writers[at.sheet].filled_down(tree, at.column)
        engine.put_formula(place, written[kind](at.row))
    engine.calculate()
    return {at: engine.value(place) for at, place in zip(cells, places, strict=True)}
