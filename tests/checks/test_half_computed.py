"""Numbers typed in a row that is computed elsewhere are found; columns and years of inputs are not."""

from __future__ import annotations

import pytest

from pik_excel.budget.tables import Budget
from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.half_computed import half_computed
from pik_excel.layout.read import read_budget
from pik_excel.layout.reading import Reading
from pik_excel.schema.files import built_in
from tests.tables import workbook


def found(text: str) -> list[str]:
    return [one.area.a1 for one in half_computed(Subject(Reading(workbook(text), Budget()), built_in()))]


SILENT = {
    "a step typed beside what is computed from the step before": """
        |   | A     | B    | C                 | D                 | E  |
        |---|-------|------|-------------------|-------------------|----|
        | 1 | Start | 0    | 100               | 250               | 7  |
        | 2 | Lauf  | 5    | =C1*0.9+B1 → 90   | =D1*0.9+C1 → 325  | 8  |
        | 3 | Lauf  | 10   | =C2*0.9+B2 → 86   | =D2*0.9+C2 → 382  | 9  |
        | 4 | Lauf  | 15   | =C3*0.9+B3 → 87.4 | =D3*0.9+C3 → 429.8 | 12 |
    """,
    "years that grow from the typed ones before": """
        |   | A    | B    | C    | D                | E                |
        |---|------|------|------|------------------|------------------|
        | 1 | Nord | 310  | 317  | =C1*1.02 → 323.3 | =D1*1.02 → 329.8 |
        | 2 | Süd  | 120  | 131  | =C2*1.02 → 133.6 | =D2*1.02 → 136.3 |
    """,
    "a number that names its row": """
        |   | A    | B               | C               |
        |---|------|-----------------|-----------------|
        | 1 | 1999 | 310             | 415             |
        | 2 | 2000 | 290             | 400             |
        | 3 | 2001 | =B1+B2 → 600    | =C1+C2 → 815    |
    """,
    "targets beside what was reached": """
        |   | A      | B                | C                | D        |
        |---|--------|------------------|------------------|----------|
        | 1 | Quote  | 2022             | 2023             | Ziel 2024 |
        | 2 | Fälle  | 40               | 50               | 60       |
        | 3 | Erfolg | 20               | 30               | 40       |
        | 4 | Quote  | =B3/B2 → 0.5     | =C3/C2 → 0.6     | 0.8      |
    """,
    "nothing to compute it from": """
        |   | A      | B                | C                | D  |
        |---|--------|------------------|------------------|----|
        | 1 | Nord   | 310              | 415              |    |
        | 2 | Süd    | 120              | 131              |    |
        | 3 | Summe  | =B1+B2 → 430     | =C1+C2 → 546     | 17 |
    """,
    "years that are over before those that are worked out": """
        |   | A       | B    | C    | D                | E                |
        |---|---------|------|------|------------------|------------------|
        | 1 | Preis   | 11   | 12   | 12               | 13               |
        | 2 | Menge   | 307  | 318  | 340              | 350              |
        | 3 | Erlös   | 3377 | 3822 | =D1*D2 → 4080    | =E1*E2 → 4550    |
    """,
    "a column of its own, some way off": """
        |   | A     | B              | C              | D | E | F |
        |---|-------|----------------|----------------|---|---|---|
        | 1 | Nord  | 310            | 415            |   |   | 7 |
        | 2 | Süd   | 120            | 131            |   |   | 7 |
        | 3 | Summe | =B1+B2 → 430   | =C1+C2 → 546   |   |   | 7 |
    """,
    "one formula only": """
        |   | A      | B                | C    | D    |
        |---|--------|------------------|------|------|
        | 1 | Nord   | 310              | 415  | 12   |
        | 2 | Süd    | 120              | 131  | 14   |
        | 3 | Summe  | =B1+B2 → 430     | 99   | 17   |
    """,
    "inputs and results in turns": """
        |   | A      | B   | C             | D   | E             |
        |---|--------|-----|---------------|-----|---------------|
        | 1 | Nord   | 310 | 415           | 415 | 520           |
        | 2 | Ab     | 10  | 15            | 20  | 25            |
        | 3 | Rest   | 7   | =C1-C2 → 400  | 9   | =E1-E2 → 495  |
    """,
    "copies of other sheets": """
        Übersicht
        |   | A      | B                | C                | D   |
        |---|--------|------------------|------------------|-----|
        | 1 | Nord   | 3                | 4                | 5   |
        | 2 | Summe  | =Daten!B1 → 310  | =Daten!C1 → 415  | 520 |

        Daten
        |   | A      | B   | C   | D   |
        |---|--------|-----|-----|-----|
        | 1 | Nord   | 310 | 415 | 500 |
    """,
    "a total from which a row is worked out": """
        |   | A      | B                | C                 | D                 |
        |---|--------|------------------|-------------------|-------------------|
        | 1 | Nord   | 310              | 415               | 77                |
        | 2 | Übrige | =B3-B1 → 215     | 226               | 23                |
        | 3 | Summe  | 525              | =SUM(C1:C2) → 641 | =SUM(D1:D2) → 100 |
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_inputs_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_budget_workbook_is_left_to_the_rules_for_its_totals() -> None:
    text = """
        |   | A         | B                 | C                 | D         |
        |---|-----------|-------------------|-------------------|-----------|
        | 1 | Maßnahme  | 2022 EUR          | 2023 EUR          | 2024 EUR  |
        | 2 | OMID      | 29000             | 29000             | 31000     |
        | 3 | Refugio   | 8000              | 6000              | 6500      |
        | 4 | Summe     | =SUM(B2:B3) → 37000 | =SUM(C2:C3) → 35000 | 36000 |
    """
    schema = built_in()
    assert list(half_computed(Subject(read_budget(workbook(text), schema), schema))) == []


def test_whatever_is_typed_in_a_row_of_totals_is_found() -> None:
    text = """
        |   | A     | B               | C                  | D    | E    |
        |---|-------|-----------------|--------------------|------|------|
        | 1 | Staff | 12              | 340                | 3100 | 7200 |
        | 2 | Rent  | 4               | 110                | 2100 | 6900 |
        | 3 | Other | 7               | 95                 | 1800 | 8000 |
        | 4 | Total | =SUM(B1:B3) → 23 | =SUM(C1:C3) → 545 | 1750 | 8250 |
    """
    assert found(text) == ["D4:E4"]


def test_amounts_and_shares_in_turns_are_each_compared_with_their_own_kind() -> None:
    text = """
        |   | A     | B                 | C    | D                 | E    | F    | G    |
        |---|-------|-------------------|------|-------------------|------|------|------|
        | 1 | Staff | 310               | 0.7  | 415               | 0.75 | 77   | 0.75 |
        | 2 | Rent  | 120               | 0.3  | 131               | 0.25 | 23   | 0.25 |
        | 3 | Total | =SUM(B1:B2) → 430 | 0.9  | =SUM(D1:D2) → 546 | 0.9  | 110  | 0.9  |
    """
    assert found(text) == ["F3"]


def test_figures_of_a_source_beside_others_worked_out_are_found_though_columns_are_empty_between() -> None:
    text = """
        |   | A     | B   | C | D                 | E | F                  | G | H    |
        |---|-------|-----|---|-------------------|---|--------------------|---|------|
        | 1 | A*    | 120 |   | 113               |   | 125                |   | 144  |
        | 2 | A     | 492 |   | =5458-D1 → 5345   |   | =5712-F1 → 5587    |   | 4882 |
    """
    assert found(text) == ["H2"]


def test_the_finding_names_all_its_cells_and_one_that_is_computed() -> None:
    text = """
        |   | A     | B                | C                 | D    | E    |
        |---|-------|------------------|-------------------|------|------|
        | 1 | Staff | 12               | 340               | 3100 | 7200 |
        | 2 | Rent  | 4                | 110               | 2100 | 6900 |
        | 3 | Total | =SUM(B1:B2) → 16 | =SUM(C1:C2) → 450 | 1750 | 8250 |
    """
    subject = Subject(Reading(workbook(text), Budget()), built_in())
    (one,) = examine(subject, [catalogue()["FRM02"]])
    assert (one.range, one.related) == ("D3:E3", ("Tabelle1!C3",))
