"""The end of the medium-term plan is named with the law of the Land where that is known, and else without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.package import open_package
from pik_excel.schema import load
from pik_excel.writeback.overview.law import law_of_the_plan
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of, stored

PAPER = Path(__file__).parents[2] / "workbooks" / "haushalt.xlsx"
LIST = """
Blatt "Maßnahmen":

|   | A           | B         | C         |
|---|-------------|-----------|-----------|
| 1 | Maßnahme    | 2024 TEUR | 2025 TEUR |
| 2 | Sprachkurse | 10        | 12        |
| 3 | Beratung    | 5         | 5         |
"""


@pytest.mark.parametrize(
    ("settings", "law"),
    [
        ("", ""),  # nothing says in which Land the list was made
        ('[settings]\nland = "BW"\n', "§ 85 GemO, § 9 GemHVO"),
        ('[settings]\nland = "NRW"\n', ""),
        ('[settings]\nland = "NRW"\n[land.NRW]\nfinancial_plan = "§ 84 GO NRW"\n', "§ 84 GO NRW"),
    ],
)
def test_the_law_is_that_of_the_land_or_none(settings: str, law: str, tmp_path: Path) -> None:
    (tmp_path / "pik-excel.toml").write_text(settings, encoding="utf-8")
    schema, package = load(tmp_path), package_of(LIST)
    written = projected_workbook(package, read_budget(read_workbook(package), schema), schema, 2027)
    assert written.projection.plan_law == law
    said = "laufendes Jahr, Planjahr und drei weitere" + (f" ({law})" if law else "")
    assert stored(written.package, "Projektion", "C5") == said


def test_the_paper_is_known_by_its_codes() -> None:
    schema = load(PAPER.parent)
    assert law_of_the_plan(read_budget(read_workbook(open_package(PAPER)), schema), schema) == "§ 85 GemO, § 9 GemHVO"
