"""May a file be written there, and if not, why?"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from pik_excel.errors import NotWritten
from pik_excel.language import _
from pik_excel.ooxml import locks

DISK_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no quota error


def resolved(target: Path) -> Path:
    """The file itself, where `target` is a symbolic link to it."""
    try:
        return target.resolve()
    except (OSError, RuntimeError):
        raise NotWritten(
            "link-loop",
            _("{file} ist eine Verknüpfung, die auf sich selbst zeigt.").format(file=target),
            _("Bitte einen anderen Dateinamen angeben."),
        ) from None


def refuse_target(target: Path, real: Path, source: Path | None, in_place: bool) -> None:
    """Raise `NotWritten` where it is known before the first byte that the target must not or cannot be written."""
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


def not_written(target: Path, error: OSError) -> NotWritten:
    """What went wrong while writing, in words that name the next step."""
    folder = target.resolve().parent
    if error.errno in DISK_FULL:
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
