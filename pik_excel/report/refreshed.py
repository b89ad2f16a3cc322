"""What did `recalc` find and change in a workbook? As text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import PurePath
from typing import Any  # a JSON document has no narrower type
from urllib.parse import unquote

from pik_excel.grid.reference import Address
from pik_excel.grid.workbook import Value
from pik_excel.language import _, number, plural
from pik_excel.records import dataclass
from pik_excel.report.checked import TOOL
from pik_excel.report.json import Failed, digits, document_pieces, failures
from pik_excel.report.text import Paint, blocks, plain, wrapped
from pik_excel.writeback.refresh import Change, Refreshed

FORMAT = "pik-excel/recalculation/1"
_SHOWN = 40


@dataclass(frozen=True)
class Recalculated:
    """One workbook after `recalc`; `output` is None where every stored value was right, `summary` says what
    differs from the input; the rest is as in `Refreshed`."""

    path: PurePath
    output: PurePath | None
    evaluated: int
    changed: tuple[Change, ...] = ()
    not_evaluated: Mapping[Address, str] = field(default_factory=dict)
    from_other_workbooks: Mapping[Address, tuple[str, ...]] = field(default_factory=dict)
    summary: str = ""


def recalculated(path: PurePath, output: PurePath | None, found: Refreshed, summary: str = "") -> Recalculated:
    """What people are told of it: without the workbook itself, so that thousands can be kept."""
    return Recalculated(
        path, output, found.evaluated, found.changes, found.not_evaluated, found.from_other_workbooks, summary
    )


def recalculation_text(results: Iterable[Recalculated], paint: Paint = plain) -> Iterator[str]:
    """All workbooks, one after the other, piece by piece."""
    return blocks("\n".join(_workbook(result, paint)) for result in results)


def recalculation_json(results: Iterable[Recalculated], failed: Failed = ()) -> Iterator[str]:
    """The document `pik-excel/recalculation/1`, piece by piece."""
    head = {"schema": FORMAT, "tool": TOOL}
    return document_pieces(head, {"workbooks": map(_record, results)}, lambda: failures(failed))


def _workbook(result: Recalculated, paint: Paint) -> Iterator[str]:
    yield paint(str(result.path), "place")
    count = result.evaluated
    yield "  " + plural("{n} Formel berechnet", "{n} Formeln berechnet", count).format(n=number(count))
    for change in result.changed[:_SHOWN]:
        line = _("{at}: {old} → {new}").format(at=change.at, old=_shown(change.old), new=_shown(change.new))
        yield from wrapped(line, "    ", "  ")
    if len(result.changed) > _SHOWN:
        yield "  " + _("… und {n} weitere").format(n=number(len(result.changed) - _SHOWN))
    if result.from_other_workbooks:
        files = {at: ", ".join(map(unquote, files)) for at, files in result.from_other_workbooks.items()}
        yield from _listed(_("mit den gespeicherten Werten anderer Mappen gerechnet:"), files)
    if result.not_evaluated:
        yield from _listed(_("nicht berechnet (Excel rechnet sie beim Öffnen):"), result.not_evaluated)
    yield ""
    if result.output is None:
        yield "  " + _("nichts zu schreiben: die gespeicherten Werte stimmen")
        return
    yield "  " + _("geschrieben: {file}").format(file=paint(str(result.output), "place"))
    yield from wrapped(result.summary, "  ")


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
    return {
        "path": str(result.path),
        "output": None if result.output is None else str(result.output),
        "evaluated": result.evaluated,
        "changed": [{"at": str(one.at), "old": _plain(one.old), "new": _plain(one.new)} for one in result.changed],
        "from_other_workbooks": [
            {"at": str(at), "files": list(files)} for at, files in result.from_other_workbooks.items()
        ],
        "not_evaluated": [{"at": str(at), "reason": reason} for at, reason in result.not_evaluated.items()],
    }


def _plain(value: Value) -> str | bool | None:
    return digits(value) if isinstance(value, Decimal) else value
