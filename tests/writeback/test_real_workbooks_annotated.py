"""Real workbooks, annotated and repaired: no part differs that need not, no cell of the staff, no new error.

By default a sample of fixed size; PIK_EXCEL_FULL=1 takes every workbook that can be read.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import Subject, examine
from pik_excel.errors import NotWritten, Refused
from pik_excel.grid.read import read_workbook
from pik_excel.layout.read import read_budget
from pik_excel.ooxml.compare import compare
from pik_excel.ooxml.package import open_package
from pik_excel.ooxml.sheets import worksheets
from pik_excel.schema import built_in
from pik_excel.writeback.protocol import About, annotated
from pik_excel.writeback.repairs.repairing import repaired
from pik_excel.writeback.repairs.selection import Choice
from tests.conftest import SHARED, needs
from tests.oracles import new_errors

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
FILES, BYTES, VALIDATED = 12, 25_000, 3
ALWAYS = re.compile(
    r"\[content_types\]\.xml|(.*/)?workbook\d*\.xml(\.rels)?|(.*/)?styles\d*\.xml|docprops/app\.xml", re.I
)


def sample(corpus: list[Path]) -> list[Path]:
    """The audit files, and files of the corpus of all sources."""
    audit = sorted((SHARED / "audit").glob("*.xlsx"))
    needs("shared folder", bool(audit))
    if FULL:
        return audit + corpus
    small = [path for path in corpus if path.stat().st_size < BYTES]
    found = [path for path in audit if path.stat().st_size < BYTES][: FILES // 2]
    return found + small[:: max(1, len(small) // (FILES // 2))]


@pytest.mark.filterwarnings("ignore")
def test_nothing_else_differs(corpus: list[Path], tmp_path: Path) -> None:
    written = validated = 0
    for number, path in enumerate(sample(corpus)):
        try:
            package = open_package(path)
            reading = read_budget(read_workbook(package), built_in())
        except Refused:
            continue
        subject = Subject(reading, built_in())
        findings = examine(subject)
        about = About(path.name, package.sha256, date(2021, 6, 24), "pik-excel", 40)
        try:
            copy = annotated(package, reading, findings, about)
            fixed = repaired(package, subject, findings, Choice(), Choice())
        except NotWritten as error:
            assert error.code in {"shared-workbook", "annotated-already"}, (path, error)
            continue
        written += 1
        sheets = {sheet.part for sheet in worksheets(package)}
        there = {sheet.name for sheet in worksheets(package)}
        found = compare(package, copy)
        assert not found.removed, path
        assert [
            name for name in found.changed if name not in sheets and not ALWAYS.fullmatch(name.replace("\\", "/"))
        ] == []
        assert {change.sheet for change in found.cells} & there == set(), path
        touched = {str(one.at) for one in (*fixed.made, *fixed.followers)}
        assert {str(change) for change in compare(package, fixed.package).cells} <= touched, path
        if findings and (FULL or validated < VALIDATED):
            validated += 1
            for name, result in (("a", copy), ("f", fixed.package)):
                output = tmp_path / f"{number}{name}{path.suffix}"
                output.write_bytes(result.data)
                assert new_errors(path, output) == [], path
    assert written >= 8
