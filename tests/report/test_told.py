"""Of very many findings of a kind the first are told, the others counted; nothing else is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pik_excel.checks.finding import Finding, Severity
from pik_excel.report.checked import Checked
from pik_excel.report.html import MOST_LISTED, findings_html
from pik_excel.report.told import FIRST, MOST, Others, told
from tests.cli.commands import pik


def at(place: str, code: str = "FRM03", severity: Severity = Severity.ERROR, sheet: str = "Plan") -> Finding:
    return Finding(code, code.lower(), severity, sheet, place, (), None, None, place, "", f"{sheet}{place}{code}")


def test_as_many_as_fit_on_a_page_are_all_told() -> None:
    findings = [at(f"C{row}") for row in range(MOST)]
    assert list(told(findings)) == findings


def test_of_more_the_first_are_told_and_the_others_counted_behind_them() -> None:
    findings = [at(f"C{row}") for row in range(1, 31)] + [at("D40:F41"), at("B50")]
    shown = list(told(findings))
    assert shown[:FIRST] == findings[:FIRST]
    (others,) = shown[FIRST:]
    assert isinstance(others, Others)
    assert (len(others.findings), others.first, others.last) == (12, "C21", "B50")
    assert others.places == "Spalten B–F, Zeilen 21–50"


def test_others_in_one_row_or_column_say_so() -> None:
    def places(findings: list[Finding]) -> str:
        (others,) = (one for one in told(findings) if isinstance(one, Others))
        return others.places

    assert places([at(f"C{row}") for row in range(1, 40)]) == "Spalte C, Zeilen 21–39"
    assert places([at(f"{column}7") for column in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]) == "Spalten U–Z, Zeile 7"


def test_another_rule_sheet_or_severity_is_another_kind() -> None:
    notices = [at(f"C{row}", severity=Severity.NOTICE) for row in range(1, 101)]
    rare = [at("C102"), at("C103", code="NUM01"), at("C104", sheet="Anlage")]
    shown = list(told([*notices, *rare]))
    assert [one for one in shown if isinstance(one, Finding)] == [*notices[:FIRST], *rare]


kinds = st.tuples(st.sampled_from(("FRM03", "NUM01")), st.sampled_from(Severity), st.sampled_from(("Plan", "Anlage")))


@given(st.lists(kinds, max_size=150))
def test_nothing_is_lost_and_the_order_stays(drawn: list[tuple[str, Severity, str]]) -> None:
    findings = [at(f"C{row}", *kind) for row, kind in enumerate(drawn, 1)]
    shown = list(told(findings))
    singly = [one for one in shown if isinstance(one, Finding)]
    left_out = [one for others in shown if isinstance(others, Others) for one in others.findings]
    assert singly == [one for one in findings if one in singly]
    assert sorted((*singly, *left_out), key=findings.index) == findings
    assert all(singly.count(one) == 1 for one in singly)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Sixty errors, none beside another."""
    with xlsxwriter.Workbook(tmp_path / "viele.xlsx") as book:
        sheet = book.add_worksheet("Plan")
        for row in range(0, 120, 2):
            sheet.write(row, 0, f"Zeile {row + 1}")
            sheet.write_formula(row, 1, "=A1/0", None, "#DIV/0!")
    return tmp_path / "viele.xlsx"


def test_the_text_counts_what_it_does_not_tell_and_v_tells_all(many: Path) -> None:
    ended = pik("check", many, "--select", "FRM03")
    assert ended.out.count("FRM03  Fehlerwert") == ended.out.count("◂") == FIRST
    assert "    B41       Fehler   FRM03  … und 40 weitere bis B119\n" in ended.out
    assert "              (Spalte B, Zeilen 41–119; -v zeigt sie)\n" in ended.out
    assert ended.out.endswith("\n  60 Fehler, 0 Warnungen, 0 Hinweise\n")
    whole = pik("check", many, "--select", "FRM03", "-v")
    assert whole.out.count("FRM03  Fehlerwert") == whole.out.count("◂") == 60
    assert ended.code == whole.code == 1


def test_forms_for_programs_stay_whole(many: Path) -> None:
    found = pik("check", many, "--select", "FRM03", "--format", "json").json["workbooks"][0]["findings"]
    assert len(found) == 60
    assert len(pik("check", many, "--select", "FRM03", "--format", "csv").out.splitlines()) == 61


def test_where_known_findings_are_left_out_the_first_of_the_others_have_their_rows(many: Path) -> None:
    known = many.with_name("bekannt.json")
    pik("check", many, "--select", "FRM03", "--baseline", known, "--update-baseline")
    with xlsxwriter.Workbook(many) as book:
        sheet = book.add_worksheet("Plan")
        for row in range(0, 240, 2):
            sheet.write(row, 0, f"Zeile {row + 1}")
            sheet.write_formula(row, 1, "=A1/0", None, "#DIV/0!")
    shown = pik("check", many, "--select", "FRM03", "--baseline", known).out
    assert shown.count("◂") == FIRST and "B121 " in shown and "… und 40 weitere bis B239" in shown


def test_the_page_folds_the_others_and_counts_all(many: Path) -> None:
    page = pik("check", many, "--select", "FRM03", "--format", "html").out
    assert page.count('<article class="finding error"') == FIRST
    assert page.count('<details class="finding error">') == 1
    assert "… und 40 weitere bis B119 (Spalte B, Zeilen 41–119)</summary>" in page
    assert page.count("<li id=") == 40
    assert '<li id="f1-60">B119: ' in page
    assert '<div class="card error"><b>60</b>Fehler</div>' in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="(f[^"]+)"', page))


def test_of_very_many_the_page_lists_a_thousand_lines() -> None:
    findings = tuple(at(f"C{row}") for row in range(1, 1_201))
    page = findings_html([Checked(Path("viele.xlsx"), "", (), findings)])
    assert page.count('<article class="finding error"') == FIRST
    assert page.count("<li id=") == MOST_LISTED
    assert "… und 1.180 weitere bis C1200" in page
    assert "… und 180 weitere, mit -v im Text oder als CSV" in page
    assert "1.200 Fehler, 0 Warnungen" in page or "1200 Fehler, 0 Warnungen" in page
