"""Whatever a command writes as .xlsx, .xlsm or .docx: Microsoft's validator finds no error that the input lacks.

By default a department's workbook with macros; with PIK_EXCEL_FULL=1 the examples and all ten departments. The real
workbooks of the shared folder have no measures by year: what is written of them is validated where it is tested.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import pik
from tests.conftest import PROJECT
from tests.oracles import new_errors, validation_errors
from tests.writeback.departments import DEPARTMENTS, made

FULL = bool(os.environ.get("PIK_EXCEL_FULL"))
EXAMPLES = ("haushalt-fehler.xlsx", "haushalt.xlsx")
MEANT = DEPARTMENTS if FULL else [one for one in DEPARTMENTS if one.macro]


def written(source: Path, to: int, folder: Path) -> Iterator[Path]:
    """All that the commands make of a workbook; what they refuse to write is not there."""
    kind = source.suffix
    commands: list[tuple[object, ...]] = [
        ("project", source, "--to", to, "-o", folder / f"projektion{kind}"),
        ("report", source, "-o", folder / "vorlage.docx"),
        ("check", source, "--annotate", folder / f"protokoll{kind}"),
        ("check", source, "--fix", "-o", folder / f"repariert{kind}"),
        ("recalc", source, "-o", folder / f"berechnet{kind}"),
        ("report", source, "-o", folder / "tabellen.xlsx"),
        ("diff", source, folder / f"projektion{kind}", "--format", "xlsx", "-o", folder / f"vergleich{kind}"),
    ]
    for words in commands if FULL else commands[:3]:
        ended = pik(*map(str, words), cwd=folder)
        assert "Traceback" not in ended.err, ended.err
    yield from sorted(one for one in folder.iterdir() if one.suffix in {kind, ".xlsx", ".docx"} and one != source)


def assert_valid(source: Path, to: int, folder: Path, least: int = 1) -> None:
    """`least`: so many files must have been written."""
    made_of_it = {"vorlage.docx", "tabellen.xlsx", "vergleich.xlsx"}
    count = 0
    for output in written(source, to, folder):
        errors = validation_errors(output) if output.name in made_of_it else new_errors(source, output)
        assert errors == [], (source.name, output.name)
        count += 1
    assert count >= least, source.name


@pytest.mark.skipif(not FULL, reason="a minute; PIK_EXCEL_FULL=1 runs it")
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_that_is_written_of_an_example_is_valid(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    shutil.copy(PROJECT / "workbooks" / name, source)
    assert_valid(source, 2030, tmp_path, least=5)


@pytest.mark.parametrize("department", MEANT, ids=lambda one: one.name)
def test_all_that_is_written_of_a_department_is_valid(department: object, tmp_path: Path) -> None:
    package = made(department).package  # type: ignore[arg-type]  # pytest knows no types of parameters
    source = tmp_path / package.path.name
    source.write_bytes(package.data)
    assert_valid(source, 2030, tmp_path, least=4 if FULL else 3)
