"""How long do thousands of workbooks take, and does the memory stay flat?

`python -m benchmarks.scale --workbooks 10000 --broken 50 -j 2 --dask --stopped` makes the workbooks, checks them with
two processes, then through a Dask cluster on this machine of which a worker is killed in the middle, then in a run that
is killed in the middle and resumed, and compares the JSON of all byte for byte. Prints Markdown. `--also-alone` adds a
run with one process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale.cluster import Cluster, cluster
from benchmarks.scale.making import made
from benchmarks.scale.watching import Cost, watched

PROJECT = Path(__file__).parent.parent.parent
CHECK = (sys.executable, "-m", "pik_excel", "check", "--format", "json")


def main() -> None:
    """Make, run, compare, print."""
    options = _options()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])  # this one is measured
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        _run(options, Path(scratch).resolve())


def _run(options: argparse.Namespace, folder: Path) -> None:
    started = time.monotonic()
    plans = folder / "plans"
    plans.mkdir()
    expected = made(plans, options.workbooks, options.broken, options.jobs)
    files = [path for path in plans.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / len(files) / 1024
    print(f"{len(files)} workbooks of {size:.1f} KiB on average, {len(expected)} of them broken,", end=" ")
    print(f"made in {time.monotonic() - started:.0f} s; load of the machine {os.getloadavg()[0]:.1f}\n", flush=True)
    os.chdir(folder)
    print("| run | wall | CPU | CPU a workbook | program's memory | largest process | JSON |")
    print("|---|---|---|---|---|---|---|", flush=True)
    costs = {f"-j {options.jobs}": _with_processes(folder, options.jobs)}
    _row(f"-j {options.jobs}", costs[f"-j {options.jobs}"], folder / f"j{options.jobs}.json", len(files))
    if options.also_alone:
        costs["-j 1"] = _with_processes(folder, 1)
        _row("-j 1", costs["-j 1"], folder / "j1.json", len(files))
    if options.dask:
        costs["Dask"] = _with_dask(folder, options.workers, len(files))
        _row(f"Dask, {options.workers} workers, one killed", costs["Dask"], folder / "dask.json", len(files))
    if options.stopped:
        costs["stopped"] = _stopped(folder, options.jobs, len(files))
        _row("killed and resumed", costs["stopped"], folder / "stopped.json", len(files))
    _compare(sorted(folder.glob("*.json")))
    _refused(folder / f"j{options.jobs}.json", expected)
    for name, cost in costs.items():
        _memory(name, cost)


def _with_processes(folder: Path, jobs: int) -> Cost:
    return watched([*CHECK, "-j", str(jobs), "plans"], folder / f"j{jobs}.json")


def _with_dask(folder: Path, workers: int, files: int) -> Cost:
    with cluster(workers, folder) as found:
        journal = folder / "dask-run" / "results.jsonl"
        words = [*CHECK, "--scheduler", found.address, "--resume", "dask-run", "plans"]
        killing = _Killing(journal, files // 2, found)
        cost = watched(words, folder / "dask.json", found.pids, killing)
        print(f"{killing.at} results: a worker was killed ({killing.killed} processes)", file=sys.stderr)
        return cost


class _Killing:
    """Kills once, when half of the results are there."""

    def __init__(self, journal: Path, half: int, victim: Cluster | None) -> None:
        self._journal, self._half, self._victim = journal, half, victim
        self._read, self.at, self.killed = 0, 0, 0

    def __call__(self, process: subprocess.Popen[bytes], _seconds: float) -> None:
        if self.killed or not self._journal.exists():
            return
        with self._journal.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        self._read += len(new)
        self.at += new.count(b"\n")
        if self.at >= self._half:
            if self._victim is not None:
                self.killed = self._victim.kill_a_worker()
            else:
                process.send_signal(signal.SIGKILL)
                self.killed = 1


def _stopped(folder: Path, jobs: int, files: int) -> Cost:
    words = [*CHECK, "-j", str(jobs), "--resume", "stopped-run", "plans"]
    journal = folder / "stopped-run" / "results.jsonl"
    first = watched(words, folder / "stopped.json", (), _Killing(journal, files // 2, None))
    with journal.open("rb") as file:
        print(f"{sum(1 for _line in file)} results: killed (exit {first.code}), to be resumed", file=sys.stderr)
    return watched(words, folder / "stopped.json")


def _row(name: str, cost: Cost, document: Path, files: int) -> None:
    digest = hashlib.sha256(document.read_bytes()).hexdigest()[:12]
    own, largest = (max(one[part] for one in cost.tenths()) for part in (0, 1))
    print(
        f"| {name} | {cost.wall:.0f} s | {cost.cpu_seconds:.0f} s | {cost.cpu_seconds / files * 1000:.0f} ms |"
        f" {own:.0f} MiB | {largest:.0f} MiB | {document.stat().st_size / 1024 / 1024:.1f} MiB, {digest} |",
        flush=True,
    )
    if cost.code not in (0, 1, 3, 4):
        raise SystemExit(f"{name} ended with {cost.code}")


def _compare(documents: Sequence[Path]) -> None:
    contents = {document.read_bytes() for document in documents}
    said = "the same, byte for byte" if len(contents) == 1 else "DIFFERENT"
    print(f"\nThe JSON of {', '.join(document.stem for document in documents)}: {said}.")


def _refused(document: Path, expected: dict[str, str]) -> None:
    workbooks = json.loads(document.read_bytes())["workbooks"]
    found = {str(Path(one["path"]).relative_to("plans")): one["refused"]["code"] for one in workbooks if one["refused"]}
    missed = sorted(expected.items() - found.items())
    more = sorted(found.items() - expected.items())
    print(f"\nRefused: {len(found)} of {len(workbooks)}; {len(expected)} were broken.", end=" ")
    print(f"Not refused with their code: {missed or 'none'}. Refused besides: {more or 'none'}.\n")
    print(", ".join(f"{code} {count}" for code, count in sorted(Counter(found.values()).items())) + "\n")


def _memory(name: str, cost: Cost) -> None:
    print(f"\nMost memory in each tenth of the run ({name}), in MiB: program / its largest process\n")
    print(" · ".join(f"{own:.0f}/{largest:.0f}" for own, largest in cost.tenths()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workbooks", type=int, default=500, metavar="N")
    parser.add_argument("--broken", type=int, default=25, metavar="N")
    parser.add_argument("-j", "--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--also-alone", action="store_true", help="a run with one process, too")
    parser.add_argument("--dask", action="store_true", help="through a cluster of which a worker is killed, too")
    parser.add_argument("--workers", type=int, default=3, metavar="N", help="workers of the cluster")
    parser.add_argument("--stopped", action="store_true", help="a run that is killed in the middle and resumed, too")
    parser.add_argument("--folder", type=Path, help="where the workbooks are made; else where temporary files go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
