"""How are several workbooks checked? One after the other or by worker processes; a bug of ours ends none of them."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pik_excel.errors import PikError, Refused
from pik_excel.language import _

if TYPE_CHECKING:
    from pik_excel.report.checked import Checked

Check = Callable[[Path], "Checked"]


def checked_each(paths: Sequence[Path], check: Check, jobs: int | None) -> list[Checked]:
    """The results in the order given. A single workbook without `jobs` is checked here, and a bug is not caught."""
    if len(paths) == 1 and jobs is None:
        return [check(paths[0])]
    guarded = partial(_guarded, check)
    with _progress(len(paths)) as bar:
        if jobs is None:
            return [_told(bar, path, guarded) for path in paths]
        return _by_workers(paths, guarded, jobs, bar)


def _by_workers(paths: Sequence[Path], check: Check, jobs: int, bar: _Bar) -> list[Checked]:
    from pik_excel.cli.workers import Bounds, spread
    from pik_excel.report.checked import Checked
    from pik_excel.schema import load

    limits = load(Path()).preflight
    bounds = Bounds(limits.seconds, limits.memory_mb)
    results: dict[int, Checked] = {}
    for index, result in spread(paths, check, jobs, bounds, bar.at):
        results[index] = Checked(paths[index], None, refused=result) if isinstance(result, Refused) else result
        bar.one_more()
    return [results[index] for index in range(len(paths))]


def _told(bar: _Bar, path: Path, check: Check) -> Checked:
    bar.at(path)
    result = check(path)
    bar.one_more()
    return result


def _guarded(check: Check, path: Path) -> Checked:
    """A bug of ours is told where it can be reported, and refuses this workbook only."""
    from pik_excel.report.checked import Checked

    try:
        return check(path)
    except (PikError, MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        print(traceback.format_exc(), file=sys.stderr)
        return Checked(path, None, refused=_bug(path, error))


def _bug(path: Path, error: Exception) -> Refused:
    return Refused(
        "internal-error",
        _("{file} konnte nicht geprüft werden: Fehler in pik-excel, nicht in der Arbeitsmappe ({kind}).").format(
            file=path.name, kind=type(error).__name__
        ),
        _("Bitte „pik-excel check {file}“ einzeln aufrufen und die Ausgabe melden.").format(file=path),
    )


class _Bar:
    """A progress bar on standard error with the file at work; silent where that is no terminal."""

    def __init__(self, length: int) -> None:
        shown = sys.stderr.isatty() and length > 1
        self._bar = (
            click.progressbar(length=length, file=sys.stderr, item_show_func=lambda item: item or "") if shown else None
        )

    def __enter__(self) -> _Bar:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(self, *_why: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def at(self, path: Path) -> None:
        """This file is begun."""
        if self._bar is not None:
            self._bar.update(0, path.name[-40:])

    def one_more(self) -> None:
        """A file is done."""
        if self._bar is not None:
            self._bar.update(1)


def _progress(length: int) -> _Bar:
    return _Bar(length)
