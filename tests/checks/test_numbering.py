"""MSR07: the numbering of the measures."""

from __future__ import annotations

import random

import pytest

from tests.asking import findings, places


def table(*labels: str, head: str = "Maßnahme | 2022 TEUR | 2023 TEUR", amounts: str = "66 | 70") -> str:
    """Labels from row 2 on; one that ends with ":" has no amounts."""
    rows = "\n".join(
        f"| {row} | {label.rstrip(':')} | {'|' if label.endswith(':') else amounts} |"
        for row, label in enumerate(labels, 2)
    )
    return f"|   | A | B | C | D |\n|---|---|---|---|---|\n| 1 | {head} |\n{rows}\n"


class TestSilent:
    @pytest.mark.parametrize(
        "labels",
        [
            ("1. Jobcafé", "2. OMID", "3. Tafel"),
            ("Jobcafé", "OMID", "Tafel"),
            ("1. Jobcafé", "2. OMID", "Tafel", "3. Hort"),
            ("1. Jobcafé", "2. OMID", "3. entfällt:", "4. Tafel"),
            ("Soziales:", "1. Jobcafé", "2. OMID", "Kultur:", "1. Tafel", "2. Hort"),
            ("1. Soziales:", "1. Jobcafé", "2. OMID", "2. Kultur:", "1. Tafel", "2. Hort"),
            ("1. Jobcafé", "3. OMID", "5. Tafel", "7. Hort"),
            ("4. Jobcafé", "7. OMID", "9. Tafel"),
            ("1. Jobcafé", "2. OMID", "17. Tafel"),
            ("1. Bauabschnitt", "2. Bauabschnitt", "Radweg"),
            ("1. Jobcafé", "3. OMID"),
            ("I. Jobcafé", "II. OMID", "III. Tafel", "IV. Hort"),
            ("1.1 Jobcafé", "1.2 OMID", "2.1 Tafel", "2.2 Hort", "2.3 Bad"),
            ("1. Jobcafé", "4. OMID", "2. Tafel", "3. Hort"),
        ],
    )
    def test_numberings_that_are_right_or_none(self, labels: tuple[str, ...]) -> None:
        assert not places(table(*labels), "MSR07")

    def test_numbers_of_applications(self) -> None:
        rows = ("1017 | Jobcafé", "1018 | OMID", "1020 | Tafel", "1021 | Hort")
        assert not places(table(*rows, head="Nr. | Maßnahme | 2022 TEUR | 2023 TEUR"), "MSR07")

    @pytest.mark.parametrize("seed", range(20))
    def test_a_random_selection(self, seed: int) -> None:
        numbers = sorted(random.Random(seed).sample(range(1, 60), 9))
        assert not places(table(*(f"{number}. Ort {number}" for number in numbers)), "MSR07")


class TestSpeaking:
    @pytest.mark.parametrize(
        ("labels", "cell"),
        [
            (("1. Jobcafé", "2. OMID", "4. Tafel"), "A4"),
            (("1) Jobcafé", "2) OMID", "3) Bad", "5) Tafel"), "A5"),
            (("I. Jobcafé", "II. OMID", "IV. Tafel"), "A4"),
            (("1.1 Jobcafé", "1.2 OMID", "1.4 Tafel"), "A4"),
            (("1. Jobcafé", "2. OMID", "2. Bad", "3. Tafel"), "A4"),
            (("Soziales:", "1. Jobcafé", "2. OMID", "Kultur:", "1. Bad", "2. Hort", "4. Tafel"), "A8"),
        ],
    )
    def test_a_gap_is_found_where_it_goes_on(self, labels: tuple[str, ...], cell: str) -> None:
        assert places(table(*labels), "MSR07") == [f"MSR07 notice {cell}"]

    def test_in_a_column_of_its_own(self) -> None:
        rows = ("1 | Jobcafé", "2 | OMID", "4 | Tafel", "5 | Hort")
        (found,) = findings(table(*rows, head="Nr. | Maßnahme | 2022 TEUR | 2023 TEUR"), "MSR07")
        assert (found.range, found.stated, found.expected) == ("A4", "4", "3")
        assert "Nr. 3 fehlt" in found.message

    @pytest.mark.parametrize("seed", range(20))
    def test_one_row_taken_out_anywhere_inside(self, seed: int) -> None:
        chance = random.Random(seed)
        numbers = list(range(1, chance.randint(5, 14)))
        gone = chance.choice(numbers[1:-1])
        numbers.remove(gone)
        style = chance.choice(("{}. Ort", "{}) Ort", "({}) Ort"))
        text = table(*(f"{style.format(number)} {chr(64 + number)}" for number in numbers))
        assert places(text, "MSR07") == [f"MSR07 notice A{gone + 1}"]
