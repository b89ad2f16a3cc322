"""Tables without a column for each year are refused by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pik_excel.errors import Refused
from pik_excel.layout.read import read_budget
from pik_excel.projection.lists import left_out
from pik_excel.projection.project import project
from pik_excel.schema import built_in
from tests.layout.varied import Maker, approvals, grants_of_one_year, long_list, varied, years_down
from tests.tables import workbook


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        (long_list, "lange Liste"),
        (years_down, "Jahre in Zeilen"),
        (approvals, "ohne Spalten je Jahr"),
        (grants_of_one_year, "ohne Spalten je Jahr"),
    ],
)
def test_a_list_is_not_projected_and_the_refusal_says_why(layout: Callable[[Maker], None], says: str) -> None:
    reading = read_budget(varied(layout, 3).workbook, built_in())
    with pytest.raises(Refused) as refusal:
        project(reading, built_in(), 2030)
    assert refusal.value.code == "years-not-across"
    assert says in refusal.value.message
    assert "Tabelle1!A" in refusal.value.message


def test_beside_a_table_by_years_a_list_is_named_and_no_table_by_years_is() -> None:
    table = """
    Blatt "Plan":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | 2026 EUR | 2027 EUR |
    | 2 | Lesepaten | 10 | 20 |
    | 3 | Sprachkurse | 20 | 30 |
    """
    long = """
    Blatt "Liste":
    | | A | B | C |
    |---|---|---|---|
    | 1 | Maßnahme | Jahr | Betrag EUR |
    | 2 | Tafelladen | 2026 | 5 |
    | 3 | Tafelladen | 2027 | 6 |
    | 4 | Elterncafé | 2026 | 7 |
    | 5 | Elterncafé | 2027 | 8 |
    """
    assert list(left_out(read_budget(workbook(table), built_in()).budget)) == []
    (said,) = left_out(read_budget(workbook(table + long), built_in()).budget)
    assert said.startswith("Liste!A1:C5 ist eine lange Liste") and "nicht fortgeschrieben" in said
