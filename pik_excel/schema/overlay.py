"""How does a `pik-excel.toml` change the schema, and what is wrong with one that cannot?

Lists are added to, single values replaced. What is not known is refused: a mistyped key that is silently ignored is a
rule that silently does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn  # Any: what a TOML file holds

from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.schema.place import line_of

TYPES = ("string", "integer", "number", "money", "share", "date", "year", "boolean", "list")
FIELD_KEYS: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "english": str,
    "headers": list,
    "type": str,
    "required": bool,
    "unique": bool,
    "minimum": (int, Decimal),
    "maximum": (int, Decimal),
    "pattern": str,
    "values": list,
    "structural": bool,
    "checked_by": list,
}
# Sections in which names of one's own may be added: of lists, of tables with these keys.
LISTS = ("aliases", "cost_types")
TABLES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "land": {
        "name": str,
        "source": str,
        "complete": list,
        "other_products": list,
        "extraordinary": list,
        "financial_plan": str,
    },
    "account_words": {"words": list, "unless": list, "unlikely": list, "likely": list},
    "eligibility": {"programme": list, "source": list, "eligible": list, "not_eligible": list, "basis": str},
}
NEEDED = {"account_words": ("words",), "eligibility": ("programme", "source")}


def overlaid(
    ours: Mapping[str, Any], own: Mapping[str, Any], path: Path, text: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """`ours` with `own` laid over it, and the keys that `own` set."""
    return _Overlay(path, text, deepcopy(dict(ours))).applied(own)


class _Overlay:
    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self.path, self.text, self.data = path, text, data
        self.added: list[str] = []

    def applied(self, own: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        self._known(own, (*self.data, "workbooks", "ignore"), "")
        for section, entry in own.items():
            if section == "workbooks":
                self.data[section] = self._words(entry, section)
                self.added.append(section)
            elif section == "ignore":
                self.data[section] = entry  # it adds to nothing; `ignored` reads it
            elif section == "fields":
                self._fields(self._table(entry, section))
            elif section == "chart":
                self._codes(section, self._table(entry, section), re.compile(r"\d+"), _("Kontengruppe"), _("Ziffern"))
            elif section == "products":
                two = _("zwei Ziffern")
                self._codes(section, self._table(entry, section), re.compile(r"\d\d"), _("Produktbereich"), two)
            elif section in LISTS:
                for name, others in self._table(entry, section).items():
                    self._extend(self.data[section], name, others, f"{section}.{name}")
            elif section in TABLES:
                self._named_tables(section, self._table(entry, section))
            else:
                self._section(self.data[section], self._table(entry, section), section)
        self._choices()
        return self.data, tuple(self.added)

    def _section(self, ours: dict[str, Any], own: Mapping[str, Any], name: str) -> None:
        self._known(own, ours, name)
        for key, value in own.items():
            at = f"{name}.{key}"
            if isinstance(ours[key], dict):
                self._section(ours[key], self._table(value, at), at)
            elif isinstance(ours[key], list):
                self._extend(ours, key, value, at)
            else:
                kinds: type | tuple[type, ...] = str if isinstance(ours[key], str) else (int, Decimal)
                ours[key] = self._single(value, kinds, at)
                if not isinstance(ours[key], str) and ours[key] < 0:
                    self._refuse(at, _("{value} ist kleiner als 0.").format(value=value), _("Erlaubt: eine Zahl ab 0."))
                self.added.append(at)

    def _fields(self, own: Mapping[str, Any]) -> None:
        for key, entry in own.items():
            at = f"fields.{key}"
            rule = self._table(entry, at)
            self._known(rule, FIELD_KEYS, at)
            ours = self.data["fields"].setdefault(key, {"headers": []})
            for name, value in rule.items():
                if FIELD_KEYS[name] is list:
                    self._extend(ours, name, value, f"{at}.{name}")
                else:
                    ours[name] = self._single(value, FIELD_KEYS[name], f"{at}.{name}")
                    self.added.append(f"{at}.{name}")
            if not ours["headers"]:
                self._refuse(at, _("Das neue Feld hat keine Überschriften."), _('Bitte ergänzen: headers = ["…"].'))
            if ours.get("type", "string") not in TYPES:
                self._not_one_of(f"{at}.type", ours["type"], TYPES)

    def _named_tables(self, section: str, own: Mapping[str, Any]) -> None:
        for name, entry in own.items():
            at = f"{section}.{name}"
            table = self._table(entry, at)
            self._known(table, TABLES[section], at)
            ours = self.data[section].setdefault(name, {})
            for key, value in table.items():
                if TABLES[section][key] is list:
                    self._extend(ours, key, value, f"{at}.{key}")
                else:
                    ours[key] = self._single(value, TABLES[section][key], f"{at}.{key}")
                    self.added.append(f"{at}.{key}")
            for key in NEEDED.get(section, ()):
                if not ours.get(key):
                    hint = _('Bitte ergänzen: {key} = ["…"].').format(key=key)
                    self._refuse(at, _("Hier fehlt „{key}“.").format(key=key), hint)

    def _codes(self, section: str, own: Mapping[str, Any], pattern: re.Pattern[str], what: str, allowed: str) -> None:
        for land, codes in own.items():
            ours = self.data[section].setdefault(land, {})
            for code, name in self._table(codes, f"{section}.{land}").items():
                at = f"{section}.{land}.{code}"
                if not pattern.fullmatch(code):
                    wrong = _("„{key}“ ist keine Nummer für: {what}.").format(key=code, what=what)
                    self._refuse(at, wrong, _("Erlaubt: {what}.").format(what=allowed))
                ours[code] = self._single(name, str, at)
                self.added.append(at)

    def _choices(self) -> None:
        settings, projection = self.data["settings"], self.data["projection"]
        for name, entry in self.data["eligibility"].items():
            for key in ("eligible", "not_eligible"):
                for cost_type in entry.get(key, ()):
                    if cost_type not in self.data["cost_types"]:
                        self._not_one_of(f"eligibility.{name}.{key}", cost_type, self.data["cost_types"])
        for at, value, allowed in (
            ("settings.land", settings["land"], self.data["chart"]),
            ("settings.default_unit", settings["default_unit"], self.data["units"]),
            ("projection.default_rule", projection["default_rule"], projection["rules"]),
        ):
            if value not in allowed:
                self._not_one_of(at, value, allowed)

    def _extend(self, ours: dict[str, Any], key: str, value: object, at: str) -> None:
        known = ours.setdefault(key, [])
        known += [word for word in self._words(value, at) if word not in known]
        self.added.append(at)

    def _words(self, value: object, at: str) -> list[str]:
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            self._refuse(at, _("Das ist keine Liste von Texten."), _('Erlaubt: ["…", "…"].'))
        return words

    def _single(self, value: object, kinds: type | tuple[type, ...], at: str) -> Any:
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            allowed = {str: _("ein Text"), bool: _("true oder false")}.get(
                kinds if isinstance(kinds, type) else int, _("eine Zahl")
            )
            self._refuse(
                at, _("„{value}“ passt hier nicht.").format(value=value), _("Erlaubt: {what}.").format(what=allowed)
            )
        return value

    def _table(self, value: object, at: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self._refuse(at, _("Das ist kein Abschnitt."), _("Erlaubt: [{key}] mit Zeilen darunter.").format(key=at))
        return value

    def _known(self, own: Iterable[str], allowed: Iterable[str], section: str) -> None:
        names = list(allowed)
        for key in own:
            if key not in names:
                self._unknown(".".join(part for part in (section, key) if part), key, names)

    def _unknown(self, at: str, key: str, names: list[str]) -> NoReturn:
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(key, names, 1, 0.6)
        hint = (
            _("Gemeint ist wohl „{near}“.").format(near=near[0])
            if near
            else _("Erlaubt: {names}.").format(names=", ".join(names))
        )
        self._refuse(at, _("Diesen Schlüssel gibt es nicht."), hint)

    def _not_one_of(self, at: str, value: str, allowed: Iterable[str]) -> NoReturn:
        self._refuse(
            at,
            _("„{value}“ ist nicht vorgesehen.").format(value=value),
            _("Erlaubt: {names}.").format(names=", ".join(allowed)),
        )

    def _refuse(self, at: str, what: str, hint: str) -> NoReturn:
        line = line_of(self.text, at)
        place = f"{self.path}:{line}" if line else str(self.path)
        raise BadConfiguration("bad-configuration", f"{place}: {at}: {what}", hint)
