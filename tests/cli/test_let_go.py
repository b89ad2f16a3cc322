"""A workbook that is done is gone at once: who works through thousands does not wait for Python's search for cycles."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pik_excel.checks.catalogue import catalogue
from pik_excel.cli.check import _check
from pik_excel.cli.project import Asked, _project
from pik_excel.cli.recalc import _recalculate
from pik_excel.cli.target import Destination
from pik_excel.grid.store import Cells
from pik_excel.ooxml.package import Package
from pik_excel.recalc.contents import Contents
from pik_excel.recalc.shapes import Shapes
from tests.writeback.building import package_of

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
WITHOUT_ASSUMPTIONS = """
|   | A           | B         | C         |
|---|-------------|-----------|-----------|
| 1 | Maßnahme    | 2024 TEUR | 2025 TEUR |
| 2 | Sprachkurse | 10        | 12        |
| 3 | Beratung    | =B4 → 5   | 5         |
| 4 | Jugendtreff | =B3 → 5   | 7         |
| 5 | Summe       | =SUM(B2:B4) → 20 | =SUM(C2:C4) → 24 |
"""


@pytest.fixture(params=["haushalt.xlsx", "haushalt-fehler.xlsx", "without assumptions, with a circle"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    there = WORKBOOKS / request.param
    path.write_bytes(there.read_bytes() if there.is_file() else package_of(WITHOUT_ASSUMPTIONS).data)
    return path


@contextmanager
def no_search() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def alive() -> int:
    return sum(isinstance(one, Cells | Contents | Package | Shapes) for one in gc.get_objects())


@pytest.mark.parametrize("command", ["check", "project", "recalc"])
def test_nothing_of_it_stays(command: str, source: Path) -> None:
    target = Destination(source.with_name("neu.xlsx"), in_place=False, overwrite=True)
    commands: dict[str, Callable[[], object]] = {
        "check": lambda: _check(source, tuple(catalogue())),
        "project": lambda: _project(source, Asked(2030, "basis", None, target, sheet=True, said=False)),
        "recalc": lambda: _recalculate(source, target),
    }
    commands[command]()
    with no_search():
        before = alive()
        commands[command]()
        assert alive() == before
