"""How is work on many files spread over processes, so that none that hangs, crashes or swells ends the rest?"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from queue import SimpleQueue
from threading import Event, Lock, Thread, Timer
from typing import IO, TYPE_CHECKING

from pik_excel.cli.packing import packed
from pik_excel.cli.work import Answer, Key, Order
from pik_excel.errors import BadConfiguration, Refused
from pik_excel.language import _, number, speaking

if TYPE_CHECKING:
    import subprocess

Task = tuple[int, PurePath, Key | None]
"""The index of a file, the file, and the key of the result that is there already."""
Told = tuple[int, Answer | None]
"""What became of the file with this index; None: it was begun."""
_START = 120.0  # seconds within which a process must have imported what it needs


def by_processes(order: Order, tasks: Iterable[Task], jobs: int) -> Iterator[Told]:
    """Each answer as soon as it is there. A file whose process is late, dies or needs too much memory is refused, and
    the process replaced."""
    told: SimpleQueue[Told | BaseException | None] = SimpleQueue()
    waiting, taking, stopped = iter(tasks), Lock(), Event()
    workers = [Worker(order) for _ in range(jobs)]

    def serve(worker: Worker) -> None:
        try:
            while not stopped.is_set():
                with taking:
                    task = next(waiting, None)
                if task is None:
                    break
                index, place, known = task
                told.put((index, None))
                told.put((index, worker.answer(place, known)))
        except BaseException as error:
            told.put(error)
        finally:
            told.put(None)

    threads = [Thread(target=serve, args=(worker,), daemon=True) for worker in workers]
    try:
        for thread in threads:
            thread.start()
        ended = 0
        while ended < len(threads):
            one = told.get()
            if isinstance(one, BaseException):
                raise one
            if one is None:
                ended += 1
            else:
                yield one
    finally:
        stopped.set()
        for worker in workers:
            worker.end()


class Worker:
    """One process, started when it is first needed, and the file it works on. Used by one thread."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._process: subprocess.Popen[bytes] | None = None

    def answer(self, place: PurePath, known: Key | None) -> Answer:
        """What became of the file; a process that is late or dead is replaced."""
        process = self._process or self._started()
        late = Event()
        timer = Timer(self._order.bounds.seconds, _end_late, (process, late))
        timer.daemon = True
        timer.start()
        try:
            _send(process.stdin, (place, known))
            found = _received(process.stdout)
            assert isinstance(found, Answer)
        except (EOFError, OSError, pickle.UnpicklingError):
            found = self._lost(place, late.is_set())
        timer.cancel()
        timer.join()
        if found.spent or late.is_set():
            self.end()
        return found

    def end(self) -> None:
        """The process is gone; the next file gets a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _started(self) -> subprocess.Popen[bytes]:
        import subprocess

        command = [sys.executable, "-P", "-m", "pik_excel.cli.child"]  # -P: not from the folder with the workbooks
        path = os.pathsep.join(one or str(Path.cwd()) for one in sys.path)
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
        )
        self._process = process
        timer = Timer(_START, process.kill)
        timer.daemon = True
        timer.start()
        try:
            _send(process.stdin, self._order)
            _received(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise BadConfiguration(
                "worker-does-not-start",
                _("Ein Arbeitsprozess lässt sich mit {limit} MB Arbeitsspeicher nicht starten.").format(
                    limit=number(self._order.bounds.megabytes)
                ),
                _("Bitte die Grenze mit --memory höher setzen."),
            ) from None
        finally:
            timer.cancel()
        return process

    def _lost(self, place: PurePath, late: bool) -> Answer:
        """Without a key: with another bound or on another day it may be done."""
        with speaking(self._order.language):
            refused = takes_too_long(place, self._order.bounds.seconds) if late else died(place)
        return Answer(None, packed(refused), spent=True)


def _end_late(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def takes_too_long(place: PurePath, seconds: float) -> Refused:
    """The refusal of a file that was not done in time."""
    return Refused(
        "takes-too-long",
        _("{file} ist nach {seconds} Sekunden nicht fertig und wurde abgebrochen.").format(
            file=place.name, seconds=number(int(seconds))
        ),
        _("Bitte die Mappe einzeln bearbeiten, oder die Grenze mit --timeout höher setzen."),
    )


def died(place: PurePath) -> Refused:
    """The refusal of a file whose process ended without an answer."""
    return Refused(
        "worker-died",
        _("{file} konnte nicht bearbeitet werden: der Arbeitsprozess ist abgestürzt.").format(file=place.name),
        _("Bitte die Mappe einzeln bearbeiten und den Fehler melden."),
    )


def _send(pipe: IO[bytes] | None, what: object) -> None:
    assert pipe is not None
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _received(pipe: IO[bytes] | None) -> object:
    assert pipe is not None
    return pickle.load(pipe)
