"""Findings set aside: with a reason, at their place, and no further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.suppression import Sorted, sorted_out
from pik_excel.errors import BadConfiguration
from pik_excel.layout.read import read_budget
from pik_excel.schema import Ignored, Origin, built_in
from tests.tables import workbook

PLAN = """
Blatt "Anlage 1":

| | A | B | C |
|---|---|---|---|
| 1 | Maßnahme | 2024 EUR | 2025 EUR |
| 2 | Ferienwerkstatt | 12000 | 12500 |
| 3 | Lesepaten | 8000 | 8200 |
| 4 | Schwimmkurse | 5000 | 5100 |
| 5 | Summe | 25001 | 25801 |
"""
TODAY = date(2026, 3, 1)


def exception(**parts: object) -> Ignored:
    return Ignored(**{"rules": ("SUM01",), "reason": "aus SAP", "origin": Origin(Path("pik-excel.toml"), 3)} | parts)


def outcome(comment: str | None = None, at: tuple[int, int] = (5, 2), ignored: tuple[Ignored, ...] = ()) -> Sorted:
    book = workbook(PLAN, name="haushalt-2026.xlsx")
    if comment is not None:
        book = replace(book, sheets=(replace(book.sheets[0], comments={at: comment}),))
    rules = [catalogue()["SUM01"]]
    found = examine(Subject(read_budget(book, built_in()), built_in()), rules)
    return sorted_out(found, book, ignored, rules, TODAY)


def standing(outcome: Sorted) -> list[str]:
    return [one.range for one in outcome.findings]


def test_without_an_exception_all_stand() -> None:
    assert standing(outcome()) == ["B5", "C5"]
    assert outcome().suppressed == () and outcome().remarks == ()


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("pik: ignoriere SUM01, weil die Ist-Werte aus SAP kommen", "die Ist-Werte aus SAP kommen"),
        ("Meier, Petra:\nPIK: Ignoriere SUM01 und FRM04: aus SAP", "aus SAP"),
        ("pik: ignore total-differs-from-rows, SUM02 because of SAP", "of SAP"),
        ("pik: ignoriere SUM – aus SAP übernommen", "aus SAP übernommen"),
        ("pik:ignoriere SUM01 (Ist aus SAP)", "(Ist aus SAP)"),
    ],
)
def test_a_comment_sets_aside_what_stands_at_its_cell(comment: str, reason: str) -> None:
    sorted_out = outcome(comment)
    assert standing(sorted_out) == ["C5"]
    assert [(one.source, one.reason) for one in sorted_out.suppressed] == [("Anlage 1!B5", reason)]
    assert sorted_out.suppressed[0].in_workbook


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("pik: ignoriere SUM01", "die Begründung fehlt"),
        ("pik: ignoriere SUM01, weil", "die Begründung fehlt"),
        ("pik: ignoriere XYZ99, weil es stimmt", "eine solche Regel gibt es nicht"),
        ("pik: ignoriere das hier", "eine solche Regel gibt es nicht"),
    ],
)
def test_an_exception_without_a_rule_or_a_reason_does_nothing_and_says_so(comment: str, why: str) -> None:
    sorted_out = outcome(comment)
    assert standing(sorted_out) == ["B5", "C5"]
    assert len(sorted_out.remarks) == 1 and why in sorted_out.remarks[0] and "Anlage 1!B5" in sorted_out.remarks[0]


def test_other_comments_are_no_exceptions() -> None:
    assert outcome("Bitte SUM01 ignorieren, weil wir das pikant finden").remarks == ()
    assert standing(outcome("Siehe pik-excel: SUM01")) == ["B5", "C5"]


def test_a_comment_at_a_cell_without_a_finding_is_called_idle() -> None:
    sorted_out = outcome("pik: ignoriere SUM01, weil aus SAP", at=(4, 2))
    assert standing(sorted_out) == ["B5", "C5"]
    assert "greift nicht mehr" in sorted_out.remarks[0]


def test_a_comment_for_a_rule_that_did_not_run_is_not_called_idle() -> None:
    assert outcome("pik: ignoriere MSR03, weil die Fußnote in der Vorlage steht").remarks == ()


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ({}, []),
        ({"rules": ("sum",)}, []),
        ({"rules": ("MSR",)}, ["B5", "C5"]),
        ({"range": "C5"}, ["B5"]),
        ({"range": "A1:B9"}, ["C5"]),
        ({"sheet": "anlage *"}, []),
        ({"sheet": "Plan *"}, ["B5", "C5"]),
        ({"workbook": "haushalt-*.xlsx"}, []),
        ({"workbook": "stellen*.xlsx"}, ["B5", "C5"]),
        ({"until": date(2026, 3, 1)}, []),
        ({"until": date(2026, 2, 28)}, ["B5", "C5"]),
    ],
)
def test_an_entry_reaches_as_far_as_it_says(parts: dict[str, object], left: list[str]) -> None:
    assert standing(outcome(ignored=(exception(**parts),))) == left


def test_an_entry_that_has_run_out_says_so() -> None:
    assert "28.02.2026" in outcome(ignored=(exception(until=date(2026, 2, 28)),)).remarks[0]


def test_an_entry_for_a_rule_that_does_not_exist_is_refused_with_its_line() -> None:
    with pytest.raises(BadConfiguration, match=r"pik-excel\.toml:3.*SUM77"):
        outcome(ignored=(exception(rules=("SUM77",)),))


def test_an_entry_for_no_range_is_refused_with_its_line() -> None:
    with pytest.raises(BadConfiguration, match=r"pik-excel\.toml:3.*Zeile 5"):
        outcome(ignored=(exception(range="Zeile 5"),))
