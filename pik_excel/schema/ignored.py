"""Which findings does a `pik-excel.toml` set aside, and why?

[[ignore]]
rules = ["SUM02"]            # codes, families ("SUM") or names ("total-typed-in")
reason = "Ist-Werte aus SAP" # required: what nobody can explain is no exception but an error
workbook = "haushalt-*.xlsx" # all of these may be left out
sheet = "Anlage *"
range = "D10:F10"
until = 2027-06-30           # from the day after it speaks again
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any  # what a TOML file holds

from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.schema.place import line_of
from pik_excel.schema.records import Ignored, Origin

KEYS = ("rules", "reason", "workbook", "sheet", "range", "until")


def ignored(entries: object, path: Path, text: str) -> tuple[Ignored, ...]:
    """The entries `[[ignore]]`; raises BadConfiguration with file, line, key and what is allowed."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _bad(path, text, "ignore", _("Das ist keine Liste."), _("Erlaubt: [[ignore]] mit Zeilen darunter."))
    return tuple(_entry(entry, f"ignore.{index}", path, text) for index, entry in enumerate(entries))


def _entry(entry: Mapping[str, Any], at: str, path: Path, text: str) -> Ignored:
    if unknown := next((key for key in entry if key not in KEYS), None):
        allowed = _("Erlaubt: {names}.").format(names=", ".join(KEYS))
        raise _bad(path, text, f"{at}.{unknown}", _("Diesen Schlüssel gibt es nicht."), allowed)
    rules = entry.get("rules", [])
    rules = [rules] if isinstance(rules, str) else rules
    if not isinstance(rules, list) or not rules or not all(isinstance(word, str) and word.strip() for word in rules):
        hint = _('Erlaubt: rules = ["SUM02"], auch Familien („SUM“) und Namen.')
        raise _bad(path, text, f"{at}.rules", _("Hier fehlt, welche Regeln gemeint sind."), hint)
    for key in ("reason", "workbook", "sheet", "range"):
        if not isinstance(entry.get(key, ""), str):
            what = _("„{value}“ passt hier nicht.").format(value=entry[key])
            raise _bad(path, text, f"{at}.{key}", what, _("Erlaubt: ein Text."))
    if not entry.get("reason", "").strip():
        hint = _('Bitte ergänzen: reason = "…", warum der Befund hingenommen wird.')
        raise _bad(path, text, f"{at}.reason", _("Die Begründung fehlt."), hint)
    if "until" in entry and type(entry["until"]) is not date:
        what = _("„{value}“ ist kein Datum.").format(value=entry["until"])
        raise _bad(path, text, f"{at}.until", what, _("Erlaubt: until = 2027-06-30."))
    return Ignored(
        rules=tuple(word.strip() for word in rules),
        reason=entry["reason"].strip(),
        origin=Origin(path, line_of(text, at)),
        workbook=entry.get("workbook"),
        sheet=entry.get("sheet"),
        range=entry.get("range"),
        until=entry.get("until"),
    )


def _bad(path: Path, text: str, at: str, what: str, hint: str) -> BadConfiguration:
    line = line_of(text, at)
    return BadConfiguration("bad-configuration", f"{path}:{line}: {at.partition('.')[0]}: {what}", hint)
