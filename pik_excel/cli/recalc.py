"""`pik-excel recalc`: are the stored values what the formulas give, and if not, what are they?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.batch import each
from pik_excel.cli.output import colour_wanted, paint, write
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.target import Destination, destination_options
from pik_excel.cli.workbooks import meant, workbooks_argument
from pik_excel.grid.records import no_search_for_cycles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pik_excel.report.refreshed import Recalculated


@click.command(
    "recalc",
    cls=Command,
    short_help=later("Rechnet die Formeln nach und berichtigt gespeicherte Werte."),
    help=later(
        "Rechnet die Formeln nach und berichtigt die gespeicherten Werte in einer neuen Arbeitsmappe."
        " Nennt jede Änderung und jede Formel, die sich nicht sicher berechnen lässt."
        " Ende mit 2: Aufruf; 3: eine Mappe nicht lesbar; 5: nicht geschrieben."
    ),
)
@workbooks_argument
@destination_options
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=later("Form der Ausgabe."))
def command(workbooks: tuple[str, ...], output: Path | None, in_place: bool, overwrite: bool, form: str) -> None:
    """Recalculate each workbook; one that cannot be written does not end the batch."""
    destination = Destination(output, in_place, overwrite)
    results, worst = each(meant(workbooks), output, lambda path: _recalculate(path, destination))
    if results or form == "json":
        write(_shown(results, form), None)
    sys.exit(worst)


@no_search_for_cycles()
def _recalculate(path: Path, destination: Destination) -> Recalculated:
    from pik_excel.grid.read import read_workbook
    from pik_excel.ooxml.compare import compare
    from pik_excel.ooxml.package import open_package
    from pik_excel.report.refreshed import Recalculated
    from pik_excel.writeback.refresh import refreshed

    package = open_package(path)
    found = refreshed(package, read_workbook(package))
    if not found.changes:
        return Recalculated(path, None, found)
    target = destination.written(found.package.data, path, "-berechnet")
    return Recalculated(path, target, found, compare(package, found.package).summary)


def _shown(results: Sequence[Recalculated], form: str) -> str:
    from pik_excel.report.refreshed import recalculation_json, recalculation_text
    from pik_excel.report.text import plain

    if form == "json":
        return recalculation_json(results)
    return recalculation_text(results, paint if colour_wanted() else plain)
