"""`pik-excel check --baseline`, `[[ignore]]` and comments: what is known or excused is not reported again."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import xlsxwriter

from tests.cli.commands import Ended, pik

SCHEMA = json.loads(
    (Path(__file__).parent.parent.parent / "pik_excel/report/schemas/findings-1.json").read_text(encoding="utf-8")
)


def plan(path: Path, *, total: int = 25001, rows_above: int = 0, comment: str | None = None, both: bool = True) -> Path:
    """A plan whose totals are wrong."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Plan")
        lines = [
            ["Maßnahme", "2024 EUR", "2025 EUR"],
            ["Ferienwerkstatt", 12000, 12500],
            ["Lesepaten", 8000, 8200],
            ["Schwimmkurse", 5000, 5100],
            ["Summe", total, 25801 if both else 25800],
        ]
        for row, line in enumerate(lines, rows_above):
            sheet.write_row(row, 0, line)
        if comment:
            sheet.write_comment(rows_above + 4, 1, comment)
    return path


def ranges(ended: Ended, key: str = "findings") -> list[str]:
    (workbook,) = ended.json["workbooks"]
    jsonschema.validate(ended.json, SCHEMA)
    found = workbook[key] if key == "findings" else [one["finding"] for one in workbook[key]]
    return [one["range"] for one in found if one["code"] == "SUM01"]


def check(folder: Path, *words: str) -> Ended:
    return pik("check", "plan.xlsx", "--select", "SUM01", "--format", "json", *words, cwd=folder)


def test_a_baseline_silences_what_it_knows(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx")
    assert check(tmp_path).code == 1
    first = check(tmp_path, "--baseline", "bekannt.json", "--update-baseline")
    assert (first.code, ranges(first), ranges(first, "suppressed")) == (0, [], ["B5", "C5"])
    plan(tmp_path / "plan.xlsx", rows_above=3)
    moved = check(tmp_path, "--baseline", "bekannt.json")
    assert (moved.code, ranges(moved), ranges(moved, "suppressed")) == (0, [], ["B8", "C8"])


def test_what_is_wrong_in_another_way_is_new(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx")
    check(tmp_path, "--baseline", "bekannt.json", "--update-baseline")
    plan(tmp_path / "plan.xlsx", total=26000)
    changed = check(tmp_path, "--baseline", "bekannt.json")
    assert (changed.code, ranges(changed)) == (1, ["B5"])


def test_an_update_keeps_what_was_not_looked_at(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx")
    plan(tmp_path / "andere.xlsx")
    pik("check", "plan.xlsx", "andere.xlsx", "--baseline", "bekannt.json", "--update-baseline", cwd=tmp_path)
    before = json.loads((tmp_path / "bekannt.json").read_text(encoding="utf-8"))["workbooks"]
    plan(tmp_path / "plan.xlsx", both=False)
    check(tmp_path, "--baseline", "bekannt.json", "--update-baseline")
    after = json.loads((tmp_path / "bekannt.json").read_text(encoding="utf-8"))["workbooks"]
    assert after["andere.xlsx"] == before["andere.xlsx"]
    others = [entry for entry in before["plan.xlsx"] if entry["code"] != "SUM01"]
    assert [entry for entry in after["plan.xlsx"] if entry["code"] != "SUM01"] == others
    assert [entry["at"] for entry in after["plan.xlsx"] if entry["code"] == "SUM01"] == ["Plan!B5"]


def test_a_workbook_that_the_baseline_does_not_know_is_checked_in_full_and_said(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx")
    check(tmp_path, "--baseline", "bekannt.json", "--update-baseline")
    (tmp_path / "plan.xlsx").rename(tmp_path / "kopie.xlsx")
    ended = pik("check", "kopie.xlsx", "--baseline", "bekannt.json", cwd=tmp_path)
    assert ended.code == 1
    assert "kennt keine Mappe „kopie.xlsx“" in ended.out


@pytest.mark.parametrize(
    "content", ["", "[]", '{"schema": "andere/1"}', '{"schema": "pik-excel/baseline/1", "workbooks": {"a": [1]}}']
)
def test_a_file_that_is_no_baseline_is_refused_and_stays(tmp_path: Path, content: str) -> None:
    plan(tmp_path / "plan.xlsx")
    (tmp_path / "bekannt.json").write_text(content, encoding="utf-8")
    ended = check(tmp_path, "--baseline", "bekannt.json", "--update-baseline")
    assert ended.code == 2 and "bekannt.json" in ended.err
    assert (tmp_path / "bekannt.json").read_text(encoding="utf-8") == content


def test_a_missing_baseline_says_how_it_is_made(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx")
    ended = check(tmp_path, "--baseline", "bekannt.json")
    assert ended.code == 2 and "--update-baseline" in ended.err


def test_an_entry_of_the_configuration_sets_aside_with_its_reason(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx")
    (tmp_path / "pik-excel.toml").write_text(
        '[[ignore]]\nrules = ["SUM02"]\nreason = "egal"\n\n'
        '[[ignore]]\nrules = ["SUM01"]\nreason = "Ist-Werte aus SAP"\nrange = "B5"\n',
        encoding="utf-8",
    )
    ended = check(tmp_path)
    assert ranges(ended) == ["C5"]
    (aside,) = ended.json["workbooks"][0]["suppressed"]
    assert (aside["reason"], aside["source"]) == ("Ist-Werte aus SAP", "pik-excel.toml:5")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('rules = ["SUM01"]', "pik-excel.toml:1: ignore: Die Begründung fehlt"),
        ('reason = "egal"', "pik-excel.toml:1: ignore: Hier fehlt, welche Regeln"),
        ('rules = ["SUM01"]\nreason = "x"\nuntil = "morgen"', "pik-excel.toml:4: ignore: „morgen“ ist kein Datum"),
        ('rules = ["SUM01"]\nreason = "x"\nblatt = "A"', "pik-excel.toml:4: ignore: Diesen Schlüssel gibt es nicht"),
        ('rules = ["SUM77"]\nreason = "x"', "pik-excel.toml:1: Eine Regel „SUM77“ gibt es nicht"),
    ],
)
def test_an_entry_that_is_wrong_names_its_line(tmp_path: Path, entry: str, said: str) -> None:
    plan(tmp_path / "plan.xlsx")
    (tmp_path / "pik-excel.toml").write_text(f"[[ignore]]\n{entry}\n", encoding="utf-8")
    ended = check(tmp_path)
    assert ended.code == 2 and said in " ".join(ended.err.split())


def test_a_comment_sets_aside_and_is_listed_on_request(tmp_path: Path) -> None:
    plan(tmp_path / "plan.xlsx", comment="pik: ignoriere SUM01, weil die Summe aus SAP stammt")
    ended = pik("check", "plan.xlsx", "--select", "SUM01", cwd=tmp_path)
    assert "1 Befund ausgenommen (-v zeigt sie)" in ended.out and "B5" not in ended.out
    ended = pik("check", "plan.xlsx", "--select", "SUM01", "-v", cwd=tmp_path)
    assert "Plan!B5 SUM01: die Summe aus SAP stammt (Plan!B5)" in ended.out
