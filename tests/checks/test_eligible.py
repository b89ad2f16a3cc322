"""FIN06: costs on a source that does not pay for them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.checks.kinds_of_cost import is_grant
from pik_excel.layout.read import read_budget
from pik_excel.schema import load
from tests.asking import findings, places
from tests.tables import workbook

ONLY_STAFF = "Förderfähig sind Personal- und Fortbildungskosten"


def matrix(
    *rows: str, said: str = ONLY_STAFF, head: str = "Kostenart | Land EUR | Stadt EUR", sheet: str = "Kosten"
) -> str:
    """Cost types down from row 4 on, sources across."""
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 4))
    return f"""
Blatt "{sheet}":

|   | A | B | C | D |
|---|---|---|---|---|
| 1 | {said} | | | |
| 3 | {head} | |
{lines}

"""


def assumed(*rows: str, head: str = "förderfähig | gedeckt aus | gedeckt EUR") -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 2))
    return f"""
Blatt "Annahmen":

|   | A | B | C | D | E |
|---|---|---|---|---|---|
| 1 | Maßnahme | Regel | {head} |
{lines}

"""


def financing(title: str, *rows: str) -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 3))
    return f"""
Blatt "Finanzierung":

|   | A | B |
|---|---|---|
| 1 | {title} | |
| 2 | Quelle | Betrag EUR |
{lines}

"""


@pytest.mark.parametrize(
    "source",
    [
        *("Land", "Land EUR", "Land (Baden-Württemberg)", "Landeszuschuss", "Zuschuss des Landes", "Mittel vom Bund"),
        *("Bund", "EU", "ESF Plus", "Landesmittel TEUR", "Land BW"),
    ],
)
def test_who_gives_grants(source: str) -> None:
    assert is_grant(source)


@pytest.mark.parametrize(
    "source",
    [
        *("Stadt", "Landeshauptstadt Stuttgart", "Landkreis", "Landratsamt", "Eigenmittel", "Land fördert weiter"),
        *("Bundesfreiwilligendienst", "Landschaftspflege", "Landwirtschaft", "Wenn das Land endet", "Spenden"),
    ],
)
def test_who_does_not(source: str) -> None:
    assert not is_grant(source)


class TestSilent:
    def test_nobody_says_what_is_paid_for(self) -> None:
        assert not places(matrix("Personalkosten | 60000 | 4000", "Sachkosten | 4600 | 0", said="Kosten"), "FIN06")
        assert not places(financing("Sachkosten – Finanzierung 2022", "Land | 4000", "Stadt | 4000"), "FIN06")

    @pytest.mark.parametrize("amount", ["0", "", "–"])
    def test_nothing_is_booked(self, amount: str) -> None:
        assert not places(matrix("Personalkosten | 60000 | 4000", f"Sachkosten | {amount} | 4600"), "FIN06")

    def test_what_is_eligible_and_who_gives_no_grant(self) -> None:
        rows = ("Personalkosten | 60000 | 4000", "Fortbildungskosten | 500 | 0", "Sachkosten | 0 | 4600")
        assert not places(matrix(*rows), "FIN06")
        assert not places(matrix("Sachkosten | 4600 | 0", head="Kostenart | Stadt EUR | Stiftung EUR"), "FIN06")

    def test_material_is_eligible_here(self) -> None:
        said = "Zuwendungsfähig sind Personal- und Sachkosten"
        assert not places(matrix("Personalkosten | 60000 | 4000", "Sachkosten | 4600 | 0", said=said), "FIN06")

    def test_another_sheet_s_line(self) -> None:
        text = matrix("Sachkosten | 0 | 5") + matrix("Sachkosten | 4600 | 0", said="Kosten", sheet="Zwei")
        assert not places(text, "FIN06")

    def test_another_measure_s_terms(self) -> None:
        text = assumed("OMID | halten | Personalkosten | | ", "Jobcafé | halten | | | ")
        assert not places(
            text + financing("Jobcafé: Finanzierung 2022", "Land, Sachkosten | 4000", "Stadt | 1"), "FIN06"
        )

    def test_another_programme_of_the_land(self) -> None:
        assert not places(matrix("Sachkosten | 4600 | 0", said="Sprachförderung an Schulen"), "FIN06")

    def test_sums_of_both_kinds(self) -> None:
        assert not places(matrix("Personal- und Sachkosten | 60000 | 4000"), "FIN06")


class TestSpeaking:
    @pytest.mark.parametrize(
        "said",
        [
            *(ONLY_STAFF, "Sachkosten sind nicht förderfähig", "zuwendungsfähig: nur Personalkosten"),
            *("Gefördert werden keine Sachkosten", "Förderfähig ist alles außer Sachkosten"),
            *("Integrationsmanagement", "Kosten der Integrationsmanager 2022"),
        ],
    )
    def test_a_line_on_the_sheet_or_a_known_programme(self, said: str) -> None:
        (found,) = findings(matrix("Personalkosten | 60000 | 4000", "Sachkosten | 4600 | 0", said=said), "FIN06")
        assert (found.severity.value, found.range, found.stated) == ("error", "B5", "4600")

    def test_both_in_columns_of_their_own(self) -> None:
        rows = ("Personal | Land | 60000", "Sachmittel | Land | 4600", "Sachmittel | Stadt | 4600")
        text = matrix(*rows, head="Kostenart | Finanzierung durch | Betrag EUR")
        assert places(text, "FIN06") == ["FIN06 error Kosten!B5"]

    def test_terms_of_the_measure_in_annahmen(self) -> None:
        text = assumed("OMID | halten | Personalkosten | | ")
        parts = ("Land, Personalkosten | 60000", "Land, Sachkosten | 4000", "Stadt | 1")
        assert places(text + financing("OMID: Finanzierung 2022", *parts), "FIN06") == ["FIN06 error Finanzierung!B4"]

    def test_a_measure_that_is_a_cost_type(self) -> None:
        row = "Sachkostenpauschale | halten | Personal- und Fortbildungskosten | Landeszuschuss | 227000"
        (found,) = findings(assumed(row, "OMID | halten | | | "), "FIN06")
        assert (found.sheet, found.range, found.stated) == ("Annahmen", "D2", "227000")

    def test_a_financing_of_a_cost_type(self) -> None:
        text = financing("Sachkosten – Finanzierung 2022", "Stadt | 4000", "Land | 6000", "Summe | 10000")
        said = text.replace("|---|---|\n", "|---|---|\n| 9 | Sachkosten sind nicht förderfähig | |\n")
        assert places(said, "FIN06") == ["FIN06 error Finanzierung!B4"]

    def test_a_programme_of_ones_own(self, tmp_path: Path) -> None:
        (tmp_path / "pik-excel.toml").write_text(
            '[eligibility.summer]\nprogramme = ["Sommerprogramm"]\nsource = ["Bund"]\nnot_eligible = ["Mietkosten"]\n',
            encoding="utf-8",
        )
        schema = load(tmp_path)
        text = matrix("Miete | 500 | 0", "Personal | 900 | 0", said="Sommerprogramm", head="Art | Bund | Stadt")
        found = examine(Subject(read_budget(workbook(text), schema), schema), [catalogue()["FIN06"]])
        assert [one.range for one in found] == ["B4"]

    def test_a_column_says_yes_or_no(self) -> None:
        head = "Kostenart | Land EUR | förderfähig (Land)"
        rows = ("Personalkosten | 60000 | ja", "Sachkosten | 4600 | nein", "Mietkosten | 0 | nein")
        assert places(matrix(*rows, said="OMID – Kosten", head=head), "FIN06") == ["FIN06 error Kosten!B5"]

    @pytest.mark.parametrize("seed", range(15))
    def test_any_order_of_rows_and_columns(self, seed: int) -> None:
        chance = random.Random(seed)
        sources = chance.sample(["Land", "Stadt", "Eigenmittel"], 3)
        types = chance.sample(["Personalkosten", "Fortbildungskosten", "Sachkosten", "Mietkosten"], 4)
        eligible = {"Personalkosten", "Fortbildungskosten"}
        wrong = chance.choice([None, *(one for one in types if one not in eligible)])
        rows = []
        for one in types:
            pays = one in eligible or one == wrong
            rows.append(
                " | ".join(
                    [one, *(str(chance.randint(1, 900) * 10 if source != "Land" or pays else 0) for source in sources)]
                )
            )
        found = places(matrix(*rows, head="Kostenart | " + " | ".join(sources)), "FIN06")
        cell = f"{'BCD'[sources.index('Land')]}{4 + types.index(wrong)}" if wrong else ""
        assert found == ([f"FIN06 error Kosten!{cell}"] if wrong else [])
