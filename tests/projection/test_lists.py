"""Tables without a column for each year are refused by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pik_excel.errors import Refused
from pik_excel.layout.read import read_budget
from pik_excel.projection.project import project
from pik_excel.schema import built_in
from tests.layout.varied import Maker, approvals, grants_of_one_year, long_list, varied, years_down


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
