"""How are workbooks found, read and written that lie behind a URL (s3://, https://, memory://, …)? By fsspec."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath
from typing import Any  # fsspec ships no type information

from pik_excel.errors import BadConfiguration, NotWritten, Refused
from pik_excel.language import _
from pik_excel.patterns import pattern

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]+://")  # two letters at least: C:// is a drive
_NO_HOST = "\0"  # stands for the host where there is none, as in hdfs:///ordner
_MIB = 1024 * 1024


class Url(PurePosixPath):
    """A URL that is named like a path: it has a name, a folder and an ending, and is written with all its slashes."""

    @classmethod
    def of(cls, text: str) -> Url:
        """The URL in this text."""
        scheme, _colon, rest = text.partition("://")
        return cls(f"{scheme}:", _NO_HOST + rest if rest.startswith("/") else rest)

    def __str__(self) -> str:
        return super().__str__().replace(":/", "://", 1).replace(_NO_HOST, "", 1)


def place_of(name: str) -> Path | Url:
    """The place that was named; `file://` is a path like any other."""
    if not _SCHEME.match(name):
        return Path(name)
    if not name.lower().startswith("file://"):
        return Url.of(name)
    from urllib.parse import unquote, urlsplit

    return Path(unquote(urlsplit(name).path))


def found(url: Url, suffixes: frozenset[str]) -> tuple[Url, ...]:
    """The files that a pattern means, those of these endings in a folder, else the URL itself."""
    files, inner = _opened(url)
    try:
        if "*" in inner:  # a ? begins a query
            there = files.glob(inner)
        elif files.isdir(inner):
            there = [one for one in files.find(inner) if PurePosixPath(one).suffix.lower() in suffixes]
        else:
            return (url,)
    except Exception as error:  # each file system raises its own
        raise BadConfiguration(
            "url-not-listed",
            _("{url} lässt sich nicht auflisten: {reason}.").format(url=url, reason=_said(error)),
            _("Bitte Adresse und Zugangsdaten prüfen."),
        ) from None
    return tuple(_like(url, one) for one in sorted(there))


@contextmanager
def fetched(url: Url, limit_mb: int) -> Iterator[Path]:
    """The workbook as a file of its name in a folder of its own, with the `pik-excel.toml` in force here beside it.

    Raises `Refused`. The folder is gone afterwards.
    """
    import tempfile

    from pik_excel.schema.files import NAME, configuration

    with tempfile.TemporaryDirectory(prefix="pik-excel-") as folder:
        path = Path(folder, url.name.partition("?")[0])
        path.write_bytes(_content(url, limit_mb))
        if (own := configuration(Path())) is not None:
            Path(folder, NAME).write_bytes(own.read_bytes())
        yield path


def stored(data: bytes, url: Url, overwrite: bool) -> None:
    """Write what is not there yet; raises `NotWritten` where something else stands there, or writing fails."""
    files, inner = _opened(url)
    try:
        if files.exists(inner) and not overwrite:
            if files.cat_file(inner) == data:
                return
            raise NotWritten(
                "target-exists",
                _("{file} gibt es schon, mit anderem Inhalt.").format(file=url),
                _("Bitte mit --overwrite überschreiben."),
            )
        files.pipe_file(inner, data)
    except NotWritten:
        raise
    except Exception as error:  # each file system raises its own
        reason = _said(error)
        raise NotWritten(
            "not-stored", _("{file} wurde nicht geschrieben: {reason}.").format(file=url, reason=reason)
        ) from None


def local(places: tuple[PurePath, ...]) -> tuple[Path, ...]:
    """The places as paths; raises BadConfiguration where one is a URL."""
    for place in places:
        if isinstance(place, Url):
            raise BadConfiguration(
                "url-not-local",
                _("{url}: Hier gehen nur Dateien.").format(url=place),
                _("Bitte die Mappe herunterladen und die Datei angeben."),
            )
    return tuple(Path(place) for place in places)


def _like(url: Url, inner: str) -> Url:
    """The URL of a path that the file system of another URL told."""
    scheme, _colon, rest = str(url).partition("://")
    return Url.of(f"{scheme}://{'/' if rest.startswith('/') else ''}{inner.lstrip('/')}")


def _content(url: Url, limit_mb: int) -> bytes:
    files, inner = _opened(url)
    try:
        if (files.size(inner) or 0) > limit_mb * _MIB:
            raise Refused(
                "file-too-large",
                _("{file} ist größer als {limit} MB.").format(file=url.name, limit=limit_mb),
                _("Die Grenze steht in pik-excel.toml unter [preflight]."),
            )
        with files.open(inner, "rb") as file:
            return bytes(file.read(limit_mb * _MIB + 1))
    except FileNotFoundError:
        raise Refused(
            "not-found", _("{file} gibt es nicht.").format(file=url), _("Bitte Namen und Ordner prüfen.")
        ) from None
    except Refused:
        raise
    except Exception as error:  # each file system raises its own
        raise Refused(
            "not-readable",
            _("{file} lässt sich nicht lesen: {reason}.").format(file=url, reason=_said(error)),
            _("Bitte Adresse und Zugangsdaten prüfen."),
        ) from None


def _opened(url: Url) -> tuple[Any, str]:
    """The file system and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise BadConfiguration(
            "no-fsspec",
            _("Für {url} fehlt das Paket fsspec.").format(url=url),
            _("Bitte installieren: pip install 'pik-excel[cluster]'"),
        ) from None
    try:
        files, inner = url_to_fs(str(url))
    except (ImportError, ValueError) as error:
        raise BadConfiguration(
            "unknown-protocol",
            _("{url} kann hier nicht gelesen werden: {reason}.").format(url=url, reason=_said(error)),
            _("Bitte das genannte Paket installieren oder die Adresse prüfen."),
        ) from None
    return files, str(inner)


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__).rstrip(".")
