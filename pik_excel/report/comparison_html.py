"""A comparison as a page for the browser: each year's bridge as a waterfall and a table, then what changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any  # what a template is given

from pik_excel.budget.bridge import Bridge
from pik_excel.budget.money import Unit
from pik_excel.diff.comparison import Comparison
from pik_excel.language import _, active
from pik_excel.report.comparison_text import money, money_or_dash, proposal, signed, title_of
from pik_excel.report.template import rendered

HEIGHT, WIDTH, TOP = 260, 900, 20
_COLOURS = {"total": "#2f5597", "up": "#c55a11", "down": "#548235", "rest": "#b3261e"}


def comparison_html(comparison: Comparison) -> str:
    """The page."""
    unit = comparison.new.unit
    return rendered(
        "comparison.html",
        language=active(),
        words=_words(),
        old=_("alt: {side}").format(side=comparison.old.shown),
        new=_("neu: {side}").format(side=comparison.new.shown),
        unit=unit.value,
        proposals=[proposal(pair) for pair in comparison.matching.proposals],
        bridges=[{"title": title_of(span), **_bridge(comparison.bridge(span), unit)} for span in comparison.spans],
        changes=list(_changes(comparison, unit)),
    )


def _bridge(bridge: Bridge, unit: Unit) -> dict[str, Any]:
    rows = list(_rows(bridge, unit))
    levels = [Decimal(0), bridge.start, bridge.end]
    running = bridge.start
    for row in rows[1:-1]:
        running += row["amount"]
        levels.append(running)
    scale = Decimal(HEIGHT) / ((max(levels) - min(levels)) or 1)
    ground = float(TOP + max(levels) * scale)
    return {"rows": rows, "bars": list(_bars(rows, ground, scale)), "ground": ground, "height": HEIGHT + 2 * TOP}


def _rows(bridge: Bridge, unit: Unit) -> Iterator[dict[str, Any]]:
    def row(kind: str, step: str, measure: str, amount: Decimal, shown: str) -> dict[str, Any]:
        colour = kind if kind in {"total", "rest"} else "up" if amount > 0 else "down"
        return {"kind": kind, "step": step, "measure": measure, "amount": amount, "money": shown, "colour": colour}

    yield row("total", _("Bedarf alt"), "", bridge.start, money(bridge.start, unit))
    for step in bridge.steps:
        yield row("step", step.change.shown, step.measure, step.amount, signed(step.amount, unit))
    if bridge.rest:
        unexplained = _("nicht durch Maßnahmen erklärt")
        yield row("rest", _("Rest"), unexplained, bridge.rest, signed(bridge.rest, unit))
    yield row("total", _("Bedarf neu"), "", bridge.end, money(bridge.end, unit))


def _bars(rows: list[dict[str, Any]], ground: float, scale: Decimal) -> Iterator[dict[str, Any]]:
    room = WIDTH / len(rows)
    level = Decimal(0)
    for index, row in enumerate(rows):
        low, high = (Decimal(0), row["amount"]) if row["kind"] == "total" else (level, level + row["amount"])
        level = row["amount"] if row["kind"] == "total" else high
        top, height = ground - float(max(low, high) * scale), float(abs(high - low) * scale)
        yield {
            "x": round(index * room + room * 0.15, 1),
            "width": round(room * 0.7, 1),
            "y": round(top, 1),
            "height": round(max(height, 1), 1),
            "colour": _COLOURS[row["colour"]],
            "label": row["measure"] or row["step"],
            "money": row["money"],
        }


def _changes(comparison: Comparison, unit: Unit) -> Iterator[dict[str, Any]]:
    for pair in comparison.matching.pairs:
        for one in comparison.differences(pair):
            yield {
                "measure": pair.new.name,
                "year": one.span.shown,
                "before": money_or_dash(one.before, unit),
                "after": money_or_dash(one.after, unit),
                "change": signed(one.amount, unit) if one.known else _("nicht lesbar"),
                "colour": "up" if one.amount > 0 else "down",
                "before_at": str(one.before_at or ""),
                "after_at": str(one.after_at or ""),
            }


def _words() -> dict[str, str]:
    return {
        "title": _("Überleitung"),
        "step": _("Schritt"),
        "measure": _("Maßnahme"),
        "changes": _("Geänderte Maßnahmen"),
        "year": _("Jahr"),
        "before": _("alt"),
        "after": _("neu"),
        "change": _("Änderung"),
    }
