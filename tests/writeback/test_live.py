"""The written figures are live: an assumption changed in LibreOffice gives what `project` computes for the same one."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from pik_excel.ooxml.edits import Blank, CellEdit, Number
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.patch import patched
from tests.conftest import PROJECT
from tests.office import office
from tests.writeback.building import projected

CASES = 5
NEEDS = ("C14", "C15", "C16")
LIMITS = tuple(f"{column}{row}" for row in range(11, 17) for column in "EF")
Change = dict[str, Decimal | None]


def chance(seed: int) -> Change:
    """A few assumptions of the example at random: needs in EUR with cents, years from and until, some blank."""
    dice = random.Random(seed)
    needs = {cell: Decimal(dice.randrange(0, 50_000_000)) / 100 for cell in dice.sample(NEEDS, 2)}
    years = {cell: dice.choice([None, Decimal(dice.randrange(2019, 2028))]) for cell in dice.sample(LIMITS, 6)}
    return needs | years


def changed(package: Package, change: Change) -> Package:
    """The workbook with these cells typed into its sheet "Annahmen"."""
    edits = [
        CellEdit("Annahmen", int(cell[1:]), ord(cell[0]) - 64, Blank() if value is None else Number(value))
        for cell, value in change.items()
    ]
    return patched(package, edits)


def test_libreoffice_gives_what_the_projection_gives_for_the_same_assumptions(tmp_path: Path) -> None:
    source = open_package(PROJECT / "workbooks" / "haushalt.xlsx")
    output = tmp_path / "ausgabe.xlsx"
    output.write_bytes(projected(source, 2027, "Fortschreibung")[1].package.data)
    changes = [chance(seed) for seed in range(CASES)]
    jobs = [
        {
            "path": str(output),
            "steps": [
                *(["set", "Annahmen", cell, "" if value is None else float(value)] for cell, value in change.items()),
                ["recalculate"],
            ],
        }
        for change in changes
    ]
    for change, answer in zip(changes, office(jobs), strict=True):
        _projection, written = projected(changed(source, change), 2027, "Fortschreibung")
        for cell in written.cells:
            if cell.formula is not None and cell.value is not None:
                assert answer["cells"][str(cell.at)][1] == float(cell.value), (change, str(cell.at), cell.formula)
