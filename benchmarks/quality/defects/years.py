"""YRS: years twice or missing, jumps, amounts outside a funding period, gaps and deadlines."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

from benchmarks.quality.book import Style
from benchmarks.quality.defects.site import Site, plants
from benchmarks.quality.formula import rounded
from benchmarks.quality.plan import Year
from benchmarks.quality.table import Table
from benchmarks.quality.truth import Truth, truth

_YEAR = re.compile(r"(19|20)\d\d")
NOTABLE = 12_000  # EUR; nobody asks about less


def _dated(site: Site) -> list[Table]:
    return site.tables(
        lambda table: (len(table.dated()) >= 3 and not table.long) or (len(table.dated()) == 2 and not table.long)
    )


def _restate(table: Table, head: int, year: int) -> None:
    cell = table.sheet.cell(table.heads[head].at)
    cell.value = year if isinstance(cell.value, int) else _YEAR.sub(str(year), str(cell.value))


def _year(table: Table, head: int) -> Year:
    year = table.heads[head].year
    assert year is not None
    return year


@plants("YRS01")
def header_copied(site: Site) -> Truth | None:
    """The header of the year before was copied and not changed."""
    for table in _dated(site):
        if table.sheet.tables:
            continue
        heads = table.dated()
        pairs = [(one, two) for one, two in pairwise(heads) if _year(table, one).kind == _year(table, two).kind]
        if not pairs:
            continue
        one, two = site.random.choice(pairs)
        _restate(table, two, _year(table, one).value)
        places = [table.heads[one].at, table.heads[two].at]
        return truth("YRS01", table.sheet, places, f"{_year(table, one).value} twice", beside=["YRS02", "MSR04"])
    return None


@plants("YRS01")
def rest_shifted(site: Site) -> Truth | None:
    """A year stands twice, and the later ones follow from it without a gap."""
    for table in _dated(site):
        heads = table.dated()
        kinds = {_year(table, head).kind for head in heads}
        if table.sheet.tables or len(kinds) > 1 or len(heads) < 3:
            continue
        at = site.random.randrange(1, len(heads))
        for head in heads[at:]:
            _restate(table, head, _year(table, head).value - 1)
        places = [table.heads[heads[at - 1]].at, table.heads[heads[at]].at]
        return truth("YRS01", table.sheet, places, "a year twice, the rest shifted", beside=["YRS02", "MSR04"])
    return None


@plants("YRS02")
def gap(site: Site) -> Truth | None:
    for table in _dated(site):
        heads = table.dated()
        if table.sheet.tables or len(heads) < 3 or len({_year(table, head).value for head in heads}) < len(heads):
            continue
        if _year(table, heads[0]).value > _year(table, heads[-1]).value:
            continue  # the newest first: one year more there would be the same year once more
        at = site.random.randrange(1, len(heads))
        for head in table.heads[heads[at] :]:
            if head.year is not None:
                cell = table.sheet.cell(head.at)
                year = head.year.value + 1
                cell.value = year if isinstance(cell.value, int) else _YEAR.sub(str(year), str(cell.value))
        places = [table.heads[heads[at - 1]].at, table.heads[heads[at]].at]
        return truth("YRS02", table.sheet, places, "a gap", beside=["MSR04"])
    return None


@plants("YRS02")
def wrong_order(site: Site) -> Truth | None:
    for table in _dated(site):
        heads = table.dated()
        if table.sheet.tables or len(heads) < 3 or len({_year(table, head).kind for head in heads}) > 1:
            continue
        at = site.random.randrange(len(heads) - 1)
        one, two = heads[at], heads[at + 1]
        first, second = _year(table, one).value, _year(table, two).value
        _restate(table, one, second)
        _restate(table, two, first)
        near = [table.heads[head].at for head in heads[max(0, at - 1) : at + 3]]
        return truth("YRS02", table.sheet, near, "two years in the wrong order", beside=["MSR04"])
    return None


@plants("YRS02")
def typing_slip(site: Site) -> Truth | None:
    """2027 typed as 2072, or an inner year that is one too low or high by a slip."""
    for table in _dated(site):
        heads = table.dated()
        if table.sheet.tables or len(heads) < 4 or len({_year(table, head).value for head in heads}) < len(heads):
            continue
        at = site.random.randrange(1, len(heads) - 1)
        year = str(_year(table, heads[at]).value)
        _restate(table, heads[at], int(year[:2] + year[3] + year[2]) if year[3] != year[2] else int(year) + 10)
        near = [table.heads[head].at for head in heads[at - 1 : at + 2]]
        return truth("YRS02", table.sheet, near, f"{year} mistyped", beside=["MSR04", "YRS01", "DOC01"])
    return None


@plants("YRS03")
def tripled(site: Site) -> Truth | None:
    for table in site.tables(lambda table: len(table.dated()) >= 3):
        factor = site.random.choice((Decimal("2.4"), Decimal("3.1"), Decimal("0.2")))
        found = [
            (line, head, place)
            for line, head, place in table.typed()
            if head > 0
            and head - 1 in line.amounts
            and site.value(table.sheet, line.amounts[head - 1])
            and abs((site.value(table.sheet, place) or Decimal(0)) * (factor - 1)) * table.unit.factor > NOTABLE
        ]
        if not found:
            continue
        line, head, place = site.random.choice(found)
        value = site.value(table.sheet, place)
        assert value is not None
        table.sheet.retype(place, rounded(value * factor, table.unit.digits) or Decimal(1).scaleb(-table.unit.digits))
        places = [place, *(line.amounts[one] for one in (head - 1, head + 1) if one in line.amounts)]
        return truth("YRS03", table.sheet, places, f"times {factor}", beside=["YRS03", "FIN03", "FIN07", "FIN01"])
    return None


@plants("YRS04", needs=["until"])
def after_the_end(site: Site) -> Truth | None:
    for table in site.tables(lambda table: any("until" in line.beside for line in table.lines)):
        heads = table.dated()
        lines = [line for line in table.lines if site.value(table.sheet, line.amounts[heads[-1]])]
        if not lines or len(heads) < 2:
            continue
        line = site.random.choice(lines)
        at = site.random.randrange(len(heads) - 1)
        last = _year(table, heads[at]).value
        value = site.random.choice((f"31.12.{last}", date(last, 12, 31), last))
        style = Style(number="dd.mm.yyyy") if isinstance(value, date) else Style()
        table.sheet.put(line.beside["until"], value, style)
        after = [line.amounts[head] for head in heads if _year(table, head).value > last]
        after = [place for place in after if site.value(table.sheet, place)]
        if not after:
            continue
        return truth("YRS04", table.sheet, [*after, line.beside["until"]], f"funded until {value}", beside=["YRS04"])
    return None


@plants("YRS05", companions=["assumptions"])
def needed_longer(site: Site) -> Truth | None:
    for terms in site.facts.terms:
        row = site.random.choice(terms.rows)
        paid = terms.sheet.cell(row["paid"]).value
        assert isinstance(paid, date)
        longer = site.random.choice(
            (date(paid.year + 1, 12, 31), date(paid.year + 1, 6, 30), date(paid.year + 2, 12, 31))
        )
        terms.sheet.cell(row["needed"]).value = longer
        return truth("YRS05", terms.sheet, [row["paid"], row["needed"], row["name"]], f"paid {paid}, needed {longer}")
    return None


@plants("YRS06", companions=["grant"])
def proof_due(site: Site) -> Truth | None:
    for grant in site.facts.grants:
        places = [grant.start, grant.end, grant.months, grant.due, grant.name]
        places += [(row, 1) for row, _ in places]
        return truth("YRS06", grant.sheet, places, "a grant whose use must be proved")
    return None
