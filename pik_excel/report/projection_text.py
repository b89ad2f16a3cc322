"""The projection as a table of measures × years for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pik_excel.budget.money import Unit, round_half_up
from pik_excel.language import _, day, number, plural
from pik_excel.projection.record import ProjectedAmount, ProjectedMeasure, Projection, Standing
from pik_excel.report.projected import Projected
from pik_excel.report.text import WIDTH, Paint, blocks, plain, wrapped
from pik_excel.writeback.renewal import Renewed

LABEL = 22
MOST_MEASURES, FIRST_MEASURES = 250, 100
"""Measures that are shown; of a longer list the first ones, as nobody reads thousands and the workbook has them all."""
MOST_TOLD = 20
"""Measures whose changed figures are shown, figures not written, cells not computed."""
GAP = "  "


def projection_text(results: Iterable[Projected], paint: Paint = plain) -> Iterator[str]:
    """All workbooks, one after the other, piece by piece."""
    return blocks("\n".join(_workbook(result, paint)) for result in results)


def _workbook(result: Projected, paint: Paint) -> Iterator[str]:
    projection = result.projection
    yield paint(str(result.path), "place")
    scenario = _("Szenario {name}").format(name=projection.scenario)
    yield f"{GAP}{scenario} · {result.unit.value}"
    count = len(projection.measures)
    shown = projection.measures[: FIRST_MEASURES if count > MOST_MEASURES else count]
    rows = [_row(measure, result.unit) for measure in shown]
    width = _width(projection, rows, result.unit)
    most = max(1, (WIDTH - len(GAP) - LABEL) // width)
    for first in range(0, len(projection.years), most):
        yield ""
        yield from _table(projection, rows, slice(first, first + most), result.unit, width, paint)
    yield ""
    yield from wrapped(_legend(projection), GAP)
    yield from _beyond_the_plan(projection)
    yield ""
    yield from bars(projection, result.unit, paint)
    yield from _scenarios(result, paint)
    for due in projection.due:
        line = _("Fällig am {day}: {what}, {measure} ({at})")
        yield from wrapped(
            line.format(day=day(due.day), what=due.what, measure=due.measure, at=due.source), GAP * 2, GAP
        )
    yield from _renewed(result)
    yield from _skipped(result)
    for remark in result.remarks:
        yield from wrapped(remark, GAP * 2, GAP)
    yield from _outcome(result, paint)


def _skipped(result: Projected) -> Iterator[str]:
    """The figures that no cell was written for."""
    for one in result.skipped[:MOST_TOLD]:
        note = _("nicht geschrieben: {measure} ({at}): {reason}")
        yield from wrapped(note.format(measure=one.measure, at=one.at, reason=one.reason), GAP * 2, GAP)
    if (more := len(result.skipped) - MOST_TOLD) > 0:
        note = plural(
            "nicht geschrieben: eine weitere, siehe --format json",
            "nicht geschrieben: {count} weitere, siehe --format json",
            more,
        )
        yield GAP + note.format(count=number(more))


def _renewed(result: Projected) -> Iterator[str]:
    """What the figures of an earlier run were and are, measure by measure."""
    count = len(result.renewed)
    if not count:
        return
    said = plural(
        "Nach geänderten Annahmen neu geschrieben: eine Zelle",
        "Nach geänderten Annahmen neu geschrieben: {count} Zellen",
        count,
    )
    yield GAP + said.format(count=count)
    of: dict[str, list[Renewed]] = {}
    for one in result.renewed:
        of.setdefault(one.measure, []).append(one)
    for measure, cells in list(of.items())[:MOST_TOLD]:
        changes = "; ".join(f"{one.year}: {_stood(one.old_value)} → {_stood(one.new_value)}" for one in cells)
        yield from wrapped(f"{measure} ({cells[0].at}): {changes}", GAP * 3, GAP * 2)
    if len(of) > MOST_TOLD:
        more = _("und {count} weitere Maßnahmen, siehe --format json")
        yield GAP * 2 + more.format(count=len(of) - MOST_TOLD)


def _stood(value: str | None) -> str:
    return _("leer") if value is None else number(Decimal(value))


def _beyond_the_plan(projection: Projection) -> Iterator[str]:
    """Years that the medium-term plan does not cover are said to be so."""
    end = projection.plan_until
    if end is not None and projection.years[-1] > end:
        said = _("Ab {year} jenseits der Finanzplanung (bis {end}: {law})")
        if not projection.plan_law:
            said = _("Ab {year} jenseits der Finanzplanung (bis {end})")
        yield from wrapped(said.format(year=end + 1, end=end, law=projection.plan_law), GAP * 2, GAP)


def _scenarios(result: Projected, paint: Paint) -> Iterator[str]:
    """The need of all scenarios side by side, where there are several."""
    compared, years = result.compared, result.projection.years
    if len(compared) < 2:
        return
    width = max(6, *(len(_money(one.need, result.unit)) for each in compared for one in each.totals)) + 1
    most = max(1, (WIDTH - len(GAP) - LABEL) // width)
    for first in range(0, len(years), most):
        block = years[first : first + most]
        yield ""
        heads = "".join(f"{year:>{width}}" for year in block)
        label = _shortened(_("Bedarf je Szenario"))
        yield paint(f"{GAP}{label:<{LABEL}}{heads}", "place")
        for one in compared:
            cells = "".join(f"{_money(one.total(year).need, result.unit):>{width}}" for year in block)
            yield f"{GAP}{_shortened(one.scenario):<{LABEL}}{cells}"
    yield ""


def bars(projection: Projection, unit: Unit, paint: Paint = plain) -> Iterator[str]:
    """The totals by year as bars: █ what is there, ▒ what is needed in addition."""
    known = [total for total in projection.totals if total.need is not None]
    most = max((total.need for total in known if total.need is not None), default=Decimal(0))
    if most <= 0 or any(part < 0 for total in known for part in (total.provided, total.additional) if part is not None):
        return
    shown = [_money(total.need, unit) for total in projection.totals]
    room = WIDTH - 2 * len(GAP) - 6 - max(map(len, shown))
    yield paint(GAP + _("Finanzbedarf je Jahr: █ beschlossen oder bereitgestellt, ▒ zusätzlich"), "place")
    for total, figure in zip(projection.totals, shown, strict=True):
        there = _length(total.provided, most, room)
        bar = "█" * there + "▒" * (_length(total.need, most, room) - there)
        yield f"{GAP}{total.year}  {bar}{' ' if bar else ''}{figure}"


def _length(value: Decimal | None, most: Decimal, room: int) -> int:
    """Columns of a bar; what is more than nothing is to be seen."""
    if not value:
        return 0
    return max(1, int(round_half_up(value / most * room)))


def _outcome(result: Projected, paint: Paint) -> Iterator[str]:
    yield ""
    if result.output is None:
        yield GAP + _("nichts zu schreiben: die Mappe enthält diese Jahre schon")
        return
    yield GAP + _("geschrieben: {file}").format(file=paint(str(result.output), "place"))
    yield from wrapped(result.changes, GAP)
    if result.made:
        sheets = ", ".join(_("„{name}“").format(name=name) for name in result.made)
        yield from wrapped(_("neu geschriebene Blätter: {sheets}").format(sheets=sheets), GAP * 2, GAP)
    if result.not_evaluated:
        cells = ", ".join(map(str, result.not_evaluated[:MOST_TOLD]))
        if (more := len(result.not_evaluated) - MOST_TOLD) > 0:
            cells += _(" und {count} weitere").format(count=number(more))
        yield from wrapped(_("nicht berechnet, Excel rechnet sie beim Öffnen: {cells}").format(cells=cells), GAP)


def _width(projection: Projection, rows: list[list[str]], unit: Unit) -> int:
    shown = (_money(total.need, unit) + " " for total in projection.totals)
    return max(6, *map(len, shown), *(max(map(len, row)) for row in rows)) + 1


def _table(
    projection: Projection, rows: list[list[str]], part: slice, unit: Unit, width: int, paint: Paint
) -> Iterator[str]:
    """As many years side by side as the terminal holds; `rows` are the amounts of the first measures in all years."""
    years = projection.years[part]

    def line(label: str, cells: Sequence[str]) -> str:
        return f"{GAP}{_shortened(label):<{LABEL}}{''.join([cell.rjust(width) for cell in cells])}".rstrip()

    rule = GAP + "─" * (LABEL + width * len(years))
    heads = [f"{year}ff" if year == projection.open_ended else f"{year} " for year in years]
    yield paint(line(_("Maßnahme"), heads), "place")
    yield rule
    for measure, row in zip(projection.measures, rows, strict=False):
        yield line(measure.name, row[part])
    if (more := len(projection.measures) - len(rows)) > 0:
        yield GAP + _("… und {count} weitere Maßnahmen, alle mit --format json").format(count=number(more))
    yield rule
    totals = [projection.total(year) for year in years]
    yield paint(line(_("Finanzbedarf"), [_money(total.need, unit) + " " for total in totals]), "place")
    yield line(_("  davon bereitgestellt"), [_money(total.provided, unit) + " " for total in totals])
    yield line(_("  davon zusätzlich"), [_money(total.additional, unit) + " " for total in totals])


def _row(measure: ProjectedMeasure, unit: Unit) -> list[str]:
    """The amounts of a measure, year by year; those that a rule keeps the same are put into words once."""
    said: list[str] = []
    before: ProjectedAmount | None = None
    for amount in measure.amounts:
        same = before is not None and amount.goes_on(before)
        said.append(said[-1] if same else _amount(amount, unit))
        before = amount
    return said


def _amount(amount: ProjectedAmount, unit: Unit) -> str:
    if amount.not_readable:
        return "? "
    value = amount.value
    return "" if value is None else f"{_money(value, unit)}{_mark(amount.standing) if value else ' '}"


def _mark(standing: Standing) -> str:
    if standing is Standing.PROJECTED:
        return _projected()[0]
    if standing is Standing.REQUESTED:
        return _requested()[0]
    return _provided()[0] if standing is Standing.PROVIDED else " "


def _legend(projection: Projection) -> str:
    """What the letters mean; the first letter of each word is its mark."""
    told = (amount for measure in projection.measures for amount in measure.amounts if amount.parts)
    once = {id(amount.parts): amount for amount in told if not amount.not_readable}
    standings = {amount.standing for amount in once.values() if amount.value}
    words = {
        Standing.REQUESTED: _requested(),
        Standing.PROVIDED: _provided(),
        Standing.PROJECTED: _projected(),
    }
    known = [f"{word[0]} = {word}" for standing, word in words.items() if standing in standings]
    return " · ".join([*known, _("ohne Buchstaben = beschlossen"), _("leer = nicht angegeben")])


def _requested() -> str:
    return _("angemeldet")


def _provided() -> str:
    return _("bereitgestellt")


def _projected() -> str:
    return _("fortgeschrieben")


def _money(value: Decimal | None, unit: Unit) -> str:
    if value is None:
        return "?"
    stated = value / unit.factor
    return number(round_half_up(stated, 0 if unit.factor != Unit.MIO.factor else 2))


def _shortened(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 2].rstrip() + "…"
