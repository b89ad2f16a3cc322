"""What changed is counted, and what an insertion of columns moved is counted apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.ooxml.edits import CellEdit, Formula, Number, Text
from pik_excel.ooxml.patch import patched
from pik_excel.ooxml.structure.insertion import inserted_columns
from pik_excel.ooxml.structure.move import Axis, Move
from pik_excel.ooxml.summary import summary
from tests.ooxml.building import rows

SMALL = rows('<row r="1"><c r="A1"><v>66</v></c><c r="B1"><f>A1*2</f><v>132</v></c></row><row r="2"/>')
USUAL = (
    '<row r="1"><c r="A1" t="str"><v>Jahr</v></c><c r="B1"><v>2024</v></c><c r="C1" t="str"><v>Summe</v></c></row>'
    '<row r="2"><c r="A2"><v>5</v></c><c r="B2"><v>7</v></c><c r="C2"><f>SUM(A2:B2)</f><v>12</v></c>'
    '<c r="D2"><f>C2&amp;"!"</f><v>12</v></c></row>'
    '<row r="3"><c r="A3"><f>D2</f><v>12</v></c></row>'
)
UNUSUAL = USUAL.replace("<c ", "<c  ")
MOVES = (Move("Blatt", Axis.COLUMN, 3, 2),)


def test_the_same_workbook_is_unchanged() -> None:
    assert summary(SMALL, SMALL) == "unverändert: alle Teile, Byte für Byte"


def test_changed_cells_and_sheets_are_counted() -> None:
    new = patched(SMALL, [CellEdit("Blatt", 1, 1, Number(Decimal("65.5"))), CellEdit("Blatt", 2, 2, Text("neu"))])
    assert summary(SMALL, new) == "geändert: 2 Zellen in 1 Blatt; unverändert: 3 Teile, Byte für Byte"


@pytest.mark.parametrize("cells", [USUAL, UNUSUAL])
def test_what_an_insertion_moved_is_counted_apart(cells: str) -> None:
    old = rows(cells)
    new = inserted_columns(old, "Blatt", 3, 2)
    assert "verschoben oder angepasst: 4 Zellen;" in summary(old, new, MOVES)  # C1, C2, D2; and A3, which reads one
    assert "geändert: 0 Zellen in 0 Blättern" in summary(old, new, MOVES)
    assert "verschoben" not in summary(old, new)


@pytest.mark.parametrize("cells", [USUAL, UNUSUAL])
def test_a_moved_cell_that_says_something_else_is_changed(cells: str) -> None:
    old = rows(cells)
    edits = [
        CellEdit("Blatt", 2, 3, Number(Decimal(9))),
        CellEdit("Blatt", 2, 5, Formula("SUM(A2:D2)", Decimal(21))),
        CellEdit("Blatt", 1, 5, Text("Gesamt")),
    ]
    new = patched(inserted_columns(old, "Blatt", 3, 2), edits)
    assert summary(old, new, MOVES).startswith(
        "geändert: 3 Zellen in 1 Blatt; durch neue Spalten verschoben oder angepasst: 2 Zellen; "
    )


def test_moves_follow_one_another() -> None:
    old = rows(USUAL)
    new = inserted_columns(inserted_columns(old, "Blatt", 3, 2), "Blatt", 2, 1)
    assert "angepasst: 6 Zellen;" in summary(old, new, [*MOVES, Move("blatt", Axis.COLUMN, 2, 1)])
