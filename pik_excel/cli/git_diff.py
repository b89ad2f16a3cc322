"""`pik-excel git-diff`: git's diff driver, called with the seven words that git gives it. See docs/git.md."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pik_excel.cli.output import colour_wanted, paint, show
from pik_excel.cli.speaking import Argument, Command, later
from pik_excel.errors import PikError
from pik_excel.language import _
from pik_excel.report.visible import on_one_line

NOTHING = "/dev/null"  # what git names where a file is new or gone


@click.command(
    "git-diff",
    cls=Command,
    short_help=later("Zeigt git, was sich an den Maßnahmen geändert hat (diff driver)."),
    help=later(
        "Wird von git aufgerufen. Zeigt die geänderten Maßnahmen mit Überleitung; wo keine erkannt werden, die"
        " geänderten Zeilen. Gedacht für git:"
        '\n\n\b\n  git config diff.pik-excel.command "pik-excel git-diff"'
    ),
)
@click.argument("path", cls=Argument, metavar="PATH")
@click.argument("old", cls=Argument, metavar="OLD-FILE", type=click.Path(path_type=Path))
@click.argument("rest", cls=Argument, metavar="OLD-HEX OLD-MODE NEW-FILE …", nargs=-1)
def command(path: str, old: Path, rest: tuple[str, ...]) -> None:
    """Print the comparison; git takes any exit code but 0 for a failure."""
    new = Path(rest[2]) if len(rest) > 2 else old
    show(f"pik-excel diff {on_one_line(path)}")
    if NOTHING in (str(old), str(new)):
        click.echo(_("  neu") if str(old) == NOTHING else _("  gelöscht"))
    else:
        show(_text(old, new))
    sys.exit(0)


def _text(old: Path, new: Path) -> str:
    from pik_excel.cli.diff import compared
    from pik_excel.report.comparison_text import comparison_text
    from pik_excel.report.text import plain

    try:
        comparison = compared(str(old), str(new))
    except PikError:
        return _by_rows(old, new)
    text = comparison_text(comparison, paint if colour_wanted() else plain)
    return text if comparison.differs else f"{text}\n\n{_by_rows(old, new)}"


def _by_rows(old: Path, new: Path) -> str:
    from difflib import unified_diff

    from pik_excel.grid.read import read_workbook
    from pik_excel.report.rows import rows_text

    try:
        first, second = (rows_text(read_workbook(path)).splitlines() for path in (old, new))
    except PikError as error:
        return f"  {error}"
    return "\n".join(unified_diff(first, second, _("alt"), _("neu"), lineterm="", n=1))
