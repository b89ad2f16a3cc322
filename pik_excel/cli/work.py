"""What does a process do with one file, and what does it hand back?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path, PurePath
from typing import Generic, NamedTuple, TypeVar

from pik_excel import __version__
from pik_excel.cli.urls import Url, fetched, stored
from pik_excel.errors import NotWritten, PikError, Refused
from pik_excel.language import _, active, number
from pik_excel.records import dataclass

Result = TypeVar("Result")


@dataclass(frozen=True)
class Bounds:
    """What one file may cost."""

    seconds: float
    megabytes: int


@dataclass(frozen=True)
class Work(Generic[Result]):
    """What is done with each file. `function` must be one that other processes can import, its result one that can be
    pickled; `settings` is what the result depends on beside the file, its `pik-excel.toml`, version and language.
    A new workbook that it writes beside a file behind a URL is put beside the URL."""

    function: Callable[[Path], Result]
    settings: tuple[str, ...] = ()
    overwrite: bool = False


@dataclass(frozen=True)
class Order:
    """What a process is told before its first file. `folder` is the one that relative paths mean, `keyed` whether
    results are to be found again."""

    work: Work[object]
    bounds: Bounds
    language: str
    folder: Path
    keyed: bool = False
    version: str = __version__
    file_mb: int = 256


class Key(NamedTuple):
    """By what a result is found again: the file's content, and everything else that it rests on."""

    sha256: str
    configuration: str


class Answer(NamedTuple):
    """What became of a file. `packed` is the result or the `PikError`, None where that of `known` still holds; a
    process that is `spent` wants to be replaced."""

    key: Key | None
    packed: bytes | None
    spent: bool = False


def answer(order: Order, place: PurePath, known: Key | None) -> Answer:
    """Do the work on one file; a bug of ours is told where it can be reported, and refuses this file only."""
    from pik_excel.cli.packing import packed  # one workbook alone goes without

    try:
        with _at_hand(place, order) as path:
            key = key_of(path, order) if order.keyed else None
            if key is not None and key == known:
                return Answer(key, None)
            return Answer(key, packed(_labelled(order.work.function(path), path, place, order.work.overwrite)))
    except PikError as error:
        lasting = order.keyed and not isinstance(place, Url) and not isinstance(error, NotWritten)
        return Answer(key_of(Path(place), order) if lasting else None, packed(error))
    except MemoryError:
        return Answer(None, packed(needs_memory(place, order.bounds.megabytes)), spent=True)
    except Exception as error:
        import traceback

        print(traceback.format_exc(), file=sys.stderr)
        return Answer(None, packed(_bug(place, error)))


def key_of(path: Path, order: Order) -> Key | None:
    """The key of the result for a file, None where it is no file that could be read."""
    import hashlib

    from pik_excel.schema import configuration

    try:
        if not path.is_file() or path.stat().st_size > order.file_mb * 1024 * 1024:
            return None
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        own = configuration(path.parent)
        rests_on = [order.version, order.language, *order.work.settings, own.read_text("utf-8") if own else ""]
    except (OSError, UnicodeDecodeError):
        return None
    return Key(content, hashlib.sha256("\0".join(rests_on).encode("utf-8", "surrogatepass")).hexdigest())


def needs_memory(place: PurePath, megabytes: int) -> Refused:
    """The refusal of a file that does not fit into the memory that one file may take."""
    return Refused(
        "needs-too-much-memory",
        _("{file} braucht mehr als {limit} MB Arbeitsspeicher.").format(file=place.name, limit=number(megabytes)),
        _("Bitte die Mappe einzeln bearbeiten, oder die Grenze mit --memory höher setzen."),
    )


@contextmanager
def _at_hand(place: PurePath, order: Order) -> Iterator[Path]:
    if isinstance(place, Url):
        with fetched(place, order.file_mb) as path:
            yield path
        return
    path = Path(place)
    if not path.is_absolute() and Path.cwd() != order.folder:
        raise Refused(
            "folder-not-shared",
            _("{file}: der Ordner {folder} ist dort, wo gerechnet wird, nicht erreichbar.").format(
                file=place, folder=order.folder
            ),
            _("Bitte die Mappen auf ein gemeinsames Laufwerk legen oder als Adresse nennen (etwa s3://)."),
        )
    yield path


def _labelled(result: object, path: Path, place: PurePath, overwrite: bool) -> object:
    """The result with the URL in the place of the file that was fetched from it; what was written goes there too."""
    if path == place or not is_dataclass(result) or isinstance(result, type):
        return result
    names = {field.name for field in fields(result)}
    changed: dict[str, object] = {"path": place} if "path" in names else {}
    output = getattr(result, "output", None)
    if isinstance(output, Path) and output.parent == path.parent:
        target = Url(place.with_name(output.name))
        stored(output.read_bytes(), target, overwrite)
        changed["output"] = target
    return replace(result, **changed)


def _bug(place: PurePath, error: Exception) -> Refused:
    return Refused(
        "internal-error",
        _("{file} konnte nicht bearbeitet werden: Fehler in pik-excel, nicht in der Arbeitsmappe ({kind}).").format(
            file=place.name, kind=type(error).__name__
        ),
        _("Bitte den Befehl mit „{file}“ allein aufrufen und die Ausgabe melden.").format(file=place),
    )


def order_of(work: Work[Result], bounds: Bounds, *, keyed: bool, file_mb: int) -> Order:
    """The order for this work, given here and now."""
    return Order(
        Work(work.function, work.settings, work.overwrite), bounds, active(), Path.cwd(), keyed, file_mb=file_mb
    )
