"""Many files as one list: a copy counts once, whatever else may be double is said, units and spellings are made one."""

from __future__ import annotations

from dataclasses import replace

from pik_excel.budget.money import Unit
from pik_excel.consolidation.record import Column, Source
from pik_excel.consolidation.together import natural, together
from pik_excel.errors import Refused
from tests.consolidation.asked import counted, source

PLAN = """
| | A | B | C |
|---|---|---|---|
| 1 | Anmeldungen {office} in {unit} | | |
| 2 | Maßnahme | 2025 | 2026 |
| 3 | Sprachkurse | {first} | 14 |
| 4 | Lesepaten | 8 | 9 |
| 5 | Elterncafé | 30 | 0 |
"""


def plan(name: str, office: str = "Sozialamt", unit: str = "TEUR", first: str = "12") -> Source:
    return source(PLAN.format(office=office, unit=unit, first=first), name)


def codes(*sources: Source) -> list[str]:
    return [note.code for note in together(sources).notes]


def test_files_with_measures_of_their_own_need_no_word() -> None:
    other = source(PLAN.format(office="Jugendamt", unit="TEUR", first="5").replace("Sprachkurse", "Jugendtreff")
                   .replace("Lesepaten", "Ferienlager").replace("Elterncafé", "Spielmobil"), "b.xlsx")  # fmt: skip
    assert codes(plan("a.xlsx"), other) == []


def test_the_same_file_under_two_names_counts_once() -> None:
    first = plan("a.xlsx")
    found = together([first, replace(first, path=first.path.with_name("kopie.xlsx"))])
    assert counted(found) == {"2025": 50_000, "2026": 23_000}
    assert [note.code for note in found.notes] == ["same-file"]
    assert found.sources[1].same_as == first.path


def test_two_versions_are_both_counted_and_said() -> None:
    found = together([plan("v1.xlsx"), plan("v2.xlsx", first="13")])
    assert counted(found)["2025"] == 101_000
    (note,) = found.notes
    assert note.code == "versions" and "v1.xlsx" in note.message and "3 Maßnahmen" in note.message


def test_standard_names_in_two_departments_with_other_amounts_are_no_versions() -> None:
    other = PLAN.format(office="Jugendamt", unit="TEUR", first="5").replace("| 8 | 9 |", "| 80 | 90 |")
    assert codes(plan("a.xlsx"), source(other.replace("| 30 | 0 |", "| 3 | 1 |"), "b.xlsx")) == []


def test_one_measure_with_the_same_amounts_in_two_departments_is_said() -> None:
    other = source(
        """
    | | A | B | C |
    |---|---|---|---|
    | 1 | Anmeldungen Jugendamt in EUR | | |
    | 2 | Maßnahme | 2025 | 2026 |
    | 3 | Sprachkurse | 12000 | 14000 |
    | 4 | Jugendtreff | 8 | 9 |
    | 5 | Ferienlager | 30 | 0 |
    | 6 | Spielmobil | 30 | 0 |
    """,
        "b.xlsx",
    )
    found = together([plan("a.xlsx"), other])
    assert [note.code for note in found.notes] == ["in-both"]
    assert counted(found)["2025"] == 62_068


def test_files_of_one_name_in_two_folders_are_said() -> None:
    first, second = plan("a.xlsx"), plan("a.xlsx", first="13")
    found = codes(replace(first, path=first.path / "x" / "a.xlsx"), replace(second, path=second.path / "y" / "a.xlsx"))
    assert "same-name" in found


def test_teur_where_that_loses_nothing_else_eur() -> None:
    assert together([plan("a.xlsx")]).unit is Unit.TEUR
    assert together([plan("a.xlsx"), plan("b.xlsx", unit="EUR")]).unit is Unit.EUR
    exact = together([plan("a.xlsx", unit="EUR", first="12.57")], Unit.TEUR)
    assert (exact.unit, exact.digits) == (Unit.TEUR, 5)
    assert together([plan("a.xlsx", unit="EUR", first="12.5")]).digits == 2
    assert together([plan("a.xlsx", unit="EUR")]).digits == 0


def test_years_of_all_in_order_with_results_before_and_open_ends_behind() -> None:
    other = source(
        """
    | | A | B | C | D |
    |---|---|---|---|---|
    | 1 | Maßnahme | Ist 2024 EUR | Ansatz 2027 EUR | 2028 ff. EUR |
    | 2 | Brücken | 1 | 2 | 3 |
    | 3 | Radwege | 4 | 5 | 6 |
    """,
        "b.xlsx",
    )
    found = together([plan("a.xlsx"), other])
    assert found.columns == (
        Column(2024, result=True), Column(2025), Column(2026), Column(2027), Column(2028, open_ended=True),
    )  # fmt: skip
    assert found.added == (Column(2025), Column(2026), Column(2027))
    assert [note.code for note in found.notes] == []


def test_years_that_one_file_hides_in_its_open_end_are_said() -> None:
    other = source(
        """
    | | A | B |
    |---|---|---|
    | 1 | Maßnahme | 2026 ff. EUR |
    | 2 | Brücken | 1 |
    | 3 | Radwege | 4 |
    """,
        "b.xlsx",
    )
    assert codes(plan("a.xlsx"), other) == ["open-ended-beside-years"]


def test_spellings_of_one_department_are_one_and_numbers_sort_as_numbers() -> None:
    found = together(
        [plan("a.xlsx", office="Amt 10"), plan("b.xlsx", office="AMT 10", first="3"), plan("c.xlsx", office="Amt 9")]
    )
    assert found.departments == ("Amt 9", "Amt 10")
    assert sorted(["Amt 10", "Amt 9", "Amt 50/51"], key=natural) == ["Amt 9", "Amt 10", "Amt 50/51"]


def test_what_no_workbook_says_is_the_folder_or_the_file() -> None:
    nameless = plan("fahrplan.xlsx", office="2025")
    assert together([nameless]).departments == ("fahrplan",)
    assert together([nameless], folders=["Bauen"]).departments == ("Bauen",)


def test_a_refused_file_stays_in_the_list() -> None:
    refused = Source(plan("a.xlsx").path.with_name("kaputt.xlsx"), refused=Refused("not-a-zip", "kaputt"))
    found = together([refused, plan("a.xlsx")])
    assert [one.refused is None for one in found.sources] == [False, True]
    assert {line.source for line in found.lines} == {1}
