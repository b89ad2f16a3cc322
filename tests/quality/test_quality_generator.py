"""The workbooks of the quality benchmark: their stored values are what LibreOffice computes, their truths exist."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import openpyxl
import pytest

from benchmarks.quality.book import Book, Fault, adding, spans
from benchmarks.quality.defects import PLANTS, Plant, Site
from benchmarks.quality.formula import Calculator
from benchmarks.quality.layouts import LAYOUTS
from benchmarks.quality.scoring import Said, judged, wilson
from benchmarks.quality.truth import truth
from benchmarks.quality.workbook import clean, codes, draft, planted
from benchmarks.quality.writing import written
from tests.office import office

EVERY_WISH = frozenset(
    {"growth", "delta", "share", "row_total", "codes", "nr", "notes", "keys", "cap", "own", "kinds", "until"}
)


def test_stored_values_are_what_libreoffice_computes(tmp_path: Path) -> None:
    books = {}
    for name in LAYOUTS:
        books[f"{name} by chance"] = clean(7, name).book
        everything = frozenset({"assumptions", "financing", "posts", "grant", "figures"})
        books[f"{name} with all"] = draft(Random(name), name, EVERY_WISH, everything)[0]
    paths = {name: tmp_path / f"{number}.xlsx" for number, name in enumerate(books)}
    for name, path in paths.items():
        path.write_bytes(written(books[name]))
    answers = office([{"path": str(path), "steps": [["recalculate"]]} for path in paths.values()])
    compared = 0
    for (name, path), answer in zip(paths.items(), answers, strict=True):
        stored = openpyxl.load_workbook(path, data_only=True)
        for sheet in books[name].sheets:
            for (row, column), cell in sheet.cells.items():
                if cell.formula is not None:
                    expected = stored[sheet.name].cell(row, column)
                    there = answer["cells"][f"{sheet.name}!{expected.coordinate}"][1]
                    value = expected.value
                    number = value if isinstance(value, int | float) else _serial(value)
                    assert there == pytest.approx(number, abs=1e-9), f"{name}: {sheet.name}!{expected.coordinate}"
                    compared += 1
    assert compared > 1_500


def _serial(value: object) -> float:
    from openpyxl.utils.datetime import to_excel

    return float(to_excel(value))


def test_the_same_seed_makes_the_same_bytes() -> None:
    assert clean(12).content == clean(12).content
    assert planted(12).content == planted(12).content


def test_defects_that_fit_few_tables_are_planted_in_eight_layouts_or_forms() -> None:
    for code in ("FIN07", "MSR04", "NUM02", "SUM04", "SUM06", "SUM09"):
        forms: set[tuple[str, str]] = set()
        for seed in range(40):
            if len(forms) < 8:
                made = planted(seed, code)
                forms.add((made.layout, made.facts.form))
        assert len(forms) == 8, code


@pytest.mark.parametrize("code", codes())
def test_the_cells_of_the_truth_exist(code: str) -> None:
    made = planted(codes().index(code))
    assert made.truth is not None
    assert made.truth.code == code
    workbook = openpyxl.load_workbook(io.BytesIO(made.content))
    assert made.truth.cells
    for sheet, (row, column) in made.truth.cells:
        assert sheet in workbook.sheetnames
        assert 1 <= row <= 1000
        assert 1 <= column <= 60


@pytest.mark.parametrize("plant", [plant for plants in PLANTS.values() for plant in plants], ids=lambda one: one.name)
def test_every_way_of_planting_works_in_a_layout(plant: Plant) -> None:
    for number in range(60):
        name = sorted(plant.layouts or LAYOUTS)[number % len(plant.layouts or LAYOUTS)]
        random = Random(number)
        book, facts = draft(random, name, plant.needs, plant.companions)
        found = plant.function(Site(book, facts, random))
        if found is not None:
            assert found.code == plant.code
            assert written(book)
            return
    pytest.fail("it never finds a place")


def test_a_planted_workbook_is_not_the_clean_one() -> None:
    """What is planted changes a cell, a setting or a part: nothing is called planted that is not there."""
    for code in codes():
        made = planted(codes().index(code) + 52)
        if code == "YRS06":  # a deadline is no defect
            continue
        assert made.truth is not None
        assert made.truth.what


def test_the_calculator_knows_sums_rounding_and_errors() -> None:
    book = Book("")
    sheet = book.sheet("Plan")
    values_: tuple[int | str, ...] = (2, 3, "k. A.")
    for row, value in enumerate(values_, 1):
        sheet.put((row, 1), value)
    for row, formula in enumerate(
        ("SUM(A1:A3)", "ROUND(2.5,0)+ROUND(-2.5,0)", "A1/A9", "A3+1", "IF(A1>1,Plan!$A$2*10%,0)", 'SUM(B1:B2)&" EUR"'),
        1,
    ):
        sheet.calc((row, 2), formula)
    calculator = Calculator(book)
    values = [calculator.value("Plan", (row, 2)) for row in range(1, 7)]
    assert values[0] == 5
    assert values[1] == 0
    assert values[2] == Fault("#DIV/0!")
    assert values[3] == Fault("#VALUE!")
    assert str(values[4]) == "0.3"
    assert values[5] == "5 EUR"


def test_places_are_joined_to_ranges() -> None:
    assert spans([(3, 2), (4, 2), (5, 2), (7, 2)]) == [((3, 2), (5, 2)), ((7, 2), (7, 2))]
    assert adding([(3, 2), (4, 2), (7, 2)]) == "SUM(B3:B4,B7)"
    assert adding([(3, 2), (3, 3), (3, 4)]) == "SUM(B3:D3)"


def test_a_finding_counts_at_a_cell_of_the_truth_under_its_code_only() -> None:
    book = Book("")
    sheet = book.sheet("Plan")
    known = truth("SUM01", sheet, [(9, 3)], "", same=["SUM08"], beside=["FRM02"])
    right, range_, other = (
        Said("Plan", "C9", "SUM01", "error"),
        Said("Plan", "B9:D9", "SUM08", "error"),
        Said("Plan", "C9", "NUM03", "error"),
    )
    away = Said("Plan", "C8", "NUM03", "error")
    assert judged(known, [right]).found
    assert judged(known, [range_]).found
    assert not judged(known, [other]).found
    assert judged(known, [other]).otherwise == ("NUM03",)
    assert judged(known, [right, away]).extra == (away,)
    assert not judged(known, [Said("Plan", "C8", "FRM02", "warning")]).extra


def test_wilson_intervals() -> None:
    assert wilson(0, 500)[1] == pytest.approx(0.0076, abs=1e-4)
    assert wilson(19, 20) == pytest.approx((0.7639, 0.9911), abs=1e-4)
