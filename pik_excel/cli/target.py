"""Where does the new workbook go, and may it be written there?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any  # a decorator passes any command function through

import click

from pik_excel.cli.speaking import later, option
from pik_excel.cli.workbooks import SPREADSHEETS, is_there
from pik_excel.errors import BadConfiguration, NotWritten
from pik_excel.language import _
from pik_excel.records import dataclass

_OFFICE = frozenset((".xlsx", ".xlsm", ".xltx", ".xltm", ".docx"))


@dataclass(frozen=True)
class Destination:
    """What the user said of the new workbook: its name, or that it takes the place of the old one."""

    output: Path | None = None
    in_place: bool = False
    overwrite: bool = False

    def __post_init__(self) -> None:
        if self.output is not None and self.in_place:
            raise BadConfiguration(
                "two-outputs",
                _("--output und --in-place schließen sich aus."),
                _("Bitte eines von beiden angeben."),
            )

    def written(self, data: bytes, source: Path, ending: str) -> Path:
        """Write the new workbook and say where: beside the source under its name and `ending`, unless said otherwise.

        What stands there already may be somebody's work: it is kept unless it is the same or --overwrite is given. In
        place, a backup is written first. Raises NotWritten, and then nothing was changed.
        """
        from pik_excel.ooxml.save import save

        target = source if self.in_place else self.output or source.with_name(f"{source.stem}{ending}{source.suffix}")
        _refuse_other_ending(target, source.suffix)
        if target.is_file() and not source.samefile(target) and self._is_there(data, target):
            return target
        save(data, target, source=source, in_place=self.in_place)
        return target

    def made(self, data: bytes, ending: str) -> Path:
        """Write a document that comes from no other to the output named; the same holds for what stands there."""
        from pik_excel.ooxml.save import save

        assert self.output is not None
        _refuse_other_ending(self.output, ending)
        if not (self.output.is_file() and self._is_there(data, self.output)):
            save(data, self.output)
        return self.output

    def _is_there(self, data: bytes, target: Path) -> bool:
        """Whether the file says that already; raises NotWritten where it says something else and is to be kept."""
        if self.overwrite:
            return False
        if target.read_bytes() == data:
            return True
        raise NotWritten(
            "target-exists",
            _("{file} gibt es schon, mit anderem Inhalt.").format(file=target),
            _("Bitte mit -o einen anderen Namen angeben oder mit --overwrite überschreiben."),
        )


def no_output(what: str, example: str) -> BadConfiguration:
    """What to say where something is asked for that only a file can hold, and none is named."""
    return BadConfiguration(
        "no-output",
        _("Für {form} fehlt, wohin geschrieben werden soll.").format(form=what),
        _("Zum Beispiel: {example}").format(example=example),
    )


def refuse_workbook(*files: Path | None) -> None:
    """Raise where a list, a page or data would take the place of a workbook or a document, or be named like one."""
    for file in files:
        if file is None:
            continue
        if file.suffix.lower() in SPREADSHEETS:
            raise BadConfiguration(
                "named-like-a-workbook",
                _("{file}: {ending} ist die Endung einer Arbeitsmappe; hierher kommt keine.").format(
                    file=file, ending=file.suffix
                ),
                _("Bitte eine andere Endung angeben. Nichts wurde geschrieben."),
            )
        if _is_document(file):
            raise NotWritten(
                "target-is-document",
                _("{file} ist eine Arbeitsmappe oder ein anderes Dokument und wird nicht überschrieben.").format(
                    file=file
                ),
                _("Bitte einen anderen Namen angeben."),
            )


def _refuse_other_ending(target: Path, ending: str) -> None:
    """Excel opens no workbook with macros as .xlsx, none without as .xlsm, and neither as anything else."""
    if ending.lower() in _OFFICE and target.suffix.lower() != ending.lower():
        raise BadConfiguration(
            "other-ending",
            _("{file}: Der Name muss auf {ending} enden, sonst öffnet Excel oder Word die Datei nicht.").format(
                file=target, ending=ending
            ),
            _("Zum Beispiel: {example}").format(example=target.with_suffix(ending)),
        )


def refuse_input(output: Path, sources: Iterable[PurePath]) -> None:
    """Raise where the new file would take the place of one of those it is made from."""
    for path in sources:
        if isinstance(path, Path) and output.exists() and is_there(path) and path.samefile(output):
            raise BadConfiguration(
                "output-is-input",
                _("{file} ist eine der Dateien, aus denen gelesen wird.").format(file=output),
                _("Bitte mit -o einen anderen Namen angeben."),
            )


def _is_document(file: Path) -> bool:
    """Whether the file begins as those of Excel, Word and other programs do, whatever it is called."""
    if not file.is_file():
        return False
    with suppress(OSError), file.open("rb") as standing:
        return standing.read(4) in (b"PK\3\4", b"\xd0\xcf\x11\xe0")
    return False


def destination_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the options that `Destination` takes."""
    for add in (
        option("--overwrite", is_flag=True, help=later("Eine Mappe dieses Namens überschreiben.")),
        option("--in-place", is_flag=True, help=later("In der Mappe selbst; vorher wird eine Sicherung angelegt.")),
        option("-o", "--output", type=click.Path(path_type=Path), help=later("Name der neuen Mappe.")),
    ):
        command = add(command)
    return command
