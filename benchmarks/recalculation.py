"""Does the recalculation give what Excel stored? Over every formula cell of the real workbooks, results blanked first.

`python benchmarks/recalculation.py` prints the tables of benchmarks/README.md; the folder of workbooks is found through
PIK_EXCEL_SHARED (default: ../shared beside the project). Cells with volatile functions are left out. A cell counts for
each function that its formula names.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT))

from pik_excel.errors import PikError  # noqa: E402 - found through the line above
from pik_excel.grid.read import read_workbook  # noqa: E402
from pik_excel.grid.workbook import Workbook  # noqa: E402
from pik_excel.recalc.contents import Contents  # noqa: E402
from pik_excel.recalc.values import recalculate  # noqa: E402
from tests.recalc.test_corpus import agrees, blanked, results  # noqa: E402

SHARED = Path(os.environ.get("PIK_EXCEL_SHARED", PROJECT.parent / "shared"))
VOLATILE = re.compile(r"\b(RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY|OFFSET|INDIRECT|CELL|INFO)\(", re.IGNORECASE)
FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(", re.IGNORECASE)
OUTCOMES = ("agree", "wrong", "not evaluated")


def compared(workbook: Workbook) -> Iterator[tuple[str, str, str]]:
    """Each formula cell: its address, its formula, and how the computed value stands to the stored one."""
    stored = results(workbook)
    without = blanked(workbook)
    computed, contents = recalculate(without).values, Contents(without)
    for at in stored:
        cell = workbook.cell(at)
        formula = (cell.formula if cell else None) or ""
        if VOLATILE.search(formula):
            continue
        outcome = OUTCOMES[2] if at not in computed else OUTCOMES[not agrees(contents, stored, at, computed[at])]
        yield str(at), formula, outcome


def main() -> None:
    """Count, and print every cell that came out wrong."""
    together: Counter[str] = Counter()
    functions: dict[str, Counter[str]] = defaultdict(Counter)
    books = 0
    for path in sorted(path for path in (SHARED / "corpus").rglob("*.xls[xm]")):
        try:
            workbook = read_workbook(path)
        except PikError:
            continue
        books += 1
        for at, formula, outcome in compared(workbook):
            together[outcome] += 1
            for name in {name.upper().removeprefix("_XLFN.") for name in FUNCTION.findall(formula)} or {
                "(no function)"
            }:
                functions[name][outcome] += 1
            if outcome == "wrong":
                print(f"wrong: {path.name} {at} ={formula}", file=sys.stderr)
    total = sum(together.values())
    print(f"{books} workbooks, {total} formula cells: ", end="")
    print(", ".join(f"{together[outcome]} ({together[outcome] / total:.2%}) {outcome}" for outcome in OUTCOMES))
    print("\n| function | cells | agree | wrong | not evaluated |\n|---|---|---|---|---|")
    for name, counts in sorted(functions.items(), key=lambda item: -sum(item[1].values()))[:25]:
        print(f"| {name} | {sum(counts.values())} | " + " | ".join(str(counts[outcome]) for outcome in OUTCOMES) + " |")


if __name__ == "__main__":
    main()
