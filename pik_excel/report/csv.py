"""The findings as a table for a spreadsheet: one line each.

Separated as Excel expects it in the language in force, with a byte order mark so that it sees UTF-8. A text that would
run as a formula when the file is opened gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from pik_excel.checks.catalogue import catalogue
from pik_excel.language import MINUS, _, active, number
from pik_excel.report.checked import Checked
from pik_excel.report.text import severity_word

SEPARATOR = {"de": ";", "en": ","}
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def findings_csv(results: Sequence[Checked]) -> str:
    """All findings of all workbooks; a workbook that was refused has one line that says why."""
    return "".join(findings_pieces(results))


def findings_pieces(results: Iterable[Checked]) -> Iterator[str]:
    """The same, piece by piece."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATOR[active()], lineterminator="")
    writer.writerow(_headings())
    yield "\ufeff" + out.getvalue()
    for result in results:
        for line in _lines(result):
            out.seek(0)
            out.truncate()
            writer.writerow([harmless(cell) for cell in line])
            yield "\r\n" + out.getvalue()


def _headings() -> list[str]:
    return [
        _("Mappe"),
        _("Blatt"),
        _("Zelle"),
        _("Schwere"),
        _("Code"),
        _("Regel"),
        _("steht dort"),
        _("erwartet"),
        _("Befund"),
        _("Was zu tun ist"),
        _("Kennung"),
    ]


def _lines(result: Checked) -> Iterator[list[str]]:
    path = str(result.path)
    if result.refused:
        yield [path, "", "", _("nicht gelesen"), result.refused.code, "", "", "", result.refused.message]
    for one in result.findings:
        yield [
            path,
            one.sheet,
            one.range,
            severity_word(one.severity),
            one.code,
            _(catalogue()[one.code].title),
            _figure(one.stated),
            _figure(one.expected),
            one.message,
            one.hint,
            one.fingerprint,
        ]


def _figure(text: str | None) -> str:
    """A number with the decimal sign of the language in force, so that 1.5 does not become the first of May."""
    try:
        return number(Decimal(text or ""), grouped=False).replace(MINUS, "-")
    except InvalidOperation:
        return text or ""


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula when the file is opened."""
    bare = text.lstrip(" ")
    return f"'{text}" if bare.startswith(_RUNS) and not _is_number(bare) else text


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")).is_finite()
    except InvalidOperation:
        return False
