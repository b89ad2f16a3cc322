"""What files assume stands on the new sheet "Annahmen", with its origin, and the formulas take it from there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.errors import BadConfiguration
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.package import Package
from pik_excel.projection.overrides import all_overrides
from pik_excel.projection.project import project
from pik_excel.schema import load
from pik_excel.writeback.project import Written
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of

BOOK = """
Blatt "Maßnahmen":

|   | A                         | B         | C         |
|---|---------------------------|-----------|-----------|
| 1 | Maßnahme                  | 2024 TEUR | 2025 TEUR |
| 2 | Sprachkurse               | 10        | 12        |
| 3 | Beratung, Caritasverband  | 5         | 5         |
| 4 | Jugendtreff               | 7         | 7         |
"""
FILE = """
[annahmen.Sprachkurse]
regel = "index"
bedarf = 30_400
dynamisierung = 0.025
basisjahr = 2026
bis = 2028-06-30

[annahmen.Beratung]
aliase = ["Beratung, Caritasverband"]
regel = "Stellen × Satz"
schluessel = "1:120"
fallzahl = 2400
satz = 90_000
gedeckt = 500_000

[annahmen."Neue Stelle"]
regel = "halten"
bedarf = 2000

[szenario."Tarif plus 5".Sprachkurse]
dynamisierung = 0.05
"""


def run(folder: Path, text: str, package: Package | None = None, to: int = 2029, scenario: str = "basis") -> Written:
    """`project --assumptions` with this file."""
    path = folder / "annahmen.toml"
    path.write_text(text, encoding="utf-8")
    schema, package = load(folder), package or package_of(BOOK)
    reading = read_budget(read_workbook(package), schema)
    return projected_workbook(package, reading, schema, to, scenario, all_overrides(path, folder, schema))


def rows(written: Written) -> dict[tuple[str, str], dict[str, object]]:
    sheet = read_workbook(written.package).sheet("Annahmen")
    assert sheet is not None
    heads = {at[1]: str(cell.value) for at, cell in sheet.cells.items() if at[0] == 9 and cell.value is not None}
    found = {}
    for row in range(10, 16):
        values = {head: value for column, head in heads.items() if (value := sheet.value(row, column)) is not None}
        if values:
            found[str(values["Maßnahme"]), str(values.get("Szenario", ""))] = values
    return found


def test_every_value_stands_on_the_sheet_with_its_file_and_line(tmp_path: Path) -> None:
    found = rows(run(tmp_path, FILE))
    courses = found["Sprachkurse", ""]
    assert [courses[key] for key in ("Regel", "Bedarf EUR", "Steigerung je Jahr", "Basisjahr", "bis")] == [
        "index", 30_400, Decimal("0.025"), 2026, 2028,
    ]  # fmt: skip
    assert "Bedarf, Steigerung je Jahr, Basisjahr, bis laut annahmen.toml, Zeile 3 bis 7" in str(courses["Bemerkung"])
    advice = found["Beratung, Caritasverband", ""]
    assert [advice[key] for key in ("Regel", "Fallzahl", "Schlüssel", "Satz EUR/Stelle", "gedeckt EUR")] == [
        "stellen_satz", 2400, 120, 90_000, 500_000,
    ]  # fmt: skip
    assert found["Sprachkurse", "Tarif plus 5"]["Steigerung je Jahr"] == Decimal("0.05")
    assert found["Neue Stelle", ""]["Bedarf EUR"] == 2000
    assert ("Jugendtreff", "") in found


def test_no_formula_has_a_value_of_the_file_in_it(tmp_path: Path) -> None:
    written = run(tmp_path, FILE)
    formulas = [cell.formula for cell in written.cells if cell.formula is not None]
    assert formulas
    for literal in ("30400", "0.025", "90000", "2400", "120", "2000", "500000"):
        assert not any(literal in formula for formula in formulas), literal


@pytest.mark.parametrize("scenario", ["basis", "Tarif plus 5"])
def test_it_computes_what_the_file_alone_would(scenario: str, tmp_path: Path) -> None:
    written = run(tmp_path, FILE, scenario=scenario)
    schema, package = load(tmp_path), package_of(BOOK)
    overrides = all_overrides(tmp_path / "annahmen.toml", tmp_path, schema)
    plain = project(read_budget(read_workbook(package), schema), schema, 2029, scenario, overrides)
    shown = next(one for one in written.compared if one.scenario == scenario)
    assert {m.name: [a.value for a in m.amounts] for m in shown.measures} == {
        m.name: [a.value for a in m.amounts] for m in plain.measures
    }


def test_a_second_run_with_or_without_the_file_changes_nothing(tmp_path: Path) -> None:
    written = run(tmp_path, FILE)
    assert run(tmp_path, FILE, written.package).package is written.package
    assert run(tmp_path, "", written.package).package is written.package


def test_the_configuration_beside_the_workbook_stands_there_too(tmp_path: Path) -> None:
    (tmp_path / "pik-excel.toml").write_text("[annahmen.Jugendtreff]\nregel = 'befristet'\nbis = 2026\n", "utf-8")
    found = rows(run(tmp_path, "[annahmen.Jugendtreff]\nbedarf = 8000\n"))["Jugendtreff", ""]
    assert [found[key] for key in ("Regel", "bis", "Bedarf EUR")] == ["befristet", 2026, 8000]
    assert "pik-excel.toml, Zeile 2" in str(found["Bemerkung"])
    assert "annahmen.toml, Zeile 2" in str(found["Bemerkung"])


def test_two_files_that_contradict_each_other_are_an_error_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "pik-excel.toml").write_text("[annahmen.Jugendtreff]\nbis = 2026\n", "utf-8")
    with pytest.raises(
        BadConfiguration, match=r"annahmen.toml, Zeile 3, sagt 2027; pik-excel.toml, Zeile 2, sagt 2026"
    ):
        run(tmp_path, "[annahmen.Jugendtreff]\nregel = 'befristet'\nbis = 2027\n")


def test_a_word_that_is_no_rule_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r"annahmen.toml.*nach Gefühl"):
        run(tmp_path, "[annahmen.Jugendtreff]\nregel = 'nach Gefühl'\n")
