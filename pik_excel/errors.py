"""What can go wrong for reasons outside this program, and with which exit code does it end?"""

from __future__ import annotations

FINDINGS = 1
USAGE = 2
UNREADABLE = 3
INCOMPLETE = 4
NOT_WRITTEN = 5


class PikError(Exception):
    """Something the user can understand and mend; never a bug of ours.

    `code` is a stable English identifier, `message` names place and cause, `hint` the next step;
    both are in the language in force when the error was made.
    """

    exit_code = UNREADABLE

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[PikError], tuple[str, str, str]]:
        return type(self), (self.code, self.message, self.hint)  # it comes back from worker processes

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Refused(PikError):
    """A workbook that cannot or must not be read (exit code 3)."""

    exit_code = UNREADABLE


class BadConfiguration(PikError):
    """A `pik-excel.toml` or an option that says something impossible (exit code 2)."""

    exit_code = USAGE


class NotWritten(PikError):
    """A change that was asked for and cannot be made without loss or risk; the target is untouched (exit code 5)."""

    exit_code = NOT_WRITTEN
