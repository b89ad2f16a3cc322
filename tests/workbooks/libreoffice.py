"""LibreOffice as a second reckoner: it opens a workbook, calculates every formula anew and saves the result."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

# LibreOffice believes the stored values of a file from Excel unless it is told "always recalculate" (0).
_ALWAYS = (
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)


def recalculated(soffice: str, workbooks: Iterable[Path], folder: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them after calculating everything, in `folder`/out."""
    sources = list(workbooks)
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    command = [soffice, "--headless", f"-env:UserInstallation={user.parent.as_uri()}", "--convert-to", "xlsx"]
    out = folder / "out"
    subprocess.run([*command, "--outdir", out, *sources], check=True, capture_output=True, timeout=180)
    return [out / source.name for source in sources]
