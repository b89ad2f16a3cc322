"""What a rule says about one cell."""

from __future__ import annotations

from enum import Enum

from pik_excel.grid.reference import Address
from pik_excel.records import dataclass


class Severity(Enum):
    """How much a finding weighs: the figure is wrong or will be; someone must look; good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def weight(self) -> int:
        """3 for an error, 1 for a notice."""
        return {"error": 3, "warning": 2, "notice": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule function yields; the catalogue adds code, name and fingerprint.

    `at` is the cell a person must change. `stated` and `expected` are plain numbers ("1157", "-3.5") or texts, not
    formatted; `message` and `hint` are whole sentences in the language in force, with the arithmetic in the message.
    `identity` tells findings of one rule at one cell apart, for the fingerprint: labels and years, never a position and
    never words of the language in force; the headings of the cell's row and column are in the fingerprint anyway.
    `severity` is set where it differs from the rule's own.
    """

    at: Address
    stated: str | None
    expected: str | None
    message: str
    hint: str
    related: tuple[str, ...] = ()  # "Maßnahmen!C3:C13"
    area: str | None = None  # "C3:C13" where more than the one cell is meant
    identity: tuple[str, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as it is reported; the fields are those of `check --format json`."""

    code: str
    name: str
    severity: Severity
    sheet: str
    range: str
    related: tuple[str, ...]
    stated: str | None
    expected: str | None
    message: str
    hint: str
    fingerprint: str
