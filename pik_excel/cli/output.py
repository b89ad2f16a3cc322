"""How does a command show what it has to say?"""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path

import click

from pik_excel.errors import PikError
from pik_excel.language import _

COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan", "removed": "red", "added": "green"}


def tell(error: PikError) -> None:
    """What went wrong and what to do next, on standard error."""
    click.echo(_fitted(_("Fehler: {message}").format(message=error.message), "  "), err=True)
    if error.hint:
        click.echo(_fitted(f"  → {error.hint}", "    "), err=True)


def write(text: str, output: Path | None) -> None:
    """To the terminal, or to a file."""
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")


def colour_wanted() -> bool:
    """On a terminal, and only where NO_COLOR is not set (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def paint(text: str, what: str) -> str:
    """The text in the terminal's colours; `what` as in report.text.Paint."""
    if what == "place":
        return click.style(text, bold=True)
    return click.style(text, fg=COLOURS[what]) if what in COLOURS else text


def _fitted(text: str, indent: str) -> str:
    """In lines of 80 columns on a terminal, paths whole; one line elsewhere, so that logs can be searched."""
    if not sys.stderr.isatty():
        return text
    return textwrap.fill(text, 80, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
