"""At every moment either the old or the new file is there, whole, and nothing else."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pik_excel.errors import NotWritten
from pik_excel.ooxml.leftovers import temporary_beside
from pik_excel.ooxml.save import save

OLD, NEW = b"alt" * 1000, b"neu" * 1000
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "haushalt.xlsx"
    file.write_bytes(OLD)
    return file


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def refusal(target: Path, **given: object) -> NotWritten:
    with pytest.raises(NotWritten) as refused:
        save(NEW, target, **given)  # type: ignore[arg-type]
    assert refused.value.message
    assert refused.value.hint
    return refused.value


def test_a_new_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    assert save(NEW, tmp_path / "neu.xlsx").target == tmp_path / "neu.xlsx"
    assert (tmp_path / "neu.xlsx").read_bytes() == NEW
    assert names(tmp_path) == ["neu.xlsx"]


def test_the_source_is_not_overwritten_unasked(book: Path) -> None:
    assert refusal(book, source=book).code == "would-overwrite-source"
    assert refusal(book.parent / "." / book.name, source=book).code == "would-overwrite-source"
    assert book.read_bytes() == OLD


def test_in_place_keeps_a_backup_of_every_state(book: Path) -> None:
    assert save(NEW, book, source=book, in_place=True).backup == book.with_name("haushalt.xlsx.bak")
    assert save(b"3", book, source=book, in_place=True).backup == book.with_name("haushalt.xlsx.bak2")
    assert [book.with_name(f"haushalt.xlsx.bak{n}").read_bytes() for n in ("", "2")] == [OLD, NEW]
    assert book.read_bytes() == b"3"
    book.write_bytes(OLD)
    assert save(NEW, book, in_place=True).backup == book.with_name("haushalt.xlsx.bak")


@POSIX
def test_a_symbolic_link_stays_one(book: Path) -> None:
    link = book.with_name("verweis.xlsx")
    link.symlink_to(book.name)
    save(NEW, link)
    assert link.is_symlink()
    assert book.read_bytes() == NEW
    assert refusal(link, source=book).code == "would-overwrite-source"


@POSIX
def test_the_mode_stays_and_a_new_file_takes_that_of_its_source(book: Path) -> None:
    book.chmod(0o640)
    save(NEW, book)
    save(NEW, book.with_name("kopie.xlsx"), source=book)
    for file in (book, book.with_name("kopie.xlsx")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o640


@POSIX
def test_a_link_that_points_at_itself_is_named(tmp_path: Path) -> None:
    link = tmp_path / "kreis.xlsx"
    link.symlink_to(link.name)
    assert refusal(link).code in {"link-loop", "not-written"}


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "target-is-directory"
    assert refusal(tmp_path / "fehlt" / "neu.xlsx").code == "no-folder"


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        ("~$haushalt.xlsx", b"\x0cErika Muster" + b" " * 42 + b"\x0c\x00E\x00", "Erika Muster"),
        ("~$haushalt.xlsx", b"", "unbekannt"),
        (".~lock.haushalt.xlsx#", b"Erika Muster,erika,rechner,01.01.2026 10:00,file:///x;", "Erika Muster"),
    ],
)
def test_a_workbook_that_somebody_has_open_is_left_alone(book: Path, lock: str, content: bytes, who: str) -> None:
    book.with_name(lock).write_bytes(content)
    refused = refusal(book)
    assert refused.code == "target-open"
    assert who in refused.message
    assert lock in refused.hint
    assert book.read_bytes() == OLD
    save(NEW, book.with_name("anders.xlsx"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_and_a_read_only_file_are_named(book: Path) -> None:
    book.chmod(0o400)
    assert refusal(book).code == "target-read-only"
    book.parent.chmod(0o500)
    try:
        assert refusal(book.with_name("neu.xlsx")).code == "folder-read-only"
    finally:
        book.parent.chmod(0o700)


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_device_is_no_target() -> None:
    assert refusal(Path("/dev/full")).code == "target-is-no-file"


@pytest.mark.parametrize("failing", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk-full"), (errno.EACCES, "folder-read-only"), (errno.EIO, "not-written")],
)
def test_a_step_that_fails_leaves_the_old_file_and_no_trace(
    book: Path, monkeypatch: pytest.MonkeyPatch, failing: str, number: int, code: str
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    if failing == "write":
        monkeypatch.setattr(Path, "open", fail)
    else:
        monkeypatch.setattr(*((os, "fsync") if failing == "fsync" else (Path, "replace")), fail)
    with pytest.raises(NotWritten) as refused:
        save(NEW, book)
    monkeypatch.undo()
    assert refused.value.code == code
    assert book.read_bytes() == OLD
    assert names(book.parent) == ["haushalt.xlsx"]


ENDLESS = """
import sys
from pathlib import Path
from pik_excel.ooxml.leftovers import temporary_beside
from pik_excel.ooxml.save import save
print("ready", flush=True)
number = 0
while True:
    save(bytes([number % 251]) * 400_000, Path(sys.argv[1]))
    number += 1
"""


@POSIX
def test_a_kill_at_any_moment_leaves_a_whole_file_and_the_next_save_cleans_up(book: Path) -> None:
    for attempt in range(12):
        writer = subprocess.Popen([sys.executable, "-c", ENDLESS, str(book)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.003 + 0.0037 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        content = book.read_bytes()
        assert content == OLD or (len(content) == 400_000 and len(set(content)) == 1)
    save(NEW, book)
    assert names(book.parent) == ["haushalt.xlsx"]


def test_the_temporary_file_of_a_writer_at_work_is_left_alone(book: Path) -> None:
    ours = temporary_beside(book)
    other = ours.with_name(ours.name.replace(f"-{os.getpid()}-", f"-{os.getppid()}-"))
    foreign = book.with_name(".pik-excel-anderer-1-00ff00ff.tmp")
    old = book.with_name(".pik-excel-anderer-2-00ff00ff.tmp")
    for file in (other, foreign, old):
        file.write_bytes(b"x")
    os.utime(old, (0, 0))
    save(NEW, book)
    assert other.exists()
    assert foreign.exists()
    assert not old.exists()
