"""The columns of a printed table: no figure is broken, whatever its size and however many years there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pik_excel.budget.money import Unit
from pik_excel.budget.tables import Status
from pik_excel.report.columns import SMALLEST, USUAL, Columns
from pik_excel.report.paper import PaperCell, PaperRow, PaperTable

POINT = 2.54 / 72  # centimetres


def table(years: int, figure: str) -> PaperTable:
    header = (tuple(PaperCell(text) for text in ("Maßnahme", *(f"Ansatz {2020 + year}" for year in range(years)))),)
    cells = (PaperCell("Lesepaten"), *[PaperCell(figure, is_figure=True)] * years)
    return PaperTable("", Status.DECIDED, Unit.EUR, "", header, (PaperRow("measure", cells),), ())


def test_a_small_figure_leaves_the_room_to_the_names() -> None:
    columns = Columns.of(table(2, "1.151"), 17)
    assert columns.points == USUAL
    assert [round(width, 1) for width in columns.widths] == [12.6, 2.2, 2.2]


def test_millions_with_cents_of_five_years_stand_upright() -> None:
    columns = Columns.of(table(5, "5.606.889,61"), 17)
    assert columns.points == USUAL
    assert columns.widths[1] > 2.3


@given(st.integers(1, 12), st.integers(0, 10**11), st.sampled_from([17.0, 25.7]))
def test_what_is_printed_always_fits_its_column_and_the_page(years: int, cents: int, room: float) -> None:
    figure = f"{cents / 100:,.2f}"
    columns = Columns.of(table(years, figure), room)
    digits, marks = sum(one.isdigit() for one in figure), sum(one in ".," for one in figure)
    printed = (digits * 0.556 + marks * 0.278) * columns.points * POINT  # bold Arial
    assert sum(columns.widths) <= room + 0.001
    assert columns.widths[0] >= room / 4 - 0.001
    if columns.points > SMALLEST:
        assert printed + 0.38 <= columns.widths[1], figure  # what Word keeps free on both sides
