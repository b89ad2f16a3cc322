"""`pik-excel textconv`: a workbook as text, for `git diff` and `git log -p`. See docs/git.md."""

from __future__ import annotations

from pathlib import Path

import click

from pik_excel.cli.output import show
from pik_excel.cli.speaking import Argument, Command, later


@click.command(
    "textconv",
    cls=Command,
    short_help=later("Gibt eine Arbeitsmappe als Text aus, für git diff."),
    help=later(
        "Gibt eine Arbeitsmappe als Text aus, eine Zeile je Zeile des Blatts, mit Werten, Formeln und Kommentaren."
        " Gedacht für git:"
        '\n\n\b\n  git config diff.pik-excel.textconv "pik-excel textconv"'
    ),
)
@click.argument("workbook", cls=Argument, metavar=later("ARBEITSMAPPE"), type=click.Path(path_type=Path))
def command(workbook: Path) -> None:
    """Print the rows."""
    from pik_excel.grid.read import read_workbook
    from pik_excel.report.rows import rows_text

    show(rows_text(read_workbook(workbook)))
