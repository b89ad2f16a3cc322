"""YRS04: what must stay silent first, then amounts in years for which the workbook says that nothing is funded."""

from __future__ import annotations

import pytest

from pik_excel.checks.terms import term_in
from pik_excel.grid.reference import Address
from tests.asking import findings, places

AT = Address("Blatt", 1, 1)


def plan(
    remark: str,
    *,
    head: str = "Bemerkung",
    amounts: str = "123 | 123 | 123",
    note: str = "",
    name: str = "Campus",
    title: str = "Maßnahmen",
) -> str:
    return f"""
        |   | A          | B         | C         | D         | E        |
        |---|------------|-----------|-----------|-----------|----------|
        | 1 | {title}    |           |           |           |          |
        | 2 | Maßnahme   | 2022 TEUR | 2023 TEUR | 2024 TEUR | {head}   |
        | 3 | OMID       | 290       | 290       | 290       |          |
        | 4 | {name}     | {amounts} | {remark} |
        | 5 | Refugio    | 40        | 40        | 40        |          |
        | 6 | Summe      | =SUM(B3:B5) → 453 | =SUM(C3:C5) → 453 | =SUM(D3:D5) → 453 | |
        | 7 | {note}     |           |           |           |          |
    """


@pytest.mark.parametrize(
    "remark",
    [
        "befristet bis 31.12.2024",
        "befristet bis 31.12.2027",
        "zunächst befristet bis 31.12.2022",
        "Mittel bis 2022, Verlängerung beantragt",
        "Förderung des Landes bis 2022, danach städtische Mittel",
        "gefördert bis 31.12.2022, ab 2023 aus Eigenmitteln",
        "Haushaltsmittel stehen auch für die Jahre 2022 und 2023 bereit",
        "Beschluss vom 31.12.2022",
        "seit 2018 gefördert",
        "2022 neu verhandelt",
        "für Kinder bis 14 Jahre, 2021 erweitert",
        "läuft seit 2021",
        "Zuschuss bis zu 50 % (GRDrs 198/2021)",
        "bisher befristet bis 2022",
        "wurde 2022 verlängert",
        "unbefristet, Vertrag bis 2022 gekündigt war falsch",
        "Mietvertrag vom 01.01.2020",
        "zum 01.01.2022 begonnen",
    ],
)
def test_silent_where_nothing_is_said_plainly(remark: str) -> None:
    assert places(plan(remark), "YRS04") == []


@pytest.mark.parametrize(
    ("remark", "cells"),
    [
        ("befristet bis 31.12.2022", "C4:D4"),
        ("befristet bis 31.12.2023", "D4"),
        ("befristet bis Ende 2023", "D4"),
        ("Befristet bis einschl. 2023", "D4"),
        ("Befristung bis 30.06.2023 (GRDrs 12/2020)", "D4"),
        ("Mittel bis 2023", "D4"),
        ("Landesförderung bis zum 31.12.2023", "D4"),
        ("finanziert bis 12/2023", "D4"),
        ("Laufzeit 2021–2023", "D4"),
        ("Laufzeit: 01.01.2021 bis 31.12.2023", "D4"),
        ("Förderung endet am 31.12.2023", "D4"),
        ("Projekt läuft Ende 2023 aus", "D4"),
        ("Verlängerung um ein Jahr, befristet bis 31.12.2023", "D4"),
        ("bis 2023", "D4"),
        ("nur bis 31.12.23", "D4"),
        ("kw 2023", "D4"),
        ("nur 2022", "C4:D4"),
        ("einmalig 2022", "C4:D4"),
        ("nur 2022 und 2023", "D4"),
        ("Caritas; befristet bis 31. Dezember 2023", "D4"),
    ],
)
def test_a_remark_says_until_when(remark: str, cells: str) -> None:
    (found,) = findings(plan(remark), "YRS04")
    assert (found.severity.value, found.range, found.related) == ("error", cells, ("Tabelle1!E4",))
    assert (found.stated, found.expected) == ("123", "0")


@pytest.mark.parametrize("amounts", ["123 | 123 | 0", "123 | 123 | ", "123 | 123 | –", "123 | 123 | k. A."])
def test_nothing_after_the_end_is_right(amounts: str) -> None:
    assert places(plan("befristet bis 31.12.2023", amounts=amounts), "YRS04") == []


@pytest.mark.parametrize(
    ("head", "field", "cells"),
    [
        ("befristet bis", "2023-12-31", "D4"),
        ("befristet bis", "2023", "D4"),
        ("Laufzeit bis", "'31.12.2023", "D4"),
        ("Förderzeitraum bis", "2023-06-30", "D4"),
        ("Mittel bis", "'Ende 2023", "D4"),
        ("Förderzeitraum", "'01.01.2020 - 31.12.2023", "D4"),
        ("Laufzeit", "'2020–2023", "D4"),
        ("Bewilligungszeitraum", "'bis 31.12.2023", "D4"),
        ("Förderbeginn", "2023-01-01", "B4"),
        ("Laufzeit", "'2023/2024", "B4"),
        ("gültig ab", "2024", "B4:C4"),
    ],
)
def test_a_column_says_when(head: str, field: str, cells: str) -> None:
    assert places(plan(field, head=head), "YRS04") == [f"YRS04 error {cells}"]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("befristet bis", "2024-12-31"),
        ("befristet bis", "offen"),
        ("Laufzeit", "'3 Jahre"),
        ("Laufzeit", "'ab 2020"),
        ("Förderzeitraum", "'2021–2030"),
        ("seit", "2015"),
    ],
)
def test_a_column_that_covers_all_years_is_silent(head: str, field: str) -> None:
    assert places(plan(field, head=head), "YRS04") == []


def test_a_footnote_says_until_when_for_those_that_carry_its_mark() -> None:
    assert places(plan("", name="Campus*", note="* befristet bis 31.12.2023"), "YRS04") == ["YRS04 error D4"]
    assert places(plan("", name="Campus", note="* befristet bis 31.12.2023"), "YRS04") == []
    two = plan("", name="Campus 2)", note="2) Mittel bis 2022")
    assert places(two, "YRS04") == ["YRS04 error C4:D4"]


def test_the_name_itself_says_until_when() -> None:
    assert places(plan("", name="Campus (befristet bis 2023)"), "YRS04") == ["YRS04 error D4"]


def test_money_that_ends_is_the_reason_for_a_request() -> None:
    asked = plan("Mittel bis 2022", title="Zusätzlich angemeldete Mittel")
    assert places(asked, "YRS04") == []
    assert places(plan("befristet bis 2022", title="Zusätzlich angemeldete Mittel"), "YRS04") == ["YRS04 error C4:D4"]


def assumed(fields: str, rule: str = "befristet", more: str = "") -> str:
    return f"""
        Blatt "Annahmen":

        |   | A        | B          | C      | D    | E    | F              | G            | H        |
        |---|----------|------------|--------|------|------|----------------|--------------|----------|
        | 1 | Maßnahme | Bedarf EUR | Regel  | von  | bis  | finanziert bis | benötigt bis | Szenario |
        | 2 | Campus   | 123000     | {rule} | {fields} |
        | 3 | OMID     | 290000     | halten |      |      |                |              |          |
        {more}

        Blatt "Plan":

        |   | A        | B         | C         | D         |
        |---|----------|-----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | 2024 TEUR |
        | 2 | OMID     | 290       | 290       | 290       |
        | 3 | Campus   | 123       | 123       | 123       |
    """


@pytest.mark.parametrize(
    "fields",
    [
        "2023 |  |  |  | ",
        "2022 | 2024 |  |  | ",
        "2022 |  | 2024-12-31 |  | ",
        "2022 |  | 2022-12-31 | 2024-12-31 | ",
        "2022 | 2022 |  |  | Land endet",
    ],
)
def test_assumptions_that_leave_room_are_silent(fields: str) -> None:
    assert places(assumed(fields), "YRS04") == []


@pytest.mark.parametrize(
    ("fields", "cells"),
    [
        ("2022 | 2023 |  |  | ", "D3"),
        ("2022 | 2022-12-31 |  |  | ", "C3:D3"),
        ("2022 |  | 2023-12-31 |  | ", "D3"),
        ("2022 |  | 2022-12-31 | 2023-12-31 | ", "D3"),
    ],
)
def test_assumptions_say_until_when(fields: str, cells: str) -> None:
    assert places(assumed(fields), "YRS04") == [f"YRS04 error Plan!{cells}"]


def test_what_the_row_says_counts_more_than_the_assumptions() -> None:
    text = (
        assumed("2022 |  | 2022-12-31 |  | ")
        .replace("| 2024 TEUR |", "| 2024 TEUR | Laufzeit |")
        .replace(
            "| A        | B         | C         | D         |", "| A        | B         | C         | D         | E |"
        )
    )
    said = text.replace("| 123       | 123       | 123       |", "| 123       | 123       | 123       | unbefristet |")
    assert places(said, "YRS04") == []


def test_the_remarks_of_a_table_beside_are_its_own() -> None:
    text = """
        |   | A        | B         | C         | D        | E         | F         | G |
        |---|----------|-----------|-----------|----------|-----------|-----------|---|
        | 1 | Maßnahme | 2022 TEUR | 2023 TEUR | Maßnahme | 2022 TEUR | 2023 TEUR | Bemerkung |
        | 2 | OMID     | 290       | 290       | Campus   | 123       | 0         | befristet bis 2022 |
        | 3 | Refugio  | 40        | 40        | Chor     | 50        | 50        | |
    """
    assert places(text, "YRS04") == []


def test_a_second_row_of_assumptions_goes_on() -> None:
    more = "| 4 | Campus   | 150000     | halten | 2024 | 2026 |  |  |  |"
    assert places(assumed("2022 | 2023 |  |  | ", more=more), "YRS04") == []


@pytest.mark.parametrize(
    "text",
    ["", "OMID", "Konto 4300", "31.60.01.00.00-500", "bis auf Weiteres", "(bis 2 Jahre)", "Angebot für 2022 und 2023"],
)
def test_texts_that_state_no_term(text: str) -> None:
    assert term_in(text, AT) is None
