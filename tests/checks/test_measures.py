"""MSR01 to MSR04: named, named once, explained where marked, and going on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import findings, places


class TestUnnamedRows:
    """MSR01 in tables of measures."""

    def test_a_blank_row_between_blocks_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B           | C           |
            |---|-----------|-------------|-------------|
            | 1 | Maßnahme  | 2022 TEUR   | 2023 TEUR   |
            | 2 | Jobcafé   | 66          | 66          |
            | 3 |           |             |             |
            | 4 | Lernräume | 290         | 290         |
            | 5 | Summe     | =SUM(B2:B4) → 356 | =SUM(C2:C4) → 356 |
            """,
            "MSR01",
        )

    def test_a_row_of_remarks_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B           | C           | D           |
            |---|-----------|-------------|-------------|-------------|
            | 1 | Maßnahme  | 2022 TEUR   | 2023 TEUR   | Bemerkung   |
            | 2 | Jobcafé   | 66          | 66          |             |
            | 3 |           |             |             | seit 2018   |
            | 4 | Lernräume | 290         | 290         |             |
            | 5 | Summe     | =SUM(B2:B4) → 356 | =SUM(C2:C4) → 356 | |
            """,
            "MSR01",
        )

    def test_the_second_line_of_a_long_name_is_none(self) -> None:
        assert not places(
            """
            |   | A                            | B           | C           |
            |---|------------------------------|-------------|-------------|
            | 1 | Maßnahme                     | 2022 TEUR   | 2023 TEUR   |
            | 2 | Jobcafé                      | 66          | 66          |
            | 3 | OMID, Angebot des Caritas-   |             |             |
            | 4 | verbandes für Stuttgart      | 290         | 290         |
            | 5 | Lernräume in den Unterkünften |            |             |
            | 6 |                              | 40          | 40          |
            | 7 | Summe                        | =SUM(B2:B6) → 396 | =SUM(C2:C6) → 396 |
            """,
            "MSR01",
        )

    def test_a_row_of_zeros_in_a_form_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B           | C           |
            |---|-----------|-------------|-------------|
            | 1 | Maßnahme  | 2022 TEUR   | 2023 TEUR   |
            | 2 | Jobcafé   | 66          | 66          |
            | 3 | Lernräume | 290         | 290         |
            | 4 |           | 0           | 0           |
            | 5 | Summe     | =SUM(B2:B4) → 356 | =SUM(C2:C4) → 356 |
            """,
            "MSR01",
        )

    def test_the_numbering_of_the_columns_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B           | C           |
            |---|-----------|-------------|-------------|
            | 1 | Maßnahme  | 2022 TEUR   | 2023 TEUR   |
            | 2 |           | 1           | 2           |
            | 3 | Jobcafé   | 66          | 66          |
            | 4 | Lernräume | 290         | 290         |
            | 5 | Summe     | =SUM(B3:B4) → 356 | =SUM(C3:C4) → 356 |
            """,
            "MSR01",
        )

    def test_an_unnamed_total_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B           | C           |
            |---|-----------|-------------|-------------|
            | 1 | Maßnahme  | 2022 TEUR   | 2023 TEUR   |
            | 2 | Jobcafé   | 66          | 66          |
            | 3 | Lernräume | 290         | 290         |
            | 4 |           | 356         | 356         |
            | 5 | Beratung  | 10          | 10          |
            | 6 | Werkstatt | 5           | 5           |
            | 7 | Summe     | 371         | 371         |
            """,
            "MSR01",
        )

    def test_a_row_of_growth_rates_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B           | C           |
            |---|-----------|-------------|-------------|
            | 1 | Maßnahme  | 2022 TEUR   | 2023 TEUR   |
            | 2 | Jobcafé   | 66          | 66          |
            | 3 | Lernräume | 290         | 290         |
            | 4 |           | 2 %         | 3 %         |
            | 5 | Summe     | =SUM(B2:B3) → 356 | =SUM(C2:C3) → 356 |
            """,
            "MSR01",
        )

    def test_amounts_without_a_name_are_found_at_the_name_s_cell(self) -> None:
        (found,) = findings(
            """
            |   | A   | B         | C           | D           |
            |---|-----|-----------|-------------|-------------|
            | 3 | Nr. | Maßnahme  | Ansatz 2022 in EUR | Ansatz 2023 in EUR |
            | 4 | 1.  | Jobcafé   | 66000       | 66000       |
            | 5 | 2.  | Lernräume | 290000      | 290000      |
            | 6 | 3.  |           | 60000       | 61500       |
            | 7 | 4.  | Beratung  | 10000       | 10000       |
            | 8 |     | Summe     | =SUM(C4:C7) → 426000 | =SUM(D4:D7) → 427500 |
            """,
            "MSR01",
        )
        assert found.range == "B6"
        assert "61.500 EUR" in found.message

    def test_a_name_written_once_for_several_träger_is_none(self) -> None:
        assert not places(
            """
            |   | A         | B        | C         | D         |
            |---|-----------|----------|-----------|-----------|
            | 1 | Maßnahme  | Träger   | 2022 TEUR | 2023 TEUR |
            | 2 | Beratung  | Caritas  | 66        | 66        |
            | 3 |           | Diakonie | 6         | 6         |
            | 4 |           | AWO      | 7         | 7         |
            | 5 | Lernräume | Verein   | 290       | 290       |
            | 6 | Lotsen    | Verein   | 90        | 90        |
            """,
            "MSR01",
        )

    @pytest.mark.parametrize("beside", ["EUR", "500", "12.60.01"])
    def test_a_unit_or_a_code_beside_it_is_no_name(self, beside: str) -> None:
        text = f"""
            |   | A     | B         | C            | D            |
            |---|-------|-----------|--------------|--------------|
            | 1 | Angabe | Maßnahme | Ansatz 2022  | Ansatz 2023  |
            | 2 | '{beside} | Jobcafé | 66000     | 66000        |
            | 3 | '{beside} | Lotsen | 290000     | 290000       |
            | 4 | '{beside} |        | 60000      | 61500        |
            | 5 | '{beside} | Beratung | 10000    | 10000        |
            | 6 |       | Summe | =SUM(C2:C5) → 426000 | =SUM(D2:D5) → 427500 |
            """
        assert places(text, "MSR01") == ["MSR01 error B4"]

    def test_a_träger_beside_it_is_no_name(self) -> None:
        assert places(
            """
            |   | A         | B         | C           | D           |
            |---|-----------|-----------|-------------|-------------|
            | 1 | Maßnahme  | Träger    | 2022 TEUR   | 2023 TEUR   |
            | 2 | Jobcafé   | Caritas   | 66          | 66          |
            | 3 |           | Diakonie  | 290         | 290         |
            | 4 | Beratung  | AWO       | 10          | 10          |
            | 5 | Summe     |           | =SUM(C2:C4) → 366 | =SUM(D2:D4) → 366 |
            """,
            "MSR01",
        ) == ["MSR01 error A3"]


ASSUMPTIONS = """
    Blatt "Annahmen":

    |   | A         | B          | C            | D    | E    | F      | G                | H       | I              |
    |---|-----------|------------|--------------|------|------|--------|------------------|---------|----------------|
    | 1 | Maßnahme  | Bedarf EUR | Regel        | von  | bis  | Anteil | Höchstbetrag EUR | Stellen | Satz EUR/Stelle |
    | 2 | Jobcafé   | 66000      | befristet    | 2022 | {bis} |       |                  |         |                |
    | 3 | Lernräume | {bedarf}   | anteil       | 2022 | 2023 | {anteil} | 290000         |         |                |
    | 4 | Pauschale |            | Stellen × Satz | 2022 | 2023 |      |                  | {stellen} | {satz}       |
    | 5 | Beratung  | 40000      | halten       |      |      |        |                  |         |                |
"""


class TestAssumptions:
    """MSR01 in "Annahmen"."""

    def filled(self, **changes: str) -> str:
        values = {"bis": "2023", "bedarf": "290000", "anteil": "50 %", "stellen": "51.1", "satz": "4600"} | changes
        return ASSUMPTIONS.format(**values)

    def test_complete_rules_are_silent(self) -> None:
        assert not places(self.filled(), "MSR01")

    @pytest.mark.parametrize(
        ("field", "cell"), [("bis", "E2"), ("anteil", "F3"), ("stellen", "H4"), ("satz", "I4"), ("bedarf", "B3")]
    )
    def test_a_field_that_the_rule_needs_is_asked_for(self, field: str, cell: str) -> None:
        assert places(self.filled(**{field: ""}), "MSR01") == [f"MSR01 error Annahmen!{cell}"]

    def test_the_cost_may_stand_in_the_financing(self) -> None:
        financing = """
            Blatt "Finanzierung":

            |   | A                             | B          | C      |
            |---|-------------------------------|------------|--------|
            | 1 | Lernräume – Finanzierung 2022 |            |        |
            | 2 | Quelle                        | Betrag EUR | Anteil |
            | 3 | Stadt                         | 290000     | 50 %   |
            | 4 | Eigenmittel                   | 290000     | 50 %   |
            | 5 | Gesamtkosten                  | 580000     |        |
            """
        assert not places(self.filled(bedarf="") + financing, "MSR01")

    def test_a_row_without_a_measure_is_found(self) -> None:
        text = self.filled().replace("| Beratung  | 40000 ", "|           | 40000 ")
        text += "| 6 | Werkstatt | 12000 | halten | | | | | | |\n"
        assert places(text, "MSR01") == ["MSR01 error Annahmen!A5"]


class TestTwins:
    """MSR02."""

    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param(
                """
                | 2 | 31.60.01.00.00-500 Förderung/430 Transferaufwendungen | | |
                | 3 | Sachkosten | 66 | 66 |
                | 4 | 31.70.01.00.00-500 Beratung/430 Transferaufwendungen | | |
                | 5 | Sachkosten | 66 | 66 |
                """,
                id="two products",
            ),
            pytest.param(
                """
                | 2 | Lernräume | | |
                | 3 | Sachkosten | 66 | 66 |
                | 4 | Beratung | | |
                | 5 | Sachkosten | 66 | 66 |
                """,
                id="two headings",
            ),
            pytest.param(
                """
                | 2 | Jobcafé* | 66 | 66 |
                | 3 | Lernräume | 290 | 290 |
                | 4 | Jobcafé** | 40 | 40 |
                """,
                id="two footnotes",
            ),
            pytest.param(
                """
                | 2 | Jobcafé | 66 | |
                | 3 | Lernräume | 290 | 290 |
                | 4 | Jobcafé | | 66 |
                """,
                id="two years",
            ),
            pytest.param(
                """
                | 2 | Landeszuschuss | 66 | 66 |
                | 3 | Lernräume | 290 | 290 |
                | 4 | Landeszuschuss | -66 | -66 |
                """,
                id="revenue and expense",
            ),
            pytest.param(
                """
                | 2 | Kita 1 | 66 | 66 |
                | 3 | Lernräume | 290 | 290 |
                | 4 | Kita 2 | 66 | 66 |
                """,
                id="two numbers",
            ),
            pytest.param(
                """
                | 2 | Jobcafé | 66 | 66 |
                | 3 | - Beratung | 60 | 60 |
                | 4 | Lernräume | 290 | 290 |
                | 5 | - Beratung | 90 | 90 |
                """,
                id="parts with bullets",
            ),
            pytest.param(
                """
                | 2 | Jobcafé | 66 | 66 |
                | 3 | Fachkräfte | 60 | 60 |
                | 4 | Räume | 6 | 6 |
                | 5 | Lernräume | 290 | 290 |
                | 6 | Fachkräfte | 200 | 200 |
                | 7 | Räume | 90 | 90 |
                """,
                id="the same parts under each measure",
            ),
            pytest.param(
                """
                | 2 | Jobcafé | 66 | 66 |
                | 3 | Personalkosten | 60 | 60 |
                | 4 | Lernräume | 290 | 290 |
                | 5 | Personalkosten | 90 | 90 |
                """,
                id="a kind of cost",
            ),
        ],
    )
    def test_rows_that_something_tells_apart_are_two_measures(self, rows: str) -> None:
        table = f"""
            |   | A        | B         | C         |
            |---|----------|-----------|-----------|
            | 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
            {rows.strip()}
            | 9 | *Mittel stehen auch 2024 bereit | | |
            """
        assert not places(table, "MSR02")

    def test_another_träger_or_account_is_another_row(self) -> None:
        assert not places(
            """
            |   | A         | B        | C     | D         | E         | F         |
            |---|-----------|----------|-------|-----------|-----------|-----------|
            | 1 | Maßnahme  | Träger   | Konto | 2022 TEUR | 2023 TEUR | Bemerkung |
            | 2 | Zuschuss  | Caritas  | 431   | 66        | 66        |           |
            | 3 | Zuschuss  | Diakonie | 431   | 60        | 60        |           |
            | 4 | Zuschuss  | Caritas  | 433   | 60        | 60        |           |
            | 5 | Lernräume | AWO      | 431   | 10        | 10        | neu       |
            """,
            "MSR02",
        )

    def test_a_group_written_once_holds_for_the_rows_below(self) -> None:
        assert not places(
            """
            |   | A         | B        | C         | D         |
            |---|-----------|----------|-----------|-----------|
            | 1 | Amt       | Maßnahme | 2022 TEUR | 2023 TEUR |
            | 2 | Sozialamt | Lotsen   | 66        | 66        |
            | 3 |           | Beratung | 6         | 6         |
            | 4 | Jugendamt | Spielmobil | 66      | 66        |
            | 5 |           | Beratung | 6         | 6         |
            """,
            "MSR01",
            "MSR02",
        )

    def test_scenarios_and_years_tell_assumptions_apart(self) -> None:
        assert not places(
            """
            |   | A         | B          | C         | D    | E    | F          |
            |---|-----------|------------|-----------|------|------|------------|
            | 1 | Maßnahme  | Bedarf EUR | Regel     | von  | bis  | Szenario   |
            | 2 | Pauschale | 227000     | befristet | 2020 | 2021 |            |
            | 3 | Pauschale | 235060     | befristet | 2023 | 2023 |            |
            | 4 | Pauschale | 300000     | befristet | 2023 | 2023 | Land endet |
            | 5 | Jobcafé   | 66000      | halten    |      |      |            |
            """,
            "MSR02",
        )

    def test_the_same_assumption_twice_is_found(self) -> None:
        assert places(
            """
            |   | A         | B          | C         | D    | E    | F          |
            |---|-----------|------------|-----------|------|------|------------|
            | 1 | Maßnahme  | Bedarf EUR | Regel     | von  | bis  | Szenario   |
            | 2 | Pauschale | 227000     | befristet | 2020 | 2023 |            |
            | 3 | Jobcafé   | 66000      | halten    |      |      |            |
            | 4 | pauschale | 235060     | befristet | 2023 | 2023 |            |
            """,
            "MSR02",
        ) == ["MSR02 error A4"]

    def test_the_second_row_is_found_though_its_number_and_remark_differ(self) -> None:
        (found,) = findings(
            """
            |   | A   | B           | C         | D         | E         |
            |---|-----|-------------|-----------|-----------|-----------|
            | 1 | Nr. | Maßnahme    | 2022 T€   | 2023 T€   | Bemerkung |
            | 2 | 1   | Jobcafé     | 66        | 66        |           |
            | 3 | 2   | Lernräume   | 290       | 290       |           |
            | 4 | 3   | JOBCAFÉ     | 70        | 70        | neu       |
            | 5 |     | Summe       | =SUM(C2:C4) → 426 | =SUM(D2:D4) → 426 | |
            """,
            "MSR02",
        )
        assert (found.range, found.related) == ("B4", ("Tabelle1!B2",))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Haus 1 1", "Haus 11", id="figures"),
            pytest.param("Kita Nord", "Kita Süd", id="places"),
            pytest.param("Straßenfest", "Stadtfest", id="words"),
        ],
    )
    def test_names_that_differ_in_more_than_spelling_are_two_measures(self, one: str, other: str) -> None:
        assert not places(TWO_NAMES.format(one=one, other=other), "MSR02")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Familienzentrum Ostend", "Familien-Zentrum Ostend", id="a hyphen"),
            pytest.param("Tagesstätte Bahnhofstraße", "Tagesstaette Bahnhofstr.", id="umlaut and short for Straße"),
            pytest.param("Vielfalt und Teilhabe", "Vielfalt & Teilhabe", id="an ampersand"),
            pytest.param("Jobcafé", "4. JOBCAFÉ ", id="number, capitals and a space"),
        ],
    )
    def test_another_spelling_is_the_same_measure(self, one: str, other: str) -> None:
        assert places(TWO_NAMES.format(one=one, other=other), "MSR02") == ["MSR02 error A4"]

    def test_a_part_between_them_makes_no_other_section(self) -> None:
        text = TWO_NAMES.format(one="Jobcafé", other="Jobcafé").replace("| 3 | Lernräume", "| 3 | davon Sachkosten")
        assert places(text, "MSR02") == ["MSR02 error A4"]

    def test_a_footnote_at_one_of_them_is_worth_a_look(self) -> None:
        text = TWO_NAMES.format(one="Jobcafé*", other="Jobcafé") + "| 7 | * Mittel stehen auch 2024 bereit | | |\n"
        assert places(text, "MSR02") == ["MSR02 warning A4"]

    def test_a_column_that_only_counts_tells_no_rows_apart_whatever_heads_it(self) -> None:
        text = """
            |   | A    | B                | C         | D         |
            |---|------|------------------|-----------|-----------|
            | 1 | Lauf | Maßnahme         | 2022 TEUR | 2023 TEUR |
            | 2 | 1    | Jobcafé          | 66        | 66        |
            | 3 | 2    | Lernräume        | 290       | 290       |
            | 4 | {}   | Jobcafé          | 40        | 40        |
            """
        assert not places(text.format(7), "MSR02")
        assert places(text.format(3), "MSR02") == ["MSR02 error B4"]

    def test_another_end_is_only_a_notice(self) -> None:
        (found,) = findings(
            """
            |   | A         | B             | C         | D         |
            |---|-----------|---------------|-----------|-----------|
            | 1 | Maßnahme  | befristet bis | 2022 TEUR | 2023 TEUR |
            | 2 | Jobcafé   | unbefristet   | 66        | 66        |
            | 3 | Lernräume | 31.12.2024    | 290       | 290       |
            | 4 | Jobcafé   | 31.12.2024    | 40        | 40        |
            """,
            "MSR02",
        )
        assert (found.range, found.severity.value) == ("A4", "notice")


TWO_NAMES = """
    |   | A         | B         | C         |
    |---|-----------|-----------|-----------|
    | 1 | Maßnahme  | 2022 TEUR | 2023 TEUR |
    | 2 | {one}     | 66        | 66        |
    | 3 | Lernräume | 29        | 29        |
    | 4 | {other}   | 70        | 70        |
    | 5 | Beratung  | 10        | 10        |
"""


class TestFootnotes:
    """MSR03."""

    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param("| 6 | *Mittel stehen auch 2024 bereit | | |", id="below"),
            pytest.param("| 6 | | | | *Mittel stehen auch 2024 bereit |", id="beside"),
            pytest.param("| 9 | *) vorläufig | | |", id="far below, with a bracket"),
            pytest.param("| 6 | * | Mittel stehen auch 2024 bereit | |", id="mark in a cell of its own"),
            pytest.param("| 6 | * = geschätzt | | |", id="legend"),
            pytest.param("| 6 | Die mit * gekennzeichneten Maßnahmen laufen weiter | | |", id="a sentence"),
        ],
    )
    def test_a_mark_with_its_note_is_silent(self, rows: str) -> None:
        assert not places(TABLE.format(mark="*") + rows.strip(), "MSR03")

    def test_a_note_on_a_sheet_of_notes_is_found(self) -> None:
        notes = 'Blatt "Erläuterungen":\n\n|   | A |\n|---|---|\n| 1 | *Mittel stehen auch 2024 bereit |\n'
        assert not places(TABLE.format(mark="*") + "\n\n" + notes, "MSR03")

    @pytest.mark.parametrize(
        "name", ["Integrationsmanager*innen", "Konto 43*", "31.60.*", "Stellen * Satz", "Refugio (Stufe 1)"]
    )
    def test_other_stars_and_brackets_are_no_marks(self, name: str) -> None:
        assert not places(TABLE.format(mark="").replace("Willkommensräume", name), "MSR03")

    @pytest.mark.parametrize(
        "notes",
        [
            pytest.param("| 6 | * = geschätzt | | |", id="legend"),
            pytest.param("| 6 | * erstens etwas | | |\n| 7 | * zweitens etwas | | |", id="bullets"),
            pytest.param("| 6 | 1) erstens etwas | | |\n| 7 | 2) zweitens etwas | | |", id="numbered remarks"),
        ],
    )
    def test_a_note_that_is_none_needs_no_mark(self, notes: str) -> None:
        assert not places(TABLE.format(mark="") + notes.strip(), "MSR03")

    @pytest.mark.parametrize("mark", ["*", "**", "***", " 1)", "¹", " *)"])
    def test_a_mark_without_its_note_is_found_once(self, mark: str) -> None:
        other = "| 6 | *****Mittel stehen auch 2024 bereit | | |\n| 7 | 9) laut Bescheid | | |"
        found = places(TABLE.format(mark=mark) + other, "MSR03")
        assert "MSR03 warning A3" in found

    def test_two_stars_are_not_one_star_twice(self) -> None:
        text = TABLE.format(mark="**") + "| 6 | *Mittel stehen auch 2024 bereit | | |"
        assert places(text, "MSR03") == ["MSR03 warning A3", "MSR03 warning A6"]

    def test_all_cells_with_the_mark_are_one_finding(self) -> None:
        text = TABLE.format(mark="*").replace("Lernräume", "Lernräume*")
        (found,) = findings(text, "MSR03")
        assert (found.range, found.related) == ("A2", ("Tabelle1!A3",))

    def test_an_annex_of_the_same_number_refers_to_no_note(self) -> None:
        text = TABLE.format(mark=" 1)") + "| 6 | 1) laut Bescheid | | |\n| 7 | 2) laut Zusage | | |\n"
        assert places(text.replace("Lernräume ", "Lernräume 2) "), "MSR03") == []
        assert places(text.replace("Lernräume ", "Anlage 2 "), "MSR03") == ["MSR03 warning A7"]

    def test_several_marks_at_one_name_are_all_answered(self) -> None:
        notes = "| 6 | 1) laut Bescheid | | |\n| 7 | 2) Beschluss 2021 | | |\n| 8 | 3) vorläufig | | |"
        assert not places(TABLE.format(mark=" 2) 3)").replace("Lernräume ", "Lernräume 1) ") + notes, "MSR03")

    def test_a_superscript_answers_a_numbered_note(self) -> None:
        assert not places(TABLE.format(mark="¹") + "| 6 | 1) laut Bescheid | | |", "MSR03")


TABLE = """
|   | A                        | B         | C         | D |
|---|--------------------------|-----------|-----------|---|
| 1 | Maßnahme                 | 2022 TEUR | 2023 TEUR |   |
| 2 | Lernräume                | 40        | 40        |
| 3 | Willkommensräume{mark}   | 150       | 150       |
| 4 | Summe                    | =SUM(B2:B3) → 190 | =SUM(C2:C3) → 190 |
"""


def plan(*years: int, sheet: str = "", unit: str = "TEUR", **amounts: tuple[object, ...]) -> str:
    """A sheet of measures: name -> amounts, one a year."""
    letters = "ABCDEFG"[: len(years) + 1]
    lines = [
        f'Blatt "{sheet or years[0]}":',
        "",
        "|   | " + " | ".join(letters) + " |",
        "|---|" + "---|" * len(letters),
    ]
    lines.append("| 1 | Maßnahme | " + " | ".join(f"{year} {unit}" for year in years) + " |")
    for row, (name, values) in enumerate(amounts.items(), 2):
        label = name.replace("_", " ")
        lines.append(f"| {row} | {label} | " + " | ".join(str(value) for value in values) + " |")
    return "\n".join(lines) + "\n\n"


OLD = {"Jobcafé": (66, 66), "Lernräume": (290, 290), "Sprachkurs": (80, 80), "Ferienlager": (18, 18)}
NEXT = {"Jobcafé": (70, 70), "Lernräume": (290, 290), "Sprachkurs": (60, 60)}


class TestSuccession:
    """MSR04."""

    def test_the_same_measures_are_silent(self) -> None:
        assert not places(plan(2020, 2021, **OLD) + plan(2022, 2023, **OLD), "MSR04")

    def test_tables_that_have_little_in_common_are_not_compared(self) -> None:
        other = {"Jobcafé": (1, 1), "Bauhof": (2, 2), "Friedhof": (3, 3), "Museum": (4, 4)}
        assert not places(plan(2020, 2021, **OLD) + plan(2022, 2023, **other), "MSR04")

    def test_the_same_years_are_not_compared(self) -> None:
        assert not places(plan(2022, 2023, sheet="a", **OLD) + plan(2022, 2023, sheet="b", **NEXT), "MSR04")

    def test_years_with_a_gap_between_are_not_compared(self) -> None:
        assert not places(plan(2016, 2017, **OLD) + plan(2022, 2023, **NEXT), "MSR04")

    @pytest.mark.parametrize("amounts", [(18, 0), (18, ""), (0, 0), ("", "")])
    def test_a_measure_that_had_ended_is_not_missed(self, amounts: tuple[object, ...]) -> None:
        ended = OLD | {"Ferienlager": amounts}
        assert not places(plan(2020, 2021, **ended) + plan(2022, 2023, **NEXT), "MSR04")

    def test_a_measure_that_stands_in_another_table_of_the_new_years_is_not_missed(self) -> None:
        provided = plan(2022, 2023, sheet="bereitgestellt", Ferienlager=(18, 18))
        assert not places(plan(2020, 2021, **OLD) + plan(2022, 2023, **NEXT) + provided, "MSR04")

    @pytest.mark.parametrize(
        "note", ["*Mittel stehen auch für 2022 bereit", "*einmalig", "* läuft 2021 aus", "*abgeschlossen"]
    )
    def test_a_footnote_explains(self, note: str) -> None:
        starred = {("Ferienlager*" if name == "Ferienlager" else name): row for name, row in OLD.items()}
        old = plan(2020, 2021, **starred).rstrip("\n") + f"\n| 7 | {note} | | |\n\n"
        assert not places(old + plan(2022, 2023, **NEXT), "MSR04")

    def test_a_remark_in_the_row_explains(self) -> None:
        old = plan(2020, 2021, **OLD).replace("| A | B | C |", "| A | B | C | D |")
        old = old.replace(
            "| 1 | Maßnahme | 2020 TEUR | 2021 TEUR |", "| 1 | Maßnahme | 2020 TEUR | 2021 TEUR | Bemerkung |"
        )
        old = old.replace("| Ferienlager | 18 | 18 |", "| Ferienlager | 18 | 18 | entfällt ab 2022 |")
        assert not places(old + plan(2022, 2023, **NEXT), "MSR04")

    def test_other_products_are_other_measures(self) -> None:
        def keyed(text: str, product: str) -> str:
            key = f"| 2 | {product}.01.00.00-500 Förderung/430 Transferaufwendungen | | |"
            lines = text.splitlines()
            head = lines.index(next(line for line in lines if line.startswith("| 1 |")))
            rows = [f"| {row} |{line.split('|', 2)[2]}" for row, line in enumerate(lines[head + 1 : -1], 3) if line]
            return "\n".join([*lines[: head + 1], key, *rows]) + "\n\n"

        assert not places(keyed(plan(2020, 2021, **OLD), "31.60") + keyed(plan(2022, 2023, **NEXT), "36.20"), "MSR04")
        assert places(keyed(plan(2020, 2021, **OLD), "31.60") + keyed(plan(2022, 2023, **NEXT), "31.60"), "MSR04")
        short = keyed(plan(2020, 2021, **OLD), "31.60").replace(".01.00.00-500 Förderung/430 T", ".01 T")
        assert places(short + keyed(plan(2022, 2023, **NEXT), "31.60"), "MSR04")  # the same product, written shorter

    def test_a_dropped_measure_is_found_in_the_older_table(self) -> None:
        (found,) = findings(plan(2020, 2021, **OLD) + plan(2022, 2023, **NEXT), "MSR04")
        assert (found.severity.value, found.sheet, found.range) == ("warning", "2020", "A5")
        assert "18 TEUR" in found.message

    def test_also_where_the_years_overlap(self) -> None:
        old = {name: (*row, row[0]) for name, row in OLD.items()}
        new = {name: (*row, row[0]) for name, row in NEXT.items()}
        assert places(plan(2020, 2021, 2022, **old) + plan(2021, 2022, 2023, **new), "MSR04") == [
            "MSR04 warning 2020!A5"
        ]

    def test_a_renamed_measure_is_proposed_in_the_newer_table(self) -> None:
        new = NEXT | {"Ferienlagerfahrten": (18, 18)}
        (found,) = findings(plan(2020, 2021, **OLD) + plan(2022, 2023, **new), "MSR04")
        assert (found.severity.value, found.sheet, found.range) == ("warning", "2022", "A5")
        assert (found.stated, found.expected) == ("Ferienlagerfahrten", "Ferienlager")

    def test_a_recorded_alias_makes_it_a_notice(self) -> None:
        new = NEXT | {"Sommerfreizeit": (18, 18)}
        aliases = """
            Blatt "Annahmen":

            |   | A              | B          | C      | D           |
            |---|----------------|------------|--------|-------------|
            | 1 | Maßnahme       | Bedarf EUR | Regel  | Aliase      |
            | 2 | Sommerfreizeit | 18000      | halten | Ferienlager; Ferienfahrt |
            | 3 | Jobcafé        | 70000      | halten |             |
            """
        assert places(plan(2020, 2021, **OLD) + plan(2022, 2023, **new) + aliases, "MSR04") == ["MSR04 notice 2022!A5"]

    def test_a_new_measure_is_a_notice(self) -> None:
        new = NEXT | {"Ferienlager": (18, 18), "Bauspielplatz": (9, 9)}
        assert places(plan(2020, 2021, **OLD) + plan(2022, 2023, **new), "MSR04") == ["MSR04 notice 2022!A6"]

    def test_what_a_long_list_lost_is_one_finding(self) -> None:
        long = {f"Angebot{number:02}x": (5, 5) for number in range(40)}
        kept = dict(list(long.items())[:25])
        (found,) = findings(plan(2020, 2021, **long) + plan(2022, 2023, **kept), "MSR04")
        assert (found.stated, found.range, len(found.related)) == ("15", "A27", 14)

    def test_a_projection_over_all_years_continues_nothing(self) -> None:
        years = tuple(range(2020, 2025))
        whole = {name: (row[0],) * 5 for name, row in OLD.items()}
        assert not places(
            plan(*years, sheet="Projektion", **whole) + plan(2022, 2023, 2024, **dict.fromkeys(NEXT, (1, 1, 1))),
            "MSR04",
        )


NAMES = st.lists(
    # "Qu" in front, because hypothesis also tries the program's own words: "Honorar" and "Gesamtkosten" are no measures
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöü", min_size=6, max_size=12).map(lambda name: f"Qu{name}"),
    min_size=3,
    max_size=8,
    unique_by=lambda name: name[:7],
)


@settings(max_examples=60, deadline=None)
@given(
    NAMES,
    st.sampled_from(["TEUR", "EUR", "T€", "Mio. EUR"]),
    st.integers(2015, 2035),
    st.randoms(use_true_random=False),
)
def test_a_clean_plan_is_always_silent(names: list[str], unit: str, year: int, chance: object) -> None:
    amounts = {name: (10 + 7 * index, 12 + 5 * index) for index, name in enumerate(names)}
    chance.shuffle(names)  # type: ignore[attr-defined]
    shuffled = {name: amounts[name] for name in names}
    text = plan(year, year + 1, unit=unit, **amounts) + plan(year + 2, year + 3, unit=unit, **shuffled)
    assert not places(text, "MSR01", "MSR02", "MSR03", "MSR04")


@settings(max_examples=60, deadline=None)
@given(NAMES, st.data())
def test_a_repeated_a_nameless_and_a_marked_measure_are_always_found(names: list[str], data: st.DataObject) -> None:
    rows = [(name, (10 + 7 * index, 12 + 5 * index)) for index, name in enumerate(names)]
    which = data.draw(st.integers(0, len(rows) - 1))
    defect = data.draw(st.sampled_from(["twice", "nameless", "marked"]))
    text = plan(2024, 2025, sheet="Plan", **dict(rows))
    lines = text.splitlines()
    place = 5 + which
    if defect == "twice":
        lines.insert(5 + len(rows), lines[place].replace(f"| {which + 2} |", f"| {len(rows) + 2} |", 1))
        expected = f"MSR02 error Plan!A{len(rows) + 2}"
    elif defect == "nameless":
        lines[place] = lines[place].replace(f"| {rows[which][0]} |", "|  |")
        lines.insert(5 + len(rows), f"| {len(rows) + 2} | Zuletzt | 1 | 1 |")
        expected = f"MSR01 error Plan!A{which + 2}"
    else:
        lines[place] = lines[place].replace(f"| {rows[which][0]} |", f"| {rows[which][0]}* |")
        expected = f"MSR03 warning Plan!A{which + 2}"
    assert places("\n".join(lines), "MSR01", "MSR02", "MSR03") == [expected]
