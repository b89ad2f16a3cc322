"""A file of assumptions goes before the workbook's; its errors name file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from pik_excel.errors import BadConfiguration
from pik_excel.layout.read import read_budget
from pik_excel.projection.overrides import all_overrides, read_overrides
from pik_excel.projection.project import project
from pik_excel.projection.record import Projection
from pik_excel.schema import built_in, load
from tests.tables import workbook

BOOK = """
Blatt "Maßnahmen":

|   | A           | B         | C         |
|---|-------------|-----------|-----------|
| 1 | Maßnahme    | 2020 TEUR | 2021 TEUR |
| 2 | Sprachkurse | 10        | 12        |
| 3 | Beratung    | 5         | 5         |

Blatt "Annahmen":

|   | A           | B          | C         | D   | E    |
|---|-------------|------------|-----------|-----|------|
| 1 | Maßnahme    | Bedarf EUR | Regel     | von | bis  |
| 2 | Sprachkurse | 20000      | befristet |     | 2022 |
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "annahmen.toml"
    path.write_text(text, encoding="utf-8")
    return path


def of(folder: Path, text: str, scenario: str = "basis") -> Projection:
    overrides = read_overrides(written(folder, text), built_in())
    return project(read_budget(workbook(BOOK), built_in()), built_in(), 2023, scenario, overrides)


def test_a_field_of_the_file_replaces_that_of_the_sheet_and_leaves_the_others(tmp_path: Path) -> None:
    measure = of(tmp_path, "[annahmen.Sprachkurse]\nbedarf = 30_000\n").measure("Sprachkurse")
    assert [measure.amount(year).value for year in (2022, 2023)] == [30_000, 0]


def test_a_scenario_of_the_file_starts_from_the_sheet(tmp_path: Path) -> None:
    text = (
        '[szenario."Tarif plus 5".Sprachkurse]\nregel = "index"\ndynamisierung = 0.05\nbasisjahr = 2021\nbis = 2023\n'
    )
    measure = of(tmp_path, text, "tarif-plus-5").measure("Sprachkurse")
    assert [measure.amount(year).exact for year in (2022, 2023)] == [21_000, 22_050]
    assert of(tmp_path, text).measure("Sprachkurse").amount(2022).value == 20_000


def test_a_measure_without_a_row_in_the_sheet_gets_one(tmp_path: Path) -> None:
    measure = of(tmp_path, '[annahmen.Beratung]\nregel = "befristet"\nbis = 2022\n').measure("Beratung")
    assert [measure.amount(year).value for year in (2022, 2023)] == [5_000, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[annahmen.Beratung]\nbis = 2022\nrgel = 'x'\n", r"annahmen.toml, Zeile 3: „annahmen.Beratung.rgel“"),
        ("[annahmen.Beratung]\nbedarf = 'viel'\n", r"Zeile 2: „annahmen.Beratung.bedarf“ viel passt nicht"),
        ("[annahmen.Beratung]\n\nbedarf = -1\n", r"Zeile 3: .*-1 ist kleiner als 0"),
        ("[annahmen.Beratung]\nanteil = 50\n", r"50 ist größer als 1"),
        ("[measures.Beratung]\nanteil = 0.5\n", r"„measures“ gibt es hier nicht"),
        ("annahmen = 1\n", r"muss ein Abschnitt"),
        ("[annahmen.Beratung\n", r"kein gültiges TOML"),
    ],
)
def test_an_error_names_file_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadConfiguration, match=said):
        read_overrides(written(tmp_path, text), built_in())


def test_the_configuration_may_assume_as_well(tmp_path: Path) -> None:
    (tmp_path / "pik-excel.toml").write_text("[annahmen.Beratung]\nbis = 2022\n", encoding="utf-8")
    given = written(tmp_path, "[annahmen.Beratung]\nregel = 'befristet'\nbis = 2022\n")
    found = all_overrides(given, tmp_path, load(tmp_path))
    assert [row.measure for row in found] == ["Beratung", "Beratung"]
    assert all_overrides(None, tmp_path, load(tmp_path))[0].fields["bis"].value == 2022


def test_two_files_that_contradict_each_other_are_an_error_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "pik-excel.toml").write_text("\n[annahmen.Beratung]\nbis = 2022\n", encoding="utf-8")
    given = written(tmp_path, "[annahmen.Beratung]\nbis = 2024\n")
    with pytest.raises(
        BadConfiguration, match=r"annahmen.toml, Zeile 2, sagt 2024; pik-excel.toml, Zeile 3, sagt 2022"
    ):
        all_overrides(given, tmp_path, load(tmp_path))
