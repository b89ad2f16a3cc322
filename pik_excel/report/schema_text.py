"""The schema in force as text for people: what holds, and which file and line says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pik_excel.budget.tables import Budget
from pik_excel.language import _, number
from pik_excel.report.schema_data import origin_of
from pik_excel.report.text import WIDTH, Paint, plain, wrapped
from pik_excel.schema import FieldRule, Schema
from pik_excel.schema.files import BUILT_IN

# What a workbook's own "Annahmen" say instead of the schema, for one measure.
_SAID_BY_WORKBOOKS = (
    *("kontenrahmen", "anteil", "hoechstbetrag", "mindesteigenanteil", "eigenanteil_quellen", "foerderfaehig"),
    *("aliase", "foerderzeitraum_bis", "bedarfszeitraum_bis"),
)


def schema_text(schema: Schema, budget: Budget | None = None, paint: Paint = plain) -> str:
    """The whole schema; with a budget also what its "Annahmen" say instead."""
    return "\n".join(_lines(schema, budget, paint)).strip("\n")


def _lines(schema: Schema, budget: Budget | None, paint: Paint) -> Iterator[str]:
    yield paint(_("Maßnahmenschema"), "place")
    yield from _files(schema)
    land = schema.lands.get(schema.land)
    name = f"{land.name} ({schema.land})" if land else schema.land
    yield from _line(_("Land: {land}").format(land=name), schema, "settings.land")
    unit = _("Einheit, wo keine angegeben ist: {unit}").format(unit=schema.default_unit)
    yield from _line(unit, schema, "settings.default_unit")
    yield from _heading(_("Felder"), paint)
    for rule in schema.fields.values():
        yield from _field(rule, schema)
    yield from _heading(_("Grenzen"), paint)
    for key, words in _limits().items():
        value = getattr(schema.limits, key)
        yield from _line(f"{words}: {number(value)}", schema, f"limits.{key}")
    yield from _codes(_("Kontengruppen"), schema.charts, "chart", schema, paint)
    yield from _codes(_("Produktbereiche"), schema.products, "products", schema, paint)
    yield from _funding(schema, paint)
    yield from _lists(_("Wörter"), _words(schema), schema, paint)
    if schema.aliases:
        names = {f"aliases.{name}": (name, others) for name, others in schema.aliases.items()}
        yield from _lists(_("Andere Namen derselben Maßnahme"), names, schema, paint)
    if budget is not None:
        yield from _assumptions(budget, schema, paint)


def _files(schema: Schema) -> Iterator[str]:
    own = dict.fromkeys(one.path for one in schema.origins.values() if one.path.parent != BUILT_IN)
    for path in own:
        yield from wrapped(_("Angepasst durch {path}.").format(path=path), "  ")
    if not own:
        yield from wrapped(_("Wie mitgeliefert; eine pik-excel.toml im Ordner der Mappe passt es an."), "  ")


def _field(rule: FieldRule, schema: Schema) -> Iterator[str]:
    yield from _line(f"{rule.name} ({rule.key}): {', '.join(_constraints(rule))}", schema, f"fields.{rule.key}.name")
    label = _("steht als: {headers}") if rule.structural else _("Überschriften: {headers}")
    yield from wrapped(label.format(headers=" · ".join(rule.headers)), "      ")
    if rule.checked_by:
        yield from wrapped(_("geprüft von {rules}").format(rules=", ".join(rule.checked_by)), "      ")


def _constraints(rule: FieldRule) -> Iterator[str]:
    yield _types().get(rule.type, rule.type)
    if rule.required:
        yield _("Pflicht")
    if rule.unique:
        yield _("eindeutig")
    if rule.minimum is not None:
        yield _("mindestens {value}").format(value=number(rule.minimum))
    if rule.maximum is not None:
        yield _("höchstens {value}").format(value=number(rule.maximum))
    if rule.values:
        yield _("eines von {values}").format(values=", ".join(rule.values))
    if rule.pattern:
        yield _("Muster {pattern}").format(pattern=rule.pattern)


def _types() -> dict[str, str]:
    return {
        "string": _("Text"),
        "integer": _("ganze Zahl"),
        "number": _("Zahl"),
        "money": _("Betrag"),
        "share": _("Anteil"),
        "date": _("Datum"),
        "year": _("Jahr"),
        "boolean": _("ja/nein"),
        "list": _("Liste"),
    }


def _limits() -> dict[str, str]:
    return {
        "jump": _("Sprung von Jahr zu Jahr, erwähnt ab dem Anteil"),
        "jump_from": _("Sprünge, erwähnt ab EUR"),
        "similar": _("Ähnlichkeit zweier Namen, ab der eine Umbenennung vermutet wird"),
        "own_share": _("Mindesteigenanteil, wo keiner genannt ist (0: keiner)"),
    }


def _codes(
    title: str, charts: Mapping[str, Mapping[str, str]], section: str, schema: Schema, paint: Paint
) -> Iterator[str]:
    """Those of the Land in force one by one, of the others only how many there are."""
    land = schema.lands.get(schema.land)
    yield from _heading(f"{title} {schema.land}", paint)
    if land and land.source and section == "chart":
        yield from wrapped(_("Quelle: {source}").format(source=land.source), "  ")
    for code, name in sorted(charts.get(schema.land, {}).items()):
        yield from _line(f"{code} {name}", schema, f"{section}.{schema.land}.{code}")
    others = [f"{other} ({len(codes)})" for other, codes in charts.items() if other != schema.land]
    if others:
        yield from wrapped(_("Außerdem hinterlegt: {lands}.").format(lands=", ".join(others)), "  ")


def _funding(schema: Schema, paint: Paint) -> Iterator[str]:
    yield from _lists(
        _("Eigenanteil, Bedarf und Kostenarten"),
        {
            "own_share.sources": (_("als Eigenanteil zählt"), schema.own_share.sources),
            "need.provided": (_("bereitgestellt"), schema.need.provided),
            "need.additional": (_("zusätzlich"), schema.need.additional),
            "need.total": (_("Gesamtbedarf"), schema.need.total),
            **{f"cost_types.{name}": (name, words) for name, words in schema.cost_types.items()},
        },
        schema,
        paint,
    )
    yield from _heading(_("Was Förderprogramme bezahlen"), paint)
    for key, one in schema.eligibility.items():
        what = [
            _("{source}: bezahlt {types}").format(source=one.source[0], types=", ".join(one.eligible) or "–"),
            _("nicht {types}").format(types=", ".join(one.not_eligible) or "–"),
        ]
        yield from _line(f"{key}: {', '.join(what)}", schema, f"eligibility.{key}.programme")
        if one.basis:
            yield from wrapped(one.basis, "      ")
    yield from _heading(_("Namen, die gegen ein Konto sprechen"), paint)
    for key, words in schema.account_words.items():
        text = _("{words} unter {unlikely}; üblich: {likely}").format(
            words=" · ".join(words.words), unlikely=" · ".join(words.unlikely), likely=" · ".join(words.likely)
        )
        yield from _line(text, schema, f"account_words.{key}.words")


def _words(schema: Schema) -> dict[str, tuple[str, Sequence[str]]]:
    found: dict[str, tuple[str, Sequence[str]]] = {}
    for section, words in (("words", vars(schema.words)), ("status", vars(schema.status))):
        found |= {f"{section}.{key}": (key, listed) for key, listed in words.items()}
    for section, lists in (
        ("kinds", schema.kinds),
        ("units", schema.units),
        ("projection.rules", schema.projection.rules),
    ):
        found |= {f"{section}.{key}": (key, listed) for key, listed in lists.items()}
    return found


def _lists(title: str, lists: Mapping[str, tuple[str, Sequence[str]]], schema: Schema, paint: Paint) -> Iterator[str]:
    yield from _heading(title, paint)
    for key, (name, words) in lists.items():
        yield from _line(f"{name}: {' · '.join(words)}", schema, key)


def _assumptions(budget: Budget, schema: Schema, paint: Paint) -> Iterator[str]:
    """What the workbook itself says of single measures; it goes before the schema."""
    yield from _heading(_("Annahmen der Mappe (gehen vor)"), paint)
    said = False
    for table in budget.assumptions:
        for row in table.rows:
            for key in _SAID_BY_WORKBOOKS:
                field = row.field(key)
                if field is None or field.value is None:
                    continue
                said = True
                shown = field.stated or field.text or (number(field.decimal) if field.decimal is not None else "")
                text = f"{row.measure}: {schema.fields[key].name} {shown or field.value}"
                yield from _with_origin(text, str(field.at))
    if not said:
        yield "  " + _("keine")


def _heading(text: str, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint(text, "place")


def _line(text: str, schema: Schema, key: str) -> Iterator[str]:
    origin = schema.origins.get(key) or schema.origins.get(key.rpartition(".")[0] + ".headers")
    yield from _with_origin(text, origin_of(origin) if origin else "")


def _with_origin(text: str, origin: str) -> Iterator[str]:
    """The text, and where it comes from at the end of its last line or on one of its own."""
    lines = wrapped(text, "      ", "  ") or ["  "]
    note = f"[{origin}]" if origin else ""
    if note and len(lines[-1]) + len(note) + 2 <= WIDTH:
        lines[-1] = f"{lines[-1]}{note:>{WIDTH - len(lines[-1])}}"
    elif note:
        lines.append(f"{note:>{WIDTH}}")
    yield from lines
