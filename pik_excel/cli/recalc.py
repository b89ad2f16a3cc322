"""`pik-excel recalc`: are the stored values what the formulas give, and if not, what are they?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.output import colour_wanted, paint
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.spreading import Spreading, spreading_options
from pik_excel.cli.target import Destination, destination_options, refuse_workbook
from pik_excel.cli.workbooks import places, workbooks_argument
from pik_excel.grid.records import no_search_for_cycles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pik_excel.report.json import Failed
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
@option(
    "--parquet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=later("DATEI"),
    help=later("Die Änderungen auch als Parquet, eine Zeile je Zelle."),
)
@spreading_options
def command(
    workbooks: tuple[str, ...],
    output: Path | None,
    in_place: bool,
    overwrite: bool,
    form: str,
    parquet: Path | None,
    spreading: Spreading,
) -> None:
    """Recalculate each workbook; one that cannot be written does not end the batch."""
    from pik_excel.cli.batch import finish, outcomes, refuse_one_output
    from pik_excel.cli.work import Work

    named = places(workbooks)
    refuse_one_output(named, output)
    refuse_workbook(parquet)
    spreading.refuse_in_place(in_place)
    destination = Destination(output, in_place, overwrite)
    work = Work(partial(_recalculate, destination=destination), ("recalc", str(destination)), overwrite)
    results = outcomes(named, work, spreading)
    finish(named, results, form, _shown, partial(_store, target=parquet) if parquet else None)


@no_search_for_cycles()
def _recalculate(path: Path, destination: Destination) -> Recalculated:
    from pik_excel.grid.read import read_workbook
    from pik_excel.ooxml.package import open_package
    from pik_excel.ooxml.summary import summary
    from pik_excel.report.refreshed import recalculated
    from pik_excel.writeback.refresh import refreshed

    package = open_package(path)
    found = refreshed(package, read_workbook(package))
    if not found.changes:
        return recalculated(path, None, found)
    target = destination.written(found.package.data, path, "-berechnet")
    return recalculated(path, target, found, summary(package, found.package))


def _shown(results: Iterable[Recalculated], form: str, failures: Failed) -> Iterator[str]:
    from pik_excel.report.refreshed import recalculation_json, recalculation_text
    from pik_excel.report.text import plain

    if form == "json":
        return recalculation_json(results, failures)
    return recalculation_text(results, paint if colour_wanted() else plain)


def _store(results: Iterable[Recalculated], target: Path) -> None:
    from pik_excel.report.parquet import write_recalculations

    write_recalculations(results, target)
