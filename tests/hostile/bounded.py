"""Run `pik-excel check` on many files, each in a process of its own with bounds, and measure it.

As a program: reads a JSON list of command lines from standard input, writes a JSON list of `Ended` to standard output.
It imports the package once and forks for each, so that hundreds of files cost little more than their own work.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CPU_SECONDS, MEGABYTES, WALL_SECONDS = 5, 512, 60
ROOM = 400  # megabytes of address space that libraries reserve without using


@dataclass(frozen=True)
class Ended:
    """How one command ended; `signal` where it was killed. CPU in seconds, memory at its peak in MB."""

    code: int
    out: str
    err: str
    signal: int
    cpu: float
    megabytes: float

    @property
    def document(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)


def ended(commands: Sequence[Sequence[str]], cpu: int = CPU_SECONDS) -> list[Ended]:
    """Run them all in one subprocess, one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", "from tests.hostile.bounded import main; main()", str(cpu)],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parent.parent.parent,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Ended(*one) for one in json.loads(done.stdout)]


def main() -> None:
    """The program."""
    from pik_excel.cli import main as pik_excel

    warm_up(pik_excel)
    _block_network()
    cpu = int(sys.argv[1])
    print(json.dumps([list(_run(pik_excel, words, cpu)) for words in json.load(sys.stdin)]))


def _block_network() -> None:
    """From here on whoever asks for a connection ends in a traceback: nothing is fetched, ever."""
    import socket

    def refuse(*_what: object, **_named: object) -> None:
        raise RuntimeError("a connection was asked for")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse  # type: ignore[assignment]


def warm_up(pik_excel: Any) -> None:
    """Import all that a check imports, in this process."""
    folder = Path(__file__).parent.parent.parent / "workbooks"
    sys.stdout.flush()
    saved = os.dup(1)
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        try:
            pik_excel(["check", str(folder / "haushalt-fehler.xlsx"), "--format", "json", "--fail-on", "never"])
        except SystemExit:
            pass
        finally:
            sys.stdout.flush()
            os.dup2(saved, 1)
            os.close(saved)


def _run(pik_excel: Any, words: Sequence[str], cpu: int) -> tuple[int, str, str, int, float, float]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _be_bounded(cpu)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os._exit(_code(pik_excel, words))
        status, used = _waited(child)
        for file in (out, err):
            file.seek(0)
        return (
            os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else -1,
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace"),
            os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024,
        )


def _waited(child: int) -> tuple[int, resource.struct_rusage]:
    until = time.monotonic() + WALL_SECONDS
    while time.monotonic() < until:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return status, used
        time.sleep(0.003)
    os.kill(child, signal.SIGKILL)
    _pid, status, used = os.wait4(child, 0)
    return status, used


def _be_bounded(cpu: int) -> None:
    now = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(now.ru_utime + now.ru_stime) if sys.platform == "darwin" else 0  # a fork begins anew on Linux
    resource.setrlimit(resource.RLIMIT_CPU, (cpu + spent + 1, cpu + spent + 2))
    resource.setrlimit(resource.RLIMIT_AS, ((MEGABYTES + ROOM) * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _code(pik_excel: Any, words: Sequence[str]) -> int:
    try:
        pik_excel(list(words))
    except SystemExit as done:
        sys.stdout.flush()
        sys.stderr.flush()
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
