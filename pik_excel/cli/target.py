"""May the new workbook be written there?"""

from __future__ import annotations

from pathlib import Path

from pik_excel.errors import NotWritten
from pik_excel.language import _


def save_new(data: bytes, target: Path, source: Path, *, overwrite: bool = False, in_place: bool = False) -> None:
    """Write the new workbook. What stands there already may be somebody's work: it is kept unless it is the same.

    Raises NotWritten, and then nothing was changed.
    """
    from pik_excel.ooxml.save import save

    if target.is_file() and not overwrite and not source.samefile(target):
        if target.read_bytes() == data:
            return
        raise NotWritten(
            "target-exists",
            _("{file} gibt es schon, mit anderem Inhalt.").format(file=target),
            _("Bitte mit -o einen anderen Namen angeben oder mit --overwrite überschreiben."),
        )
    save(data, target, source=source, in_place=in_place)
