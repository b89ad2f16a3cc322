"""Where and within which bounds is the work on many files done? The options that say so."""

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
class Spreading:
    """What the user asked for; None is the usual, and `jobs` None without a scheduler is this process."""

    jobs: int | None = None
    scheduler: str | None = None
    resume: Path | None = None
    timeout: int | None = None
    memory: int | None = None

    def __post_init__(self) -> None:
        if self.jobs is not None and self.scheduler is not None:
            raise BadConfiguration(
                "jobs-and-scheduler",
                _("--jobs und --scheduler schließen sich aus."),
                _("Wie viele Prozesse rechnen, bestimmen die „dask worker“ des Clusters."),
            )

    @property
    def processes(self) -> int | None:
        """How many of our own; a bound needs at least one, since only another process can be ended."""
        bounded = self.timeout is not None or self.memory is not None
        return self.jobs or (1 if bounded and self.scheduler is None else None)

    def refuse_in_place(self, in_place: bool) -> None:
        """A file whose work may be done twice must be the same the second time."""
        if in_place and (self.scheduler or self.resume):
            raise BadConfiguration(
                "in-place-twice",
                _("--in-place geht nicht mit --scheduler und --resume: eine Mappe könnte zweimal geändert werden."),
                _("Bitte in neue Mappen schreiben lassen."),
            )


def spreading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command these options; it gets them as one argument, `spreading`."""

    @wraps(command)
    def called(**given: Any) -> Any:
        own = {field.name: given.pop(field.name) for field in fields(Spreading)}
        return command(spreading=Spreading(**own), **given)

    adding: Callable[..., Any] = called
    for add in (
        option(
            "--memory",
            type=click.IntRange(256),
            metavar="MB",
            help=later("Arbeitsspeicher je Mappe, mit -j und --scheduler; sonst gilt pik-excel.toml (4096)."),
        ),
        option(
            "--timeout",
            type=click.IntRange(1),
            metavar=later("SEKUNDEN"),
            help=later("Zeit je Mappe, mit -j und --scheduler; sonst gilt pik-excel.toml (300)."),
        ),
        option(
            "--resume",
            type=click.Path(path_type=Path, file_okay=False),
            metavar=later("ORDNER"),
            help=later("Ergebnisse dort ablegen; ein abgebrochener Lauf macht damit weiter."),
        ),
        option("--scheduler", metavar=later("ADRESSE"), help=later("Auf den Rechnern dieses Dask-Clusters.")),
        option(
            "-j",
            "--jobs",
            type=click.IntRange(1),
            metavar="N",
            help=later("Mit so vielen Prozessen, Zeit und Speicher begrenzt."),
        ),
    ):
        adding = add(adding)
    return adding
