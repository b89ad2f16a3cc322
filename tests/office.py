"""LibreOffice as an oracle: hand it workbooks and steps, get back every cell it then has (see uno_office.py)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import needs

SCRIPT = Path(__file__).parent / "uno_office.py"
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's python3-uno belongs to it


@cache
def has_uno() -> bool:
    """Whether LibreOffice can be scripted here."""
    if not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


Jobs = list[dict[str, Any]]
"""What is to be done, or what came of it."""


@contextmanager
def running_office() -> Iterator[Callable[[Jobs], Jobs]]:
    """One LibreOffice that does jobs as long as it is needed, and answers each list of them."""
    needs("LibreOffice with UNO", has_uno())
    done = subprocess.Popen([SYSTEM_PYTHON, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert done.stdin is not None
    assert done.stdout is not None

    def answers(jobs: Jobs) -> Jobs:
        print(json.dumps(jobs), file=done.stdin, flush=True)
        line = done.stdout.readline() if done.stdout is not None else ""
        assert line, "LibreOffice ended"
        found: Jobs = json.loads(line)
        return found

    try:
        yield answers
    finally:
        done.stdin.close()
        done.wait(timeout=60)
        done.stdout.close()


def office(jobs: Jobs) -> Jobs:
    """The answers, one a job; all jobs are done by one LibreOffice."""
    needs("LibreOffice with UNO", has_uno())
    done = subprocess.run(
        [SYSTEM_PYTHON, str(SCRIPT)], input=json.dumps(jobs), capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
