"""YRS06: what must stay silent first, then the day and what is not funded until then."""

from __future__ import annotations

import pytest

from tests.asking import findings, places


def grant(*rows: str) -> str:
    body = "\n".join(f"        | {number} | {row} |" for number, row in enumerate(rows, 2))
    return f"""
        Blatt "Zuschuss":

        |   | A                    | B |
        |---|----------------------|---|
        | 1 | Landeszuschuss       |   |
{body}
    """


SILENT = {
    "no period": grant("Zuschuss EUR | 540000", "Stellen | 3", "Frist in Monaten | 3"),
    "no months": grant("Zuschuss EUR | 540000", "Bewilligungszeitraum bis | 2022-12-31"),
    "a period that is no date": grant(
        "Zuschuss EUR | 540000", "Bewilligungszeitraum bis | offen", "Frist in Monaten | 3"
    ),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert places(text, "YRS06") == []


@pytest.mark.parametrize(
    ("end", "months", "due"),
    [
        ("2022-12-31", "3", "2023-03-31"),
        ("2022-11-30", "3", "2023-02-28"),
        ("2023-08-31", "6", "2024-02-29"),
        ("2023-06-15", "1", "2023-07-15"),
        ("'31.12.2022", "6", "2023-06-30"),
        ("2022", "3", "2023-03-31"),
        ("2022-12-31", "'3", "2023-03-31"),
    ],
)
def test_the_day(end: str, months: str, due: str) -> None:
    text = grant("Zuschuss EUR | 540000", f"Förderende | {end}", f"Nachweisfrist in Monaten | {months}")
    (found,) = findings(text, "YRS06")
    assert (found.sheet, found.range, found.severity.value, found.expected) == ("Zuschuss", "B3", "notice", due)


def test_a_day_that_contradicts_is_a_warning() -> None:
    text = grant(
        "Zuschuss EUR | 540000",
        "Bewilligungszeitraum bis | 2022-12-31",
        "Frist in Monaten | 3",
        "Verwendungsnachweis bis | 2023-06-30",
    )
    assert places(text, "YRS06") == ["YRS06 notice Zuschuss!B3", "YRS06 warning Zuschuss!B5"]
    assert findings(text, "YRS06")[1].expected == "2023-03-31"
    assert places(text.replace("2023-06-30", "2023-03-31"), "YRS06") == ["YRS06 notice Zuschuss!B3"]


def test_what_is_needed_to_the_end_and_not_funded_until_the_proof() -> None:
    text = (
        grant("Zuschuss EUR | 540000", "Bewilligungszeitraum bis | 2022-12-31", "Frist in Monaten | 3")
        + """
        Blatt "Annahmen":

        |   | A        | B          | C      | D              | E            |
        |---|----------|------------|--------|----------------|--------------|
        | 1 | Maßnahme | Bedarf EUR | Regel  | finanziert bis | benötigt bis |
        | 2 | Lizenz   | 65500      | halten | 2021-12-31     | 2022-12-31   |
        | 3 | OMID     | 290000     | halten | 2023-12-31     | 2022-12-31   |
        | 4 | Refugio  | 40000      | halten | 2021-12-31     | 2021-12-31   |
    """
    )
    (found,) = findings(text, "YRS06")
    assert "„Lizenz“ (Mittel bis 31.12.2021)" in found.message
    assert "OMID" not in found.message and "Refugio" not in found.message
    assert found.related == ("Annahmen!D2",)


def test_a_grant_in_the_assumptions_has_its_deadline_too() -> None:
    text = """
        Blatt "Annahmen":

        |   | A        | B          | C      | D                        | E                |
        |---|----------|------------|--------|--------------------------|------------------|
        | 1 | Maßnahme | Bedarf EUR | Regel  | Bewilligungszeitraum bis | Frist in Monaten |
        | 2 | Beratung | 65500      | halten | 2024-12-31               | 6                |
        | 3 | OMID     | 290000     | halten |                          |                  |
    """
    (found,) = findings(text, "YRS06")
    assert (found.range, found.expected) == ("D2", "2025-06-30")
