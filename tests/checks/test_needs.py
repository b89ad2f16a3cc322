"""FIN07: the total need is what is provided and what is needed besides."""

from __future__ import annotations

import random

import pytest

from tests.asking import findings, places

NAMES = ("Jobcafé", "OMID", "Tafel", "Hort Süd")


def table(title: str, rows: dict[str, list[object]], *, sheet: str, unit: str = "TEUR", first: int = 2022) -> str:
    """A table of measures by year on a sheet of its own."""
    years = len(next(iter(rows.values())))
    letters = "ABCDEFGH"[: years + 1]
    heads = " | ".join(f"{first + step} {unit}" for step in range(years))
    lines = "\n".join(
        f"| {row} | {name} | {' | '.join(map(str, values))} |" for row, (name, values) in enumerate(rows.items(), 4)
    )
    return f"""
Blatt "{sheet}":

| | {" | ".join(letters)} |
|---|{"---|" * len(letters)}
| 1 | {title} |{" |" * years}
| 3 | Maßnahme | {heads} |
{lines}

"""


def trio(
    provided: dict[str, list[object]],
    additional: dict[str, list[object]],
    total: dict[str, list[object]],
    **options: str,
) -> str:
    return (
        table("Bisher bereitgestellte Mittel", provided, sheet="Eins", **options)  # type: ignore[arg-type]
        + table("Zusätzlicher Bedarf", additional, sheet="Zwei", **options)  # type: ignore[arg-type]
        + table("Gesamtbedarf", total, sheet="Drei", **options)  # type: ignore[arg-type]
    )


def columns(*rows: str, head: str = "bereitgestellt | zusätzlich | Gesamtbedarf", title: str = "Mittel in EUR") -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 4))
    return f"""
|   | A | B | C | D |
|---|---|---|---|---|
| 1 | {title} | | | |
| 3 | Maßnahme | {head} |
{lines}
"""


def in_rows(*rows: str, title: str = "Überblick in EUR") -> str:
    lines = "\n".join(f"| {row} | {text} |" for row, text in enumerate(rows, 4))
    return f"|   | A | B | C |\n|---|---|---|---|\n| 1 | {title} | | |\n| 3 | | 2022 | 2023 |\n{lines}\n"


class TestSilent:
    def test_three_tables_that_agree(self) -> None:
        assert not places(
            trio(
                {"OMID": [100, 50], "Hort": [1, 1]},
                {"OMID": [23, 50], "Hort": [0, 0]},
                {"OMID": [123, 100], "Hort": [1, 1]},
            ),
            "FIN07",
        )

    def test_blank_is_nothing(self) -> None:
        assert not places(
            trio(
                {"OMID": [123, 0], "Hort": [1, 1]},
                {"OMID": ["", 150], "Hort": [0, 0]},
                {"OMID": [123, 150], "Hort": [1, 1]},
            ),
            "FIN07",
        )

    def test_rounded_thousands(self) -> None:
        assert not places(
            trio(
                {"OMID": [100, 50], "Hort": [1, 1]},
                {"OMID": [23, 50], "Hort": [0, 0]},
                {"OMID": [124, 100], "Hort": [1, 1]},
            ),
            "FIN07",
        )
        assert not places(
            in_rows("bereitgestellt | 123 | 0", "zusätzlich | 516 | 666", "Gesamtbedarf | 640 | 666", title="in TEUR"),
            "FIN07",
        )

    def test_a_measure_that_is_missing_in_one_table(self) -> None:
        assert not places(
            trio({"Hort": [1, 1]}, {"OMID": [23, 50], "Hort": [0, 0]}, {"OMID": [123, 100], "Hort": [1, 1]}), "FIN07"
        )

    @pytest.mark.parametrize("unknown", ["k. A.", "offen", "#REF!"])
    def test_an_amount_that_is_not_known(self, unknown: str) -> None:
        assert not places(columns("Jobcafé | 50 | 16 | 66", f"OMID | {unknown} | 90 | 290"), "FIN07")

    def test_columns_that_are_no_sum(self) -> None:
        rows = ("Jobcafé | 50 | 16 | 80", "OMID | 200 | 90 | 500", "Hort | 3 | 1 | 7", "Bad | 5 | 5 | 10")
        assert not places(columns(*rows), "FIN07")

    def test_two_of_the_three(self) -> None:
        assert not places(columns("Jobcafé | 50 | 16 | 80", head="bereitgestellt | zusätzlich | Ansatz"), "FIN07")
        assert not places(columns("Jobcafé | 50 | 16 | 80", head="Gesamtbedarf | Gesamtbedarf | zusätzlich"), "FIN07")


class TestSpeaking:
    def test_three_tables(self) -> None:
        text = trio(
            {"OMID": [100, 50], "Hort": [1, 1]},
            {"OMID": [23, 50], "Hort": [0, 0]},
            {"OMID": [123, 120], "Hort": [1, 1]},
        )
        (found,) = findings(text, "FIN07")
        assert (found.severity.value, found.sheet, found.range) == ("error", "Drei", "C4")
        assert (found.stated, found.expected) == ("120000", "100000")

    def test_tables_in_different_units(self) -> None:
        text = (
            table("Bereitgestellte Mittel", {"OMID": [100000, 5000], "Hort": [1, 1]}, sheet="Eins", unit="EUR")
            + table("Mehrbedarf", {"OMID": [23, 0], "Hort": [0, 0]}, sheet="Zwei")
            + table("Bedarf insgesamt", {"OMID": [123, 9], "Hort": [0, 0]}, sheet="Drei")
        )
        assert places(text, "FIN07") == ["FIN07 error Drei!C4"]

    def test_a_zero_at_the_end_that_excel_does_not_keep_makes_no_amount_coarser(self) -> None:
        def text(whole: str) -> str:
            rows = (
                ("Bereitgestellte Mittel", "0.5", "1.27"),
                ("Mehrbedarf", "0.14", "0.19"),
                ("Bedarf insgesamt", whole, "1.46"),
            )
            return "".join(
                table(title, {"OMID": [first, 0], "Hort": [second, 0]}, sheet=title, unit="Mio. EUR")
                for title, first, second in rows
            )

        assert not places(text("0.64"), "FIN07")
        assert places(text("0.59"), "FIN07") == ["FIN07 error Bedarf insgesamt!B4"]

    @pytest.mark.parametrize(
        "head",
        [
            "bereitgestellt | zusätzlich | Gesamtbedarf",
            "bereits veranschlagt EUR | Mehrbedarf EUR | Bedarf insgesamt EUR",
            "bisher bereitgestellte Mittel | zusätzlicher Bedarf | Bedarf gesamt",
            "Bereitgestellte Mittel | Zusätzlich | Gesamt",
        ],
    )
    def test_three_columns(self, head: str) -> None:
        text = columns("Jobcafé | 50 | 16 | 66", "OMID | 200 | 90 | 280", "Hort | | 9 | 9", head=head)
        assert places(text, "FIN07") == ["FIN07 error D5"]

    def test_the_sum_of_a_wrong_row_is_not_wrong_again(self) -> None:
        rows = ("Jobcafé | 50 | 16 | 66", "OMID | 200 | 90 | 280", "Hort | 1 | 9 | 10", "Summe | 251 | 115 | 356")
        assert places(columns(*rows), "FIN07") == ["FIN07 error D5"]
        only = ("Jobcafé | 50 | 16 | 66", "OMID | 200 | 90 | 290", "Hort | 1 | 9 | 10", "Summe | 251 | 115 | 356")
        assert places(columns(*only), "FIN07", "SUM01") == ["SUM01 error D7"]  # its own rows say more

    def test_three_rows(self) -> None:
        text = in_rows("bereitgestellt | 123 | 0", "zusätzlich | 516 | 666", "Gesamtbedarf | 693 | 666")
        assert places(text, "FIN07") == ["FIN07 error B6"]

    @pytest.mark.parametrize("seed", range(25))
    def test_any_amounts_unit_and_years(self, seed: int) -> None:
        chance = random.Random(seed)
        years, unit = chance.randint(2, 5), chance.choice(("EUR", "TEUR"))
        names = chance.sample(NAMES, chance.randint(2, 4))
        provided = {name: [chance.randint(0, 300) for _ in range(years)] for name in names}
        additional = {name: [chance.choice((0, chance.randint(1, 300))) for _ in range(years)] for name in names}
        total: dict[str, list[object]] = {
            name: [one + other for one, other in zip(provided[name], additional[name], strict=True)] for name in names
        }
        parts: tuple[dict[str, list[object]], ...] = (dict(provided), dict(additional))  # type: ignore[arg-type]
        assert not places(trio(*parts, total, unit=unit), "FIN07")
        wrong, year = chance.choice(names), chance.randrange(years)
        total[wrong][year] = int(str(total[wrong][year])) + chance.choice((-7, 9, 40))
        cell = f"{'BCDEF'[year]}{4 + names.index(wrong)}"
        assert places(trio(*parts, total, unit=unit), "FIN07") == [f"FIN07 error Drei!{cell}"]
