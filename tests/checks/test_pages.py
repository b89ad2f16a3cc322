"""The catalogue's own test: each rule speaks on the tables that its page calls wrong, at the cell the page names, and
nothing speaks on those it calls right.

The documentation cannot be wrong about what a rule does: the page is the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pik_excel.checks.catalogue import Rule, Subject, catalogue, examine
from pik_excel.checks.finding import Finding
from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.tables import workbook

PARAGRAPHS = ("Was", "Warum", "Quelle", "Falsch", "Richtig", "Beheben", "Schweigt")
_HEAD = re.compile(r"(?P<word>[A-Z]\w+)(?: \((?P<cells>[^)]*)\))?:(?P<rest>.*)\Z", re.DOTALL)


def paragraphs(page: str) -> list[tuple[str, str, str]]:
    """Word, cells in brackets, text; tables and sheet names belong to the paragraph above them."""
    found: list[tuple[str, str, str]] = []
    for block in re.split(r"\n\s*\n", page.strip())[1:]:
        head = _HEAD.match(block)
        if head and head["word"] in PARAGRAPHS:
            found.append((head["word"], head["cells"] or "", head["rest"]))
        else:
            word, cells, text = found.pop()
            found.append((word, cells, f"{text}\n\n{block}"))
    return found


def examples(word: str) -> Iterator[tuple[str, str, str]]:
    for rule in catalogue().values():
        for found, cells, text in paragraphs(rule.page):
            if found == word:
                yield rule.code, cells, text


def findings(text: str, code: str) -> tuple[Finding, ...]:
    """What all rules say. The tables are excerpts: that a total is missing (SUM09) is no matter but to its own page."""
    found = examine(Subject(read_budget(workbook(text), built_in()), built_in()))
    return tuple(one for one in found if one.code == code or one.code != "SUM09")


def named(finding: Finding) -> set[str]:
    cell = finding.range.partition(":")[0]
    return {cell, finding.range, f"{finding.sheet}!{cell}", f"{finding.sheet}!{finding.range}"}


@pytest.mark.parametrize(("code", "cells", "text"), [pytest.param(*one, id=one[0]) for one in examples("Falsch")])
def test_only_this_rule_speaks_on_what_its_page_calls_wrong(code: str, cells: str, text: str) -> None:
    found = findings(text, code)
    assert {finding.code for finding in found} == {code}, [finding.message for finding in found]
    wanted = [cell.strip() for cell in cells.split(",")]
    assert len(found) == len(wanted), [finding.message for finding in found]
    for cell, finding in zip(wanted, found, strict=True):
        assert cell in named(finding), finding.message


@pytest.mark.parametrize(("code", "cells", "text"), [pytest.param(*one, id=one[0]) for one in examples("Richtig")])
def test_nothing_speaks_on_what_a_page_calls_right(code: str, cells: str, text: str) -> None:
    assert not cells
    assert [(finding.code, finding.message) for finding in findings(text, code)] == []


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_each_page_says_all_it_must(rule: Rule) -> None:
    words = [word for word, _cells, _text in paragraphs(rule.page)]
    assert rule.title and not rule.title.endswith("."), "the first line is the German name"
    assert list(dict.fromkeys(words)) == list(PARAGRAPHS)


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_each_message_carries_its_cell_and_a_next_step(rule: Rule) -> None:
    for code, _cells, text in examples("Falsch"):
        if code == rule.code:
            for finding in findings(text, code):
                assert finding.message.endswith(".") and finding.hint, finding
                assert len(finding.message) <= 400, finding.message


def test_codes_and_names_are_well_formed() -> None:
    names = [rule.name for rule in catalogue().values()]
    assert len(set(names)) == len(names)
    for rule in catalogue().values():
        assert re.fullmatch(r"[A-Z]{3}\d\d", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert set(rule.yields_to).isdisjoint({rule.code})
