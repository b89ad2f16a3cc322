"""A finding is known again after rows and columns came and went; two findings are never the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.asking import findings

PLAN = """
| | A | B | C |
|---|---|---|---|
| 1 | Maßnahme | 2024 EUR | 2025 EUR |
| 2 | Ferienwerkstatt | 12000 | 12500 |
| 3 | Lesepaten | 8000 | 8200 |
| 4 | Schwimmkurse | 5000 | 5100 |
| 5 | Summe | 25001 | 25801 |
"""


def known(text: str) -> dict[str, str]:
    return {one.fingerprint: one.range for one in findings(text, "SUM01")}


def shifted(rows: int, columns: int) -> str:
    """The plan with so many rows above it and columns before it."""
    lines = PLAN.strip().splitlines()
    letters = "".join(f" {chr(ord('A') + column)} |" for column in range(columns + 3))
    out = [f"| |{letters}", "|---" * (columns + 4) + "|"]
    for line in lines[2:]:
        number, *cells = [part.strip() for part in line.strip("|").split("|")]
        out.append("| " + " | ".join([str(int(number) + rows), *[""] * columns, *cells]) + " |")
    return "\n".join(out)


@given(rows=st.integers(0, 9), columns=st.integers(0, 4))
def test_inserted_rows_and_columns_do_not_change_it(rows: int, columns: int) -> None:
    before, after = known(PLAN), known(shifted(rows, columns))
    assert len(before) == 2
    assert list(before) == list(after)


def test_a_measure_inserted_in_the_table_does_not_change_it() -> None:
    longer = PLAN.replace("| 5 | Summe", "| 5 | Bolzplätze | 100 | 100 |\n| 6 | Summe")
    assert set(known(longer)) == set(known(PLAN))
    assert sorted(known(longer).values()) == ["B6", "C6"]


def test_another_year_or_another_rule_is_another_finding() -> None:
    other = PLAN.replace("2024 EUR", "2023 EUR").replace("2025 EUR", "2024 EUR")
    assert set(known(other)) != set(known(PLAN))
    codes = findings(PLAN, "SUM01", "SUM02")
    assert len({one.fingerprint for one in codes}) == len(codes)


def test_findings_that_look_alike_are_counted_from_the_top() -> None:
    rows = [line.split("|", 2)[2] for line in PLAN.strip().splitlines()[2:]]
    again = "\n".join(f"| {number} |{cells}" for number, cells in enumerate(rows, 8))
    both = known(f"{PLAN.rstrip()}\n{again}\n")
    assert sorted(both.values()) == ["B12", "B5", "C12", "C5"]
    assert set(known(PLAN)) < set(both)
