"""A Dask cluster on this machine, of Dask's own programs: a scheduler and some workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil


class Cluster:
    """Its address, and the processes that were started for it."""

    def __init__(
        self, address: str, scheduler: subprocess.Popen[bytes], workers: list[subprocess.Popen[bytes]]
    ) -> None:
        self.address = address
        self.scheduler = scheduler
        self.workers = workers

    @property
    def pids(self) -> list[int]:
        """Of the scheduler and of the workers."""
        return [self.scheduler.pid, *(worker.pid for worker in self.workers)]

    def kill_a_worker(self) -> int:
        """The first worker, and the nanny that would start it anew, gone by SIGKILL; how many processes that were."""
        family = [psutil.Process(self.workers[0].pid), *psutil.Process(self.workers[0].pid).children(recursive=True)]
        for process in family:
            with suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)
        return len(family)


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[Cluster]:
    """A cluster for the time of the block; what it says goes to files in the folder."""
    address = f"tcp://127.0.0.1:{_free_port()}"
    port = address.rpartition(":")[2]
    started: list[subprocess.Popen[bytes]] = []
    try:
        with (folder / "cluster.log").open("wb") as log:
            common = {"stdout": log, "stderr": log, "cwd": folder}
            dask = [sys.executable, "-m", "dask"]
            listen = ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
            started.append(subprocess.Popen([*dask, *listen], **common))  # type: ignore[call-overload]
            serve = ["worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            for _number in range(workers):
                started.append(subprocess.Popen([*dask, *serve], **common, env=environment))  # type: ignore[call-overload]
        _wait(address, workers)
        yield Cluster(address, started[0], started[1:])
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str, workers: int) -> None:
    from distributed import Client

    deadline = time.monotonic() + 120
    while True:
        try:
            with Client(address, timeout=10, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=110)
                return
        except OSError:
            if time.monotonic() > deadline:
                raise


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
