"""The findings as SARIF 2.1.0 (OASIS): a cell is a logical location inside the workbook, which is the artifact."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any  # a JSON document has no narrower type
from urllib.parse import quote

from pik_excel.checks.catalogue import Rule, catalogue
from pik_excel.checks.finding import Finding, Severity
from pik_excel.checks.suppression import Suppressed
from pik_excel.language import _, active
from pik_excel.report.checked import TOOL, Checked
from pik_excel.report.json import dumped

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def findings_sarif(results: Sequence[Checked]) -> str:
    """One run with the whole catalogue as its rules; what was set aside is a suppressed result."""
    rules = tuple(catalogue().values())
    places = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {**TOOL, "semanticVersion": TOOL["version"], "rules": [_rule(rule) for rule in rules]}},
        "language": {"de": "de-DE", "en": "en-US"}[active()],
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(result) for result in results],
        "invocations": [
            {
                "executionSuccessful": not any(result.refused for result in results),
                "toolExecutionNotifications": [
                    one for index, result in enumerate(results) for one in _notifications(result, index)
                ],
            }
        ],
        "results": [one for index, result in enumerate(results) for one in _results(result, index, places)],
    }
    return dumped({"$schema": SCHEMA, "version": VERSION, "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _(rule.title)},
        "help": {"text": _(rule.page)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["spreadsheet", "budget", rule.code[:3]]},
    }


def _artifact(result: Checked) -> dict[str, Any]:
    hashes = {"hashes": {"sha-256": result.sha256}} if result.sha256 else {}
    return {"location": {"uri": _uri(result)}, **hashes}


def _notifications(result: Checked, index: int) -> Iterator[dict[str, Any]]:
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(result), "index": index}}}
    if result.refused:
        text = f"{result.refused.message} {result.refused.hint}".strip()
        yield {
            "level": "error",
            "descriptor": {"id": result.refused.code},
            "message": {"text": text},
            "locations": [location],
        }
    for what in (*result.unread, *result.remarks):
        yield {"level": "warning", "message": {"text": what}, "locations": [location]}


def _results(result: Checked, index: int, places: dict[str, int]) -> Iterator[dict[str, Any]]:
    for finding in result.findings:
        yield _result(finding, result, index, places)
    for one in result.suppressed:
        yield {**_result(one.finding, result, index, places), "suppressions": [_suppression(one)]}


def _result(finding: Finding, result: Checked, index: int, places: dict[str, int]) -> dict[str, Any]:
    text = f"{finding.message} → {finding.hint}" if finding.hint else finding.message
    related = [_location(result, index, *_split(place, finding.sheet)) for place in finding.related]
    return {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(result, index, finding.sheet, finding.range)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"pikExcel/v1": finding.fingerprint},
        "properties": {"stated": finding.stated, "expected": finding.expected},
    }


def _location(result: Checked, index: int, sheet: str, cells: str) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(result), "index": index}},
        "logicalLocations": [{"name": cells, "fullyQualifiedName": f"{sheet}!{cells}", "kind": "cell"}],
    }


def _split(place: str, sheet: str) -> tuple[str, str]:
    """ "Maßnahmen!C3:C13" as sheet and cells; without a sheet the finding's own."""
    named, _mark, cells = place.rpartition("!")
    return named or sheet, cells


def _suppression(one: Suppressed) -> dict[str, str]:
    return {"kind": "inSource" if one.in_workbook else "external", "justification": f"{one.reason} ({one.source})"}


def _uri(result: Checked) -> str:
    return quote(os.fsencode(result.path.as_posix()))
