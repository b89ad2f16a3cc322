"""What did `recalc` find and change in a workbook? As text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any  # a JSON document has no narrower type
from urllib.parse import unquote

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.language import _, number, plural
from pik_excel.report.checked import TOOL
from pik_excel.report.json import digits, dumped
from pik_excel.report.text import Paint, plain, wrapped
from pik_excel.writeback.refresh import Refreshed

FORMAT = "pik-excel/recalculation/1"
_SHOWN = 40


@dataclass(frozen=True)
class Recalculated:
    """One workbook after `recalc`; `output` is None where every stored value was right."""

    path: Path
    output: Path | None
    refreshed: Refreshed
    changes: str = ""


def recalculation_text(results: Sequence[Recalculated], paint: Paint = plain) -> str:
    """All workbooks, one after the other."""
    return "\n\n".join("\n".join(_workbook(result, paint)) for result in results)


def recalculation_json(results: Sequence[Recalculated]) -> str:
    """The document `pik-excel/recalculation/1`."""
    return dumped({"schema": FORMAT, "tool": TOOL, "workbooks": [_record(result) for result in results]})


def _workbook(result: Recalculated, paint: Paint) -> Iterator[str]:
    found = result.refreshed
    yield paint(str(result.path), "place")
    count = found.evaluated
    yield "  " + plural("{n} Formel berechnet", "{n} Formeln berechnet", count).format(n=number(count))
    for change in found.changes[:_SHOWN]:
        line = _("{at}: {old} → {new}").format(at=change.at, old=_shown(change.old), new=_shown(change.new))
        yield from wrapped(line, "    ", "  ")
    if len(found.changes) > _SHOWN:
        yield "  " + _("… und {n} weitere").format(n=number(len(found.changes) - _SHOWN))
    if found.from_other_workbooks:
        files = {at: ", ".join(map(unquote, files)) for at, files in found.from_other_workbooks.items()}
        yield from _listed(_("mit den gespeicherten Werten anderer Mappen gerechnet:"), files)
    if found.not_evaluated:
        yield from _listed(_("nicht berechnet (Excel rechnet sie beim Öffnen):"), found.not_evaluated)
    yield ""
    if result.output is None:
        yield "  " + _("nichts zu schreiben: die gespeicherten Werte stimmen")
        return
    yield "  " + _("geschrieben: {file}").format(file=paint(str(result.output), "place"))
    yield from wrapped(result.changes, "  ")


def _listed(heading: str, cells: Mapping[Address, str]) -> Iterator[str]:
    yield ""
    yield "  " + heading
    for at, remark in list(cells.items())[:_SHOWN]:
        yield from wrapped(f"{at}: {remark}", "    ", "  ")
    if len(cells) > _SHOWN:
        yield "  " + _("… und {n} weitere").format(n=number(len(cells) - _SHOWN))


def _shown(value: Value) -> str:
    if value is None:
        return _("(kein Wert)")
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, bool):
        return _("WAHR") if value else _("FALSCH")
    return str(value)


def _record(result: Recalculated) -> dict[str, Any]:
    found = result.refreshed
    return {
        "path": str(result.path),
        "output": None if result.output is None else str(result.output),
        "evaluated": found.evaluated,
        "changed": [{"at": str(one.at), "old": _plain(one.old), "new": _plain(one.new)} for one in found.changes],
        "from_other_workbooks": [
            {"at": str(at), "files": list(files)} for at, files in found.from_other_workbooks.items()
        ],
        "not_evaluated": [{"at": str(at), "reason": reason} for at, reason in found.not_evaluated.items()],
    }


def _plain(value: Value) -> str | bool | None:
    return digits(value) if isinstance(value, Decimal) else value
