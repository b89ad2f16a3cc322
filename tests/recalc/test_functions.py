"""Every admitted function gives what LibreOffice gives, save where LibreOffice is known to differ from Excel."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Cell, ErrorValue, Value, Workbook
from pik_excel.recalc.functions import ADMITTED
from pik_excel.recalc.syntax import Call, parse, walk
from pik_excel.recalc.trust import same
from pik_excel.recalc.values import Recalculation, recalculate
from tests.tables import workbook
from tests.workbooks.libreoffice import recalculated

SHEET = """
| | A      | B      | C                      | D     |
|-|--------|--------|------------------------|-------|
|1| 66     | 3      | OMID                   | 44562 |
|2| 290.5  | drei   | Jobkraftwerk           | 44592 |
|3| -20    | WAHR   | omid                   | 44620 |
|4| 0      |        | Ausbildungscampus **   | 44926 |
|5| 65.5   | =NA()  | '290                   | 45016 |
|6| 1.005  | -2.5   | a  b                   | 45351 |
|7| 150000 | =""    | O*D                    | 45657 |
|8| 0.1    | 7      | Größe                  | 46022 |
"""
COLUMN = 15  # in which the formulas stand

FORMULAS = [
    line
    for line in (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]

EXCEL_GIVES: dict[str, Value] = {
    # LibreOffice keeps a truth value in a cell as the number 1.
    "AVERAGE(B1:B4)": Decimal(3),
    "CONCAT(B3,B4,A3)": "TRUE-20",
    "COUNT(B1:B8)": Decimal(3),
    "IF(B3=1,1,2)": Decimal(2),
    "ISNUMBER(B3)": False,
    "MEDIAN(B1:B4)": Decimal(3),
    "MIN(B1:B4)": Decimal(3),
    "SUM(B1:B4)": Decimal(3),
    "SUM(A1,B3,TRUE)": Decimal(67),
    "SUMPRODUCT(B1:B4,A1:A4)": Decimal(198),
    "B3>A1": True,
    # A criterion finds a number that is stored as text.
    "COUNTIF(C1:C8,290)": Decimal(1),
    "SUMIF(C1:C8,290,A1:A8)": Decimal("65.5"),
    # An empty text is found at the start.
    'FIND("",C2)': Decimal(1),
    "SQRT(-1)": ErrorValue("#NUM!"),
    # Excel reads a text that is written into the formula as a number.
    'SUM("3",4)': Decimal(7),
    # Only the last + or - of a formula is cleared of what floating point leaves.
    "SUM(0.1,0.2,-0.3)": Decimal("5.551115123125783E-17"),
    "(0.1+0.2-0.3)*10": Decimal("5.551115123125783E-16"),
}


def book() -> Workbook:
    sheet = workbook(SHEET).sheets[0]
    cells = dict(sheet.cells)
    for row, formula in enumerate(FORMULAS, 1):
        cells[row, COLUMN] = Cell(row, COLUMN, None, formula)
    return replace(workbook(SHEET), sheets=(replace(sheet, cells=cells),), application="")


@pytest.fixture(scope="module")
def ours() -> Recalculation:
    return recalculate(book())


@pytest.fixture(scope="module")
def theirs(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Value]:
    folder = tmp_path_factory.mktemp("functions")
    with xlsxwriter.Workbook(folder / "functions.xlsx", {"use_future_functions": True}) as target:
        sheet = target.add_worksheet("Tabelle1")
        for (row, column), cell in book().sheets[0].cells.items():
            if cell.formula is not None:
                sheet.write_formula(row - 1, column - 1, f"={cell.formula}")
            elif isinstance(cell.value, str):
                sheet.write_string(row - 1, column - 1, cell.value)
            else:
                sheet.write(row - 1, column - 1, cell.value)
    [result] = recalculated(soffice, [folder / "functions.xlsx"], folder)
    values = read_workbook(result).sheets[0]
    return {formula: values.value(row, COLUMN) for row, formula in enumerate(FORMULAS, 1)}


def at(formula: str) -> Address:
    return Address("Tabelle1", FORMULAS.index(formula) + 1, COLUMN)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_gives_what_libreoffice_gives_or_is_not_evaluated(
    formula: str, ours: Recalculation, theirs: dict[str, Value]
) -> None:
    if at(formula) in ours.not_evaluated:
        return
    expected = EXCEL_GIVES.get(formula, theirs[formula])
    assert same(ours.values[at(formula)], expected), f"{ours.values[at(formula)]} instead of {expected}"


@pytest.mark.parametrize("formula", EXCEL_GIVES)
def test_where_libreoffice_differs_the_formula_is_evaluated(formula: str, ours: Recalculation) -> None:
    assert at(formula) in ours.values


def test_every_admitted_function_is_tried_and_evaluated(ours: Recalculation) -> None:
    evaluated = {address for address in ours.values if address.column == COLUMN}
    tried = {
        node.name
        for address in evaluated
        for node in walk(parse(FORMULAS[address.row - 1], address.row, COLUMN))
        if isinstance(node, Call)
    }
    assert set(ADMITTED) - tried == set()


NOT_CERTAIN = [
    'TEXT(A2,"0.00")',  # the format is in the user's language
    "VALUE(C5)",
    "UPPER(C8)",  # the engine makes ß SS
    "LOOKUP(44600,D1:D8)",  # relies on a sorted list
    "VLOOKUP(44600,D1:D8,1)",
    "MATCH(44600,D1:D8,1)",
    'A2&""',  # "290.5" or "290,5"
    '1/3&""',
    "CONCATENATE(A2,B3,B4)",
    "LEFT(A2,3)",
    "A1+C1",  # an error that nothing in the workbook explains
    "SUM(A1:A2*1)",  # a matrix formula
    'SUMIF(C1:C8,"omid",A1)',  # Excel widens A1, the engine does not
]


@pytest.mark.parametrize("formula", NOT_CERTAIN)
def test_what_is_not_certain_is_not_evaluated(formula: str, ours: Recalculation) -> None:
    assert at(formula) in ours.not_evaluated
