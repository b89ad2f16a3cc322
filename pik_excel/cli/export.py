"""`pik-excel export`: the amounts of these workbooks as one long table, for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel import errors
from pik_excel.cli.batch import each
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.workbooks import meant, workbooks_argument
from pik_excel.language import _, plural

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
        " Beschreibung (Frictionless)."
    ),
)
@workbooks_argument
@option("--format", "form", type=click.Choice(FORMS), default="csv", help=later("Form der Ausgabe."))
@option("-o", "--output", type=click.Path(path_type=Path), help=later("Datei oder, bei datapackage, Ordner."))
def command(workbooks: tuple[str, ...], form: str, output: Path | None) -> None:
    """Read each workbook and write one table of them all; one that is refused is said and left out."""
    if form in NEEDS_OUTPUT and output is None:
        raise errors.BadConfiguration(
            "no-output",
            _("Für {form} fehlt, wohin geschrieben werden soll.").format(form=form),
            _("Zum Beispiel: pik-excel export --format {form} -o ausgabe").format(form=form),
        )
    tables, worst = each(meant(workbooks), None, _lines)
    lines = [line for table in tables for line in table]
    if not tables:
        sys.exit(worst)
    for file, data in _files(lines, form, output):
        _put(data, file)
    if output is not None:
        said = plural("{count} Betrag nach {file} geschrieben.", "{count} Beträge nach {file} geschrieben.", len(lines))
        click.echo(said.format(count=len(lines), file=output), err=True)
    sys.exit(worst)


def _lines(path: Path) -> tuple[Line, ...]:
    from pik_excel.report.frame import read

    return read(path).lines()


def _files(lines: list[Line], form: str, output: Path | None) -> list[tuple[Path | None, bytes]]:
    from pik_excel.report import exported, offenerhaushalt

    if form == "parquet":
        return [(output, exported.as_parquet(lines))]
    if form == "datapackage" and output is not None:
        output.mkdir(parents=True, exist_ok=True)
        return [(output / name, text.encode()) for name, text in exported.as_data_package(lines).items()]
    text = exported.as_csv(lines) if form == "csv" else offenerhaushalt.as_offener_haushalt(lines)
    return [(output, text.encode())]


def _put(data: bytes, file: Path | None) -> None:
    from pik_excel.ooxml.save import save

    if file is None:
        click.echo(data, nl=False)
    else:
        save(data, file)
