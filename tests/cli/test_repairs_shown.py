"""`check --diff`, `--fix`, `--undo` and `--annotate` as a person at a terminal meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from pik_excel.grid.read import read_workbook
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.package import open_package
from tests.cli.commands import Ended, pik
from tests.conftest import PROJECT
from tests.oracles import new_errors
from tests.writeback.building import package_of

SCHEMA = json.loads((PROJECT / "pik_excel/report/schemas/repairs-1.json").read_text(encoding="utf-8"))
CODES = "NUM01,SUM02,SUM03,FRM06,YRS02,MSR08"
PLAN = """
Blatt "Nordstadt":

|   | A                 | B                  | C                 | D                  | E                 |
|---|-------------------|--------------------|-------------------|--------------------|-------------------|
| 1 | Maßnahme          | 2022 EUR           | 2023 EUR          | 2042 EUR           | 2025 EUR          |
| 2 | OMID              | 290                | 290               | 290                | 290               |
| 3 | Dolmetscherkosten | '80                | 60                | 80                 | 60                |
| 4 | Arrival\u200bAid  | 18                 | 18                | 18                 | 18                |
| 5 | Refugio           | 'rd. 40            | 40                | 40                 | 40                |
| 6 | Summe             | =SUM(B2:B5) → 308  | =SUM(C2:C4) → 368 | 428                | =SUM(E2:E5) → 400 |
| 8 | doppelt           | =B6*2 → 616        | =C6*2 → 736       |                    |                   |
"""
SHOWN = """\
plan.xlsx
  6 sichere Reparaturen möglich

  Nordstadt!D1  YRS02  Jahr fehlt oder steht an falscher Stelle
    - „2042 EUR“
    + „2024 EUR“
      Zwischen 2023 und 2025 fehlt nur 2024.

  Nordstadt!B3  NUM01  Zahl als Text gespeichert
    - „80“ (Text)
    + 80
      „80“ lässt nur diese Lesart zu.

  Nordstadt!A4  MSR08  Unsichtbare Zeichen in einer Bezeichnung
    - „Arrival‹U+200B›Aid“
    + „ArrivalAid“
      Zu sehen ist dasselbe wie vorher.

  Nordstadt!C6  SUM03  Summe erfasst nicht alle Zeilen
    - =SUM(C2:C4) → 368
    + =SUM(C2:C5) → 408
      Der Bereich reicht jetzt auch über C5.
      Die Zahl ändert sich um +40.

  Nordstadt!D6  SUM02  Summe getippt statt gerechnet
    - 428
    + =SUM(D2:D5) → 428
      Die Formel ergibt dieselbe Zahl.

  Nordstadt!E6  FRM06  Gespeicherter Wert veraltet
    - =SUM(E2:E5) → 400
    + =SUM(E2:E5) → 408
      Zwei unabhängige Rechnungen ergeben diesen Wert; die Formel bleibt.
      Die Zahl ändert sich um +8.

  Dadurch ändern sich 3 Werte:
    Nordstadt!B6: 308 → 388
    Nordstadt!B8: 616 → 776
    Nordstadt!C8: 736 → 816

  Nicht automatisch:
    Nordstadt!B5  NUM01: der Betrag ist nur ungefähr angegeben.
      → Als Zahl eintragen: 40.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.xlsx").write_bytes(package_of(PLAN).data)
    shutil.copy(PROJECT / "workbooks/haushalt-fehler.xlsx", tmp_path / "amt.xlsx")
    return tmp_path


def check(folder: Path, *words: str) -> Ended:
    return pik("check", *words, "--select", CODES, cwd=folder)


def value(path: Path, sheet: str, cell: str) -> object:
    return openpyxl.load_workbook(path, data_only=True)[sheet][cell].value


def test_the_diff_shows_every_cell_and_writes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ended = check(folder, "plan.xlsx", "--diff")
    assert ended.out == SHOWN
    assert ended.code == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    check(folder, "plan.xlsx", "--diff", "-o", "unterschied.txt")
    assert (folder / "unterschied.txt").read_text(encoding="utf-8") == SHOWN


def test_the_diff_writes_nothing_beside_fix_either(folder: Path) -> None:
    before = sorted(folder.iterdir())
    assert check(folder, "plan.xlsx", "--fix", "--diff").out == check(folder, "plan.xlsx", "--diff").out
    assert sorted(folder.iterdir()) == before


def test_the_diff_as_json_is_as_published(folder: Path) -> None:
    ended = check(folder, "plan.xlsx", "amt.xlsx", "--diff", "--format", "json")
    jsonschema.validate(ended.json, SCHEMA)
    plan, office = ended.json["workbooks"]
    assert [(one["code"], one["cell"]) for one in plan["repairs"]] == [
        ("YRS02", "D1"), ("NUM01", "B3"), ("MSR08", "A4"), ("SUM03", "C6"), ("SUM02", "D6"), ("FRM06", "E6")
    ]  # fmt: skip
    assert plan["repairs"][1]["old"] == {"formula": None, "value": "80", "type": "text", "style": 0}
    assert plan["followers"][0] == {"at": "Nordstadt!B6", "old": "308", "new": "388"}
    assert {one["code"] for one in office["repairs"]} >= {"NUM01", "SUM02", "SUM03", "FRM06"}


def test_fix_writes_a_new_workbook_and_says_what_remains(folder: Path) -> None:
    before = (folder / "plan.xlsx").read_bytes()
    ended = check(folder, "plan.xlsx", "--fix")
    assert "geschrieben: plan-berichtigt.xlsx" in ended.out
    assert "Danach noch: 1 Fehler, 0 Warnungen, 0 Hinweise" in ended.out
    assert ended.code == 1
    assert (folder / "plan.xlsx").read_bytes() == before
    fixed = folder / "plan-berichtigt.xlsx"
    assert [value(fixed, "Nordstadt", cell) for cell in ("B3", "B6", "B8", "C6", "D1", "D6")] == [
        80, 388, 776, 408, "2024 EUR", 428
    ]  # fmt: skip
    assert "keine sichere Reparatur" in check(folder, "plan-berichtigt.xlsx", "--diff").out


def test_fix_leaves_everything_else_byte_for_byte(folder: Path) -> None:
    told = check(folder, "amt.xlsx", "--diff", "--format", "json").json["workbooks"][0]
    check(folder, "amt.xlsx", "--fix", "-o", "neu.xlsx")
    found = compare(open_package(folder / "amt.xlsx"), open_package(folder / "neu.xlsx"))
    assert (found.added, found.removed) == ((), ())
    assert {*found.features} <= {("xl/workbook.xml", "calcPr")}  # Excel is told to calculate on opening
    assert all(part.startswith("xl/worksheets/sheet") for part in found.changed if part != "xl/workbook.xml")
    cells = {f"{one['sheet']}!{one['cell']}" for one in told["repairs"]} | {one["at"] for one in told["followers"]}
    assert {str(change) for change in found.cells} == cells
    assert cells >= {"Nordstadt!F8", "Nordstadt!F12", "Altes Werk!D10", "Bahnhofsviertel!D11", "Stellen!B14"}
    assert new_errors(folder / "amt.xlsx", folder / "neu.xlsx") == []


def test_in_place_keeps_a_backup(folder: Path) -> None:
    before = (folder / "plan.xlsx").read_bytes()
    check(folder, "plan.xlsx", "--fix", "--in-place")
    assert (folder / "plan.xlsx.bak").read_bytes() == before
    assert value(folder / "plan.xlsx", "Nordstadt", "B3") == 80


def test_what_stands_there_is_not_overwritten_unasked(folder: Path) -> None:
    (folder / "plan-berichtigt.xlsx").write_bytes(b"somebody's work")
    ended = check(folder, "plan.xlsx", "--fix")
    assert ended.code == 5
    assert (folder / "plan-berichtigt.xlsx").read_bytes() == b"somebody's work"


def test_one_repair_is_taken_back_and_what_followed_from_it(folder: Path) -> None:
    check(folder, "plan.xlsx", "--fix")
    ended = pik("check", "plan-berichtigt.xlsx", "--undo", "Nordstadt!B3", "--in-place", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    assert "Nordstadt!B6: 388 → 308" in ended.out
    workbook = folder / "plan-berichtigt.xlsx"
    assert [value(workbook, "Nordstadt", cell) for cell in ("B3", "B6", "C6")] == ["80", 308, 408]
    assert pik("check", workbook.name, "--undo", "SUM,YRS02,FRM06,MSR08", "--in-place", cwd=folder).code == 0
    before, after = (read_workbook(folder / name) for name in ("plan.xlsx", workbook.name))
    assert after.sheets == before.sheets


def test_a_cell_that_was_changed_since_is_not_taken_back(folder: Path) -> None:
    check(folder, "plan.xlsx", "--fix")
    book = openpyxl.load_workbook(folder / "plan-berichtigt.xlsx")
    book["Nordstadt"]["B3"] = 81
    book.save(folder / "plan-berichtigt.xlsx")
    ended = pik("check", "plan-berichtigt.xlsx", "--undo", "NUM01", cwd=folder)
    assert ended.code == 5
    assert "Nordstadt!B3 enthält nicht mehr, was die Reparatur NUM01 schrieb" in ended.err


@pytest.mark.parametrize(
    "words",
    [("--annotate", "a.xlsx", "--fix"), ("--annotate", "a.xlsx", "--diff"), ("--diff", "--only", "Nordstadt F8")],
)
def test_what_cannot_be_meant_is_a_question_of_usage(folder: Path, words: tuple[str, ...]) -> None:
    ended = check(folder, "plan.xlsx", *words)
    assert (ended.code, ended.out) == (2, "")


def test_an_annotated_copy_beside_the_findings(folder: Path) -> None:
    ended = check(folder, "plan.xlsx", "--annotate", "geprüft.xlsx", "--format", "json")
    assert ended.err == "geschrieben: geprüft.xlsx\n"
    numbers = [row[0].value for row in openpyxl.load_workbook(folder / "geprüft.xlsx")["Prüfprotokoll"]["A8:A14"]]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert len(ended.json["workbooks"][0]["findings"]) == 7
    again = check(folder, "geprüft.xlsx", "--format", "json").json["workbooks"][0]["findings"]
    assert again == ended.json["workbooks"][0]["findings"]


def test_the_day_of_the_run_can_be_set(folder: Path) -> None:
    pik("check", "plan.xlsx", "--annotate", "a.xlsx", cwd=folder, SOURCE_DATE_EPOCH="1624492800")
    pik("check", "plan.xlsx", "--annotate", "b.xlsx", cwd=folder, SOURCE_DATE_EPOCH="1624492800")
    assert "geprüft am 24.06.2021" in str(value(folder / "a.xlsx", "Prüfprotokoll", "A2"))
    assert (folder / "a.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()
