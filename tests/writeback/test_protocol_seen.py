"""LibreOffice shows the protocol and the marks, and a mark vanishes where its finding is ticked off."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from pik_excel.ooxml.edits import CellEdit, Text
from pik_excel.ooxml.package import Package
from pik_excel.ooxml.patch import patched
from tests.conftest import needs
from tests.writeback.building import package_of
from tests.writeback.test_protocol import WRONG, annotate

RED = (0xFB, 0xDA, 0xD7)  # the ground of an error, at its cell and in the protocol
DARK_RED = (0xB3, 0x26, 0x1E)  # the tile that counts the errors


def pages(package: Package, folder: Path, soffice: str) -> list[dict[tuple[int, int, int], int]]:
    """How often each colour occurs on each printed page."""
    needs("pdftoppm", shutil.which("pdftoppm") is not None)
    (folder / "probe.xlsx").write_bytes(package.data)
    home = f"-env:UserInstallation=file://{folder}/office"
    subprocess.run(
        [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "probe.xlsx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    subprocess.run(
        ["pdftoppm", "-r", "40", "-aa", "no", "-aaVector", "no", folder / "probe.pdf", folder / "p"], check=True
    )
    return [_colours(path.read_bytes()) for path in sorted(folder.glob("p-*.ppm"))]


def _colours(picture: bytes) -> dict[tuple[int, int, int], int]:
    pixels = picture.split(b"\n", 3)[3]
    found: dict[tuple[int, int, int], int] = {}
    for at in range(0, len(pixels) - 2, 3):
        colour = (pixels[at], pixels[at + 1], pixels[at + 2])
        found[colour] = found.get(colour, 0) + 1
    return found


def test_marks_are_seen_until_the_finding_is_ticked_off(tmp_path: Path, soffice: str) -> None:
    copy = annotate(package_of(WRONG))
    ticked = patched(copy, [CellEdit("Prüfprotokoll", 8, 11, Text("ja"))])
    done = patched(copy, [CellEdit("Prüfprotokoll", row, 11, Text("nicht nötig")) for row in (8, 9)])
    seen = []
    for name, package in (("offen", copy), ("einer", ticked), ("alle", done)):
        folder = tmp_path / name
        folder.mkdir()
        table, protocol = pages(package, folder, soffice)
        assert protocol[DARK_RED] > 200
        seen.append(table.get(RED, 0))
    assert seen[0] > seen[1] > seen[2] == 0
