"""`pik-excel consolidate`: what do all these workbooks need together?"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from pik_excel import errors
from pik_excel.cli.output import colour_wanted, paint, write
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.spreading import Spreading, spreading_options
from pik_excel.cli.target import Destination, no_output, refuse_input
from pik_excel.cli.work import Work
from pik_excel.cli.workbooks import places, workbooks_argument
from pik_excel.errors import PikError
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pik_excel.consolidation.record import Consolidation, Source

STATED, FOLDER, FILE = "auto", "folder", "file"
OWN = "own-consolidation"


@click.command(
    "consolidate",
    cls=Command,
    short_help=later("Führt viele Mappen zu einer Übersicht zusammen, eine Zeile je Maßnahme."),
    help=later(
        "Führt die Maßnahmen vieler Arbeitsmappen (Dateien, Ordner, Muster) in einer neuen zusammen: eine Zeile je"
        " Maßnahme mit Datei und Zelle, ein Blatt je Amt, Summen nach Ämtern, Produkten und Kontengruppen als Formeln,"
        " Diagramme, die Ampel jeder Datei. Was doppelt gezählt sein könnte, wird gesagt."
        " Ende mit 2: Aufruf; 3: eine Mappe nicht lesbar; 4: nur teilweise enthalten; 5: nicht geschrieben."
    ),
)
@workbooks_argument
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=later("Name der neuen Mappe."))
@option("--overwrite", is_flag=True, help=later("Eine Mappe dieses Namens überschreiben."))
@option(
    "--unit", type=click.Choice(["EUR", "TEUR"]), help=later("Einheit der Übersicht; sonst die der meisten Tabellen.")
)
@option(
    "--department",
    type=click.Choice([STATED, FOLDER, FILE]),
    default=STATED,
    help=later("Woher das Amt kommt: auto aus der Mappe, sonst nur Ordner oder Dateiname."),
)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=later("Form der Ausgabe."))
@spreading_options
def command(
    workbooks: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    unit: str | None,
    department: str,
    form: str,
    spreading: Spreading,
) -> None:
    """Read each workbook, put all measures together, and write one new workbook."""
    from pik_excel.budget.money import Unit
    from pik_excel.cli.batch import outcomes
    from pik_excel.consolidation.together import together

    if output is None:
        raise no_output(_("die Übersicht"), "pik-excel consolidate -o gesamt.xlsx")
    named = places(workbooks)
    work = Work(partial(_source, stated=department == STATED), ("consolidate", department))
    found = outcomes(named, work, spreading)
    sources = [_as_source(place, result) for place, result in zip(named, found, strict=True)]
    refuse_input(output, (source.path for source in sources if not _is_overview(source)))
    standing_for = _folders(named) if department != FILE else ["" for _place in named]
    together_ = together(sources, Unit(unit) if unit else None, standing_for)
    target = _written(together_, Destination(output, overwrite=overwrite)) if together_.lines else None
    write(_shown(together_, target, form), None, form)
    if target is None:
        click.echo(_("Keine Maßnahmen gefunden; geschrieben wurde nichts."), err=True)
    sys.exit(exit_code(together_))


def exit_code(found: Consolidation) -> int:
    """What was refused weighs more than what is there in part; without any measure nothing is there."""
    if any(source.refused for source in found.sources):
        return errors.UNREADABLE
    complete = found.lines and all(source.complete for source in found.sources)
    return 0 if complete else errors.INCOMPLETE


@no_search_for_cycles()
def _source(path: Path, stated: bool) -> Source:
    from pik_excel.checks.catalogue import Subject, catalogue, examine
    from pik_excel.checks.finding import Severity
    from pik_excel.checks.suppression import sorted_out
    from pik_excel.consolidation.gathering import gathered
    from pik_excel.consolidation.record import Gathered, LeftOut, Source
    from pik_excel.grid.own import is_consolidation, without_own_sheets
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.schema import load

    schema = load(path.parent)
    workbook = read_workbook(path)
    changed = date.fromtimestamp(path.stat().st_mtime)
    if is_consolidation(workbook):
        why = _("ist selbst eine Zusammenführung und nicht noch einmal gezählt")
        return Source(path, workbook.sha256, changed, gathered=Gathered(left_out=(LeftOut(path.name, OWN, why),)))
    reading = read_budget(without_own_sheets(workbook), schema)
    found, rules = examine(Subject(reading, schema)), tuple(catalogue().values())
    findings = sorted_out(found, reading.workbook, schema.ignored, rules, date.today()).findings
    severities = Counter(finding.severity for finding in findings)
    codes = Counter(finding.code for finding in sorted(findings, key=lambda one: -one.severity.weight))
    return Source(
        path,
        workbook.sha256,
        changed,
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        severities[Severity.NOTICE],
        tuple(codes.items()),
        tuple(f"{sheet.name}: {what}" for sheet in workbook.sheets for what in sheet.unread),
        gathered(reading, schema, stated),
    )


def _as_source(place: PurePath, result: Source | PikError) -> Source:
    from pik_excel.consolidation.record import Source

    if isinstance(result, PikError):
        return Source(place, refused=result)
    return result if isinstance(place, Path) else replace(result, day=None)  # of a download it says nothing


def _folders(named: Sequence[PurePath]) -> list[str]:
    """The folder of each file below the one that all have in common."""
    from pik_excel.report.departments import below, common_folder

    if len({place.parent for place in named}) < 2:
        return ["" for _place in named]
    common = common_folder(place.parent for place in named)
    return [below(place.parent, common) for place in named]


def _is_overview(source: Source) -> bool:
    """Whether it is an earlier overview, which the new one may take the place of; a workbook of staff is kept."""
    return any(one.code == OWN for one in source.gathered.left_out)


def _written(found: Consolidation, destination: Destination) -> Path:
    from pik_excel.writeback.consolidated.workbook import consolidated_workbook

    assert destination.output is not None
    data = consolidated_workbook(found, destination.output.resolve().parent, date.today())
    return destination.made(data, ".xlsx")


def _shown(found: Consolidation, target: Path | None, form: str) -> str | Iterable[str]:
    if form == "json":
        from pik_excel.report.consolidated_json import consolidation_json

        return consolidation_json(found, target)
    from pik_excel.report.consolidated_text import consolidation_text
    from pik_excel.report.text import plain

    return consolidation_text(found, target, paint if colour_wanted() else plain)
