"""What README and Kurzanleitung show is what the program prints, and CI runs the test command that README names."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import catalogue
from tests.sessions import PAGES, PROJECT, agrees, playground, run, sessions


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_session_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    folder = playground(tmp_path)
    shown = list(sessions(page.read_text(encoding="utf-8")))
    assert shown, "a page without a session proves nothing"
    for session in shown:
        printed = run(session.command, folder)
        assert agrees(session.printed, printed), f"$ {session.command}\n{printed}"


def test_lines_left_out_are_the_only_freedom() -> None:
    assert agrees("a\n…\nc\n", "a\nb1\nb2\nc\n")
    assert not agrees("a\n…\nd\n", "a\nb\nc\n")
    assert not agrees("a\n", "a\nb\n")


def test_what_the_readme_shows_in_python_is_what_it_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(playground(tmp_path))
    blocks = re.findall(r"^```python\n(.*?)^```$", (PROJECT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    said: list[str] = []
    for block in blocks:
        example = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
        doctest.DocTestRunner().run(example, out=said.append)
    assert blocks
    assert said == []


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/kurzanleitung.md"])
def test_as_many_rules_are_stated_as_there_are(page: str) -> None:
    stated = re.findall(r"(\d+) (?:rules|Regeln)", (PROJECT / page).read_text("utf-8"))
    assert stated
    assert set(stated) == {str(len(catalogue()))}


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest -n auto"
    assert command in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert command in (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
