"""How far does the medium-term plan reach, and which years lie beyond it?

The plan covers the current year, the plan year and three more (§ 85 GemO and § 9 GemHVO in Baden-Württemberg; what is
cited in a Land is said in accounts.toml). No cell says which year is the plan year; the tables tell: a column
"2027 ff." begins beyond the plan; the last "Ansatz" is the plan year; five years or more in a row are the plan itself;
else the last year stated is the plan year.
"""

from __future__ import annotations

from pik_excel.budget.money import Statement
from pik_excel.budget.tables import Budget, Kind, MeasureTable, YearColumn

LATER = 3
"""Years of the plan after the plan year."""

_WHOLE = 5


def plan_ends(budget: Budget) -> int | None:
    """The last year of the medium-term plan; None where no table states years."""
    stated = [_stated(table) for table in budget.measure_tables]
    years = [column.year for columns in stated for column in columns]
    if not years:
        return None
    opened = [year.value for year in years if year.open_ended]
    if opened:
        return min(opened) - 1
    estimates = [year.value for year in years if year.kind is Kind.ESTIMATE]
    if estimates:
        return max(estimates) + LATER
    last = max(year.value for year in years)
    longest = max(len({column.year.value for column in columns}) for columns in stated)
    return last if longest >= _WHOLE else last + LATER


def _stated(table: MeasureTable) -> list[YearColumn]:
    """The columns in which somebody typed an amount: formulas may be a projection already. All where there are none."""
    typed = [
        column
        for index, column in enumerate(table.columns)
        if any(one.amounts[index].typed or one.amounts[index].statement is Statement.DASH for one in table.measures)
    ]
    return typed or list(table.columns)
