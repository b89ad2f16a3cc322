"""`check` over many workbooks: one that is refused, hangs, crashes or shows a bug is one line, never the end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import jsonschema
import pytest

from pik_excel.cli.several import checked_each
from pik_excel.cli.workers import Bounds, spread
from pik_excel.errors import BadConfiguration, Refused
from pik_excel.report.checked import Checked
from tests.cli.commands import pik
from tests.cli.test_check_command import SCHEMA, WORKBOOKS


def work(path: Path) -> str:
    """What a worker does with a file, by its name."""
    match path.stem:
        case "haengt":
            time.sleep(60)
        case "stirbt":
            os._exit(9)
        case "frisst":
            return str(len(b"x" * 3_000_000_000))
        case "falsch":
            raise BadConfiguration("bad", "falsch eingestellt")
        case "langsam":
            time.sleep(0.3)
    return path.stem


def check(path: Path) -> Checked:
    """A check with a bug."""
    if path.stem == "fehler":
        raise ZeroDivisionError("Division durch Null")
    return Checked(path, None)


def paths(*names: str) -> list[Path]:
    return [Path(f"{name}.xlsx") for name in names]


def test_the_results_are_those_of_one_after_the_other_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    files = [WORKBOOKS / "haushalt-fehler.xlsx", tmp_path / "leer.xlsx", WORKBOOKS / "haushalt.xlsx", "fehlt.xlsx"]
    alone = pik("check", *files, "--format", "json")
    spread_out = pik("check", "-j", "2", *files, "--format", "json")
    assert spread_out.out == alone.out
    assert spread_out.code == alone.code == 3
    jsonschema.validate(spread_out.json, SCHEMA)


def test_one_that_hangs_dies_or_swells_is_named_and_the_others_are_done() -> None:
    files = paths("eins", "haengt", "stirbt", "langsam", "frisst", "zwei")
    found = dict(spread(files, work, 2, Bounds(seconds=2, megabytes=2000)))
    assert set(found) == set(range(len(files)))
    assert (found[0], found[3], found[5]) == ("eins", "langsam", "zwei")
    codes = {index: one.code for index, one in found.items() if isinstance(one, Refused)}
    assert codes == {1: "takes-too-long", 2: "worker-died", 4: "needs-too-much-memory"}
    assert all(
        one.hint and files[index].name in one.message for index, one in found.items() if isinstance(one, Refused)
    )


def test_a_wrong_configuration_ends_the_run() -> None:
    with pytest.raises(BadConfiguration):
        list(spread(paths("eins", "falsch", "zwei"), work, 2, Bounds(10, 2000)))


@pytest.mark.parametrize("jobs", [None, 2])
def test_a_bug_of_ours_refuses_one_workbook_and_names_it(jobs: int | None, capfd: pytest.CaptureFixture[str]) -> None:
    results = checked_each(paths("eins", "fehler", "zwei"), check, jobs)
    assert [result.refused is None for result in results] == [True, False, True]
    refused = results[1].refused
    assert refused is not None
    assert refused.code == "internal-error"
    assert "fehler.xlsx" in refused.message
    assert "melden" in refused.hint
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_bug_in_a_single_workbook_stays_loud() -> None:
    with pytest.raises(ZeroDivisionError):
        checked_each(paths("fehler"), check, None)


def test_a_table_says_red_yellow_or_green_for_each(tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    shown = pik("check", WORKBOOKS / "haushalt-fehler.xlsx", WORKBOOKS / "haushalt.xlsx", tmp_path / "leer.xlsx").out
    table = shown[shown.index("\nAmpel ") :].splitlines()[2:5]
    assert [line[2:6].strip() for line in table] == ["rot", "gelb", "rot"]
    assert "nicht gelesen" in table[2]
    assert max(map(len, shown.splitlines())) <= 80 + len(str(tmp_path))
    assert "Ampel" not in pik("check", WORKBOOKS / "haushalt.xlsx").out
