"""How does a file get onto the disk so that at every moment either the old or the new one is there, whole?"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from pik_excel.ooxml.leftovers import sweep, temporary_beside
from pik_excel.ooxml.target import not_written, refuse_target, resolved
from pik_excel.records import dataclass

_RETRIES, _PAUSE = 5, 0.2  # a virus scanner or a preview holds a file for moments on Windows


@dataclass(frozen=True)
class Saved:
    """Where the file was written, and where the old one was put, if anywhere."""

    target: Path
    backup: Path | None = None


def save(data: bytes, target: Path, *, source: Path | None = None, in_place: bool = False) -> Saved:
    """Write `data` to `target` at once or not at all; raises `NotWritten`, and then the target is as it was.

    `source` is the workbook that `data` comes from: it is overwritten only with `in_place`, after a backup of it was
    written beside it, and gives its permissions to a new file. A symbolic link stays one; what it points to changes.
    """
    real = resolved(target)
    refuse_target(target, real, source, in_place)
    try:
        sweep(real.parent)
        backup = _backed_up(real) if in_place and real.exists() else None
        _write(data, real, real if real.exists() else source)
    except OSError as error:
        raise not_written(target, error) from error
    return Saved(target, backup)


def _backed_up(file: Path) -> Path:
    """A copy of the file beside it, under a name that is free: "haushalt.xlsx.bak", then ".bak2"."""
    data = file.read_bytes()
    number = 1
    while True:
        backup = file.with_name(f"{file.name}.bak{number if number > 1 else ''}")
        if not backup.exists():
            _write(data, backup, file)
            return backup
        if backup.is_file() and backup.stat().st_size == len(data) and backup.read_bytes() == data:
            return backup
        number += 1


def _write(data: bytes, target: Path, model: Path | None) -> None:
    """Write beside the target, then rename; `model` gives the permissions."""
    temporary = temporary_beside(target)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_permissions(temporary, model)
        _rename(temporary, target)
        _sync_folder(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _take_permissions(file: Path, model: Path | None) -> None:
    """Mode as the model's; owner and group too, where that is allowed."""
    if model is None or not model.exists():
        return
    status = model.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(file, status.st_uid, status.st_gid)
    file.chmod(stat.S_IMODE(status.st_mode))


def _rename(temporary: Path, target: Path) -> None:
    """Replace the target; on Windows a file that is open for a moment is waited for."""
    for attempt in range(_RETRIES):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or attempt == _RETRIES - 1:
                raise
            time.sleep(_PAUSE)


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself survive a power cut, where the system can do that for a folder."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
