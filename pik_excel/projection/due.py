"""What is due when? The use of a grant must be proved some months after its period ends (Verwendungsnachweis)."""

from __future__ import annotations

from pik_excel.budget.periods import deadlines
from pik_excel.budget.tables import Budget
from pik_excel.language import _
from pik_excel.projection.record import Due


def due(budget: Budget) -> tuple[Due, ...]:
    """All that follows from periods of funding and their deadlines, the earliest first."""
    found = {Due(one.name, _("Verwendungsnachweis"), one.day, one.end.at) for one in deadlines(budget)}
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.source)))
