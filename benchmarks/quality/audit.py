"""How many of the labelled formula defects of real workbooks do the SUM and FRM rules find?

`python benchmarks/quality/audit.py [-v] [FILE …]` reads the folder `audit` of PIK_EXCEL_SHARED (default: ../shared
beside the project): workbooks and `truth.json` (file → sheet → labelled cells).

The score is cell-pooled over all files and sheets. Found are the cells of all SUM and FRM findings, every cell of a
finding's range, but for FRM04, FRM05, FRM06, FRM09 and notices. Precision is the share of the found cells that are
labelled, recall the share of the labelled cells that are found, F1 their harmonic mean. Cells of sheets that truth.json
does not name count as wrong. `-v` lists the cells of each file that are wrong or missed, by code.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(PROJECT))

from pik_excel.checks.catalogue import Subject, catalogue, examine  # noqa: E402 - found through the line above
from pik_excel.checks.finding import Severity  # noqa: E402
from pik_excel.checks.runs import blocks  # noqa: E402
from pik_excel.grid.read import read_workbook  # noqa: E402
from pik_excel.grid.reference import Area, area_of  # noqa: E402
from pik_excel.layout.read import read_budget  # noqa: E402
from pik_excel.schema import built_in  # noqa: E402

SHARED = Path(os.environ.get("PIK_EXCEL_SHARED", PROJECT.parent / "shared"))
LEFT_OUT = {"FRM04", "FRM05", "FRM06", "FRM09"}
Cells = dict[tuple[str, int, int], str]
"""Cells by sheet, row and column, with the code that spoke ("" for a labelled one)."""


@dataclass(frozen=True)
class Score:
    """Cells rightly found, wrongly found, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Right among found; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right among labelled; 1 where nothing was labelled."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def found_cells(path: Path) -> Cells:
    """The cells of the findings that count."""
    schema = built_in()
    rules = [rule for code, rule in catalogue().items() if code[:3] in {"SUM", "FRM"} and code not in LEFT_OUT]
    cells: Cells = {}
    for finding in examine(Subject(read_budget(read_workbook(path), schema), schema), rules):
        if finding.severity is not Severity.NOTICE:
            area = _area(finding.range)
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    cells.setdefault((finding.sheet, row, column), finding.code)
    return cells


def labelled_cells(sheets: dict[str, list[str]]) -> Cells:
    """The cells of truth.json for one file."""
    return {(sheet, *_area(name)[:2]): "" for sheet, names in sheets.items() for name in names}


def _area(name: str) -> Area:
    area = area_of(name)
    if area is None:
        raise ValueError(name)
    return area


def score(found: Cells, labelled: Cells) -> Score:
    """Both sets compared."""
    right = len(found.keys() & labelled.keys())
    return Score(right, len(found) - right, len(labelled) - right)


def listed(cells: Cells) -> Iterator[str]:
    """The cells as ranges by sheet and code."""
    groups: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (sheet, row, column), code in cells.items():
        groups[sheet, code].append((row, column))
    for (sheet, code), places in sorted(groups.items()):
        yield f"{sheet} {code}: " + " ".join(area.a1 for area in blocks(places))


def main() -> None:
    """Print a row for each file and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE", help="names within the folder; all without any")
    parser.add_argument("-v", action="store_true", dest="verbose", help="list wrong and missed cells")
    arguments = parser.parse_args()
    folder = SHARED / "audit"
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    whole = Score(0, 0, 0)
    print(f"{'':40} right wrong missed precision recall   F1")
    for name in arguments.files or truth:
        found, labelled = found_cells(folder / name), labelled_cells(truth[name])
        one = score(found, labelled)
        whole += one
        print(_row(name, one))
        if arguments.verbose:
            for word, cells in (("wrong", found.keys() - labelled.keys()), ("missed", labelled.keys() - found.keys())):
                for line in listed({cell: found.get(cell, "") for cell in sorted(cells)}):
                    print(f"    {word:6} {line}")
    print(_row("all", whole))


def _row(name: str, one: Score) -> str:
    return f"{name:40} {one.right:5} {one.wrong:5} {one.missed:6} {one.precision:9.2f} {one.recall:6.2f} {one.f1:4.2f}"


if __name__ == "__main__":
    main()
