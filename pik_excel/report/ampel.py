"""How does each of many workbooks, and each department, stand? A line each: red, yellow or green, and the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pik_excel.checks.finding import Severity
from pik_excel.language import _, plural
from pik_excel.report.checked import Checked
from pik_excel.report.departments import Standing, Standings
from pik_excel.report.light import GREEN, RED, YELLOW, light_of

_COLUMN = 9
_MARK = {RED: "●", YELLOW: "◐", GREEN: "○"}
_PAINT = {RED: "error", YELLOW: "warning", GREEN: "added"}


def ampel_lines(results: Iterable[Checked], width: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    """The table in lines of at most this width, and below it that of the departments, where there are any."""
    light, path = _("Ampel"), _("Mappe")
    room = width - 14 - 3 * (_COLUMN + 1)
    yield f"{light:<14}{path:<{room}}" + "".join(f" {head:>{_COLUMN}}" for head in _heads())
    standings = Standings()
    for result in results:
        standings.add(result)
        yield f"{_sign(light_of(result), paint)}{_short(str(result.path), room):<{room}}{_figures(result)}"
    if departments := standings.by_department():
        yield ""
        yield from _department_lines(departments, width, paint)


def _department_lines(
    departments: Mapping[str, Standing], width: int, paint: Callable[[str, str], str]
) -> Iterator[str]:
    light, name = _("Ampel"), _("Amt")
    heads = (_("Mappen"), _("rot"), _("gelb"), _("grün"), *_heads()[:2])
    widths = (6, 4, 4, 4, 6, 9)
    room = width - 14 - sum(widths) - len(widths)
    yield f"{light:<14}{name:<{room}}" + "".join(f" {head:>{wide}}" for head, wide in zip(heads, widths, strict=True))
    for name, one in departments.items():
        figures = (one.workbooks, one.red, one.yellow, one.green, one.errors, one.warnings)
        shown = "".join(f" {figure:>{wide}}" for figure, wide in zip(figures, widths, strict=True))
        yield f"{_sign(one.light, paint)}{_cut(name or _('ohne Amt'), room):<{room}}{shown}"


def _heads() -> tuple[str, str, str]:
    return plural("Fehler", "Fehler", 2), plural("Warnung", "Warnungen", 2), plural("Hinweis", "Hinweise", 2)


def _sign(light: str, paint: Callable[[str, str], str]) -> str:
    words = {RED: _("rot"), YELLOW: _("gelb"), GREEN: _("grün")}
    return paint(f"{_MARK[light]} {words[light]:<12}", _PAINT[light])


def _figures(result: Checked) -> str:
    if result.refused:
        refused = _("nicht gelesen")
        return f" {refused:>{3 * (_COLUMN + 1) - 1}}"
    counts = (result.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTICE))
    return "".join(f" {count:>{_COLUMN}}" for count in counts)


def _short(path: str, room: int) -> str:
    return path if len(path) < room else f"…{path[-(room - 2) :]}"


def _cut(name: str, room: int) -> str:
    return name if len(name) < room else f"{name[: room - 2]}…"
