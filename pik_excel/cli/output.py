"""How does a command show what it has to say?"""

from __future__ import annotations

import errno
import os
import sys
import textwrap
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import click

from pik_excel.errors import NotWritten, PikError, Refused
from pik_excel.language import _
from pik_excel.report.visible import on_one_line, visible, without_commands

COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan", "removed": "red", "added": "green"}


def tell(error: PikError) -> None:
    """What went wrong and what to do next, on standard error."""
    show(_fitted(_("Fehler: {message}").format(message=on_one_line(error.message)), "  "), err=True)
    if error.hint:
        show(_fitted(f"  → {on_one_line(error.hint)}", "    "), err=True)


def needs_more_memory() -> Refused:
    """The refusal of a workbook that does not fit into the memory there is."""
    return Refused(
        "needs-too-much-memory",
        _("Der Arbeitsspeicher reicht für diese Mappe nicht."),
        _("Bitte andere Programme schließen, oder die Mappe aufteilen."),
    )


def show(text: str, form: str = "text", err: bool = False, nl: bool = True) -> None:
    """On the terminal or in a log, with nothing that either would act on; the form "github" is made to be acted on."""
    shown = visible(text)
    try:
        click.echo(without_commands(shown) if form == "text" else shown, err=err, nl=nl)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever reads has seen enough
            raise
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - what is left over goes nowhere at the end
        raise _not_stored("stdout", error) from None


def write(text: str | Iterable[str], output: Path | None, form: str = "text") -> None:
    """To the terminal, or to a file; a file takes the place of the old one only when all of it is there."""
    pieces = [text] if isinstance(text, str) else text
    if output is None:
        for piece in pieces:
            show(piece, form, nl=False)
        click.echo()
    else:
        write_file(chain(pieces, "\n"), output)


def write_file(pieces: Iterable[str], output: Path) -> None:
    """To a file, which takes the place of the old one only when all of it is there."""
    if output.exists() and not output.is_file():  # /dev/stdout
        try:
            with output.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                file.writelines(pieces)
        except OSError as error:
            raise _not_stored(output, error) from None
        return
    output = output.resolve()
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(pieces)
        unfinished.replace(output)
    except OSError as error:
        raise _not_stored(output, error) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _not_stored(file: Path | str, error: OSError) -> NotWritten:
    return NotWritten(
        "not-stored", _("{file} wurde nicht geschrieben: {reason}.").format(file=file, reason=error.strerror or error)
    )


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
