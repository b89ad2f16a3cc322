"""Formulas that refer to other workbooks: calculated with what the file remembers of these, said so, never guessed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Calculation, Cell, DefinedName, ErrorValue, Value, Workbook
from pik_excel.recalc.arithmetic import Unknown
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.independent import Evaluator
from pik_excel.recalc.stale import inputs_text, stale_values
from pik_excel.recalc.values import Recalculation, recalculate
from tests.tables import workbook

REMEMBERED: dict[str, dict[str, Value]] = {
    "[1]Ansatz": {"B7": Decimal(325), "B8": Decimal(40), "B10": Decimal(5), "C7": "Refugio", "D7": ErrorValue("#REF!")},
    "[2]Plan 2027 – Entwurf für den Ausschuss": {"A1": Decimal(7)},
    "[2]Leer": {},
}
MISSING = "nicht berechnet: aus der anderen Arbeitsmappe ist kein Wert gespeichert"
ELSEWHERE = "nicht berechnet: Bezug auf eine andere Arbeitsmappe"
LAST = "'[2]Plan 2027 – Entwurf für den Ausschuss'!A1"


def book(*formulas: str, stored: Value = None, saved: bool = False) -> Workbook:
    """The formulas in A1, A2 … of one sheet, of which no program has stored the values unless `saved`."""
    plain = workbook("| | A |\n|-|-|\n| 1 | x |")
    cells = {(row, 1): Cell(row, 1, stored, formula) for row, formula in enumerate(formulas, 1)}
    remembered = {
        sheet: {
            at: Cell(*at, value) for name, value in values.items() for at in [(int(name[1:]), " ABCD".index(name[0]))]
        }
        for sheet, values in REMEMBERED.items()
    }
    return replace(
        plain,
        sheets=(replace(plain.sheets[0], cells=cells),),
        other_workbooks=remembered,
        external_links=("Kasse.xlsx", "file:///N:/Amt%2050/Plan.xlsx"),
        calculation=Calculation(full_on_load=not saved),
    )


def result(*formulas: str) -> Recalculation:
    return recalculate(book(*formulas))


def at(row: int) -> Address:
    return Address("Tabelle1", row, 1)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("[1]Ansatz!B7", Decimal(325)),
        ("'[1]Ansatz'!$B$7*2", Decimal(650)),
        ("[1]ANSATZ!B7", Decimal(325)),
        ("SUM([1]Ansatz!B7:B8)", Decimal(365)),
        ("SUM([1]Ansatz!B7,[1]Ansatz!B8)", Decimal(365)),
        (LAST, Decimal(7)),
        (f"{LAST}+[1]Ansatz!B8", Decimal(47)),
        ("[1]Ansatz!C7", "Refugio"),
        ("[1]Ansatz!D7+1", ErrorValue("#REF!")),
        ("IFERROR([1]Ansatz!D7,0)", Decimal(0)),
        ('IF([1]Ansatz!C7="Refugio",1,2)', Decimal(1)),
        ("VLOOKUP(325,[1]Ansatz!B7:C7,2,FALSE)", "Refugio"),
    ],
)
def test_the_remembered_values_are_calculated_with(formula: str, value: Value) -> None:
    found = result(formula)
    assert (found.not_evaluated, found.values) == ({}, {at(1): value})


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("[1]Ansatz!B9", MISSING),
        ("[1]Ansatz!B7+[1]Ansatz!B9", MISSING),
        ("IFERROR([1]Ansatz!B9,0)", MISSING),
        ("SUM([1]Ansatz!B7:B10)", MISSING),
        ("SUM([1]Ansatz!B:B)", MISSING),
        ("[2]Leer!A1", MISSING),
        ("[1]Anderes!A1", ELSEWHERE),
        ("[3]Ansatz!B7", ELSEWHERE),
        ("[1]!Satz", ELSEWHERE),
        ("'C:\\Amt\\[Kasse.xlsx]Ansatz'!B7", ELSEWHERE),
    ],
)
def test_what_is_not_remembered_is_not_calculated(formula: str, reason: str) -> None:
    found = result(formula, "A1+1")
    assert found.not_evaluated == {at(1): reason, at(2): "nicht berechnet: hängt ab von Tabelle1!A1"}
    assert found.from_other_workbooks == {}


def test_gaps_in_a_range_are_blank_cells_where_a_program_saved_the_result() -> None:
    assert recalculate(book("SUM([1]Ansatz!B7:B10)", stored=Decimal(370), saved=True)).values == {at(1): 370}
    refused = recalculate(book("SUM([1]Ansatz!B7:B10)", stored=Decimal(400), saved=True))
    assert refused.not_evaluated == {at(1): "nicht berechnet: das Rechenwerk trifft den gespeicherten Wert nicht"}
    new = recalculate(book("5", stored=Decimal(5), saved=True), {at(3): "=SUM([1]Ansatz!B7:B10)"})
    assert new.not_evaluated == {at(3): MISSING}


def test_it_is_said_which_formulas_rest_on_which_files() -> None:
    found = result("[1]Ansatz!B7", "A1*2", f"{LAST}+[1]Ansatz!B8+[1]Ansatz!B7", "[1]Ansatz!B9", "1+1")
    assert found.from_other_workbooks == {
        at(1): ("Kasse.xlsx",),
        at(3): ("file:///N:/Amt%2050/Plan.xlsx", "Kasse.xlsx"),
    }


def test_a_name_for_a_cell_of_another_workbook_is_followed() -> None:
    named = replace(book("Satz*2"), names=(DefinedName("Satz", "[1]Ansatz!$B$7"),))
    found = recalculate(named)
    assert (found.values, found.from_other_workbooks) == ({at(1): 650}, {at(1): ("Kasse.xlsx",)})


@pytest.mark.parametrize(
    ("stored", "speaks"), [(Decimal(365), False), (Decimal(300), True)], ids=["as remembered", "other"]
)
def test_a_stored_value_is_held_against_the_remembered_ones(stored: Decimal, speaks: bool) -> None:
    with_sum = book("SUM([1]Ansatz!B7:B8)", stored=stored, saved=True)
    stale = stale_values(with_sum)
    assert [(one.at, one.computed) for one in stale] == ([(at(1), Decimal(365))] if speaks else [])
    assert all(inputs_text(Contents(with_sum), one.at) == "[1]Ansatz!B7 = 325; [1]Ansatz!B8 = 40" for one in stale)


@pytest.mark.parametrize("formula", ["[1]Ansatz!B9", "SUM([1]Ansatz!B7:B10)", "MAX([1]Ansatz!B7:B10)"])
def test_the_second_computation_does_not_take_what_is_missing_for_blank(formula: str) -> None:
    assert stale_values(book(formula, stored=Decimal(1), saved=True)) == ()
    contents = Contents(book(formula))
    function = Evaluator(contents.in_file).function(contents.trees[at(1)], "Tabelle1")
    assert function is not None
    with pytest.raises(Unknown):
        function(1, 1)
