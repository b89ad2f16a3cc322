"""Which workbooks are meant?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any  # a decorator passes any command function through

import click

from pik_excel.cli.speaking import Argument, later
from pik_excel.errors import BadConfiguration
from pik_excel.language import _

OWN_OUTPUT = re.compile(r"-(projektion-\d{4}|berechnet|berichtigt|zurueckgenommen)\.xls[xm]\Z")
FOLDER = "workbooks"


def workbooks_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the argument `workbooks`."""
    return click.argument("workbooks", cls=Argument, nargs=-1, metavar=later("[ARBEITSMAPPE]…"))(command)


def meant(named: tuple[str, ...], folder: Path = Path()) -> tuple[Path, ...]:
    """The workbooks that were named, or those of `pik-excel.toml`, of `workbooks/` or of the folder itself.

    A bare name is also looked for in `workbooks/`. What this program wrote itself and Excel's `~$` files are passed
    over unless they are named. Raises BadConfiguration where there is nothing to work on.
    """
    from pik_excel.schema import configured_workbooks

    if named:
        return tuple(located(Path(name), folder) for name in named)
    found = configured_workbooks(folder) or _all_in(folder / FOLDER) or _all_in(folder)
    if found:
        return tuple(_near(path) for path in found)
    raise BadConfiguration(
        "no-workbook",
        _("Hier liegt keine Arbeitsmappe: weder in pik-excel.toml genannt noch in workbooks/ noch in diesem Ordner."),
        _("Bitte eine nennen: pik-excel check haushalt.xlsx"),
    )


def located(path: Path, folder: Path = Path()) -> Path:
    """The path, or that of a bare name in `workbooks/`."""
    beside = folder / FOLDER / path
    return beside if path.parent == Path() and not path.exists() and beside.exists() else path


def _near(path: Path) -> Path:
    """The path as seen from the current folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _all_in(folder: Path) -> tuple[Path, ...]:
    return tuple(
        path
        for path in sorted(folder.glob("*.xls[xm]"))
        if not path.name.startswith("~$") and not OWN_OUTPUT.search(path.name)
    )
