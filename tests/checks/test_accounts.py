"""MSR05 and MSR09: codes exist in the chart of the Land, and go with the names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.layout.read import read_budget
from pik_excel.schema import load
from tests.asking import findings, places
from tests.tables import workbook


def keyed(key: str, *names: str) -> str:
    """A table with one group row and measures below it."""
    rows = "\n".join(f"| {row} | {name} | 66 | 70 |" for row, name in enumerate(names or ("Jobcafé", "OMID"), 3))
    return f"""
        |   | A | B | C |
        |---|---|---|---|
        | 1 | Maßnahme/Kontengr. | 2022 TEUR | 2023 TEUR |
        | 2 | {key} | | |
        {rows}
        """


def listed(*rows: str, head: str = "Maßnahme | Produkt | Kontengruppe") -> str:
    """A table with columns for the codes: "Jobcafé | 31.60 | 43"."""
    lines = "\n".join(f"| {row} | {text} | 66 | 70 |" for row, text in enumerate(rows, 2))
    return f"""
        |   | A | B | C | D | E |
        |---|---|---|---|---|---|
        | 1 | {head} | 2022 TEUR | 2023 TEUR |
        {lines}
        """


KEY = "31.60.01.00.00-500 Förderung freier Träger"


class TestCodes:
    """MSR05."""

    @pytest.mark.parametrize("code", ["43", "430", "4318", "43180000"])
    def test_a_group_may_be_written_longer(self, code: str) -> None:
        assert not places(keyed(f"{KEY}/{code} Transferaufwendungen"), "MSR05")
        assert not places(listed(f"Jobcafé | 31.60.01 | {code}", "OMID | 31.60.01 | 42"), "MSR05")

    def test_a_name_of_ones_own_is_not_judged(self) -> None:
        assert not places(keyed(f"{KEY}/431 Zuweisungen und Zuschüsse für laufende Zwecke"), "MSR05")

    def test_classes_that_are_not_listed_completely_are_not_judged(self) -> None:
        assert not places(listed("Jobcafé | 31.60.01 | 43", "Bau | 31.60.01 | 7871", "Kauf | 31.60.01 | 0961"), "MSR05")

    def test_another_land_s_chart_is_silent(self) -> None:
        assert not places(keyed("05.01.01 Soziales/530 Transferaufwendungen"), "MSR05")
        assert not places(listed("Jobcafé | 050101 | 5318", "OMID | 050101 | 5431", "Amt | 050101 | 5012"), "MSR05")

    def test_a_chart_of_business_is_silent(self) -> None:
        rows = [f"Posten {code} | | {code}" for code in (4200, 4600, 4900, 4930, 8400, 8120)]
        assert not places(listed(*rows, head="Maßnahme | Kostenstelle | Konto"), "MSR05")

    def test_a_lone_code_says_nothing_about_the_land(self) -> None:
        assert not places(listed("Jobcafé | | 46", "OMID | | ", head="Maßnahme | Amt | Konto"), "MSR05")

    @pytest.mark.parametrize(("code", "meant"), [("460", "43"), ("990", "43"), ("450", "43"), ("440", "43")])
    def test_a_wrong_code_is_found_by_its_name(self, code: str, meant: str) -> None:
        (found,) = findings(keyed(f"{KEY}/{code} Transferaufwendungen"), "MSR05")
        assert (found.severity.value, found.range, found.stated, found.expected) == ("warning", "A2", code, meant)

    def test_a_wrong_code_is_found_in_its_column(self) -> None:
        text = listed("Jobcafé | 31.60.01 | 43", "OMID | 31.60.01 | 42", "Amt | 31.60.01 | 49", "Ort | 31.60.01 | 44")
        assert places(text, "MSR05") == ["MSR05 warning C4"]

    def test_the_number_of_another_land_under_a_product_of_this_one(self) -> None:
        (found,) = findings(keyed(f"{KEY}/530 Transferaufwendungen"), "MSR05")
        assert (found.stated, found.expected) == ("530", "43")

    def test_an_extraordinary_account_stands_out(self) -> None:
        rows = ["Jobcafé | 31.60.01 | 43", "OMID | 31.60.01 | 42", "Ort | 31.60.01 | 44"]
        assert places(listed(*rows, "Amt | 31.60.01 | 53"), "MSR05") == ["MSR05 warning C5"]
        assert not places(listed(*rows, "Verkauf des Busses | 31.60.01 | 53"), "MSR05")

    def test_the_same_code_is_one_mistake(self) -> None:
        text = listed("Jobcafé | 31.60.01 | 43", "OMID | 31.60.01 | 42", "Amt | 31.60.01 | 49", "Ort | 31.60.01 | 49")
        (found,) = findings(text, "MSR05")
        assert (found.range, found.related) == ("C4", ("Tabelle1!C5",))

    def test_a_product_of_no_area_is_found(self) -> None:
        text = listed("Jobcafé | 31.60.01 | 43", "OMID | 31.60.01 | 42", "Amt | 36.20.01 | 43", "Ort | 93.60.01 | 43")
        assert places(text, "MSR05") == ["MSR05 warning B5"]
        assert places(keyed("13.60.01.00.00-500 Förderung/430 Transferaufwendungen"), "MSR05") == ["MSR05 warning A2"]

    def test_the_configured_land_holds(self, tmp_path: Path) -> None:
        (tmp_path / "pik-excel.toml").write_text(
            '[settings]\nland = "HE"\n[land.HE]\ncomplete = ["6"]\n[chart.HE]\n62 = "Personal"\n67 = "Sachkosten"\n',
            encoding="utf-8",
        )
        schema = load(tmp_path)
        text = listed("Jobcafé | 050101 | 6712", "OMID | 050101 | 6912")
        found = examine(Subject(read_budget(workbook(text), schema), schema), [catalogue()["MSR05"]])
        assert [one.range for one in found] == ["C3"]


class TestNames:
    """MSR09."""

    @pytest.mark.parametrize(
        "name",
        [
            *("Zuschuss zur Miete", "Mietkostenzuschuss Tafel", "Mieterberatung", "Förderung Honorarkräfte", "OMID"),
            *("Telefonseelsorge", "Sorgentelefon", "Übernahme von Mieten", "Lizenznehmerverein, Zuwendung"),
        ],
    )
    def test_grants_and_other_words_are_silent(self, name: str) -> None:
        assert not places(keyed(f"{KEY}/430 Transferaufwendungen", name, "OMID"), "MSR09")

    def test_the_right_account_is_silent(self) -> None:
        assert not places(keyed(f"{KEY}/420 Aufwendungen für Sach- und Dienstleistungen", "Miete Werkhof"), "MSR09")
        assert not places(keyed(f"{KEY}/440 Sonstige ordentliche Aufwendungen", "EDV-Lizenzen"), "MSR09")

    def test_a_measure_without_account_is_silent(self) -> None:
        assert not places(keyed("Integration", "EDV-Lizenzen", "Miete Werkhof"), "MSR09")

    def test_a_recipient_makes_it_a_grant(self) -> None:
        rows = ("Miete Werkhof | Werkhof e. V. | 430 Transferaufwendungen", "OMID | Caritas | 430")
        assert not places(listed(*rows, head="Maßnahme | Träger | Kontengruppe"), "MSR09")

    @pytest.mark.parametrize("recipient", ["Deutsches Rotes Kreuz", "AWO Kreis", "Diakonisches Werk", "Kulturhaus gUG"])
    def test_the_welfare_organisations_are_recipients(self, recipient: str) -> None:
        rows = (f"Miete Werkhof | {recipient} | 430 Transferaufwendungen", "OMID | Caritas | 430")
        assert not places(listed(*rows, head="Maßnahme | Träger | Kontengruppe"), "MSR09")

    def test_a_grant_to_a_recipient_is_a_transfer(self) -> None:
        rows = ("Zuschuss an die Tafel | Tafel e. V. | 400 Personalaufwendungen", "OMID | Caritas | 430")
        assert places(listed(*rows, head="Maßnahme | Träger | Kontengruppe"), "MSR09") == ["MSR09 notice A2"]

    @pytest.mark.parametrize(
        "name", ["Jobkraftwerk, EDV-Lizenzkosten", "Miete Werkhof", "Honorare für Vorträge", "Leasing Fahrzeuge"]
    )
    def test_what_the_city_buys_is_no_transfer(self, name: str) -> None:
        (found,) = findings(keyed(f"{KEY}/430 Transferaufwendungen", "OMID", name), "MSR09")
        assert (found.severity.value, found.range) == ("notice", "A4")
        assert "42 Aufwendungen für Sach- und Dienstleistungen" in found.message

    def test_the_printed_name_counts_in_other_länder_too(self) -> None:
        text = keyed("05.01.01 Soziales/530 Transferaufwendungen", "OMID", "Miete Werkhof")
        assert places(text, "MSR09") == ["MSR09 notice A4"]

    def test_codes_without_names_count_where_the_land_is_known(self) -> None:
        rows = ("OMID | 31.60.01 | 43", "Amt | 36.20.01 | 42", "Softwarelizenzen | 31.60.01 | 43")
        assert places(listed(*rows), "MSR09") == ["MSR09 notice A4"]

    def test_many_of_one_kind_are_one_notice(self) -> None:
        names = [f"Miete Haus {letter}" for letter in "ABCDE"]
        (found,) = findings(keyed(f"{KEY}/430 Transferaufwendungen", *names), "MSR09")
        assert len(found.related) == 5
