"""A consolidation on the terminal: how each file stands, what the years come to, what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pik_excel.consolidation.record import Consolidation, Note, Source
from pik_excel.language import _, number, plural
from pik_excel.report.text import WIDTH, Paint, plain, wrapped
from pik_excel.writeback.consolidated.summary_sheet import GREEN, RED, YELLOW, light_of
from pik_excel.writeback.consolidated.sums import Sums

_COLUMN = 9
_MARK = {RED: "●", YELLOW: "◐", GREEN: "○"}
_PAINT = {RED: "error", YELLOW: "warning", GREEN: "added"}
_MOST = 20  # notes that are said; all of them stand in the workbook


def consolidation_text(found: Consolidation, output: Path | None, paint: Paint = plain) -> str:
    """All of it."""
    return "\n".join(_lines(found, output, paint))


def _lines(found: Consolidation, output: Path | None, paint: Paint) -> Iterator[str]:
    yield from _files(found, paint)
    if found.lines:
        yield ""
        yield from _years(found, paint)
    if found.notes:
        yield ""
        yield from _notes(found)
    if output is not None:
        yield ""
        yield from wrapped(_("geschrieben: {file}").format(file=output), "    ", "  ")


def _files(found: Consolidation, paint: Paint) -> Iterator[str]:
    heads = (plural("Fehler", "Fehler", 2), plural("Warnung", "Warnungen", 2), plural("Hinweis", "Hinweise", 2))
    light, path, rows = _("Ampel"), _("Mappe"), _("Zeilen")
    room = WIDTH - 14 - 4 * (_COLUMN + 1)
    yield f"{light:<14}{path:<{room}}" + "".join(f" {head:>{_COLUMN}}" for head in (rows, *heads))
    words = {RED: _("rot"), YELLOW: _("gelb"), GREEN: _("grün")}
    for source in found.sources:
        light = light_of(source)
        sign = paint(f"{_MARK[light]} {words[light]:<12}", _PAINT[light])
        yield f"{sign}{_short(str(source.path), room):<{room}}{_figures(source)}"
        if source.refused is not None:
            yield from wrapped(source.refused.message, "    ", "    ")
            yield from wrapped(source.refused.hint, "      ", "    → ")
        yield from _missing(source)


def _figures(source: Source) -> str:
    if source.refused is not None:
        refused = _("nicht gelesen")
        return f" {refused:>{4 * (_COLUMN + 1) - 1}}"
    counts = (len(source.gathered.entries), source.errors, source.warnings, source.notices)
    return "".join(f" {count:>{_COLUMN}}" for count in counts)


def _missing(source: Source) -> Iterator[str]:
    """What may lack in the totals by this file."""
    for sheet in source.unread:
        yield from wrapped(_("nicht gelesen: {why}").format(why=sheet), "      ", "    ")
    for one in source.gathered.left_out:
        if one.grave:
            yield from wrapped(_("nicht enthalten: {at}: {why}").format(at=one.at, why=one.why), "      ", "    ")


def _years(found: Consolidation, paint: Paint) -> Iterator[str]:
    """What the counted lines come to, year by year."""
    sums = Sums(found)
    lines = sum(line.entry.counted for line in found.lines)
    said = plural(
        "Bedarf aus {count} gezählter Zeile, {unit}", "Bedarf aus {count} gezählten Zeilen, {unit}", lines
    ).format(count=number(lines), unit=found.unit.value)
    yield paint(said, "place")
    amounts = [(sums.heading(column), number(sums.value(column), found.digits)) for column in sums.columns()]
    wide, right = max(len(head) for head, _value in amounts), max(len(value) for _head, value in amounts)
    for head, value in amounts:
        yield f"  {head:<{wide}}  {value:>{right}}"


def _notes(found: Consolidation) -> Iterator[str]:
    count = len(found.notes)
    yield plural("{count} Hinweis:", "{count} Hinweise:", count).format(count=count)
    for note in sorted(found.notes, key=_weight)[:_MOST]:
        yield from wrapped(note.message, "    ", "  • ")
        if note.hint:
            yield from wrapped(note.hint, "      ", "    → ")
    if count > _MOST:
        yield "  " + _("… und {count} weitere, alle im Blatt „Hinweise“").format(count=count - _MOST)


def _weight(note: Note) -> int:
    """What makes totals wrong comes first."""
    order = ("versions", "not-readable", "columns-unclear", "same-name", "same-file", "in-both", "stated-again")
    return order.index(note.code) if note.code in order else len(order)


def _short(path: str, room: int) -> str:
    return path if len(path) < room else f"…{path[-(room - 2) :]}"
