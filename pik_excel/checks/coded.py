"""Which product and account codes do the measures carry, and what does the chart of the Land say of them?

Codes differ from Land to Land: 43 is Transferaufwendungen in Baden-Württemberg and a revenue in Nordrhein-Westfalen. So
nothing is said before something speaks for the Land: the configuration, "Annahmen", a code whose printed name is the
one of the chart, or several codes that are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Measure, MeasureList, MeasureTable, ProductKey
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.runs import once
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.patterns import pattern
from pik_excel.records import dataclass
from pik_excel.schema import Land
from pik_excel.schema.files import BUILT_IN

_ACCOUNT = pattern(r"\s*(?P<code>\d{2,8})(?:\.0)?(?:\s*[-–:/]?\s+(?P<name>[^\W\d_].*?))?\s*\Z", re.DOTALL)
_PRODUCT = pattern(r"\s*(?P<area>\d\d)\.\d\d(?:\.\d\d){0,3}(?:\s*-\s*\d{3})?(?!\S)")
_ZERO_MAY_BE_LOST = (3, 7)  # digits of an account
_EXTRAORDINARY = pattern(
    r"außerordentlich|veräußerung|verkauf|verkäufe|buchgewinn|buchverlust|schaden|schäden|katastroph|brand|spende",
    re.IGNORECASE,
)
_USUAL = 3  # accounts that must be usual before one of an extraordinary class stands out
_MOST_OUTSIDE = 3  # one code in so many may be outside; with more, the workbook follows another chart


@dataclass(frozen=True)
class Account:
    """An account code and the name printed with it, "" where there is none."""

    at: Address
    code: str
    name: str

    @property
    def group(self) -> str:
        """The Kontengruppe: 430 and 4318 are of 43."""
        return self.code[:2]


@dataclass(frozen=True)
class Product:
    """A product code and its area, the first two digits."""

    at: Address
    code: str
    area: str


class _Stated(NamedTuple):
    """Who states codes: a key in a row of its own, or the key of a measure in its row."""

    table: MeasureTable | MeasureList
    key: ProductKey
    measure: Measure | None


class _Code(NamedTuple):
    """A code as it is printed, once however many rows state it; `where` are positions among all that state codes."""

    code: str
    name: str  # of an account, "" where none is printed
    group: str  # Kontengruppe or Produktbereich: its first two digits
    where: list[int]


class Codes:
    """The codes of a workbook, and the Land whose chart they are held against."""

    def __init__(self, subject: Subject) -> None:
        self.schema = subject.schema
        stated = _stated_land(subject)
        self.land = stated or self.schema.land
        origin = self.schema.origins.get("settings.land")
        self.is_stated = stated is not None or (origin is not None and origin.path.parent != BUILT_IN)
        self._workbook = subject.reading.workbook
        self._stated = list(_stated(subject))
        self._is_elsewhere = any(one.table.currency for one in self._stated)
        self._accounts = list(_accounts(self._stated))
        self._products = list(_products(self._stated))

    @property
    def chart(self) -> Mapping[str, str]:
        """Account group to name."""
        return self.schema.charts.get(self.land, {})

    @property
    def areas(self) -> Mapping[str, str]:
        """Product area to name."""
        return self.schema.products.get(self.land, {})

    @cached_property
    def group_by_name(self) -> dict[str, str]:
        """Account group by the key of its name."""
        return {name_key(name): group for group, name in self.chart.items()}

    @cached_property
    def is_known(self) -> bool:
        """Whether the chart of the Land is known to hold for this workbook."""
        if not self.chart:
            return False
        if self.is_stated:
            return True
        if self._is_elsewhere:
            return False  # CHF: no Land's
        if any(self._fits_by_name(one) for one in self._accounts):
            return True
        if any(one.group in self.areas and one.code.count(".") > 1 for one in self._products):
            return True  # 31.60.01: other Länder number their products otherwise
        if any(self._is_of_another_land(one) for one in self._accounts):
            return False
        known = {one.group for one in self._accounts if one.group in self.chart}
        known |= {one.group for one in self._products if one.group in self.areas}
        return len(known) > 1

    def outside_accounts(self) -> list[Account]:
        """The accounts that the chart does not have, or has under another number."""
        if not self.is_known:
            return []
        land = self.schema.lands.get(self.land, Land(self.land))
        outside = [
            (position, one)
            for one in self._accounts
            for position in one.where
            if self._is_outside(one, self._name_at(position), land)
        ]
        few = self._are_few({one.group for _position, one in outside}, {one.group for one in self._accounts})
        return [
            Account(self._place(position, self._stated[position].key.account_group), one.code, one.name)
            for position, one in (sorted(outside) if few else ())
        ]

    def outside_products(self) -> list[Product]:
        """The products of an area that the Land does not have."""
        if not self.areas or not self.is_known:
            return []
        land = self.schema.lands.get(self.land, Land(self.land))
        areas = self.areas.keys() | set(land.other_products)
        outside = [(position, one) for one in self._products if one.group not in areas for position in one.where]
        few = self._are_few({one.group for _position, one in outside}, {one.group for one in self._products})
        return [
            Product(self._place(position, self._stated[position].key.product), one.code, one.group)
            for position, one in (sorted(outside) if few else ())
        ]

    def _name_at(self, position: int) -> str:
        measure = self._stated[position].measure
        return measure.name if measure is not None else ""

    def _place(self, position: int, text: str | None) -> Address:
        table, key, measure = self._stated[position]
        sheet = self._workbook.sheet(table.sheet)
        found = _cell_of(sheet, measure, table, text) if sheet is not None and measure is not None and text else None
        return found or key.at

    def group_name(self, code: str, printed: str) -> str | None:
        """The name of the account group: the printed one where it is one of the chart, else what the chart says."""
        if name_key(printed) in self._all_names:
            return self._all_names[name_key(printed)]
        return self.chart.get(code[:2]) if self.is_known else None

    @cached_property
    def _all_names(self) -> dict[str, str]:
        return {name_key(name): name for chart in self.schema.charts.values() for name in chart.values()}

    def _are_few(self, outside: set[str], all_: set[str]) -> bool:
        return len(outside) <= 1 or len(outside) * _MOST_OUTSIDE <= len(all_)

    def _fits_by_name(self, one: _Code) -> bool:
        return bool(one.name) and self.group_by_name.get(name_key(one.name)) == one.group

    def _is_of_another_land(self, one: _Code) -> bool:
        charts = (chart for land, chart in self.schema.charts.items() if land != self.land)
        return any(one.group in chart and name_key(chart[one.group]) == name_key(one.name) for chart in charts)

    def _is_outside(self, one: _Code, measure: str, land: Land) -> bool:
        meant = self.group_by_name.get(name_key(one.name)) if one.name else None
        if meant is not None:
            return meant != one.group
        if not one.name and len(one.code) in _ZERO_MAY_BE_LOST and one.code[0] in "89":
            return False  # 0961, stored as the number 961
        if one.code[0] in land.extraordinary:
            return self._is_usual and not _EXTRAORDINARY.search(f"{one.name} {measure}")
        return one.group not in self.chart and one.code[0] in land.complete

    @cached_property
    def _is_usual(self) -> bool:
        """Whether all accounts but one are of revenue and expense as the chart has them."""
        rest = {one.code for one in self._accounts if one.group not in self.chart or one.code[0] in self._extraordinary}
        usual = sum(len(one.where) for one in self._accounts if one.code not in rest)
        return len(rest) == 1 and usual >= _USUAL

    @property
    def _extraordinary(self) -> tuple[str, ...]:
        return self.schema.lands.get(self.land, Land(self.land)).extraordinary


@once
def codes_of(subject: Subject) -> Codes:
    """The codes of the subject's workbook."""
    return Codes(subject)


def _stated_land(subject: Subject) -> str | None:
    """The Land that "Annahmen" name in a column Kontenrahmen."""
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            field = row.field("kontenrahmen")
            if field and field.text.strip().upper() in subject.schema.charts:
                return field.text.strip().upper()
    return None


def _stated(subject: Subject) -> Iterator[_Stated]:
    for table in subject.reading.budget.tables:
        for key in table.keys:
            yield _Stated(table, key, None)
        for measure in table.measures:
            if measure.key is not None and measure.key.at.row == measure.at.row:
                yield _Stated(table, measure.key, measure)


def _accounts(stated: Sequence[_Stated]) -> Iterator[_Code]:
    """Each account as printed; 25,000 rows have a few of them."""
    printed: dict[tuple[str, str | None], list[int]] = {}
    for position, one in enumerate(stated):
        if one.key.account_group:
            printed.setdefault((one.key.account_group, one.key.account_name), []).append(position)
    for (text, name), where in printed.items():
        if found := _ACCOUNT.match(text):
            code = found["code"]
            yield _Code(code, " ".join((name or found["name"] or "").split()), code[:2], where)


def _products(stated: Sequence[_Stated]) -> Iterator[_Code]:
    printed: dict[str, list[int]] = {}
    for position, one in enumerate(stated):
        if one.key.product:
            printed.setdefault(one.key.product, []).append(position)
    for text, where in printed.items():
        if found := _PRODUCT.match(text):
            yield _Code(found[0].strip(), "", found["area"], where)


def _cell_of(sheet: Sheet, measure: Measure, table: MeasureTable | MeasureList, text: str) -> Address | None:
    """Where in the measure's row the code stands."""
    for column in range(1, table.area.right + 1):
        value = sheet.value(measure.at.row, column)
        if value is not None and str(value).strip().startswith(text.strip()):
            return sheet.address(measure.at.row, column)
    return None
