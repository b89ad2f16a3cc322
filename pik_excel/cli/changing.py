"""What may `check` write: a copy with the findings in it, or a workbook with the safe repairs made?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any  # a decorator passes any command function through

import click

from pik_excel.cli.speaking import later, option
from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.records import dataclass


@dataclass(frozen=True)
class Changing:
    """What the user asked for; `only` and `leave` are codes ("SUM02") or cells ("Blatt!C4")."""

    annotate: Path | None = None
    fix: bool = False
    diff: bool = False
    only: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    in_place: bool = False
    overwrite: bool = False

    def __post_init__(self) -> None:
        wanted = [
            word for word, given in (("--annotate", self.annotate), ("--fix", self.fix), ("--undo", self.undo)) if given
        ]
        if len(wanted) > 1 or (self.annotate and self.diff):
            raise BadConfiguration(
                "two-outputs",
                _("{first} und {second} schließen sich aus.").format(first=wanted[0], second=(*wanted, "--diff")[1]),
                _("Bitte nacheinander aufrufen."),
            )

    @property
    def repairing(self) -> bool:
        """Whether repairs are to be shown, made or taken back."""
        return self.fix or self.diff or bool(self.undo)

    @property
    def making(self) -> bool:
        """Whether repairs are to be made: `--diff` only shows them, also beside `--fix`."""
        return self.fix and not self.diff


def changing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command these options; it gets them as one argument, `changing`."""

    @wraps(command)
    def called(**given: Any) -> Any:
        own = {field.name: given.pop(field.name) for field in fields(Changing)}
        return command(changing=Changing(**own), **given)

    adding: Callable[..., Any] = called
    for add in (
        option("--overwrite", is_flag=True, help=later("Eine Mappe dieses Namens überschreiben.")),
        option(
            "--in-place",
            is_flag=True,
            help=later("Mit --fix: in der Mappe selbst; vorher wird eine Sicherung angelegt."),
        ),
        option(
            "--undo",
            multiple=True,
            metavar=later("ZELLEN|CODES"),
            help=later("In einer mit --fix berichtigten Mappe diese Reparaturen zurücknehmen."),
        ),
        option(
            "--leave",
            multiple=True,
            metavar=later("ZELLEN|CODES"),
            help=later("Mit --diff und --fix: diese Reparaturen nicht."),
        ),
        option(
            "--only",
            multiple=True,
            metavar=later("ZELLEN|CODES"),
            help=later("Mit --diff und --fix: nur diese Reparaturen, etwa SUM02 oder „Nordstadt!F8“."),
        ),
        option("--diff", is_flag=True, help=later("Zeigt die sicheren Reparaturen Zelle für Zelle, schreibt nichts.")),
        option(
            "--fix",
            is_flag=True,
            help=later("Macht die sicheren Reparaturen in einer neuen Mappe (-o; sonst …-berichtigt.xlsx)."),
        ),
        option(
            "--annotate",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar=later("DATEI"),
            help=later("Kopie der Mappe mit einem Blatt „Prüfprotokoll“ und Markierungen an den Zellen."),
        ),
    ):
        adding = add(adding)
    return adding
