"""The shell sessions of a Markdown page, and what they print today.

A session is a block fenced by ```console: a line "$ pik-excel …" is a command, the lines up to the next one are what it
prints; a line "…" stands for any lines left out. `python -m tests.sessions` writes today's output into the pages.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PAGES = (PROJECT / "README.md", PROJECT / "docs" / "kurzanleitung.md")
LEFT_OUT = "…"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Session:
    """One command and what the page says it prints."""

    command: str
    printed: str


def sessions(page: str) -> Iterator[Session]:
    """All commands of the page, in order."""
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield Session(command, printed)


def playground(folder: Path) -> Path:
    """A copy of what the sessions work on."""
    shutil.copytree(PROJECT / "workbooks", folder / "workbooks", ignore=shutil.ignore_patterns("*-projektion-*", "__*"))
    shutil.copy(PROJECT / "pik-excel.toml", folder)
    return folder


def run(command: str, folder: Path) -> str:
    """What the command prints in `folder`, errors included, on a terminal of 80 columns without colour."""
    words = shlex.split(command)
    if words[0] != "pik-excel":
        raise ValueError(f"only pik-excel is run: {command}")
    done = subprocess.run(
        [sys.executable, "-m", "pik_excel", *words[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.stdout


def agrees(stated: str, printed: str) -> bool:
    """Whether `printed` is what the page states, lines left out allowed for."""
    parts = re.split(rf"^{LEFT_OUT}$\n?", stated.rstrip(), flags=re.MULTILINE)
    return re.fullmatch(".*?".join(map(re.escape, parts)), printed.rstrip(), re.DOTALL) is not None


def with_todays_output(page: str, runner: Callable[[str], str]) -> str:
    """The page with each session's output as it is today; sessions with lines left out stay."""

    def block(found: re.Match[str]) -> str:
        parts = re.split(r"^\$ ", found[1], flags=re.MULTILINE)
        return parts[0] + "".join(f"$ {_renewed(part, runner)}" for part in parts[1:])

    return _BLOCK.sub(block, page)


def _renewed(part: str, runner: Callable[[str], str]) -> str:
    command, _, printed = part.partition("\n")
    today = runner(command)
    return f"{command}\n{printed}" if LEFT_OUT in printed.splitlines() else f"{command}\n{today}"


if __name__ == "__main__":
    import tempfile

    for path in PAGES:
        with tempfile.TemporaryDirectory() as scratch:
            where = playground(Path(scratch))
            fresh = with_todays_output(path.read_text(encoding="utf-8"), lambda command, at=where: run(command, at))
        path.write_text(fresh, encoding="utf-8")
