"""The same commands on a Dask cluster of Dask's own programs; what is lost on the way changes nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.quality.workbook import clean
from benchmarks.scale.cluster import Cluster, cluster
from pik_excel.cli.batch import failed, outcomes
from pik_excel.cli.cluster import on_worker
from pik_excel.cli.journal import NAME
from pik_excel.cli.packing import unpacked
from pik_excel.cli.spreading import Spreading
from pik_excel.cli.work import Bounds, Order, Work, answer
from pik_excel.errors import BadConfiguration, PikError
from tests.cli.commands import pik
from tests.cli.test_many_workbooks import paths, work


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers."""
    with cluster(2, tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many small workbooks of two departments and some broken ones."""
    folder = tmp_path_factory.mktemp("viele")
    for department in ("Sozialamt", "Jugendamt"):
        (folder / department).mkdir()
    for seed in range(40):
        made = clean(seed)
        (folder / ("Sozialamt", "Jugendamt")[seed % 2] / f"plan-{seed:02}{made.suffix}").write_bytes(made.content)
    (folder / "Sozialamt" / "kaputt.xlsx").write_bytes(b"PK")
    (folder / "Jugendamt" / "tabelle.xls").write_bytes(b"a;b\n")
    return folder


def test_one_that_hangs_dies_or_swells_is_named_and_the_others_are_done(dask: Cluster) -> None:
    files = paths("eins", "haengt", "stirbt", "frisst", "falsch", "fehler", "redet")
    results = outcomes(files, Work(work), Spreading(scheduler=dask.address, timeout=2, memory=2000))
    assert [one for one in results if isinstance(one, str)] == ["eins", "redet"]
    assert [error.code for _path, error in failed(files, results)] == [
        "takes-too-long",
        "worker-died",
        "needs-too-much-memory",
        "bad",
        "internal-error",
    ]


@pytest.mark.parametrize("command", [["project", "--to", "2030"], ["export"]])
def test_what_the_cluster_says_is_what_one_machine_says(
    dask: Cluster, plans: Path, tmp_path: Path, command: list[str]
) -> None:
    for name in ("hier", "dort"):
        (tmp_path / name).mkdir()
        for seed in (0, 2, 4):
            shutil.copy(plans / "Sozialamt" / f"plan-{seed:02}.xlsx", tmp_path / name / f"plan-{seed}.xlsx")
    words = [*command, "."] if command == ["export"] else [*command, ".", "--format", "json"]
    here = pik(*words, "-j", "2", cwd=tmp_path / "hier")
    there = pik(*words, "--scheduler", dask.address, cwd=tmp_path / "dort")
    assert (there.out, there.code) == (here.out, here.code)
    made = sorted(path.name for path in (tmp_path / "hier").iterdir())
    assert sorted(path.name for path in (tmp_path / "dort").iterdir()) == made
    for name in made:
        assert (tmp_path / "dort" / name).read_bytes() == (tmp_path / "hier" / name).read_bytes()


def test_files_behind_a_url_are_read_on_the_workers(dask: Cluster, plans: Path) -> None:
    url = f"local://{plans}/Sozialamt"
    there = pik("check", url, "--scheduler", dask.address, "--format", "json").json["workbooks"]
    here = pik("check", plans / "Sozialamt", "--format", "json").json["workbooks"]
    assert [one["path"] for one in there] == [f"local://{one['path']}" for one in here]
    assert [one | {"path": ""} for one in there] == [one | {"path": ""} for one in here]


def test_a_worker_that_is_killed_changes_nothing(dask: Cluster, plans: Path, tmp_path: Path) -> None:
    here = pik("check", "-j", "2", ".", "--format", "json", cwd=plans)
    words = ["check", ".", "--scheduler", dask.address, "--resume", str(tmp_path), "--format", "json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pik_excel", *words], cwd=plans, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    journal = tmp_path / NAME
    while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < 3):
        time.sleep(0.01)
    assert dask.kill_a_worker() > 1
    there_before = journal.read_bytes().count(b"\n")
    out, _err = process.communicate(timeout=300)
    assert there_before < 42
    assert out.decode() == here.out
    assert json.loads(out)["summary"]["departments"][0]["name"] == "Jugendamt"


def test_a_scheduler_that_cannot_be_reached_is_said() -> None:
    ended = pik("check", "a.xlsx", "--scheduler", "tcp://127.0.0.1:9")
    assert ended.code == 2 and "tcp://127.0.0.1:9" in ended.err and ended.out == ""


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "dask.py").write_text("raise ImportError('dask')")
    (tmp_path / "fsspec.py").write_text("raise ImportError('fsspec')")
    for words in (["a.xlsx", "--scheduler", "tcp://127.0.0.1:9"], ["s3://eimer/a.xlsx"]):
        ended = pik("check", *words, PYTHONPATH=str(tmp_path))
        assert ended.code == 2 and "pik-excel[cluster]" in ended.err, ended.err


def test_another_version_on_the_cluster_is_refused() -> None:
    with pytest.raises(BadConfiguration, match=r"0\.0\.9"):
        on_worker("0.0.9", "lauf", b"", Path("a.xlsx"), None)


def test_a_folder_that_the_worker_does_not_see_is_said(tmp_path: Path) -> None:
    order = Order(Work(work), Bounds(9, 999), "de", folder=tmp_path / "nur dort")
    refused = unpacked(answer(order, Path("eins.xlsx"), None).packed or b"")
    assert isinstance(refused, PikError) and refused.code == "folder-not-shared" and "nur dort" in refused.message
    assert unpacked(answer(order, tmp_path / "eins.xlsx", None).packed or b"") == "eins"


def test_a_scheduler_that_is_lost_on_the_way_is_said(plans: Path, tmp_path: Path) -> None:
    with cluster(1, tmp_path) as found:
        words = ["check", str(plans), "--scheduler", found.address, "--resume", str(tmp_path / "lauf")]
        process = subprocess.Popen(
            [sys.executable, "-m", "pik_excel", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        journal = tmp_path / "lauf" / NAME
        while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < 3):
            time.sleep(0.01)
        found.scheduler.kill()
        out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (5, b"")
    assert "--resume" in err.decode() and "Traceback" not in err.decode()
