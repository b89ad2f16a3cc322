"""The sheet "Überleitung": the new plan's workbook with one sheet more, which adds up, whatever the two plans are."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.budget.bridge import Position, bridge
from pik_excel.budget.money import Unit
from pik_excel.errors import NotWritten
from pik_excel.grid.own import without_own_sheets
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.edits import CellEdit, Number
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.patch import patched
from pik_excel.recalc.values import recalculate
from pik_excel.schema import built_in
from pik_excel.writeback.bridge_grafted import with_bridge
from pik_excel.writeback.bridge_sheet import MOST_CHARTED, BridgeBlock, BridgeSheet

PAPER = Path(__file__).parents[2] / "workbooks" / "haushalt.xlsx"
SEEDS = range(300 if os.environ.get("PIK_EXCEL_FULL") else 6)


@pytest.fixture(scope="module")
def plan() -> Package:
    return open_package(PAPER)


def drawn(seed: int) -> BridgeSheet:
    """Bridges at random: one to three years, steps up and down, few or many, whole or with cents."""
    dice = random.Random(seed)
    unit, digits = dice.choice([(Unit.EUR, 2), (Unit.TEUR, 0), (Unit.MIO, 0)]), dice.choice([0, 2])
    blocks = []
    for year in range(2026, 2026 + dice.randrange(1, 4)):
        positions = [
            Position(
                f"Maßnahme {number}",
                *(
                    None if dice.random() < 0.2 else Decimal(dice.randrange(0, 10**8)).scaleb(-digits)
                    for _side in range(2)
                ),
                Address("Plan 2025", number + 1, 2),
                Address("Ergänzende Maßnahmen", number + 1, 3),
            )
            for number in range(dice.choice([0, 3, 12, MOST_CHARTED + 15]))
        ]
        total = Decimal(dice.randrange(0, 10**9)) if dice.random() < 0.3 else None
        blocks.append(BridgeBlock(f"Überleitung {year}", bridge(positions, total, total)))
    return BridgeSheet("alt: a.xlsx · neu: b.xlsx", tuple(blocks), unit[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_it_always_adds_up_and_nothing_else_changes(plan: Package, seed: int) -> None:
    content = drawn(seed)
    new = with_bridge(plan, content)
    found = compare(plan, new)
    assert not found.removed
    assert {change.sheet for change in found.cells} == {"Überleitung"}
    workbook = read_workbook(new)
    sheet = workbook.sheet("Überleitung")
    assert sheet is not None
    computed = recalculate(workbook)
    for at, cell in sheet.cells.items():
        if cell.has_formula:
            stored, value = cell.value, computed.values[Address(sheet.name, *at)]
            assert isinstance(stored, Decimal) and isinstance(value, Decimal)
            assert abs(stored - value) < Decimal("0.000001"), at
    ends = [at[0] for at, cell in sorted(sheet.cells.items()) if at[1] == 1 and cell.value == "Bedarf neu"]
    factor = content.unit.factor
    assert [round(Decimal(str(sheet.value(row, 5))) * factor, 2) for row in ends] == [
        block.bridge.end for block in content.blocks
    ]
    assert with_bridge(new, content) is new


def test_the_sheet_is_no_part_of_the_budget(plan: Package) -> None:
    new = with_bridge(plan, drawn(1))
    before, after = (read_budget(read_workbook(one), built_in()).budget for one in (plan, new))
    assert before.measure_tables == after.measure_tables
    assert without_own_sheets(read_workbook(new)).sheet("Überleitung") is None


def test_another_bridge_takes_the_place_of_the_first(plan: Package) -> None:
    first = with_bridge(plan, drawn(1))
    second = with_bridge(first, drawn(2))
    assert read_workbook(second).sheet("Überleitung (2)") is None
    assert [one.name for one in read_workbook(second).sheets] == [one.name for one in read_workbook(first).sheets]
    assert len([name for name in second.names if "chart" in name]) < 2 * len(first.names)


def test_what_somebody_typed_on_it_is_not_written_over(plan: Package) -> None:
    typed = patched(with_bridge(plan, drawn(1)), [CellEdit("Überleitung", 2, 9, Number(Decimal(1)))])
    with pytest.raises(NotWritten, match="von Hand eingetragen"):
        with_bridge(typed, drawn(2))
