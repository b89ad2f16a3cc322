"""Which assumptions does a file beside the workbook put in place of the workbook's?

    [annahmen."OMID"]                    # holds always
    regel = "index"
    dynamisierung = 0.025

    [szenario."Tarif plus 5"."OMID"]     # holds in that scenario only
    dynamisierung = 0.05

The keys are the schema's fields. What the file does not say of a measure stays as the workbook has it. The
`pik-excel.toml` may hold the same sections; where both speak of one field, they must say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from pik_excel.budget.names import name_key
from pik_excel.budget.tables import Assumption, Field
from pik_excel.errors import BadConfiguration
from pik_excel.grid.reference import Address
from pik_excel.language import _
from pik_excel.projection.cells import YEARS, ratio
from pik_excel.projection.lines import same_measure
from pik_excel.projection.scenario import scenarios_of
from pik_excel.schema import ASSUMING, FieldRule, Schema, configuration
from pik_excel.schema.files import parsed
from pik_excel.schema.place import lines_of, nearest

_SECTIONS = ASSUMING
_NUMBERS = {"money", "number", "share", "integer", "year"}


def read_overrides(path: Path, schema: Schema) -> tuple[Assumption, ...]:
    """The assumptions of a TOML file; raises `BadConfiguration` naming file, line and key."""
    data, text = parsed(path)
    return tuple(_File(path, lines_of(text), schema).assumptions(data))


def all_overrides(file: Path | None, folder: Path, schema: Schema) -> tuple[Assumption, ...]:
    """The assumptions of `--assumptions FILE` and of the `pik-excel.toml` in force in the folder. Raises
    `BadConfiguration` where the two state different things of the same measure and scenario, naming both places."""
    own = configuration(folder)
    configured = _of_configuration(own, schema) if own is not None else ()
    given = read_overrides(file, schema) if file is not None else ()
    for one in given:
        for other in configured:
            _refuse_contradiction(one, other)
    return (*configured, *given)


def _of_configuration(path: Path, schema: Schema) -> tuple[Assumption, ...]:
    data, text = parsed(path)
    sections = {key: data[key] for key in ASSUMING if key in data}
    return tuple(_File(path, lines_of(text), schema).assumptions(sections))


def _refuse_contradiction(one: Assumption, other: Assumption) -> None:
    if name_key(one.measure) != name_key(other.measure) or scenarios_of(one) != scenarios_of(other):
        return
    for key, field in one.fields.items():
        there = other.field(key)
        if key != "szenario" and there is not None and there.value != field.value:
            raise BadConfiguration(
                "contradicting-assumptions",
                _(
                    "„{measure}“, {key}: {file}, Zeile {line}, sagt {value}; {other}, Zeile {there}, sagt {stated}."
                ).format(
                    measure=one.measure, key=key, file=field.at.sheet, line=field.at.row, value=field.value,
                    other=there.at.sheet, there=there.at.row, stated=there.value,
                ),
                _("Bitte eine der beiden Angaben streichen."),
            )  # fmt: skip


def overridden(
    rows: Iterable[Assumption], overrides: Iterable[Assumption], aliases: Mapping[str, Iterable[str]]
) -> tuple[Assumption, ...]:
    """The workbook's assumptions with those of a file put over them, field by field. A cell that says the same stays
    the one that counts."""
    found, overrides = list(rows), in_order(overrides)
    same_name = same_measure([*found, *overrides], aliases)
    for own in overrides:
        same = [row for row in found if _key(row, same_name) == _key(own, same_name)]
        there = next((row for row in same if scenarios_of(row) == scenarios_of(own)), None)
        always = next((row for row in same if not scenarios_of(row)), None)
        if there is not None:
            found[found.index(there)] = replace(there, fields=there.fields | _other(own.fields, there.fields))
        else:
            fields = always.fields if always is not None else {}
            found.append(replace(own, fields=fields | _other(own.fields, fields)))
    return tuple(found)


def in_order(overrides: Iterable[Assumption]) -> tuple[Assumption, ...]:
    """Those that hold always before those of a scenario, which start from them."""
    return tuple(sorted(overrides, key=lambda own: bool(scenarios_of(own))))


def _key(row: Assumption, same: Mapping[str, str]) -> str:
    key = name_key(row.measure)
    return same.get(key, key)


def _other(own: Mapping[str, Field], there: Mapping[str, Field]) -> dict[str, Field]:
    """Those of one's own fields that say something else than is there."""
    return {key: field for key, field in own.items() if key not in there or not says_the_same(key, field, there[key])}


def says_the_same(key: str, one: Field, other: Field) -> bool:
    """Whether both fields mean one thing to a rule: of a period only the year counts, and 1:120 is 120."""
    return _meant(key, one) == _meant(key, other)


def _meant(key: str, field: Field) -> Decimal | str | date | None:
    if key in YEARS and isinstance(field.value, date):
        return Decimal(field.value.year)
    if key == "schluessel" and isinstance(field.value, str):
        return ratio(field.value) or field.value
    return field.value


class _File:
    """One file of assumptions while it is read: its path and lines are named in every complaint."""

    def __init__(self, path: Path, lines: dict[str, int], schema: Schema) -> None:
        self.path = path
        self.lines = lines
        self.schema = schema

    def assumptions(self, data: Mapping[str, object]) -> Iterator[Assumption]:
        for key in data:
            if key not in _SECTIONS:
                raise self.complaint(key, _("gibt es hier nicht; es gibt {names}").format(names=", ".join(_SECTIONS)))
        for measure, fields in self.section(data.get("annahmen", {}), "annahmen"):
            yield self.assumption(measure, fields, f"annahmen.{measure}", None)
        for scenario, measures in self.section(data.get("szenario", {}), "szenario"):
            for measure, fields in self.section(measures, f"szenario.{scenario}"):
                yield self.assumption(measure, fields, f"szenario.{scenario}.{measure}", scenario)

    def section(self, table: object, key: str) -> Iterator[tuple[str, object]]:
        if not isinstance(table, Mapping):
            raise self.complaint(key, _("muss ein Abschnitt [{key}.…] sein").format(key=key))
        yield from table.items()

    def assumption(self, measure: str, fields: object, key: str, scenario: str | None) -> Assumption:
        read = {name: self.field(name, value, f"{key}.{name}") for name, value in self.section(fields, key)}
        if scenario is not None:
            read["szenario"] = Field(self.place(key), scenario)
        return Assumption(measure, self.place(key), read)

    def field(self, name: str, value: object, key: str) -> Field:
        rule = self.schema.fields.get(name)
        if rule is None:
            raise self.complaint(key, _("ist kein Feld des Maßnahmenschemas"))
        return Field(self.place(key), self.typed(rule, value, key))

    def typed(self, rule: FieldRule, value: object, key: str) -> Decimal | str | date:
        if rule.type in _NUMBERS | {"date"} and isinstance(value, int | Decimal) and not isinstance(value, bool):
            return self.bounded(rule, Decimal(value), key)
        if rule.type == "date" and isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if rule.type not in _NUMBERS | {"date"} and isinstance(value, str):
            return value
        if rule.type == "list" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            return "; ".join(value)
        wanted = _("Jahr oder Datum") if rule.type == "date" else _("Zahl") if rule.type in _NUMBERS else _("Text")
        raise self.complaint(key, _("{value} passt nicht, hier steht: {wanted}").format(value=value, wanted=wanted))

    def bounded(self, rule: FieldRule, value: Decimal, key: str) -> Decimal:
        if rule.minimum is not None and value < rule.minimum:
            raise self.complaint(key, _("{value} ist kleiner als {limit}").format(value=value, limit=rule.minimum))
        if rule.maximum is not None and value > rule.maximum:
            raise self.complaint(key, _("{value} ist größer als {limit}").format(value=value, limit=rule.maximum))
        return value

    def place(self, key: str) -> Address:
        """Where the key stands, as an address: the file for a sheet, the line for a row."""
        return Address(self.path.name, nearest(self.lines, key) or 1, 1)

    def complaint(self, key: str, what: str) -> BadConfiguration:
        return BadConfiguration(
            "bad-assumption",
            _("{path}, Zeile {line}: „{key}“ {what}.").format(
                path=self.path, line=nearest(self.lines, key) or 1, key=key, what=what
            ),
            _("Felder und ihre Bedeutung nennt: pik-excel schema"),
        )
