"""Real workbooks: what Excel stored comes out again, or it is said that it does not."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.errors import PikError
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, Value, Workbook
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.stale import stale_values
from pik_excel.recalc.trust import same
from pik_excel.recalc.values import recalculate
from tests.conftest import PROJECT, SHARED, needs
from tests.workbooks.libreoffice import recalculated

EXAMPLE = PROJECT / "workbooks" / "haushalt.xlsx"


def blanked(workbook: Workbook) -> Workbook:
    """The workbook without its formulas' results, so that nothing can be copied or calibrated."""
    sheets = tuple(
        replace(
            sheet,
            cells={
                place: Cell(*place, None, cell[3], cell.style, cell.array) if cell.has_formula else cell
                for place, cell in sheet.cells.items()
            },
        )
        for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets, application="")


def results(workbook: Workbook) -> dict[Address, Value]:
    return {
        sheet.address(*place): cell.value
        for sheet in workbook.sheets
        for place, cell in sheet.cells.items()
        if cell.has_formula and cell.value is not None
    }


def agrees(contents: Contents, stored: dict[Address, Value], at: Address, value: Value) -> bool:
    def read(cell: Address) -> Value:
        return stored.get(cell, contents.stored(cell))

    return same(stored[at], value) or same(stored[at], value, contents.scale(at, read))


def test_every_formula_of_the_example_is_evaluated_and_gives_what_is_stored() -> None:
    workbook = read_workbook(EXAMPLE)
    stored = results(workbook)
    result = recalculate(blanked(workbook))
    assert len(stored) > 30
    assert result.not_evaluated == {}
    assert {at: value for at, value in result.values.items() if not same(stored[at], value)} == {}
    assert stale_values(workbook) == ()


def test_libreoffice_gives_the_same_for_the_example(soffice: str, tmp_path: Path) -> None:
    ours = recalculate(blanked(read_workbook(EXAMPLE))).values
    [path] = recalculated(soffice, [EXAMPLE], tmp_path)
    theirs = results(read_workbook(path))
    assert {at: (value, theirs.get(at)) for at, value in ours.items() if not same(value, theirs.get(at))} == {}


def test_budgets_of_real_people_come_out_as_excel_stored_them() -> None:
    needs("shared folder", (SHARED / "audit").is_dir())
    counts = _compared(sorted((SHARED / "audit").glob("*.xlsx")))
    assert counts["wrong"] == 0
    assert counts["agree"] > 0.99 * sum(counts.values())


@pytest.mark.skipif(not os.environ.get("PIK_EXCEL_FULL"), reason="minutes; PIK_EXCEL_FULL=1 runs it")
def test_the_whole_corpus_comes_out_as_excel_stored_it(corpus: list[Path]) -> None:
    counts = _compared(corpus)
    total = sum(counts.values())
    assert total > 10_000
    assert counts["wrong"] <= 0.0005 * total
    assert counts["agree"] >= 0.85 * total


def _compared(paths: list[Path]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in paths:
        try:
            workbook = read_workbook(path)
        except PikError:
            continue
        stored = results(workbook)
        without = blanked(workbook)
        evaluated, contents = recalculate(without).values, Contents(without)
        for at in stored:
            if at not in evaluated:
                counts["not evaluated"] += 1
            else:
                counts["agree" if agrees(contents, stored, at, evaluated[at]) else "wrong"] += 1
    return counts


@pytest.mark.skipif(not os.environ.get("PIK_EXCEL_FULL"), reason="minutes; PIK_EXCEL_FULL=1 runs it")
def test_what_excel_saved_is_hardly_ever_stale(corpus: list[Path]) -> None:
    found = {}
    for path in corpus:
        try:
            workbook = read_workbook(path)
        except PikError:
            continue
        if stale := stale_values(workbook):
            found[path.name] = stale
    assert found == {}


def test_a_planted_stale_value_of_the_example_is_the_only_one() -> None:
    workbook = read_workbook(EXAMPLE)
    sheet, place, cell = next(
        (sheet, place, cell)
        for sheet in workbook.sheets
        for place, cell in sheet.cells.items()
        if cell.formula and cell.formula.startswith("SUM(") and isinstance(cell.value, Decimal) and cell.value
    )
    assert isinstance(cell.value, Decimal)
    planted = Cell(*place, cell.value + 1, cell.formula, cell.style)
    changed = replace(sheet, cells={**sheet.cells, place: planted})
    workbook = replace(workbook, sheets=tuple(changed if each is sheet else each for each in workbook.sheets))
    assert [each.at for each in stale_values(workbook)] == [sheet.address(*place)]
