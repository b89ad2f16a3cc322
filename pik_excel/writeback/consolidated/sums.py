"""Which formula adds up the lines of an Amt, a product or an account, and what does it give?

SUMIFS compares as people do: "31.10" is 31.1 to it, and "Amt 5*" is every Amt that begins so. Where a group's name
could be taken for a number, a date or a pattern, the formula compares letter by letter (SUMPRODUCT).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property

from pik_excel.budget.tables import Status
from pik_excel.consolidation.record import Column, Consolidation, Line
from pik_excel.consolidation.together import natural
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.records import dataclass
from pik_excel.writeback.consolidated.forms import headed, yes

_FIRMEST_FIRST = (Status.DECIDED, Status.PROVIDED, Status.REQUESTED, Status.PROPOSED, Status.UNSTATED)
_WORD = pattern(r"[^\W\d_]{3,}")
_PATTERN = pattern(r"[*?~<>=\"]")
_MONTH = pattern(r"\b(jan|feb|mär|mrz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)", re.IGNORECASE)
_ESCAPED = pattern(r"(['#\[\]])")

Group = str
"""A heading of the table by which lines are grouped."""


@dataclass(frozen=False)
class Sums:
    """The table of all lines: its name, its headings, and what its columns add up to by group."""

    found: Consolidation
    _amounts: dict[tuple[Group, str], dict[Column | None, Decimal]] = field(default_factory=dict)
    _counts: dict[tuple[Group, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.table = _("Massnahmen")
        self.department, self.product = headed(_("Amt")), headed(_("Produkt"))
        self.account, self.standing = headed(_("Kontengruppe")), headed(_("Status"))
        self.counts, self.running, self.sum = headed(_("zählt")), headed(_("Lfd")), headed(_("Summe"))
        self.number, self.measure = headed(_("Nr.")), headed(_("Maßnahme"))
        self.file, self.cell, self.remark = headed(_("Datei")), headed(_("Zelle")), headed(_("Anmerkung"))
        self._exact = {group: self._is_ambiguous(group) for group in self.groups}
        amounts: dict[tuple[Group, str], dict[Column | None, Decimal]] = defaultdict(dict)
        for line in self.found.lines:
            if not line.entry.counted:
                continue
            for key in (("", ""), *((group, self.key(group, line)) for group in self.groups)):
                self._counts[key] = self._counts.get(key, 0) + 1
                _add(amounts[key], line)
        self._amounts = dict(amounts)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The headings by which lines are grouped."""
        return self.department, self.product, self.account, self.standing

    def key(self, group: Group, line: Line) -> str:
        """What a line says under that heading; "" for nothing."""
        if group == self.department:
            return line.department
        if group == self.standing:
            return standing_of(line)
        return line.product if group == self.product else line.account

    def keys(self, group: Group) -> list[str]:
        """All that lines say under that heading: by number and letter, what is firmest first; "" last."""
        found = {self.key(group, line): line.entry for line in reversed(self.found.lines)}
        if group != self.standing:
            return sorted(found, key=lambda key: (key == "", natural(key)))
        return sorted(found, key=lambda key: (bool(found[key].stage), _FIRMEST_FIRST.index(found[key].status), key))

    def heading(self, column: Column | None) -> str:
        """A column of amounts, or None for the sum of the years."""
        return self.sum if column is None else column.shown

    def columns(self) -> list[Column | None]:
        """The columns of amounts in the order of the table; the sum of the years stands behind them."""
        return [*self.found.columns, *([None] if len(self.found.added) > 1 else [])]

    def value(self, column: Column | None, group: Group = "", key: str = "") -> Decimal:
        """What the counted lines of the group add up to, in the unit of the overview."""
        return self._amounts.get((group, key), {}).get(column, Decimal(0)) / self.found.unit.factor

    def count(self, group: Group = "", key: str = "") -> int:
        """How many counted lines the group has."""
        return self._counts.get((group, key), 0)

    def of_group(self, column: Column | None, group: Group, key: str, cell: str) -> str:
        """The formula; `cell` holds the key, but for the lines that say nothing."""
        amounts, counted = self.reference(self.heading(column)), self.reference(self.counts)
        keys = self.reference(group)
        if self._exact[group]:
            equal = f"{keys}={cell}" if key else f'{keys}=""'
            return f'=SUMPRODUCT(({equal})*({counted}="{yes()}"),{amounts})'
        criterion = cell if key else '"="'
        return f'=SUMIFS({amounts},{keys},{criterion},{counted},"{yes()}")'

    def count_of_group(self, group: Group, key: str, cell: str) -> str:
        """The formula that counts the lines of the group."""
        keys, counted = self.reference(group), self.reference(self.counts)
        if self._exact[group]:
            equal = f"{keys}={cell}" if key else f'{keys}=""'
            return f'=SUMPRODUCT(({equal})*({counted}="{yes()}"))'
        criterion = cell if key else '"="'
        return f'=COUNTIFS({keys},{criterion},{counted},"{yes()}")'

    def of_all(self, column: Column | None) -> str:
        """The formula for all counted lines."""
        return f'=SUMIFS({self.reference(self.heading(column))},{self.reference(self.counts)},"{yes()}")'

    def reference(self, heading: str) -> str:
        """A column of the table, as a formula names it."""
        return f"{self.table}[{escaped(heading)}]"

    @cached_property
    def width(self) -> float:
        """Of a column of amounts: wide enough for the largest total."""
        most = sum((abs(eur) for line in self.found.lines for eur in amounts_of(line).values()), Decimal(1))
        digits = min((most / self.found.unit.factor).adjusted() + 1, 15)
        decimals = self.found.digits + 1 if self.found.digits else 0
        return max(9.5, 2.0 + (digits + digits // 3 + decimals) * 0.85)

    def _is_ambiguous(self, group: Group) -> bool:
        return any(_is_ambiguous(key) for key in self.keys(group) if key)


def escaped(heading: str) -> str:
    """A heading within the brackets of a structured reference."""
    return _ESCAPED.sub(r"'\1", heading)


def amounts_of(line: Line) -> dict[Column, Decimal]:
    """The amounts of a line that its cells show as numbers, in EUR; what another line states is not said again."""
    counted = line.entry.counted
    return {
        figure.column: figure.eur
        for figure in line.entry.figures
        if figure.eur is not None and not (counted and figure.repeats)
    }


def sum_of(line: Line, added: Iterable[Column]) -> Decimal | None:
    """The years of a line together, in EUR; None where it has no amount in any."""
    amounts = amounts_of(line)
    found = [amounts[column] for column in added if column in amounts]
    return sum(found, Decimal(0)) if found else None


def standing_of(line: Line) -> str:
    """How firm the amounts are, in the language in force; the head of their column where that is all that is known."""
    if line.entry.stage:
        return line.entry.stage
    return {
        Status.DECIDED: _("beschlossen"),
        Status.REQUESTED: _("angemeldet"),
        Status.PROVIDED: _("bereitgestellt"),
        Status.PROPOSED: _("vorgeschlagen"),
        Status.UNSTATED: _("ohne Angabe"),
    }[line.entry.status]


def _add(amounts: dict[Column | None, Decimal], line: Line) -> None:
    for column, eur in amounts_of(line).items():
        amounts[column] = amounts.get(column, Decimal(0)) + eur
        if column.is_added:
            amounts[None] = amounts.get(None, Decimal(0)) + eur


def _is_ambiguous(key: str) -> bool:
    """Whether a spreadsheet could take the text for a number, a date or a pattern."""
    return not _WORD.search(key) or bool(_PATTERN.search(key)) or bool(_MONTH.search(key) and re.search(r"\d", key))


def largest(lines: Sequence[Line], added: Sequence[Column], most: int) -> list[Line]:
    """The counted lines with the largest sums."""
    sums = [(sum_of(line, added) or Decimal(0), line) for line in lines if line.entry.counted]
    sums.sort(key=lambda pair: (-pair[0], pair[1].number))
    return [line for amount, line in sums[:most] if amount > 0]
