"""How is the schema in force written for machines: JSON, TOML, and a Frictionless Table Schema?

The TOML can be used as a `pik-excel.toml`: laid over the schema that comes with the program, it gives the same schema
again. The Table Schema describes a tidy table of measures, one row a measure and year, as
https://datapackage.org/standard/table-schema/ says; what that does not know stands in keys under "pik:".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any  # JSON and TOML hold values of any kind

from pik_excel import __version__
from pik_excel.schema import FieldRule, Origin, Schema
from pik_excel.schema.files import BUILT_IN

FORMAT = "pik-excel/schema/1"
_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {"money": "number", "share": "number", "list": "string"}
_SECTIONS = (
    *("settings", "limits", "fields", "words", "status", "kinds", "units", "projection", "land", "chart", "products"),
    *("account_words", "own_share", "need", "cost_types", "eligibility", "aliases"),
)
# What tells two rows of a tidy table apart.
_PRIMARY_KEY = ("bezeichnung", "produkt", "jahr", "werttyp")
_LONGEST_LINE = 120


def data_of(schema: Schema) -> dict[str, Any]:
    """The schema as the sections of its TOML files, numbers as Decimal."""
    return {
        "settings": {"land": schema.land, "default_unit": schema.default_unit},
        "limits": _plain(schema.limits),
        "fields": {key: _field(rule) for key, rule in schema.fields.items()},
        "words": _plain(schema.words),
        "status": _plain(schema.status),
        "kinds": _plain(schema.kinds),
        "units": _plain(schema.units),
        "projection": {"default_rule": schema.projection.default_rule, "rules": _plain(schema.projection.rules)},
        "land": {key: _plain(land) for key, land in schema.lands.items()},
        "chart": _plain(schema.charts),
        "products": _plain(schema.products),
        "account_words": {key: _plain(words) for key, words in schema.account_words.items()},
        "own_share": _plain(schema.own_share),
        "need": _plain(schema.need),
        "cost_types": _plain(schema.cost_types),
        "eligibility": {key: _plain(one) for key, one in schema.eligibility.items()},
        "aliases": _plain(schema.aliases),
    }


def schema_json(schema: Schema) -> str:
    """All sections, and under "origins" for each part the file and line it comes from."""
    origins = {key: origin_of(one) for key, one in schema.origins.items()}
    document = {
        "schema": FORMAT,
        "tool": {"name": "pik-excel", "version": __version__},
        **data_of(schema),
        "workbooks": list(schema.workbooks),
        "origins": origins,
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_number)


def schema_toml(schema: Schema) -> str:
    """All sections as TOML; a comment says where a section comes from."""
    return "\n".join(_toml(data_of(schema), schema)).strip("\n")


def table_schema(schema: Schema) -> str:
    """The Frictionless Table Schema, as JSON."""
    rules = [*schema.fields.values()]
    if "jahr" not in schema.fields:
        rules.append(FieldRule("jahr", "Jahr", "year", (), "year"))
    names = {rule.key for rule in rules}
    document: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": "pik-excel-measures",
        "title": "Haushaltsmaßnahmen",
        "fields": [_frictionless(rule) for rule in rules],
        "missingValues": ["", *schema.words.dash, *schema.words.not_given],
        "primaryKey": [key for key in _PRIMARY_KEY if key in names],
        "pik:version": __version__,
        "pik:missing": {"blank": [""], "dash": list(schema.words.dash), "notGiven": list(schema.words.not_given)},
        "pik:land": schema.land,
        "pik:accountGroups": _plain(schema.account_groups),
        "pik:productAreas": _plain(schema.products.get(schema.land, {})),
        "pik:units": {unit: list(words) for unit, words in schema.units.items()},
        "pik:limits": _plain(schema.limits),
        "pik:aliases": _plain(schema.aliases),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_number)


def origin_of(origin: Origin) -> str:
    """ "limits.toml:3": our own files by their name, others by their path."""
    path = Path(origin.path.name) if origin.path.parent == BUILT_IN else origin.path
    return f"{path}:{origin.line}" if origin.line else str(path)


def _frictionless(rule: FieldRule) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": rule.key,
        "title": rule.name,
        "type": _TYPES.get(rule.type, rule.type),
    }
    described |= _typing(rule.type)
    constraints: dict[str, Any] = {
        name: value
        for name, value in (
            ("required", rule.required or None),
            ("unique", rule.unique or None),
            ("minimum", rule.minimum),
            ("maximum", rule.maximum),
            ("pattern", rule.pattern),
            ("enum", list(rule.values) or None),
        )
        if value is not None
    }
    if constraints:
        described["constraints"] = constraints
    described["pik:type"] = rule.type
    described["pik:english"] = rule.english
    described["pik:headers"] = list(rule.headers)
    if rule.checked_by:
        described["pik:checkedBy"] = list(rule.checked_by)
    return described


def _typing(kind: str) -> dict[str, Any]:
    """How values of the type are written in German."""
    german: dict[str, Any] = {"decimalChar": ",", "groupChar": "."}
    by_kind: dict[str, dict[str, Any]] = {
        "money": {**german, "bareNumber": False, "pik:unit": "EUR"},
        "share": german,  # a fraction: 0,447
        "number": german,
        "date": {"format": "%d.%m.%Y"},
        "boolean": {"trueValues": ["ja", "x", "true", "1"], "falseValues": ["nein", "false", "0"]},
        "list": {"pik:separator": ";"},
    }
    return by_kind.get(kind, {})


def _field(rule: FieldRule) -> dict[str, Any]:
    whole = {name: value for name, value in _plain(rule).items() if name != "key"}
    usual = _plain(FieldRule("", "", "", (), ""))
    kept = ("name", "english", "headers", "type")
    return {name: value for name, value in whole.items() if name in kept or value != usual[name]}


def _plain(value: Any) -> Any:
    """Records as mappings, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields_of(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _number(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{value!r} is no JSON")


# --- TOML -------------------------------------------------------------------------------------------------------------


def _toml(data: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    for section in _SECTIONS:
        yield from _section(section, data[section], schema)


def _section(name: str, entry: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    plain = {key: value for key, value in entry.items() if not isinstance(value, Mapping)}
    if plain or not entry:
        yield ""
        yield f"# {', '.join(_origins(schema, f'{name}.', plain)) or 'leer'}"
        yield f"[{name}]"
        for key, value in plain.items():
            if value is not None:
                yield f"{_key(key)} = {_value(value)}"
    for key, value in entry.items():
        if isinstance(value, Mapping):
            yield from _section(f"{name}.{_key(key)}", value, schema)


def _origins(schema: Schema, section: str, keys: Iterable[str]) -> list[str]:
    """The files of a section's parts, each once with its first line."""
    first: dict[Path, Origin] = {}
    bare = section.replace('"', "")
    for key in keys:
        origin = schema.origins.get(bare + key)
        if origin and (origin.path not in first or (origin.line or 0) < (first[origin.path].line or 0)):
            first[origin.path] = origin
    return [origin_of(origin) for origin in first.values()]


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    items = [_value(one) for one in value]
    line = f"[{', '.join(items)}]"
    if len(line) <= _LONGEST_LINE:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
