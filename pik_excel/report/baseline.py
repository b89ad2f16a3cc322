"""Which findings are known already and wait for later? A baseline is the list of them, by workbook.

A finding is known as long as it has the same fingerprint (which survives inserted rows and columns) and the same number
stands there: a known wrong total that is wrong in another way today is a new finding.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from os.path import relpath
from pathlib import Path, PurePath

from pik_excel.checks.finding import Finding
from pik_excel.checks.suppression import Suppressed
from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.records import dataclass
from pik_excel.report.checked import Checked
from pik_excel.report.json import dumped

FORMAT = "pik-excel/baseline/1"


Entry = Mapping[str, str | None]
"""A known finding as the file has it: fingerprint, code, at, stated, message."""


@dataclass(frozen=True)
class Baseline:
    """The known findings, by the workbook's path as seen from the baseline's folder."""

    path: Path
    entries: Mapping[str, Sequence[Entry]]


def baseline_of(path: Path) -> Baseline:
    """The baseline in the file; raises BadConfiguration where it is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        if document["schema"] != FORMAT:
            raise ValueError(document["schema"])
        for entry in (entry for entries in document["workbooks"].values() for entry in entries):
            entry["fingerprint"], entry["code"], entry["stated"]
        return Baseline(path, document["workbooks"])
    except FileNotFoundError:
        raise BadConfiguration(
            "no-baseline",
            _("{path}: Diese Datei gibt es nicht.").format(path=path),
            _("Mit --update-baseline wird sie aus den heutigen Befunden angelegt."),
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadConfiguration(
            "bad-baseline",
            _("{path}: keine Liste bekannter Befunde ({error}).").format(path=path, error=error),
            _("Bitte den genannten Fehler beheben, oder die Datei löschen und mit --update-baseline neu anlegen."),
        ) from None


def updated(baseline: Baseline, results: Iterable[Checked], ran: Collection[str]) -> Baseline:
    """The baseline with today's findings. What was not looked at stays: other workbooks, and rules that did not run."""
    entries = dict(baseline.entries)
    for result in results:
        if not result.refused:
            name = _name(result.path, baseline.path)
            others = [entry for entry in entries.get(name, ()) if entry["code"] not in ran]
            entries[name] = [*others, *map(_entry, result.findings)]
    return Baseline(baseline.path, entries)


def as_text(baseline: Baseline) -> str:
    """The baseline as its file has it, one finding after the other, so that a difference can be read."""
    return dumped({"schema": FORMAT, "workbooks": dict(sorted(baseline.entries.items()))})


def without_known(result: Checked, baseline: Baseline) -> Checked:
    """The result with the known findings set aside. A workbook of another name is not looked for: departments fill in
    the same form, and what is known of one says nothing of the other."""
    if result.refused:
        return result
    name = _name(result.path, baseline.path)
    if name not in baseline.entries:
        what = _("{path} kennt keine Mappe „{name}“: alle Befunde gelten als neu.")
        return replace(result, remarks=(*result.remarks, what.format(path=baseline.path.name, name=name)))
    known = {entry["fingerprint"]: entry["stated"] for entry in baseline.entries[name]}
    old = [one for one in result.findings if one.fingerprint in known and _same(one.stated, known[one.fingerprint])]
    aside = (Suppressed(one, _("bekannt"), baseline.path.name, in_workbook=False) for one in old)
    return replace(
        result,
        findings=tuple(one for one in result.findings if one not in old),
        suppressed=(*result.suppressed, *aside),
    )


def _name(workbook: PurePath, baseline: Path) -> str:
    return Path(relpath(Path(workbook).resolve(), baseline.resolve().parent)).as_posix()


def _entry(finding: Finding) -> Entry:
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "at": f"{finding.sheet}!{finding.range}",
        "stated": finding.stated,
        "message": finding.message,
    }


def _same(stated: str | None, then: str | None) -> bool:
    """Only numbers are compared: a formula that reads other rows today may be the old one, moved."""
    one, other = _number(stated), _number(then)
    return one is None or other is None or one == other


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text or "")
    except InvalidOperation:
        return None
