"""NUM03 where provided, additional and total need tell the unit; FIN07 leaves these to it."""

from __future__ import annotations

import pytest

from tests.asking import findings, places

CODES = ("NUM03", "FIN07")
HEAD = "bereitgestellt | zusätzlich | Gesamtbedarf"


def need(*rows: str, unit: str = "TEUR") -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 4))
    return f"""
|   | A | B | C | D |
|---|---|---|---|---|
| 1 | Mittelbedarf 2026 in {unit} | | | |
| 3 | Maßnahme | {HEAD} |
{lines}
"""


def three(provided: str, additional: str, total: str) -> str:
    """Three tables of two years; the row of one measure differs."""
    titles = {"Bisher bereitgestellte Mittel": provided, "Zusätzlicher Bedarf": additional, "Gesamtbedarf": total}
    return "".join(
        f"""
Blatt "{title.split()[0]}":

|   | A | B | C |
|---|---|---|---|
| 1 | {title} | | |
| 3 | Maßnahme | 2022 TEUR | 2023 TEUR |
| 4 | OMID | {row} |
| 5 | Hort | 40 | 40 |
| 6 | Bad | 35 | 35 |

"""
        for title, row in titles.items()
    ).replace("| 40 | 40 |\n| 6 | Bad | 35 | 35 |", "| 0 | 0 |\n| 6 | Bad | 0 | 0 |", 1)


OTHERS = ("Jobcafé | 120 | 30 | 150", "OMID | 290 | 60 | 350", "Hort | 80 | 20 | 100", "Bad | 400 | 90 | 490")


class TestSilent:
    def test_a_need_that_adds_up(self) -> None:
        assert not places(need(*OTHERS), *CODES)

    def test_a_large_need_in_eur(self) -> None:
        rows = ("Jobcafé | 120 | 30 | 150", "OMID | 290 | 60 | 350", "Hort | 80 | 20 | 100", "Bad | 400 | 90 | 490")
        assert not places(need(*rows, "Neubau | 290000 | 60000 | 350000", unit="EUR"), *CODES)

    @pytest.mark.parametrize(
        "large",
        [
            "Neubau | 24000 | 6000 | 30000",  # not far enough above 490
            "Neubau | 240500 | 60200 | 300700",  # no TEUR times 1000
            "Neubau | 900000 | 90000 | 990000",  # large even as EUR
            "Neubau | 366000 | 112 | 366112",  # not all of the row
        ],
    )
    def test_a_large_need_among_small_ones(self, large: str) -> None:
        assert not places(need(*OTHERS, large), *CODES)

    def test_a_need_that_only_begins(self) -> None:
        assert not places(need(*OTHERS, "Campus | 0 | 75 | 75"), *CODES)

    def test_a_total_that_is_wrong_otherwise_is_no_unit(self) -> None:
        assert places(need(*OTHERS, "Campus | 66 | 9 | 85"), *CODES) == ["FIN07 error D8"]

    def test_columns_that_are_no_sum(self) -> None:
        rows = ("Jobcafé | 120 | 30 | 1", "OMID | 290 | 60 | 2", "Hort | 80 | 20 | 3", "Bad | 400 | 90 | 490000")
        assert not places(need(*rows), *CODES)


class TestOneAmount:
    @pytest.mark.parametrize(
        ("row", "at", "meant"),
        [
            ("Campus | 66000 | 9 | 75", "B8", "66"),
            ("Campus | 66 | 9000 | 75", "C8", "9"),
            ("Campus | 66 | 9 | 75000", "D8", "75"),
            ("Campus | 231000 | 23 | 254", "B8", "231"),  # 254.000 would be near, and is not the sum
        ],
    )
    def test_in_eur_among_teur(self, row: str, at: str, meant: str) -> None:
        (found,) = findings(need(*OTHERS, row), *CODES)
        assert (found.code, found.range, found.expected) == ("NUM03", at, meant)

    def test_in_teur_among_eur_and_rounded(self) -> None:
        rows = ("Jobcafé | 120300 | 30000 | 150300", "OMID | 74 | 21500 | 95700", "Hort | 80000 | 20500 | 100500")
        (found,) = findings(need(*rows, unit="EUR"), *CODES)
        assert (found.code, found.range, found.expected) == ("NUM03", "B5", "74200")

    def test_in_one_of_three_tables(self) -> None:
        text = three("100 | 50", "23000 | 50", "123 | 100").replace("Hort | 40 | 40", "Hort | 0 | 0")
        assert "NUM03 error Zusätzlicher!B4" in places(text, *CODES)


class TestWholeRow:
    def test_in_eur_among_teur(self) -> None:
        assert places(need(*OTHERS, "Campus | 366000 | 112000 | 478000"), *CODES) == ["NUM03 error B8:D8"]

    def test_a_computed_total_is_not_blamed(self) -> None:
        row = "Campus | 366000 | 112000 | =B8+C8 → 478000"
        assert places(need(*OTHERS, row), *CODES) == ["NUM03 error B8:C8"]
