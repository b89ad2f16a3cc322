"""How much CPU does a command cost, against one `openpyxl.load_workbook` of the same file in the same run?

`python benchmarks/speed.py` prints the table of benchmarks/README.md. Each program runs in a process of its own, in
turn with its peer, `--repeat` times; the figure is the median of user + system time, the ratio that of the medians. The
program is compiled first, as its installation does.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.big_workbook import write as write_big_workbook  # noqa: E402 - found through the line above

PEER = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"
ONE_EDIT = """
import sys
from decimal import Decimal
from pathlib import Path
from pik_excel.grid.read import read_workbook
from pik_excel.grid.reference import Address
from pik_excel.recalc.values import recalculate
workbook = read_workbook(Path(sys.argv[1]))
found = recalculate(workbook, {Address("Maßnahmen", 4, 4): Decimal(1)})
assert len(found.affected) > 2 and not found.not_evaluated
"""


def cpu_seconds(command: Sequence[str]) -> tuple[float, int]:
    """User + system seconds and peak memory in MiB of one run, output thrown away."""
    child = os.posix_spawn(
        command[0],
        list(command),
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)],
    )
    _pid, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def compared(ours: Sequence[str], peer: Sequence[str], repeat: int) -> tuple[float, float, int, int]:
    """Median CPU of ours and of the peer, peak memory of both, run in turn."""
    runs = [(cpu_seconds(ours), cpu_seconds(peer)) for _ in range(repeat)]
    own, other = zip(*runs, strict=True)
    return (
        statistics.median(seconds for seconds, _ in own),
        statistics.median(seconds for seconds, _ in other),
        max(memory for _, memory in own),
        max(memory for _, memory in other),
    )


def main() -> None:
    """Print one row a case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    compileall.compile_dir(PROJECT / "pik_excel", quiet=1)
    with tempfile.TemporaryDirectory() as scratch:
        big = Path(scratch) / "big.xlsx"
        write_big_workbook(big)
        example = PROJECT / "workbooks" / "haushalt.xlsx"
        target = str(Path(scratch) / "out.xlsx")
        cases = {
            "--help": (["--help"], example),
            "check, the example": (["check", str(example)], example),
            "project, the example": (["project", "--to", "2027", "--overwrite", "-o", target, str(example)], example),
            "check, 100,000 formulas": (["check", str(big)], big),
            "recalc, 100,000 formulas": (["recalc", str(big)], big),
        }
        print("| | CPU | openpyxl load | ratio | memory | openpyxl |")
        print("|---|---|---|---|---|---|")
        programs = {name: (["-m", "pik_excel", *words], file) for name, (words, file) in cases.items()}
        programs["one edit and its dependents, 100,000 formulas"] = (["-c", ONE_EDIT, str(big)], big)
        for name, (words, file) in programs.items():
            own, other, memory, peer_memory = compared(
                [sys.executable, *words], [sys.executable, "-W", "ignore", "-c", PEER, str(file)], repeat
            )
            print(f"| {name} | {own:.2f} s | {other:.2f} s | {own / other:.2f} | {memory} MiB | {peer_memory} MiB |")


if __name__ == "__main__":
    main()
