"""A comparison as text for a terminal of 80 columns: what changed, then for each year the bridge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pik_excel.budget.bridge import Bridge, Change, Step
from pik_excel.budget.money import Unit, round_half_up
from pik_excel.diff.comparison import Comparison, Difference, Span
from pik_excel.diff.matching import Pair
from pik_excel.diff.sides import Item
from pik_excel.language import _, number, plural
from pik_excel.report.text import WIDTH, Paint, plain, wrapped

MONEY = 14


def comparison_text(comparison: Comparison, paint: Paint = plain) -> str:
    """The whole comparison."""
    return "\n".join(_lines(comparison, paint))


def bridge_text(title: str, bridge: Bridge, unit: Unit, paint: Paint = plain) -> Iterator[str]:
    """A bridge as a column of figures that adds up under `title`."""
    yield paint(f"  {title}", "place")
    yield _row(_("Bedarf alt"), money(bridge.start, unit))
    for change in Change:
        steps = [step for step in bridge.steps if step.change is change]
        for step in steps:
            yield _row(_step_label(step), signed(step.amount, unit), paint, _colour(step))
        if change is Change.DROPPED and steps and len(bridge.steps) > len(steps):
            yield _row(_("bleibt"), money(bridge.after(change), unit))
    if bridge.rest:
        yield _row(_("nicht durch Maßnahmen erklärt"), signed(bridge.rest, unit), paint, "error")
    yield "  " + " " * (WIDTH - 4 - MONEY) + "─" * MONEY
    yield _row(_("Bedarf neu"), money(bridge.end, unit), paint, "place")


def _lines(comparison: Comparison, paint: Paint) -> Iterator[str]:
    unit = comparison.new.unit
    yield _("alt: {side}").format(side=paint(comparison.old.shown, "place"))
    yield _("neu: {side}").format(side=paint(comparison.new.shown, "place"))
    yield f"  {unit.value}"
    yield from _years_of_one_side(comparison)
    yield from _changed(comparison, unit, paint)
    yield from _renamed(comparison)
    yield from _listed(_("weggefallen"), comparison.matching.dropped, unit, paint)
    yield from _listed(_("neu hinzugekommen"), comparison.matching.new, unit, paint)
    yield from _proposed(comparison)
    for span in comparison.spans:
        yield ""
        yield from bridge_text(title_of(span), comparison.bridge(span), unit, paint)
    if not comparison.spans:
        yield ""
        said = _("Kein Jahr steht auf beiden Seiten: keine Überleitung. Zwei Jahre vergleicht --years {old}:{new}.")
        old, new = max(comparison.only_old, default=""), min(comparison.only_new, default="")
        yield from wrapped(said.format(old=old, new=new), "  ")


def _years_of_one_side(comparison: Comparison) -> Iterator[str]:
    for years, said in (
        (comparison.only_old, _("nur in der alten: {years}")),
        (comparison.only_new, _("nur in der neuen: {years}")),
    ):
        if years:
            yield from wrapped(said.format(years=", ".join(map(str, years))), "  ")


def _changed(comparison: Comparison, unit: Unit, paint: Paint) -> Iterator[str]:
    found = [(pair, differences) for pair in comparison.matching.pairs if (differences := comparison.differences(pair))]
    same = len(comparison.matching.pairs) - len(found)
    if not comparison.matching.pairs:
        return
    yield ""
    yield (
        paint("  " + (_("geändert") if found else _("keine Maßnahme geändert")), "place")
        + "  "
        + plural("({n} Maßnahme unverändert)", "({n} Maßnahmen unverändert)", same).format(n=same)
    )
    for pair, differences in found:
        yield from wrapped(f"{pair.new.name}  {pair.new.at}", "      ", "    ")
        for one in differences:
            yield from wrapped(_difference(one, unit), "          ", "        ")


def _difference(one: Difference, unit: Unit) -> str:
    if not one.known:
        return _("{years}: nicht lesbar ({cells})").format(
            years=one.span.shown, cells=", ".join(str(at) for at in (one.before_at, one.after_at) if at)
        )
    before, after = money_or_dash(one.before, unit), money_or_dash(one.after, unit)
    return f"{one.span.shown}: {before} → {after}  ({signed(one.amount, unit)})"


def _renamed(comparison: Comparison) -> Iterator[str]:
    for pair in comparison.matching.pairs:
        if pair.renamed:
            yield from wrapped(
                _("umbenannt: „{old}“ heißt jetzt „{new}“").format(old=pair.old.name, new=pair.new.name), "    ", "  "
            )


def _listed(title: str, items: Iterable[Item], unit: Unit, paint: Paint) -> Iterator[str]:
    items = tuple(items)
    if items:
        yield paint(f"  {title}", "place")
    for item in items:
        amounts = ", ".join(
            f"{year}: {money(amount, unit)}"
            for (year, _kind), amount in sorted(item.amounts.items(), key=lambda entry: entry[0][0])
        )
        yield from wrapped(f"{item.name}  {item.at}  {amounts}", "      ", "    ")


def _proposed(comparison: Comparison) -> Iterator[str]:
    for pair in comparison.matching.proposals:
        yield from wrapped(proposal(pair), "    ", "  ")


def proposal(pair: Pair) -> str:
    """That two measures may be one, and how to say so."""
    said = _(
        "vielleicht umbenannt: „{old}“ und „{new}“. Hier als weggefallen und neu gerechnet; wenn es dieselbe"
        ' Maßnahme ist: --same "{old}={new}" oder in pik-excel.toml unter [aliases] eintragen.'
    )
    return said.format(old=pair.old.name, new=pair.new.name)


def title_of(span: Span) -> str:
    """The heading of a year's bridge."""
    old, new = (kind.shown or _("geplant") for _year, kind in (span.old, span.new))
    kinds = "" if span.same_kind else f" ({old} → {new})"
    return _("Überleitung {years}").format(years=span.shown) + kinds


def _step_label(step: Step) -> str:
    return f"  {step.change.shown}: {step.measure}"


def _colour(step: Step) -> str:
    return "notice" if step.amount < 0 else "warning"


def _row(label: str, money: str, paint: Paint = plain, colour: str = "quiet") -> str:
    room = WIDTH - 4 - MONEY
    label = label if len(label) <= room - 1 else label[: room - 2].rstrip() + "…"
    return f"  {label:<{room}}{paint(f'{money:>{MONEY}}', colour)}"


def money_or_dash(value: Decimal | None, unit: Unit) -> str:
    """The amount, or a dash where nothing is stated."""
    return "–" if value is None else money(value, unit)


def money(value: Decimal, unit: Unit) -> str:
    """In the unit of the table, exact: as many decimals as it takes."""
    shown = round_half_up(value / unit.factor, unit.digits)
    return number(shown.normalize() if shown != shown.to_integral_value() else shown.to_integral_value())


def signed(value: Decimal, unit: Unit) -> str:
    """The amount with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "±") + money(abs(value), unit)
