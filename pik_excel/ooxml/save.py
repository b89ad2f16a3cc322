"""How does a file get onto the disk so that at every moment either the old or the new one is there, whole?"""

from __future__ import annotations

import errno
import os
import secrets
import socket
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import locks

_PREFIX, _SUFFIX = ".pik-excel-", ".tmp"
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no quota error
_STALE_SECONDS = 24 * 60 * 60
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
    real = _resolved(target)
    _refuse_target(target, real, source, in_place)
    try:
        _sweep(real.parent)
        backup = _backed_up(real) if in_place and real.exists() else None
        _write(data, real, real if real.exists() else source)
    except OSError as error:
        raise _not_written(target, error) from error
    return Saved(target, backup)


def _resolved(target: Path) -> Path:
    """The file itself, where `target` is a symbolic link to it."""
    try:
        return target.resolve()
    except (OSError, RuntimeError):
        raise NotWritten(
            "link-loop",
            _("{file} ist eine Verknüpfung, die auf sich selbst zeigt.").format(file=target),
            _("Bitte einen anderen Dateinamen angeben."),
        ) from None


def _refuse_target(target: Path, real: Path, source: Path | None, in_place: bool) -> None:
    if real.is_dir():
        raise NotWritten(
            "target-is-directory",
            _("{file} ist ein Ordner; dorthin lässt sich keine Datei schreiben.").format(file=target),
            _("Bitte auch den Dateinamen angeben."),
        )
    if not real.parent.is_dir():
        raise NotWritten(
            "no-folder",
            _("Den Ordner {folder} gibt es nicht.").format(folder=real.parent),
            _("Bitte den Ordner anlegen oder einen anderen angeben."),
        )
    if real.exists() and not stat.S_ISREG(real.stat().st_mode):
        raise NotWritten(
            "target-is-no-file",
            _("{file} ist keine gewöhnliche Datei.").format(file=target),
            _("Bitte einen anderen Dateinamen angeben."),
        )
    if source is not None and not in_place and real.exists() and source.exists() and real.samefile(source):
        raise NotWritten(
            "would-overwrite-source",
            _("{file} ist die Ausgangsdatei; sie wird nicht ungefragt überschrieben.").format(file=target),
            _("Bitte einen anderen Namen angeben oder --in-place wählen; dann wird vorher eine Sicherung angelegt."),
        )
    _refuse_locked(target, real)


def _refuse_locked(target: Path, real: Path) -> None:
    if not real.exists():
        return
    if not os.access(real, os.W_OK):
        raise NotWritten(
            "target-read-only",
            _("{file} ist schreibgeschützt.").format(file=target),
            _("Bitte den Schreibschutz aufheben oder einen anderen Namen angeben."),
        )
    lock = locks.held(real)
    if lock is not None:
        raise NotWritten(
            "target-open",
            _("{file} ist gerade in {program} geöffnet ({owner}).").format(
                file=target, program=lock.program, owner=lock.owner or _("unbekannt, von wem")
            ),
            _("Bitte dort schließen. Ist die Datei nirgends mehr offen, die Sperrdatei {lock} löschen.").format(
                lock=lock.file.name
            ),
        )


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
    temporary = target.with_name(f"{_PREFIX}{_host()}-{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}")
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


def _sweep(folder: Path) -> None:
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
    return "".join(letter for letter in socket.gethostname() if letter.isalnum())[:40] or "host"


def _not_written(target: Path, error: OSError) -> NotWritten:
    folder = target.resolve().parent
    if error.errno in _FULL:
        return NotWritten(
            "disk-full",
            _("{file} wurde nicht geschrieben: der Datenträger ist voll.").format(file=target),
            _("Bitte Platz schaffen oder einen anderen Ordner angeben."),
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and os.name == "nt":
        return NotWritten(
            "target-open",
            _("{file} wurde nicht geschrieben: wahrscheinlich ist die Datei noch in Excel geöffnet.").format(
                file=target
            ),
            _("Bitte die Datei schließen und den Befehl wiederholen."),
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotWritten(
            "folder-read-only",
            _("{file} wurde nicht geschrieben: in {folder} darf nicht geschrieben werden.").format(
                file=target, folder=folder
            ),
            _("Bitte Schreibrechte geben lassen oder einen anderen Ordner angeben."),
        )
    return NotWritten(
        "not-written",
        _("{file} wurde nicht geschrieben: {reason}.").format(file=target, reason=error.strerror or error),
        _("Bitte prüfen, ob das Laufwerk erreichbar ist, und den Befehl wiederholen."),
    )
