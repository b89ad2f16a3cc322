"""Columns for new years come where they belong: before "ff.", totals and remarks, whatever the list looks like."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import Cell, Sheet
from pik_excel.ooxml.package import Package
from tests.office import office
from tests.oracles import new_errors
from tests.writeback.building import projected
from tests.writeback.layouts_at_random import LAYOUTS, OTHER, SHEET, List, Made, made

SEEDS = range(3)
CASES = [(name, seed) for name in LAYOUTS for seed in SEEDS]


def sheet(package: Package, name: str = SHEET) -> Sheet:
    found = read_workbook(package).sheet(name)
    assert found is not None
    return found


def moved(case: Made, one: List, to: int) -> int:
    """Where the list's column of names stands, once the lists left of it have grown."""
    before = [other for other in case.lists if other.left < one.left]
    return one.left + len(before) * (to - case.last)


def assert_shows(case: Made, package: Package, to: int) -> None:
    """Every cell of every list shows what it must, from the header to the total."""
    there = sheet(package)
    for one in case.lists:
        left = moved(case, one, to)
        heads = [str(there.value(one.top, left + index)) for index in range(len(one.heads(to)))]
        assert heads == one.heads(to)
        for index, row in enumerate(one.shown(to), one.top + 1):
            assert [there.value(index, left + place) for place in range(len(row))] == row, (index, one)


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_years_and_totals_stand_where_they_belong(name: str, seed: int) -> None:
    case = made(name, seed)
    to = case.last + 2 + seed
    projection, written = projected(case.package, to)
    assert_shows(case, written.package, to)
    assert written.not_evaluated == ()
    assert written.skipped == ()
    assert projection.total(to).need == sum(
        one.amount(one.rows[-1], to) * (1 if "EUR" in one.layout.head and "TEUR" not in one.layout.head else 1000)
        for one in case.lists
    )


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_all_else_stays(name: str, seed: int) -> None:
    """Outside the new columns every cell keeps its content, but for grown totals and the open end's new heading."""
    case = made(name, seed)
    to = case.last + 2
    package = projected(case.package, to)[1].package
    before, after = sheet(case.package), sheet(package)
    inserts = [one.left + one.count + 1 for one in case.lists]
    expected: dict[tuple[int, int], Cell] = {}
    for (row, column), cell in before.cells.items():
        at = column + 2 * len({insert for insert in inserts if insert <= column})
        expected[row, at] = cell
    assert expected.keys() <= after.cells.keys()
    changed = {
        at for at, cell in expected.items() if after.cells[at].style != cell.style or after.cells[at].value != cell.value
    }
    may = {"sum", "plus", "ff"} & set(LAYOUTS[name].right)
    assert all(column > inserts[0] for _row, column in changed)
    assert bool(changed) == bool(may)
    assert package.names == case.package.names
    parts = {part for part in package.names if package.part(part) != case.package.part(part)}
    assert {part.partition("/")[2].split("/")[0] for part in parts} <= {"worksheets", "workbook.xml", "charts", "drawings", "tables"}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_ends_at_the_last_year_goes_on(name: str) -> None:
    case = made(name, 0)
    part = projected(case.package, case.last + 2)[1].package.part("xl/worksheets/sheet1.xml").decode()
    before = case.package.part("xl/worksheets/sheet1.xml").decode()
    for one in case.lists:
        first, last = one.left + 1, one.left + one.count
        at = moved(case, one, case.last + 2) - one.left
        sqref = f"{letters(first)}{one.top + 1}:{letters(last)}{one.top + len(one.rows)}"
        assert f'sqref="{sqref}"' in before
        wide = f"{letters(first + at)}{one.top + 1}:{letters(last + at + 2)}{one.top + len(one.rows)}"
        assert f'<conditionalFormatting sqref="{wide}">' in part
        assert f'sqref="{wide[: -len(str(one.top + len(one.rows)))]}{one.top + len(one.rows) - 1}"' in part
    if LAYOUTS[name].merged:
        one = case.lists[0]
        assert f'"{letters(one.left + 1)}{one.top - 1}:{letters(one.left + one.count + 3)}{one.top - 1}"' in part


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_a_second_run_changes_nothing_and_a_later_year_extends_again(name: str, seed: int) -> None:
    case = made(name, seed)
    first, written = projected(case.package, case.last + 2)
    again, nothing = projected(written.package, case.last + 2)
    assert nothing.package is written.package
    assert nothing.edits == ()
    assert again.totals == first.totals
    assert_shows(case, projected(written.package, case.last + 4)[1].package, case.last + 4)


def test_libreoffice_computes_every_stored_value(tmp_path: Path) -> None:
    cases = [(name, made(name, seed), seed) for name, seed in CASES]
    books = []
    for name, case, seed in cases:
        path = tmp_path / f"{name} {seed}.xlsx"
        path.write_bytes(projected(case.package, case.last + 2 + seed)[1].package.data)
        books.append(path)
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path in books])
    for path, answer in zip(books, answers, strict=True):
        for one in read_workbook(path).sheets:
            for cell in one.cells.values():
                if cell.has_formula:
                    at = str(one.address(cell.row, cell.column))
                    assert isinstance(cell.value, Decimal), (path.name, at)
                    assert answer["cells"][at][1] == pytest.approx(float(cell.value), abs=1e-6), (path.name, at)


@pytest.mark.parametrize("name", ["open end, total, remark", "excel table beside", "chart beside", "merged heading"])
def test_microsofts_validator_finds_nothing_new(name: str, tmp_path: Path) -> None:
    case = made(name, 1)
    before, after = tmp_path / "vorher.xlsx", tmp_path / "nachher.xlsx"
    before.write_bytes(case.package.data)
    after.write_bytes(projected(case.package, case.last + 2)[1].package.data)
    assert new_errors(before, after) == []


def test_what_reads_a_grown_total_elsewhere_is_stored_anew() -> None:
    case = made("total", 0)
    one = case.lists[0]
    package = projected(case.package, case.last + 2)[1].package
    values = {cell.value for cell in sheet(package, OTHER).cells.values()}
    assert values == {2 * one.value(one.rows[-1], "sum", 0, case.last + 2)}


def letters(column: int) -> str:
    from pik_excel.grid.reference import column_letters

    return column_letters(column)
