"""A writer is killed at random moments, and each of its steps fails once: nothing is ever damaged, lost or left behind.

60 kills by default, 1,000 with PIK_EXCEL_FULL=1 (half a minute).
"""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest

from pik_excel.errors import NotWritten
from pik_excel.ooxml.save import save

KILLS = 1000 if os.environ.get("PIK_EXCEL_FULL") else 60
SIZE = 300_000
OLD = b"\x00" * SIZE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "haushalt.xlsx"
    file.write_bytes(OLD)
    return file


def whole(content: bytes) -> bool:
    return len(content) == SIZE and len(set(content)) == 1


def writing_without_end(book: Path, in_place: bool) -> None:
    number = 0
    while True:
        number += 1
        save(bytes([number % 251]) * SIZE, book, source=book if in_place else None, in_place=in_place)
        for backup in book.parent.glob("*.bak*"):
            backup.unlink()


def test_a_kill_at_any_moment_damages_nothing(book: Path) -> None:
    dice = random.Random(1)
    finished = interrupted = 0
    for number in range(KILLS):
        in_place = number % 2 == 1
        before = book.read_bytes()
        child = os.fork()
        if child == 0:
            try:
                writing_without_end(book, in_place)
            finally:
                os._exit(1)
        time.sleep(dice.uniform(0.0005, 0.04))
        os.kill(child, signal.SIGKILL)
        _child, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer must have been at work until it was killed"
        content = book.read_bytes()
        assert whole(content), f"kill {number}"
        finished += content != before
        interrupted += any(file.suffix == ".tmp" for file in book.parent.iterdir())
        for backup in book.parent.glob("*.bak*"):
            assert whole(backup.read_bytes()), f"backup after kill {number}"
            backup.unlink()
    assert finished, "some writers must have come to an end of a save"
    assert interrupted, "some must have been killed within one"
    save(OLD, book)
    assert [file.name for file in book.parent.iterdir()] == ["haushalt.xlsx"]


@pytest.mark.parametrize("limit", [0, 1, 4096, SIZE // 2, SIZE - 1])
def test_a_disk_that_fills_up_while_writing_costs_nothing(book: Path, limit: int) -> None:
    """The limit on a process's file size makes the write itself fail, after `limit` bytes."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            save(b"\x01" * SIZE, book)
        except NotWritten:
            os._exit(7)
        os._exit(1)
    _child, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    assert book.read_bytes() == OLD
    assert [file.name for file in book.parent.iterdir()] == ["haushalt.xlsx"]


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_every_step_may_fail_once(book: Path, monkeypatch: pytest.MonkeyPatch, step: str, in_place: bool) -> None:
    """The first call fails, then the second, and so on until none is left to fail."""
    place = os if step == "fsync" else Path
    real = getattr(place, step)
    for failing in range(1, 20):
        calls = 0

        def sometimes(*given: object, failing: int = failing, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == failing:
                raise OSError(5, "Input/output error")
            return real(*given, **named)

        book.write_bytes(OLD)
        with monkeypatch.context() as patch:
            patch.setattr(place, step, sometimes)
            try:
                save(b"\x01" * SIZE, book, source=book if in_place else None, in_place=in_place)
                done = True
            except NotWritten:
                done = False
        assert book.read_bytes() == (b"\x01" * SIZE if done else OLD) or whole(book.read_bytes())
        assert not [file for file in book.parent.iterdir() if file.suffix == ".tmp"]
        for backup in book.parent.glob("*.bak*"):
            assert backup.read_bytes() == OLD
            backup.unlink()
        if calls < failing:
            assert failing > 1, "the step must be taken at least once"
            return
    pytest.fail("it never ended")
