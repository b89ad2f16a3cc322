"""Whatever is wrong in a table: totals are right afterwards, nothing else was typed over, and all of it can go back."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pik_excel.grid.read import read_workbook
from pik_excel.grid.workbook import Workbook
from pik_excel.ooxml.compare import compare
from pik_excel.writeback.repairs.undoing import undone
from tests.writeback.building import package_of
from tests.writeback.repairing import repairs

YEARS = (2022, 2023, 2024, 2025)
NAMES = ("Sprachkurs", "Jobcafé", "Lernräume", "Beratung", "Ferienfreizeit", "Musikschule")
AMOUNTS = st.lists(st.lists(st.integers(1, 9), min_size=4, max_size=4), min_size=3, max_size=6)
DEFECTS = st.lists(st.sampled_from(("", "typed", "short", "stale")), min_size=3, max_size=3).filter(
    lambda defects: defects.count("stale") < 2  # where most values are wrong, the file was never calculated
)
TEXTS = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=2)


def plan(amounts: list[list[int]], defects: list[str], texts: set[tuple[int, int]]) -> str:
    """Amounts in hundreds, one line a measure; a defect for each total, and cells whose number is text."""
    last = len(amounts) + 1
    lines = ["|   | A | B | C | D | E |", "|---|---|---|---|---|---|"]
    lines.append("| 1 | Maßnahme | " + " | ".join(f"{year} EUR" for year in YEARS) + " |")
    for row, own in enumerate(amounts):
        cells = [f"'{one}00 " if (row, column) in texts else f"{one}00" for column, one in enumerate(own)]
        lines.append(f"| {row + 2} | {NAMES[row]} | " + " | ".join(cells) + " |")
    totals = []
    for column, defect in enumerate(defects):
        letter = "BCDE"[column]
        own = [(row, line[column] * 100) for row, line in enumerate(amounts)]
        seen = sum(value for row, value in own if (row, column) not in texts)
        short = sum(value for row, value in own[:-1] if (row, column) not in texts)
        totals.append(
            {
                "": f"=SUM({letter}2:{letter}{last}) → {seen}",
                "typed": f"{sum(value for _row, value in own)}",
                "short": f"=SUM({letter}2:{letter}{last - 1}) → {short}",
                "stale": f"=SUM({letter}2:{letter}{last}) → {seen + 7}",
            }[defect]
        )
    return "\n".join([*lines, f"| {last + 1} | Summe | " + " | ".join(totals) + " |"])


def typed(workbook: Workbook) -> dict[tuple[int, int], object]:
    return {at: cell.value for at, cell in workbook.sheets[0].cells.items() if not cell.has_formula}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(AMOUNTS, DEFECTS, TEXTS)
def test_repairs_are_right_sparing_final_and_can_be_taken_back(
    amounts: list[list[int]], defects: list[str], texts: set[tuple[int, int]]
) -> None:
    defects = ["", *defects]
    before = package_of(plan(amounts, defects, texts))
    found = repairs(before)
    after = read_workbook(found.package)
    made = {(one.at.row, one.at.column): one for one in found.made}
    for at, value in typed(read_workbook(before)).items():
        assert at in made or after.sheets[0].value(*at) == value
    for column in range(4):
        total = after.sheets[0].cells[len(amounts) + 2, column + 2]
        reads = [after.sheets[0].value(row + 2, column + 2) for row in range(len(amounts))]
        if total.has_formula and (total.row, total.column) in made:
            assert total.value == sum((one for one in reads if isinstance(one, Decimal)), Decimal(0))
    changed = {str(one) for one in compare(before, found.package).cells}
    assert changed == {str(one.at) for one in (*found.made, *found.followers)}
    assert repairs(found.package).made == ()
    assert compare(before, undone(found.package, after, found.made).package).cells == ()
