"""A column that says how deep each row stands tells what is made up of what."""

from __future__ import annotations

from pik_excel.layout.read import read_budget
from pik_excel.schema import built_in
from tests.asking import places
from tests.tables import workbook

_PLAN = """
    | | A | B | C | D |
    |---|---|---|---|---|
    | 1 | in TEUR | | | |
    | 2 | {head} | Bezeichnung | 2024 | 2025 |
    | 3 | 1 | Gesamthaushalt | =C4+C8 → 23040 | =D4+D8 → 23640 |
    | 4 | 2 | Schule und Kultur | =C5+C7 → 9220 | =D5+D7 → 9520 |
    | 5 | 3 | Grundschulen | 4210 | 4380 |
    | 6 | 4 | davon Mensa | 800 | 810 |
    | 7 | 3 | Gymnasien | 5010 | 5140 |
    | 8 | 2 | Verkehr | =C9 → 13820 | =D9 → 14120 |
    | 9 | 3 | Straßen | =SUM(C10:C11) → 13820 | {straßen} |
    | 10 | 4 | Gemeindestraßen | 13000 | 13270 |
    | 11 | 4 | Reinigung | 820 | 850 |
    """


def test_rows_are_parts_of_the_row_above_of_the_next_higher_level() -> None:
    found = read_budget(workbook(_PLAN.format(head="Ebene", straßen="=SUM(D10:D11) → 14120")), built_in())
    (table,) = found.budget.measure_tables
    assert {total.at.row: total.rows for total in table.totals} == {3: (4, 8), 4: (5, 7), 8: (9,), 9: (10, 11)}
    assert places(_PLAN.format(head="Ebene", straßen="=SUM(D10:D11) → 14120"), "SUM01", "SUM03", "SUM04") == []


def test_a_total_typed_wrong_is_held_against_its_own_level() -> None:
    assert places(_PLAN.format(head="Stufe", straßen="14200"), "SUM01") == ["SUM01 error D9"]


def test_other_numbers_left_of_the_names_are_no_levels() -> None:
    text = """
        | | A | B | C | D |
        |---|---|---|---|---|
        | 1 | Ebene | Maßnahme | 2024 TEUR | 2025 TEUR |
        | 2 | 1 | Spielplatz | 40 | 40 |
        | 3 | 3 | Jugendhaus | 90 | 95 |
        | 4 | 2 | Bücherei | 70 | 70 |
        | 5 | | Summe | 200 | 205 |
        """
    (table,) = read_budget(workbook(text), built_in()).budget.measure_tables
    assert len(table.measures) == 3
    assert table.totals[0].rows == (2, 3, 4)
