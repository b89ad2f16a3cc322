"""What does a program and all that it starts cost: time, CPU, and memory over time?"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

EVERY = 0.25
"""Seconds between two looks."""
MIB = 1024 * 1024


@dataclass(frozen=True)
class Look:
    """One look: seconds since the start, memory in MiB of the program itself, of the largest process that it started
    (or of the cluster), and of all together."""

    seconds: float
    own: float
    largest: float
    together: float


@dataclass
class Cost:
    """What a run cost; `cpu` holds for each process what it had used when it was last seen."""

    wall: float = 0.0
    code: int = 0
    looks: list[Look] = field(default_factory=list)
    cpu: dict[int, float] = field(default_factory=dict)

    @property
    def cpu_seconds(self) -> float:
        """User and system seconds of all processes, all those included that were killed on the way."""
        return sum(self.cpu.values())

    def tenths(self) -> list[tuple[float, float]]:
        """The most memory of the program itself and of its largest process, in each tenth of the run."""
        parts: list[list[Look]] = [[] for _ in range(10)]
        for look in self.looks:
            parts[min(9, int(look.seconds / self.wall * 10))].append(look)
        return [
            (max((one.own for one in part), default=0.0), max((one.largest for one in part), default=0.0))
            for part in parts
        ]


def watched(
    command: Sequence[str],
    output: Path,
    beside: Sequence[int] = (),
    at_each_look: Callable[[subprocess.Popen[bytes], float], None] = lambda _process, _seconds: None,
) -> Cost:
    """Run a command to its end, its standard output into a file; `beside` are other processes that work for it."""
    cost, before = Cost(), {pid: _cpu(psutil.Process(pid)) for one in beside for pid in _family(one)}
    start = time.monotonic()
    with output.open("wb") as out:
        process = subprocess.Popen(list(command), stdout=out)
        while process.poll() is None:
            seconds = time.monotonic() - start
            _look(process.pid, beside, seconds, cost)
            at_each_look(process, seconds)
            time.sleep(EVERY)
    cost.wall, cost.code = time.monotonic() - start, process.returncode
    for pid, used in before.items():
        cost.cpu[pid] = cost.cpu.get(pid, used) - used
    return cost


def _look(pid: int, beside: Sequence[int], seconds: float, cost: Cost) -> None:
    own, others = 0.0, [0.0]
    for one in [pid, *beside]:
        for member in _family(one):
            try:
                process = psutil.Process(member)
                memory = process.memory_info().rss / MIB
                cost.cpu[member] = _cpu(process)
            except psutil.Error:
                continue
            if member == pid:
                own = memory
            else:
                others.append(memory)
    cost.looks.append(Look(seconds, own, max(others), own + sum(others)))


def _family(pid: int) -> list[int]:
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return []


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
