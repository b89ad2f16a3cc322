"""`pik-excel project`: every figure that the council paper gives comes out, and the workbook keeps all it had."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import xlsxwriter

from tests.cli.commands import pik

PROJECT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((PROJECT / "pik_excel/report/schemas/projection-1.json").read_text(encoding="utf-8"))
LATER = ("2024", "2025", "2026", "2027")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("amt")
    (folder / "workbooks").mkdir()
    shutil.copy(PROJECT / "workbooks" / "haushalt.xlsx", folder / "workbooks")
    return folder


def projected(folder: Path, *words: str) -> dict:
    ended = pik("project", "--to", "2027", "--format", "json", *words, cwd=folder)
    assert ended.code == 0, ended.err
    jsonschema.validate(ended.json, SCHEMA)
    return ended.json["workbooks"][0]


@pytest.fixture(scope="module")
def basis(folder: Path) -> dict:
    return projected(folder)


def amounts(workbook: dict, name: str) -> dict:
    return next(measure["amounts"] for measure in workbook["measures"] if name in measure["name"])


def total(workbook: dict, year: int) -> tuple[str, str, str]:
    sums = workbook["totals"][str(year)]
    return sums["need"], sums["provided"], sums["additional"]


def test_eleven_measures_cost_1151_and_1156_teur(basis: dict) -> None:
    assert len(basis["measures"]) == 11
    assert basis["totals"]["2020"]["need"] == "1151000"
    assert basis["totals"]["2021"]["need"] == "1156000"


def test_639_and_666_are_needed_of_which_516_and_666_are_additional(basis: dict) -> None:
    assert total(basis, 2022) == ("639000", "123000", "516000")
    assert total(basis, 2023) == ("666000", "0", "666000")


def test_an_explicit_0_is_never_extrapolated_over(basis: dict) -> None:
    for year in LATER:
        assert total(basis, int(year)) == ("0", "0", "0")


def test_what_is_stated_and_what_is_exact_stand_side_by_side(basis: dict) -> None:
    licence = amounts(basis, "Jobkraftwerk")["2022"]
    assert (licence["value"], licence["exact"], licence["status"]) == ("66000", "65500", "requested")
    campus = amounts(basis, "Ausbildungscampus")
    assert (campus["2022"]["value"], campus["2022"]["status"]) == ("123000", "provided")
    assert (campus["2023"]["value"], campus["2023"]["exact"], campus["2023"]["status"]) == (
        "150000",
        "149810",
        "requested",
    )
    for name, stated in (("OMID", "290000"), ("Empowerment", "100000"), ("Dolmetscher", "60000")):
        assert amounts(basis, name)["2022"]["value"] == stated


def test_blank_is_not_0(basis: dict) -> None:
    assert amounts(basis, "Willkommensräume")["2022"] == {"value": None, "status": "blank", "at": None}


def test_2027_is_open_ended(basis: dict) -> None:
    assert basis["open_ended"] == 2027
    assert basis["years"] == list(range(2020, 2028))


def test_with_the_starred_measures_carried_it_is_887_and_914(folder: Path) -> None:
    workbook = projected(folder, "--scenario", "Fortschreibung", "-o", "fort.xlsx")
    assert workbook["totals"]["2022"]["need"] == "887000"
    assert workbook["totals"]["2023"]["need"] == "914000"


def test_if_the_land_stops_2023_costs_2466(folder: Path) -> None:
    workbook = projected(folder, "--scenario", "land-endet", "-o", "endet.xlsx")
    assert workbook["totals"]["2023"]["need"] == "2466000"
    assert amounts(workbook, "Soziale Betreuung")["2023"]["value"] == "1800000"


def test_if_the_land_goes_on_235_of_the_1800_are_needed(folder: Path) -> None:
    workbook = projected(folder, "--scenario", "Land fördert weiter", "-o", "weiter.xlsx")
    rate = amounts(workbook, "Sachkostenpauschale")["2023"]
    assert (rate["value"], rate["exact"]) == ("235000", "235060")
    assert total(workbook, 2023) == ("901000", "235000", "666000")


def test_the_evidence_of_use_is_due_on_31_march_2023(basis: dict) -> None:
    assert {due["what"]: due["date"] for due in basis["due"]} == {"Verwendungsnachweis": "2023-03-31"}
    assert basis["due"][0]["from"].startswith("Stellen!")


def test_every_written_figure_is_a_formula_with_its_value(basis: dict) -> None:
    assert basis["output"] == str(Path("workbooks/haushalt-projektion-2027.xlsx"))
    assert basis["not_evaluated"] == []
    figures = [cell for cell in basis["written"] if cell["formula"]]
    assert len(figures) > 50
    assert all(cell["value"] is not None for cell in figures)
    assert any("Annahmen!" in cell["formula"] for cell in figures)


def test_a_second_run_writes_the_same_and_overwrites_nothing_else(folder: Path, basis: dict) -> None:
    target = folder / basis["output"]
    before = target.read_bytes()
    assert pik("project", "--to", "2027", cwd=folder).code == 0
    assert target.read_bytes() == before
    target.write_bytes(before + b" ")
    ended = pik("project", "--to", "2027", cwd=folder)
    assert ended.code == 5
    assert "--overwrite" in ended.err
    assert target.read_bytes() == before + b" "
    assert pik("project", "--to", "2027", "--overwrite", cwd=folder).code == 0
    assert target.read_bytes() == before


def test_its_own_output_needs_no_further_columns(folder: Path, basis: dict) -> None:
    again = projected(folder, basis["output"])
    assert again["output"] is None
    assert again["written"] == []
    assert again["totals"] == basis["totals"]


def test_years_beyond_2027_ff_are_inserted_before_it(folder: Path) -> None:
    ended = pik("project", "--to", "2029", "--format", "json", "-o", "spaeter.xlsx", cwd=folder)
    assert ended.code == 0, ended.err
    jsonschema.validate(ended.json, SCHEMA)
    (workbook,) = ended.json["workbooks"]
    written = {cell["at"]: (cell["formula"], cell["value"]) for cell in workbook["written"]}
    for sheet in ("Finanzielle Auswirkungen", "Bereitgestellte Mittel"):
        heads = [written[f"{sheet}!{column}4"][1] for column in "GHIJ"]
        assert heads == ["2027 TEUR", "2028 TEUR", "2029 TEUR", "2030 ff. TEUR"]
        assert [written[f"{sheet}!{column}6"] for column in "GHI"] == [("=$J6", "0")] * 3
    assert [written[f"Ergänzende Maßnahmen!{column}17"][1] for column in "DEFGHIJK"] == ["639", "666", *["0"] * 6]
    assert all(total(workbook, year) == ("0", "0", "0") for year in range(2024, 2030))


def test_the_new_name_of_an_open_end_is_told(folder: Path) -> None:
    ended = pik("project", "--to", "2029", "-o", "spaeter.xlsx", "--overwrite", cwd=folder)
    said = " ".join(ended.out.split())
    assert "Finanzielle Auswirkungen!J4: „2027 ff. TEUR“ heißt jetzt „2030 ff. TEUR“" in said


def test_an_unknown_scenario_names_those_there_are(folder: Path) -> None:
    ended = pik("project", "--to", "2027", "--scenario", "Bund zahlt", cwd=folder)
    assert ended.code == 2
    assert "Land endet" in ended.err


def test_the_terminal_gets_at_most_80_columns(folder: Path) -> None:
    shown = pik("project", "--to", "2027", "--scenario", "land endet", "-o", "endet.xlsx", cwd=folder).out
    assert max(map(len, shown.splitlines())) <= 80
    assert "2.466" in shown


def test_in_place_keeps_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "amt.xlsx"
    shutil.copy(PROJECT / "workbooks" / "haushalt.xlsx", path)
    before = path.read_bytes()
    assert pik("project", "--to", "2027", "--in-place", path).code == 0
    assert path.read_bytes() != before
    assert (tmp_path / "amt.xlsx.bak").read_bytes() == before
    assert pik("project", "--to", "2027", "--in-place", "-o", "x.xlsx", path).code == 2


def test_a_list_beside_the_table_is_said_to_be_left_out(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        table, listed = book.add_worksheet("Plan"), book.add_worksheet("Liste")
        for row, line in enumerate([("Maßnahme", "2026 EUR"), ("Lesepaten", 10), ("Sprachkurse", 20)]):
            table.write_row(row, 0, line)
        for row, line in enumerate(
            [("Maßnahme", "Jahr", "Betrag EUR"), ("Tafelladen", 2026, 5), ("Elterncafé", 2026, 7)]
        ):
            listed.write_row(row, 0, line)
    ended = pik("project", "plan.xlsx", "--to", "2028", cwd=tmp_path)
    assert ended.code == 0
    assert "Liste!A1:C3 ist eine lange Liste" in ended.out and "nicht fortgeschrieben" in " ".join(ended.out.split())
