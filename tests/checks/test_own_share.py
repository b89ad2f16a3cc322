"""FIN04: the Träger's own share reaches its minimum."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.layout.read import read_budget
from pik_excel.schema import load
from tests.asking import findings, places
from tests.tables import workbook

OMID = (
    "Landeshauptstadt Stuttgart | 290000",
    "Zweckerfüllungsfonds der Diözese Rottenburg-Stuttgart | 290000",
    "Eigenmittel des Caritasverbands | 69412",
    "Summe | 649412",
)


def financing(*rows: str, unit: str = "EUR", beside: str = "", title: str = "OMID – Finanzierung 2019") -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 3))
    return f"""
Blatt "Finanzierung":

|   | A | B |
|---|---|---|
| 1 | {title} | |
| 2 | Quelle | Betrag {unit} |
{lines}
| {len(rows) + 4} | {beside} |

"""


def assumed(minimum: str, counts: str = "", head: str = "Eigenanteil mindestens", bearer: str = "") -> str:
    return f"""
Blatt "Annahmen":

|   | A        | B      | C       | D                    | E        |
|---|----------|--------|---------|----------------------|----------|
| 1 | Maßnahme | Regel  | {head}  | Als Eigenanteil zählt | Träger  |
| 2 | OMID     | anteil | {minimum} | {counts}           | {bearer} |
| 3 | Jobcafé  | halten |         |                      |          |

"""


class TestSilent:
    def test_no_minimum_no_statement(self) -> None:
        assert not places(financing(*OMID), "FIN04")
        assert not places(financing(*OMID) + assumed(""), "FIN04")

    @pytest.mark.parametrize("counts", ["Eigenmittel; Diözese", "Eigenmittel, Diözese", "Eigenmittel und Diözese"])
    def test_the_paper_holds_where_the_diocese_counts(self, counts: str) -> None:
        assert not places(financing(*OMID) + assumed("in gleicher Höhe", counts), "FIN04")
        assert not places(financing(*OMID) + assumed("290000", counts), "FIN04")
        assert not places(financing(*OMID) + assumed("50 %", counts), "FIN04")

    def test_the_minimum_itself_is_enough(self) -> None:
        assert not places(
            financing("Stadt | 90000", "Eigenmittel | 10000", "Summe | 100000") + assumed("10 %"), "FIN04"
        )

    def test_rounded_amounts_may_be_a_little_less(self) -> None:
        rows = ("Stadt | 295", "Eigenmittel | 33", "Summe | 328")
        assert not places(financing(*rows, unit="TEUR") + assumed("10 %"), "FIN04")

    @pytest.mark.parametrize("amount", ["k. A.", "offen", "'10.000"])
    def test_an_own_part_that_is_not_known(self, amount: str) -> None:
        rows = ("Stadt | 80000", f"Eigenmittel | {amount}", "Land | 10000", "Summe | 100000")
        assert not [one for one in places(financing(*rows) + assumed("20 %"), "FIN04", "NUM01") if "FIN04" in one]

    def test_no_source_to_be_recognised_as_own(self) -> None:
        rows = ("Stadt | 80000", "Caritasverband | 20000", "Summe | 100000")
        assert not places(financing(*rows) + assumed("30 %"), "FIN04")

    def test_the_city_s_own_share_is_not_the_bearer_s(self) -> None:
        rows = ("Eigenanteil der Stadt | 5000", "Land | 95000", "Summe | 100000")
        assert not places(financing(*rows) + assumed("10 %"), "FIN04")

    def test_another_measure_s_minimum(self) -> None:
        other = financing("Stadt | 95000", "Eigenmittel | 5000", "Summe | 100000", title="Jobcafé – Finanzierung 2019")
        assert not places(other + assumed("10 %"), "FIN04")


class TestSpeaking:
    @pytest.mark.parametrize(
        ("minimum", "limit"),
        [("in gleicher Höhe", "290000"), ("290000", "290000"), ("50 %", "324706"), ("mindestens 20 %", "129882.4")],
    )
    def test_the_bearer_s_own_money_alone_is_not_enough(self, minimum: str, limit: str) -> None:
        (found,) = findings(financing(*OMID) + assumed(minimum), "FIN04")
        assert (found.severity.value, found.sheet, found.range) == ("error", "Finanzierung", "B5")
        assert (found.stated, found.expected) == ("69412", limit)

    def test_an_amount_in_the_unit_of_its_column(self) -> None:
        (found,) = findings(financing(*OMID) + assumed("70", head="Eigenanteil mindestens TEUR"), "FIN04")
        assert found.expected == "70000"

    def test_what_counts_may_leave_out_the_usual(self) -> None:
        rows = ("Stadt | 80000", "Eigenmittel | 15000", "Spenden | 5000", "Summe | 100000")
        assert places(financing(*rows) + assumed("10 %", "Spenden"), "FIN04") == ["FIN04 error Finanzierung!B5"]

    def test_the_bearer_by_name(self) -> None:
        rows = ("Stadt | 95000", "Caritasverband | 5000", "Summe | 100000")
        text = financing(*rows) + assumed("10 %", bearer="Caritasverband")
        assert places(text, "FIN04") == ["FIN04 error Finanzierung!B4"]

    @pytest.mark.parametrize(
        "beside",
        [
            *("Der Träger bringt mindestens 10 % Eigenmittel ein. |", "Eigenanteil mind. 10 % |"),
            *("Mindesteigenanteil | 10 %", "Eigenanteil mindestens | 10000"),
        ],
    )
    def test_a_minimum_beside_the_financing(self, beside: str) -> None:
        rows = ("Stadt | 95000", "Eigenmittel | 5000", "Summe | 100000")
        assert places(financing(*rows, beside=beside), "FIN04") == ["FIN04 error Finanzierung!B4"]
        enough = ("Stadt | 88000", "Eigenmittel | 12000", "Summe | 100000")
        assert not places(financing(*enough, beside=beside), "FIN04")

    def test_a_minimum_for_all_by_configuration(self, tmp_path: Path) -> None:
        (tmp_path / "pik-excel.toml").write_text("[limits]\nown_share = 0.2\n", encoding="utf-8")
        schema = load(tmp_path)
        subject = Subject(read_budget(workbook(financing(*OMID)), schema), schema)
        assert [one.range for one in examine(subject, [catalogue()["FIN04"]])] == ["B5"]

    @pytest.mark.parametrize("seed", range(25))
    def test_any_cost_unit_and_order(self, seed: int) -> None:
        chance = random.Random(seed)
        cost, share = chance.randint(40, 900) * 10, chance.choice((10, 15, 20, 25))
        unit, own_name = chance.choice((("EUR", "Eigenmittel des Vereins"), ("TEUR", "Eigenanteil Träger")))
        for short in (False, True):
            own = cost * share // 100 + (-cost * 3 // 100 if short else cost // 50 + 1)
            parts = [("Stadt", (cost - own) // 2), ("Land", cost - own - (cost - own) // 2), (own_name, own)]
            chance.shuffle(parts)
            rows = [f"{source} | {amount}" for source, amount in parts]
            found = places(financing(*rows, f"Gesamtkosten | {cost}", unit=unit) + assumed(f"{share} %"), "FIN04")
            at = next(row for row, (source, _amount) in enumerate(parts, 3) if source == own_name)
            assert found == ([f"FIN04 error Finanzierung!B{at}"] if short else [])
