"""FRM07 and FRM09: what must stay silent first, then what must be found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Calculation, Cell, Workbook
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.asking import findings, places
from tests.tables import workbook

NO_CIRCLE = {
    "a formula that asks for its own place": """
        |   | A        | B                          | C                         |
        |---|----------|----------------------------|---------------------------|
        | 1 | Maßnahme | 2022 EUR                   | 2023 EUR                  |
        | 2 | OMID     | =ROW(B2)*100 → 200         | =COLUMN(C2)*100 → 300     |
        | 3 | Summe    | =SUM(OFFSET(B3,-1,0)) → 200| =SUM(INDEX(C1:C3,2)) → 300|
    """,
    "a share of the total": """
        |   | A        | B                  | C                   |
        |---|----------|--------------------|---------------------|
        | 1 | Maßnahme | 2022 EUR           | Anteil              |
        | 2 | OMID     | 300                | =B2/B$4 → 0.75      |
        | 3 | Refugio  | 100                | =B3/B$4 → 0.25      |
        | 4 | Summe    | =SUM(B2:B3) → 400  | =SUM(C2:C3) → 1     |
    """,
    "a running balance": """
        |   | A       | B   | C              |
        |---|---------|-----|----------------|
        | 1 | Monat   | Zu  | Bestand        |
        | 2 | Januar  | 10  | =B2 → 10       |
        | 3 | Februar | 20  | =C2+B3 → 30    |
        | 4 | März    | 30  | =C3+B4 → 60    |
    """,
    "a way back through a branch that does not hold": """
        |   | A            | B                                |
        |---|--------------|----------------------------------|
        | 1 | Umlage an    | 0                                |
        | 2 | Sachkosten   | 500                              |
        | 3 | Umlage       | =IF(B1=1,B4*0.1,25) → 25         |
        | 4 | Summe        | =SUM(B2:B3) → 525                |
    """,
}


@pytest.mark.parametrize("text", NO_CIRCLE.values(), ids=NO_CIRCLE)
def test_what_is_no_circle_is_not_called_one(text: str) -> None:
    assert places(text, "FRM07") == []


LEVY = """
    |   | A        | B                 | C                 | D                 |
    |---|----------|-------------------|-------------------|-------------------|
    | 1 | Maßnahme | 2022 EUR          | 2023 EUR          | 2024 EUR          |
    | 2 | Personal | 240000            | 245000            | 250000            |
    | 3 | Umlage   | =B4*0.1 → 0       | =C4*0.1 → 0       | =D2*0.1 → 25000   |
    | 4 | Summe    | =SUM(B2:B3) → 0   | =SUM(C2:C3) → 0   | =SUM(D2:D3) → 275000 |
"""


def test_circles_that_were_filled_across_are_one_finding_and_the_totals_in_them_none() -> None:
    assert places(LEVY, "FRM07", "SUM01", "SUM03", "FRM06") == ["FRM07 error B3:C3"]
    (found,) = findings(LEVY, "FRM07")
    assert (found.stated, found.related) == ("=B4*0.1", ("Tabelle1!B4",))
    assert "B3 → B4 → B3" in found.message
    assert "C3" in found.message


def test_the_circle_is_silent_where_calculating_in_circles_is_switched_on() -> None:
    book = replace(workbook(LEVY), calculation=Calculation(iterative=True))
    subject = Subject(read_budget(book, built_in()), built_in())
    assert list(examine(subject, [catalogue()["FRM07"]])) == []


def test_a_circle_over_two_sheets_names_them() -> None:
    (found,) = findings(
        """
        Blatt "Plan":

        |   | A    | B                |
        |---|------|------------------|
        | 1 | Soll | ='Ist 22'!B1 → 0 |

        Blatt "Ist 22":

        |   | A    | B              |
        |---|------|----------------|
        | 1 | Ist  | =Plan!B1*2 → 0 |
        """,
        "FRM07",
    )
    assert "B1 → Ist 22!B1 → B1" in found.message
    assert (found.sheet, found.range, found.related) == ("Plan", "B1", ("Ist 22!B1",))


def test_a_long_circle_is_shortened() -> None:
    rows = "\n".join(f"| {row} | =A{row % 30 + 1} |" for row in range(1, 31))
    (found,) = findings(f"| | A |\n|-|-|\n{rows}", "FRM07")
    assert "A1 → A2 → A3 → A4 → A5 → … → A30 → A1" in found.message
    assert len(found.related) == 20


def test_an_error_that_a_circle_left_behind_is_not_reported_twice() -> None:
    text = "| | A |\n|-|-|\n| 1 | 5 |\n| 2 | =SUM(A1:A2) → #VALUE! |"
    assert places(text, "FRM03", "FRM07") == ["FRM07 error A2"]


def plan(amount: str, other: str = "40", total: str = "=SUM(B2:B3) → 330", head: str = "2022 TEUR") -> str:
    return f"""
        |   | A        | B        | C         | D | E  | F   |
        |---|----------|----------|-----------|---|----|-----|
        | 1 | Maßnahme | {head}   | 2023 TEUR |   | 1  | 150 |
        | 2 | OMID     | {amount} | 290       |   | 10 | 290 |
        | 3 | Refugio  | {other}  | 40        |   |    |     |
        | 4 | Summe    | {total}  | =SUM(C2:C3) → 330 | | | |
        | 6 | Stand    | =TODAY() → 45000 |    |   |    |     |
    """


LOOKUP = "=LOOKUP(12,$E$1:$F$2) → 290"
ALL_EVALUATED = {
    "plain formulas, and a date beside them": plan("=10*29 → 290"),
    "a heading that is computed": plan("290", head='="2022 "&TEXT(1,"0") → 2022 TEUR'),
    "a formula that shows an error": plan("=LOOKUP(0,$E$1:$F$2) → #N/A", total="=SUM(B2:B3) → #N/A"),
    "a link": plan("='[Plan.xlsx]Blatt1'!B7 → 290"),
    "no budget table": "| | A | B |\n|-|-|-|\n| 1 | x | =LOOKUP(12,A1:A9) → 5 |\n| 2 | y | =B1*2 → 10 |",
}


@pytest.mark.parametrize("text", ALL_EVALUATED.values(), ids=ALL_EVALUATED)
def test_what_no_amount_depends_on_or_another_rule_reports_is_left_alone(text: str) -> None:
    assert places(text, "FRM09") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (plan(LOOKUP), ["FRM09 notice B2"]),
        (plan("290", total="=ROUND(SUM(B2:B3)+LOOKUP(1,$E$1:$E$2)-1,0) → 330"), ["FRM09 notice B4"]),
        (plan(LOOKUP, other="=LOOKUP(1,$E$1:$F$2) → 40"), ["FRM09 notice B2:B3"]),
        (plan(LOOKUP, other="=OFFSET($F$1,0,0) → 40"), ["FRM09 notice B2", "FRM09 notice B3"]),
        (plan("=E3 → 290").replace("| 40        |   |    |", f"| 40 | | {LOOKUP} |"), ["FRM09 notice E3"]),
    ],
    ids=["an amount", "a total", "two of one kind", "two kinds", "behind an amount"],
)
def test_what_an_amount_depends_on_is_named_once_for_each_reason(text: str, found: list[str]) -> None:
    assert places(text, "FRM09") == found


def test_cells_that_do_not_touch_are_counted_and_listed() -> None:
    text = plan(LOOKUP).replace("| 40        |   |", f"| {LOOKUP} | |")
    (found,) = findings(text, "FRM09")
    assert (found.range, found.related) == ("B2", ("Tabelle1!C3",))
    assert found.message.startswith(
        "Tabelle1!B2 und weitere (2 Formeln des Blatts) sind nicht berechnet: Funktion LOOKUP."
    )


def test_an_array_formula_is_named() -> None:
    book: Workbook = workbook(plan("290"))
    sheet = book.sheets[0]
    array = Cell(2, 2, sheet.value(2, 2), "SUM(E1:E2*F1:F2)", 0, "B2")
    book = replace(book, sheets=(replace(sheet, cells={**sheet.cells, (2, 2): array}),))
    (found,) = examine(Subject(read_budget(book, built_in()), built_in()), [catalogue()["FRM09"]])
    assert (Address(found.sheet, 2, 2).a1, found.range) == ("B2", "B2")
    assert "Matrixformel" in found.message
