"""Can a formula name the sheets whose measures go on?"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.budget.tables import Budget
from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.patterns import pattern

_NO_NAME = pattern(r"[\[\]:*?/\\]|\A'|'\Z|\A\s*\Z")
"""What Excel lets no sheet be called; 'http://a.de/b'!B4 and '[a.xlsx]b'!B4 are cells of other files."""


def refuse_unless_nameable(budget: Budget) -> None:
    """Raise `NotWritten` where a record stands on a sheet that formulas cannot name: written down, its name would mean
    another file."""
    bad = next((sheet for sheet in _sheets(budget) if _NO_NAME.search(sheet)), None)
    if bad is not None:
        raise NotWritten(
            "sheet-name",
            _("Blatt „{sheet}“: so darf ein Blatt in Excel nicht heißen; eine Formel kann es nicht nennen.").format(
                sheet=bad
            ),
            _("Bitte das Blatt umbenennen, ohne : \\ / ? * [ ] und ohne ' am Anfang oder Ende."),
        )


def _sheets(budget: Budget) -> Iterator[str]:
    yield from (table.sheet for table in budget.measure_tables)
    yield from (table.sheet for table in budget.assumptions)
    yield from (one.sheet for one in budget.financings)
    yield from (one.sheet for one in budget.posts)
    yield from (table.sheet for table in budget.indicators)
