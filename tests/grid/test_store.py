"""Cells held by rows are the cells that were put in, however rows look like each other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from pik_excel.grid.cell import Cell, ErrorValue, Value
from pik_excel.grid.cells import read_cells
from pik_excel.grid.shared import SharedFormula
from pik_excel.grid.store import Cells

VALUES = some.sampled_from([None, Decimal(0), Decimal("1.5"), "", "Personal", True, ErrorValue("#REF!")])
PLACES = some.tuples(some.integers(1, 6), some.integers(1, 4))
ENTRIES = some.tuples(
    VALUES, some.sampled_from([None, "A1+1"]), some.integers(0, 2), some.sampled_from([None, "A1:B2"])
)
Entry = tuple[Value, str | None, int, str | None]


def made(entries: dict[tuple[int, int], Entry]) -> dict[tuple[int, int], Cell]:
    return {at: Cell(*at, *entry) for at, entry in entries.items()}


@given(some.dictionaries(PLACES, ENTRIES, max_size=20))
def test_cells_come_out_as_they_went_in(entries: dict[tuple[int, int], Entry]) -> None:
    cells = made(entries)
    held = Cells.of(cells)
    assert dict(held.items()) == cells and len(held) == len(cells)
    assert all(held[at] == cell and held.value(*at) == cell.value and at in held for at, cell in cells.items())
    assert (7, 1) not in held and held.get((7, 1)) is None
    assert set(held.texts()) == {(*at, cell.value) for at, cell in cells.items() if type(cell.value) is str}
    assert held.words == {cell.value for cell in cells.values() if type(cell.value) is str}
    assert set(held.errors()) == {(*at, cell.value) for at, cell in cells.items() if type(cell.value) is ErrorValue}
    assert {one[:2] for one in held.formulas()} == {at for at, cell in cells.items() if cell.has_formula}
    typed = {at for at, cell in cells.items() if type(cell.value) is Decimal and not cell.has_formula}
    assert {one[:2] for one in held.typed_numbers()} == typed


@given(some.dictionaries(PLACES, ENTRIES, max_size=20), some.sampled_from(["", "Personal"]))
def test_rows_of_one_form_say_by_column_what_they_say_by_cell(entries: dict[tuple[int, int], Entry], text: str) -> None:
    cells = made(entries)
    held = Cells.of(cells)
    by_column: dict[tuple[int, int], Value] = {}
    for kind in held.alike:
        for place, column in enumerate(kind.form.columns):
            here = [cells[row, column] for row in kind.numbers]
            by_column |= {(cell.row, column): value for cell, value in zip(here, kind.columns[place], strict=True)}
            assert kind.is_used(place) == any(cell.value is not None or cell.has_formula for cell in here)
            odd = {index for index, cell in enumerate(here) if type(cell.value) is not Decimal or cell.has_formula}
            assert set(kind.odd_numbers(place)) == odd
            assert not kind.is_filled(place) or all(cell.value not in {None, ""} for cell in here)
    assert by_column == {at: cell.value for at, cell in cells.items()}
    assert set(held.saying({text})) == {one for one in held.texts() if one[2] == text}


@given(some.dictionaries(PLACES, ENTRIES, max_size=12), some.dictionaries(PLACES, ENTRIES, max_size=6))
def test_cells_put_in_place_of_others_leave_the_rest(
    first: dict[tuple[int, int], Entry], second: dict[tuple[int, int], Entry]
) -> None:
    assert dict(Cells.of(made(first)).replaced(made(second)).items()) == made(first) | made(second)


FILLED = ["A{}+B{}*$C$1", "SUM(A{}:B{})", "IF(A{}=\"50%\",B{},'50%'!A$1)", "a{}+B{}", "LOG10(A{})&B{}"]


@given(some.sampled_from(FILLED))
def test_a_formula_written_at_each_cell_is_known_as_one(form: str) -> None:
    texts = {row: form.format(row, row) for row in range(3, 60)}
    found = read_cells(
        "".join(
            f'<row r="{row}"><c r="D{row}"><f>{text.replace(chr(34), "&quot;")}</f></c></row>'
            for row, text in texts.items()
        ),
        (),
    ).cells
    assert {row: found[row, 4].formula for row in texts} == texts
    copies = {source for row, _column, source in found.formulas() if row > 40}
    assert len(copies) == 1 or form.startswith("a"), "a small letter is kept, so that these are no copies"
    assert all(isinstance(one, SharedFormula) for one in copies) or form.startswith("a")
