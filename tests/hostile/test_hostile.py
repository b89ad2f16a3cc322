"""No input, however hostile, ends in a crash, hangs, or takes more than 5 s CPU and 512 MB.

PIK_EXCEL_FULL=1 also runs the cases that take long to build or to read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest

from pik_excel.errors import Refused
from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import Sheet
from tests.hostile.bounded import CPU_SECONDS, MEGABYTES, Ended, ended
from tests.hostile.case import PARTLY, SAFE, WHOLE, Case

PROJECT = Path(__file__).parent.parent.parent
GROUPS = ("zip", "archive", "package", "xml", "spelling", "sheet", "many", "file", "place")
COMMANDS = (
    ("check", "IT", "--verbose"),
    ("check", "IT", "--format", "html"),
    ("check", "IT", "--fix", "-o", "OUT"),
    ("check", "IT", "--annotate", "OUT"),
    ("project", "IT", "--to", "2030", "-o", "OUT"),
    ("recalc", "IT", "-o", "OUT"),
    ("diff", "PLAIN", "IT"),
    ("export", "IT"),
    ("report", "IT"),
    ("textconv", "IT"),
    ("consolidate", "IT", "PLAIN", "-o", "OUT"),
)
FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
ODD = re.compile(
    r"^(?!value-date-far|value-date-before).*(?:utf16|bom|strict|prefix|cells-|without|zip64|descriptors|target|empty|styles|order|amount-|value-|spelled-(?!.*-large)|letters-|-deflate-|-stored-|local-)"
)


def cases_of(group: str) -> list[Case]:
    return list(import_module(f"tests.hostile.{group}_cases").cases())


def put(cases: list[Case], folder: Path) -> Iterator[Path]:
    for number, case in enumerate(cases):
        own = folder / str(number)
        own.mkdir()
        yield case.put(own)


def wrong(case: Case, end: Ended) -> str | None:
    """What is wrong with how a case ended."""
    if end.signal or end.code not in (0, 1, 3, 4) or "Traceback" in end.err:
        return f"{case.name}: exit {end.code}, signal {end.signal}: {end.err[-600:]}"
    if end.cpu > CPU_SECONDS or end.megabytes > MEGABYTES:
        return f"{case.name}: {end.cpu:.1f} s, {end.megabytes:.0f} MB"
    read = end.document["workbooks"][0]
    refused = read["refused"]
    if refused and not (end.code == 3 and refused["message"] and refused["hint"]):
        return f"{case.name}: refused without message or hint: {refused}"
    if not refused and read["complete"] != (end.code == 0):
        return f"{case.name}: complete is {read['complete']}, exit code {end.code}"
    found = refused["code"] if refused else WHOLE if read["complete"] else PARTLY
    return f"{case.name}: {case.expected} expected, {found}" if case.expected not in (found, SAFE) else None


def test_there_are_hundreds_and_their_names_differ() -> None:
    names = [case.name for group in GROUPS for case in cases_of(group)]
    assert len(names) >= 250
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("group", GROUPS)
def test_each_ends_as_it_must_within_its_bounds(group: str, tmp_path: Path) -> None:
    cases = [case for case in cases_of(group) if FULL or not case.heavy]
    paths = list(put(cases, tmp_path))
    ends = ended([["check", str(path), "--format", "json", "--fail-on", "never"] for path in paths])
    assert not [said for case, end in zip(cases, ends, strict=True) if (said := wrong(case, end))]


@pytest.mark.skipif(not FULL, reason="PIK_EXCEL_FULL=1: an hour")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("group", GROUPS)
def test_each_command_ends_as_it_must(group: str, words: tuple[str, ...], tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(next(case for case in cases_of("zip") if case.name == "plain").make())  # type: ignore[misc]
    cases = [case for case in cases_of(group) if not case.heavy]
    found = []
    for case, path in zip(cases, put(cases, tmp_path), strict=True):
        names = {"IT": str(path), "OUT": str(path.parent / f"aus-{case.file}"[:60]), "PLAIN": str(plain)}
        found.append([names.get(word, word) for word in words])
    ends = ended(found)
    allowed = range(6)
    wrong_ = [
        f"{case.name}: {end.code} {end.signal} {end.cpu:.1f} s {end.megabytes:.0f} MB {end.err[-600:]}"
        for case, end in zip(cases, ends, strict=True)
        if end.signal or end.code not in allowed or "Traceback" in end.err or end.megabytes > MEGABYTES
    ]
    assert not wrong_


@pytest.mark.parametrize("group", ["zip", "archive", "package", "spelling", "sheet"])
def test_what_is_odd_and_right_is_read_as_openpyxl_reads_it(group: str, tmp_path: Path) -> None:
    compared = 0
    cases = [case for case in cases_of(group) if case.expected == WHOLE and ODD.search(case.name) and not case.heavy]
    for case, path in zip(cases, put(cases, tmp_path), strict=True):
        try:
            theirs = openpyxl.load_workbook(path, data_only=True)
        except Exception:  # it reads less than Excel does
            continue
        for own in read_workbook(path).sheets:
            if own.name in theirs.sheetnames:
                compared += 1
                assert differing(own, theirs[own.name]) == [], case.name
    assert compared >= 3


NO_DATE = "#VALUE!"  # what openpyxl makes of a number under a date format that no date has


def differing(own: Sheet, theirs: object) -> list[str]:
    """Cells whose number or text openpyxl reads otherwise."""
    found = []
    for (row, column), cell in own.cells.items():
        value = theirs.cell(row, column).value  # type: ignore[attr-defined]
        same = (
            not isinstance(value, str | int | float)
            or value == NO_DATE
            or (
                cell.value == value
                if isinstance(value, str)
                else cell.value is not None and float(cell.value) == float(value)
            )
        )
        if not same:
            found.append(f"{row},{column}: {cell.value!r}, {value!r}")
    return found


def test_text_that_looks_like_a_formula_stays_text_in_csv_and_html(tmp_path: Path) -> None:
    named = {"label-formula", "label-plus", "label-at", "label-script", "label-image", "label-template"}
    cases = [case for case in cases_of("sheet") if case.name in named]
    paths = [str(path) for path in put(cases, tmp_path)]
    table, page = ended([["check", *paths, "--format", form, "--fail-on", "never"] for form in ("csv", "html")])
    assert table.code == page.code == 0
    assert not [
        field for line in table.out.splitlines() for field in line.split(";") if field.startswith(("=", "+", "@"))
    ]
    assert "<script>alert" not in page.out
    assert "<img src=http" not in page.out


def test_every_code_of_a_refusal_is_explained() -> None:
    sources = [*(PROJECT / "pik_excel/ooxml").glob("*.py"), PROJECT / "pik_excel/grid", PROJECT / "pik_excel/cli"]
    files = [file for source in sources for file in ([source] if source.is_file() else source.glob("*.py"))]
    raised = re.compile(
        r'(?:Refused|Impossible|_suspicious|_too_many|_too_large|_refused)\(\s*"([a-z0-9-]+)"'
        r'|^\s+"([a-z]+)",\s+_\("\{file\} '
    )
    codes = {match[1] or match[2] for file in files for match in raised.finditer(file.read_text(encoding="utf-8"))}
    page = (PROJECT / "docs/preflight.md").read_text(encoding="utf-8")
    assert len(codes) >= 30
    assert not {code for code in codes if f"`{code}`" not in page}


def test_every_case_that_must_be_refused_names_a_code_of_the_page() -> None:
    page = (PROJECT / "docs/preflight.md").read_text(encoding="utf-8")
    codes = {case.expected for group in GROUPS for case in cases_of(group)} - {WHOLE, PARTLY, SAFE}
    assert not {code for code in codes if f"`{code}`" not in page}


def test_the_limits_are_those_of_the_folders_pik_excel_toml(tmp_path: Path) -> None:
    case = next(case for case in cases_of("zip") if case.name == "plain")
    (tmp_path / "pik-excel.toml").write_text("[preflight]\ncells = 3\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_workbook(case.put(tmp_path))
    assert refused.value.code == "too-many-cells"
    assert "pik-excel.toml" in refused.value.hint
