"""`pik-excel diff`, `textconv` and `git-diff`, as a person and as git call them."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import xlsxwriter

from tests.cli.commands import pik
from tests.oracles import validation_errors

PROJECT = Path(__file__).parent.parent.parent
EXAMPLE = PROJECT / "workbooks" / "haushalt.xlsx"
SCHEMA = json.loads((PROJECT / "pik_excel/report/schemas/diff-1.json").read_text(encoding="utf-8"))


def plan(path: Path, *rows: tuple[str, int, int]) -> Path:
    """A plan of 2024 and 2025 in EUR."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, ["Maßnahme", "2024 EUR", "2025 EUR"])
        for row, line in enumerate(rows, 1):
            sheet.write_row(row, 0, line)
        for column, letter in ((1, "B"), (2, "C")):
            total = sum(int(line[column]) for line in rows)
            sheet.write_formula(len(rows) + 1, column, f"=SUM({letter}2:{letter}{len(rows) + 1})", None, total)
        sheet.write(len(rows) + 1, 0, "Summe")
    return path


def test_the_papers_bridge_closes_from_1156_over_891_to_887_and_914() -> None:
    years = ("--years", "2021:2022", "--years", "2022:2023")
    ended = pik("diff", EXAMPLE, *years, "--scenario", "Fortschreibung", "--format", "json")
    jsonschema.validate(ended.json, SCHEMA)
    first, second = ended.json["bridges"]
    assert (first["start"], first["after_dropped"], first["end"], first["rest"]) == ("1156000", "891000", "887000", "0")
    assert (second["start"], second["end"], second["rest"]) == ("887000", "914000", "0")
    assert [step["amount"] for step in first["steps"]] == ["-227000", "-20000", "-18000", "16000", "-20000"]


def test_two_tables_of_one_workbook(tmp_path: Path) -> None:
    ended = pik(
        *("diff", f"{EXAMPLE}!Ergänzende Maßnahmen", f"{EXAMPLE}!Finanzielle Auswirkungen"),
        *("--years", "2021:2022", "--format", "json", "-o", tmp_path / "u.json"),
    )
    assert ended.code == 1
    document = json.loads((tmp_path / "u.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, SCHEMA)
    (bridge,) = document["bridges"]
    assert (bridge["start"], bridge["end"], bridge["rest"]) == ("1156000", "516000", "0")
    assert {one["new"] for one in document["renamed"]} == {"OMID", "Dolmetschereinsätze", "Ausbildungscampus"}


def test_the_same_plan_ends_with_0(tmp_path: Path) -> None:
    one = plan(tmp_path / "a.xlsx", ("Lesepaten", 8, 8), ("Bolzplätze", 5, 5))
    two = plan(tmp_path / "b.xlsx", ("Lesepaten", 8, 8), ("Bolzplätze", 5, 5))
    assert pik("diff", one, two).code == 0


def test_text_says_what_changed_and_how_it_adds_up(tmp_path: Path) -> None:
    one = plan(tmp_path / "a.xlsx", ("Lesepaten", 8000, 8200), ("Bolzplätze", 5000, 5000))
    two = plan(tmp_path / "b.xlsx", ("Lesepaten", 8000, 9200), ("Skatepark", 700, 0))
    ended = pik("diff", one, two)
    assert ended.code == 1
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    for line in (
        "2025: 8.200 → 9.200 (+1.000)",
        "Bolzplätze Plan!A3 2024: 5.000, 2025: 5.000",
        "Überleitung 2025",
        "Bedarf alt 13.200",
        "weggefallen: Bolzplätze −5.000",
        "geändert: Lesepaten +1.000",
        "Bedarf neu 9.200",
    ):
        assert line in lines, ended.out
    assert all(len(line) <= 80 for line in ended.out.splitlines()[2:])


def test_a_name_given_by_hand_joins_two_measures(tmp_path: Path) -> None:
    one = plan(tmp_path / "a.xlsx", ("Lesepaten", 8, 8), ("Sprachmittler", 5, 5))
    two = plan(tmp_path / "b.xlsx", ("Lesepaten", 8, 8), ("Dolmetscher", 5, 5))
    assert pik("diff", one, two).code == 1
    assert pik("diff", one, two, "--same", "Sprachmittler=Dolmetscher").code == 0


def test_wrong_words_are_refused_with_an_example(tmp_path: Path) -> None:
    one = plan(tmp_path / "a.xlsx", ("Lesepaten", 8, 8))
    for words, said in (
        ((one, one, "--years", "bald"), "2021:2022"),
        ((one, one, "--same", "egal"), "--same"),
        ((one,), "--years"),
        ((one, one, "--years", "2024:2031"), "2024, 2025"),
    ):
        ended = pik("diff", *words)
        assert ended.code == 2 and said in ended.err, ended.err


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def repository(folder: Path, key: str, command: str) -> Path:
    """A repository with a plan in two versions, and git told to ask us."""
    program = f"{shlex.quote(sys.executable)} -m pik_excel {command}"
    git(folder, "init", "-q")
    for name, value in (("user.name", "Kämmerei"), ("user.email", "k@example.org"), (f"diff.pik-excel.{key}", program)):
        git(folder, "config", name, value)
    (folder / ".gitattributes").write_text("*.xlsx diff=pik-excel\n", encoding="utf-8")
    plan(folder / "plan.xlsx", ("Lesepaten", 8000, 8200), ("Bolzplätze", 5000, 5000))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Anmeldung")
    plan(folder / "plan.xlsx", ("Lesepaten", 8000, 9200), ("Skatepark", 700, 700), ("Bolzplätze", 5000, 5000))
    return folder


def test_git_shows_changed_rows_by_textconv(tmp_path: Path) -> None:
    shown = git(repository(tmp_path, "textconv", "textconv"), "diff")
    changed = [line for line in shown.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---"))]
    assert changed[:3] == ["-Lesepaten │ 8000 │ 8200", "+Lesepaten │ 8000 │ 9200", "+Skatepark │ 700 │ 700"]
    assert "Bolzplätze" not in "".join(changed), "a row that only moved is no change"


def test_git_shows_the_bridge_by_the_diff_driver(tmp_path: Path) -> None:
    shown = git(repository(tmp_path, "command", "git-diff"), "--no-pager", "diff")
    assert "pik-excel diff plan.xlsx" in shown
    assert "geändert: Lesepaten" in shown and "neu: Skatepark" in shown and "Bedarf neu" in shown


def test_the_diff_driver_shows_rows_where_no_measures_are_known(tmp_path: Path) -> None:
    folder = repository(tmp_path, "command", "git-diff")
    for text in ("Guten Morgen", "Guten Abend"):
        with xlsxwriter.Workbook(folder / "notiz.xlsx") as book:
            book.add_worksheet("Notiz").write(0, 0, text)
        git(folder, "add", "notiz.xlsx")
        if text == "Guten Morgen":
            git(folder, "commit", "-qm", "Notiz")
    shown = git(folder, "--no-pager", "diff", "--cached", "notiz.xlsx")
    assert "-Guten Morgen" in shown and "+Guten Abend" in shown


def test_the_new_plan_gets_a_sheet_with_the_bridge(tmp_path: Path) -> None:
    one = plan(tmp_path / "a.xlsx", ("Lesepaten", 8000, 8200), ("Bolzplätze", 5000, 5000))
    two = plan(tmp_path / "b.xlsx", ("Lesepaten", 8000, 9200), ("Skatepark", 700, 0))
    ended = pik("diff", one, two, "--years", "2025", "-o", tmp_path / "u.xlsx")
    assert ended.code == 1, ended.err
    written = {data: openpyxl.load_workbook(tmp_path / "u.xlsx", data_only=data) for data in (False, True)}
    assert written[True].sheetnames == [*openpyxl.load_workbook(two).sheetnames, "Überleitung"]
    shown, formulas = written[True]["Überleitung"], written[False]["Überleitung"]
    assert [row[:5] for row in shown.iter_rows(min_row=6, max_row=9, values_only=True)] == [
        ("Bedarf alt", None, None, None, 13200),
        ("weggefallen", "Bolzplätze", 5000, None, -5000),
        ("geändert", "Lesepaten", 8200, 9200, 1000),
        ("Bedarf neu", None, None, None, 9200),
    ]
    assert [formulas[cell].value for cell in ("E7", "E9")] == ["=D7-C7", "=SUM(E6:E8)"]
    assert formulas["G8"].hyperlink.location.endswith("!C2")
    assert [row[9:14] for row in shown.iter_rows(min_row=6, max_row=9, values_only=True)] == [
        (13200, 0, 0, 0, 13200),
        (8200, 8200, 0, 5000, 0),
        (9200, 8200, 1000, 0, 0),
        (9200, 0, 0, 0, 9200),
    ]
    assert len(formulas._charts) == 1
    assert validation_errors(tmp_path / "u.xlsx") == []
    again = pik("diff", one, two, "--years", "2025", "-o", tmp_path / "u.xlsx")
    assert again.code == 1, again.err
    other = pik("diff", one, two, "--years", "2024", "-o", tmp_path / "u.xlsx")
    assert "gibt es schon" in other.err


def test_the_page_shows_the_bridge_and_loads_nothing(tmp_path: Path) -> None:
    one = plan(tmp_path / "a.xlsx", ("Lesepaten", 8000, 8200), ("<b>Bolzplätze", 5000, 5000))
    two = plan(tmp_path / "b.xlsx", ("Lesepaten", 8000, 9200))
    text = pik("diff", one, two, "--format", "html").out
    assert text.count("<svg") == 2 and "+1.000" in text and "−5.000" in text
    assert "&lt;b&gt;Bolzplätze" in text and "<b>Bolz" not in text
    assert "<script" not in text and "src=" not in text and "http:" not in text
