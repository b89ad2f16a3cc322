"""Typed numbers that the formulas of their row or column give are found, inputs are not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pik_excel.budget.tables import Budget
from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.evidence import agrees, proof
from pik_excel.grid.workbook import Workbook
from pik_excel.layout.reading import Reading
from pik_excel.schema.files import built_in
from tests.tables import workbook

FAMILY = ("FRM01", "FRM02", "SUM02", "SUM03")


def spoken(text: str | Workbook) -> list[str]:
    book = workbook(text) if isinstance(text, str) else text
    found = examine(Subject(Reading(book, Budget()), built_in()), [catalogue()[code] for code in FAMILY])
    return [f"{one.code} {one.range}" for one in found]


SILENT = {
    "no formula at all": """
        |   | A     | B  | C  | D   |
        |---|-------|----|----|-----|
        | 1 | Nord  | 31 | 42 | 73  |
        | 2 | Süd   | 25 | 38 | 63  |
        | 3 | Summe | 56 | 80 | 136 |
    """,
    "typed sums in a sheet that computes something else": """
        |   | A     | B  | C  | D   | E              |
        |---|-------|----|----|-----|----------------|
        | 1 | Nord  | 31 | 42 | 73  | =D1/2 → 36.5   |
        | 2 | Süd   | 25 | 38 | 63  | =D2/2 → 31.5   |
        | 3 | Summe | 56 | 80 | 136 | =D3/2 → 68     |
    """,
    "inputs before the years that are computed from them": """
        |   | A    | B   | C     | D                    | E                    | F                    |
        |---|------|-----|-------|----------------------|----------------------|----------------------|
        | 1 | Jahr | 2022 | 2023 | 2024                 | 2025                 | 2026                 |
        | 2 | Nord | 310 | 317   | =ROUND(C2*1.02,0) → 323 | =ROUND(D2*1.02,0) → 329 | =ROUND(E2*1.02,0) → 336 |
    """,
    "years of which the last are counted up": """
        |   | A    | B    | C    | D              | E              |
        |---|------|------|------|----------------|----------------|
        | 1 | Jahr | 2022 | 2023 | =C1+1 → 2024   | =D1+1 → 2025   |
    """,
    "a total from which a row is worked out as the rest": """
        |   | A      | B                | C                |
        |---|--------|------------------|------------------|
        | 1 | Nord   | 310              | 415              |
        | 2 | Übrige | =B3-B1 → 215     | 226              |
        | 3 | Summe  | 525              | =SUM(C1:C2) → 641 |
    """,
    "equal amounts side by side under a sum of both": """
        |   | A    | B   | C   | D                 |
        |---|------|-----|-----|-------------------|
        | 1 | Nord | 290 | 290 | =SUM(B1:C1) → 580 |
        | 2 | Süd  | 415 | 415 | =SUM(B2:C2) → 830 |
        | 3 | West | 127 | 127 | =SUM(B3:C3) → 254 |
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_inputs_are_left_alone(text: str) -> None:
    assert spoken(text) == []


def test_typed_rates_of_other_rows_are_found_by_the_one_formula_of_their_column() -> None:
    text = """
        |   | A    | B     | C    | D                          |
        |---|------|-------|------|----------------------------|
        | 1 | 1999 | 43404 | 1387 | 32                         |
        | 2 | 2000 | 43847 | 1421 | 32.4                       |
        | 4 | 2001 | 44359 | 1502 | 33.9                       |
        | 5 | 2002 | 44964 | 1511 | =C5/B5*1000 → 33.604661507 |
    """
    assert spoken(text) == ["FRM02 D1:D2", "FRM02 D4"]


def test_typed_totals_in_a_row_of_totals_are_found_also_where_they_are_nearly_right() -> None:
    text = """
        |   | A     | B    | C    | D    | E                  | F                  |
        |---|-------|------|------|------|--------------------|--------------------|
        | 1 | Nord  | 310  | 415  | 617  | 511                | 216                |
        | 2 | Süd   | 118  | 226  | 318  | 102                | 313                |
        | 3 | Summe | 428  | 640  | 935  | =SUM(E1:E2) → 613  | =SUM(F1:F2) → 529  |
    """
    assert spoken(text) == ["SUM02 B3", "SUM02 C3", "SUM02 D3"]


def test_a_typed_total_within_many_that_are_computed_is_found_though_it_is_wrong() -> None:
    text = """
        |   | A     | B                 | C                 | D   | E                 | F                 |
        |---|-------|-------------------|-------------------|-----|-------------------|-------------------|
        | 1 | Nord  | 310               | 415               | 617 | 511               | 216               |
        | 2 | Süd   | 118               | 226               | 318 | 102               | 313               |
        | 3 | Summe | =SUM(B1:B2) → 428 | =SUM(C1:C2) → 641 | 812 | =SUM(E1:E2) → 613 | =SUM(F1:F2) → 529 |
    """
    assert [one.split()[1] for one in spoken(text)] == ["D3"]


def test_a_sum_into_the_heading_and_the_empty_row_is_one_warning_for_all_columns() -> None:
    text = """
        |   | A     | B                 | C                 |
        |---|-------|-------------------|-------------------|
        | 1 | Dinge | Anzahl            | Menge             |
        | 2 | Nord  | 310               | 415               |
        | 3 | Süd   | 118               | 226               |
        | 5 | Summe | =SUM(B1:B4) → 428 | =SUM(C1:C4) → 641 |
    """
    assert spoken(text) == ["SUM03 B5:C5"]


def test_averages_and_counts_have_margins_too() -> None:
    text = """
        |   | A     | B                      | C                   |
        |---|-------|------------------------|---------------------|
        | 1 | Dinge | Anzahl                 | Menge               |
        | 2 | Nord  | 310                    | 415                 |
        | 3 | Süd   | 118                    | 226                 |
        | 5 | Mittel | =AVERAGE(B1:B4) → 214 | =MAX(C1:C4) → 415   |
    """
    assert spoken(text) == ["SUM03 B5", "SUM03 C5"]
    assert spoken(text.replace("B1:B4", "B2:B3").replace("C1:C4", "C2:C3")) == []


def test_the_one_sum_that_reaches_into_an_empty_cell_is_found_whatever_stands_beside_it() -> None:
    text = """
        |   | A     | B                 | C    | D                 | E    | F                  |
        |---|-------|-------------------|------|-------------------|------|--------------------|
        | 1 | Nord  | 310               | 0.5  | 415               | 0.25 | 77                 |
        | 2 | Süd   | 118               | 0.25 | 226               | 0.5  | 23                 |
        | 3 | West  | 205               | 0.75 | 112               | 0.5  | 41                 |
        | 4 |       |                   | 1.5  |                   |      |                    |
        | 5 | Summe | =SUM(B1:B4) → 633 | 17   | =SUM(D1:D3) → 753 | 19   | =SUM(F1:F3) → 141  |
    """
    assert spoken(text) == ["SUM03 B5"]
    assert spoken(text.replace("SUM(B1:B4)", "SUM(B1:B3)")) == []


def test_the_one_sum_that_counts_the_year_above_is_found_and_not_the_others() -> None:
    text = """
        |   | A     | B                 | C                 | D                  |
        |---|-------|-------------------|-------------------|--------------------|
        | 1 | Jahr  | 2001              | 2002              | 2003               |
        | 2 | Nord  | 310               | 415               | 77                 |
        | 3 | Süd   | 118               | 226               | 23                 |
        | 4 | Summe | =SUM(B2:B3) → 428 | =SUM(C2:C3) → 641 | =SUM(D1:D3) → 2103 |
    """
    assert spoken(text) == ["SUM03 D4"]


def test_the_one_sum_that_counts_a_row_computed_otherwise_is_found_and_not_the_others() -> None:
    text = """
        |   | A       | B                  | C                 | D                 | E    |
        |---|---------|--------------------|-------------------|-------------------|------|
        | 1 | Schulen | =E1*2 → 18         | =E1*3 → 27        | =E1*4 → 36        | 9    |
        | 2 | Nord    | =B$1*E2 → 180      | =C$1*E2 → 270     | =D$1*E2 → 360     | 10   |
        | 3 | Süd     | =B$1*E3 → 216      | =C$1*E3 → 324     | =D$1*E3 → 432     | 12   |
        | 4 | Summe   | =SUM(B1:B3) → 414  | =SUM(C2:C3) → 594 | =SUM(D2:D3) → 792 |      |
    """
    assert spoken(text) == ["SUM03 B4"]


def test_a_lone_sum_that_leaves_out_the_first_rows_is_found_but_for_an_opening_balance() -> None:
    text = """
        |   | A      | B                 |
        |---|--------|-------------------|
        | 1 | Dinge  | Anzahl            |
        | 2 | {name} | 310               |
        | 3 | Süd    | 118               |
        | 4 | West   | 205               |
        | 5 | Ost    | 77                |
        | 6 | Summe  | =SUM(B3:B5) → 400 |
    """
    assert spoken(text.format(name="Nord")) == ["SUM03 B6"]
    for name in ("Anfangsbestand", "Opening balance", "Saldo", "Summe Vorjahr", ""):
        assert spoken(text.format(name=name)) == []
    assert spoken(text.format(name="Nord").replace("| 1 | Dinge  | Anzahl ", "| 1 | Dinge  | =B2*2 → 620 ")) == []


def test_a_sum_that_adds_what_the_one_beside_it_adds_is_found() -> None:
    text = """
        |   | A     | B                 | C                 | D                 |
        |---|-------|-------------------|-------------------|-------------------|
        | 1 | Nord  | 310               | 415               | 77                |
        | 2 | Süd   | 118               | 226               | 23                |
        | 3 | Summe | =SUM(B1:B2) → 428 | =SUM(C1:C2) → 641 | =SUM(C1:C2) → 641 |
    """
    assert spoken(text) == ["SUM03 D3"]
    alone = text.replace("| 77  ", "|     ").replace("| 23  ", "|     ")
    assert spoken(alone) == []  # a total carried over to a column of its own


def test_a_row_without_a_number_in_the_one_column_belongs_to_the_range() -> None:
    text = """
        |   | A     | B                 | C                 |
        |---|-------|-------------------|-------------------|
        | 1 | Nord  | 310               | 415               |
        | 2 | Süd   | 118               | 226               |
        | 3 | West  |                   | 33                |
        | 4 | Ost   |                   |                   |
        | 5 | Summe | =SUM(B1:B4) → 428 | =SUM(C1:C4) → 674 |
    """
    assert spoken(text) == []


def test_one_formula_that_computes_otherwise_is_found_but_no_row_of_another_kind() -> None:
    text = """
        |   | A    | B  | C   | D              | E               |
        |---|------|----|-----|----------------|-----------------|
        | 1 | Nord | 31 | 415 | =B1*C1 → 12865 | =C1-B1 → 384    |
        | 2 | Süd  | 12 | 226 | =B2*C2 → 2712  | =C2-B2 → 214    |
        | 3 | West | 14 | 318 | =B3*C2 → 3164  | =C3-B3 → 304    |
        | 4 | Ost  | 17 | 102 | =B4*C4 → 1734  | =C4-B4 → 85     |
        | 5 | Mitte| 19 | 313 | =B5*C5 → 5947  | =C5-B5 → 294    |
    """
    assert spoken(text) == ["FRM01 D3"]
    assert spoken(text.replace("=C3-B3 → 304", "=C3+B3 → 332")) == []


def test_inputs_in_every_third_row_of_a_long_column_are_inputs() -> None:
    rows = [
        f"| {row} | Nr. {row} | {row * 7} | {row if row % 3 else f'=B{row}*2 → {row * 14}'} |" for row in range(1, 300)
    ]
    assert spoken("\n".join(["|   | A | B | C |", "|---|---|---|---|", *rows])) == []
    rows = [
        f"| {row} | Nr. {row} | {row * 7} | {f'=B{row}*2 → {row * 14}' if row % 3 else row} |" for row in range(1, 300)
    ]
    assert spoken("\n".join(["|   | A | B | C |", "|---|---|---|---|", *rows])) == []


AMOUNTS = st.lists(st.integers(101, 9_999), min_size=5, max_size=12)


@given(AMOUNTS, st.integers(2, 97), st.data())
@settings(deadline=None, max_examples=60)
def test_any_result_typed_over_its_formula_is_found(amounts: list[int], factor: int, data: st.DataObject) -> None:
    typed = data.draw(st.integers(0, len(amounts) - 1))
    rows = [
        f"| {row} | Nr. {row} | {amount} | {factor + row} | "
        + (str(amount * (factor + row)) if row - 1 == typed else f"=B{row}*C{row} → {amount * (factor + row)}")
        + " |"
        for row, amount in enumerate(amounts, 1)
    ]
    text = "\n".join(["|   | A | B | C | D |", "|---|---|---|---|---|", *rows])
    assert spoken(text) == [f"FRM02 D{typed + 1}"]


@pytest.mark.parametrize(
    ("typed", "computed", "is_so"),
    [
        ("12.3", "12.3456", True),
        ("12.4", "12.3456", False),
        ("16.29", "16.2981", True),  # cut off
        ("5", "5.3", False),  # one digit says nothing
        ("100", "99.9995", True),
        ("428", "428.6", False),
        ("0", "0", True),
    ],
)
def test_a_typed_number_agrees_as_exactly_as_it_was_typed(typed: str, computed: str, is_so: bool) -> None:
    assert agrees(Decimal(typed), Decimal(computed)) is is_so


@pytest.mark.parametrize(("typed", "computed", "digits"), [("0", "0", 0), ("3000", "3000", 1), ("12.35", "12.35", 4)])
def test_zeros_at_the_end_prove_nothing(typed: str, computed: str, digits: int) -> None:
    assert proof(Decimal(typed), Decimal(computed)) == digits
    assert proof(Decimal(100), Decimal("99.98")) == 3
