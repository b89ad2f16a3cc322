"""NUM04: what must stay silent first, then tables whose unit is nowhere stated, twice, or shown otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.layout.read import read_budget
from pik_excel.schema.files import built_in
from tests.asking import findings, places
from tests.layout.made import Made, placed, tables

FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def plan(
    title: str = "Zuschüsse",
    heads: str = "2022 | 2023",
    corner: str = "Maßnahme",
    below: str = "",
    form: str = "",
    amounts: tuple[str, str] = ("290", "66"),
    more: str = "",
) -> str:
    one, two = amounts
    return f"""
        |   | A         | B | C |
        |---|-----------|---|---|
        | 1 | {title}   |   |   |
        | 2 |           |   |   |
        | 3 | {corner}  | {heads} |
        | 4 | OMID      | {one}{form} | {one}{form} |
        | 5 | Lizenz    | {two}{form} | {two}{form} |
        | 6 | Chor      | {two}{form} | {two}{form} |
        | 7 | {below}   |   |   |
        {more}
    """


SILENT = {
    "in the title": plan("Zuschüsse in TEUR"),
    "in the header": plan(heads="2022 TEUR | 2023 TEUR"),
    "in one header only": plan(heads="2022 TEUR | 2023"),
    "in the corner": plan(corner="Maßnahme (Beträge in T€)"),
    "below the table": plan(below="Angaben in TEUR"),
    "in a note that says more": plan(below="Alle Angaben sind gerundet und in Tsd. EUR."),
    "in the number format": plan(form=' {#,##0 "€"}'),
    "each column its own": plan(heads="2022 EUR | 2023 TEUR").replace("| 290 | 290 |", "| 290000 | 290 |"),
    "scaled to what the header says": plan(
        heads="2022 TEUR | 2023 TEUR", form=" {#,##0,}", amounts=("290000", "66000")
    ),
    "in another currency": plan("Beiträge in CHF"),
    "in dollars": plan("Grants ($)"),
    "in thousands of no currency": plan("Zuschüsse (in Tausend)"),
    "with the amounts": plan(amounts=("'290 €", "'66 €")),
    "a table of posts": plan("Stellen im Haushaltsplan, Ansatz", corner="Amt"),
    "a table of persons": plan("Zuschüsse: Anzahl der Personen"),
    "a column of units": plan(heads="2022 | 2023 | Einheit").replace("| B | C |", "| B | C | D |"),
    "an amount in the title is no second unit": plan("Zuschüsse über 10.000 EUR", heads="2022 TEUR | 2023 TEUR"),
    "a remark on another unit": plan("Zuschüsse, siehe auch Vorlage zu EUR je Stelle", heads="2022 TEUR | 2023 TEUR"),
    "on a cover": plan(
        more="""
        Blatt "Deckblatt":

        |   | A                        |
        |---|--------------------------|
        | 1 | Haushaltsplan 2022       |
        | 2 | Alle Beträge in TEUR     |
    """
    ),
    "in the name of the sheet": '\n        Blatt "Plan TEUR":\n' + plan(),
    "one table names it for the sheet, in a line of its own": plan(
        "Angaben in TEUR",
        more="""| 10 | Zuschüsse II | | |
        | 11 | Maßnahme | 2022 | 2023 |
        | 12 | OMID | 290 | 290 |
        | 13 | Chor | 66 | 66 |""",
    ),
    "another table in another unit, each says so": plan(
        "Zuschüsse in TEUR",
        more="""| 10 | Zuschüsse in EUR | | |
        | 11 | Maßnahme | 2022 | 2023 |
        | 12 | OMID | 290000 | 290000 |
        | 13 | Chor | 66000 | 66000 |""",
    ),
    "no amounts yet": plan(amounts=("", "")),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert [(one.range, one.message) for one in findings(text, "NUM04")] == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (plan(), "warning B3:C3"),
        (plan("Zuschüsse 2022 bis 5.000 EUR je Träger"), "warning B3:C3"),
        (plan(heads="Ansatz 2022 | Ansatz 2023"), "warning B3:C3"),
        (plan("Stabsstelle Kinder und Jugend, Zuschüsse"), "warning B3:C3"),
        (plan(heads="2022 | 2023 | Anteil in %").replace("| B | C |", "| B | C | D |"), "warning B3:C3"),
        (plan("Zuschüsse in EUR", heads="2022 TEUR | 2023 TEUR"), "warning A1"),
        (plan("Zuschüsse in EUR", heads="2022 | 2023 TEUR"), "warning C3"),
        (plan("Angaben in Mio. EUR", corner="Maßnahme (in TEUR)"), "warning A1"),
        (plan("Zuschüsse (T€)", heads="2022 EUR | 2023 EUR"), "warning A1"),
        (plan(heads="2022 TEUR | 2023 TEUR", form=' {#,##0 "€"}'), "warning B3"),
        (plan("Zuschüsse in TEUR", form=" {#,##0 €}"), "warning A1"),
        (plan(heads="2022 EUR | 2023 EUR", form=" {#,##0,}", amounts=("290000", "66000")), "warning B3"),
        (plan(heads="2022 TEUR | 2023 TEUR", form=" {#,##0,}"), "warning B3"),
        (plan(form=" {#,##0,}", amounts=("290000", "66000")), "notice B3:C3"),
    ],
)
def test_found_once_a_table(text: str, where: str) -> None:
    assert places(text, "NUM04") == [f"NUM04 {where}"]


def test_one_header_of_many_names_another_unit() -> None:
    text = """
        |   | A        | B         | C        | D         | E         |
        |---|----------|-----------|----------|-----------|-----------|
        | 1 | Maßnahme | 2022 TEUR | 2023 EUR | 2024 TEUR | 2025 TEUR |
        | 2 | OMID     | 290       | 290      | 290       | 290       |
        | 3 | Lizenz   | 66        | 66       | 70        | 70        |
    """
    assert places(text, "NUM04") == ["NUM04 warning C1"]
    assert (
        places(
            text.replace("| 290       | 290      |", "| 290       | 290000      |").replace(
                "| 66        | 66       |", "| 66        | 66000       |"
            ),
            "NUM04",
        )
        == []
    )


def test_a_header_that_names_two_units_is_found() -> None:
    text = """
        |   | A         | B                  | C            |
        |---|-----------|--------------------|--------------|
        | 1 | Maßnahme  | Ansatz 2022 {}     | Ansatz 2023 EUR |
        | 2 | Jobcafé   | 66000              | 66000        |
        | 3 | Lernräume | 290000             | 290000       |
        """
    assert not places(text.format("EUR"), "NUM04")
    assert places(text.format("EUR (TEUR)"), "NUM04") == ["NUM04 warning B1"]


PREAMBLE = """
    |   | A                                  | B    | C          | D    |
    |---|------------------------------------|------|------------|------|
    | 1 | Veranstaltungen (EUR)              |      |            |      |
    | 2 | Entwurf, noch nicht abgestimmt     |      |            |      |
    | 3 | Ansprechpartnerin: Frau Berger     |      |            |      |
    | 4 | Stand: 14.03.2025                  |      |            |      |
    | 5 | Teilhaushalt 520                   |      |            |      |
    | 7 | Maßnahme                           | 2021 | {head}     | 2023 |
    | 8 | Stadtlauf                          | 44500 | 45900     | 47300 |
    | 9 | Sportlerehrung                     | 29800 | 29800     | 34300 |
    | 10 | Sport im Park                     | 67200 | 67200     | 67200 |
    | 11 | Summe | =SUM(B8:B10) → 141500 | =SUM(C8:C10) → 142900 | =SUM(D8:D10) → 148800 |
    """


def test_one_header_with_another_unit_than_the_title_is_found_however_many_lines_stand_between() -> None:
    assert not places(PREAMBLE.format(head="2022"), "NUM04")
    assert places(PREAMBLE.format(head="2022 (TEUR)"), "NUM04") == ["NUM04 warning C7"]


def test_the_second_table_of_a_sheet_without_a_unit() -> None:
    text = plan(
        heads="2022 TEUR | 2023 TEUR",
        more="""| 10 | Weitere Zuschüsse | | |
        | 11 | Maßnahme | 2022 | 2023 |
        | 12 | OMID | 290 | 290 |
        | 13 | Chor | 66 | 66 |""",
    )
    assert places(text, "NUM04") == ["NUM04 warning B11:C11"]


def asked(made: Made) -> list[tuple[str, str]]:
    subject = Subject(read_budget(placed(made).workbook, built_in()), built_in())
    assume(subject.reading.budget.measure_tables)
    return [(one.severity.value, one.message) for one in examine(subject, [catalogue()["NUM04"]])]


@given(tables())
@FEW
def test_a_unit_stated_once_anywhere_is_enough(made: Made) -> None:
    assert [one for one in asked(made) if one[0] != "notice"] == []


@given(tables())
@FEW
def test_without_it_each_table_is_found_once(made: Made) -> None:
    filled = [any(one.value for one in row) for row in made.amounts]
    assume(sum(filled) > 1)
    assert [severity for severity, _ in asked(replace(made, unit_place="nowhere"))] == ["warning"]
