"""`pik-excel schema`: what holds for measures, and which file says so?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.cli.output import colour_wanted, form_meant, paint, write
from pik_excel.cli.speaking import Argument, Command, later, option
from pik_excel.cli.target import refuse_workbook
from pik_excel.cli.workbooks import is_there
from pik_excel.errors import BadConfiguration, NotWritten
from pik_excel.language import _

if TYPE_CHECKING:
    from pik_excel.budget.tables import Budget
    from pik_excel.schema import Schema

FORMS = ("text", "json", "toml", "table-schema")


@click.command(
    "schema",
    cls=Command,
    short_help=later("Zeigt das Maßnahmenschema, das gilt, und woher jeder Teil kommt."),
    help=later(
        "Zeigt das Maßnahmenschema, das gilt: Felder mit ihren Überschriften und Bedingungen, Kontenrahmen und"
        " Produktbereiche des Landes, Grenzen, Förderbedingungen und Wörter, jeweils mit Datei und Zeile. Mitgeliefert"
        " ist es in pik_excel/schema/*.toml; eine pik-excel.toml im Ordner (oder darüber) ergänzt Listen und ersetzt"
        " einzelne Werte; „Annahmen“ in der Mappe gehen für ihre Maßnahmen vor. PFAD ist ein Ordner oder eine"
        " Arbeitsmappe; ohne PFAD gilt dieser Ordner. Formen: text zum Lesen; json mit Herkunft jedes Teils; toml,"
        " auch als pik-excel.toml brauchbar; table-schema als Frictionless Table Schema."
        " Ende mit 0; 2: Aufruf oder pik-excel.toml fehlerhaft; 3: Mappe nicht lesbar."
    ),
)
@click.argument("path", cls=Argument, required=False, type=click.Path(path_type=Path), metavar=later("[PFAD]"))
@option("--format", "form", type=click.Choice(FORMS), help=later("Form der Ausgabe; sonst nach der Endung von -o."))
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=later("Ausgabe in diese Datei."))
def command(path: Path | None, form: str | None, output: Path | None) -> None:
    """Print the schema that holds in a folder or for a workbook."""
    from pik_excel.schema import load

    form = form_meant(form, output, FORMS)
    where = path or Path()
    if not is_there(where):
        raise BadConfiguration(
            "no-such-path",
            _("{path} gibt es nicht.").format(path=where),
            _("Bitte einen Ordner oder eine Arbeitsmappe nennen: pik-excel schema haushalt.xlsx"),
        )
    refuse_workbook(output)
    _refuse_own_configuration(output)
    schema = load(where if where.is_dir() else where.parent)
    budget = _budget(where, schema) if where.is_file() and form == "text" else None
    write(_shown(schema, budget, form, coloured=output is None and colour_wanted()), output, form)


def _refuse_own_configuration(output: Path | None) -> None:
    """The form toml can serve as `pik-excel.toml`; one that is there has comments and exceptions, which it has not."""
    from pik_excel.schema.files import NAME

    if output is not None and output.name == NAME and output.exists():
        raise NotWritten(
            "target-exists",
            _("{file} gibt es schon, mit anderem Inhalt.").format(file=output),
            _("Bitte mit -o einen anderen Namen angeben."),
        )


def _budget(path: Path, schema: Schema) -> Budget:
    from pik_excel.grid.read import read_workbook
    from pik_excel.layout.read import read_budget

    return read_budget(read_workbook(path), schema).budget


def _shown(schema: Schema, budget: Budget | None, form: str, coloured: bool) -> str:
    from pik_excel.report.schema_data import schema_json, schema_toml, table_schema

    if form == "text":
        from pik_excel.report.schema_text import schema_text
        from pik_excel.report.text import plain

        return schema_text(schema, budget, paint if coloured else plain)
    return {"json": schema_json, "toml": schema_toml, "table-schema": table_schema}[form](schema)
