"""`pik-excel project`: how do the measures go on, and what does the workbook look like then?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.batch import each
from pik_excel.cli.output import colour_wanted, paint, write
from pik_excel.cli.progress import Progress
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.target import Destination, destination_options
from pik_excel.cli.workbooks import meant, workbooks_argument
from pik_excel.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pik_excel.report.projected import Projected


@click.command(
    "project",
    cls=Command,
    short_help=later("Schreibt die Maßnahmen bis zu einem Jahr fort, mit Formeln in einer neuen Mappe."),
    help=later(
        "Schreibt die Maßnahmen bis zum Jahr --to fort und schreibt das Ergebnis in eine neue Arbeitsmappe: neue"
        " Jahresspalten mit Formeln auf das Blatt „Annahmen“, das ohne ein solches aus den Tabellen entsteht, und ein"
        " Blatt „Projektion“ mit allen Szenarien, einem Umschalter und Diagrammen. Die Ausgangsmappe bleibt unberührt."
        " Ende mit 2: Aufruf oder Annahmen; 3: eine Mappe nicht lesbar; 5: nicht geschrieben."
    ),
)
@workbooks_argument
@option("--to", type=click.IntRange(1990, 2100), required=True, metavar=later("JAHR"), help=later("Letztes Jahr."))
@option("--scenario", default="basis", metavar="NAME", help=later("Szenario aus „Annahmen“; sonst basis."))
@option(
    "--assumptions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=later("TOML-Datei, deren Annahmen vorgehen."),
)
@option("--no-sheet", is_flag=True, help=later("Ohne das Blatt „Projektion“."))
@destination_options
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=later("Form der Ausgabe."))
def command(
    workbooks: tuple[str, ...],
    to: int,
    scenario: str,
    assumptions: Path | None,
    no_sheet: bool,
    output: Path | None,
    in_place: bool,
    overwrite: bool,
    form: str,
) -> None:
    """Project each workbook; one that cannot be projected does not end the batch."""
    destination = Destination(output, in_place, overwrite)
    results, worst = each(
        meant(workbooks),
        output,
        lambda path: _project(path, to, scenario, assumptions, destination, sheet=not no_sheet),
    )
    if results or form == "json":
        write(_shown(results, form), None)
    sys.exit(worst)


def _project(
    path: Path, to: int, scenario: str, assumptions: Path | None, destination: Destination, *, sheet: bool
) -> Projected:
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.ooxml.compare import compare
    from pik_excel.ooxml.package import open_package
    from pik_excel.projection.overrides import all_overrides
    from pik_excel.report.projected import Projected, usual_unit
    from pik_excel.schema import load
    from pik_excel.writeback.projected import projected_workbook

    schema = load(path.parent)
    with Progress(path.name) as progress:
        progress.step(_("liest"))
        package = open_package(path)
        reading = read_budget(read_workbook(package), schema)
        overrides = all_overrides(assumptions, path.parent, schema)
        written = projected_workbook(package, reading, schema, to, scenario, overrides, sheet=sheet, said=progress.step)
    if written.package is package:
        return Projected(path, None, written.projection, usual_unit(reading.budget), written)
    target = destination.written(written.package.data, path, f"-projektion-{to}")
    changes = compare(package, written.package).summary
    return Projected(path, target, written.projection, usual_unit(reading.budget), written, changes)


def _shown(results: Sequence[Projected], form: str) -> str:
    if form == "json":
        from pik_excel.report.json import projection_json

        return projection_json(results)
    from pik_excel.report.projection_text import projection_text
    from pik_excel.report.text import plain

    return projection_text(results, paint if colour_wanted() else plain)
