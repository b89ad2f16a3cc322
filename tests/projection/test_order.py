"""What is stated wins, then the measure's rule, then the default; blank, 0, – and k. A. stay four statements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pik_excel.errors import BadConfiguration, Refused
from pik_excel.layout.read import read_budget
from pik_excel.projection.project import project
from pik_excel.projection.record import Projection
from pik_excel.schema import built_in
from tests.tables import workbook

HEAD = """
Blatt "Maßnahmen":

|   | A        | B         | C         |
|---|----------|-----------|-----------|
| 1 | Maßnahme | 2020 TEUR | 2021 TEUR |
"""
ASSUMED = """

Blatt "Annahmen":

|   | A        | B          | C     | D   | E   | F        |
|---|----------|------------|-------|-----|-----|----------|
| 1 | Maßnahme | Bedarf EUR | Regel | von | bis | Szenario |
"""
REQUESTED = """

Blatt "Anmeldung":

|   | A        | B         | C         | D             |
|---|----------|-----------|-----------|---------------|
| 1 | Zusätzlicher Bedarf | | | |
| 2 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 ff. TEUR |
"""


def of(text: str, to: int = 2023, scenario: str = "basis") -> Projection:
    return project(read_budget(workbook(text), built_in()), built_in(), to, scenario)


def told(projection: Projection, name: str) -> list[tuple[str, Decimal | None]]:
    """Standing and TEUR of the years from 2022 on."""
    amounts = [amount for amount in projection.measure(name).amounts if amount.year > 2021]
    return [(amount.standing.value, None if amount.value is None else amount.value / 1000) for amount in amounts]


def test_without_assumptions_the_last_amount_is_held() -> None:
    projection = of(HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |")
    assert told(projection, "Sprachkurse") == [("projected", 12), ("projected", 12)]
    assert projection.measure("Sprachkurse").rule == "halten"


def test_an_explicit_0_is_held_as_0() -> None:
    assert told(of(HEAD + "| 2 | Sprachkurse | 10 | 0 |\n| 3 | Beratung | 5 | 5 |"), "Sprachkurse")[0] == (
        "projected",
        0,
    )


def test_a_blank_last_year_is_not_guessed_at() -> None:
    projection = of(HEAD + "| 2 | Sprachkurse | 10 | |\n| 3 | Beratung | 5 | 5 |")
    assert told(projection, "Sprachkurse") == [("blank", None), ("blank", None)]
    assert projection.total(2022).need == 5000


def test_a_dash_is_0_said_on_purpose_and_k_a_is_not_known() -> None:
    projection = of(HEAD + "| 2 | Sprachkurse | 10 | – |\n| 3 | Beratung | 5 | k. A. |\n| 4 | Hilfe | 1 | 1 |")
    assert told(projection, "Sprachkurse")[0] == ("projected", 0)
    assert told(projection, "Beratung")[0] == ("blank", None)


def test_a_cell_with_an_error_leaves_its_total_open() -> None:
    projection = of(HEAD + "| 2 | Sprachkurse | 10 | #REF! |\n| 3 | Beratung | 5 | 5 |")
    assert projection.total(2021).need is None
    assert [str(at) for at in projection.not_evaluated] == ["Maßnahmen!C2"]


def test_the_rule_of_the_measure_goes_before_the_default() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |"
    projection = of(text + ASSUMED + "| 2 | Sprachkurse | 20400 | befristet | 2022 | 2022 | |")
    assert told(projection, "Sprachkurse") == [("projected", 20), ("projected", 0)]
    assert projection.measure("Sprachkurse").amount(2022).exact == 20_400
    assert told(projection, "Beratung")[0] == ("projected", 5)


def test_a_typed_cell_goes_before_the_rule() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + REQUESTED
    text += "| 3 | Sprachkurse | 15 | 0 | 7 |\n| 4 | Beratung | 1 | 1 | 1 |"
    projection = of(text + ASSUMED + "| 2 | Sprachkurse | 20400 | befristet | 2022 | | |", 2026)
    assert told(projection, "Sprachkurse") == [("requested", value) for value in (15, 0, 7, 7, 7)]
    assert [projection.measure("Sprachkurse").amount(year).open_ended for year in (2023, 2024, 2026)] == [
        False,
        True,
        True,
    ]


def test_a_blank_requested_cell_is_left_to_an_explicit_rule_only() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + REQUESTED
    text += "| 3 | Sprachkurse | | 9 | 0 |\n| 4 | Beratung | | 1 | 1 |"
    projection = of(text + ASSUMED + "| 2 | Sprachkurse | 20400 | befristet | 2022 | | |")
    assert told(projection, "Sprachkurse") == [("projected", 20), ("requested", 9)]
    assert told(projection, "Beratung") == [("blank", None), ("requested", 1)]


def test_requested_and_provided_of_one_year_are_added() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + REQUESTED
    text += "| 3 | Sprachkurse | 4 | 0 | 0 |\n| 4 | Beratung | 1 | 1 | 1 |\n"
    text += REQUESTED.replace("Anmeldung", "Bestand").replace("Zusätzlicher Bedarf", "Bereitgestellte Mittel")
    projection = of(text + "| 3 | Sprachkurse | 8 | 8 | 0 |\n| 4 | Beratung | 2 | 2 | 2 |")
    assert told(projection, "Sprachkurse") == [("requested", 12), ("provided", 8)]
    total = projection.total(2022)
    assert (total.provided, total.additional, total.need) == (10_000, 5_000, 15_000)


def test_a_measure_known_only_in_a_scenario_stays_blank_elsewhere() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |"
    text += ASSUMED + "| 2 | Sprachkurse | | halten | | 2022 | mit Land |"
    assert told(of(text), "Sprachkurse")[0] == ("blank", None)
    assert told(of(text, scenario="Mit-Land"), "Sprachkurse") == [("projected", 12), ("projected", 0)]


def test_a_scenario_row_replaces_the_row_of_the_measure() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + ASSUMED
    text += (
        "| 2 | Sprachkurse | 20000 | befristet | | 2023 | |\n| 3 | Sprachkurse | 30000 | befristet | | 2022 | Sparen |"
    )
    assert told(of(text), "Sprachkurse") == [("projected", 20), ("projected", 20)]
    assert told(of(text, scenario="sparen"), "Sprachkurse") == [("projected", 30), ("projected", 0)]


def test_two_rows_that_hold_at_once_are_refused_with_both_places() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + ASSUMED
    text += "| 2 | Sprachkurse | 20000 | befristet | | | |\n| 3 | Sprachkurse | 30000 | befristet | | | |"
    with pytest.raises(BadConfiguration, match=r"Annahmen!A2 und Annahmen!A3"):
        of(text)


def test_a_rule_that_lacks_its_figure_is_refused_by_name() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + ASSUMED
    with pytest.raises(BadConfiguration, match="„stellen_satz“ braucht für „Sprachkurse“ die Angabe „Stellen“"):
        of(text + "| 2 | Sprachkurse | 20000 | Stellen × Satz | | | |")


def test_an_unknown_rule_is_refused_with_its_cell() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + ASSUMED
    with pytest.raises(BadConfiguration, match=r"Annahmen!C2: „nach Gefühl“"):
        of(text + "| 2 | Sprachkurse | 20000 | nach Gefühl | | | |")


def test_a_cell_that_repeats_another_table_is_not_counted_twice() -> None:
    text = HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + REQUESTED
    text += "| 3 | Sprachkurse | 4 | 0 | 0 |\n| 4 | Beratung | 1 | 1 | 1 |\n"
    text = text.replace("2021 TEUR |", "2021 TEUR | 2022 TEUR |").replace("| C         |", "| C | D |", 1)
    text = text.replace("| 10 | 12 |", "| 10 | 12 | =Anmeldung!B3 → 4 |").replace(
        "| 5 | 5 |", "| 5 | 5 | =Anmeldung!B4 → 1 |"
    )
    text = text.replace("|---|----------|-----------|-----------|\n", "|---|---|---|---|---|\n", 1)
    assert of(text, 2022).total(2022).need == 5_000


def test_one_name_in_two_rows_of_a_list_is_two_measures() -> None:
    projection = of(HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |\n| 4 | Sprachkurse | 1 | 2 |")
    assert [measure.name for measure in projection.measures] == ["Sprachkurse", "Sprachkurse", "Beratung"]
    assert projection.total(2022).need == 19_000


def test_names_are_never_put_together_by_likeness() -> None:
    text = HEAD + "| 2 | Dolmetscherkosten | 10 | 12 |\n| 3 | Beratung | 5 | 5 |" + REQUESTED
    text += "| 3 | Dolmetschereinsätze | 4 | 4 | 0 |\n| 4 | Beratung | 1 | 1 | 1 |"
    assert len(of(text).measures) == 3


@pytest.mark.parametrize("to", [2019, 2072])
def test_a_year_out_of_reach_is_refused(to: int) -> None:
    with pytest.raises(BadConfiguration, match="von 2020 bis 2021"):
        of(HEAD + "| 2 | Sprachkurse | 10 | 12 |\n| 3 | Beratung | 5 | 5 |", to)


def test_a_workbook_without_measures_is_refused() -> None:
    with pytest.raises(Refused, match="keine Tabelle mit Maßnahmen"):
        of("| | A |\n|--|--|\n| 1 | Grüße |")
