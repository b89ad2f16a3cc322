"""How does a command show what it has to say?"""

from __future__ import annotations

import errno
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import click

from pik_excel.errors import NotWritten, PikError, Refused
from pik_excel.language import _
from pik_excel.ooxml.target import not_written, refuse_target, resolved
from pik_excel.report.visible import on_one_line, visible, without_commands

COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan", "removed": "red", "added": "green"}
_FORM_OF = {"htm": "html", "xlsm": "xlsx"}


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
        raise lost_output(error) from None


def lost_output(error: OSError) -> NotWritten:
    """Why not all of the output is where it belongs; what is left over goes nowhere at the end."""
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
    return not_written(Path("stdout"), error)


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
    try:
        if output.is_char_device() or output.is_fifo():  # /dev/stdout
            _write(pieces, output)
            return
        real = resolved(output)
        refuse_target(output, real, None, in_place=False)
        unfinished = real.with_name(f".{real.name}.{os.getpid()}")
        try:
            _write(pieces, unfinished)
            unfinished.replace(real)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(output, error) from None


def _write(pieces: Iterable[str], file: Path) -> None:
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
        out.writelines(pieces)


def form_meant(form: str | None, output: Path | None, forms: Sequence[str]) -> str:
    """The form that was asked for, else that which the ending of the file stands for, else the first of the forms."""
    ending = output.suffix[1:].lower() if output is not None else ""
    by_ending = _FORM_OF.get(ending, ending)
    return form or (by_ending if by_ending in forms else forms[0])


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
