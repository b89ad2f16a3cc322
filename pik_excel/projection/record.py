"""What does a projection say? Amounts in EUR as the cells state them, each with its standing and its cell."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from pik_excel.budget.money import Unit, round_half_up
from pik_excel.budget.tables import Assumption
from pik_excel.grid.reference import Address
from pik_excel.layout.reading import Reading
from pik_excel.projection.carried import Carried
from pik_excel.projection.continuation import Continuation, Start
from pik_excel.projection.lines import Line
from pik_excel.projection.own_cells import OwnCells
from pik_excel.records import dataclass

_NOTHING = Decimal(0)


class Standing(Enum):
    """How firm an amount is. The weaker stands later."""

    DECIDED = "decided"
    PROVIDED = "provided"
    REQUESTED = "requested"
    PROJECTED = "projected"
    BLANK = "blank"


_FIRMNESS = {standing: place for place, standing in enumerate(Standing)}


class Part(NamedTuple):
    """One statement about a measure and year: 123 provided, 150 requested. `value` is EUR as the cell states it (66
    TEUR is 66000), `exact` the figure behind it where it is known (65500). `at` is None where no cell states it yet."""

    standing: Standing
    value: Decimal
    exact: Decimal | None = None
    at: Address | None = None
    unit: Unit = Unit.EUR  # of that cell
    by_rule: bool = False  # a rule gave it, also where funds that are there cover it


class ProjectedAmount(NamedTuple):
    """A measure in one year: the sum of its parts, blank without any. `start` is the last amount stated before it.
    `open_ended`: the figure comes from a column "2027 ff."."""

    year: int
    parts: tuple[Part, ...] = ()
    start: Start | None = None
    open_ended: bool = False
    not_readable: tuple[Address, ...] = ()  # cells that should state a part of it and hold an error or no number
    blank_at: Address | None = None  # a cell that says nothing

    @property
    def value(self) -> Decimal | None:
        """EUR as stated; None where nothing is stated or not all of it could be read."""
        if self.not_readable or not self.parts:
            return None
        if len(self.parts) == 1:
            return plain(self.parts[0].value)
        return plain(sum([part.value for part in self.parts], Decimal(0)))

    @property
    def exact(self) -> Decimal | None:
        """EUR behind the stated figures; None unless every part's is known, a part of 0 being exact."""
        if len(self.parts) == 1 and self.parts[0].exact is None:
            return None
        if all(part.exact is None for part in self.parts) or self.value is None:
            return None
        known = [Decimal(0) if not part.value and part.exact is None else part.exact for part in self.parts]
        return None if None in known else plain(sum((one for one in known if one is not None), Decimal(0)))

    @property
    def standing(self) -> Standing:
        """That of the weakest part that is not 0; of the first where all are 0."""
        telling = self._telling
        return telling.standing if telling else Standing.BLANK

    @property
    def at(self) -> Address | None:
        """The cell of that part."""
        telling = self._telling
        return telling.at if telling else self.blank_at

    def goes_on(self, before: ProjectedAmount) -> bool:
        """Whether a rule that is the same in every year gave both, from the same start."""
        return self.parts is before.parts and bool(self.parts) and self.start is before.start

    @property
    def _telling(self) -> Part | None:
        if not self.parts or self.not_readable:
            return None
        if len(self.parts) == 1:
            return self.parts[0]
        return max(self.parts, key=lambda part: (part.value != 0, _FIRMNESS[part.standing] if part.value else 0))


@dataclass(frozen=True)
class ProjectedMeasure:
    """A measure over all tables of the workbook, with the tables' rows and the assumption in `line`."""

    line: Line
    rule: str | None  # in force; None where the assumptions know the measure only in other scenarios
    amounts: tuple[ProjectedAmount, ...]
    carried: Carried | None = None  # its row takes over what the year before came to; it counts in no total

    @property
    def name(self) -> str:
        """The measure's name as it stands first."""
        return self.line.name

    @property
    def counts(self) -> bool:
        """Whether it is a need of the year: neither a stand that is taken over nor what there is on a closing day."""
        rows = self.line.rows
        return self.carried is None and not (rows and all(row.table.of_days for row in rows))

    @property
    def at(self) -> Address:
        """Its first cell."""
        return self.line.at

    def amount(self, year: int) -> ProjectedAmount:
        """The amount of that year."""
        place = year - self.amounts[0].year  # they are of years in a row
        return self.amounts[place] if place >= 0 else next(amount for amount in self.amounts if amount.year == year)


@dataclass(frozen=True)
class ProjectedTotal:
    """All measures in one year: `need` = `provided` (decided ones too) + `additional` (requested and projected). None
    where an amount that belongs to it is not known."""

    year: int
    provided: Decimal | None
    additional: Decimal | None

    @property
    def need(self) -> Decimal | None:
        """What the measures cost in that year."""
        return None if self.provided is None or self.additional is None else self.provided + self.additional


@dataclass(frozen=True)
class Due:
    """Something that is due on a day, and the cell from which that follows."""

    measure: str
    what: str
    day: date
    source: Address


@dataclass(frozen=True)
class Projection:
    """A budget year by year, in EUR. `open_ended` is the year of a "ff." column: it stands for all that follow too, and
    is never added into a total of years. `scenarios` are all that could have been chosen."""

    scenario: str
    scenarios: tuple[str, ...]
    years: tuple[int, ...]
    open_ended: int | None
    measures: tuple[ProjectedMeasure, ...]
    totals: tuple[ProjectedTotal, ...]
    due: tuple[Due, ...] = ()
    not_evaluated: tuple[Address, ...] = ()
    continuation: Continuation | None = field(default=None, repr=False)  # gives the formulas, see `writeback`
    reading: Reading | None = field(default=None, repr=False)  # what was projected, with all values computed
    overrides: tuple[Assumption, ...] = field(default=(), repr=False)  # assumptions of a file beside the workbook
    own: OwnCells = field(default_factory=lambda: OwnCells({}), repr=False)  # what earlier runs wrote
    plan_until: int | None = None  # the last year of the medium-term plan; later ones lie beyond it
    plan_law: str = ""  # the law of the Land on it, "" where that is not known

    def measure(self, name: str) -> ProjectedMeasure:
        """The measure of that name; KeyError where there is none."""
        found = next((measure for measure in self.measures if measure.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def total(self, year: int) -> ProjectedTotal:
        """All measures in that year; KeyError outside `years`."""
        found = next((total for total in self.totals if total.year == year), None)
        if found is None:
            raise KeyError(year)
        return found


def projected_parts(
    value: Decimal, exact: Decimal | None, funds: Decimal | None, at: Address | None = None, unit: Unit = Unit.EUR
) -> tuple[Part, ...]:
    """What a rule gives, told apart from what `funds` that are there cover: 235 needed, of which 235 are provided."""
    covered = max(_NOTHING, min(value, funds)) if funds else _NOTHING
    parts = [Part(Standing.PROJECTED, value - covered, None if covered else exact, at, unit, by_rule=True)]
    if covered:
        parts.append(Part(Standing.PROVIDED, covered, exact if covered == value else None, at, unit, by_rule=True))
    return tuple([part for part in parts if part.value or not covered])


def plain(value: Decimal) -> Decimal:
    """The same number without zeros behind the point."""
    if str(value).isdigit():
        return value
    return round_half_up(value) if value == value.to_integral_value() else value.normalize()
