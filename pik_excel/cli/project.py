"""`pik-excel project`: how do the measures go on, and what does the workbook look like then?"""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.output import colour_wanted, paint
from pik_excel.cli.progress import Progress
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.spreading import Spreading, spreading_options
from pik_excel.cli.target import Destination, destination_options, refuse_workbook
from pik_excel.cli.workbooks import places, workbooks_argument
from pik_excel.grid.records import no_search_for_cycles
from pik_excel.language import _
from pik_excel.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pik_excel.report.json import Failed
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
@option(
    "--parquet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=later("DATEI"),
    help=later("Die Beträge auch als Parquet, eine Zeile je Maßnahme und Jahr."),
)
@spreading_options
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
    parquet: Path | None,
    spreading: Spreading,
) -> None:
    """Project each workbook; one that cannot be projected does not end the batch."""
    from pik_excel.cli.batch import finish, outcomes, refuse_one_output
    from pik_excel.cli.work import Work

    named = places(workbooks)
    refuse_one_output(named, output)
    refuse_workbook(parquet)
    spreading.refuse_in_place(in_place)
    asked = Asked(to, scenario, assumptions, Destination(output, in_place, overwrite), not no_sheet, len(named) == 1)
    results = outcomes(named, Work(partial(_project, asked=asked), asked.settings, overwrite), spreading)
    finish(named, results, form, _shown, partial(_store, target=parquet) if parquet else None)


@dataclass(frozen=True)
class Asked:
    """What is to be projected, and whether each step is to be said."""

    to: int
    scenario: str
    assumptions: Path | None
    destination: Destination
    sheet: bool
    said: bool

    @property
    def settings(self) -> tuple[str, ...]:
        """What the projection of a workbook rests on."""
        assumptions = "" if self.assumptions is None else self.assumptions.read_text("utf-8", errors="replace")
        return ("project", str(self.to), self.scenario, str(self.destination), f"sheet: {self.sheet}", assumptions)


@no_search_for_cycles()
def _project(path: Path, asked: Asked) -> Projected:
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget
    from pik_excel.ooxml.package import open_package
    from pik_excel.ooxml.summary import summary
    from pik_excel.projection.overrides import all_overrides
    from pik_excel.report.projected import projected, usual_unit
    from pik_excel.schema import load
    from pik_excel.writeback.projected import projected_workbook

    schema = load(path.parent)
    with Progress(path.name) if asked.said else nullcontext(Progress(path.name)) as progress:
        progress.step(_("liest"))
        package = open_package(path)
        reading = read_budget(read_workbook(package), schema)
        overrides = all_overrides(asked.assumptions, path.parent, schema)
        written = projected_workbook(
            package, reading, schema, asked.to, asked.scenario, overrides, sheet=asked.sheet, said=progress.step
        )
    unit = usual_unit(reading.budget)
    if written.package is package:
        return projected(path, None, written, unit)
    target = asked.destination.written(written.package.data, path, f"-projektion-{asked.to}")
    return projected(path, target, written, unit, summary(package, written.package, written.moves))


def _shown(results: Iterable[Projected], form: str, failures: Failed) -> Iterator[str]:
    if form == "json":
        from pik_excel.report.json import projection_pieces

        return projection_pieces(results, failures)
    from pik_excel.report.projection_text import projection_text
    from pik_excel.report.text import plain

    return projection_text(results, paint if colour_wanted() else plain)


def _store(results: Iterable[Projected], target: Path) -> None:
    from pik_excel.report.parquet import write_projections

    write_projections(results, target)
