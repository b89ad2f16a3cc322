"""How does a command go through several workbooks? One that fails is told, and does not end the batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from pik_excel.cli.output import tell
from pik_excel.errors import BadConfiguration, PikError
from pik_excel.language import _

Result = TypeVar("Result")


def each(paths: Sequence[Path], output: Path | None, work: Callable[[Path], Result]) -> tuple[list[Result], int]:
    """The results of those that went well, and the gravest exit code of the others. Raises BadConfiguration where one
    output is named for several workbooks."""
    if output is not None and len(paths) > 1:
        raise BadConfiguration(
            "one-output", _("--output nennt eine Datei, gemeint sind {count} Mappen.").format(count=len(paths))
        )
    results, worst = [], 0
    for path in paths:
        try:
            results.append(work(path))
        except PikError as error:
            tell(error)
            worst = max(worst, error.exit_code)
    return results, worst
