"""`pik-excel check`: exit codes, JSON as published, terminal output, and the workbooks of the project."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.cli.commands import pik

PROJECT = Path(__file__).parent.parent.parent
WORKBOOKS = PROJECT / "workbooks"
SCHEMA = json.loads((PROJECT / "pik_excel/report/schemas/findings-1.json").read_text(encoding="utf-8"))
PLANTED = re.compile(r"^\| ([A-Z]{3}\d\d) \| `([^`]+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def example() -> dict:
    ended = pik("check", WORKBOOKS / "haushalt.xlsx", "--format", "json")
    assert ended.code == 0, ended.err
    return ended.json


@pytest.fixture(scope="module")
def faulty() -> dict:
    ended = pik("check", WORKBOOKS / "haushalt-fehler.xlsx", "--format", "json")
    assert ended.code == 1, ended.err
    return ended.json


def found(document: dict) -> list[tuple[str, str]]:
    return [
        (finding["code"], f"{finding['sheet']}!{finding['range']}")
        for workbook in document["workbooks"]
        for finding in workbook["findings"]
    ]


def one(document: dict, code: str) -> dict:
    findings = [finding for finding in document["workbooks"][0]["findings"] if finding["code"] == code]
    assert len(findings) == 1, findings
    return findings[0]


def test_the_json_is_as_published(example: dict, faulty: dict) -> None:
    jsonschema.validate(example, SCHEMA)
    jsonschema.validate(faulty, SCHEMA)


def test_the_paper_has_no_error(example: dict) -> None:
    assert example["summary"]["errors"] == 0
    assert example["workbooks"][0]["complete"] is True


def test_the_papers_true_findings_and_nothing_else(example: dict) -> None:
    codes = {"SUM07", "FIN02", "FIN05", "FIN08", "MSR04", "MSR09", "YRS05", "YRS06"}
    assert {code for code, _at in found(example)} == codes


def test_licences_are_booked_under_transfers(example: dict) -> None:
    finding = one(example, "MSR09")
    assert (finding["severity"], "Jobkraftwerk" in finding["message"]) == ("notice", True)


def test_the_use_of_the_grant_must_be_proved_by_31_march_2023(example: dict) -> None:
    finding = one(example, "YRS06")
    assert (finding["severity"], "31.03.2023" in finding["message"]) == ("notice", True)


def test_666_is_the_sum_of_rounded_rows_and_665_the_rounded_sum(example: dict) -> None:
    finding = one(example, "SUM07")
    assert (finding["sheet"], finding["range"]) == ("Finanzielle Auswirkungen", "C11")
    assert (finding["stated"], finding["expected"], finding["severity"]) == ("666", "665", "notice")


def test_the_share_of_10_6_was_adjusted_from_10_7(example: dict) -> None:
    finding = one(example, "FIN02")
    assert (finding["stated"], finding["expected"], finding["severity"]) == ("10.6", "10.7", "notice")


def test_227_fits_49_4_posts(example: dict) -> None:
    finding = one(example, "FIN05")
    assert (finding["stated"], finding["expected"], finding["severity"]) == ("227000", "235060", "warning")
    assert "49,4" in finding["message"]


def test_90_of_108_events_are_accounted_for(example: dict) -> None:
    finding = one(example, "FIN08")
    assert finding["severity"] == "notice"
    assert "108" in finding["message"]
    assert "90" in finding["message"]


def test_the_licence_has_no_money_for_its_last_year(example: dict) -> None:
    finding = one(example, "YRS05")
    assert finding["severity"] == "warning"
    assert "Jobkraftwerk" in finding["message"]


def test_the_grants_evidence_is_due_three_months_after_its_period(example: dict) -> None:
    finding = one(example, "YRS06")
    assert (finding["sheet"], finding["range"], finding["severity"]) == ("Stellen", "B8", "notice")
    assert (finding["stated"], finding["expected"]) == ("2022-12-31", "2023-03-31")
    assert "Jobkraftwerk" in finding["message"]


def test_a_licence_is_no_transfer(example: dict) -> None:
    finding = one(example, "MSR09")
    assert (finding["sheet"], finding["range"], finding["severity"]) == ("Finanzielle Auswirkungen", "A6", "notice")


def test_three_measures_are_dropped_and_three_renamed(example: dict) -> None:
    findings = [finding for finding in example["workbooks"][0]["findings"] if finding["code"] == "MSR04"]
    dropped = [finding for finding in findings if finding["sheet"] == "Ergänzende Maßnahmen"]
    renamed = [finding for finding in findings if finding["sheet"] == "Finanzielle Auswirkungen"]
    assert (len(dropped), len(renamed), len(findings)) == (3, 3, 6)


def test_every_planted_defect_is_found_at_its_cell_and_nothing_else(faulty: dict) -> None:
    planted = PLANTED.findall((WORKBOOKS / "README.md").read_text(encoding="utf-8"))
    assert len(planted) >= 27
    assert sorted(found(faulty)) == sorted(planted)


def test_every_rule_has_its_planted_defect(faulty: dict) -> None:
    from pik_excel.checks.catalogue import catalogue

    assert {code for code, _at in found(faulty)} == set(catalogue())


def test_warnings_end_with_1_only_where_asked(tmp_path: Path) -> None:
    assert pik("check", WORKBOOKS / "haushalt.xlsx", "--fail-on", "warning", cwd=tmp_path).code == 1
    assert pik("check", WORKBOOKS / "haushalt.xlsx", "--fail-on", "error", cwd=tmp_path).code == 0
    assert pik("check", WORKBOOKS / "haushalt-fehler.xlsx", "--fail-on", "never", cwd=tmp_path).code == 0


def test_rules_are_chosen_by_code_family_or_name() -> None:
    only = pik("check", WORKBOOKS / "haushalt.xlsx", "--select", "sum,FIN05", "--format", "json").json
    assert {code for code, _at in found(only)} == {"SUM07", "FIN05"}
    without = pik("check", WORKBOOKS / "haushalt.xlsx", "--ignore", "rounding-difference,MSR,FIN", "--format", "json")
    assert {code for code, _at in found(without.json)} == {"YRS05", "YRS06"}
    unknown = pik("check", "--select", "SUM99", cwd=PROJECT)
    assert unknown.code == 2
    assert "SUM99" in unknown.err.upper()


def test_a_refused_workbook_does_not_end_the_batch(tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    ended = pik("check", "leer.xlsx", WORKBOOKS / "haushalt.xlsx", "--format", "json", cwd=tmp_path)
    assert ended.code == 3
    first, second = ended.json["workbooks"]
    assert first["refused"]["code"] == "empty"
    assert first["complete"] is False
    assert second["findings"]
    jsonschema.validate(ended.json, SCHEMA)


def test_the_terminal_gets_at_most_80_columns_and_no_colour_in_a_pipe() -> None:
    for name in ("haushalt.xlsx", "haushalt-fehler.xlsx"):
        shown = pik("check", WORKBOOKS / name, "-v", cwd=PROJECT).out
        assert "\x1b" not in shown
        assert max(map(len, shown.splitlines())) <= 80


def test_it_speaks_english_on_request() -> None:
    german = pik("check", "haushalt.xlsx", cwd=PROJECT).out
    english = pik("check", "haushalt.xlsx", cwd=PROJECT, PIK_EXCEL_LANG="en").out
    assert "0 Fehler" in german
    assert "0 errors" in english
    assert english == pik("check", "haushalt.xlsx", "--lang", "en", cwd=PROJECT).out
    assert "Warnung" not in english


def test_the_result_can_go_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "befunde.json"
    assert pik("check", WORKBOOKS / "haushalt.xlsx", "--format", "json", "-o", target).code == 0
    jsonschema.validate(json.loads(target.read_text(encoding="utf-8")), SCHEMA)


def test_without_a_workbook_it_says_where_it_looked(tmp_path: Path) -> None:
    ended = pik("check", cwd=tmp_path)
    assert ended.code == 2
    assert "pik-excel.toml" in ended.err


def test_without_a_command_it_shows_the_help() -> None:
    ended = pik()
    assert "check" in ended.out + ended.err
    assert "Traceback" not in ended.err


def test_the_last_line_counts_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    shown = pik("check", "leer.xlsx", "fehlt.xlsx", cwd=tmp_path).out
    assert shown.splitlines()[-1] == "Zusammen: keine Befunde; 2 Mappen nicht gelesen"
