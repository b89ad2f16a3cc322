"""Which measures are missing, or named otherwise, in one of the tables of provided, additional and total need?

The total need lists what the other two list. A measure that only one part lists is no mistake: it is provided already,
or new.
"""

from __future__ import annotations

from collections.abc import Iterator

from pik_excel.budget.money import Statement
from pik_excel.budget.names import likely_pairs, undated_key
from pik_excel.budget.tables import Measure, MeasureTable
from pik_excel.checks.assumed import recorded_names
from pik_excel.checks.catalogue import Subject
from pik_excel.checks.needs import Role, tables_by_role
from pik_excel.records import dataclass

_FEWEST = 2  # measures that must agree
_MOST = 100  # names on either side from which no likeness is sought


@dataclass(frozen=True)
class Counterpart:
    """A measure of `table` that `other` does not list, or lists as `renamed`."""

    measure: Measure
    table: MeasureTable
    other: MeasureTable
    renamed: Measure | None = None


def counterparts(subject: Subject) -> Iterator[Counterpart]:
    """Those of the total need and its parts, where the lists agree by and large."""
    tables = tables_by_role(subject)
    if any(len(ones) != 1 for ones in tables.values()) or not tables:
        return
    total, provided, additional = (tables[role][0] for role in (Role.TOTAL, Role.PROVIDED, Role.ADDITIONAL))
    totals, known = _by_key(subject, total), set[str]()
    for part in (provided, additional):
        parts = _by_key(subject, part)
        same = totals.keys() & parts.keys()
        if len(same) < _FEWEST or len(same) * 2 < min(len(totals), len(parts)):
            continue
        missing = {key: measure for key, measure in parts.items() if key not in totals}
        extra = {key: measure for key, measure in totals.items() if key not in parts}
        for one, other in _alike(subject, missing, extra):
            yield Counterpart(extra[other], total, part, missing[one])
            known |= {one, other}
        for key, measure in missing.items():
            if key not in known and _has_money(measure):
                known.add(key)
                yield Counterpart(measure, part, total)
    yield from _unlisted(subject, (total, provided, additional), known)


def _unlisted(
    subject: Subject, tables: tuple[MeasureTable, MeasureTable, MeasureTable], known: set[str]
) -> Iterator[Counterpart]:
    """What the total counts although a part does not list it: the total is not what the other part alone gives."""
    total, provided, additional = tables
    totals, first, second = (_by_key(subject, table) for table in tables)
    if not all(len(one.keys() & totals.keys()) + 1 >= len(totals) > _FEWEST for one in (first, second)):
        return
    for key, measure in totals.items():
        if key in known or not _has_money(measure) or (key in first and key in second):
            continue
        listed = first.get(key) or second.get(key)
        if listed is None or not _same_amounts(listed, measure):
            yield Counterpart(measure, total, additional if key in first else provided)


def _by_key(subject: Subject, table: MeasureTable) -> dict[str, Measure]:
    """By name; names that are on record as one measure's go by one of them."""
    one_name = {name: min(names) for names in recorded_names(subject) for name in names}
    found: dict[str, Measure] = {}
    for measure in table.measures:
        key = undated_key(measure.name)
        found.setdefault(one_name.get(key, key), measure)
    return found


def _alike(subject: Subject, left: dict[str, Measure], right: dict[str, Measure]) -> Iterator[tuple[str, str]]:
    if not left or not right or len(left) > _MOST or len(right) > _MOST:
        return
    ones, others = list(left), list(right)
    names = [left[key].name for key in ones], [right[key].name for key in others]
    for i, j in likely_pairs(*names, float(subject.schema.limits.similar)):
        yield ones[i], others[j]


def _has_money(measure: Measure) -> bool:
    return any(amount.statement is Statement.NUMBER and amount.stated for amount in measure.amounts)


def _same_amounts(one: Measure, other: Measure) -> bool:
    stated = [[amount.eur or 0 for amount in measure.amounts] for measure in (one, other)]
    return len(stated[0]) == len(stated[1]) and all(a == b for a, b in zip(*stated, strict=True))
