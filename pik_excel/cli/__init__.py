"""The command line: one module a command, found by import. Each opens, calls, prints and ends with an exit code.

Exit codes: 0 done; 1 findings at or above --fail-on; 2 usage or configuration; 3 a workbook could not be read; 4 read
only in part ("incomplete is not clean"); 5 nothing was written, the target is untouched; 70 a bug of ours.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import zip_longest
from pathlib import Path

import click

from pik_excel import __version__, language
from pik_excel.cli.speaking import Group, Option, later
from pik_excel.language import _

BUG = 70


@click.group(
    cls=Group,
    name="pik-excel",
    help=later(
        "Prüft, rechnet und schreibt die Haushalts-Arbeitsmappen einer Kommune fort."
        " Was nicht geändert wird, bleibt Byte für Byte, wie es war."
    ),
)
@click.version_option(
    __version__, prog_name="pik-excel", message="%(prog)s %(version)s", cls=Option, help=later("Zeigt die Version.")
)
def program() -> None:
    """The group; its help is the `help` above."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language.use(_wanted_language(words))
    _say_what_cannot_be_said()
    _load_commands(words)
    try:
        program.main(words, prog_name="pik-excel")
    except Exception:  # a bug must not look like exit code 1, "findings"
        import traceback

        traceback.print_exc()
        click.echo(
            _("Das ist ein Fehler in pik-excel, nicht in der Arbeitsmappe. Bitte mit dieser Ausgabe melden."), err=True
        )
        sys.exit(BUG)


def _say_what_cannot_be_said() -> None:
    """A letter that the terminal's encoding lacks, or a file name that is no text, is spelled out and ends nothing."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - closed by whoever started us
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _load_commands(words: Sequence[str] = ()) -> None:
    """The command that the words call, in the module of its name; all where they call none, as for the help."""
    modules = [module.name for module in pkgutil.iter_modules(__path__)]
    called = next((word.replace("-", "_") for word in words if not word.startswith("-")), "")
    if called not in modules or not _load(called):
        for name in modules:
            _load(name)


def _load(module: str) -> bool:
    found = getattr(importlib.import_module(f"{__name__}.{module}"), "command", None)
    if not isinstance(found, click.Command):
        return False
    program.add_command(found)
    return True


def _wanted_language(words: list[str]) -> str:
    """The language, before click reads the words: `--help` must already know it."""
    wanted = os.environ.get("PIK_EXCEL_LANG", "")
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == "--lang":
            wanted = following
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
    return wanted if wanted in language.LANGUAGES else "de"
