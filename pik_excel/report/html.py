"""The findings as one page for the browser: nothing is loaded from anywhere, and it prints well.

Each workbook with its counts and a chart, each sheet as a grid with its marked cells, below it the findings. Of very
many of a kind the first are told one by one; the others open in a list of short lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any  # what a template is given

from pik_excel.checks.catalogue import catalogue
from pik_excel.checks.finding import Finding, Severity
from pik_excel.language import _, active, number, plural
from pik_excel.report.checked import TOOL, Checked
from pik_excel.report.sheet_view import SheetView
from pik_excel.report.template import rendered
from pik_excel.report.text import counts, severity_word
from pik_excel.report.told import Others, told

CHART = 620  # the width of the longest bar, in pixels, unless that made a single finding look like many
MOST_EACH = 40
MOST_LISTED = 1_000  # short lines of one kind; a browser holds more, but nobody reads them


def findings_html(results: Sequence[Checked]) -> str:
    """The page."""
    return rendered(
        "findings.html",
        language=active(),
        tool=TOOL,
        words=_words(),
        severities=[(one.value, severity_word(one)) for one in Severity],
        cards=[_card(one, sum(result.count(one) for result in results)) for one in Severity],
        workbooks=[_workbook(result, index) for index, result in enumerate(results)],
    )


def _card(severity: Severity, count: int) -> dict[str, Any]:
    word = {
        Severity.ERROR: plural("Fehler", "Fehler", count),
        Severity.WARNING: plural("Warnung", "Warnungen", count),
        Severity.NOTICE: plural("Hinweis", "Hinweise", count),
    }[severity]
    return {"severity": severity.value, "count": count, "word": word}


def _workbook(result: Checked, index: int) -> dict[str, Any]:
    numbers = {one.fingerprint: f"{index + 1}-{place}" for place, one in enumerate(result.findings, 1)}
    severity = {one.fingerprint: one.severity for one in result.findings}
    views = {view.name: view for view in result.views}
    sheets: dict[str, list[Finding | Others]] = {}
    for one in told(result.findings):
        sheets.setdefault(one.sheet, []).append(one)
    return {
        "path": str(result.path),
        "sha256": result.sha256,
        "refused": result.refused,
        "read": plural("{count} Tabelle erkannt", "{count} Tabellen erkannt", len(result.tables)).format(
            count=len(result.tables)
        ),
        "counts": counts(result.findings),
        "unread": result.unread,
        "remarks": result.remarks,
        "chart": _chart(result.findings),
        "sheets": [
            {
                "title": _("Blatt „{name}“").format(name=name),
                "view": _grid(views[name], numbers, severity, result.findings) if name in views else None,
                "findings": [_told(one, numbers) for one in listed],
            }
            for name, listed in sheets.items()
        ],
        "suppressed": [
            {"at": f"{one.finding.sheet}!{one.finding.range}", "code": one.finding.code, "why": one}
            for one in result.suppressed
        ],
    }


def _told(told: Finding | Others, numbers: Mapping[str, str]) -> dict[str, Any]:
    return _others(told, numbers) if isinstance(told, Others) else _finding(told, numbers)


def _finding(finding: Finding, numbers: Mapping[str, str]) -> dict[str, Any]:
    place = f"{finding.sheet}!{finding.range.partition(':')[0]}: "
    title, message = _(catalogue()[finding.code].title), finding.message.removeprefix(place)
    return {
        "id": numbers[finding.fingerprint],
        "code": finding.code,
        "title": title,
        "severity": finding.severity.value,
        "word": severity_word(finding.severity),
        "cell": finding.range,
        "message": "" if message == title else message,  # as with --no-values
        "hint": finding.hint,
    }


def _others(others: Others, numbers: Mapping[str, str]) -> dict[str, Any]:
    """Those that are folded, in one line, and behind it each in a short one."""
    like, rest = others.findings[0], len(others.findings) - MOST_LISTED
    more = _("… und {n} weitere bis {last}").format(n=number(len(others.findings)), last=others.last)
    left = _("… und {n} weitere, mit -v im Text oder als CSV").format(n=number(rest)) if rest > 0 else ""
    return {
        "code": like.code,
        "title": _(catalogue()[like.code].title),
        "severity": like.severity.value,
        "word": severity_word(like.severity),
        "cell": others.first,
        "message": f"{more} ({others.places})",
        "lines": [(numbers[one.fingerprint], _line(one)) for one in others.findings[:MOST_LISTED]],
        "left": left,
    }


def _line(finding: Finding) -> str:
    """The cell and what is said of it."""
    place = f"{finding.sheet}!{finding.range.partition(':')[0]}: "
    return f"{finding.range}: {finding.message.removeprefix(place)}"


def _grid(
    view: SheetView, numbers: Mapping[str, str], severity: Mapping[str, Severity], findings: Sequence[Finding]
) -> dict[str, Any]:
    messages = {one.fingerprint: f"{one.code}: {one.message}" for one in findings}
    rows = []
    for row in view.rows:
        cells = []
        for position, cell in enumerate(row.cells):
            marks = [mark for mark in cell.marks if mark in numbers]
            following = row.cells[position + 1].text if position + 1 < len(row.cells) else ""
            cells.append(
                {
                    "view": cell,
                    "marks": [numbers[mark] for mark in marks],
                    "severity": max((severity[mark] for mark in marks), key=lambda one: one.weight).value
                    if marks
                    else "",
                    "tip": "\n".join(
                        [f"{cell.a1} ={cell.formula}" if cell.formula else cell.a1, *(messages[one] for one in marks)]
                    ),
                    "runs_on": not cell.is_number and not following,
                }
            )
        skipped = plural("{n} Zeile nicht gezeigt", "{n} Zeilen nicht gezeigt", row.skipped).format(n=row.skipped)
        rows.append({"view": row, "cells": cells, "skipped": skipped if row.skipped else ""})
    return {"sheet": view, "rows": rows}


def _chart(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One stacked bar a sheet."""
    sheets: dict[str, dict[str, int]] = {}
    for one in findings:
        bar = sheets.setdefault(one.sheet, {severity.value: 0 for severity in Severity})
        bar[one.severity.value] += 1
    longest = max((sum(bar.values()) for bar in sheets.values()), default=1)
    bars = []
    for name, bar in sheets.items():
        pieces, start = [], 0.0
        for severity, count in bar.items():
            width = count * min(CHART / longest, MOST_EACH)
            if count:
                pieces.append({"severity": severity, "count": count, "x": round(start, 1), "width": round(width, 1)})
            start += width
        bars.append({"name": name, "pieces": pieces, "end": round(start, 1), "count": sum(bar.values())})
    return bars


def _words() -> dict[str, str]:
    return {
        "title": _("Prüfbericht"),
        "show": _("Anzeigen"),
        "by_sheet": _("Befunde je Blatt"),
        "clean": _("keine Befunde"),
        "refused": _("nicht gelesen"),
        "hidden": _("ausgeblendet"),
        "suppressed": _("Ausgenommen"),
        "to_do": _("Was zu tun ist"),
        "made": _("Erstellt mit"),
    }
