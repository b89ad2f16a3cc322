"""How does each of many workbooks stand? A line each: red, yellow or green, and how many findings of which severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pik_excel.checks.finding import Severity
from pik_excel.language import _, plural
from pik_excel.report.checked import Checked

RED, YELLOW, GREEN = "red", "yellow", "green"
_COLUMN = 9
_MARK = {RED: "●", YELLOW: "◐", GREEN: "○"}
_PAINT = {RED: "error", YELLOW: "warning", GREEN: "added"}


def light_of(result: Checked) -> str:
    """Red: errors, or not read. Yellow: warnings, or read only in part. Green: at most notices."""
    if result.refused or result.count(Severity.ERROR):
        return RED
    return YELLOW if result.unread or result.count(Severity.WARNING) else GREEN


def ampel_lines(results: Sequence[Checked], width: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    """The table in lines of at most this width."""
    heads = (plural("Fehler", "Fehler", 2), plural("Warnung", "Warnungen", 2), plural("Hinweis", "Hinweise", 2))
    light, path = _("Ampel"), _("Mappe")
    room = width - 14 - 3 * (_COLUMN + 1)
    yield f"{light:<14}{path:<{room}}" + "".join(f" {head:>{_COLUMN}}" for head in heads)
    words = {RED: _("rot"), YELLOW: _("gelb"), GREEN: _("grün")}
    for result in results:
        light = light_of(result)
        sign = paint(f"{_MARK[light]} {words[light]:<12}", _PAINT[light])
        yield f"{sign}{_short(str(result.path), room):<{room}}{_figures(result)}"


def _figures(result: Checked) -> str:
    if result.refused:
        refused = _("nicht gelesen")
        return f" {refused:>{3 * (_COLUMN + 1) - 1}}"
    counts = (result.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTICE))
    return "".join(f" {count:>{_COLUMN}}" for count in counts)


def _short(path: str, room: int) -> str:
    return path if len(path) < room else f"…{path[-(room - 2) :]}"
