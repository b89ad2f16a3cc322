"""MSR06: a measure without an amount, and without funds that are provided already."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import Subject, catalogue, examine
from pik_excel.layout.read import read_budget
from pik_excel.schema import load
from tests.asking import findings, places
from tests.checks.made_plans import plan
from tests.tables import workbook

YEARS = "2022 TEUR | 2023 TEUR | 2024 TEUR"


def table(*rows: str, years: str = YEARS, below: str = "", title: str = "", sheet: str = "Tabelle1") -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 3))
    return f"""
Blatt "{sheet}":

| | A | B | C | D | E | F |
|---|---|---|---|---|---|---|
| 1 | {title} | | | | | |
| 2 | Maßnahme | {years} | |
{lines}
| {len(rows) + 5} | {below} | | | | | |

"""


FULL = ("Jobcafé | 66 | 66 | 66", "Tafel | 20 | 20 | 20", "Hort | 5 | 5 | 5", "Bad | 7 | 7 | 7")


class TestSilent:
    def test_another_table_provides_the_funds(self) -> None:
        more = table(*FULL, "OMID | | 150 | 0", title="zusätzlicher Bedarf")
        provided = table("OMID | 123 | 0 | 0", "Chor | 1 | 1 | 1", title="bereitgestellte Mittel", sheet="Zwei")
        before = table("OMID | 119 | 123", "Hort | 5 | 5", years="2020 TEUR | 2021 TEUR", sheet="Alt")
        assert not places(before + more + provided, "MSR06")

    @pytest.mark.parametrize("stated", ["0", "–", "k. A.", "offen", "50"])
    def test_what_is_stated_is_not_blank(self, stated: str) -> None:
        assert not places(table(*FULL, f"OMID | 100 | {stated} | 150"), "MSR06")

    def test_the_open_ended_column(self) -> None:
        rows = [row.rsplit(" | ", 1)[0] + " |" for row in FULL[:3]]
        years = "2022 TEUR | 2023 TEUR | 2024 ff. TEUR"
        assert not places(table(*rows, "OMID | 66 | 66 | 66", years=years), "MSR06")

    def test_a_column_to_be_filled_in(self) -> None:
        assert not places(
            table("Jobcafé | 66 | | 66", "Tafel | 20 | | 20", "Hort | 5 | | 5", "Bad | 7 | 7 | 7"), "MSR06"
        )

    def test_a_table_that_leaves_zeros_blank(self) -> None:
        rows = ("Jobcafé | 66 | | 66", "Tafel | | 20 | 20", "Hort | 5 | | 5", "Bad | 7 | 7 |")
        assert not places(table(*rows), "MSR06")

    def test_before_the_start_and_after_the_end(self) -> None:
        assert not places(table(*FULL, "OMID | | | 150"), "MSR06")
        assert not places(table(*FULL, "OMID | 150 | | "), "MSR06")

    @pytest.mark.parametrize("first", ["2023", "2024"])
    def test_annahmen_say_when_it_begins(self, first: str) -> None:
        assumed = f"""
Blatt "Annahmen":

|   | A        | B      | C      | D    | E    |
|---|----------|--------|--------|------|------|
| 1 | Maßnahme | Bedarf EUR | Regel | von | bis |
| 2 | OMID     | 150000 | halten | {first} | 2030 |

"""
        assert not places(table(*FULL, "OMID | | 150 | 150") + assumed, "MSR06")

    def test_a_footnote_explains_it(self) -> None:
        note = "*Haushaltsmittel stehen auch für das Jahr 2023 bereit"
        assert not places(table(*FULL, "OMID* | 100 | | 150", below=note), "MSR06")

    def test_a_remark_explains_it(self) -> None:
        years = "2022 TEUR | 2023 TEUR | 2024 TEUR | Bemerkung"
        assert not places(table(*FULL, "OMID | 100 | | 150 | ruht 2023", years=years), "MSR06")

    @pytest.mark.parametrize("remark", ["freiwillige Leistung", "GRDrs 211/2021", "siehe Anlage 2", "wie Vorjahr"])
    def test_a_remark_about_something_else_does_not(self, remark: str) -> None:
        years = "2022 TEUR | 2023 TEUR | 2024 TEUR | Bemerkung"
        assert places(table(*FULL, f"OMID | 100 | | 150 | {remark}", years=years), "MSR06") == ["MSR06 notice C7"]

    def test_the_sheet_says_what_blank_means(self) -> None:
        assert not places(table(*FULL, "OMID | 100 | | 150", below="Leere Zelle: kein zusätzlicher Bedarf"), "MSR06")

    def test_headings(self) -> None:
        assert not places(table("Soziales | | | ", *FULL, "Kultur | | | ", "Chor | 1 | 1 | 1"), "MSR06")
        assert not places(table("Soziales | | | ", *FULL, "Chor | 1 | 1 | 1"), "MSR06")
        assert not places(table(*FULL, "davon: | | | ", "Chor | 1 | 1 | 1"), "MSR06")

    @pytest.mark.parametrize("seed", range(30))
    def test_few_notices_on_plans_that_are_right(self, seed: int) -> None:
        from pik_excel.schema import built_in

        reading = read_budget(plan(seed).workbook(), built_in())
        assert len(examine(Subject(reading, built_in()), [catalogue()["MSR06"]])) <= 1


class TestSpeaking:
    def test_a_gap_between_two_amounts(self) -> None:
        (found,) = findings(table(*FULL, "OMID | 100 | | 150"), "MSR06")
        assert (found.severity.value, found.range) == ("notice", "C7")
        assert "„OMID“ 2023" in found.message

    def test_a_gap_between_two_tables(self) -> None:
        before = table("OMID | 119 | 123", "Hort | 5 | 5", years="2020 TEUR | 2021 TEUR", sheet="Alt")
        assert places(before + table(*FULL, "OMID | | 150 | 0"), "MSR06") == ["MSR06 notice B7"]

    @pytest.mark.parametrize(("row", "cell"), [("OMID | | 150 | 150", "B7"), ("OMID | 150 | 150 | ", "D7")])
    def test_the_only_blank_of_a_full_table(self, row: str, cell: str) -> None:
        assert places(table(*FULL, row), "MSR06") == [f"MSR06 notice {cell}"]

    def test_a_numbered_measure_without_any_amount(self) -> None:
        rows = [f"{number}. {row}" for number, row in enumerate((*FULL, "OMID | | | "), 1)]
        (found,) = findings(table(*rows, "6. Chor | 1 | 1 | 1"), "MSR06")
        assert (found.range, "in keinem Jahr" in found.message) == ("B7:D7", True)

    def test_a_row_among_measures_with_a_name_and_nothing_else(self) -> None:
        assert places(table(*FULL[:3], "OMID | | | ", FULL[3], "Chor | 1 | 1 | 1"), "MSR06") == ["MSR06 notice A6"]

    def test_one_notice_a_row(self) -> None:
        years = "2022 TEUR | 2023 TEUR | 2024 TEUR | 2025 TEUR"
        rows = [f"{row} | 9" for row in FULL]
        (found,) = findings(table(*rows, "OMID | 100 | | | 150", years=years), "MSR06")
        assert found.range == "C7:D7"

    def test_where_amounts_are_required_it_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "pik-excel.toml").write_text("[fields.betrag]\nrequired = true\n", encoding="utf-8")
        schema = load(tmp_path)
        subject = Subject(read_budget(workbook(table(*FULL, "OMID | 100 | | 150")), schema), schema)
        assert [one.severity.value for one in examine(subject, [catalogue()["MSR06"]])] == ["error"]

    @pytest.mark.parametrize("seed", range(15))
    def test_a_gap_is_found_in_any_layout(self, seed: int) -> None:
        from pik_excel.schema import built_in

        chance = random.Random(seed)
        made = plan(seed)
        plain = [column for column, head in zip(made.columns, made.heads, strict=True) if "ff." not in head]
        filled = [row for row in made.measures if all(made.amount((row, column)) for column in plain)]
        if len(plain) < 3 or not filled or made.body != "typed":
            return
        at = (chance.choice(filled), chance.choice(plain[1:-1]))
        del made.values[at]
        reading = read_budget(made.workbook(), built_in())
        found = examine(Subject(reading, built_in()), [catalogue()["MSR06"]])
        assert made.name(at) in {one.range for one in found}
