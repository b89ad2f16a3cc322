"""`pik-excel report`: the tables of the council paper, from any budget."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel import errors
from pik_excel.cli.batch import failed, outcomes, tell_failed, went_well
from pik_excel.cli.output import show
from pik_excel.cli.speaking import Command, later, option
from pik_excel.cli.spreading import Spreading, spreading_options
from pik_excel.cli.target import Destination, no_output, refuse_input, refuse_workbook
from pik_excel.cli.work import Work
from pik_excel.cli.workbooks import places, workbooks_argument
from pik_excel.language import _

if TYPE_CHECKING:
    from pik_excel.report.paper import Paper

FORMS = ("md", "html", "docx", "xlsx", "json")
FILES_ONLY = {"docx", "xlsx"}


@click.command(
    "report",
    cls=Command,
    short_help=later("Gibt die Tabellen der Gemeinderatsvorlage aus."),
    help=later(
        "Gibt die Tabellen der Gemeinderatsvorlage aus: beschlossene Maßnahmen, finanzielle Auswirkungen und bisher"
        " bereitgestellte Mittel, dazu Fristen und Szenarien. Mit --template füllt docx die Platzhalter einer Vorlage,"
        " etwa {{tabellen}} oder {{zusaetzlich}}. Ende mit 2: Aufruf; 3: eine Mappe nicht lesbar; 5: nicht geschrieben."
    ),
)
@workbooks_argument
@option("--format", "form", type=click.Choice(FORMS), default=None, help=later("Form; sonst nach der Endung von -o."))
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=later("Ausgabe in diese Datei."))
@option("--overwrite", is_flag=True, help=later("Ein Dokument (docx, xlsx) dieses Namens überschreiben."))
@option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=later("Word-Vorlage mit Platzhaltern, für docx."),
)
@spreading_options
def command(
    workbooks: tuple[str, ...],
    form: str | None,
    output: Path | None,
    overwrite: bool,
    template: Path | None,
    spreading: Spreading,
) -> None:
    """Write the tables of each workbook; one that is refused is said and left out."""
    form = form or (output.suffix[1:].casefold() if output else "md")
    _refuse_contradictions(form, output, template)
    named = places(workbooks)
    if form not in FILES_ONLY:
        refuse_workbook(output)
    elif output is not None:
        refuse_input(output, (*named, *filter(None, (template,))))
    results = outcomes(named, Work(_paper, ("report",)), spreading)
    worst = tell_failed(failed(named, results))
    if papers := list(went_well(results)):
        _put(_written(papers, form, template), form, Destination(output, overwrite=overwrite))
    sys.exit(worst)


def _refuse_contradictions(form: str, output: Path | None, template: Path | None) -> None:
    if form not in FORMS:
        raise errors.BadConfiguration(
            "unknown-form",
            _("Die Form „{form}“ gibt es nicht.").format(form=form),
            _("Erlaubt: {names}.").format(names=", ".join(FORMS)),
        )
    if form in FILES_ONLY and output is None:
        raise no_output(form, f"pik-excel report -o vorlage.{form}")
    if template and form != "docx":
        raise errors.BadConfiguration(
            "template-without-docx",
            _("--template gibt es nur für docx."),
            _("Zum Beispiel: pik-excel report --template vorlage.docx -o bericht.docx"),
        )


def _paper(path: Path) -> Paper:
    from pik_excel.projection.project import last_stated, project
    from pik_excel.report.frame import read
    from pik_excel.report.paper import paper

    book = read(path)
    to = last_stated(book.reading)
    basis = project(book.reading, book.schema, to)
    others = (project(book.reading, book.schema, to, name) for name in basis.scenarios if name != basis.scenario)
    return paper(basis.reading or book.reading, [basis, *others])


def _written(papers: Sequence[Paper], form: str, template: Path | None) -> bytes:
    if form == "docx":
        from pik_excel.report.paper_docx import paper_docx

        return paper_docx(papers, template)
    if form == "xlsx":
        from pik_excel.report.paper_xlsx import paper_xlsx

        return paper_xlsx(papers, date.today())
    return (_text(papers, form) + "\n").encode("utf-8", "backslashreplace")


def _text(papers: Sequence[Paper], form: str) -> str:
    if form == "html":
        from pik_excel.report.paper_html import paper_html

        return paper_html(papers)
    if form == "json":
        from pik_excel.report.paper_json import paper_json

        return paper_json(papers)
    from pik_excel.report.paper_markdown import paper_markdown

    return paper_markdown(papers)


def _put(data: bytes, form: str, destination: Destination) -> None:
    """A document that stands there already may have been worked on; a page or data are made anew."""
    if destination.output is None:
        show(data.decode("utf-8"), "text" if form == "md" else form, nl=False)
        return
    from pik_excel.ooxml.save import save

    file = destination.made(data, f".{form}") if form in FILES_ONLY else save(data, destination.output).target
    click.echo(_("geschrieben: {file}").format(file=file), err=True)
