"""What is imported when? Staff type `--help` often and wait for it each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("openpyxl", "pandas", "ironcalc", "xlsxwriter", "babel", "numpy")


def modules_after(*words: str) -> set[str]:
    code = (
        "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "from pik_excel.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["project", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    loaded = modules_after(*words)
    assert "click" in loaded
    assert not loaded & set(HEAVY)


def test_a_check_imports_only_what_it_needs() -> None:
    example = Path(__file__).parent.parent / "workbooks" / "haushalt.xlsx"
    assert not modules_after("check", str(example)) & {*set(HEAVY) - {"babel"}, "statistics", "asyncio"}
