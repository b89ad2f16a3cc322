"""The life of a worker process: an order comes, then a file at a time, each is answered, until nobody asks any more.

It is started by `pik_excel.cli.workers` and reads from standard input; answers go where standard output was. What
anything prints meanwhile goes to standard error.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from pik_excel import language
from pik_excel.cli.work import Answer, Order, answer

READY = "ready"
MIB = 1024 * 1024
_GRACE = 30.0  # seconds after which a process that nobody killed in time ends by itself: its parent is gone
_MOST = 0.5  # of the memory that a file may take: one who holds it between two files wants to be replaced


def main() -> None:
    """Serve until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(EOFError, BrokenPipeError), open(os.devnull, "w") as nowhere:  # noqa: PTH123 - no path of ours
        order: Order = pickle.load(asked)
        _begin(order)
        _send(answers, READY)
        while True:
            place, known = pickle.load(asked)
            faulthandler.dump_traceback_later(order.bounds.seconds + _GRACE, exit=True, file=nowhere)
            found = answer(order, place, known)
            faulthandler.cancel_dump_traceback_later()
            _send(answers, Answer(found.key, found.packed, found.spent or _holds_much(order)))


def _begin(order: Order) -> None:
    language.use(order.language)
    with suppress(OSError):  # then only relative paths are refused
        os.chdir(order.folder)
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return
    limit = order.bounds.megabytes * MIB
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _holds_much(order: Order) -> bool:
    """Whether the process, between two files, still holds much of what a large one took."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - Linux only, at every file
            pages = int(file.read().split()[1])
    except OSError:
        return False
    return pages * os.sysconf("SC_PAGESIZE") > order.bounds.megabytes * MIB * _MOST


def _send(answers: BinaryIO, what: object) -> None:
    pickle.dump(what, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


if __name__ == "__main__":
    main()
