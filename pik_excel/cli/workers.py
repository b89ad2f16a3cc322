"""How is work on many files spread over processes, so that none that hangs, crashes or swells ends the rest?"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from pik_excel import language
from pik_excel.errors import PikError, Refused
from pik_excel.language import _, number

Result = TypeVar("Result")
MIB = 1024 * 1024
_AT_MOST_WAITING = 1.0  # seconds between two looks at who is late


@dataclass(frozen=True)
class Bounds:
    """What one file may cost."""

    seconds: float
    megabytes: int


def spread(
    paths: Sequence[Path],
    work: Callable[[Path], Result],
    jobs: int,
    bounds: Bounds,
    begun: Callable[[Path], None] = lambda _path: None,
) -> Iterator[tuple[int, Result | Refused]]:
    """The results with their index, each as soon as it is there. A file whose worker is late, dies or needs too much
    memory gives a `Refused`; any other `PikError` of `work` is raised. `work` must be a function that other processes
    can import; `begun` is told each file."""
    waiting = list(enumerate(paths))[::-1]
    workers = [_Worker(work, bounds) for _ in range(min(jobs, len(paths)))]
    try:
        for worker in workers:
            worker.begin(*waiting.pop(), begun)
        while busy := [worker for worker in workers if worker.at is not None]:
            ready = wait([worker.pipe for worker in busy], _patience(busy))
            for worker in busy:
                if worker.pipe not in ready and not worker.late:
                    continue
                index, result = worker.ended(worker.pipe in ready)
                if isinstance(result, PikError) and not isinstance(result, Refused):
                    raise result
                yield index, result
                if waiting:
                    worker.begin(*waiting.pop(), begun)
    finally:
        for worker in workers:
            worker.end()


class _Worker(Generic[Result]):
    """One process and the file it works on."""

    def __init__(self, work: Callable[[Path], Result], bounds: Bounds) -> None:
        self._work = work
        self._bounds = bounds
        self.at: tuple[int, Path] | None = None
        self._until = 0.0
        self.pipe, self._process = self._started()

    def _started(self) -> tuple[Connection, BaseProcess]:
        here, there = multiprocessing.Pipe()
        serve = partial(_serve, there, self._work, self._bounds.megabytes, language.active())
        process = multiprocessing.Process(target=serve, daemon=True)
        process.start()
        there.close()
        return here, process

    def begin(self, index: int, path: Path, begun: Callable[[Path], None]) -> None:
        begun(path)
        self.at, self._until = (index, path), time.monotonic() + self._bounds.seconds
        self.pipe.send(path)

    @property
    def late(self) -> bool:
        return time.monotonic() > self._until

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._until - time.monotonic())

    def ended(self, spoke: bool) -> tuple[int, Result | Refused]:
        """What became of its file; a process that is late or dead is replaced."""
        assert self.at is not None
        index, path = self.at
        self.at = None
        try:
            if spoke:
                return index, self.pipe.recv()
            failed = _late(path, self._bounds.seconds)
        except (EOFError, OSError):
            failed = _died(path)
        self.end()
        self.pipe, self._process = self._started()
        return index, failed

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(pipe: Connection, work: Callable[[Path], Result], megabytes: int, speaking: str) -> None:
    """The worker's life: a path comes, a result goes, until nobody asks any more."""
    language.use(speaking)
    _bound_memory(megabytes)
    while True:
        try:
            path = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            pipe.send(work(path))
        except PikError as error:
            pipe.send(error)
        except MemoryError:
            pipe.send(_needs_memory(path, megabytes))
        except KeyboardInterrupt:
            return


def _bound_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return
    limit = megabytes * MIB
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _patience(busy: Sequence[_Worker[Result]]) -> float:
    return min(_AT_MOST_WAITING, *(worker.seconds_left for worker in busy)) + 0.01


def _late(path: Path, seconds: float) -> Refused:
    return Refused(
        "takes-too-long",
        _("{file} ist nach {seconds} Sekunden nicht fertig geprüft und wurde abgebrochen.").format(
            file=path.name, seconds=number(int(seconds))
        ),
        _("Bitte die Mappe einzeln prüfen, oder die Grenze in pik-excel.toml unter [preflight] höher setzen."),
    )


def _needs_memory(path: Path, megabytes: int) -> Refused:
    return Refused(
        "needs-too-much-memory",
        _("{file} braucht beim Prüfen mehr als {limit} MB Arbeitsspeicher.").format(
            file=path.name, limit=number(megabytes)
        ),
        _("Bitte die Mappe einzeln prüfen, oder die Grenze in pik-excel.toml unter [preflight] höher setzen."),
    )


def _died(path: Path) -> Refused:
    return Refused(
        "worker-died",
        _("{file} konnte nicht geprüft werden: der Prüfprozess ist abgestürzt.").format(file=path.name),
        _("Bitte die Mappe einzeln prüfen und den Fehler melden."),
    )
