"""What a user gets wrong, or the disk refuses, ends with a sentence and a documented exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import PIPE, run

import pytest

from tests.cli.commands import pik

EXAMPLE = Path(__file__).parent.parent.parent / "workbooks" / "haushalt.xlsx"
OUTPUTS = (
    ("check", "-o", "{}/befunde.txt"),
    ("export", "-o", "{}/betraege.csv"),
    ("export", "--format", "datapackage", "-o", "{}/paket"),
)
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
SYSTEM = Path("/sys")  # where not even root may write


@pytest.mark.parametrize("words", OUTPUTS[:2], ids=" ".join)
def test_a_folder_that_is_not_there_is_named(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = pik(words[0], EXAMPLE, *(word.format("fehlt") for word in words[1:]), cwd=tmp_path)
    assert (ended.code, "Den Ordner" in ended.err, "→" in ended.err) == (5, True, True)


@pytest.mark.skipif(not SYSTEM.is_dir(), reason="no folder that is closed to everybody")
@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_a_folder_that_may_not_be_written_to_is_named(words: tuple[str, ...]) -> None:
    ended = pik(words[0], EXAMPLE, *(word.format(SYSTEM) for word in words[1:]))
    assert (ended.code, "darf nicht geschrieben werden" in ended.err) == (5, True)


def test_a_data_package_takes_the_place_of_no_file(tmp_path: Path) -> None:
    (tmp_path / "paket").write_text("meins")
    ended = pik("export", EXAMPLE, "--format", "datapackage", "-o", "paket", cwd=tmp_path)
    assert (ended.code, (tmp_path / "paket").read_text()) == (5, "meins")
    assert "Traceback" not in ended.err


@full
@pytest.mark.parametrize("words", [("explain",), ("check", "--help"), ("check", EXAMPLE)], ids=str)
def test_output_that_finds_no_room_is_said(words: tuple[object, ...]) -> None:
    with Path("/dev/full").open("w") as nowhere:
        done = run(
            [sys.executable, "-m", "pik_excel", *map(str, words)], check=False, stdout=nowhere, stderr=PIPE, text=True
        )
    assert done.returncode == 5
    assert "der Datenträger ist voll" in done.stderr
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_folder_without_workbooks_says_what_to_name(tmp_path: Path) -> None:
    ended = pik("check", tmp_path)
    assert (ended.code, "Ordner, in dem welche liegen" in " ".join(ended.out.split())) == (3, True)


def test_a_year_is_not_compared_with_itself() -> None:
    ended = pik("diff", EXAMPLE, "--years", "2021")
    assert (ended.code, "--years 2021:2022" in ended.err) == (2, True)


def test_two_equal_plans_are_said_to_be_equal() -> None:
    ended = pik("diff", EXAMPLE, EXAMPLE)
    assert (ended.code, "keine Maßnahme geändert" in ended.out) == (0, True)


def test_a_year_that_is_no_number_is_called_that() -> None:
    assert "'bald' ist keine ganze Zahl" in pik("project", EXAMPLE, "--to", "bald").err


@pytest.mark.parametrize("command", ["textconv", "git-diff"])
def test_what_is_to_be_typed_stands_on_one_line_with_plain_quotation_marks(command: str) -> None:
    assert f'.pik-excel.{command.replace("git-diff", "command")} "pik-excel {command}"\n' in pik(command, "--help").out


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (("check", EXAMPLE, "-o", "befunde.html"), "<!doctype html>"),
        (("check", EXAMPLE, "-o", "befunde.JSON"), '{"schema":'),
        (("check", EXAMPLE, "-o", "befunde.txt"), str(EXAMPLE)),
        (("check", EXAMPLE, "--format", "text", "-o", "befunde.csv"), str(EXAMPLE)),
        (("diff", EXAMPLE, EXAMPLE, "-o", "vergleich.htm"), "<!doctype html>"),
        (("schema", "-o", "schema.json"), '{"schema":'),
    ],
    ids=lambda words: str(words[-1]) if isinstance(words, tuple) else "",
)
def test_the_form_is_that_of_the_files_ending(words: tuple[object, ...], begins: str, tmp_path: Path) -> None:
    pik(*map(str, words), cwd=tmp_path)
    told = (tmp_path / str(words[-1])).read_text("utf-8")
    assert "".join(told.split()).casefold().startswith("".join(begins.split()).casefold())
