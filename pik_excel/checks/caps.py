"""Which amounts exceed the maximum share or the Höchstbetrag that "Annahmen", or a line beside the financing, sets for
their measure?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pik_excel.budget.money import Amount
from pik_excel.budget.names import by_name
from pik_excel.budget.tables import Assumption, Field, Financing, FinancingPart, Measure, MeasureTable
from pik_excel.checks.assumed import cost_of, names_of, rule_of, years_of
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.financed_rows import FinancedRow, financed_rows
from pik_excel.checks.runs import once
from pik_excel.checks.shares import slack_of
from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Sheet
from pik_excel.layout.vocabulary import vocabulary
from pik_excel.patterns import pattern
from pik_excel.records import dataclass

_OWN = pattern(
    r"\W*\w*stadt\b(?!-)|.*\b(stadt|städtische?[rns]?|gemeinde|kommun(e|al\w*)|landkreis|kreis)\b(?!-)", re.IGNORECASE
)

_MAXIMUM = pattern(
    r"höchstbetrag|höchstförderung|höchstsumme|obergrenze|deckel|max\w*\.? (betrag|zu\w+|förder\w+)", re.IGNORECASE
)
_MAXIMUM_SHARE = pattern(
    r"(satz|quote|anteil).*\b(höchst|max)|\b(höchst|max)\w*\.?.*(satz|quote|anteil)|höchst(satz|anteil)", re.IGNORECASE
)
_OWN_MONEY = pattern(r"eigen|mindest|\bmind\.", re.IGNORECASE)
_ABOVE, _BELOW, _RIGHT, _LABEL = 2, 4, 2, 60  # rows and columns around a financing; characters of a label


@dataclass(frozen=True)
class Cap:
    """What is allowed in a year at most, in EUR, and the field that says so."""

    limit: Decimal
    field: Field
    share: Decimal | None = None  # set where the limit is a share of `cost`
    cost: Decimal | None = None
    beside: bool = False  # it stands beside the financing, not in "Annahmen"


@dataclass(frozen=True)
class Excess:
    """An amount above a cap; without a year it is the need in "Annahmen"."""

    name: str
    year: int | None
    at: Address
    eur: Decimal
    cap: Cap


def excesses(subject: Subject) -> Iterator[Excess]:
    """The amounts above a cap, in tables of measures and in the city's part of a financing; each once."""
    known: set[Address] = set()
    for table in subject.reading.budget.assumptions:
        for row in table.rows:
            for excess in _of_row(subject, row):
                if excess.at not in known:
                    known.add(excess.at)
                    yield excess
    for financing in subject.reading.budget.financings:
        for excess in _beside(subject, financing):
            if excess.at not in known:
                known.add(excess.at)
                yield excess
    for listed in financed_rows(subject):
        for excess in _in_list(listed):
            if excess.at not in known:
                known.add(excess.at)
                yield excess


def _in_list(row: FinancedRow) -> Iterator[Excess]:
    """Against what the columns beside the financing allow: up to 1 a share of the cost, else an amount."""
    whole = row.financing.total.eur if row.financing.total else None
    if row.granted is None or not whole:
        return
    factor = row.granted.amount.unit.factor
    caps = [
        Cap(value * whole, Field(at, value), value, whole, beside=True)
        if value <= 1
        else Cap(value * factor, Field(at, value), beside=True)
        for at, value in row.caps
    ]
    yield from _over(row.measure.name, None, row.granted.amount, caps)


def _of_row(subject: Subject, row: Assumption) -> Iterator[Excess]:
    caps = list(_caps(subject, row))
    if caps:
        need = list(_in_need(subject, row, caps))
        yield from need
        yield from _in_tables(subject, row, caps, typed_only=bool(need))
        yield from _in_financings(subject, row, caps)


def _caps(subject: Subject, row: Assumption) -> Iterator[Cap]:
    highest = row.field("hoechstbetrag")
    if highest and highest.decimal:
        yield Cap(highest.decimal, highest)
    share = row.field("anteil")
    cost = cost_of(row, subject)
    if share and share.decimal and cost and rule_of(row, subject.schema) == "anteil":
        part = share.decimal if share.decimal <= 1 else share.decimal / 100
        yield Cap(part * cost, share, part, cost)


def _in_need(subject: Subject, row: Assumption, caps: list[Cap]) -> Iterator[Excess]:
    """The need itself, where it is typed and cannot be the cost that the share is taken of."""
    need = row.field("bedarf")
    if need is None or need.decimal is None or need.formula is not None:
        return
    if rule_of(row, subject.schema) != "anteil" or cost_of(row, subject) is not None:
        cap = _broken(need.decimal, Decimal("0.5"), caps)
        if cap:
            yield Excess(row.measure, None, need.at, need.decimal, cap)


def _in_tables(subject: Subject, row: Assumption, caps: list[Cap], typed_only: bool) -> Iterator[Excess]:
    """The yearly amounts; only typed ones where the need is too high already, as a formula takes it over."""
    listed = _measures(subject)
    for table, measure in (one for name in names_of(row) for one in listed.get(name, ())):
        for year, amount in _within(table, measure.amounts, years_of(row)):
            if amount.typed or not typed_only:
                yield from _over(measure.name, year, amount, caps)


@once
def _measures(subject: Subject) -> dict[str, list[tuple[MeasureTable, Measure]]]:
    """The measures by year, with their tables, by name."""
    tables = subject.reading.budget.measure_tables
    return by_name((measure.name, (table, measure)) for table in tables for measure in table.measures)


def _within(
    table: MeasureTable, amounts: tuple[Amount, ...], years: tuple[int | None, int | None]
) -> Iterator[tuple[int, Amount]]:
    first, last = years
    for column, amount in zip(table.columns, amounts, strict=False):
        year = column.year.value
        if (first is None or year >= first) and (last is None or year <= last):
            yield year, amount


def _in_financings(subject: Subject, row: Assumption, caps: list[Cap]) -> Iterator[Excess]:
    known = _financings(subject)
    for financing in (one for name in names_of(row) for one in known.get(name, ())):
        part = city_part(financing)
        if part:
            whole = financing.total.eur if financing.total else None
            fitting = [cap if cap.share is None else _of_cost(cap, whole) for cap in caps]
            yield from _over(financing.measure, financing.year, part.amount, [cap for cap in fitting if cap])


@once
def _financings(subject: Subject) -> dict[str, list[Financing]]:
    """The financings by the name of what they finance."""
    return by_name((one.measure, one) for one in subject.reading.budget.financings)


def _beside(subject: Subject, financing: Financing) -> Iterator[Excess]:
    """Against the caps that lines around the financing set, for the source that they name or else the city."""
    sheet = subject.reading.workbook.sheet(financing.sheet)
    whole = financing.total.eur if financing.total else None
    for label, field in _labelled(sheet, financing) if sheet else ():
        part, value = _meant(financing, label), field.decimal
        if part is None or value is None or _OWN_MONEY.search(label):
            continue
        if _MAXIMUM_SHARE.search(label) and value <= 1 and whole:
            caps = [Cap(value * whole, field, value, whole, beside=True)]
        elif _MAXIMUM.search(label) and value > 1:
            unit = vocabulary(subject.schema).unit_of(label)
            caps = [Cap(value * unit.factor if unit else value, field, beside=True)]
        else:
            continue
        yield from _over(financing.measure, financing.year, part.amount, caps)


def _labelled(sheet: Sheet, financing: Financing) -> Iterator[tuple[str, Field]]:
    """The labels around the financing with the number right of them; the rows of its parts are none."""
    area = financing.area
    parts = {part.at.row for part in financing.parts}
    for row in range(max(1, area.top - _ABOVE), area.bottom + _BELOW + 1):
        label = sheet.value(row, area.left)
        if row in parts or not isinstance(label, str) or len(label) > _LABEL:
            continue
        for column in range(area.left + 1, area.left + 1 + _RIGHT):
            value = sheet.value(row, column)
            if isinstance(value, Decimal) and value > 0:
                yield label, Field(sheet.address(row, column), value)
                break


def _meant(financing: Financing, label: str) -> FinancingPart | None:
    """The part whose source the label names ("Höchstbetrag Land"), else the city's."""
    words = set(re.findall(r"[^\W\d_]{4,}", label.casefold()))
    named = [part for part in financing.parts if words & set(re.findall(r"[^\W\d_]{4,}", part.source.casefold()))]
    return named[0] if len(named) == 1 else city_part(financing)


def _of_cost(cap: Cap, cost: Decimal | None) -> Cap | None:
    """The share's cap for the cost of that financing, which may be another year's."""
    return Cap(cap.share * cost, cap.field, cap.share, cost) if cost and cap.share else None


def is_city(source: str) -> bool:
    """Whether the source is the city, the municipality or the district itself."""
    return _OWN.match(source) is not None


def city_part(financing: Financing) -> FinancingPart | None:
    """The part that the city or district pays itself; None where there is not exactly one."""
    own = [part for part in financing.parts if is_city(part.source)]
    return own[0] if len(own) == 1 else None


def _over(name: str, year: int | None, amount: Amount, caps: list[Cap]) -> Iterator[Excess]:
    eur = amount.eur
    cap = _broken(eur, max(slack_of([amount]), Decimal("0.5")), caps) if eur is not None else None
    if cap and eur is not None:
        yield Excess(name, year, amount.at, eur, cap)


def _broken(eur: Decimal, slack: Decimal, caps: list[Cap]) -> Cap | None:
    """The tightest cap that the amount exceeds by more than its rounding."""
    broken = [cap for cap in caps if eur > cap.limit + slack]
    return min(broken, key=lambda cap: cap.limit, default=None)
