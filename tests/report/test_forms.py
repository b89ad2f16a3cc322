"""The findings in every form: complete, well-formed, and harmless whatever the cells say."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter

from pik_excel.report.forms import FORMS
from tests.cli.commands import Ended, pik

WORKBOOKS = Path(__file__).parent.parent.parent / "workbooks"
EVIL = '=cmd|"/c calc"!A1'
MARKUP = "<script>alert(1)</script> & \"Anführung\" 'x'"


@pytest.fixture(scope="module")
def expected() -> list[dict]:
    document = pik("check", WORKBOOKS / "haushalt-fehler.xlsx", "--format", "json").json
    return document["workbooks"][0]["findings"]


def faulty(form: str) -> Ended:
    ended = pik("check", WORKBOOKS / "haushalt-fehler.xlsx", "--format", form)
    assert ended.code == 1, ended.err
    return ended


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A workbook whose names would run as a formula, a tag or a workflow command."""
    with xlsxwriter.Workbook(tmp_path / "böse, 100 %.xlsx") as book:
        sheet = book.add_worksheet("Plan & mehr")
        for row, line in enumerate(
            [
                ["Maßnahme", "2024 EUR"],
                [EVIL, 10],
                [EVIL, 12],
                [MARKUP, 5],
                [MARKUP, 7],
                ["Zeile\n::error::x", 1],
                ["Summe", 99],
            ]
        ):
            for column, content in enumerate(line):
                sheet.write_string(row, column, content) if isinstance(content, str) else sheet.write(
                    row, column, content
                )
    return tmp_path / "böse, 100 %.xlsx"


def test_every_form_says_a_refused_workbook(tmp_path: Path) -> None:
    (tmp_path / "kaputt.xlsx").write_text("keine Mappe")
    for form in ("text", *FORMS):
        ended = pik("check", "kaputt.xlsx", "--format", form, cwd=tmp_path)
        assert ended.code == 3, form
        assert "kaputt.xlsx" in ended.out, form


def test_csv_has_a_line_for_each_finding(expected: list[dict]) -> None:
    text = faulty("csv").out
    assert text.startswith("\ufeffMappe;Blatt;Zelle;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Code"], row["Blatt"], row["Zelle"], row["Kennung"]) for row in rows] == [
        (one["code"], one["sheet"], one["range"], one["fingerprint"]) for one in expected
    ]


def test_csv_in_english_has_commas_and_points() -> None:
    text = pik("check", WORKBOOKS / "haushalt.xlsx", "--format", "csv", "--lang", "en").out
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1


def test_nothing_in_csv_runs_when_it_is_opened(evil: Path) -> None:
    text = pik("check", evil, "--format", "csv").out.removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "|", "%")), cell
            assert not cell.startswith("-") or re.fullmatch(r"-[\d.,]+", cell), cell


def test_junit_has_a_failure_for_each_error_and_warning(expected: list[dict]) -> None:
    root = ElementTree.fromstring(faulty("junit").out.encode())
    failures = [one for one in expected if one["severity"] != "notice"]
    assert root.get("failures") == str(len(failures)) == str(len(root.findall(".//failure")))
    assert int(root.get("tests", 0)) == len(root.findall(".//testcase"))
    passed = [case for case in root.iter("testcase") if case.find("failure") is None]
    assert passed, "rules with nothing to say pass"


def test_sarif_names_the_cell_as_a_logical_location(expected: list[dict]) -> None:
    (run,) = faulty("sarif").json["runs"]
    results = run["results"]
    assert [(one["ruleId"], one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]) for one in results] == [
        (one["code"], f"{one['sheet']}!{one['range']}") for one in expected
    ]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)
    assert {one["level"] for one in results} == {"error", "warning", "note"}
    assert run["artifacts"][0]["hashes"]["sha-256"]
    assert len({one["partialFingerprints"]["pikExcel/v1"] for one in results}) == len(results)


def test_gitlab_entries_have_what_gitlab_reads(expected: list[dict]) -> None:
    entries = faulty("gitlab").json
    assert len(entries) == len(expected)
    assert len({one["fingerprint"] for one in entries}) == len(entries)
    for entry, one in zip(entries, expected, strict=True):
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"].endswith("haushalt-fehler.xlsx")
        assert str(entry["location"]["lines"]["begin"]) in one["range"]
        assert entry["description"].startswith(f"{one['sheet']}!{one['range']}: ")


def test_github_commands_are_one_line_each_whatever_the_cells_say(evil: Path, expected: list[dict]) -> None:
    assert len(faulty("github").out.splitlines()) == len(expected)
    for line in pik("check", evil, "--format", "github").out.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) file=([^,:]+),line=\d+,title=([^,:]+)::(.+)", line)
        assert command, line
        assert "%2C 100 %25.xlsx" in command[2]


class _Page(HTMLParser):
    """What a page holds and loads."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "srcset", "action", "data"} or name.startswith("on"):
                self.loaded.append(f"{name}={value}")


def page(text: str) -> _Page:
    parsed = _Page()
    parsed.feed(text)
    return parsed


def test_the_page_loads_nothing_and_its_links_lead_somewhere(expected: list[dict]) -> None:
    text = faulty("html").out
    parsed = page(text)
    assert not parsed.tags & {"script", "link", "img", "iframe", "object", "embed", "base"}
    assert parsed.loaded == []
    style = text.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style and "@import" not in style and "http" not in style
    assert "default-src 'none'" in text
    assert all(link.startswith("#") and link[1:] in parsed.ids for link in parsed.links)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert len([one for one in parsed.ids if re.fullmatch(r"f1-\d+", one)]) == len(expected)
    assert len(set(parsed.links)) >= len(expected) - 2, "nearly each finding has its cell in the grid"


def test_what_cells_say_is_text_in_the_page(evil: Path) -> None:
    text = pik("check", evil, "--format", "html").out
    assert "script" not in page(text).tags
    assert "&lt;script&gt;" in text


def test_the_page_is_the_same_each_time() -> None:
    assert faulty("html").out == faulty("html").out


def test_a_clean_workbook_has_a_page_that_says_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "leer.xlsx") as book:
        book.add_worksheet("Notiz").write(0, 0, "Guten Tag")
    text = pik("check", "leer.xlsx", "--format", "html", "--select", "SUM", cwd=tmp_path).out
    assert "keine Befunde" in text


def test_what_was_set_aside_is_suppressed_in_sarif_and_listed_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "haushalt.xlsx").write_bytes((WORKBOOKS / "haushalt.xlsx").read_bytes())
    (tmp_path / "pik-excel.toml").write_text('[[ignore]]\nrules = ["SUM07"]\nreason = "im Vorwort erläutert"\n')
    (run,) = pik("check", "haushalt.xlsx", "--format", "sarif", cwd=tmp_path).json["runs"]
    (aside,) = [one for one in run["results"] if "suppressions" in one]
    assert aside["ruleId"] == "SUM07" and "im Vorwort erläutert" in json.dumps(aside, ensure_ascii=False)
    assert "im Vorwort erläutert" in pik("check", "haushalt.xlsx", "--format", "html", cwd=tmp_path).out
