"""LibreOffice as an oracle: hand it workbooks and steps, get back every cell it then has (see uno_office.py)."""

from __future__ import annotations

import json
import subprocess
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


def office(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers, one a job; all jobs are done by one LibreOffice."""
    needs("LibreOffice with UNO", has_uno())
    done = subprocess.run(
        [SYSTEM_PYTHON, str(SCRIPT)], input=json.dumps(jobs), capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
