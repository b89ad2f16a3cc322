"""What is a temporary file called, and which of them did a killed writer leave behind?"""

from __future__ import annotations

import os
import platform
import secrets
import time
from contextlib import suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".pik-excel-", ".tmp"
_STALE_SECONDS = 24 * 60 * 60


def temporary_beside(target: Path) -> Path:
    """A free name in the target's folder that says which process of which computer writes it."""
    return target.with_name(f"{_PREFIX}{_host()}-{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}")


def sweep(folder: Path) -> None:
    """Remove temporary files of ours whose writer is gone; those of a writer at work stay."""
    for file in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if _stale(file):
                file.unlink()


def _stale(file: Path) -> bool:
    host, _dash, rest = file.name.removeprefix(_PREFIX).partition("-")
    process = rest.partition("-")[0]
    if host == _host() and process.isdigit() and int(process) != os.getpid() and not _runs(int(process)):
        return True
    return time.time() - file.stat().st_mtime > _STALE_SECONDS


def _runs(process: int) -> bool:
    if os.name == "nt":
        return True  # asking would end it there; age decides
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    return "".join(letter for letter in platform.node() if letter.isalnum())[:40] or "host"
