"""Where do the results of many files wait until all are there? On the disk, a line a file, to be found again.

A line holds the file's path, its key, and the result (packed by `pik_excel.cli.work`). A run that was stopped leaves
its lines behind; the next run in the same folder takes from them what still holds.
"""

from __future__ import annotations

import io
import json
import pickle
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path, PurePath
from threading import Lock
from typing import IO, Any, Generic, TypeVar, cast, overload  # Any: what a pickle holds

from pik_excel.cli.packing import unpacked
from pik_excel.cli.work import Answer, Key
from pik_excel.errors import NotWritten
from pik_excel.language import _

NAME = "results.jsonl"
Result = TypeVar("Result")
_NOT_YET = -1


class Journal:
    """The results of these files; in a folder that stays, or nowhere that anybody sees."""

    def __init__(self, places: Sequence[PurePath], folder: Path | None) -> None:
        self._places = places
        self._moving = Lock()  # of the file's position: known() is asked by other threads
        self._offsets = array("q", [_NOT_YET]) * len(places)
        self._file: IO[bytes] = _file_in(folder) if folder else _nowhere()
        self._earlier = self._lines_there() if folder else {}

    def known(self, place: PurePath) -> Key | None:
        """The key of the result that an earlier run left; None too where the workbook that it wrote is gone."""
        there = self._earlier.get(str(place))
        if there is None:
            return None
        offset, key = there
        output = getattr(self._at(offset), "output", None)
        return None if isinstance(output, Path) and not output.exists() else key

    def keep(self, index: int, answer: Answer) -> None:
        """Write the answer down; one that has not changed is there already."""
        place = str(self._places[index])
        if answer.packed is None:
            self._offsets[index] = self._earlier[place][0]
            return
        sha256, configuration = answer.key or (None, None)
        line = {
            "path": place,
            "sha256": sha256,
            "configuration": configuration,
            "result": b64encode(answer.packed).decode("ascii"),
        }
        with self._moving:
            self._offsets[index] = self._file.seek(0, io.SEEK_END)
            self._file.write(json.dumps(line).encode("ascii") + b"\n")
            self._file.flush()

    def result(self, index: int) -> Any:
        """The result, or the `PikError`, of the file with this index."""
        return self._at(self._offsets[index])

    def _at(self, offset: int) -> Any:
        with self._moving:
            self._file.seek(offset)
            line = self._file.readline()
        try:
            return unpacked(b64decode(json.loads(line)["result"]))
        except (ValueError, KeyError, zlib.error, pickle.UnpicklingError, AttributeError, ImportError, EOFError) as bad:
            raise NotWritten(
                "resume-unreadable",
                _("Der Stand eines früheren Laufs ist nicht lesbar ({reason}).").format(reason=bad),
                _("Bitte den Ordner von --resume löschen und neu beginnen."),
            ) from None

    def _lines_there(self) -> dict[str, tuple[int, Key]]:
        """What an earlier run left, by path; a line that was being written when it was stopped is cut off."""
        found: dict[str, tuple[int, Key]] = {}
        whole = 0
        self._file.seek(0)
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            try:
                entry = json.loads(line)
                if entry["sha256"] is not None:
                    found[entry["path"]] = whole, Key(entry["sha256"], entry["configuration"])
            except (ValueError, KeyError, TypeError):
                pass  # not ours: it is done again
            whole += len(line)
        self._file.truncate(whole)
        return found


class Results(Sequence[Result], Generic[Result]):
    """The results in the order of the files, each read from the disk when it is asked for."""

    def __init__(self, journal: Journal, count: int) -> None:
        self._journal, self._count = journal, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(self._count))]
        return cast(Result, self._journal.result(range(self._count)[index]))


def _nowhere() -> IO[bytes]:
    from tempfile import TemporaryFile

    return TemporaryFile()


def _file_in(folder: Path) -> IO[bytes]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        path.touch()
        return path.open("r+b")
    except OSError as error:
        raise NotWritten(
            "resume-not-writable",
            _("{folder} lässt sich nicht beschreiben: {reason}.").format(
                folder=folder, reason=error.strerror or type(error).__name__
            ),
            _("Bitte mit --resume einen anderen Ordner nennen."),
        ) from None
