"""Which rows does a new sheet "Annahmen" have where files assume something besides?

What a file says of a measure stands in its row, with the file and line as its origin; what holds in a scenario only
stands in a row of its own, which starts from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption, Field
from pik_excel.language import _
from pik_excel.projection.lines import same_measure
from pik_excel.projection.overrides import in_order
from pik_excel.projection.rules import rule_named
from pik_excel.projection.scenario import scenarios_of
from pik_excel.schema import Schema
from pik_excel.writeback.assumptions.defaults import Default

_IN_WORDS = ("szenario", "bemerkung")  # fields whose origin needs no words


def with_given(rows: Iterable[Default], overrides: Iterable[Assumption], schema: Schema) -> tuple[Default, ...]:
    """The rows with all that the files assume; what names no rule stays with the file, where it is an error."""
    found = list(rows)
    given = [own for own in in_order(overrides) if _rule(own, schema) != ""]
    same = same_measure(given, schema.aliases)

    def key(name: str) -> str:
        return same.get(name_key(name), name_key(name))

    for own in given:
        mine = [row for row in found if key(row.name) == key(own.measure)]
        scenario = "; ".join(scenarios_of(own))
        there = next((row for row in mine if row.scenario == scenario), None)
        start = there or next((row for row in mine if not row.scenario), None)
        new = _with(start or Default(own.measure, schema.projection.default_rule), own, scenario, schema)
        if there is not None:
            found[found.index(there)] = new
        else:
            found.insert(found.index(mine[-1]) + 1 if mine else len(found), new)
    return tuple(found)


def _with(row: Default, own: Assumption, scenario: str, schema: Schema) -> Default:
    stated = {key: field for key, field in own.fields.items() if key not in ("regel", "szenario", "bemerkung")}
    remark = own.field("bemerkung")
    because = "; ".join(filter(None, (remark.text if remark else "", row.because, _origin(own.fields, schema))))
    return replace(
        row, rule=_rule(own, schema) or row.rule, scenario=scenario, stated={**row.stated, **stated}, because=because
    )


def _rule(own: Assumption, schema: Schema) -> str | None:
    """The name of the rule that the file states, "" for a word that is none; None where it states none."""
    field = own.field("regel")
    if field is None or not field.text:
        return None
    rule = rule_named(field.text, schema.projection.rules)
    return rule.name if rule is not None else ""


def _origin(fields: Mapping[str, Field], schema: Schema) -> str:
    """Which fields come from which lines: "Bedarf, bis laut annahmen.toml, Zeile 3 bis 4"."""
    told = {key: field for key, field in fields.items() if key not in _IN_WORDS}
    if not told:
        return ""
    names = ", ".join(schema.fields[key].name for key in told)
    lines, file = sorted(field.at.row for field in told.values()), next(iter(told.values())).at.sheet
    said = (
        _("{fields} laut {file}, Zeile {first}")
        if lines[0] == lines[-1]
        else _("{fields} laut {file}, Zeile {first} bis {last}")
    )
    return said.format(fields=names, file=file, first=lines[0], last=lines[-1])
