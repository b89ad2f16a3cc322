"""Rows and columns come and go in real workbooks: nothing crashes, what is not concerned stays byte for byte.

Every 12th file by default, all with PIK_EXCEL_FULL=1 (about ten minutes; with the validator's judgement an hour more).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pik_excel.errors import NotWritten, Refused
from pik_excel.ooxml.package import Package, open_package
from pik_excel.ooxml.sheets import SheetPart, worksheets
from pik_excel.ooxml.structure.insertion import deleted_columns, deleted_rows, inserted_columns, inserted_rows
from tests.oracles import new_errors

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
UNTOUCHED = ("xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/", "xl/media/", "xl/vbaProject.bin", "docProps/")
REFUSALS = {"off-the-grid", "inside-array", "table-header", "whole-table", "inside-pivot"}  # what Excel refuses too
CHANGES: dict[str, Callable[[Package, str], Package]] = {
    "a column in": lambda package, sheet: inserted_columns(package, sheet, 2),
    "two rows in": lambda package, sheet: inserted_rows(package, sheet, 3, 2),
    "a column out": lambda package, sheet: deleted_columns(package, sheet, 2),
    "a row out": lambda package, sheet: deleted_rows(package, sheet, 2),
}


def opened(paths: list[Path]) -> list[tuple[Package, SheetPart]]:
    found = []
    for path in paths if FULL else paths[::12]:
        try:
            package = open_package(path)
            sheet = next((one for one in worksheets(package) if one.kind == "worksheet"), None)
        except Refused:
            continue
        if sheet is not None:
            found.append((package, sheet))
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_is_concerned_changes(change: str, corpus: list[Path]) -> None:
    refused = 0
    books = opened(corpus)
    for package, sheet in books:
        try:
            new = CHANGES[change](package, sheet.name)
        except (NotWritten, Refused) as error:
            assert error.code in REFUSALS, f"{package.path.name}: {error}"
            refused += 1
            continue
        assert set(package.names) - set(new.names) <= {"xl/calcChain.xml", "xl/tables/tableSingleCells1.xml"}
        assert set(new.names) <= set(package.names)
        for name in package.names:
            if name.startswith(UNTOUCHED):
                assert new.part(name) == package.part(name), f"{package.path.name}: {name}"
    assert len(books) > 40
    assert refused < len(books) / 10


@pytest.mark.skipif(not FULL, reason="about an hour; PIK_EXCEL_FULL=1 runs it")
@pytest.mark.parametrize("change", CHANGES)
def test_the_validator_finds_nothing_that_the_input_does_not_have(
    change: str, corpus: list[Path], tmp_path: Path
) -> None:
    worse = {}
    for package, sheet in opened(corpus):
        try:
            new = CHANGES[change](package, sheet.name)
        except (NotWritten, Refused):
            continue
        target = tmp_path / package.path.name
        target.write_bytes(new.data)
        if found := new_errors(package.path, target):
            worse[package.path.name] = found
        target.unlink()
    assert worse == {}
