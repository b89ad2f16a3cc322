"""Workbooks behind URLs: named, listed, read and written as files are, through fsspec."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from benchmarks.quality.workbook import clean, planted
from pik_excel.cli import main
from pik_excel.cli.urls import Url, place_of
from tests.cli.commands import pik

Ended = tuple[int, str, str]
Call = Callable[..., Ended]


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    """Two departments' workbooks in the memory of this process."""
    files = fsspec.filesystem("memory")
    files.pipe("/plan/Jugendamt/a.xlsx", planted(8, "SUM01").content)
    files.pipe("/plan/Sozialamt/b.xlsx", clean(2).content)
    files.pipe("/plan/Sozialamt/notiz.txt", b"x")
    yield files
    files.rm("/plan", recursive=True)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """The program in this process."""

    def called(*words: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(words)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return called


@pytest.mark.parametrize(
    "text", ["s3://eimer/amt/x.xlsx", "memory://a/b.xlsx", "local:///tmp/x.xlsx", "https://stadt.example/x.xlsx?v=1"]
)
def test_a_url_is_written_as_it_was_given(text: str) -> None:
    url = place_of(text)
    assert isinstance(url, Url)
    assert (str(url), url.as_posix(), str(url.parent / url.name)) == (text, text, text)


def test_a_drive_and_a_file_url_are_paths() -> None:
    assert place_of("C://plan.xlsx") == Path("C://plan.xlsx")
    assert place_of("file:///tmp/Plan%202026.xlsx") == Path("/tmp/Plan 2026.xlsx")


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("named", ["memory://plan", "memory://plan/*/*.xlsx"])
def test_a_folder_and_a_pattern_mean_the_workbooks_in_it(call: Call, named: str) -> None:
    code, out, _err = call("check", named, "--format", "json")
    document = json.loads(out)
    assert [one["path"] for one in document["workbooks"]] == [
        "memory://plan/Jugendamt/a.xlsx",
        "memory://plan/Sozialamt/b.xlsx",
    ]
    assert [one["name"] for one in document["summary"]["departments"]] == ["Jugendamt", "Sozialamt"]
    assert code == 1 and "SUM01" in {one["code"] for one in document["workbooks"][0]["findings"]}


@pytest.mark.usefixtures("memory")
def test_what_is_not_there_is_refused(call: Call) -> None:
    code, out, _err = call("check", "memory://plan/fehlt.xlsx", "--format", "json")
    refused = json.loads(out)["workbooks"][0]["refused"]
    assert (code, refused["code"]) == (3, "not-found") and "memory://plan/fehlt.xlsx" in refused["message"]


def test_a_new_workbook_is_put_beside_the_url_and_nothing_else_overwritten(
    memory: fsspec.AbstractFileSystem, call: Call
) -> None:
    words = ("project", "--to", "2031", "memory://plan/Sozialamt/b.xlsx", "--format", "json")
    code, out, _err = call(*words)
    target = "memory://plan/Sozialamt/b-projektion-2031.xlsx"
    assert (code, json.loads(out)["workbooks"][0]["output"]) == (0, target)
    content = memory.cat_file("/plan/Sozialamt/b-projektion-2031.xlsx")
    assert content.startswith(b"PK") and call(*words)[0] == 0
    memory.pipe("/plan/Sozialamt/b-projektion-2031.xlsx", b"von Hand")
    code, _out, err = call(*words)
    assert code == 5 and target in err
    assert call(*words, "--overwrite")[0] == 0
    assert memory.cat_file("/plan/Sozialamt/b-projektion-2031.xlsx") == content


@pytest.mark.usefixtures("memory")
def test_the_tables_of_a_workbook_behind_a_url_are_told(call: Call) -> None:
    code, out, _err = call("report", "memory://plan/Sozialamt/b.xlsx", "--format", "json")
    assert code == 0 and json.loads(out)["papers"][0]["tables"]


def test_what_needs_a_file_says_so(call: Call) -> None:
    for words in (["check", "--fix"], ["check", "--baseline", "bekannt.json"]):
        code, _out, err = call(*words, "memory://plan/a.xlsx")
        assert code == 2 and "memory://plan/a.xlsx" in err


def test_processes_of_their_own_read_urls_too(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(clean(8).content)
    ended = pik("check", f"local://{tmp_path}/plan.xlsx", "-j", "1", "--format", "json")
    assert ended.json["workbooks"][0]["path"] == f"local://{tmp_path}/plan.xlsx"
    assert ended.json["workbooks"][0]["refused"] is None


def test_an_unknown_kind_of_url_is_said() -> None:
    ended = pik("check", "gibtesnicht://eimer/plan.xlsx")
    assert ended.code == 2 and "gibtesnicht" in ended.err
