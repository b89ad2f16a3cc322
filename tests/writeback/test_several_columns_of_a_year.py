"""Lists of changes have several columns a year: the one that is valid goes on, or nothing is written and it is said."""

from __future__ import annotations

import pytest

from pik_excel.errors import NotWritten
from pik_excel.schema import built_in
from pik_excel.writeback.projected import projected_workbook
from tests.writeback.building import package_of, reading_of

ROWS = """
| 4 | '1.1 | Lizenzen | 310 | 25 | {one} | 318 | 31 | {other} | |
| 5 | '1.2 | Schulbus | 1420 | 95 | =C5+D5 → 1515 | 1455 | 110 | =F5+G5 → 1565 | |
| 6 | | Summe | =SUM(C4:C5) → 1730 | =SUM(D4:D5) → 120 | =SUM(E4:E5) → 1850 \
| =SUM(F4:F5) → 1773 | =SUM(G4:G5) → 141 | =SUM(H4:H5) → 1914 | |
"""
TOP = """
| | A | B | C | D | E | F | G | H | I |
|--|--|--|--|--|--|--|--|--|--|
| 1 | Änderungsliste zum Doppelhaushalt in TEUR | | | | | | | | |
"""
FORMULAS = ROWS.format(one="=C4+D4 → 335", other="=F4+G4 → 349")


def listed(heads: str, rows: str = FORMULAS) -> str:
    return TOP.rstrip("\n") + "\n" + heads.strip() + rows.rstrip()


LAYOUTS = {
    "the year over its columns": """
| 2 | | | 2026 | | | 2027 | | | |
| 3 | Nr. | Bezeichnung | Entwurf | Änderung | Ansatz neu | Entwurf | Änderung | Ansatz neu | |""",
    "the year over each": """
| 2 | | | 2026 | 2026 | 2026 | 2027 | 2027 | 2027 | |
| 3 | Nr. | Bezeichnung | Entwurf | Änderung | Ansatz neu | Entwurf | Änderung | Ansatz neu | |""",
    "in one head": """
| 3 | Nr. | Maßnahme | Entwurf 2026 | Änderung 2026 | neu 2026 | Entwurf 2027 | Änderung 2027 | neu 2027 | |""",
    "known by its formulas": """
| 2 | | | 2026 | | | 2027 | | | |
| 3 | Nr. | Maßnahme | Ansatz | Veränderung | Ergebnisplan | Ansatz | Veränderung | Ergebnisplan | |""",
    "with a remark behind": """
| 2 | | | 2026 | | | 2027 | | | |
| 3 | Nr. | Maßnahme | alt | Differenz | neu | alt | Differenz | neu | Begründung |""",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_valid_goes_on(name: str) -> None:
    package = package_of(listed(LAYOUTS[name]))
    written = projected_workbook(package, reading_of(package), built_in(), 2029)
    amounts = {one.name: [amount.value for amount in one.amounts] for one in written.projection.measures}
    assert amounts == {
        "Lizenzen": [335_000, 349_000, 349_000, 349_000],
        "Schulbus": [1_515_000, 1_565_000, 1_565_000, 1_565_000],
    }
    values = {cell.at.a1: cell.value for cell in written.cells if cell.at.sheet == "Tabelle1"}
    new = {"I4": "349", "I5": "1565", "I6": "1914", "J4": "349", "J5": "1565", "J6": "1914"}
    assert new.items() <= values.items()
    assert any(
        "neue Jahre haben nur diese Spalte; die übrigen eines Jahres gibt es bis 2027." in one
        for one in written.remarks
    )
    again = reading_of(written.package)
    (table,) = again.budget.measure_tables
    assert [column.year.value for column in table.columns][-2:] == [2028, 2029]
    assert projected_workbook(written.package, again, built_in(), 2029).package is written.package


def test_a_result_beside_an_estimate_is_left_behind() -> None:
    text = """
| | A | B | C | D | E |
|--|--|--|--|--|--|
| 1 | Maßnahmen (TEUR) | 2025 | | 2026 | |
| 2 | Maßnahme | Ansatz | Ist | Ansatz | Ist |
| 3 | Lizenzen | 310 | 320 | 330 | 340 |
| 4 | Schule | 10 | 20 | 30 | 40 |
"""
    package = package_of(text)
    written = projected_workbook(package, reading_of(package), built_in(), 2027)
    assert [one.value for one in written.projection.measure("Lizenzen").amounts] == [310_000, 330_000, 330_000]
    assert not any("nur diese Spalte" in one for one in written.remarks)


REFUSED = {
    "nothing tells": listed(
        """
| 2 | | | 2026 | | | 2027 | | | |
| 3 | Nr. | Maßnahme | Ansatz | Änderung | Ansatz | Ansatz | Änderung | Ansatz | |""",
        ROWS.replace("=C5+D5 → 1515", "1515").replace("=F5+G5 → 1565", "1565").format(one="335", other="349"),
    ),
    "a table each": listed(
        """
| 2 | Nr. | Maßnahme | Entwurf | Änderungen | Beschluss | Entwurf | Änderungen | Beschluss | |
| 3 | | | 2026 | 2026 | 2026 | 2027 | 2027 | 2027 | |"""
    ),
    "the valid one stands first": listed(
        """
| 2 | | | 2026 | | | 2027 | | | |
| 3 | Nr. | Maßnahme | neu | Änderung | Entwurf | neu | Änderung | Entwurf | |""",
        ROWS.replace("=C5+D5 → 1515", "1515").replace("=F5+G5 → 1565", "1565").format(one="335", other="349"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_else_nothing_is_written_and_it_is_said_what_to_do(name: str) -> None:
    package = package_of(REFUSED[name])
    with pytest.raises(NotWritten) as refused:
        projected_workbook(package, reading_of(package), built_in(), 2028)
    assert refused.value.code == "several-columns-of-a-year"
    assert "mit „neu“ überschreiben" in refused.value.hint


def test_a_heading_that_stands_twice_is_no_such_list() -> None:
    text = """
| | A | B | C | D |
|--|--|--|--|--|
| 1 | Maßnahme in TEUR | 2026 | 2027 | 2027 |
| 2 | Lizenzen | 310 | 320 | 330 |
| 3 | Schule | 10 | 20 | 30 |
"""
    package = package_of(text)
    written = projected_workbook(package, reading_of(package), built_in(), 2028)
    assert [one.at.a1 for one in written.cells if one.at.sheet == "Tabelle1"] == ["E1", "E2", "E3"]
