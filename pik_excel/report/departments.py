"""How does each department (Amt) stand, whose workbooks were checked together?

The department is the folder below the one that all workbooks have in common: who sent them mends them. Where they lie
in one folder, it is the one that a workbook itself names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import PurePath

from pik_excel.checks.finding import Severity
from pik_excel.records import dataclass
from pik_excel.report.checked import Checked
from pik_excel.report.light import GREEN, RED, YELLOW, light_of


@dataclass(frozen=True)
class Standing:
    """How many workbooks of a department, how many of them red, yellow and green, and how many findings."""

    workbooks: int = 0
    red: int = 0
    yellow: int = 0
    green: int = 0
    errors: int = 0
    warnings: int = 0
    notices: int = 0

    def __add__(self, other: Standing) -> Standing:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Standing(*(one + more for one, more in pairs))

    @property
    def light(self) -> str:
        """The light of its worst workbook."""
        return RED if self.red else YELLOW if self.yellow else GREEN


class Standings:
    """Adds up one workbook after the other; holds a line for each folder, not for each workbook."""

    def __init__(self) -> None:
        self._found: dict[tuple[PurePath, str], Standing] = {}

    def add(self, result: Checked) -> None:
        """Count this workbook too."""
        place = (result.path.parent, result.department)
        self._found[place] = self._found.get(place, Standing()) + _standing(result)

    def by_department(self) -> dict[str, Standing]:
        """Each department by its name, "" for workbooks of which nothing tells it; empty where nothing tells any."""
        common = common_folder(folder for folder, _stated in self._found)
        found: dict[str, Standing] = {}
        for (folder, stated), standing in self._found.items():
            name = below(folder, common) or stated
            found[name] = found.get(name, Standing()) + standing
        return dict(sorted(found.items())) if any(found) else {}


def common_folder(folders: Iterable[PurePath]) -> str | None:
    """The folder that all of these have in common, None where that is the whole disk, or nothing."""
    try:
        common = os.path.commonpath([str(folder) for folder in set(folders)])
    except ValueError:
        return None
    return None if common and PurePath(common).parent == PurePath(common) else common


def below(folder: PurePath, common: str | None) -> str:
    """The name of the folder below the common one that leads to this one; "" where it is the common one itself."""
    if common is None:
        return folder.name
    rest = os.path.relpath(str(folder), common or os.curdir)
    return "" if rest == os.curdir else PurePath(rest).parts[0]


def _standing(result: Checked) -> Standing:
    light = light_of(result)
    counts = (result.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTICE))
    return Standing(1, light == RED, light == YELLOW, light == GREEN, *counts)
