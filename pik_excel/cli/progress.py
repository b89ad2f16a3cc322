"""What is the command doing, where it takes longer than a second? Said on a terminal only, wiped away at the end."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

import click

AFTER = 1.0
"""Seconds of silence."""

_WIPE = "\r\x1b[2K"


class Progress:
    """Says on standard error what is being done, once it has taken a second; nothing where that is no terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._step = ""
        self._spoken = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(AFTER, self._speak)
        self._timer.daemon = True

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if self._spoken:
                sys.stderr.write(_WIPE)
                sys.stderr.flush()
            self._spoken = False

    def step(self, what: str) -> None:
        """What comes next, as the end of a sentence: "liest"."""
        with self._lock:
            self._step = what
            if self._spoken:
                self._show()

    def _speak(self) -> None:
        with self._lock:
            self._spoken = True
            self._show()

    def _show(self) -> None:
        sys.stderr.write(f"{_WIPE}{self._what}: {self._step} …")
        sys.stderr.flush()


class Bar:
    """A bar over many files with the name of the one at work, on standard error; nothing where that is no terminal."""

    def __init__(self, length: int) -> None:
        shown = sys.stderr.isatty() and length > 1
        self._bar = (
            click.progressbar(length=length, file=sys.stderr, item_show_func=lambda item: item or "") if shown else None
        )

    def __enter__(self) -> Bar:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(self, *_why: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def at(self, name: str) -> None:
        """This file is begun."""
        if self._bar is not None:
            self._bar.update(0, name[-40:])

    def one_more(self, name: str) -> None:
        """This file is done."""
        if self._bar is not None:
            self._bar.update(1, name[-40:])
