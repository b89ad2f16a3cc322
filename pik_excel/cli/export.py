"""`pik-excel export`: the amounts of these workbooks as one long table, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.output import form_meant, show, write_file
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.spreading import Spreading, spreading_options
from pik_excel.cli.target import no_output, refuse_workbook
from pik_excel.cli.workbooks import places, workbooks_argument
from pik_excel.errors import NotWritten
from pik_excel.language import _, plural
from pik_excel.ooxml.target import not_written

if TYPE_CHECKING:
    from pik_excel.report.tidy import Line

FORMS = ("csv", "parquet", "datapackage", "offenerhaushalt")
NEEDS_OUTPUT = {"parquet", "datapackage"}


@click.command(
    "export",
    cls=Command,
    short_help=later("Gibt alle Beträge als lange Tabelle aus, für andere Programme."),
    help=later(
        "Gibt alle Beträge der Maßnahmen als lange Tabelle aus: eine Zeile je Betrag, mit Jahr, Art, Stand, Einheit und"
        " Zelle. csv und offenerhaushalt ohne -o auf den Bildschirm; datapackage schreibt einen Ordner mit Daten und"
        " Beschreibung (Frictionless). Ende mit 2: Aufruf; 3: eine Mappe nicht lesbar; 5: nicht geschrieben."
    ),
)
@workbooks_argument
@option("--format", "form", type=click.Choice(FORMS), help=later("Form der Ausgabe; sonst nach der Endung von -o."))
@option("-o", "--output", type=click.Path(path_type=Path), help=later("Datei oder, bei datapackage, Ordner."))
@spreading_options
def command(workbooks: tuple[str, ...], form: str | None, output: Path | None, spreading: Spreading) -> None:
    """Read each workbook and write one table of them all; one that is refused is said and left out."""
    form = form_meant(form, output, FORMS)
    if form in NEEDS_OUTPUT and output is None:
        raise no_output(form, f"pik-excel export --format {form} -o ausgabe")
    refuse_workbook(output)
    from pik_excel.cli.batch import failed, outcomes, tell_failed, went_well
    from pik_excel.cli.work import Work

    named = places(workbooks)
    results = outcomes(named, Work(_lines, ("export",)), spreading)
    failures = failed(named, results)
    worst = tell_failed(failures)
    if len(failures) == len(results):
        sys.exit(worst)
    count = _Count(line for table in went_well(results) for line in table)
    _put(count, form, output)
    if output is not None:
        said = plural("{count} Betrag nach {file} geschrieben.", "{count} Beträge nach {file} geschrieben.", count.n)
        click.echo(said.format(count=count.n, file=output), err=True)
    sys.exit(worst)


def _lines(path: Path) -> tuple[Line, ...]:
    from pik_excel.report.frame import read

    return read(path).lines()


class _Count(Iterator["Line"]):
    """Counts the lines that go by."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.n = 0
        self._lines = iter(lines)

    def __next__(self) -> Line:
        line = next(self._lines)
        self.n += 1
        return line


def _put(lines: Iterable[Line], form: str, output: Path | None) -> None:
    from pik_excel.report import exported, offenerhaushalt

    if output is None:
        for piece in exported.as_csv(lines) if form == "csv" else offenerhaushalt.as_offener_haushalt(lines):
            show(piece, "csv", nl=False)
    elif form == "parquet":
        exported.write_parquet(lines, output)
    elif form == "datapackage":
        _make_folder(output)
        for name, pieces in exported.as_data_package(lines).items():
            write_file(pieces, output / name)
    else:
        write_file(exported.as_csv(lines) if form == "csv" else offenerhaushalt.as_offener_haushalt(lines), output)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotWritten(
            "target-is-no-folder",
            _("{file} ist eine Datei; ein Datenpaket ist ein Ordner.").format(file=folder),
            _("Bitte mit -o einen anderen Namen angeben."),
        ) from None
    except OSError as error:
        raise not_written(folder, error) from None
