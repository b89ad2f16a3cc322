"""Which rules cost most? `python benchmarks/rules.py [WORKBOOK]`, without one the large workbook of the benchmarks.

Prints CPU seconds, the dearest first. What several rules look at together is charged to the first that asks for it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.big_workbook import write as write_big_workbook  # noqa: E402 - found through the line above
from pik_excel.checks.catalogue import Subject, catalogue  # noqa: E402
from pik_excel.grid.read import read_workbook  # noqa: E402
from pik_excel.grid.records import no_search_for_cycles  # noqa: E402
from pik_excel.layout.read import read_budget  # noqa: E402
from pik_excel.schema import load  # noqa: E402


def main() -> None:
    """Print one row a step and rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", type=Path, nargs="?")
    given = parser.parse_args().workbook
    with tempfile.TemporaryDirectory() as scratch, no_search_for_cycles():
        workbook = given or Path(scratch) / "big.xlsx"
        if given is None:
            write_big_workbook(workbook)
        found = list(_seconds(workbook))
    print("| | CPU |\n|---|---|")
    for seconds, name in [*found[:2], *sorted(found[2:], reverse=True), (sum(one for one, _ in found), "all")]:
        print(f"| {name} | {seconds:.2f} s |")


def _seconds(path: Path) -> Iterator[tuple[float, str]]:
    start = process_time()
    workbook = read_workbook(path)
    yield process_time() - start, "reading the cells"
    start = process_time()
    schema = load(path.parent)
    subject = Subject(read_budget(workbook, schema), schema)
    yield process_time() - start, "reading the tables"
    for rule in catalogue().values():
        start = process_time()
        for _found in rule.function(subject):
            pass
        yield process_time() - start, f"{rule.code} {rule.name}"


if __name__ == "__main__":
    main()
