"""The findings as text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from pik_excel.checks.catalogue import catalogue
from pik_excel.checks.finding import Finding, Severity
from pik_excel.checks.suppression import Suppressed
from pik_excel.checks.wording import severity_word as severity_word
from pik_excel.language import _, number, plural
from pik_excel.report.checked import Checked, Table
from pik_excel.report.excerpt import Excerpt
from pik_excel.report.excerpt_text import row_table
from pik_excel.report.told import Others, told
from pik_excel.report.visible import on_one_line

WIDTH = 80
_SHOWN_IN_FULL = frozenset(("measures-by-year", "long-list", "years-down", "approvals", "months", "flows"))
Paint = Callable[[str, str], str]
"""(text, what) -> the text in colour; `what` is "error", "warning", "notice", "place" or "quiet"."""


def plain(text: str, _what: str) -> str:
    """No colour."""
    return text


def findings_pieces(results: Sequence[Checked], paint: Paint = plain, verbose: bool = False) -> Iterator[str]:
    """All workbooks, one after the other, and a line that counts; piece by piece."""
    by_severity, refused, between = Counter[Severity](), 0, ""
    for result in results:
        yield between + "\n".join(_workbook(result, paint, verbose))
        by_severity.update(one.severity for one in result.findings)
        refused += result.refused is not None
        between = "\n\n"
    if len(results) > 1:
        from pik_excel.report.ampel import ampel_lines

        for line in ampel_lines(results, WIDTH, paint):
            yield between + line
            between = "\n"
        yield "\n\n" + "\n".join(wrapped(_("Zusammen: {counts}").format(counts=_together(by_severity, refused)), ""))


def _together(by_severity: Mapping[Severity, int], refused: int) -> str:
    found = counted(by_severity)
    if not refused:
        return found
    return f"{found}; " + plural("{n} Mappe nicht gelesen", "{n} Mappen nicht gelesen", refused).format(n=refused)


def blocks(texts: Iterable[str]) -> Iterator[str]:
    """The texts with a blank line between them, piece by piece."""
    between = ""
    for text in texts:
        yield between + text
        between = "\n\n"


def wrapped(text: str, indent: str, first: str | None = None) -> list[str]:
    """`text` in lines of the terminal's width; numbers with their units are not torn apart at "-"."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent, break_on_hyphens=False
    )


def _workbook(result: Checked, paint: Paint, verbose: bool) -> Iterator[str]:
    yield paint(on_one_line(str(result.path)), "place")
    if result.refused:
        yield from wrapped(_("nicht gelesen: {why}").format(why=result.refused.message), "  ")
        yield from wrapped(result.refused.hint, "    ", "  → ")
        return
    yield f"  {_read(result)}"
    if verbose:
        yield from (f"    {_table(table)}" for table in result.tables if table.family not in _SHOWN_IN_FULL)
        yield from _understood(result)
    for what in result.unread:
        yield from wrapped(_("nicht gelesen: {why}").format(why=what), "  ")
    hints = cache(_hint)  # many findings of one rule give the same advice
    listed: Iterable[Finding | Others] = result.findings if verbose else told(result.findings)
    for sheet, group in groupby(listed, key=lambda one: one.sheet):
        yield ""
        yield f"  {paint(on_one_line(sheet), 'place')}"
        for one in group:
            if isinstance(one, Others):
                yield from _others(one, paint)
            else:
                yield from _finding(one, result.excerpts.get(one.fingerprint), paint, hints)
    yield ""
    yield f"  {counts(result.findings)}"
    if result.suppressed:
        yield from _suppressed(result.suppressed, verbose)
    for remark in result.remarks:
        yield from wrapped(remark, "  ")


def _finding(
    finding: Finding, excerpt: Excerpt | None, paint: Paint, hints: Callable[[str], list[str]]
) -> Iterator[str]:
    severity = paint(f"{severity_word(finding.severity):<7}", finding.severity.value)
    title = _(catalogue()[finding.code].title)
    yield f"    {finding.range:<9} {severity}  {finding.code}  {paint(title, 'quiet')}"
    place = f"{finding.sheet}!{finding.range.partition(':')[0]}: "  # it stands at the left already
    message = finding.message.removeprefix(place)
    if message != title:
        yield from wrapped(message, " " * 14)
    if finding.hint:
        yield from hints(finding.hint)
    if excerpt:
        lines = row_table(excerpt, WIDTH - 14, lambda cell: paint(cell, finding.severity.value))
        yield from (" " * 14 + line for line in lines)


def _others(others: Others, paint: Paint) -> Iterator[str]:
    like = others.findings[0]
    severity = paint(f"{severity_word(like.severity):<7}", like.severity.value)
    more = _("… und {n} weitere bis {last}").format(n=number(len(others.findings)), last=others.last)
    yield f"    {others.first:<9} {severity}  {like.code}  {more}"
    yield from wrapped(_("({places}; -v zeigt sie)").format(places=others.places), " " * 14)


def _hint(hint: str) -> list[str]:
    return wrapped(hint, " " * 16, " " * 14 + "→ ")


def _suppressed(suppressed: Sequence[Suppressed], verbose: bool) -> Iterator[str]:
    count = len(suppressed)
    yield (
        "  "
        + plural("{n} Befund ausgenommen", "{n} Befunde ausgenommen", count).format(n=count)
        + ("" if verbose else _(" (-v zeigt sie)"))
    )
    for one in suppressed if verbose else ():
        place = f"{one.finding.sheet}!{one.finding.range}"
        yield from wrapped(f"{place} {one.finding.code}: {one.reason} ({one.source})", "      ", "    ")


def _read(result: Checked) -> str:
    count = len(result.tables)
    return plural("{count} Tabelle erkannt", "{count} Tabellen erkannt", count).format(count=count)


def _table(table: Table) -> str:
    years = f"{table.years[0]}–{table.years[-1]}" if len(table.years) > 1 else "".join(map(str, table.years))
    parts = [f"{table.sheet}!{table.range}", family_word(table.family), table.unit or "", years]
    return " · ".join(part for part in parts if part)


def _understood(result: Checked) -> Iterator[str]:
    """What was read from where; sheets of which nothing was read in one line."""
    for one in result.understood:
        if one.family:
            yield f"    {one.at} · {family_word(one.family)}"
            for word, text in one.facts:
                yield from wrapped(text, " " * 10, f"      {word}: ")
    if unread := [one.at for one in result.understood if not one.family]:
        yield from wrapped(_("keine Haushaltstabelle auf: {sheets}").format(sheets=", ".join(unread)), " " * 6, " " * 4)


def family_word(family: str) -> str:
    """The kind of table as staff call it."""
    return {
        "measures-by-year": _("Maßnahmen nach Jahren"),
        "long-list": _("lange Liste (Zeile je Maßnahme und Jahr)"),
        "years-down": _("Jahre in Zeilen, Maßnahmen in Spalten"),
        "approvals": _("Zuschuss- oder Beschlussliste"),
        "months": _("Monate oder Quartale eines Jahres"),
        "flows": _("Erträge und Aufwendungen unter einem Jahr"),
        "assumptions": _("Annahmen"),
        "financing": _("Finanzierung"),
        "posts": _("Stellen"),
        "indicators": _("Leistungszahlen"),
    }.get(family, family)


def counts(findings: Sequence[Finding]) -> str:
    """How many of each severity, in words."""
    return counted(Counter(one.severity for one in findings))


def counted(by_severity: Mapping[Severity, int]) -> str:
    """The same of counts."""
    errors, warnings, notices = (by_severity.get(one, 0) for one in (Severity.ERROR, Severity.WARNING, Severity.NOTICE))
    if not errors + warnings + notices:
        return _("keine Befunde")
    return ", ".join(
        (
            plural("{n} Fehler", "{n} Fehler", errors).format(n=errors),
            plural("{n} Warnung", "{n} Warnungen", warnings).format(n=warnings),
            plural("{n} Hinweis", "{n} Hinweise", notices).format(n=notices),
        )
    )
