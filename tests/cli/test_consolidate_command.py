"""`pik-excel consolidate`: all files in one workbook, each figure with its cell, nothing doubled or left out unsaid."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.cli.commands import Ended, pik
from tests.consolidation.cities import City, city

PROJECT = Path(__file__).parent.parent.parent
EXAMPLE = PROJECT / "workbooks" / "haushalt.xlsx"
SCHEMA = json.loads((PROJECT / "pik_excel/report/schemas/consolidation-1.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def departments(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Four departments, a broken file and one of another kind in one folder."""
    folder = tmp_path_factory.mktemp("anmeldungen")
    made = city(folder, 11, count=3, measures=4)
    (folder / "kaputt.xlsx").write_text("nichts")
    (folder / "alt.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (folder / "~$offen.xlsx").write_text("gesperrt")
    return made


@pytest.fixture(scope="module")
def ended(departments: City) -> Ended:
    return pik(
        "consolidate", departments.folder.name, "-o", "gesamt.xlsx", "--format", "json", cwd=departments.folder.parent
    )


def test_every_figure_stands_in_the_json_with_its_cell(departments: City, ended: Ended) -> None:
    found = ended.json
    jsonschema.validate(found, SCHEMA)
    years = {one["year"]: Decimal(one["value"]) for one in found["totals"]["all"] if not one["open_ended"]}
    assert years == departments.totals()
    sums: dict[int, Decimal] = {}
    for measure in found["measures"]:
        book = openpyxl.load_workbook(departments.folder.parent / measure["workbook"], data_only=True)
        for amount in measure["amounts"]:
            sheet, _mark, cell = amount["at"].rpartition("!")
            factor = {"EUR": 1, "TEUR": 1000, "Mio. EUR": 1_000_000}[amount["unit"]]
            stated = book[sheet][cell].value
            there = None if stated is None else Decimal(str(stated)) * factor
            assert there == (None if amount["value"] is None else Decimal(amount["value"])), amount["at"]
            if amount["counted"] and not amount["open_ended"]:
                sums[amount["year"]] = sums.get(amount["year"], Decimal(0)) + Decimal(amount["value"])
    assert sums == years


def test_files_that_cannot_be_read_are_one_line_each_and_the_end_is_3(departments: City, ended: Ended) -> None:
    assert ended.code == 3
    refused = {Path(one["path"]).name: one["refused"]["code"] for one in ended.json["workbooks"] if one["refused"]}
    assert set(refused) == {"kaputt.xlsx", "alt.xls"}
    book = openpyxl.load_workbook(departments.folder.parent / "gesamt.xlsx")
    lines = {Path(str(row[1])).name: row for row in book["Dateien"].iter_rows(min_row=5, values_only=True)}
    assert "nicht gelesen" in lines["kaputt.xlsx"][3] and lines["kaputt.xlsx"][0] == "● rot"
    assert len(lines) == 5 and not any("offen" in name for name in lines)
    said = [row[0] for row in book["Gesamt"].iter_rows(values_only=True) if isinstance(row[0], str)]
    assert any("2 Dateien konnten nicht gelesen werden" in text for text in said)


def test_several_processes_give_the_same(departments: City, ended: Ended) -> None:
    again = pik(
        "consolidate", departments.folder.name, "-o", "gesamt.xlsx", "--format", "json", "--overwrite", "-j", "2",
        cwd=departments.folder.parent,
    )  # fmt: skip
    assert (again.code, again.out) == (ended.code, ended.out)


def test_the_paper_comes_out_with_its_totals(tmp_path: Path) -> None:
    ended = pik("consolidate", EXAMPLE, "-o", tmp_path / "gesamt.xlsx", "--unit", "TEUR")
    assert ended.code == 0
    lines = [line.split() for line in ended.out.splitlines()]
    assert [line[1] for line in lines if line and line[0] in {"2020", "2021", "2022", "2023"}] == [
        "1.151", "1.156", "639", "666",
    ]  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "gesamt.xlsx", data_only=True)
    standing = {row[0]: row for row in book["Gesamt"].iter_rows(values_only=True)}
    assert standing["angemeldet"][4] == 516 and standing["bereitgestellt"][4] == 123


def test_copies_and_versions_are_told(tmp_path: Path) -> None:
    made = city(tmp_path, 4, count=1, measures=3)
    path = made.made[0].path
    shutil.copy(path, tmp_path / "kopie.xlsx")
    ended = pik("consolidate", path, tmp_path / "kopie.xlsx", "-o", tmp_path / "gesamt.xlsx", "--format", "json")
    found = ended.json
    assert [note["code"] for note in found["notes"]] == ["same-file"]
    assert found["workbooks"][1]["same_as"] == str(path)
    years = {one["year"]: Decimal(one["value"]) for one in found["totals"]["all"] if not one["open_ended"]}
    assert years == made.totals()
    assert ended.code == 0


def test_an_earlier_overview_in_the_folder_is_not_consolidated_again(tmp_path: Path) -> None:
    city(tmp_path, 4, count=2, measures=3)
    first = pik("consolidate", tmp_path, "-o", tmp_path / "gesamt.xlsx")
    assert first.code == 0
    kept = pik("consolidate", tmp_path, "-o", tmp_path / "gesamt.xlsx")
    assert kept.code == 5 and "--overwrite" in kept.err
    again = pik("consolidate", tmp_path, "-o", tmp_path / "gesamt.xlsx", "--overwrite", "--format", "json")
    assert again.code == 0
    (own,) = [one for one in again.json["workbooks"] if one["path"].endswith("gesamt.xlsx")]
    assert [left["code"] for left in own["left_out"]] == ["own-consolidation"]
    assert {Path(one["workbook"]).name for one in again.json["measures"]} == {
        one.name for one in tmp_path.glob("0*.xlsx")
    }


def test_a_workbook_of_staff_is_never_written_over(tmp_path: Path) -> None:
    path = city(tmp_path, 4, count=1, measures=3).made[0].path
    before = path.read_bytes()
    ended = pik("consolidate", path, "-o", path, "--overwrite")
    assert ended.code == 2 and path.read_bytes() == before


def test_without_a_name_for_the_output_nothing_is_read(tmp_path: Path) -> None:
    ended = pik("consolidate", EXAMPLE, cwd=tmp_path)
    assert ended.code == 2 and "-o gesamt.xlsx" in ended.err


def test_where_there_are_no_measures_nothing_is_written(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "leer.xlsx")
    ended = pik("consolidate", tmp_path / "leer.xlsx", "-o", tmp_path / "gesamt.xlsx")
    assert ended.code == 4 and not (tmp_path / "gesamt.xlsx").exists()
    assert "Keine Maßnahmen" in ended.err


def test_the_folder_is_the_department_of_a_file_that_names_none(tmp_path: Path) -> None:
    for name in ("Bauen", "Bildung"):
        (tmp_path / name).mkdir()
    shutil.copy(EXAMPLE, tmp_path / "Bauen" / "plan.xlsx")
    made = city(tmp_path / "Bildung", 4, count=1, measures=3)
    auto = pik("consolidate", tmp_path, "-o", tmp_path / "g.xlsx", "--format", "json").json
    assert {one["name"] for one in auto["totals"]["departments"]} == {"Bauen", made.made[0].department}
    forced = pik("consolidate", tmp_path / "Bauen", tmp_path / "Bildung", "-o", tmp_path / "h.xlsx", "--format", "json",
                 "--department", "folder").json  # fmt: skip
    assert {one["name"] for one in forced["totals"]["departments"]} == {"Bauen", "Bildung"}


def test_it_speaks_english(tmp_path: Path) -> None:
    city(tmp_path, 4, count=2, measures=3)
    ended = pik("consolidate", tmp_path, "-o", tmp_path / "all.xlsx", "--lang", "en")
    assert ended.code == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames[:3] == ["Total", "Measures", "Totals"] and book.sheetnames[-2:] == ["Files", "Notes"]
    assert "Measures" in book["Measures"].tables
    words = [cell.value for cell in book["Measures"][7]]
    assert {"Department", "Status", "Counts"} <= set(words)
