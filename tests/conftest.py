"""What every test can count on: fresh catalogues, German, and the oracles where they are installed.

PIK_EXCEL_REQUIRE_ALL=1 (CI sets it) turns "skipped: no LibreOffice / no shared folder" into a failure.
PIK_EXCEL_SHARED names the shared folder (default: ../shared beside the project).
PIK_EXCEL_FULL=1 runs the long sweeps too, and draws new random examples in each run.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.messages import compile_catalogues

PROJECT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("PIK_EXCEL_SHARED", PROJECT.parent / "shared"))


# Timing never decides a test, and neither does luck: the same examples in each run; PIK_EXCEL_FULL=1 draws new ones.
settings.register_profile("pik-excel", deadline=None, derandomize=not os.environ.get("PIK_EXCEL_FULL"))
settings.load_profile("pik-excel")
compile_catalogues()  # so that the tests speak from the .po files as they stand


def needs(what: str, there: bool) -> None:
    """Skip the test where `what` is not there; fail where everything must be (CI)."""
    if there:
        return
    if os.environ.get("PIK_EXCEL_REQUIRE_ALL"):
        pytest.fail(f"{what} is missing, and PIK_EXCEL_REQUIRE_ALL is set")
    pytest.skip(f"no {what}")


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """The real workbooks of the shared folder."""
    folder = SHARED / "corpus"
    needs("shared folder", folder.is_dir())
    return sorted(path for path in folder.rglob("*") if path.suffix in {".xlsx", ".xlsm"})


@pytest.fixture(scope="session")
def soffice() -> str:
    """The LibreOffice program."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    needs("LibreOffice", program is not None)
    return program or ""
