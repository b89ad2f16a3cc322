"""Which workbooks are meant?"""

from __future__ import annotations

import os
from collections.abc import Callable
from glob import glob
from pathlib import Path, PurePath
from typing import Any  # a decorator passes any command function through

import click

from pik_excel.cli.speaking import Argument, later
from pik_excel.errors import BadConfiguration
from pik_excel.language import _
from pik_excel.patterns import pattern

OWN_OUTPUT = pattern(r"-(projektion-\d{4}|berechnet|berichtigt|zurueckgenommen)\.xls[xm]\Z")
FOLDER = "workbooks"
SPREADSHEETS = frozenset((".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"))


def workbooks_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the argument `workbooks`."""
    return click.argument("workbooks", cls=Argument, nargs=-1, metavar=later("[ARBEITSMAPPE]…"))(command)


def meant(named: tuple[str, ...], folder: Path = Path()) -> tuple[Path, ...]:
    """`places`, of which none may be a URL."""
    from pik_excel.cli.urls import local

    return local(places(named, folder))


def places(named: tuple[str, ...], folder: Path = Path()) -> tuple[PurePath, ...]:
    """The workbooks that were named, or those of `pik-excel.toml`, of `workbooks/` or of the folder itself.

    A bare name is also looked for in `workbooks/`. A folder means the workbooks in it and below; so that none is passed
    over in silence, those of other kinds too, which are then refused by name. A pattern means what it matches. What
    this program wrote itself and Excel's `~$` files are passed over unless they are named. Each is meant once. Raises
    BadConfiguration where there is nothing to work on.
    """
    from pik_excel.schema import configured_workbooks

    if named:
        return tuple(dict.fromkeys(one for name in named for one in _named(name, folder)))
    found = configured_workbooks(folder) or _all_in(folder / FOLDER) or _all_in(folder)
    if found:
        return tuple(_near(path) for path in found)
    raise BadConfiguration(
        "no-workbook",
        _("Hier liegt keine Arbeitsmappe: weder in pik-excel.toml genannt noch in workbooks/ noch in diesem Ordner."),
        _("Bitte eine nennen: pik-excel check haushalt.xlsx"),
    )


def _named(name: str, folder: Path) -> tuple[PurePath, ...]:
    from pik_excel.cli.urls import Url, found, place_of

    place = place_of(name)
    if isinstance(place, Url):
        return found(place, SPREADSHEETS)
    path = located(Path(place), folder)
    if is_folder(path):
        return _below(path) or (path,)
    if set(name) & set("*?[") and not is_there(path):
        matching = sorted(glob(str(path), recursive=True))  # noqa: PTH207 - the pattern may be absolute
        return tuple(one for one in map(Path, matching) if _is_input(one)) or (path,)
    return (path,)


def _below(folder: Path) -> tuple[Path, ...]:
    every = (Path(where, name) for where, _folders, names in os.walk(folder) for name in names)
    return tuple(sorted(path for path in every if path.suffix.lower() in SPREADSHEETS and _is_input(path)))


def _is_input(path: Path) -> bool:
    return not path.name.startswith("~$") and not OWN_OUTPUT.search(path.name) and not path.is_dir()


def located(path: Path, folder: Path = Path()) -> Path:
    """The path, or that of a bare name in `workbooks/`."""
    beside = folder / FOLDER / path
    return beside if path.parent == Path() and not is_there(path) and is_there(beside) else path


def is_there(path: Path) -> bool:
    """Whether something has that name; a name that no file can have is none."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder has that name."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _near(path: Path) -> Path:
    """The path as seen from the current folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _all_in(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted(folder.glob("*.xls[xm]")) if _is_input(path))
