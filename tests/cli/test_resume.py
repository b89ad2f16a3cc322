"""A run that was stopped goes on where it was, and its results are those of a run that was not."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
import zlib
from base64 import b64encode
from enum import Enum
from pathlib import Path

import pytest

from benchmarks.quality.workbook import clean, planted
from pik_excel.budget.money import Unit
from pik_excel.checks.finding import Severity
from pik_excel.cli.batch import outcomes
from pik_excel.cli.journal import NAME
from pik_excel.cli.packing import packed, unpacked
from pik_excel.cli.spreading import Spreading
from pik_excel.cli.work import Work
from pik_excel.errors import PikError
from tests.cli.commands import pik


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many small workbooks and a broken one."""
    folder = tmp_path_factory.mktemp("viele")
    for seed in range(40):
        made = clean(seed)
        (folder / f"plan-{seed:02}{made.suffix}").write_bytes(made.content)
    (folder / "kaputt.xlsx").write_bytes(b"PK")
    return folder


def sizes(path: Path) -> int:
    """A result that rests on the file and costs time."""
    time.sleep(0.05)
    return path.stat().st_size


def slow(_path: Path) -> str:
    time.sleep(1.5)
    return "fertig"


def lines(folder: Path) -> list[dict]:
    text = (folder / NAME).read_text("utf-8") if (folder / NAME).exists() else ""
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_a_run_that_is_killed_goes_on_where_it_was(plans: Path, tmp_path: Path) -> None:
    whole = pik("check", "-j", "2", plans, "--format", "json")
    words = [sys.executable, "-m", "pik_excel", "check", "-j", "2", plans, "--format", "json", "--resume", tmp_path]
    process = subprocess.Popen(list(map(str, words)), stdout=subprocess.DEVNULL)
    while len(lines(tmp_path)) < 5 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = lines(tmp_path)
    assert 5 <= len(there) < 41
    resumed = pik("check", "-j", "1", plans, "--format", "json", "--resume", tmp_path)
    assert (resumed.out, resumed.code) == (whole.out, whole.code)
    assert lines(tmp_path)[: len(there)] == there
    assert len(lines(tmp_path)) == 41


class Counted:
    """Runs in one folder, each telling how many files it had to work on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lauf"

    def __call__(self, files: list[Path], *settings: str) -> int:
        before = len(lines(self.folder))
        assert list(outcomes(files, Work(sizes, settings), Spreading(resume=self.folder))) == [
            file.stat().st_size for file in files
        ]
        return len(lines(self.folder)) - before


def test_only_what_has_changed_is_done_again(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.xlsx" for name in "abc"]
    for file in files:
        file.write_bytes(file.name.encode())
    worked = Counted(tmp_path)
    assert worked(files) == 3
    assert worked(files) == 0
    files[1].write_bytes(b"anders")
    assert worked(files) == 1
    (tmp_path / "pik-excel.toml").write_text("[limits]\njump = 0.5\n")
    assert worked(files) == 3
    assert worked(files, "andere Option") == 3
    assert worked([*files[::-1], tmp_path / "pik-excel.toml"], "andere Option") == 1


def test_a_line_that_was_being_written_and_what_is_not_ours_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"a")
    worked = Counted(tmp_path)
    assert worked([file]) == 1
    whole = (tmp_path / "lauf" / NAME).read_bytes()
    (tmp_path / "lauf" / NAME).write_bytes(b'{"path": 3}\n' + whole[: len(whole) // 2])
    assert worked([file]) == 1
    assert worked([file]) == 0


def test_a_workbook_that_was_written_and_is_gone_is_written_again(tmp_path: Path) -> None:
    from tests.cli.test_check_command import WORKBOOKS

    (tmp_path / "amt.xlsx").write_bytes((WORKBOOKS / "haushalt-fehler.xlsx").read_bytes())
    (tmp_path / "kaputt.xlsx").write_bytes(b"")
    words = ["recalc", "amt.xlsx", "kaputt.xlsx", "--format", "json", "--resume", "lauf"]
    first = pik(*words, cwd=tmp_path)
    written = (tmp_path / "amt-berechnet.xlsx").read_bytes()
    (tmp_path / "amt-berechnet.xlsx").unlink()
    assert pik(*words, cwd=tmp_path).out == first.out
    assert (tmp_path / "amt-berechnet.xlsx").read_bytes() == written


def test_what_was_refused_for_a_bound_or_for_what_stood_there_is_tried_again(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"a")
    lauf = tmp_path / "lauf"
    late = outcomes([file], Work(slow), Spreading(jobs=1, timeout=1, resume=lauf))
    assert isinstance(late[0], PikError) and late[0].code == "takes-too-long"
    assert list(outcomes([file], Work(slow), Spreading(jobs=1, timeout=60, resume=lauf))) == ["fertig"]
    (tmp_path / "b.xlsx").write_bytes(planted(0, "FRM06").content)
    (tmp_path / "b-berechnet.xlsx").write_bytes(b"von Hand")
    assert pik("recalc", "b.xlsx", "--resume", "lauf", cwd=tmp_path).code == 5
    (tmp_path / "b-berechnet.xlsx").unlink()
    assert pik("recalc", "b.xlsx", "--resume", "lauf", cwd=tmp_path).code == 0


def test_a_run_in_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "datei").write_bytes(b"")
    ended = pik("check", "a.xlsx", "--resume", "datei/lauf", cwd=tmp_path)
    assert ended.code == 5 and "--resume" in ended.err


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


def test_a_run_folder_from_anywhere_runs_nothing() -> None:
    for nasty in (Evil(), [Path, Evil()], exit):
        with pytest.raises(pickle.UnpicklingError):
            unpacked(zlib.compress(pickle.dumps(nasty)))


def test_a_result_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    pik("check", "a.xlsx", "--resume", "lauf", cwd=tmp_path)
    line = lines(tmp_path / "lauf")[0] | {"result": b64encode(zlib.compress(pickle.dumps(Evil()))).decode()}
    (tmp_path / "lauf" / NAME).write_text(json.dumps(line) + "\n")
    ended = pik("check", "a.xlsx", "--resume", "lauf", cwd=tmp_path)
    assert ended.code == 5 and "posix.system" in ended.err


class OfPython3112(Enum):
    """Its members are pickled as those of Python 3.11.2 are."""

    ONE = "one"

    def __reduce_ex__(self, _protocol: object) -> tuple[object, ...]:
        return getattr, (type(self), self.name)


def test_the_member_of_an_enumeration_is_packed_by_its_value_on_any_python() -> None:
    assert b"getattr" in pickle.dumps(OfPython3112.ONE)
    assert b"getattr" not in zlib.decompress(packed([OfPython3112.ONE]))
    assert unpacked(packed({Severity.ERROR: Unit.TEUR})) == {Severity.ERROR: Unit.TEUR}
