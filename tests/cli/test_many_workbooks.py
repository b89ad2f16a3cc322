"""Many workbooks, one way for all commands: one that is refused, hangs, crashes or shows a bug is one line, never the
end."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
import xlsxwriter

from benchmarks.quality.workbook import clean, planted
from pik_excel.cli.batch import failed, outcomes
from pik_excel.cli.spreading import Spreading
from pik_excel.cli.work import Work
from pik_excel.errors import BadConfiguration, PikError
from pik_excel.language import speaking
from tests.cli.commands import pik
from tests.cli.test_check_command import WORKBOOKS

SCHEMAS = Path(__file__).parent.parent.parent / "pik_excel" / "report" / "schemas"


def work(path: Path) -> str:
    """What a process does with a file, by its name."""
    match path.stem:
        case "haengt":
            time.sleep(60)
        case "stirbt":
            os._exit(9)
        case "frisst":
            return str(len(b"x" * 3_000_000_000))
        case "falsch":
            raise BadConfiguration("bad", "falsch eingestellt")
        case "fehler":
            raise ZeroDivisionError("Division durch Null")
        case "langsam":
            time.sleep(0.3)
        case "redet":
            print("nicht in die Ausgabe")
    return path.stem


def paths(*names: str) -> list[Path]:
    return [Path(f"{name}.xlsx") for name in names]


def codes(files: Sequence[Path], results: Sequence[str | PikError]) -> dict[str, str]:
    return {path.stem: error.code for path, error in failed(files, results)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Workbooks of two departments, one with an error, one without, one empty."""
    for department, made in (("Jugendamt", planted(8, "SUM01")), ("Sozialamt", clean(8))):
        (tmp_path / department).mkdir()
        (tmp_path / department / "haushalt.xlsx").write_bytes(made.content)
    (tmp_path / "Sozialamt" / "leer.xlsx").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "schema"),
    [
        (["check"], "findings-1"),
        (["project", "--to", "2027"], "projection-1"),
        (["recalc"], "recalculation-1"),
    ],
)
def test_the_results_are_those_of_one_after_the_other_in_the_order_given(
    folder: Path, command: list[str], schema: str
) -> None:
    words = [*command, "Sozialamt", "Jugendamt", "fehlt.xlsx", "--format", "json"]
    alone = pik(*words, cwd=folder)
    assert alone.code == 3
    spread_out = pik(*words, "-j", "2", cwd=folder)
    assert (spread_out.out, spread_out.code) == (alone.out, alone.code)
    jsonschema.validate(alone.json, json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8")))
    assert "leer.xlsx" in alone.out and "fehlt.xlsx" in alone.out


@pytest.mark.parametrize("command", ["export", "report"])
def test_one_table_of_many_is_the_same_however_many_work_on_it(folder: Path, command: str) -> None:
    alone = pik(command, ".", cwd=folder)
    assert alone.code == 3 and "leer.xlsx" in alone.err and alone.out.count("\n") > 10
    assert pik(command, "-j", "2", ".", cwd=folder).out == alone.out


def test_one_that_hangs_dies_or_swells_is_named_and_the_others_are_done() -> None:
    files = paths("eins", "haengt", "stirbt", "langsam", "frisst", "falsch", "fehler", "zwei")
    results = outcomes(files, Work(work), Spreading(jobs=2, timeout=2, memory=2000))
    assert [one for one in results if isinstance(one, str)] == ["eins", "langsam", "zwei"]
    assert codes(files, results) == {
        "haengt": "takes-too-long",
        "stirbt": "worker-died",
        "frisst": "needs-too-much-memory",
        "falsch": "bad",
        "fehler": "internal-error",
    }
    for path, error in failed(files, results):
        assert error.code == "bad" or (error.hint and path.name in error.message)


def test_a_bug_of_ours_refuses_one_workbook_and_names_it(capfd: pytest.CaptureFixture[str]) -> None:
    files = paths("eins", "fehler", "zwei")
    results = outcomes(files, Work(work))
    assert codes(files, results) == {"fehler": "internal-error"}
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_bug_in_a_single_workbook_stays_loud() -> None:
    with pytest.raises(ZeroDivisionError):
        outcomes(paths("fehler"), Work(work))


def test_what_is_said_of_a_lost_process_is_said_in_the_language_in_force() -> None:
    with speaking("en"):
        results = outcomes(paths("stirbt", "eins"), Work(work), Spreading(jobs=1))
    with speaking("de"):
        german = outcomes(paths("stirbt", "eins"), Work(work), Spreading(jobs=1))
    assert isinstance(results[0], PikError) and isinstance(german[0], PikError)
    assert "abgestürzt" in german[0].message and results[0].message != german[0].message


def test_what_a_process_prints_is_no_part_of_the_results(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(outcomes(paths("redet", "eins"), Work(work), Spreading(jobs=1))) == ["redet", "eins"]
    assert capfd.readouterr().out == ""


def test_a_wrong_configuration_of_one_folder_refuses_its_workbooks(folder: Path) -> None:
    (folder / "Jugendamt" / "pik-excel.toml").write_text("[limits]\nsprung = 1\n")
    ended = pik("check", "-j", "2", "Jugendamt", "Sozialamt", "--format", "json", cwd=folder)
    refused = [one["refused"] and one["refused"]["code"] for one in ended.json["workbooks"]]
    assert refused[0] and refused[1:] == [None, "empty"]
    assert pik("check", "Jugendamt/haushalt.xlsx", cwd=folder).code == 2


def test_a_folder_means_all_workbooks_in_it_and_a_pattern_what_it_matches(folder: Path) -> None:
    for name in ("~$plan.xlsx", "haushalt-berechnet.xlsx", "alt.xls", "notiz.txt"):
        (folder / "Sozialamt" / name).write_bytes(b"x")

    def checked(*words: str) -> list[str]:
        return [one["path"] for one in pik("check", *words, "--format", "json", cwd=folder).json["workbooks"]]

    assert checked("Sozialamt") == ["Sozialamt/alt.xls", "Sozialamt/haushalt.xlsx", "Sozialamt/leer.xlsx"]
    assert checked("*/haushalt*.xlsx") == ["Jugendamt/haushalt.xlsx", "Sozialamt/haushalt.xlsx"]
    assert checked("**/leer.xlsx", "Sozialamt/leer.xlsx") == ["Sozialamt/leer.xlsx"]
    assert checked("nichts*.xlsx") == ["nichts*.xlsx"]


def test_a_table_says_red_yellow_or_green_for_each(tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    shown = pik("check", WORKBOOKS / "haushalt-fehler.xlsx", WORKBOOKS / "haushalt.xlsx", tmp_path / "leer.xlsx").out
    table = shown[shown.index("\nAmpel ") :].splitlines()[2:5]
    assert [line[2:6].strip() for line in table] == ["rot", "gelb", "rot"]
    assert "nicht gelesen" in table[2]
    assert max(map(len, shown.splitlines())) <= 80 + len(str(tmp_path))
    assert "Ampel" not in pik("check", WORKBOOKS / "haushalt.xlsx").out


def test_a_second_table_says_it_for_each_department(folder: Path) -> None:
    shown = pik("check", ".", cwd=folder).out
    table = shown[shown.rindex("\nAmpel ") :].splitlines()[2:4]
    assert [line.split()[:3] for line in table] == [["●", "rot", "Jugendamt"], ["●", "rot", "Sozialamt"]]
    assert table[1].split()[3:7] == ["2", "1", "0", "1"]
    summary = pik("check", ".", "--format", "json", cwd=folder).json["summary"]
    assert [(one["name"], one["light"], one["workbooks"]) for one in summary["departments"]] == [
        ("Jugendamt", "red", 1),
        ("Sozialamt", "red", 2),
    ]


def test_in_one_folder_the_workbook_itself_says_its_department(tmp_path: Path) -> None:
    for name, heading in (("eins", "Sozialamt"), ("zwei", "Sozialamt"), ("drei", "Plan")):
        with xlsxwriter.Workbook(tmp_path / f"{name}.xlsx") as book:
            sheet = book.add_worksheet("Plan")
            for row, line in enumerate([[heading], ["Maßnahme", "2024 EUR"], ["OMID", 5], ["Refugio", 7]]):
                sheet.write_row(row, 0, line)
    departments = pik("check", ".", "--format", "json", cwd=tmp_path).json["summary"]["departments"]
    assert [(one["name"], one["workbooks"]) for one in departments] == [("", 1), ("Sozialamt", 2)]


def test_what_contradicts_itself_is_refused(folder: Path) -> None:
    assert pik("check", "-j", "2", "--scheduler", "tcp://nirgends:1", ".", cwd=folder).code == 2
    assert pik("recalc", "--resume", "lauf", "--in-place", ".", cwd=folder).code == 2
    assert pik("recalc", "-o", "neu.xlsx", ".", cwd=folder).code == 2
