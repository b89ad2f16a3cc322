"""DOC01: what was not read with certainty is said, and an empty budget is an error."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import findings, places

PLAN = """
Blatt "Plan":

|   | A        | B         | C         |
|---|----------|-----------|-----------|
| 1 | Maßnahme | 2022 TEUR | 2023 TEUR |
| 2 | OMID     | 290       | 290       |
| 3 | Jobcafé  | 66        | 66        |

"""
SIDE_SHEETS = """
Blatt "Verteiler":

|   | A              | B                  |
|---|----------------|--------------------|
| 1 | Name           | E-Mail             |
| 2 | Frau Beispiel  | beispiel@stadt.de  |

Blatt "Notizen":

|   | A                                     |
|---|---------------------------------------|
| 1 | Stand 24.06.2021, noch abzustimmen    |
| 2 | Rückfrage an Amt 50 wegen 2022        |

Blatt "Rechenblatt":

|   | A   | B  | C  |
|---|-----|----|----|
| 1 | 12  | 17 | 29 |
| 2 | 3   | 4  | 7  |
"""


def test_side_sheets_are_silent() -> None:
    assert not places(PLAN + SIDE_SHEETS, "DOC01")


def test_no_budget_anywhere_is_one_error_at_the_first_sheet() -> None:
    (found,) = findings(SIDE_SHEETS, "DOC01")
    assert (found.severity.value, found.sheet, found.range) == ("error", "Verteiler", "A1")


LOANS = """
Blatt "Darlehen":

|   | A                      | B           | C       |
|---|------------------------|-------------|---------|
| 1 | Darlehen {when}        |             |         |
| 2 | Kreditgeber            | Tilgung     | Zinsen  |
| 3 | KfW                    | 75000       | 12834   |
| 4 | Sparkasse              | 40000       | 8940    |
| 5 | Summe                  | =SUM(B3:B4) → 115000 | =SUM(C3:C4) → 21774 |
"""


def test_sums_of_a_year_that_are_not_by_year_are_a_notice() -> None:
    (found,) = findings(LOANS.replace("{when}", "zum 31.12.2024"), "DOC01")
    assert found.severity.value == "notice"
    (found,) = findings(LOANS.replace("{when}", "der Stadt"), "DOC01")
    assert found.severity.value == "error"


def test_two_header_rows_that_contradict_each_other_are_a_warning() -> None:
    text = (
        PLAN
        + """
        Blatt "Entwurf":

        |   | A        | B        | C        |
        |---|----------|----------|----------|
        | 1 | Maßnahme | 2026 EUR | 2027 EUR |
        | 2 |          | 2028 EUR | 2029 EUR |
        | 3 | OMID     | 290000   | 290000   |
        | 4 | Jobcafé  | 66000    | 66000    |
        """
    )
    (found,) = findings(text, "DOC01")
    assert (found.severity.value, found.sheet) == ("warning", "Entwurf")
    assert "2026" in found.message and "2028" in found.message


WORDS = st.text(alphabet="abcdefghij ÄÖÜ", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.one_of(WORDS, st.integers(-50, 50).map(str)), min_size=3, max_size=3), min_size=1, max_size=6)
)
def test_a_sheet_of_anything_beside_a_plan_never_speaks(rows: list[list[str]]) -> None:
    lines = ['Blatt "Sonst":', "", "|   | A | B | C |", "|---|---|---|---|"]
    lines += [f"| {number} | {' | '.join(row)} |" for number, row in enumerate(rows, 1)]
    assert not places(PLAN + "\n".join(lines) + "\n", "DOC01")
