"""`pik-excel recalc`: stored values made true, every change named, nothing guessed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest
import xlsxwriter

from tests.cli.commands import pik

SCHEMA = json.loads(
    (Path(__file__).parent.parent.parent / "pik_excel/report/schemas/recalculation-1.json").read_text(encoding="utf-8")
)
WORKBOOKS = Path(__file__).parent.parent.parent / "workbooks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(WORKBOOKS / "haushalt-fehler.xlsx", tmp_path / "amt.xlsx")
    shutil.copy(WORKBOOKS / "haushalt.xlsx", tmp_path / "stimmt.xlsx")
    return tmp_path


def test_a_workbook_whose_values_are_true_is_not_written(folder: Path) -> None:
    ended = pik("recalc", "stimmt.xlsx", "--format", "json", cwd=folder)
    workbook = ended.json["workbooks"][0]
    assert (ended.code, workbook["output"], workbook["changed"], workbook["not_evaluated"]) == (0, None, [], [])
    assert workbook["evaluated"] == 43
    assert sorted(path.name for path in folder.iterdir()) == ["amt.xlsx", "stimmt.xlsx"]


def test_the_stale_value_is_made_true_and_named(folder: Path) -> None:
    ended = pik("recalc", "amt.xlsx", cwd=folder)
    assert ended.code == 0
    assert "Stellen!B14: 600.000 → 540.000" in ended.out
    assert "anderer Mappen gerechnet:\n  Leistungszahlen!D10: Kennzahlen_Jugend_2025.xlsx" in ended.out
    values = openpyxl.load_workbook(folder / "amt-berechnet.xlsx", data_only=True)
    assert values["Stellen"]["B14"].value == 540000
    assert openpyxl.load_workbook(folder / "amt-berechnet.xlsx")["Stellen"]["B14"].value == "=B12-B13"


def test_what_reads_another_workbook_is_calculated_with_its_remembered_value_and_named(folder: Path) -> None:
    ended = pik("recalc", "amt.xlsx", "--format", "json", cwd=folder)
    jsonschema.validate(ended.json, SCHEMA)
    found = ended.json["workbooks"][0]
    assert found["from_other_workbooks"] == [{"at": "Leistungszahlen!D10", "files": ["Kennzahlen_Jugend_2025.xlsx"]}]
    assert "Leistungszahlen!D10" not in {one["at"] for one in found["not_evaluated"]}
    assert openpyxl.load_workbook(folder / "amt-berechnet.xlsx", data_only=True)["Leistungszahlen"]["D10"].value == 325


def test_in_place_keeps_a_backup(folder: Path) -> None:
    before = (folder / "amt.xlsx").read_bytes()
    assert pik("recalc", "amt.xlsx", "--in-place", cwd=folder).code == 0
    assert (folder / "amt.xlsx").read_bytes() != before
    assert (folder / "amt.xlsx.bak").read_bytes() == before


def test_a_value_that_rests_on_a_changed_one_and_cannot_be_computed_goes(tmp_path: Path) -> None:
    path = tmp_path / "mappe.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Blatt")
    sheet.write("A1", 2)
    sheet.write_formula("A2", "=A1*3", None, 7)
    sheet.write_formula("A3", "=A2+RAND()", None, 7.5)
    sheet.write_formula("A4", "=A1+RAND()", None, 2.5)
    book.close()
    listed = pik("recalc", path, "--format", "json").json["workbooks"][0]
    assert listed["changed"] == [
        {"at": "Blatt!A2", "old": "7", "new": "6"},
        {"at": "Blatt!A3", "old": "7.5", "new": None},
    ]
    values = openpyxl.load_workbook(tmp_path / "mappe-berechnet.xlsx", data_only=True)["Blatt"]
    assert [values[f"A{row}"].value for row in (1, 2, 3, 4)] == [2, 6, None, 2.5]
