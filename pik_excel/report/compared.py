"""A comparison as JSON, as published in `schemas/diff-1.json`; amounts in EUR as the cells state them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # a JSON document has no narrower type

from pik_excel.budget.bridge import Bridge, Change
from pik_excel.diff.comparison import Comparison, Difference, Span
from pik_excel.diff.matching import Pair
from pik_excel.diff.sides import Item, Side
from pik_excel.grid.reference import Address
from pik_excel.report.checked import TOOL
from pik_excel.report.json import digits, dumped

FORMAT = "pik-excel/diff/1"


def comparison_json(comparison: Comparison) -> str:
    """The document `pik-excel/diff/1`."""
    matching = comparison.matching
    changed = [(pair, comparison.differences(pair)) for pair in matching.pairs]
    return dumped(
        {
            "schema": FORMAT,
            "tool": TOOL,
            "old": _side(comparison.old),
            "new": _side(comparison.new),
            "unit": comparison.new.unit.currency,
            "years": [[span.old[0], span.new[0]] for span in comparison.spans],
            "only_old": list(comparison.only_old),
            "only_new": list(comparison.only_new),
            "changed": [_changed(pair, differences) for pair, differences in changed if differences],
            "unchanged": sum(not differences for _pair, differences in changed),
            "renamed": [_names(pair) for pair in matching.pairs if pair.renamed],
            "proposed": [_names(pair) for pair in matching.proposals],
            "dropped": [_item(item) for item in matching.dropped],
            "new_measures": [_item(item) for item in matching.new],
            "bridges": [_bridge(span, comparison.bridge(span)) for span in comparison.spans],
        }
    )


def _side(side: Side) -> dict[str, Any]:
    return {"path": str(side.path), "place": side.place or None, "measures": len(side.items)}


def _names(pair: Pair) -> dict[str, str]:
    return {"old": pair.old.name, "old_at": str(pair.old.at), "new": pair.new.name, "new_at": str(pair.new.at)}


def _changed(pair: Pair, differences: tuple[Difference, ...]) -> dict[str, Any]:
    return {
        "measure": pair.new.name,
        "at": str(pair.new.at),
        "years": [_one(one) for one in differences],
    }


def _one(difference: Difference) -> Mapping[str, Any]:
    return {
        "years": [difference.span.old[0], difference.span.new[0]],
        "before": digits(difference.before),
        "after": digits(difference.after),
        "change": digits(difference.amount) if difference.known else None,
        "before_at": _at(difference.before_at),
        "after_at": _at(difference.after_at),
    }


def _item(item: Item) -> dict[str, Any]:
    amounts = {f"{year} {kind.value}".strip(): digits(amount) for (year, kind), amount in item.amounts.items()}
    return {"measure": item.name, "at": str(item.at), "amounts": amounts}


def _bridge(span: Span, bridge: Bridge) -> dict[str, Any]:
    return {
        "years": [span.old[0], span.new[0]],
        "kinds": [span.old[1].value or None, span.new[1].value or None],
        "start": digits(bridge.start),
        "steps": [
            {
                "measure": step.measure,
                "change": step.change.value,
                "amount": digits(step.amount),
                "before_at": _at(step.before),
                "after_at": _at(step.after),
            }
            for step in bridge.steps
        ],
        "after_dropped": digits(bridge.after(Change.DROPPED)),
        "end": digits(bridge.end),
        "rest": digits(bridge.rest),
    }


def _at(address: Address | None) -> str | None:
    return None if address is None else str(address)
